import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { testInFull } from '../support/full-counts.ts';
import { anOperator, aRuntime, ok, type World } from '../support/given.ts';

let world: World;
beforeEach(async () => {
  world = await aRuntime();
});
afterEach(() => world.end());

const status = async (token: string, method = 'GET', path = '/v1/me', body?: unknown): Promise<number> =>
  (await world.api(method, path, body, { token })).status;

const list = () =>
  ok(world, 'GET', '/v1/operators') as Promise<{ items: Record<string, unknown>[]; bootstrap: string }>;

test('an added operator is listed without the token, and the token works until it is revoked', async () => {
  const answer = await world.api('POST', '/v1/operators', { name: 'ada', role: 'flow_designer' });
  expect(answer.status).toBe(201);
  const { token, operator } = answer.json() as { token: string; operator: { id: string } };
  expect(token).toMatch(/^hlo_[0-9A-Za-z]{49}$/);
  const shown = {
    ...{
      id: operator.id,
      name: 'ada',
      role: 'flow_designer',
      createdBy: 'bootstrap',
      expired: false,
      lastUsedAt: null,
    },
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  };
  expect(operator).toEqual(shown);
  const listed = await world.api('GET', '/v1/operators');
  expect(listed.json()).toEqual({ items: [shown], nextCursor: null, bootstrap: 'open' });
  expect(listed.text).toContain(operator.id);
  expect(listed.text).not.toContain(token);

  expect(await ok({ api: (m, p, b) => world.api(m, p, b, { token }) }, 'GET', '/v1/me')).toEqual({
    id: operator.id,
    name: 'ada',
    role: 'flow_designer',
    allowedActions: [],
  });
  expect((await list()).items[0]?.['lastUsedAt']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

  expect((await world.api('DELETE', `/v1/operators/${operator.id}`)).status).toBe(204);
  expect(await status(token)).toBe(403);
  expect((await world.api('DELETE', `/v1/operators/${operator.id}`)).status).toBe(404);
  expect((await list()).items).toEqual([]);
});

describe('the bootstrap token', () => {
  test('stays open when an admin is added, and is closed by the first request of this admin', async () => {
    const lost = await anOperator(world, 'connection_admin');
    const second = await anOperator(world, 'connection_admin');
    expect((await list()).bootstrap).toBe('open');
    expect(await status(second.token)).toBe(200);
    expect(await status(world.admin)).toBe(403);
    const seen = await world.api('GET', '/v1/operators', undefined, { token: second.token });
    expect(seen.json()).toMatchObject({ bootstrap: 'closed' });
    expect(await status(second.token, 'DELETE', `/v1/operators/${lost.id}`)).toBe(204);
  });

  testInFull('stays open while only admins with an expiry and flow_designers use their tokens', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const temporary = await anOperator(world, 'connection_admin', { expiresAt: tomorrow });
    const designer = await anOperator(world, 'flow_designer');
    expect([await status(temporary.token), await status(designer.token)]).toEqual([200, 200]);
    expect(await status(world.admin)).toBe(200);
  });
});

test('the last admin without an expiry can not be revoked, not even by itself', async () => {
  const admin = await anOperator(world, 'connection_admin');
  const temporary = await anOperator(world, 'connection_admin', { expiresAt: '2099-01-01T00:00:00Z' });
  for (const token of [admin.token, temporary.token]) {
    const refused = await world.api('DELETE', `/v1/operators/${admin.id}`, undefined, { token });
    expect([refused.status, refused.json()['code']]).toEqual([409, 'last_admin']);
  }
  expect(await status(admin.token)).toBe(200);
});

/** Two admins revoke each other at the same time. */
async function duel(one: { id: string; token: string }, other: { id: string; token: string }) {
  const answers = await Promise.all([
    status(one.token, 'DELETE', `/v1/operators/${other.id}`),
    status(other.token, 'DELETE', `/v1/operators/${one.id}`),
  ]);
  const [winner, loser] = answers[0] === 204 ? [one, other] : [other, one];
  return { answers: answers.toSorted(), winner, loser };
}

const rounds = [1, 2, 3, 4, 5];

// test/shared/operators/operator/roster-update.test.ts has the same rule for changes that overtake each other, without a runtime.
testInFull.each(rounds)('of two admins who revoke each other at once, one stays: round %i', async () => {
  const third = await anOperator(world, 'connection_admin');
  const { answers, winner, loser } = await duel(
    await anOperator(world, 'connection_admin'),
    await anOperator(world, 'connection_admin'),
  );
  expect(answers).toEqual([204, 403]);
  const listed = await world.api('GET', '/v1/operators', undefined, { token: winner.token });
  const ids = (listed.json()['items'] as { id: string }[]).map(({ id }) => id);
  expect(ids).toEqual([third.id, winner.id]);
  expect(await status(loser.token)).toBe(403);
});

testInFull('of the last two admins who revoke each other at once, one stays', async () => {
  const { answers, winner } = await duel(
    await anOperator(world, 'connection_admin'),
    await anOperator(world, 'connection_admin'),
  );
  expect([answers[0], await status(winner.token)]).toEqual([204, 200]);
});

test('the history and the bus have who added, closed and revoked, and no token', async () => {
  const admin = await anOperator(world, 'connection_admin');
  const designer = await anOperator(world, 'flow_designer');
  await status(admin.token);
  await status(admin.token, 'DELETE', `/v1/operators/${designer.id}`);
  await world.runtime.settled();
  const history = await world.api('GET', '/v1/operators/history', undefined, { token: admin.token });
  const changes = (history.json()['items'] as { version: number; verb: string; by: string; operator?: object }[]).map(
    ({ version, verb, by, operator }) => ({ version, verb, by, operator }),
  );
  const shown = ({ id, name }: { id: string; name: string }, role: string) => ({ id, name, role });
  expect(changes).toEqual([
    { version: 4, verb: 'revokeOperator', by: admin.id, operator: shown(designer, 'flow_designer') },
    { version: 3, verb: 'closeBootstrap', by: admin.id, operator: undefined },
    { version: 2, verb: 'createOperator', by: 'bootstrap', operator: shown(designer, 'flow_designer') },
    { version: 1, verb: 'createOperator', by: 'bootstrap', operator: shown(admin, 'connection_admin') },
  ]);
  expect(world.busEvents().map((event) => event['detail-type'])).toEqual([
    ...['operator.created', 'operator.created', 'operator.bootstrap_closed', 'operator.revoked'],
  ]);
  const everything = history.text + JSON.stringify(world.busEvents()) + world.logs.join('\n');
  expect(world.logs.join('\n')).toContain(admin.id);
  expect(everything).toContain(admin.id);
  for (const token of [admin.token, designer.token]) expect(everything).not.toContain(token.slice(4, 20));
});
