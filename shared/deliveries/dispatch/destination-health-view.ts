/**
 * How a destination is, as operators read it: the same for whoever shows it. What is not stored with its health is read from what waits: what
 * went wrong, and a delivery that fails although others succeed.
 */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { type Destination, isPaused } from '../destination/destination.ts';
import { kindOfStatus } from './attempt-result.ts';
import { deliveryIdOf } from './delivery-job.ts';
import type { Backlog } from './delivery-lists.ts';
import { type AttemptNote, attemptsOf, type DeliveryRow, isAsked } from './delivery-row.ts';
import { timeOf } from './delivery-view.ts';
import { type DestinationHealth, healthNow, isFailing, openIncident } from './destination-health.ts';

/** A delivery that failed so often is worth telling although others succeed. */
const attemptsToTell = 2;

/** What went wrong, in our words, and when that attempt began. */
const wrongSchema = /* @__PURE__ */ schema(() => z.object({ at: timeSchema, what: z.string() }));

export const destinationHealthViewSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /**
     * `failing`: attempts fail, and none has succeeded since. `slow`: it answers slowly. `recovering`: it gets what waits, faster and faster, or
     * nothing has succeeded yet since it was changed.
     */
    state: z.enum(['well', 'slow', 'recovering', 'failing', 'paused']),
    /** Since when it is so. Absent if it is well, or if an older version noted it. */
    since: z.optional(timeSchema),
    /** What went wrong with the oldest delivery that waits. */
    wrong: z.optional(wrongSchema),
    /** When the next attempt is due. It may be earlier: what comes new is attempted when it comes. */
    nextAttemptAt: z.optional(timeSchema),
    /** Until when it asked for nothing. */
    blockedUntil: z.optional(timeSchema),
    /** When it failed the last time, if that is over. */
    lastFailing: z.optional(z.object({ from: timeSchema, until: timeSchema })),
    /** While it is well: deliveries that have failed twice or more although others succeed. `id` and the other fields are of the oldest. */
    alone: z.optional(
      z.object({
        count: z.int(),
        id: z.string(),
        since: timeSchema,
        attempts: z.int(),
        wrong: wrongSchema,
        nextAttemptAt: z.optional(timeSchema),
      }),
    ),
    /** When the newest event came whose delivery was given up. Absent if there is none. */
    givenUpAt: z.optional(timeSchema),
    /** What waits for its next attempt. `isMore`: there is more than that. `oldest`: when its event came. */
    waiting: z.object({ count: z.int(), isMore: z.boolean(), oldest: z.optional(timeSchema) }),
  }),
);
export type DestinationHealthView = z.infer<typeof destinationHealthViewSchema>;

/** What was read of a destination. */
export interface ReadHealth {
  destination: Destination;
  health: DestinationHealth | undefined;
  backlog: Backlog;
  givenUpAt: string | undefined;
}

const hasFailed = ({ status }: AttemptNote): boolean => status === undefined || kindOfStatus(status) !== 'delivered';

const wrongOf = ({ at, status, cause, outcome }: AttemptNote) => ({
  at: timeOf(at),
  what: status === undefined ? (cause ?? outcome.replaceAll('_', ' ')) : `answered ${status}`,
});

/** A delivery with an attempt that failed. What was delivered before and is sent again has a last attempt too. */
const failedIn = (rows: readonly DeliveryRow[]) =>
  rows.flatMap((row) => (row.last && hasFailed(row.last) ? [{ row, last: row.last }] : []));

const nextOf = ({ status, nextAt, due }: DeliveryRow, now: number): number | undefined =>
  status === 'parked' ? now : (nextAt ?? due);

function stateOf(health: DestinationHealth | undefined, stored: DestinationHealth | undefined) {
  if (health && isFailing(health)) return 'failing';
  // An incident lasts until a delivery succeeds, also over a change of the destination.
  if (health?.state === 'recovering' || (stored && openIncident(stored))) return 'recovering';
  return health?.slow ? 'slow' : 'well';
}

/** Since when a destination is in a state, in epoch milliseconds. */
function sinceOf(state: DestinationHealthView['state'], health: DestinationHealth | undefined): number | undefined {
  if (!health) return undefined;
  const since = {
    failing: openIncident(health)?.since ?? health.failing?.since,
    recovering: health.recoveringSince ?? openIncident(health)?.since,
    slow: health.slowSince,
    well: undefined,
    paused: undefined,
  }[state];
  return since || undefined;
}

/** The next attempt of a destination that is not paused, in epoch milliseconds. */
function nextAttemptOf(health: DestinationHealth | undefined, rows: readonly DeliveryRow[], now: number) {
  if (rows.length === 0) return undefined;
  if (health && health.blockedUntil > now) return health.blockedUntil;
  if (health?.state === 'open' && health.probe) return Math.max(health.probe.at, now);
  const times = rows.flatMap((row) => nextOf(row, now) ?? []);
  return times.length > 0 ? times.reduce((one, other) => Math.min(one, other)) : undefined;
}

/**
 * When the lane of a destination attempts a parked delivery, in epoch milliseconds. It may be later, if others are before it.
 * @returns undefined while the destination is paused
 */
export function laneTimeOf(
  row: DeliveryRow,
  { destination, health: stored }: Pick<ReadHealth, 'destination' | 'health'>,
  now: number,
): number | undefined {
  if (isPaused(destination)) return undefined;
  const health = healthNow(stored, destination.generation);
  // What somebody asks for waits for no probe.
  return nextAttemptOf(isAsked(row) && health ? { ...health, state: 'recovering' } : health, [row], now);
}

/** The deliveries that fail although others succeed. */
function aloneOf(rows: readonly DeliveryRow[], now: number): Pick<DestinationHealthView, 'alone'> {
  const failing = failedIn(rows).filter(({ row }) => attemptsOf(row) >= attemptsToTell);
  const [oldest] = failing;
  if (!oldest) return {};
  const { row, last } = oldest;
  const next = nextOf(row, now);
  return {
    alone: {
      count: failing.length,
      id: deliveryIdOf(row),
      since: timeOf(row.madeAt),
      attempts: attemptsOf(row),
      wrong: wrongOf(last),
      ...(next !== undefined && { nextAttemptAt: timeOf(next) }),
    },
  };
}

export function destinationHealthViewOf(
  { destination, health: stored, backlog: { rows, isMore }, givenUpAt }: ReadHealth,
  now: number,
): DestinationHealthView {
  const health = healthNow(stored, destination.generation);
  const isHeld = isPaused(destination);
  const state = isHeld ? 'paused' : stateOf(health, stored);
  const since = isHeld ? destination.pausedSince : sinceOf(state, health ?? stored);
  const next = isHeld ? undefined : nextAttemptOf(health, rows, now);
  const [failed] = failedIn(rows);
  const last = stored?.lastOutage;
  const [oldest] = rows;
  return {
    state,
    ...(since !== undefined && { since: typeof since === 'number' ? timeOf(since) : since }),
    ...(state !== 'well' && failed && { wrong: wrongOf(failed.last) }),
    ...(next !== undefined && { nextAttemptAt: timeOf(next) }),
    ...(!isHeld && health && health.blockedUntil > now && { blockedUntil: timeOf(health.blockedUntil) }),
    ...(last && { lastFailing: { from: timeOf(last.from), until: timeOf(last.until) } }),
    ...(state === 'well' && aloneOf(rows, now)),
    ...(givenUpAt !== undefined && { givenUpAt }),
    waiting: { count: rows.length, isMore, ...(oldest && { oldest: oldest.receivedAt }) },
  };
}
