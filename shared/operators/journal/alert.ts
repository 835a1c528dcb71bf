/**
 * An alert: an endpoint refuses its sender or is silent for longer than its setting `alerts` allows, or its token is older than
 * the deployment allows. This file decides from the Journal's counts and the record when an alert begins and ends. The bus gets a notice of the beginning and a notice of the
 * end, each at least once. Each notice is stored before it is sent, and marked as sent (`told`) afterwards. If the
 * function crashes in between, the notice is sent again.
 *
 * Silence counts from the last event or the last change of the record, whichever is later. (The record does not have
 * the time of its activation.) Only an event ends a silence. An alert also ends if its endpoint is no longer active or
 * its setting is removed. Somebody may have opened an incident, and must learn that nothing watches the endpoint any
 * more.
 */
import * as z from 'zod/mini';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import type { Alerts } from '../../endpoints/settings/settings.ts';
import { countsByReason, type RejectionCount, rejectionReasons } from '../../events/arrival/rejection.ts';
import type { BusEntry as Notice } from '../../events/bus/publication.ts';
import { minuteOf, timeSchema } from '../../ground/base/time.ts';

export const alertKinds = ['refusing', 'silent', 'token_old'] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Minutes between two runs of `raise-alerts`. */
export const watchIntervalMinutes = 5;
/** The number of minutes that a run looks back: one more than the interval, because a run can be late. */
const lookBackMinutes = watchIntervalMinutes + 1;
/**
 * If a notice is not marked as sent after this time, in ms, the function that began to send it has crashed. The time is
 * longer than a run and shorter than the interval.
 */
const noticeTimeoutMs = 4 * 60_000;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const aboutSchema = z.object({
  /** The start of the silence, the first minute of the rejections, or when the token was made. */
  since: timeSchema,
  threshold: z.object({ count: z.optional(z.int()), minutes: z.optional(z.int()), days: z.optional(z.int()) }),
  reasons: z.optional(z.partialRecord(z.enum(rejectionReasons), z.int())),
  /** Correct to the minute. Null if there was no event yet. */
  lastEventAt: z.optional(z.nullable(timeSchema)),
});

/** The detail of the notice. */
const detailSchema = z.extend(aboutSchema, {
  connection: z.string(),
  /** The record's version at the time of the finding. Absent if the connection is deleted. */
  version: z.optional(z.int()),
  state: z.enum(['began', 'ended']),
  at: timeSchema,
  /** Only in the notice of the end. `unwatched`: the endpoint is not active, or its setting was removed. */
  because: z.optional(z.enum(['recovered', 'unwatched'])),
});

/** An alert that is open, or whose notice is about to be sent. */
export const alertSchema = z.object({
  connectionId: z.string(),
  kind: z.enum(alertKinds),
  told: z.boolean(),
  /** When a function last began to send the notice. */
  triedAt: timeSchema,
  detail: detailSchema,
});
export type Alert = z.infer<typeof alertSchema>;

/** The finding for a connection and a kind of alert: whether it reaches the threshold, and the facts for the notice. */
export interface AlertFinding {
  isReached: boolean;
  about: z.infer<typeof aboutSchema>;
}

/** The connection of an alert. The connection may be deleted. */
export interface AlertSubject {
  connectionId: string;
  connection: string;
  version?: number;
}

/** The thresholds of a connection. Empty if its endpoint is not active or has no alerts. */
export const thresholdsOf = ({ endpoint }: Connection): Alerts =>
  (endpoint?.status === 'active' && endpoint.settings.alerts) || {};

const minutesBefore = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * minuteMs);

/** A run reads the rejections since this time. */
export const rejectionsFrom = ({ minutes }: NonNullable<Alerts['rejections']>, now: Date): Date =>
  minutesBefore(now, lookBackMinutes + minutes - 1);

const totalOf = (counts: readonly RejectionCount[]): number => counts.reduce((sum, { count }) => sum + count, 0);

/**
 * Compares the rejections in a span of whole minutes with the threshold. Checks every span of that length that ended
 * since the last run. Otherwise a burst between two runs would be missed. Rejections by an inactive endpoint do not
 * count, because an inactive endpoint is meant to refuse.
 */
export function rejectingIn(
  counts: readonly RejectionCount[],
  threshold: NonNullable<Alerts['rejections']>,
  now: Date,
): AlertFinding {
  const counted = counts.filter(({ reason }) => reason !== 'endpoint_inactive');
  const spans = Array.from({ length: lookBackMinutes + 1 }, (_, back) => {
    const first = minuteOf(minutesBefore(now, back + threshold.minutes - 1));
    const last = minuteOf(minutesBefore(now, back));
    return counted.filter((each) => first <= each.minute && each.minute <= last);
  });
  const worst = spans.reduce((one, other) => (totalOf(other) > totalOf(one) ? other : one));
  const [since = minuteOf(now)] = worst.map((each) => each.minute).sort();
  return {
    isReached: totalOf(worst) >= threshold.count,
    about: { since: `${since}:00.000Z`, threshold, reasons: countsByReason(worst) },
  };
}

/**
 * Checks the age of the current token, whatever the endpoint's status is: the alert begins once for each token. Undefined if
 * there is no token.
 * @param days the most days; undefined if the deployment has no limit
 */
export function oldTokenOf({ endpoint }: Connection, days: number | undefined, now: Date): AlertFinding | undefined {
  const [current] = endpoint?.tokens ?? [];
  if (!current || days === undefined) return undefined;
  return {
    isReached: now.getTime() - Date.parse(current.createdAt) >= days * dayMs,
    about: { since: current.createdAt, threshold: { days } },
  };
}

/** The reason why an alert has ended. Returns undefined if the alert has not ended. */
function endOf({ kind, detail }: Alert, finding: AlertFinding | undefined): 'recovered' | 'unwatched' | undefined {
  if (!finding) return 'unwatched';
  const { lastEventAt } = finding.about;
  // A change of the record does not end a silence that has begun.
  const isOver = kind === 'silent' ? (lastEventAt ?? '') > (detail.lastEventAt ?? '') : !finding.isReached;
  return isOver ? 'recovered' : undefined;
}

function endedAlert(
  known: Alert,
  { connectionId: _, ...subject }: AlertSubject,
  finding: AlertFinding | undefined,
  at: string,
) {
  const because = endOf(known, finding);
  if (because === undefined) return undefined;
  const { since, threshold } = known.detail;
  const lastEventAt = finding?.about.lastEventAt ?? known.detail.lastEventAt;
  const about = { since, threshold, lastEventAt };
  return { ...known, told: false, triedAt: at, detail: { ...subject, state: 'ended' as const, at, because, ...about } };
}

/**
 * The next notice of a connection and kind, if there is one. The notice says that the alert begins or ends, or it
 * repeats a stored notice that was never marked as sent.
 * @param known the stored alert
 * @param finding undefined if
 * nothing is watched
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
  if (known) return endedAlert(known, subject, finding, at);
  if (!finding?.isReached) return undefined;
  const { connectionId, ...rest } = subject;
  const detail = { ...rest, state: 'began' as const, at, ...finding.about };
  return { connectionId, kind, told: false, triedAt: at, detail };
}

/** The alert to store after its notice is sent. An ended alert is not stored. */
export const alertOnceTold = (alert: Alert): Alert | undefined =>
  alert.detail.state === 'ended' ? undefined : { ...alert, told: true };

/** The notice of an alert. The notice is the same each time it is sent. */
export const alertNoticeOf = ({ kind, detail }: Alert): Notice => ({
  Source: 'hooklatch',
  DetailType: `endpoint.${kind}`,
  Detail: JSON.stringify(detail),
  Time: new Date(detail.at),
});

/** The alerts of a connection that have begun and not ended. */
export const openAlerts = (connectionId: string, alerts: readonly Alert[]) =>
  alerts
    .filter((alert) => alert.connectionId === connectionId && alert.detail.state === 'began')
    .map(({ kind, detail: { since, threshold } }) => ({ kind, since, threshold }));
