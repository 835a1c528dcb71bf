/**
 * Checks what became of webhooks on their ways to destinations. Pure: takes the history of what operators did and of what receivers got, and
 * what was found in the end, and returns the violations. What a rule matches is decided here again, for the patterns that plans have.
 */
/** Which webhooks a rule is for, by a header of theirs. */
export type Kind = 'odd' | 'even';

export interface Rule {
  id: string;
  /** Without it, the rule is for every webhook. */
  kind?: Kind;
  /** Whether the body is made by a transform. */
  isMade: boolean;
  /** The id of the destination. */
  to: string;
}

export interface RouteList {
  mode: 'all' | 'first';
  rules: Rule[];
}

/** A delivery as it is written down. */
export interface Delivery {
  /** The `webhook-id`. */
  id: string;
  event: string;
  rule: string;
  replay: number;
  /** The version of the list that it was made from. */
  routes: string;
  /** The id of the destination. */
  to: string;
  status: string;
  reason?: string;
  /** In milliseconds since 1970. */
  madeAt: number;
}

/** A request that a receiver got. */
export interface Request {
  what: 'request';
  delivery: string;
  path: string;
  sha256: string;
  /** Whether the signature is that of the destination with this path. */
  isSigned: boolean;
  /** Undefined if the answer has no status. */
  status: number | undefined;
}

/** What happened, in order. */
export type Entry =
  | Request
  /** A sender begins to send a webhook with this name. */
  | { what: 'sending'; name: string }
  /** Before an operator replaces the routes of an endpoint, and after the answer. */
  | { what: 'routing' | 'routed'; endpoint: number; list: RouteList }
  /** From now on requests to this destination may come to this path. */
  | { what: 'leads'; destination: string; path: string }
  /** After a pause was answered, and before its end was requested. */
  | { what: 'paused' | 'resuming'; destination: string }
  /** After a deletion was answered. */
  | { what: 'removed'; destination: string }
  /** Before an operator has a delivery sent again. */
  | { what: 'redelivering'; delivery: string }
  /** Nothing runs. `latest`: the furthest time that the clock has shown. */
  | { what: 'rest'; latest: number; deliveries: Delivery[] };

export interface Shipped {
  history: Entry[];
  /** The lists by their versions. */
  lists: ReadonlyMap<string, RouteList>;
  /** For how long each destination is tried, in milliseconds, by its id. */
  patience: ReadonlyMap<string, number>;
  /** How many deliveries to each destination the bus said were given up. */
  givenUpTold: ReadonlyMap<string, number>;
  /** The SHA-256 of what the transform of the plans makes. */
  madeSha256: string;
  kills: number;
}

/** The events and what senders know, with what happened after. */
export interface Observed extends Shipped {
  /** What was sent to each endpoint, and of which kind it was. */
  sendings: { to: number; name: string; kind: Kind }[];
  /** The events, none of which is held. `routes`: the version of the routes of the last publication. */
  stored: { id: string; name: string; sha256: string; replays: number; routes: string | undefined }[];
}

type Check = (observed: Observed) => string[];

const live = ['waiting', 'parked'];
const hasEnded = ({ status }: Delivery): boolean => !live.includes(status);

/** The deliveries when nothing ran for the last time. */
const lastOf = ({ history }: Observed): Delivery[] =>
  history.findLast((entry) => entry.what === 'rest')?.deliveries ?? [];

const requestsOf = ({ history }: Observed): Request[] => history.filter((entry) => entry.what === 'request');

function matching({ mode, rules }: RouteList, kind: Kind): Rule[] {
  const matched = rules.filter((rule) => rule.kind === undefined || rule.kind === kind);
  return mode === 'first' ? matched.slice(0, 1) : matched;
}

const sendingOf = ({ sendings }: Observed, name: string) => sendings.find((each) => each.name === name);

/** The rules that each event matches, once for its first publication and once for each replay. */
function* matches(observed: Observed) {
  const last = lastOf(observed);
  for (const { id, name, replays, routes } of observed.stored)
    for (let replay = 0; replay <= replays; replay += 1) {
      const found = last.filter((each) => each.event === id && each.replay === replay);
      // The event knows the version of its last replay alone.
      const version = replay === replays ? routes : found[0]?.routes;
      const list = observed.lists.get(version ?? '');
      const kind = sendingOf(observed, name)?.kind;
      yield { id, name, replay, found, version, rules: list && kind ? matching(list, kind) : [] };
    }
}

/** Each event that matched a rule is delivered, waits, is given up, failed or cancelled. Each list has a rule that matches. */
const everyMatchIsMade: Check = (observed) =>
  [...matches(observed)].flatMap(({ id, replay, found, rules }) => {
    if (rules.length === 0 || found.length === 0) return [`unmade: nothing became of ${id}, replay ${replay}`];
    return rules
      .filter(({ id: rule, to }) => !found.some((each) => each.rule === rule && each.to === to))
      .map(({ id: rule }) => `unmade: ${id}, replay ${replay}, by the rule ${rule}`);
  });

/** Nothing that did not match is written down, or was sent. */
const nothingElseIsMade: Check = (observed) => {
  const right = new Set(
    [...matches(observed)].flatMap(({ found, version, rules }) =>
      found
        .filter(
          ({ routes, rule, to }) => routes === version && rules.some((each) => each.id === rule && each.to === to),
        )
        .map(({ id }) => id),
    ),
  );
  const ids = [...lastOf(observed), ...requestsOf(observed).map(({ delivery }) => ({ id: delivery }))];
  return [...new Set(ids.map(({ id }) => id))].filter((id) => !right.has(id)).map((id) => `unmatched: ${id}`);
};

/** Each delivery has an end once all is well. */
const nothingIsStranded: Check = (observed) =>
  lastOf(observed)
    .filter((each) => !hasEnded(each))
    .map(({ id, status }) => `stranded: ${id} is ${status}`);

/**
 * A change of routes holds for the webhooks that come after its answer. A replay has the routes of the moment when its job began, and after
 * a step back of the clock a job that began before a webhook came replays it too. So a replay has any list that the endpoint had.
 */
const routesAreThoseInForce: Check = (observed) => {
  const { history, lists } = observed;
  return [...matches(observed)].flatMap(({ id, name, replay, version = '' }) => {
    const to = sendingOf(observed, name)?.to;
    const began = history.findIndex((entry) => entry.what === 'sending' && entry.name === name);
    const isOf = (what: 'routing' | 'routed') => (entry: Entry) => entry.what === what && entry.endpoint === to;
    const replaced = replay > 0 ? 0 : history.slice(0, began).findLastIndex(isOf('routed'));
    const allowed = [history[replaced], ...history.slice(replaced + 1).filter(isOf('routing'))];
    const texts = allowed.map((entry) => entry && 'list' in entry && JSON.stringify(entry.list));
    return texts.includes(JSON.stringify(lists.get(version))) ? [] : [`stale: ${id} has routes that were not in force`];
  });
};

/** Each request came where its destination is. */
const eachGoesToItsOwn: Check = (observed) => {
  const places = new Set(
    observed.history.flatMap((entry) => (entry.what === 'leads' ? [`${entry.destination} ${entry.path}`] : [])),
  );
  const to = new Map(lastOf(observed).map((each) => [each.id, each.to]));
  return requestsOf(observed)
    .filter(({ delivery, path }) => to.has(delivery) && !places.has(`${to.get(delivery)} ${path}`))
    .map(({ delivery, path }) => `astray: ${delivery} came to ${path}`);
};

/** Each request has the bytes of its event, or what the transform made, and a signature that is right. */
const bytesAndSignatureAreRight: Check = (observed) => {
  const { stored, lists, madeSha256 } = observed;
  const bytes = new Map(stored.map(({ id, sha256 }) => [id, sha256]));
  const found = new Map(lastOf(observed).map((each) => [each.id, each]));
  return requestsOf(observed).flatMap(({ delivery, sha256, isSigned }) => {
    const { event, routes, rule } = found.get(delivery) ?? {};
    if (event === undefined || routes === undefined) return [];
    const isMade = lists.get(routes)?.rules.find(({ id }) => id === rule)?.isMade;
    const isRight = sha256 === (isMade ? madeSha256 : bytes.get(event));
    return [...(isRight ? [] : [`bytes: of ${delivery}`]), ...(isSigned ? [] : [`signature: of ${delivery}`])];
  });
};

/** Walks through the history. `ended` has what had ended when nothing ran for the last time. */
function walk(observed: Observed, see: (entry: Entry, ended: ReadonlyMap<string, Delivery>) => string[]): string[] {
  let ended = new Map<string, Delivery>();
  return observed.history.flatMap((entry) => {
    const found = see(entry, ended);
    if (entry.what === 'rest')
      ended = new Map(entry.deliveries.filter(hasEnded).map((delivery) => [delivery.id, delivery]));
    if (entry.what === 'redelivering') ended.delete(entry.delivery);
    return found;
  });
}

/** What has ended is not sent again, and ends no other way. */
const anEndLasts: Check = (observed) =>
  walk(observed, (entry, ended) => {
    if (entry.what === 'request') return ended.has(entry.delivery) ? [`again: ${entry.delivery} after its end`] : [];
    if (entry.what !== 'rest') return [];
    const now = new Map(entry.deliveries.map(({ id, status }) => [id, status]));
    return [...ended.values()]
      .filter(({ id, status }) => now.get(id) !== status)
      .map(({ id, status }) => `reopened: ${id} was ${status} and is ${now.get(id)}`);
  });

/** Nothing is sent to a destination that is paused or deleted, once what had begun before is over. */
const pauseAndDeletionBind: Check = (observed) => {
  const to = new Map(lastOf(observed).map((each) => [each.id, each.to]));
  const closed = new Map<string, 'paused' | 'removed'>();
  let bound = new Map(closed);
  return observed.history.flatMap((entry) => {
    if (entry.what === 'rest') bound = new Map(closed);
    if (entry.what === 'paused' || entry.what === 'removed') closed.set(entry.destination, entry.what);
    if (entry.what === 'resuming') for (const each of [closed, bound]) each.delete(entry.destination);
    if (entry.what !== 'request') return [];
    const why = bound.get(to.get(entry.delivery) ?? '');
    return why === undefined ? [] : [`${why}: ${entry.delivery} was sent all the same`];
  });
};

const isAccepted = ({ status = 0 }: Request): boolean => status >= 200 && status < 300;

/** An end is what it says. */
const endsAreTrue: Check = (observed) => {
  const { history, patience, kills } = observed;
  const requests = Map.groupBy(requestsOf(observed), ({ delivery }) => delivery);
  const removed = new Set(history.flatMap((entry) => (entry.what === 'removed' ? [entry.destination] : [])));
  const isTrue = ({ id, to, status, reason, madeAt }: Delivery, latest: number): boolean => {
    const got = requests.get(id) ?? [];
    switch (status) {
      case 'delivered':
        return got.some(isAccepted);
      case 'failed':
        return reason === 'gone' ? got.some((request) => request.status === 410) : reason === 'internal' && kills > 0;
      case 'given_up':
        return latest - madeAt >= (patience.get(to) ?? 0);
      case 'cancelled':
        return removed.has(to);
      default:
        return false;
    }
  };
  return walk(observed, (entry, ended) =>
    entry.what === 'rest'
      ? entry.deliveries
          .filter((each) => hasEnded(each) && !ended.has(each.id) && !isTrue(each, entry.latest))
          .map(({ id, status, reason }) => `untrue: ${id} is ${status}${reason ? `, ${reason}` : ''}`)
      : [],
  );
};

/** Nothing is given up in silence. */
const givenUpIsTold: Check = (observed) => {
  const givenUp = lastOf(observed).filter(({ status }) => status === 'given_up');
  return [...Map.groupBy(givenUp, ({ to }) => to)]
    .filter(([to, those]) => those.length > (observed.givenUpTold.get(to) ?? 0))
    .map(([to, { length }]) => `silent: ${length} given up for ${to}, ${observed.givenUpTold.get(to) ?? 0} told`);
};

const checks: Check[] = [
  everyMatchIsMade,
  nothingElseIsMade,
  nothingIsStranded,
  routesAreThoseInForce,
  eachGoesToItsOwn,
  bytesAndSignatureAreRight,
  anEndLasts,
  pauseAndDeletionBind,
  endsAreTrue,
  givenUpIsTold,
];

/** The violations, one line each. Each line starts with a word that names its kind. Empty if all is well. */
export const deliveryViolationsOf = (observed: Observed): string[] => checks.flatMap((check) => check(observed));
