/**
 * A job does the same with many things, page by page: an operator starts it, sees how far it is, and may cancel it. Replays of
 * events and redeliveries of deliveries are jobs.
 *
 * A page is done before its progress is written, and each thing is marked with the job's id when it is done. After a crash the
 * next function may therefore repeat a page. The repeat does nothing twice.
 */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { timeSchema } from '../base/time.ts';
import { addSkips, type Skips, skipCountOf, skipsOf } from './skips.ts';

/** The states of an open job and of a closed one. */
export const openStates = ['running', 'cancelling'] as const;
export const endStates = ['done', 'cancelled', 'failed'] as const;
export type EndState = (typeof endStates)[number];

export const cancelSchema = /* @__PURE__ */ schema(() => z.object({ by: z.string(), at: timeSchema }));
export type Cancel = z.infer<typeof cancelSchema>;

/** The task of any job. It never changes, except for a count that is made at the first page. */
export const planFields = /* @__PURE__ */ schema(() => ({
  id: z.string(),
  /** Inclusive bounds on the time of arrival. */
  from: timeSchema,
  to: timeSchema,
  /** The most things a second. */
  rate: z.int(),
  /** How many things there are. Null if there are too many to count. */
  count: z.nullable(z.int()),
  startedAt: timeSchema,
}));

/** How far any job is. The names of the reasons to skip a thing are the job's own. */
export const progressFields = /* @__PURE__ */ schema(() => ({
  /** The next page begins after this position. */
  cursor: z.optional(z.string()),
  done: z.int(),
  failed: z.int(),
  skipped: z.int(),
  /** When its first page began. */
  begunAt: z.optional(timeSchema),
  /**
   * The final state. This state is saved before the job is closed. A function that finds this field set closes the
   * job.
   */
  ended: z.optional(z.enum(endStates)),
}));

/** What comes of a job, besides its progress. */
export const stateFields = /* @__PURE__ */ schema(() => ({
  state: z.enum([...openStates, ...endStates]),
  /** Who asked first to cancel it, and when. */
  cancelled: z.optional(cancelSchema),
  endedAt: z.optional(timeSchema),
}));

const jobSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...planFields,
    ...stateFields,
    progress: z.object({ ...progressFields, skippedBecause: z.optional(z.record(z.string(), z.int())) }),
  }),
);
/** What all jobs have in common. */
export type Job = z.infer<typeof jobSchema>;

/** How a job begins. */
export const begun = { state: 'running', progress: { done: 0, failed: 0, skipped: 0 } } as const;

/** The job in its final state. */
export const closedJob = <J extends Job>(job: J, state: EndState, now: Date): J => ({
  ...job,
  state,
  endedAt: now.toISOString(),
});

/** The state in which a job has to end now. Undefined if it goes on. */
export function endOf({ state, progress }: Job): EndState | undefined {
  // A job that has finished stays finished, even if an operator cancelled it meanwhile.
  return progress.ended ?? (state === 'cancelling' ? 'cancelled' : undefined);
}

/** The next page of a job. */
export interface PageStep {
  kind: 'page';
  after: string | undefined;
  from: string;
  to: string;
}

/** The next step of a job: end, do a page, wait a moment, or rest until the next invocation. */
export type JobStep = { kind: 'end'; state: EndState } | PageStep | { kind: 'wait'; ms: number } | { kind: 'rest' };

/** The result of a page. */
export interface PageResult<Reason extends string = string> {
  /** When its reading began. */
  begunAt: Date;
  done: number;
  failed: number;
  skips: Skips<Reason>;
  /** The next page begins after this position. Undefined at the last page. */
  next: string | undefined;
}

/** The result of a page with these outcomes. Any outcome but `done` and `failed` is why a thing was skipped. */
export function pageResultOf<Outcome extends string>(
  begunAt: Date,
  outcomes: readonly Outcome[],
  next: string | undefined,
): PageResult<Exclude<Outcome, 'done' | 'failed'>> {
  const { done = 0, failed = 0, ...skips } = skipsOf<string>(outcomes);
  return { begunAt, done, failed, skips: skips as Skips<Exclude<Outcome, 'done' | 'failed'>>, next };
}

/** The progress after a page. */
export const afterPage = <Reason extends string>(
  progress: Omit<Job['progress'], 'skippedBecause'> & { skippedBecause?: Skips<Reason> | undefined },
  page: PageResult<Reason>,
) => ({
  done: progress.done + page.done,
  failed: progress.failed + page.failed,
  skipped: progress.skipped + skipCountOf(page.skips),
  skippedBecause: addSkips<Reason>(progress.skippedBecause ?? {}, page.skips),
  begunAt: progress.begunAt ?? page.begunAt.toISOString(),
  cursor: page.next,
});
