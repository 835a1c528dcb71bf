/** The place where the body of an event is stored: in its item, or in the bodies bucket if it is large. */

/** The largest body that is stored, in bytes. */
export const maxBodyBytes = 4 * 1024 * 1024;

/**
 * The largest body that is stored in the event's item, in bytes. DynamoDB takes items of up to 400 KB. A smaller body is in
 * the bucket too if its entry on the bus could be too large: see shared/events/bus/entry-limit.ts.
 */
export const maxInlineBytes = 256 * 1024;

/**
 * The days for which the bucket keeps bodies. Each class is a key prefix with its own lifecycle rule. A body goes into
 * the shortest class that covers its endpoint's retention, so no rule deletes the body of an event that can still be
 * read.
 */
export const retentionClasses = [1, 7, 30, 90, 365] as const;

/** The key prefix of a class. */
export const bodyKeyPrefix = (days: number): string => `keep-${days}/`;

/**
 * The key of a body. A repeated arrival has the same key and writes the same object again. Other bytes have another key.
 * @throws if the retention is longer than every class
 */
export function bodyKeyOf(event: { connectionId: string; id: string; sha256: string }, retentionDays: number): string {
  const days = retentionClasses.find((each) => each >= retentionDays);
  if (days === undefined) throw new Error(`no retention class keeps bodies for ${retentionDays} days`);
  return `${bodyKeyPrefix(days)}${event.connectionId}/${event.id}/${event.sha256}`;
}

/** A pattern for all keys of the bodies of a connection, as IAM has patterns. No other part of a key can be an id of a connection. */
export const connectionKeyPattern = (connectionId: string): string => `keep-*/${connectionId}/*`;

/** The store of bodies that are too large for their event's item. */
export interface BodyStore {
  /** Returns once the body is stored. A repeat writes the same bytes again. */
  put(key: string, body: Buffer): Promise<void>;
  /** Returns undefined if there is no body with this key. */
  read(key: string): Promise<Buffer | undefined>;
}
