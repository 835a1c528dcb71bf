/**
 * An alert: an endpoint refuses its sender, or has fallen silent, beyond what its setting `alerts` says. Here is decided,
 * from what the Journal counts, when one begins and when it ends. The bus is told of both at least once: what is to be
 * told is written down first, and marked as told after that, so that a crash in between makes it be told again.
 *
 * Silence is counted from the last event, or the last change of the record if that is later, for the record knows when it
 * was last changed and not when it was activated. It then ends by an event alone. An alert whose endpoint is no longer
 * active, or no longer wants it, ends too: who opened an incident has to hear that nobody watches it any more.
 */
import * as z from 'zod/mini';
import { timeSchema } from '../base/time.ts';
import type { BusEntry as Notice } from '../bus/publication.ts';
import type { Connection } from '../endpoint/connection.ts';
import type { Alerts } from '../settings/settings.ts';
import { countsByReason, minuteOf, type RejectionCount, rejectionReasons } from './rejection.ts';

export const alertKinds = ['refusing', 'silent'] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Minutes between two watches. */
export const watchIntervalMinutes = 5;
/** How many minutes a watch looks back on: one more than that, for it may come late. */
const lookBack = watchIntervalMinutes + 1;
/** Milliseconds after which whoever began to tell something has crashed: more than a watch lasts, less than to the next. */
const noticeTimeoutMs = 4 * 60_000;

const minute = 60_000;

const aboutSchema = z.object({
  /** Of a silence, what it is counted from; of refusals, the first minute of them. */
  since: timeSchema,
  threshold: z.object({ count: z.optional(z.int()), minutes: z.int() }),
  reasons: z.optional(z.partialRecord(z.enum(rejectionReasons), z.int())),
  /** Right to a minute; null if there never was one. */
  lastEventAt: z.optional(z.nullable(timeSchema)),
});

/** What the bus is told. */
const detailSchema = z.extend(aboutSchema, {
  connection: z.string(),
  /** Of the record when this was found; none of a connection that is deleted. */
  version: z.optional(z.int()),
  state: z.enum(['began', 'ended']),
  at: timeSchema,
  /** Only of an end: `unwatched` says that the endpoint is not active, or that its setting was removed. */
  because: z.optional(z.enum(['recovered', 'unwatched'])),
});

/** An alert that is open, or is about to be told. */
export const alertSchema = z.object({
  connectionId: z.string(),
  kind: z.enum(alertKinds),
  told: z.boolean(),
  /** When it was last begun to tell it. */
  triedAt: timeSchema,
  detail: detailSchema,
});
export type Alert = z.infer<typeof alertSchema>;

/** What was found of one connection and kind: whether the threshold is reached, and what there is to tell of it. */
export interface AlertFinding {
  isReached: boolean;
  about: z.infer<typeof aboutSchema>;
}

/** The connection that an alert is of, or was, if it is deleted. */
export interface AlertSubject {
  connectionId: string;
  connection: string;
  version?: number;
}

/** The thresholds of a connection that is to be watched; none of any other. */
export const thresholdsOf = ({ endpoint }: Connection): Alerts =>
  (endpoint?.status === 'active' && endpoint.settings.alerts) || {};

const before = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * minute);

/** The time from which on refusals matter to a watch. */
export const rejectionsFrom = ({ minutes }: NonNullable<Alerts['rejections']>, now: Date): Date =>
  before(now, lookBack + minutes - 1);

const sumOf = (counts: readonly RejectionCount[]): number => counts.reduce((sum, { count }) => sum + count, 0);

/**
 * Whether there were so many refusals in so many minutes. Looked at is every span of so many whole minutes that ended
 * since the watch before: else a burst between two watches would be missed. What was refused while the endpoint was
 * inactive does not count: that was wanted.
 */
export function rejectingIn(
  counts: readonly RejectionCount[],
  threshold: NonNullable<Alerts['rejections']>,
  now: Date,
): AlertFinding {
  const counted = counts.filter(({ reason }) => reason !== 'endpoint_inactive');
  const spans = Array.from({ length: lookBack + 1 }, (_, back) => {
    const first = minuteOf(before(now, back + threshold.minutes - 1));
    const last = minuteOf(before(now, back));
    return counted.filter((each) => first <= each.minute && each.minute <= last);
  });
  const worst = spans.reduce((one, other) => (sumOf(other) > sumOf(one) ? other : one));
  const [since = minuteOf(now)] = worst.map((each) => each.minute).sort();
  return {
    isReached: sumOf(worst) >= threshold.count,
    about: { since: `${since}:00.000Z`, threshold, reasons: countsByReason(worst) },
  };
}

/**
 * Whether there was no event for so long. The minute of the last known event may have had later ones.
 * @param changedAt when the record was last changed
 */
export function silentSince(
  lastEventAt: string | null,
  changedAt: string,
  threshold: NonNullable<Alerts['silence']>,
  now: Date,
): AlertFinding {
  const eventsUntil = lastEventAt === null ? 0 : Date.parse(`${minuteOf(new Date(lastEventAt))}Z`) + minute;
  const since = Math.max(eventsUntil, Date.parse(changedAt));
  return {
    isReached: now.getTime() - since >= threshold.minutes * minute,
    about: { since: new Date(since).toISOString(), threshold, lastEventAt },
  };
}

/** Why an alert is over, or undefined. */
function endOf({ kind, detail }: Alert, finding: AlertFinding | undefined): 'recovered' | 'unwatched' | undefined {
  if (!finding) return 'unwatched';
  const { lastEventAt } = finding.about;
  // A change of the record breaks no silence that has begun.
  const isOver = kind === 'silent' ? (lastEventAt ?? '') > (detail.lastEventAt ?? '') : !finding.isReached;
  return isOver ? 'recovered' : undefined;
}

function ended(
  known: Alert,
  { connectionId: _, ...subject }: AlertSubject,
  finding: AlertFinding | undefined,
  at: string,
) {
  const because = endOf(known, finding);
  if (because === undefined) return undefined;
  const { since, threshold } = known.detail;
  const lastEventAt = finding?.about.lastEventAt ?? known.detail.lastEventAt;
  const about = { since, threshold, ...(lastEventAt === undefined ? {} : { lastEventAt }) };
  return { ...known, told: false, triedAt: at, detail: { ...subject, state: 'ended' as const, at, because, ...about } };
}

/**
 * What is to be told next of one connection and kind, if anything: a beginning, an end, or once more what was begun to be
 * told and never marked as told.
 * @param known the alert that is written down
 * @param finding what was found; undefined if nothing is watched
 */
export function nextAlert(
  kind: AlertKind,
  subject: AlertSubject,
  { known, finding }: { known: Alert | undefined; finding: AlertFinding | undefined },
  now: Date,
): Alert | undefined {
  const at = now.toISOString();
  if (known && !known.told) {
    const isGivenUp = now.getTime() - Date.parse(known.triedAt) >= noticeTimeoutMs;
    return isGivenUp ? { ...known, triedAt: at } : undefined;
  }
  if (known) return ended(known, subject, finding, at);
  if (!finding?.isReached) return undefined;
  const { connectionId, ...rest } = subject;
  const detail = { ...rest, state: 'began' as const, at, ...finding.about };
  return { connectionId, kind, told: false, triedAt: at, detail };
}

/** What stays written down of an alert once it is told: nothing of one that ended. */
export const alertOnceTold = (alert: Alert): Alert | undefined =>
  alert.detail.state === 'ended' ? undefined : { ...alert, told: true };

/** What the bus is told of an alert; the same whenever it is told again. */
export const alertNoticeOf = ({ kind, detail }: Alert): Notice => ({
  Source: 'hooklatch',
  DetailType: `endpoint.${kind}`,
  Detail: JSON.stringify(detail),
  Time: new Date(detail.at),
});
