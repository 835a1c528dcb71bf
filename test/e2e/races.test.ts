import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectionView } from '../../shared/endpoint/connection-view.ts';
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
} from '../given.ts';
import type { Received } from '../local/http-client.ts';

let world: World;
beforeAll(async () => {
  world = await aRuntime({
    // These tests need two hundred requests a second.
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

type Start =
  | 'nothing'
  | 'unconfigured'
  | 'configured'
  | 'configured with a token'
  | 'active'
  | 'active in a grace'
  | 'inactive';

/** The path of a new connection in this state, so that no earlier round helps. */
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

const said = (answer: Received): string => String(answer.status < 300 ? answer.status : answer.json()['code']);

/** Looks for inconsistent states: a connection must behave as it reads. */
async function settledStatus(path: string): Promise<string> {
  const read = await world.api('GET', path);
  if (read.status === 404) return 'gone';
  const { status, endpoint } = read.json() as unknown as ConnectionView;
  if (!endpoint || endpoint.tokens.length === 0) return `${status} without a token`;
  const revealed = await ok(world, 'GET', `${path}/endpoint/token`);
  const tokens = [revealed['token'], (revealed['previous'] as { token: string } | undefined)?.token];
  const live = tokens.filter((token) => token !== undefined).map(String);
  expect(live).toHaveLength(endpoint.tokens.length);
  const statuses = async (url: string) =>
    (await Promise.all(live.map((token) => deliver(url, { headers: bearer(token) })))).map((answer) => answer.status);
  if (status === 'inactive') expect(await statuses(endpoint.url ?? '')).toEqual(live.map(() => 403));
  const active = (await ok(world, 'POST', `${path}/endpoint/activate`, {})) as unknown as ConnectionView;
  expect(await statuses(active.endpoint?.url ?? '')).toEqual(live.map(() => 202));
  return `${status} with ${live.length}`;
}

// The allowed answers of the two, and the connection's state afterwards. In every line, each success has changed the
// record once.
test.each<[number, Request, Request, Start, string[]]>([
  [12, 'open', 'open', 'nothing', ['201 connection_exists: unconfigured without a token']],
  [
    50,
    'generate',
    'generate',
    'configured',
    ['201 token_exists: configured with 1', '201 superseded: configured with 1'],
  ],
  [12, 'rotate', 'rotate', 'active', ['200 rotation_in_progress: active with 2', '200 superseded: active with 2']],
  [
    12,
    'rotateByForce',
    'rotateByForce',
    'active in a grace',
    ['200 200: active with 2', '200 superseded: active with 2'],
  ],
  [
    50,
    'rotate',
    'remove',
    'active',
    ['200 200: inactive without a token', '200 token_required: inactive without a token'],
  ],
  [
    12,
    'rotate',
    'endGrace',
    'active in a grace',
    ['200 200: active with 2', '200 rotation_in_progress: active with 1'],
  ],
  [50, 'activate', 'deactivate', 'inactive', ['200 200: active with 1', '200 200: inactive with 1']],
  [
    12,
    'activate',
    'remove',
    'inactive',
    ['200 200: inactive without a token', '200 token_required: inactive without a token'],
  ],
  [12, 'activate', 'activate', 'configured with a token', ['200 200: active with 1']],
  [
    12,
    'generate',
    'deconfigure',
    'configured',
    ['201 token_exists: configured with 1', '200 action_not_allowed: unconfigured without a token'],
  ],
  [
    12,
    'configure',
    'deconfigure',
    'configured',
    ['200 200: configured without a token', '200 200: unconfigured without a token'],
  ],
  [12, 'hold', 'hold', 'active', ['200 200: active with 1']],
  [
    12,
    'hold',
    'deconfigure',
    'configured',
    ['200 held: configured without a token', '200 action_not_allowed: unconfigured without a token'],
  ],
  [12, 'hold', 'rotate', 'active', ['200 200: active with 2']],
  [12, 'configure', 'configure', 'unconfigured', ['200 200: configured without a token']],
  [
    12,
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
    12,
    'edit',
    'delete',
    'unconfigured',
    ['200 204: gone', '200 superseded: unconfigured without a token', '204 connection_not_found: gone'],
  ],
])('in %d rounds of %s against %s on what is %s one wins at a time', async (rounds, one, other, start, allowed) => {
  for (let round = 0; round < rounds; round += 1) {
    const path = await aConnection(start);
    const both = round % 2 ? [one, other] : [other, one];
    const answers = await Promise.all(both.map((request) => ask(path, request)));
    const outcome = `${answers.map(said).sort().join(' ')}: ${await settledStatus(path)}`;
    expect(allowed).toContain(outcome);
  }
});

test('a rotation that a removal and a new token overtake makes nothing live that can not be read', async () => {
  for (let round = 0; round < 25; round += 1) {
    const path = await aConnection('active');
    const rotation = ask(path, 'rotate');
    expect(said(await ask(path, 'remove'))).toBe('200');

    expect(said(await ask(path, 'generate'))).toBe('201');
    expect(['200', 'token_required', 'superseded']).toContain(said(await rotation));
    expect(await settledStatus(path)).toMatch(/^inactive with [12]$/);
  }
});

test.each([
  ['open', 'nothing', '201', 'connection_exists'],
  ['generate', 'configured', '201', 'token_exists'],
  ['rotate', 'active', '200', 'rotation_in_progress'],
] as const)('when ten %s what is %s, one does it', async (request, start, success, refusal) => {
  for (let round = 0; round < 3; round += 1) {
    const path = await aConnection(start);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(path, request)));
    const outcomes = answers.map(said);
    expect(outcomes.filter((each) => each === success)).toHaveLength(1);
    const others = outcomes.filter((each) => each !== success && each !== refusal && each !== 'superseded');
    expect(others).toEqual([]);
    expect(await settledStatus(path)).toMatch(/^(unconfigured without a token|configured with 1|active with 2)$/);
  }
});

describe('sixty senders at once', () => {
  test.each(['deactivate', 'remove'] as const)(
    'meet a %s: what is answered 202 is listed, and none after',
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
