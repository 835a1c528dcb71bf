/** The texts about the token of an endpoint. */
import { first } from './sender.ts';

export const tokenText = {
  token: {
    title: 'Token',
    none: 'No token. The endpoint needs one before it can be activated.',
    noneForDesigner: 'No token. A connection admin can add one.',
    generated: 'Generated. You can copy the token now, or later on the page of the connection.',
    generate: 'Generate token',
    own: (sender: string) => `Use a secret that ${sender} has`,
    ownLabel: (sender: string) => `Secret from ${sender}`,
    ownNote: (sender: string) => `The same value as at ${sender}: you entered it there, or ${sender} made it.`,
    reveal: 'Reveal',
    hide: 'Hide',
    copy: 'Copy token',
    masked: '••••••••••••••••••••••••',
    notes: {
      token: (sender: string) => `${first(sender)} sends the token with each webhook.`,
      enter: (sender: string) => `${first(sender)} signs each webhook with it.`,
      pasted: (sender: string) => `The secret with which ${sender} signs each webhook.`,
    },
    revealNote: 'Revealing and copying are recorded in the history.',
    enterNote: 'Enter it there as the secret.',
    remove: 'Remove the token',
    removeNote:
      'Ends every token at once. The endpoint refuses all webhooks until it has another one and is activated.',
    current: 'Current token',
    previous: 'Previous token',
    created: 'Created',
    by: 'by',
    lastUsed: 'Last used',
    never: 'Never',
    neverSinceRotation: 'Never since the rotation',
    graceEnds: 'Accepted until (end of the grace)',
    rotate: 'Rotate token',
    rotateNote:
      'Generates a new token. The current token is accepted for some time more, so that you can change the sender without losing a webhook.',
    rotatePasted: (sender: string) =>
      `First make a new secret at ${sender}, then paste it here. The current secret is accepted for some time more, so that no webhook is lost.`,
    newSecret: (sender: string) => `New secret of ${sender}`,
    enterNew: (sender: string, until: string) =>
      `Enter the current token at ${sender}. The previous token is accepted until ${until}.`,
    graceLabel: 'Accept the current token for',
    graces: { day: '1 day', hour: '1 hour', week: '7 days', month: '30 days', none: 'No more time: it ends now' },
    endGrace: 'End grace now',
    endGraceNote: 'Webhooks with the previous token are refused from now on.',
    endGraceUsed: 'The previous token was used in the last day, so a sender probably still has it. Last use:',
  },
};
