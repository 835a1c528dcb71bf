/**
 * A run: many events that are published again, page by page and the oldest first. A `replay` is what an operator asked
 * for; a `release` is what follows the end of a hold. Pure: what a run has come to, and what is next.
 *
 * A page is acted on before its progress is written, and each event bears the mark of what was done to it. So whoever
 * carries on after a crash may repeat a page and does nothing twice.
 */
import * as z from 'zod/mini';
import { timeSchema } from '../base/time.ts';
import { settlingMs } from './event-page.ts';

/** The form of the id of a replay or of a release. */
export const replayJobIdForm = /^(run_|release-)[0-9a-f-]{36}$/;

/** The id of the run that follows the end of a hold: its own, so that it is begun once. */
export const releaseIdOf = (holdId: string): string => `release-${holdId}`;

/** The hold that a run's id names; undefined for a replay. */
export const holdIdIn = (runId: string): string | undefined => /^release-(.+)$/.exec(runId)?.[1];

/** The forms in which a run is open, and has ended. */
export const openStates = ['running', 'cancelling'] as const;
export const endStates = ['done', 'cancelled', 'failed'] as const;
export type EndState = (typeof endStates)[number];

/** Why an event of a replay is not published again: its release will do it, a test made it, or it is gone meanwhile. */
const skipReasons = ['held', 'test', 'expired'] as const;
export type SkipReason = (typeof skipReasons)[number];

/** How many were skipped, by the reason. */
export const skipsSchema = z.partialRecord(z.enum(skipReasons), z.int());
export type Skips = z.infer<typeof skipsSchema>;

/** Counts reasons. */
export function skipsOf(reasons: readonly SkipReason[]): Skips {
  const skips: Skips = {};
  for (const reason of reasons) skips[reason] = (skips[reason] ?? 0) + 1;
  return skips;
}

/** How many were skipped in all. */
export const skipCountOf = (skips: Skips): number => Object.values(skips).reduce((sum, count) => sum + count, 0);

function added(one: Skips, other: Skips): Skips {
  const counts = skipReasons.map((reason) => [reason, (one[reason] ?? 0) + (other[reason] ?? 0)] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** What a run is to do; it does not change, but for the count of a release. */
const planSchema = z.object({
  id: z.string(),
  kind: z.enum(['replay', 'release']),
  /** The connection's name and id. */
  connection: z.string(),
  connectionId: z.string(),
  /** Bounds on the time of arrival, inclusive. */
  from: timeSchema,
  to: timeSchema,
  type: z.optional(z.string()),
  /** Events a second. */
  rate: z.int(),
  /** How many there are, where that was counted to the end: before a replay begins, and at the first page of a release. */
  count: z.nullable(z.int()),
  startedAt: timeSchema,
  /** Only of a release: the hold that is over, and since when. */
  release: z.optional(z.object({ hold: z.string(), at: timeSchema })),
});

/** How far a run is. */
const progressSchema = z.object({
  /** What the next page begins after. */
  cursor: z.optional(z.string()),
  done: z.int(),
  failed: z.int(),
  skipped: z.int(),
  /** By reason; a run that began under an earlier version has none. */
  skippedBecause: z.optional(skipsSchema),
  /** When its first page began. */
  begunAt: z.optional(timeSchema),
  /** What it came to, written before it is filed: who finds it so files it. */
  ended: z.optional(z.enum(endStates)),
  /** Only of a release: when this pass over its events began, and what it found to do. */
  pass: z.optional(z.object({ begunAt: timeSchema, found: z.int() })),
  /** Only of a release: when its next pass begins. */
  restUntil: z.optional(timeSchema),
});

export const replayJobSchema = z.extend(planSchema, {
  state: z.enum([...openStates, ...endStates]),
  endedAt: z.optional(timeSchema),
  progress: progressSchema,
});
export type ReplayJob = z.infer<typeof replayJobSchema>;

/** A run as operators read it. */
export const replayViewSchema = z.object({
  id: z.string(),
  /** A release is what follows the end of a hold. */
  kind: z.enum(['replay', 'release']),
  state: z.enum([...openStates, ...endStates]),
  from: timeSchema,
  to: timeSchema,
  type: z.optional(z.string()),
  count: z.nullable(z.int()),
  done: z.int(),
  failed: z.int(),
  skipped: z.int(),
  skippedBecause: skipsSchema,
  /** The most events a second. */
  rate: z.int(),
  startedAt: timeSchema,
  endedAt: z.optional(timeSchema),
  /** Why it is still running, when it only waits. */
  note: z.optional(z.string()),
  /** By the rate so far; null where that is not known. */
  etaSeconds: z.nullable(z.int()),
});
export type ReplayView = z.infer<typeof replayViewSchema>;

/** How long after a release an event can still come in that bears its hold, in ms: what it takes to authorize and store one. */
export const stragglerMs = 120_000;

/** How long a release tries what fails, in ms. */
const releaseTimeoutMs = 24 * 3_600_000;

/** How far the clocks of those who hold and those who store may be apart, in ms: a laptop's may be set back. */
export const clockSlackMs = 3_600_000;

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

const begun = { state: 'running', progress: { done: 0, failed: 0, skipped: 0 } } as const;

/** A replay that an operator begins. */
export const newReplay = (plan: Omit<ReplayJob, 'kind' | 'state' | 'progress' | 'release' | 'endedAt'>): ReplayJob => ({
  ...plan,
  kind: 'replay',
  ...begun,
});

/** A hold that is over. */
export interface Release {
  /** The connection's name and id. */
  connection: string;
  connectionId: string;
  holdId: string;
  since: string;
  releasedAt: string;
}

/** Events a second of a release. */
const releaseRate = 100;

/** The run that publishes what was held. */
export const newRelease = ({ connection, connectionId, holdId, since, releasedAt }: Release, now: Date): ReplayJob => ({
  id: releaseIdOf(holdId),
  kind: 'release',
  connection,
  connectionId,
  from: later(since, -clockSlackMs),
  to: later(releasedAt, stragglerMs + clockSlackMs),
  rate: releaseRate,
  count: null,
  startedAt: now.toISOString(),
  release: { hold: holdId, at: releasedAt },
  ...begun,
});

/** What is next: to end, to read a page, to wait a moment, or to rest until somebody looks again. */
export type ReplayJobAction =
  | { kind: 'end'; state: EndState }
  | { kind: 'page'; after: string | undefined; from: string; to: string }
  | { kind: 'wait'; ms: number }
  | { kind: 'rest' };

/** The longest that an invocation waits for a range to settle, in ms: some seconds more than clocks differ by. */
const longestWait = 2 * settlingMs;

/** What is next for a run. */
export function nextActionOf(run: ReplayJob, now: Date): ReplayJobAction {
  const { cursor, restUntil, ended: came } = run.progress;
  // What is done is done, whatever an operator asked for meanwhile.
  if (came !== undefined) return { kind: 'end', state: came };
  if (run.state === 'cancelling') return { kind: 'end', state: 'cancelled' };
  if (restUntil !== undefined && now.toISOString() < restUntil) return { kind: 'rest' };
  // A list that is read before its last event is sure to be in it may lack one.
  const ms = Date.parse(run.release?.at ?? run.to) + settlingMs - now.getTime();
  // A clock that was set back would keep an invocation waiting past its time; the next one looks again.
  if (ms > longestWait) return { kind: 'rest' };
  if (ms > 0) return { kind: 'wait', ms };
  // A replay waited until its range was settled. A release reads it again until nothing is found.
  return { kind: 'page', after: cursor, from: run.from, to: run.to };
}

/** What came of a page. */
export interface ReplayPageResult {
  /** When its reading began. */
  begunAt: Date;
  done: number;
  failed: number;
  skips: Skips;
  /** Only of a release's first page: how many events it has; null if there are too many to count. */
  count?: number | null;
  /** What the next page begins after; undefined when there is none. */
  next: string | undefined;
}

/** The run after a page: further on, at a new pass, or done. */
export function afterReplayPage(run: ReplayJob, page: ReplayPageResult): ReplayJob {
  const { progress } = run;
  const counted = {
    done: progress.done + page.done,
    failed: progress.failed + page.failed,
    skipped: progress.skipped + skipCountOf(page.skips),
    skippedBecause: added(progress.skippedBecause ?? {}, page.skips),
    begunAt: progress.begunAt ?? page.begunAt.toISOString(),
    cursor: page.next,
  };
  if (run.release) {
    const known = { ...run, count: page.count ?? run.count };
    return afterPageOfRelease(known, page, counted, run.release.at);
  }
  return { ...run, progress: page.next === undefined ? { ...counted, ended: 'done' } : counted };
}

/**
 * A release goes over its events until a pass finds none that began so late that no event can come in after it. Each pass
 * counts its own failures: what failed in one is tried again in the next.
 */
function afterPageOfRelease(
  run: ReplayJob,
  page: ReplayPageResult,
  counted: ReplayJob['progress'],
  releasedAt: string,
): ReplayJob {
  const { begunAt, found } = run.progress.pass ?? { begunAt: page.begunAt.toISOString(), found: 0 };
  const pass = { begunAt, found: found + page.done + page.failed };
  if (page.next !== undefined) return { ...run, progress: { ...counted, pass } };
  const isLate = begunAt >= later(releasedAt, stragglerMs);
  if (isLate && pass.found === 0) return { ...run, progress: { ...counted, ended: 'done' } };
  if (counted.failed > 0 && begunAt >= later(releasedAt, releaseTimeoutMs))
    return { ...run, progress: { ...counted, ended: 'failed' } };
  const { cursor: _, ...kept } = counted;
  // What can not be published now may be in a minute.
  const restUntil = isLate ? later(begunAt, counted.failed > 0 ? 60_000 : 0) : later(releasedAt, stragglerMs);
  return { ...run, progress: { ...kept, failed: 0, restUntil } };
}

/** A run that has ended. */
export const closedReplayJob = (run: ReplayJob, state: EndState, now: Date): ReplayJob => ({
  ...run,
  state,
  endedAt: now.toISOString(),
});

/** The hold that a release is of was in force in between. */
const rangeOf = ({ from, to, release }: ReplayJob) =>
  release ? { from: later(from, clockSlackMs), to: release.at } : { from, to };

/**
 * Seconds until a run is done, by how long it took for what it has behind it: a pause and a slow store count, and a run is
 * never quicker than its rate. Null where nothing is behind it yet, or it is not known what lies ahead.
 */
function etaOf({ state, rate, progress: { begunAt } }: ReplayJob, behind: number, count: number | null, now: Date) {
  if (state !== 'running' || count === null) return null;
  const ahead = Math.max(0, count - behind);
  if (ahead === 0) return 0;
  if (begunAt === undefined || behind === 0) return null;
  const seconds = Math.max((now.getTime() - Date.parse(begunAt)) / 1000, behind / rate);
  return Math.ceil((ahead * seconds) / behind);
}

/** Why a release is still running although it publishes nothing now. */
function waitNoteOf({ state, count, progress: { done, restUntil } }: ReplayJob): string | undefined {
  if (state !== 'running' || restUntil === undefined) return undefined;
  return count !== null && done >= count
    ? `Every held event is published. The release stays open because an event that was being stored at the release can still arrive. It checks once more after ${restUntil}, then it is done.`
    : `The release has gone through the held events. It goes through them again after ${restUntil}, for events that could not be published or arrived late.`;
}

/** A run as operators read it now. */
export function replayViewOf(run: ReplayJob, now: Date): ReplayView {
  const { done, failed, skipped, skippedBecause = {} } = run.progress;
  const behind = done + failed + skipped;
  // What was still under way when it was counted is done too.
  const count = run.count === null ? null : Math.max(run.count, behind);
  const progress = { count, done, failed, skipped, skippedBecause };
  const note = waitNoteOf(run);
  const etaSeconds = etaOf(run, behind, run.count, now);
  return { ...run, ...rangeOf(run), ...progress, ...(note === undefined ? {} : { note }), etaSeconds };
}

const placeOf = ({ startedAt, id }: ReplayJob): string => `${startedAt}#${id}`;

/** Whether a text can be what a cursor of the runs holds. */
export const isReplayListPosition = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z#(run_|release-)[0-9a-f-]{36}$/.test(text);

/** A page of runs, the newest first. @param after what `next` of the page before was */
export function replayListOf(
  runs: readonly ReplayJob[],
  limit: number,
  after: string | undefined,
): { shown: ReplayJob[]; next?: string } {
  const rest = runs
    .filter((run) => after === undefined || placeOf(run) < after)
    .sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return rest.length > limit && last ? { shown, next: placeOf(last) } : { shown };
}
