/** Judges what came of a plan. Pure: takes what was sent and what was found, and answers what should not be. */

/** What a sender knows of one webhook. */
export interface Sending {
  /** Number of the endpoint. */
  to: number;
  deliveryId: string | undefined;
  sha256: string;
  isGenuine: boolean;
  /** Statuses in order; 0 is an answer that never came. */
  answers: { status: number; id?: string }[];
}

/** An event as it lies in the store, its body read back. */
export interface Stored {
  id: string;
  connectionId: string;
  deliveryId: string | undefined;
  sha256: string;
  /** SHA-256 of the bytes that were read back. */
  bodySha256: string;
  /** The hold that it came under, unless it was released. */
  hold: string | undefined;
  replays: number;
}

/** An event as it reached the bus. */
export interface Published {
  id: string;
  sha256: string;
  replay: number | undefined;
}

/** A bulk replay that was taken. */
export interface Run {
  id: string;
  state: string;
  /** How many events it says that it could not or must not replay. */
  left: number;
  /** The events of its range that had been acknowledged when it was asked for. */
  covered: string[];
}

export interface Observed {
  sendings: Sending[];
  stored: Stored[];
  published: Published[];
  /** Ids of the holds that are in force. */
  holds: ReadonlySet<string>;
  runs: Run[];
  /** Requests of known connections that the log says were refused; of how many it says that they are not counted; the most in one second. */
  refusals: { lines: number; lost: number; most: number };
  /** What the rejections of all connections add up to. */
  rejections: number;
  /** How many more may be missing: what instances held back that were killed. */
  heldBack: number;
}

type Check = (observed: Observed) => string[];

const isHeld = ({ hold }: Stored, { holds }: Observed): boolean => hold !== undefined && holds.has(hold);

const isAccepted = (status: number): boolean => status >= 200 && status < 300;

const acceptedOf = ({ sendings }: Observed) =>
  sendings.flatMap((sending) =>
    sending.answers.filter(({ status }) => isAccepted(status)).map(({ id = '' }) => ({ ...sending, id })),
  );

/** Every 2xx names an event that is stored with the bytes that were sent. */
const nothingIsLost: Check = (observed) => {
  const byId = new Map(observed.stored.map((event) => [event.id, event]));
  return acceptedOf(observed).flatMap(({ id, sha256 }) => {
    const event = byId.get(id);
    if (!event) return [`lost: ${id} was answered 2xx and is not stored`];
    return event.bodySha256 === sha256 ? [] : [`lost: ${id} is stored with other bytes than were sent`];
  });
};

/** What is stored is what was sent: nothing stands in the store that its digest does not describe. */
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

/** Whoever shows no proof leaves no event. */
const nothingIsForged: Check = ({ sendings, stored }) => {
  const genuine = new Set(sendings.filter(({ isGenuine }) => isGenuine).map(({ sha256 }) => sha256));
  return stored.filter(({ sha256 }) => !genuine.has(sha256)).map(({ id }) => `forged: ${id} was sent without a proof`);
};

/** Everything that is stored and not held reached the bus. */
const everythingIsPublished: Check = (observed) => {
  const ids = new Set(observed.published.map(({ id }) => id));
  return observed.stored
    .filter((event) => !isHeld(event, observed) && !ids.has(event.id))
    .map(({ id }) => `unpublished: ${id}`);
};

/** Nothing reached the bus that is not stored, and nothing that is held. */
export const nothingElseIsPublished: Check = (observed) => {
  const { stored, published } = observed;
  const byId = new Map(stored.map((event) => [event.id, event]));
  return published.flatMap(({ id, sha256 }) => {
    const event = byId.get(id);
    if (!event || event.sha256 !== sha256) return [`ghost: ${id} is on the bus and not in the store`];
    return isHeld(event, observed) ? [`leaked: ${id} is on the bus and held`] : [];
  });
};

/** A replay that ended went through all of its range, and what was replayed reached the bus as a replay. */
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

/** Every refusal was counted, but for what the log says was lost and what a killed instance held back. None counts twice. */
const refusalsAreCounted: Check = ({ refusals: { lines, lost }, rejections, heldBack }) => {
  // A line may be lost by a kill that comes after the count.
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

/** What should not be, a line each; none when all is well. Each line begins with one word that names the kind. */
export const violationsOf = (observed: Observed): string[] => checks.flatMap((check) => check(observed));
