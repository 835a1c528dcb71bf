/** A message on its way to a queue. Apart from the client, which the npm package does not have. */

/** A message, and how long the queue keeps it back, in milliseconds. */
export interface Outgoing<T> {
  body: T;
  delayMs?: number;
}

/** Sends messages. Never rejects. @returns those that the queue did not take, or of which nobody knows */
export type Send<T> = (messages: readonly Outgoing<T>[]) => Promise<Outgoing<T>[]>;
