/**
 * Two operators, or an operator and senders, act on one connection at the same time. Each outcome must be one that some
 * order of the requests explains, and the connection must behave as it reads.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import type { Received } from '../local/http-client.ts';
import {
  aName,
  anActiveEndpoint,
  aRuntime,
  bearer,
  deliver,
  forbidden,
  ok,
  seen,
  type World,
  withoutStreams,
} from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aRuntime({
    maxInstances: 8,
    // The tests send more requests than the routes' limits allow.
    transformTemplate: (whole) => {
      const template = withoutStreams(whole);
      for (const { Type, Properties } of Object.values(template.Resources)) {
        if (Type === 'AWS::ApiGatewayV2::Stage') delete Properties?.['RouteSettings'];
      }
      return template;
    },
  });
});
afterAll(() => world.end());

/** The rounds of a race that is won in more than one way, and of a race that mostly ends in one way. */
const many = 50;
const some = 12;

type Start =
  | 'nothing'
  | 'unconfigured'
  | 'configured'
  | 'configured with a token'
  | 'active'
  | 'active in a grace'
  | 'inactive';

/** The path of a new connection in this state. */
async function aConnection(start: Start): Promise<string> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  if (start === 'nothing') return path;
  await ok(world, 'POST', '/v1/connections', { name });
  if (start === 'unconfigured') return path;
  await ok(world, 'PUT', `${path}/endpoint`, {});
  if (start === 'configured') return path;
  await ok(world, 'POST', `${path}/endpoint/token`, {});
  if (start === 'configured with a token') return path;
  await ok(world, 'POST', `${path}/endpoint/activate`, {});
  if (start === 'active in a grace') await ok(world, 'POST', `${path}/endpoint/token/rotate`, {});
  if (start === 'inactive') await ok(world, 'POST', `${path}/endpoint/deactivate`, {});
  return path;
}

const requests = {
  open: ['POST', 'none', {}],
  edit: ['PATCH', '', { description: 'edited' }],
  delete: ['DELETE', '', undefined],
  configure: ['PUT', '/endpoint', { retentionDays: 7 }],
  generate: ['POST', '/endpoint/token', {}],
  rotate: ['POST', '/endpoint/token/rotate', {}],
  rotateByForce: ['POST', '/endpoint/token/rotate', { force: true }],
  endGrace: ['DELETE', '/endpoint/token/previous', undefined],
  remove: ['DELETE', '/endpoint/token', undefined],
  activate: ['POST', '/endpoint/activate', {}],
  deactivate: ['POST', '/endpoint/deactivate', {}],
  hold: ['POST', '/endpoint/hold', {}],
  release: ['POST', '/endpoint/release', {}],
  deconfigure: ['DELETE', '/endpoint', undefined],
} as const;
type Request = keyof typeof requests;

function ask(connection: string, request: Request): Promise<Received> {
  const [method, path, body] = requests[request];
  if (request === 'open') return world.api('POST', '/v1/connections', { name: connection.split('/').at(-1) });
  return world.api(method, connection + path, body);
}

/** The status of a success, or the code of a refusal. */
const outcomeOf = (answer: Received): string => String(answer.status < 300 ? answer.status : answer.json()['code']);

/**
 * Checks that the connection behaves as it reads: each live token is revealed, and is accepted while the endpoint is
 * active.
 *
 * @returns what it reads, in words
 */
async function settledStatus(path: string): Promise<string> {
  const read = await world.api('GET', path);
  if (read.status === 404) return 'gone';
  const { status, endpoint } = read.json() as unknown as ConnectionView;
  if (!endpoint || endpoint.tokens.length === 0) return `${status} without a token`;
  const revealed = await ok(world, 'GET', `${path}/endpoint/token`);
  const tokens = [revealed['token'], (revealed['previous'] as { token: string } | undefined)?.token];
  const live = tokens.filter((token) => token !== undefined).map(String);
  if (live.length !== endpoint.tokens.length) return `${endpoint.tokens.length} tokens with ${live.length} values`;
  const statuses = async (url: string) =>
    (await Promise.all(live.map((token) => deliver(url, { headers: bearer(token) })))).map((answer) => answer.status);
  const before = status === 'inactive' ? await statuses(endpoint.url ?? '') : [];
  if (before.some((each) => each !== 403)) return `inactive, but answers ${before}`;
  const active = (await ok(world, 'POST', `${path}/endpoint/activate`, {})) as unknown as ConnectionView;
  const after = await statuses(active.endpoint?.url ?? '');
  if (after.some((each) => each !== 202)) return `active, but answers ${after}`;
  return `${status} with ${live.length}`;
}

// The last column has the allowed answers of the two requests, and the connection's state afterwards. Each success has
// changed the record once.
test.each<[number, Request, Request, Start, string[]]>([
  [some, 'open', 'open', 'nothing', ['201 connection_exists: unconfigured without a token']],
  [
    many,
    'generate',
    'generate',
    'configured',
    ['201 token_exists: configured with 1', '201 superseded: configured with 1'],
  ],
  [some, 'rotate', 'rotate', 'active', ['200 rotation_in_progress: active with 2', '200 superseded: active with 2']],
  [
    some,
    'rotateByForce',
    'rotateByForce',
    'active in a grace',
    ['200 200: active with 2', '200 superseded: active with 2'],
  ],
  [
    many,
    'rotate',
    'remove',
    'active',
    ['200 200: inactive without a token', '200 token_required: inactive without a token'],
  ],
  [
    some,
    'rotate',
    'endGrace',
    'active in a grace',
    ['200 200: active with 2', '200 rotation_in_progress: active with 1'],
  ],
  [many, 'activate', 'deactivate', 'inactive', ['200 200: active with 1', '200 200: inactive with 1']],
  [
    some,
    'activate',
    'remove',
    'inactive',
    ['200 200: inactive without a token', '200 token_required: inactive without a token'],
  ],
  [some, 'activate', 'activate', 'configured with a token', ['200 200: active with 1']],
  [
    some,
    'generate',
    'deconfigure',
    'configured',
    ['201 token_exists: configured with 1', '200 action_not_allowed: unconfigured without a token'],
  ],
  [
    some,
    'configure',
    'deconfigure',
    'configured',
    ['200 200: configured without a token', '200 200: unconfigured without a token'],
  ],
  [some, 'hold', 'hold', 'active', ['200 200: active with 1']],
  [
    some,
    'hold',
    'deconfigure',
    'configured',
    ['200 held: configured without a token', '200 action_not_allowed: unconfigured without a token'],
  ],
  [some, 'hold', 'rotate', 'active', ['200 200: active with 2']],
  [some, 'configure', 'configure', 'unconfigured', ['200 200: configured without a token']],
  [
    some,
    'configure',
    'delete',
    'unconfigured',
    [
      '200 action_not_allowed: configured without a token',
      '200 superseded: configured without a token',
      '204 connection_not_found: gone',
    ],
  ],
  [
    some,
    'edit',
    'delete',
    'unconfigured',
    ['200 204: gone', '200 superseded: unconfigured without a token', '204 connection_not_found: gone'],
  ],
])(
  '%d rounds of %s against %s, starting from %s: each outcome is one after the other',
  async (rounds, one, other, start, allowed) => {
    for (let round = 0; round < rounds; round += 1) {
      const path = await aConnection(start);
      const both = round % 2 ? [one, other] : [other, one];
      const answers = await Promise.all(both.map((request) => ask(path, request)));
      const outcome = `${answers.map(outcomeOf).sort().join(' ')}: ${await settledStatus(path)}`;
      expect(allowed).toContain(outcome);
    }
  },
);

test('a rotation that is overtaken by a removal and a new token leaves only live tokens that can be revealed', async () => {
  for (let round = 0; round < 25; round += 1) {
    const path = await aConnection('active');
    const rotation = ask(path, 'rotate');
    expect(outcomeOf(await ask(path, 'remove'))).toBe('200');

    expect(outcomeOf(await ask(path, 'generate'))).toBe('201');
    expect(['200', 'token_required', 'superseded']).toContain(outcomeOf(await rotation));
    expect(await settledStatus(path)).toMatch(/^inactive with [12]$/);
  }
});

test.each([
  ['open', 'nothing', '201', 'connection_exists'],
  ['generate', 'configured', '201', 'token_exists'],
  ['rotate', 'active', '200', 'rotation_in_progress'],
] as const)(
  'of ten simultaneous requests to %s, starting from %s, one succeeds',
  async (request, start, success, refusal) => {
    for (let round = 0; round < 3; round += 1) {
      const path = await aConnection(start);
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask(path, request)));
      const outcomes = answers.map(outcomeOf);
      expect(outcomes.filter((each) => each === success)).toHaveLength(1);
      const others = outcomes.filter((each) => each !== success && each !== refusal && each !== 'superseded');
      expect(others).toEqual([]);
      expect(await settledStatus(path)).toMatch(/^(unconfigured without a token|configured with 1|active with 2)$/);
    }
  },
);

describe('sixty deliveries at once', () => {
  test.each(['deactivate', 'remove'] as const)(
    'and a request to %s: each accepted delivery is listed, and none is accepted after the answer',
    async (request) => {
      const { path, url, token } = await anActiveEndpoint(world);
      let isOver = false;
      const one = async () => {
        const isLate = isOver;
        return { isLate, answer: await deliver(url, { headers: bearer(token), body: '{}' }) };
      };
      // Some requests start before it, some during it, and the last ones start after its answer.
      const early = Array.from({ length: 30 }, one);
      const closing = ask(path, request).then((answer) => {
        isOver = true;
        return answer;
      });
      const meanwhile = Array.from({ length: 15 }, one);
      expect((await closing).status).toBe(200);
      const late = Array.from({ length: 15 }, one);
      const all = await Promise.all([...early, ...meanwhile, ...late]);
      const refused = all.filter(({ answer }) => answer.status !== 202);
      expect(refused.map(({ answer }) => seen(answer))).toEqual(refused.map(() => forbidden));
      expect(all.filter(({ isLate, answer }) => isLate && answer.status === 202)).toEqual([]);
      expect(all.filter(({ isLate }) => isLate)).toHaveLength(15);
      const accepted = all.flatMap(({ answer }) => (answer.status === 202 ? [answer.json()['id']] : []));
      const { items } = (await ok(world, 'GET', `${path}/events?limit=200`)) as { items: { id: string }[] };
      expect(items.map(({ id }) => id).sort()).toEqual(accepted.sort());
    },
  );
});
