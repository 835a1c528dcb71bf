/**
 * How well a destination is. A well one is served from the queue; any other by its lane. Here are the changes alone; `health-log.ts` writes
 * them.
 *
 * Health belongs to a generation of the destination: what an operator changed must not suffer for what was before.
 */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import type { AnswerKind } from './attempt-result.ts';
import { type HealthState, healthStates } from './delivery-states.ts';
import { longestRetryAfter } from './retry-schedule.ts';

const secondMs = 1_000;

/** Different events in whose deliveries a destination failed as a whole, until it is open. */
const failuresToOpen = 5;
/** Different events that it refused one after the other, until it is open. */
const refusalsToOpen = 20;
/** An attempt that takes longer makes it slow; so many that took less than the second end it. In milliseconds. */
const slowMs = 2 * secondMs;
const fastMs = secondMs;
const fastToEnd = 20;
/** Failed attempts, with no success begun since the first, until an incident begins. More are not counted: that costs no write. */
const attemptsToFail = 2;
/** An incident that is over before this time is told to nobody, in milliseconds. */
const tellAfterMs = 60 * secondMs;
/** The waits between two probes of an open destination, in milliseconds: from the first to the longest. */
const firstProbeMs = 30 * secondMs;
const longestProbeMs = 15 * 60 * secondMs;
/** The most attempts a second that a lane makes by itself. */
export const topPace = 200;

/** What an operator is told once for each incident. */
const noticeSchema = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.enum(['destination.failing', 'destination.recovered']),
    /** The id of the incident: the same for its beginning and its end. */
    incident: z.string(),
    at: z.int(),
  }),
);
export type Notice = z.infer<typeof noticeSchema>;

export const destinationHealthSchema = /* @__PURE__ */ schema(() =>
  z.object({
    generation: z.int(),
    /** `open`: it gets one probe at a time. `recovering`: its lane serves it, with more and more attempts a second. */
    state: z.enum(Object.keys(healthStates) as HealthState[]),
    /** The events that it failed or refused since its last success. */
    failed: z.array(z.string()),
    refused: z.array(z.string()),
    /** When the last success that was noted was recorded, in epoch milliseconds. */
    lastSuccessAt: z.int(),
    slow: z.boolean(),
    /** Since when it is slow, and since when it is recovering, in epoch milliseconds. */
    slowSince: z.optional(z.int()),
    recoveringSince: z.optional(z.int()),
    /** Fast answers in a row, while it is slow. */
    fastInARow: z.int(),
    /** Attempts a second that its lane makes. */
    pace: z.number(),
    /** Until when it wants nothing, in epoch milliseconds. */
    blockedUntil: z.int(),
    /** While it is open: the next probe, and the wait after that. */
    probe: z.optional(z.object({ at: z.int(), wait: z.int() })),
    /** When an earlier version opened it, in epoch milliseconds. */
    openedAt: z.optional(z.int()),
    /**
     * The failed attempts after which no success began: when the first of them began, in epoch milliseconds, and how many they are, up to
     * `attemptsToFail`. An answer with 429 is none.
     */
    failing: z.optional(z.object({ since: z.int(), attempts: z.int() })),
    /** The incident that is open, or was last. */
    incident: z.optional(z.string()),
    /** The open incident: the first failure, when it was noted as an incident, and whether it is told, or in `notices`. */
    outage: z.optional(z.object({ since: z.int(), at: z.int(), isTold: z.boolean() })),
    /** The incident before: from its first failure until its success, in epoch milliseconds. */
    lastOutage: z.optional(z.object({ from: z.int(), until: z.int() })),
    /** What is to be told. A new generation keeps it. */
    notices: z.array(noticeSchema),
    /** Deliveries that were given up and not told yet, and one of them. */
    givenUp: z.int(),
    givenUpSample: z.optional(z.string()),
    /** The deliveries that wait for hours shall be attempted now: what they failed for may be mended. */
    gather: z.boolean(),
  }),
);
export type DestinationHealth = z.infer<typeof destinationHealthSchema>;

/** Since when the open incident lasts, and whether it is told. An earlier version has one while it is open, and tells it then. */
export const openIncident = ({ outage, state, openedAt = 0 }: DestinationHealth): DestinationHealth['outage'] =>
  outage ?? (state === 'open' ? { since: openedAt, at: openedAt, isTold: true } : undefined);

/** The incident that is open lasts until a delivery succeeds, whatever an operator changes. */
const incidentsOf = (before: DestinationHealth): Partial<DestinationHealth> => {
  const { incident, lastOutage } = before;
  const outage = openIncident(before);
  return {
    ...(incident !== undefined && { incident }),
    ...(outage && { outage }),
    ...(lastOutage && { lastOutage }),
  };
};

/**
 * The health of a new generation. Without an earlier one the destination is new, and taken for well. Otherwise something waits
 * perhaps, and it begins slowly.
 * @param at when the generation began, as far as is known, in epoch milliseconds
 */
export const freshHealth = (generation: number, before?: DestinationHealth, at?: number): DestinationHealth => ({
  generation,
  state: before ? 'recovering' : 'closed',
  failed: [],
  refused: [],
  lastSuccessAt: 0,
  slow: false,
  fastInARow: 0,
  pace: 1,
  blockedUntil: 0,
  ...(before && incidentsOf(before)),
  ...(before && at !== undefined && { recoveringSince: at }),
  notices: before?.notices ?? [],
  givenUp: before?.givenUp ?? 0,
  ...(before?.givenUpSample !== undefined && { givenUpSample: before.givenUpSample }),
  gather: before !== undefined,
});

/** The health that counts for a destination of this generation. Undefined stands for well. */
export const healthNow = (health: DestinationHealth | undefined, generation: number): DestinationHealth | undefined =>
  health?.generation === generation ? health : undefined;

/** Whether a destination is served by its lane, and not from the queue. */
export const needsLane = (health: DestinationHealth | undefined): boolean =>
  health !== undefined && (health.slow || healthStates[health.state].servedBy === 'lane');

/** What an attempt says about its destination. */
export interface Finding {
  kind: AnswerKind;
  /** The event, with its time: two deliveries of one event count once. */
  event: string;
  generation: number;
  /** When the request began and ended, in epoch milliseconds. */
  began: number;
  ended: number;
  /** How long the attempt took, with its token and its transform. */
  ms: number;
  retryAfter?: number | undefined;
}

/** Adds to the latest `most` different ones. */
const withOne = (list: readonly string[], one: string, most: number): string[] =>
  [...list.filter((each) => each !== one), one].slice(-most);

function withSpeed(health: DestinationHealth, { ms, began }: Finding): DestinationHealth {
  if (ms > slowMs) return { ...health, slow: true, fastInARow: 0, ...(!health.slow && { slowSince: began }) };
  if (!health.slow) return health;
  const fastInARow = ms < fastMs ? health.fastInARow + 1 : 0;
  if (fastInARow < fastToEnd) return { ...health, fastInARow };
  const { slowSince: _, ...fast } = health;
  return { ...fast, slow: false, fastInARow: 0 };
}

/** Removes what only an open destination has. */
const withoutProbe = ({ probe: _, ...health }: DestinationHealth): DestinationHealth => health;

const withNotice = (health: DestinationHealth, type: Notice['type'], incident: string, at: number) => ({
  ...health,
  notices: [...health.notices, { type, incident, at }],
});

/** Counts a failed attempt. */
const withFailure = (health: DestinationHealth, began: number): DestinationHealth => {
  const { since = began, attempts = 0 } = health.failing ?? {};
  return {
    ...health,
    failing: { since: Math.min(since, began), attempts: Math.min(attempts + 1, attemptsToFail) },
  };
};

/** Ends the incident, if a success began after its first failure. One that was not told is not told now either. */
function withoutIncident(health: DestinationHealth, { began, ended }: Finding): DestinationHealth {
  const { outage: _, failing, ...rest } = health;
  const counted = failing && began < failing.since ? { failing } : {};
  const incident = openIncident(health);
  if (!incident) return { ...rest, ...counted };
  if (health.outage && began < incident.since) return { ...rest, ...counted, outage: incident };
  const over = {
    ...rest,
    ...counted,
    ...(incident.since > 0 && { lastOutage: { from: incident.since, until: ended } }),
  };
  return incident.isTold ? withNotice(over, 'destination.recovered', health.incident ?? '', ended) : over;
}

/** Health after an answer that shows that the receiver works. */
function afterSuccess(health: DestinationHealth, finding: Finding): DestinationHealth {
  const { ended } = finding;
  const well = { ...withoutIncident(health, finding), lastSuccessAt: ended, failed: [], refused: [] };
  if (health.state !== 'open') return well;
  return { ...withoutProbe(well), state: 'recovering', recoveringSince: ended, pace: 1 };
}

/**
 * Health after a test that succeeded. One that failed as a whole gets what waits, slowly at first. Its failures stay counted: the first delivery
 * that fails opens it again, and only one that succeeds ends the incident.
 */
export function afterTest(health: DestinationHealth, at: number): DestinationHealth {
  if (health.state === 'recovering' || !openIncident(health)) return health;
  const { failing: _, ...rest } = withoutProbe(health);
  return { ...rest, state: 'recovering', recoveringSince: at, pace: 1 };
}

function afterFailure(health: DestinationHealth, { kind, event, began, ended, retryAfter = 0 }: Finding) {
  // It began before a success that is known, so it says nothing about now.
  if (began < health.lastSuccessAt) return health;
  if (kind === 'broken')
    return { ...withFailure(health, began), failed: withOne(health.failed, event, failuresToOpen) };
  const refused = { ...health, refused: withOne(health.refused, event, refusalsToOpen) };
  if (kind !== 'limited') return withFailure(refused, began);
  return {
    ...refused,
    blockedUntil: Math.max(health.blockedUntil, ended + Math.min(retryAfter, longestRetryAfter)),
    pace: Math.max(1, health.pace / 2),
    ...(health.state === 'closed' && { state: 'recovering' as const, recoveringSince: ended }),
  };
}

/** Whether so much failed that a destination has to be opened. */
export const isIll = ({ state, failed, refused }: DestinationHealth): boolean =>
  state !== 'open' && (failed.length >= failuresToOpen || refused.length >= refusalsToOpen);

/** Whether attempts fail, with no success since the first. */
export const isFailing = ({ state, failing }: DestinationHealth): boolean =>
  state === 'open' || (failing !== undefined && failing.attempts >= attemptsToFail);

/** Whether an incident has to begin, or its destination to be opened. The timer has to be there before, so that it is told. */
export const isToEscalate = (health: DestinationHealth): boolean =>
  isIll(health) || (isFailing(health) && openIncident(health) === undefined);

/**
 * Health after an attempt. One of an earlier generation changes nothing. A destination that has to be opened is not opened here:
 * its timer has to be there before, so that the notice of it is told. Nor does an incident begin here.
 */
export function healthAfter(before: DestinationHealth | undefined, finding: Finding): DestinationHealth {
  if (before && before.generation > finding.generation) return before;
  const current =
    before?.generation === finding.generation ? before : freshHealth(finding.generation, before, finding.began);
  const timed = withSpeed(current, finding);
  const isSuccess = finding.kind === 'delivered' || finding.kind === 'gone';
  return isSuccess ? afterSuccess(timed, finding) : afterFailure(timed, finding);
}

/** When the open incident is to be told, in epoch milliseconds. Undefined if none is, or it is told. */
export const tellAt = ({ outage }: DestinationHealth): number | undefined =>
  outage && !outage.isTold ? outage.at + tellAfterMs : undefined;

/** Puts the open incident among what is to be told. */
export const toldIncident = (health: DestinationHealth): DestinationHealth => {
  const { outage, incident = '' } = health;
  if (!outage || outage.isTold) return health;
  return withNotice({ ...health, outage: { ...outage, isTold: true } }, 'destination.failing', incident, outage.at);
};

/** Begins an incident, unless one is open. */
const withIncident = (health: DestinationHealth, incident: string, now: number): DestinationHealth =>
  openIncident(health)
    ? health
    : { ...health, incident, outage: { since: health.failing?.since ?? now, at: now, isTold: false } };

/** Opens a destination: from now on it gets a probe at a time. That is told at once. */
export const opened = (health: DestinationHealth, incident: string, now: number): DestinationHealth =>
  toldIncident({
    ...withIncident(health, incident, now),
    state: 'open',
    probe: { at: now + firstProbeMs, wait: firstProbeMs },
  });

/** Does what `isToEscalate` asks for. */
export const escalated = (health: DestinationHealth, incident: string, now: number): DestinationHealth =>
  isIll(health) ? opened(health, incident, now) : withIncident(health, incident, now);

/**
 * Moves the next probe of an open destination. Done before the probe, so that a second worker makes none. One that an operator asked for
 * does not make the intervals longer.
 */
export const probing = (health: DestinationHealth, now: number, isAsked: boolean): DestinationHealth => {
  const wait = health.probe?.wait ?? firstProbeMs;
  return { ...health, probe: { at: now + wait, wait: isAsked ? wait : Math.min(2 * wait, longestProbeMs) } };
};

/**
 * Whether a delivery that reached its limit at a time needs no last attempt. Its destination wants nothing now, or is open and was probed after that time.
 * To be open is not enough: five events that its receiver always refuses open a destination that is well for all others. The last probe
 * began `wait` before the next one, or later. No field has that time.
 * @param since when the delivery reached its limit, in epoch milliseconds
 */
export const isShutSince = (health: DestinationHealth | undefined, since: number, now: number): boolean => {
  if (!health) return false;
  const { state, blockedUntil, probe } = health;
  return blockedUntil > now || (state === 'open' && probe !== undefined && probe.at - probe.wait >= since);
};
