/** Random requests of a `flow_designer` to routes of the API. What a route can be asked is made from its path and its schemas. */
import fc from 'fast-check';
import { type RouteKey, routes } from '../../../shared/operators/api/routes.ts';
import { connections, destinations } from './given-history.ts';
import { guesses, secretsOf } from './given-secrets.ts';
import type { WorldRequest } from './given-world.ts';

/** What answers have shown, by what it is. Requests name it as `<kind:number>`. */
export const forms = {
  event: /evt_[0-9a-z]{26}/g,
  delivery: /dlv_[\w-]+/g,
  job: /(?:run|rdl)_[0-9a-f-]{36}/g,
  cursor: /(?<=Cursor\\":\\")[^"\\]+/g,
  etag: /W\/\\"[\w-]+\\"/g,
};
type Kind = keyof typeof forms;

/** The most that is remembered of a kind. */
const most = 300;

/** Remembers what answers show. */
export function aMemory() {
  const seen: Record<Kind, string[]> = { event: [], delivery: [], job: [], cursor: [], etag: [] };
  return {
    note(answer: string): void {
      for (const kind of Object.keys(forms) as Kind[])
        seen[kind] = [...new Set([...seen[kind], ...(answer.match(forms[kind]) ?? [])])].slice(-most);
    },
    /** The request with what was seen in the place of what it names. An ETag is escaped as it stands in the JSON of a request. */
    resolved(request: unknown): WorldRequest {
      const text = JSON.stringify(request);
      const named = /<(\w+):(\d+)>/g;
      return JSON.parse(
        text.replace(named, (_, kind: Kind, at) => seen[kind].at(at % Math.max(1, seen[kind].length)) ?? 'nothing'),
      );
    },
  };
}

/** A whole secret, or a text near one. */
const guess = fc.oneof(fc.constantFrom(...Object.values(secretsOf.guessed)), fc.constantFrom(...guesses));
const rarely = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: other });
const seenOne = (kind: Kind): fc.Arbitrary<string> => fc.nat(most).map((at) => `<${kind}:${at}>`);
const time = fc
  .integer({ min: -180, max: 180 })
  .map((minutes) => new Date(Date.parse('2026-03-01T12:00:00.000Z') + minutes * 60_000).toISOString());
const connection = fc.constantFrom(...connections);
const isDry = rarely(fc.constant(true), fc.constant(false));

/** What a part of a path can be, by the part before it and its own name. */
const paramsIn: Record<string, fc.Arbitrary<string>> = {
  'connections/{name}': rarely(connection, guess),
  'destinations/{name}': rarely(fc.constantFrom(...destinations), guess),
  'events/{id}': rarely(seenOne('event'), guess),
  'deliveries/{id}': rarely(seenOne('delivery'), guess),
  'replays/{id}': rarely(seenOne('job'), guess),
  'redeliveries/{id}': rarely(seenOne('job'), guess),
  'providers/{id}': fc.constantFrom('generic', 'stripe', 'github', 'nobody'),
  'operators/{id}': fc.constant('op_1'),
};

/** What a parameter of a query can be. A guess is tried for every one that is not here. */
const queryIn: Record<string, fc.Arbitrary<string>> = {
  limit: fc.constantFrom('1', '2', '7', '50', 'x'),
  cursor: rarely(seenOne('cursor'), guess),
  ...{ from: time, to: time, connection },
  events: rarely(
    fc.array(seenOne('event'), { minLength: 1, maxLength: 3 }).map((ids) => ids.join()),
    guess,
  ),
  order: fc.constantFrom('asc', 'desc'),
  type: fc.oneof(fc.constantFrom('one', 'two', 't*'), guess),
  raw: fc.constant(''),
  include: fc.constantFrom('stats', 'routes', 'outcomes', 'message'),
  status: fc.constantFrom('waiting', 'parked', 'failed', 'given_up', 'cancelled', 'expired', 'delivered'),
  by: fc.constantFrom('minute', 'hour', 'day'),
  kind: fc.constantFrom('replay', 'release', 'redelivery'),
  state: fc.constantFrom('running', 'done', 'cancelled'),
};

/** An event that is tried on the routes, with a guess wherever a text can be. */
const triedEvent = fc.record(
  {
    type: rarely(guess, fc.constant('one')),
    headers: fc.record({ 'content-type': fc.constant('text/plain'), 'x-guess': guess }),
    query: guess,
    path: guess,
    data: fc.oneof(
      guess,
      guess.map((text) => ({ kind: 'one', text, more: [text] })),
    ),
  },
  { requiredKeys: [] },
);
const pattern = fc.oneof(
  guess.map((text) => ({ data: { guess: [text] } })),
  guess.map((text) => ({ headers: { 'x-guess': [{ prefix: text.slice(0, 20) }] } })),
  guess.map((text) => ({ data: { token: [{ wildcard: `*${text.slice(0, 6).replace(/[*\\]/g, '')}*` }] } })),
  fc.integer({ min: 50, max: 500 }).map((size) => ({ size: [{ numeric: ['<', size] }] })),
  fc.constantFrom({ publication: ['published'] }, { data: { token: ['REDACTED'] } }),
);
const limits = fc.record({ events: fc.integer({ min: 1, max: 30 }), bytes: fc.integer({ min: 1, max: 5_000 }) });
const statuses = fc.subarray(['failed', 'given_up', 'cancelled', 'delivered'], { minLength: 1 });

const bodies: Record<string, fc.Arbitrary<object>> = {
  'POST /v1/connections/{name}/events/search': fc.record(
    { match: pattern, contains: rarely(guess, fc.constant('REDACTED')), large: fc.boolean(), limits, from: time },
    { requiredKeys: [] },
  ),
  'POST /v1/connections/{name}/routes/test': fc.oneof(
    fc.record({ event: triedEvent }),
    fc.record({ eventId: seenOne('event') }),
    fc.record({ event: triedEvent, routes: fc.constant({ rules: [{ id: 'mine', to: 'plain' }] }) }),
  ),
  'POST /v1/connections/{name}/replays': fc.record({ from: time, dryRun: isDry, type: fc.constant('t*') }),
  'POST /v1/destinations/{name}/redeliveries': fc.record(
    { from: time, dryRun: isDry, statuses, connection, rule: fc.constantFrom('to-plain', 'to-hex') },
    { requiredKeys: ['from', 'dryRun'] },
  ),
  'POST /v1/connections/{name}/events/{id}/replay': fc.constant({}),
  'POST /v1/deliveries/{id}/attempt': fc.constant({}),
  'POST /v1/deliveries/{id}/redeliver': fc.constant({}),
  'POST /v1/destinations/{name}/attempt': fc.constant({}),
};

/** @throws if it is not known what a route of this role can be asked */
function known<T>(all: Record<string, T>, name: string, key: string): T {
  const found = all[name];
  if (found === undefined) throw new Error(`say what ${name} of ${key} can be`);
  return found;
}

function paramsOf(key: string) {
  const found = [...key.matchAll(/([^/]+)\/\{(\w+)\}/g)];
  return fc.record(
    Object.fromEntries(
      found.map(([all, , name]): [string, fc.Arbitrary<string>] => [`${name}`, known(paramsIn, all, key)]),
    ),
  );
}

function queryOf(key: string) {
  const { query } = routes[key as RouteKey] as { query?: { _zod: { def: { shape?: object } } } };
  const names = Object.keys(query?._zod.def.shape ?? {});
  return fc.record(Object.fromEntries(names.map((name) => [name, queryIn[name] ?? guess])), { requiredKeys: [] });
}

function bodyOf(key: string): fc.Arbitrary<object | undefined> {
  const { body, role } = routes[key as RouteKey] as { body?: unknown; role: string };
  if (body === undefined) return fc.constant(undefined);
  return role === 'connection_admin' ? fc.constant({}) : known(bodies, key, key);
}

/** How often a route is asked. What takes texts, or shows deliveries, is asked most. */
function weightOf(key: string): number {
  if (
    routes[key as RouteKey].role === 'connection_admin' ||
    /\/(replay|replays|redeliver|attempt|openapi\.json)$/.test(key)
  )
    return 1;
  return /deliver|search|routes\/test|timeline|events\/\{id\}/.test(key) ? 12 : 3;
}

const headers = fc.record(
  { 'if-none-match': seenOne('etag'), 'hooklatch-via': fc.constantFrom('cli', 'console', 'mcp') },
  { requiredKeys: [] },
);

/** A request to one of these routes. */
export const aRequest = (keys: readonly string[]) =>
  fc.oneof(
    ...keys.map((key) => {
      const parts = { params: paramsOf(key), query: queryOf(key), body: bodyOf(key), headers };
      return { weight: weightOf(key), arbitrary: fc.record({ key: fc.constant(key), ...parts }) };
    }),
  );

/** What would show a whole secret: a search for it, a dry run that shows it, and a refusal of its name. */
export const sharpRequests: WorldRequest[] = Object.values(secretsOf.guessed).flatMap((secret) => [
  { key: 'POST /v1/connections/{name}/events/search', params: { name: 'forms' }, body: { contains: secret } },
  { key: 'POST /v1/connections/{name}/routes/test', params: { name: 'orders' }, body: { event: { data: secret } } },
  { key: 'GET /v1/connections/{name}', params: { name: secret } },
  { key: 'GET /v1/destinations/{name}', params: { name: secret } },
]);
