/** The texts of the sign-in. */
export const signInText = {
  signIn: {
    title: 'Sign in',
    heading: 'Sign in to Hooklatch',
    intro:
      'Enter your operator token. The first one is the bootstrap token: npm start prints it, and in AWS it is in the secret that the stack output BootstrapSecret names.',
    token: 'Operator token',
    tokenNote:
      'It stays in the memory of the page. Other tabs get it from there; a reload of the only one asks for it again.',
    asking: 'Looking for a tab that is signed in',
    elsewhere: 'You signed out in another tab.',
    submit: 'Sign in',
    empty: 'Enter an operator token.',
    refused:
      'This operator token is unknown, expired or revoked, or it is a bootstrap token that is closed. Check that you copied all of it.',
    ended:
      'Your operator token is no longer accepted. It has expired or was revoked. Sign in again to go on where you were.',
  },
};
