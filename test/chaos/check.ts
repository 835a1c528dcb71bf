/** Checks the results of a plan. Pure: takes what was sent and what was found, and returns the violations. */

import type { Kind } from './check-deliveries.ts';

/** What a sender knows about one webhook. */
export interface Sending {
  /** The number of the endpoint. */
  to: number;
  deliveryId: string | undefined;
  /** The webhook's name, which repeats of it share. */
  name: string;
  sha256: string;
  kind: Kind;
  isGenuine: boolean;
  /** The statuses in order. 0 means that no answer came. */
  answers: { status: number; id?: string }[];
}

/** A stored event, with its body as read back. */
export interface Stored {
  id: string;
  /** What its sender calls the webhook. */
  name: string;
  connectionId: string;
  deliveryId: string | undefined;
  sha256: string;
  /** The SHA-256 of the bytes that were read back. */
  bodySha256: string;
  /** The hold under which it was received, if that hold is not released. */
  hold: string | undefined;
  replays: number;
  /** The version of the routes of its last publication. */
  routes: string | undefined;
}

/** An event that reached the bus. */
export interface Published {
  id: string;
  sha256: string;
  replay: number | undefined;
}

/** An accepted bulk replay. */
export interface Run {
  id: string;
  state: string;
  /** The number of events that it reports as not replayed. */
  left: number;
  /** The events in its range that had been acknowledged before it was requested. */
  covered: string[];
}

export interface Observed {
  sendings: Sending[];
  stored: Stored[];
  published: Published[];
  /** The ids of the current holds. */
  holds: ReadonlySet<string>;
  runs: Run[];
  /**
   * From the log: rejected requests to known connections, how many of them are logged as not counted, and the most
   * that an instance can hold back.
   */
  refusals: { lines: number; lost: number; most: number };
  /** The sum of the rejection counts of all connections. */
  rejections: number;
  /** How many more counts may be missing: killed instances lose the counts that they held back. */
  heldBack: number;
}

type Check = (observed: Observed) => string[];

const isHeld = ({ hold }: Stored, { holds }: Observed): boolean => hold !== undefined && holds.has(hold);

const isAccepted = (status: number): boolean => status >= 200 && status < 300;

const acceptedOf = ({ sendings }: Observed) =>
  sendings.flatMap((sending) =>
    sending.answers.filter(({ status }) => isAccepted(status)).map(({ id = '' }) => ({ ...sending, id })),
  );

/** Every 2xx names an event that is stored with the sent bytes. */
const nothingIsLost: Check = (observed) => {
  const byId = new Map(observed.stored.map((event) => [event.id, event]));
  return acceptedOf(observed).flatMap(({ id, sha256 }) => {
    const event = byId.get(id);
    if (!event) return [`lost: ${id} was answered 2xx and is not stored`];
    return event.bodySha256 === sha256 ? [] : [`lost: ${id} is stored with other bytes than were sent`];
  });
};

/** Every stored body matches its digest. */
const nothingIsAltered: Check = ({ stored }) =>
  stored.filter((event) => event.sha256 !== event.bodySha256).map(({ id }) => `altered: the bytes of ${id}`);

/** One delivery id with the same bytes is stored once. */
const nothingIsStoredTwice: Check = ({ stored }) => {
  const seen = new Map<string, string>();
  return stored.flatMap(({ id, connectionId, deliveryId, sha256 }) => {
    if (deliveryId === undefined) return [];
    const key = `${connectionId} ${deliveryId} ${sha256}`;
    const first = seen.get(key);
    seen.set(key, id);
    return first === undefined ? [] : [`twice: delivery ${deliveryId} is stored as ${first} and as ${id}`];
  });
};

/** A delivery that fails authentication stores no event. */
const nothingIsForged: Check = ({ sendings, stored }) => {
  const genuine = new Set(sendings.filter(({ isGenuine }) => isGenuine).map(({ sha256 }) => sha256));
  return stored.filter(({ sha256 }) => !genuine.has(sha256)).map(({ id }) => `forged: ${id} was sent without a proof`);
};

/** Every stored event that is not held reached the bus. */
const everythingIsPublished: Check = (observed) => {
  const ids = new Set(observed.published.map(({ id }) => id));
  return observed.stored
    .filter((event) => !isHeld(event, observed) && !ids.has(event.id))
    .map(({ id }) => `unpublished: ${id}`);
};

/** Only stored events reached the bus, and no held ones. */
export const nothingElseIsPublished: Check = (observed) => {
  const { stored, published } = observed;
  const byId = new Map(stored.map((event) => [event.id, event]));
  return published.flatMap(({ id, sha256 }) => {
    const event = byId.get(id);
    if (!event || event.sha256 !== sha256) return [`ghost: ${id} is on the bus and not in the store`];
    return isHeld(event, observed) ? [`leaked: ${id} is on the bus and held`] : [];
  });
};

/** A finished replay covered its whole range, and its events reached the bus as replays. */
const everyReplayIsWhole: Check = ({ runs, stored, published }) => {
  const counts = new Map(stored.map(({ id, replays }) => [id, replays]));
  const skipped = runs.flatMap(({ id, state, left, covered }) => {
    if (state !== 'done') return [`unfinished: replay ${id} is ${state}`];
    const missing = covered.filter((event) => counts.get(event) === 0);
    return missing.length > left ? [`skipped: replay ${id} passed over ${missing.join(', ')}`] : [];
  });
  const shown = new Set(published.filter(({ replay }) => replay !== undefined).map(({ id }) => id));
  const unseen = stored.filter(({ id, replays }) => replays > 0 && !shown.has(id));
  return [...skipped, ...unseen.map(({ id }) => `unpublished: the replay of ${id}`)];
};

/**
 * Every rejection is counted at most once. Only those may be missing that the log reports as lost or that a killed
 * instance held back.
 */
const refusalsAreCounted: Check = ({ refusals: { lines, lost }, rejections, heldBack }) => {
  // A kill after the count may lose the log line.
  if (rejections > lines + heldBack) return [`overcounted: ${rejections} rejections of ${lines} refusals`];
  const missing = lines - rejections - lost;
  return missing > heldBack ? [`uncounted: ${rejections} rejections of ${lines} refusals, and ${lost} were lost`] : [];
};

const checks: Check[] = [
  nothingIsLost,
  nothingIsAltered,
  nothingIsStoredTwice,
  nothingIsForged,
  everythingIsPublished,
  nothingElseIsPublished,
  everyReplayIsWhole,
  refusalsAreCounted,
];

/** The violations, one line each. Each line starts with a word that names its kind. Empty if all is well. */
export const violationsOf = (observed: Observed): string[] => checks.flatMap((check) => check(observed));
