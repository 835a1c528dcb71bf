/** Adds up the attempts of one batch, so that the batch writes once for each connection, destination and minute. */
import { minuteOf } from '../base/time.ts';
import { type AttemptCounts, bucketOf, noAttempts } from './attempt-counts.ts';

/** An attempt that was sent. */
export interface CountedAttempt {
  connectionId: string;
  to: { id: string; name: string };
  isDelivered: boolean;
  /** When its request began, in epoch milliseconds, and how long it took. */
  at: number;
  ms: number;
  /** Whether an answer came. Only the times of answers are counted. */
  isAnswered: boolean;
}

/** The attempts of a connection at a destination in a minute. */
export interface MinuteAttempts {
  connectionId: string;
  /** The name of the destination. */
  name: string;
  minute: string;
  counts: AttemptCounts;
}

export function attemptTally(): { add(attempt: CountedAttempt): void; take(): MinuteAttempts[] } {
  let tally = new Map<string, MinuteAttempts>();
  return {
    add({ connectionId, to, isDelivered, at, ms, isAnswered }) {
      const minute = minuteOf(new Date(at));
      const key = `${connectionId} ${to.id} ${minute}`;
      const entry = tally.get(key) ?? { connectionId, name: to.name, minute, counts: noAttempts(to.id) };
      tally.set(key, entry);
      const { counts } = entry;
      counts[isDelivered ? 'delivered' : 'failed'] += 1;
      const bucket = bucketOf(ms);
      if (isAnswered) counts.times[bucket] = (counts.times[bucket] ?? 0) + 1;
    },
    take() {
      const taken = [...tally.values()];
      tally = new Map();
      return taken;
    },
  };
}
