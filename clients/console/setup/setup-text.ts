/** The texts of the setup in one step. */
const first = (sender: string): string => sender.charAt(0).toUpperCase() + sender.slice(1);

export const setupText = {
  submit: 'Create and activate',
  hint: '“Create and activate” makes the URL and its token at once, with the defaults of the provider. “Create connection” leaves each step to you.',
  taken: (name: string) => `Set up the existing connection ${name}`,
  button: 'Set up in one step',
  notAllowed: 'Only a connection admin can set up an endpoint.',
  steps: {
    configure: 'Configure the endpoint',
    generate: 'Generate the token',
    activate: 'Activate the endpoint',
  },
  states: { done: 'done', failed: 'failed', running: 'under way', left: 'not done yet' },
  goOn: 'Go on',
  all: '“Go on” does these steps, with the defaults of the provider.',
  left: 'What is done stays. “Go on” does the rest.',
  failed: (step: string) => `“${step}” did not work. What was done before it stays, and “Go on” begins there.`,
  ready: 'The endpoint is active.',
  readyWithoutSecret: (sender: string) =>
    `The URL is there. Every webhook is refused until the secret of ${sender} is here: this page has its place below.`,
  paste: (sender: string) => `What to enter at ${sender}`,
  url: 'URL',
  urlWithToken: 'The URL has the token in it. Treat it like a password.',
  copyUrl: 'Copy the URL',
  token: 'Token',
  once: 'This page has it only now. Later you can reveal it on the page of the connection.',
  tryIt: 'The first webhook',
  test: (sender: string) =>
    `${first(sender)} may have a button that sends a test: press it once the URL is entered. If it has none, do something there that makes it send a webhook.`,
  testOwn: 'Send a first one yourself: “Copy a curl command” on the page of the connection has the command.',
  waiting: 'Waiting for the first webhook. It appears here by itself.',
  notRead: 'Whether a webhook has come could not be read',
  came: (type: string | undefined) =>
    `A webhook${type === undefined ? '' : ` of the type ${type}`} has come. It was verified and stored.`,
  show: 'Show the event',
  refused: (reason: string, count: number) =>
    count === 1 ? `A webhook was refused: ${reason}` : `${count.toLocaleString('en')} webhooks were refused: ${reason}`,
  rejections: 'All rejections',
};
