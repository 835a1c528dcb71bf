/** Counts attempts while they are made. Whoever makes a batch of them writes the counts at its end. */

import { attemptTally } from '../../ground/statistics/attempt-tally.ts';
import type { CountAttempts } from './attempt-count.ts';
import { wasSent } from './attempt-result.ts';
import type { Attempt, Clock } from './ports.ts';

export interface CountedAttempts {
  attempt: Attempt;
  /** Writes what was counted since the last call. Never fails. */
  writeCounts(): Promise<void>;
}

export function countedAttempts(attempt: Attempt, count: CountAttempts, clock: Pick<Clock, 'now'>): CountedAttempts {
  const tally = attemptTally();
  return {
    async attempt(job, destination, mayBegin) {
      const result = await attempt(job, destination, mayBegin);
      // The event of a self-test is counted nowhere.
      if (wasSent(result) && !job.test) {
        const { kind, note } = result;
        const { at, ms, outcome } = note;
        const isAnswered = outcome === 'answered';
        const { connectionId, to } = job;
        tally.add({ connectionId, to, isDelivered: kind === 'delivered', at, ms, isAnswered });
      }
      return result;
    },
    writeCounts: () => count(tally.take(), new Date(clock.now())),
  };
}
