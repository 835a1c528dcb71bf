/** Why a job does not move, or not as fast as somebody expects, and what to do about what it has not done. */
import { settlingMs } from '../../../shared/events/event/ingest-timeout.ts';
import { jobsAtOnce } from '../../../shared/ground/job/jobs-at-once.ts';
import type { Skips } from '../../../shared/ground/job/skips.ts';
import type { Health } from '../deliveries/delivery-reads.ts';
import { isOpen } from '../events/job-status.ts';

/** What is known of a job, whatever its kind. */
export interface Watched {
  kind: 'replay' | 'release' | 'redelivery';
  state: 'running' | 'cancelling' | 'done' | 'cancelled' | 'failed';
  to: string;
  rate: number;
  /** How many things it could not do. */
  failed: number;
  startedAt: string;
  begunAt?: string | undefined;
  etaSeconds: number | null;
  skippedBecause: Skips;
}

/** What else the answer depends on. What is not known is not said. */
export interface Around {
  now: Date;
  /** The open jobs of the same function, without this one. */
  others?: number | undefined;
  /** Of the destination of a redelivery. */
  health?: Health['state'] | undefined;
}

export type Stillness =
  | { code: 'cancelling' | 'settling' | 'starting' | 'notStarted' }
  | { code: 'behind'; others: number }
  | { code: 'ownerGone' }
  | { code: 'held' | 'notDone'; count: number }
  | { code: 'rate'; rate: number; seconds: number }
  | { code: 'destination'; state: Health['state'] };

/** The function wakes up every minute. Later than this, it is not as it should be. */
const startedWithinMs = 120_000;

/** What takes longer is worth saying, in seconds. */
const longSeconds = 60;

/** Why a job has not done its first page. */
function whyNotBegun({ kind, to, startedAt }: Watched, { now, others = 0 }: Around): Stillness {
  if (others >= jobsAtOnce) return { code: 'behind', others };
  // A replay whose time ends now begins when the list of events is whole.
  if (kind === 'replay' && now.getTime() < Date.parse(to) + settlingMs) return { code: 'settling' };
  return { code: now.getTime() < Date.parse(startedAt) + startedWithinMs ? 'starting' : 'notStarted' };
}

/** All that keeps a job, the most important first. Once it has ended, only why it has not done all. */
export function whyStill(job: Watched, around: Around): Stillness[] {
  const { state, skippedBecause, rate, etaSeconds, failed } = job;
  const held = skippedBecause['held'] ?? 0;
  const why: Stillness[] = [];
  if (isOpen(job)) {
    if (state === 'cancelling') why.push({ code: 'cancelling' });
    else if (job.begunAt === undefined) why.push(whyNotBegun(job, around));
    else if (etaSeconds !== null && etaSeconds > longSeconds) why.push({ code: 'rate', rate, seconds: etaSeconds });
    if (around.health !== undefined && around.health !== 'well')
      why.push({ code: 'destination', state: around.health });
  } else {
    // Only for this reason, a job ends as failed.
    if (state === 'failed') why.push({ code: 'ownerGone' });
    // A release tries again what it could not publish.
    else if (failed > 0 && job.kind !== 'release') why.push({ code: 'notDone', count: failed });
  }
  if (held > 0) why.push({ code: 'held', count: held });
  return why;
}
