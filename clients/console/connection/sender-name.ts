/** What a sentence calls the sender of a connection's webhooks. */

/** The provider for a sender that has no preset. */
export const anyOther = 'generic';

/** `Slack`, `Meta` for a name with an explanation, and `the sender` if it is none of the providers. */
export const senderName = ({ id, name }: { id: string; name: string }): string =>
  id === anyOther ? 'the sender' : name.replace(/ \(.*\)$/, '');
