/** Where the body of an event is kept: in its item, or in the bodies bucket if it is large. */

/** The largest body that is stored, in bytes. */
export const maxBodyBytes = 4 * 1024 * 1024;

/** The largest body that is kept in the event's own item, in bytes: DynamoDB takes items of up to 400 KB. */
export const maxInlineBytes = 256 * 1024;

/**
 * How long the bucket keeps bodies, in days: each class is a prefix with a rule of its own. A body goes into the least
 * class that is as long as its endpoint's retention, so that no rule takes a body from an event that is still read.
 */
export const retentionClasses = [1, 7, 30, 90, 365] as const;

/** What the keys of a class begin with. */
export const bodyKeyPrefix = (days: number): string => `keep-${days}/`;

/**
 * The key of a body. The same for every repeat of a delivery, which writes the same object again, and another for other bytes.
 * @throws for a retention that is longer than every class
 */
export function bodyKeyOf(event: { connectionId: string; id: string; sha256: string }, retentionDays: number): string {
  const days = retentionClasses.find((each) => each >= retentionDays);
  if (days === undefined) throw new Error(`no class of bodies is kept for ${retentionDays} days`);
  return `${bodyKeyPrefix(days)}${event.connectionId}/${event.id}/${event.sha256}`;
}

/** Where bodies are kept that are too large for their event's item. */
export interface BodyStore {
  /** Returns once the body is stored. A repeat writes the same bytes again. */
  put(key: string, body: Buffer): Promise<void>;
  /** Undefined if there is none. */
  read(key: string): Promise<Buffer | undefined>;
}
