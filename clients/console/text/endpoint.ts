/** The texts of the tab “Endpoint”, and of its dialogs. */
import { first } from './sender.ts';

export const endpointText = {
  endpoint: {
    title: 'Endpoint',
    settings: 'Settings in force',
    /** By setting, in the order of the page. */
    settingLabels: {
      places: 'Places for the token',
      scheme: 'Signature scheme',
      allowFrom: 'Allowed addresses',
      retentionDays: 'Retention',
      methods: 'Methods',
      dedupe: 'A repeat is recognized',
      type: 'Type of an event',
      split: 'Lists of events',
      raw: 'Exact bytes',
    },
    none: 'This connection has no endpoint',
    noneNext: (sender: string) => `Choose “Configure” to get the URL that you enter at ${sender}.`,
    noneForDesigner: 'A connection admin can configure one.',
    /** What buttons do whose name alone does not say it. */
    hints: {
      deactivate: '“Deactivate” refuses every webhook until you activate again.',
      hold: '“Hold” accepts and stores new webhooks, but publishes none of them.',
      release: '“Release” publishes the held events, the oldest first, and ends the hold.',
      test: '“Test” sends a sample through the URL.',
    },
    configure: 'Configure',
    edit: 'Edit',
    activate: 'Activate',
    deactivate: 'Deactivate',
    deconfigure: 'Deconfigure',
    url: 'Endpoint URL',
    noUrl: 'The URL appears here when you activate the endpoint.',
    copy: 'Copy endpoint',
    copyBare: 'Copy without token',
    bareOnly: 'The sender needs the token too. A connection admin can copy the URL with the token in it.',
    copied: 'Copied',
    copyFailed: 'The browser did not allow copying. Reveal the value, select it and copy it yourself.',
    withToken: '“Copy endpoint” copies the URL with the token in it. Treat it like a password.',
    status: 'Status',
    sender: (sender: string) => `What to do at ${sender}`,
    senderDocs: (sender: string) => `Documentation of ${sender}`,
    auth: 'Webhooks are verified by',
    authKinds: { token: 'their token', signature: 'their signature', both: 'their token and their signature' },
    curl: 'Copy a curl command',
    adopt: (sender: string) => `Paste the secret that ${sender} shows`,
    adoptFirst: (sender: string) =>
      `${first(sender)} signs its check of the URL too. So save the secret here before you enter the URL there.`,
    adoptNow: 'Until it is saved, every webhook is refused.',
    adoptLater: (sender: string) =>
      `If ${sender} shows it only after it has the URL, activate first. Until it is saved, every webhook is refused.`,
    adoptHandshake: 'Paste it here only if you have it already.',
    save: 'Save the secret',
    saveNothing: 'Paste the secret first.',
  },
  deactivate: {
    title: 'Deactivate the endpoint?',
    body: 'From now on every webhook to this URL is refused with 403. The URL and the token stay: after “Activate” it works again, at the same URL. Most senders repeat a refused webhook only for some time.',
  },
  deconfigure: {
    title: 'Deconfigure the endpoint?',
    body: 'The URL is gone for ever. A new configuration gets another URL, which you have to enter at the sender. Events that are stored stay.',
    token: 'The token is removed too.',
    held: 'Held events that were never published are discarded',
    confirm: 'To confirm, enter the name of the connection',
    done: 'The endpoint is deconfigured: no URL of it works any more. Events that are stored stay.',
  },
  hold: {
    hold: 'Hold',
    release: 'Release',
    holdTitle: 'Hold the endpoint?',
    holdBody:
      'The endpoint still accepts and stores new webhooks, but publishes none of them until you release it. Senders notice nothing. Events from before can be replayed.',
    holdInactiveBody:
      'The endpoint refuses webhooks as long as it is inactive. Once you activate it, it stores them, but publishes none of them until you release it. Events from before can be replayed.',
    held: (isActive: boolean, count: number | undefined, isComplete: boolean) =>
      `The endpoint is held: ${isActive ? 'it stores' : 'once it is active, it stores'} new webhooks, but publishes none of them. ${
        count === undefined
          ? 'Its events wait'
          : count === 0 && isComplete
            ? 'New events wait'
            : `${isComplete ? '' : 'At least '}${count.toLocaleString('en')} ${count === 1 ? 'event waits' : 'events wait'}`
      } until the endpoint is released. Events from before the hold can be replayed.`,
    releasing: 'Release of the held events, the oldest first',
  },
  test: {
    button: 'Test',
    title: 'Test of the endpoint',
    running:
      'A sample goes through the public URL, as the sender would send it. The results come together, with the answer to the sample.',
    outcomes: { pending: 'Waiting', passed: 'Passed', failed: 'Failed', skipped: 'Skipped' },
    steps: {
      resolved: 'Find the host',
      reached: 'Get an answer from the URL',
      authorized: 'Check status, address and token',
      verified: 'Verify the delivery',
      stored: 'Store the event',
      published: 'Publish the event',
    },
    passed: 'The endpoint works.',
    failed: 'The endpoint does not work yet.',
    showEvent: 'Show the event',
  },
  handshake: {
    title: 'Handshake',
    intro: (sender: string) => `${first(sender)} delivers its secret in a handshake.`,
    introNext: (sender: string) => `Choose “Open handshake”, then start the handshake at ${sender}.`,
    answers: (sender: string) =>
      `${first(sender)} checks the URL before it uses it. Hooklatch answers the check by itself.`,
    verifyToken: (sender: string) => `Verify token for ${sender}`,
    copy: 'Copy verify token',
    none: 'No check has come yet.',
    open: 'Open handshake',
    close: 'Close handshake',
    confirm: 'Confirm the secret',
    openUntil: 'The sender can deliver its secret until',
    openNext: (sender: string) => `Start the handshake at ${sender} now.`,
    delivered: 'A secret was delivered',
    deliveredFrom: 'from',
    deliveredNote: 'Choose “Confirm the secret” only if you started the handshake.',
    answered: (count: number) =>
      count === 1 ? '1 handshake was answered,' : `${count.toLocaleString('en')} handshakes were answered, the last`,
  },
};
