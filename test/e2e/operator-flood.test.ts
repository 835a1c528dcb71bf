/** What requests without a right token cost on operators' routes. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { apiRequest, aRuntime, type World } from '../given.ts';
import { send } from '../local/http-client.ts';

let world: World;
beforeAll(async () => {
  world = await aRuntime();
});
afterAll(() => world.end());

/** The calls and the log lines that these Authorization headers make, each of which is answered 403. */
async function costOf(headers: Record<string, string>[]): Promise<{ calls: string[]; logs: number }> {
  const { runtime, calls, logs } = world;
  const [callsBefore, logsBefore] = [calls.length, logs.length];
  for (const each of headers) {
    const { status } = await send(runtime.url, { method: 'GET', path: '/v1/connections', headers: each });
    expect(status).toBe(403);
  }
  return { calls: calls.slice(callsBefore).map(({ operation }) => operation), logs: logs.length - logsBefore };
}

test('requests without a token, or with what has no form of one, read nothing and log nothing', async () => {
  const headers = ['Bearer x', 'Basic YTpi', `Bearer hlo_${'a'.repeat(49)}`, `Bearer ${'a'.repeat(63)}`, 'Bearer'];
  const cost = await costOf([{}, ...headers.map((authorization) => ({ authorization }))]);
  expect(cost).toEqual({ calls: [], logs: 0 });
});

test('thirty made-up tokens of the bootstrap form cost one GetSecretValue, and the right one still opens', async () => {
  const madeUp = Array.from({ length: 30 }, (_, at) => ({ authorization: `Bearer ${String(at).padStart(64, 'x')}` }));
  const { calls } = await costOf(madeUp);
  expect(calls.filter((operation) => operation === 'GetSecretValue')).toHaveLength(1);
  const answer = await send(world.runtime.url, apiRequest('GET', '/v1/connections', undefined, { token: world.admin }));
  expect(answer.status).toBe(200);
});
