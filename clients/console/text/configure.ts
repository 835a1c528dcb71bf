/** The texts of the form that configures an endpoint. */
import { first } from './sender.ts';

export const configureText = {
  configure: {
    notAllowed: 'Only a connection admin can configure an endpoint.',
    title: 'Configure endpoint',
    editTitle: 'Edit endpoint',
    crumb: 'Settings',
    defaults: (provider: string) => `Provider: ${provider}. Its defaults are set, so “More settings” can stay closed.`,
    edit: (provider: string) => `Provider: ${provider}`,
    accept: 'Places for the token',
    acceptHint: 'Where the sender may put the token.',
    acceptChoose: 'Choose places',
    more: 'More settings',
    allowFrom: 'Allowed addresses',
    allowFromHint: 'One IP address or range (CIDR) per line. If empty, any address may send.',
    retentionDays: 'Retention in days',
    retentionHint: 'How long events are kept: 1 to 365 days. If empty: 30.',
    retentionError: 'Enter a whole number from 1 to 365.',
    methods: 'Methods',
    methodsHint: 'The HTTP methods that are accepted. If empty: POST, PUT and PATCH.',
    methodsChoose: 'Choose methods',
    dedupeHeader: 'Header with the delivery id',
    /** What stands beside its own label, in a sentence about what is wrong with it. */
    it: 'It',
    dedupeHint: (hasId: boolean) =>
      `A webhook with the same id is stored once. If empty, ${hasId ? 'the id is where the provider puts it' : 'each webhook is stored, a repeat too'}.`,
    raw: 'Exact bytes on the bus',
    rawHint:
      'Events with JSON have its bytes too, as dataBase64, so that a function can verify a signature. They are then more than twice as large.',
    json: 'Other settings as JSON',
    jsonHint: 'For example {"auth": {"kind": "both"}}. All settings are in the',
    jsonDocs: 'description of the API',
    jsonError: 'This is not a JSON object.',
    jsonHasField: (setting: string, label: string) => `Enter ${setting} in its field “${label}”, not here.`,
    jsonTwice: (setting: string, label: string) =>
      `You changed “${label}” too, and ${setting} is the same setting. Change only one of the two.`,
    thisJson: 'This JSON',
    update: 'Update',
    save: 'Save without activating',
    updateActive:
      'Removing the token also deactivates the endpoint. Every webhook is refused until the endpoint has another token and you activate it again. The URL stays.',
    updateTitle: 'Update and deactivate?',
    handshakeFirst: (sender: string) =>
      `${first(sender)} delivers its secret in a handshake. Activate the endpoint, then open the handshake on the next page.`,
  },
  inactiveYet: {
    title: 'Leave without activating?',
    body: 'The settings and the token are saved, and stay. But the endpoint is not active: every webhook is refused until you activate it.',
    discard: 'Leave',
    stay: 'Keep editing',
  },
};
