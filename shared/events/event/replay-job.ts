/**
 * A replay job: it publishes many events again, page by page, the oldest first. An operator asks for a `replay`. A
 * `release` follows the end of a hold. `replay-job-step.ts` decides what a job does next.
 */
import * as z from 'zod/mini';
import { vias } from '../../ground/base/actor.ts';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { begun, planFields, progressFields, stateFields } from '../../ground/job/job.ts';
import type { EventRow } from './event.ts';

/** The form of a job's id. */
export const replayJobIdForm = /^(run_|release-)[0-9a-f-]{36}$/;

/** The id of the release of a hold. The id follows from the hold, so each hold has one release. */
export const releaseIdOf = (holdId: string): string => `release-${holdId}`;

/** The hold in the id of a release. Returns undefined for a replay. */
export const holdIdIn = (jobId: string): string | undefined => /^release-(.+)$/.exec(jobId)?.[1];

/** `held`: its release publishes it. `test`: an operator's test made it. `expired`: it is gone by now. */
const skipReasons = ['held', 'test', 'expired'] as const;
/** Why a replay skips an event. */
export type ReplaySkip = (typeof skipReasons)[number];
export const replaySkipsSchema = /* @__PURE__ */ schema(() => z.partialRecord(z.enum(skipReasons), z.int()));

/** Why a replay skips an event, by its row in the list. A row never lacks a mark of its event. */
export function whyNotReplayed(
  { held, test }: Pick<EventRow, 'held' | 'test'>,
  hold: string | undefined,
): 'held' | 'test' | undefined {
  // A replay of many events publishes only what senders sent.
  if (test) return 'test';
  return hold !== undefined && held === hold ? 'held' : undefined;
}

/** The task of a job. The task never changes, except for the count of a release. */
const planSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...planFields,
    kind: z.enum(['replay', 'release']),
    /** The connection's name and id. */
    connection: z.string(),
    connectionId: z.string(),
    type: z.optional(z.string()),
    /** Who started the replay, or ended the hold. Absent in a job of an earlier version. */
    by: z.optional(z.string()),
    /** By which program, as that program says. */
    via: z.optional(z.enum(vias)),
    /** The version of the routes that its events get: the one in force when the job began. Absent if there was none. */
    routes: z.optional(z.string()),
    /** Set only for a release: its hold, and when the hold ended. */
    release: z.optional(z.object({ hold: z.string(), at: timeSchema })),
  }),
);

/** The progress of a job. */
const progressSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...progressFields,
    /** Absent before its first page. */
    skippedBecause: z.optional(replaySkipsSchema),
    /** Set only for a release: when this pass over its events began, and how many events the pass found to publish. */
    pass: z.optional(z.object({ begunAt: timeSchema, found: z.int() })),
    /** Set only for a release: when its next pass begins. */
    restUntil: z.optional(timeSchema),
  }),
);

export const replayJobSchema = /* @__PURE__ */ schema(() =>
  z.extend(planSchema, { ...stateFields, progress: progressSchema }),
);
export type ReplayJob = z.infer<typeof replayJobSchema>;

/**
 * The time after a release in which an event of its hold can still be stored, in ms. Authorizing and storing takes no
 * longer.
 */
export const stragglerMs = 120_000;

/**
 * The largest difference between the clocks of a hold and of its events, in ms. The difference is large because
 * somebody may set a laptop's clock back.
 */
export const clockSlackMs = 3_600_000;

/** Shifts a time by some milliseconds. */
export const shifted = (time: string, ms: number): string => new Date(Date.parse(time) + ms).toISOString();

/**
 * The range of a job as operators see it. For a release, it is the time of its hold, without the extra time for
 * differing clocks.
 */
export const visibleRangeOf = ({ from, to, release }: ReplayJob) =>
  release ? { from: shifted(from, clockSlackMs), to: release.at } : { from, to };

/** Makes the job of a replay. */
export const newReplay = (
  plan: Omit<ReplayJob, 'kind' | 'state' | 'progress' | 'release' | 'cancelled' | 'endedAt'>,
): ReplayJob => ({
  ...plan,
  kind: 'replay',
  ...begun,
});

/** A hold that has ended. */
export interface Release {
  /** The connection's name and id. */
  connection: string;
  connectionId: string;
  holdId: string;
  since: string;
  releasedAt: string;
  /** Who ended it. */
  by: string;
  /** The version of the routes that were in force when it ended. */
  routes?: string | undefined;
}

/** The rate of a release, in events a second. */
const releaseRate = 100;

/** Makes the job that publishes the events of a hold. */
export const newRelease = (
  { connection, connectionId, holdId, since, releasedAt, by, routes }: Release,
  now: Date,
): ReplayJob => ({
  id: releaseIdOf(holdId),
  kind: 'release',
  connection,
  connectionId,
  from: shifted(since, -clockSlackMs),
  to: shifted(releasedAt, stragglerMs + clockSlackMs),
  rate: releaseRate,
  count: null,
  startedAt: now.toISOString(),
  by,
  ...(routes === undefined ? {} : { routes }),
  release: { hold: holdId, at: releasedAt },
  ...begun,
});
