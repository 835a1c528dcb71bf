import { expect, test } from '@jest/globals';
import { aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

test('the history says which settings and rules changed, and what was replayed', async () => {
  const at = '2026-03-01T12:00:00.000Z';
  const change = { by: 'ada', at, from: 'active', to: 'active', requestId: 'r1' };
  const items = [
    { verb: 'replayEvent', by: 'bob', at, of: 'evt_1' },
    {
      verb: 'startReplay',
      by: 'op_1',
      at,
      of: 'run_1',
      eventsFrom: at,
      eventsTo: at,
      eventType: 'push',
      eventCount: 3,
    },
    { verb: 'startReplay', by: 'op_2', at, of: 'run_2', eventsFrom: at, eventsTo: at },
    { ...change, version: 4, verb: 'setRoutes', rules: { added: ['paid'], removed: ['old'] } },
    { ...change, version: 3, via: 'mcp', verb: 'configure', settings: ['allowFrom', 'auth'] },
    { ...change, version: 2, verb: 'rotateToken', step: 'begin' },
    { ...change, version: 1, verb: 'test', real: true },
  ];
  const { fetch } = aDeployment(({ path }) =>
    answered(path.endsWith('/names') ? { items: [{ id: 'op_1', name: 'Cy' }] } : { items, nextCursor: null }),
  );
  const { out } = await hooklatch(['history', 'orders'], { env, fetch });
  expect(out.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['VERSION', 'TIME', 'BY', 'CHANGE', 'FROM', 'TO'],
    [at, 'bob', 'replayEvent evt_1'],
    [at, 'Cy (op_1)', `startReplay run_1 ${at} to ${at} push (3 events)`],
    [at, 'op_2', `startReplay run_2 ${at} to ${at}`],
    ['4', at, 'ada', 'setRoutes added paid; removed old', 'active', 'active'],
    ['3', at, 'ada, via mcp, as the client says', 'configure allowFrom, auth', 'active', 'active'],
    ['2', at, 'ada', 'rotateToken (begin)', 'active', 'active'],
    ['1', at, 'ada', 'test (a real webhook)', 'active', 'active'],
    [''],
  ]);
});

test.each([
  ['of a deployment that does not tell names', [], 'op_1'],
  ['as JSON', ['--json'], '"by": "op_1"'],
])('a history %s has ids alone', async (_, options, shown) => {
  const line = { version: 1, by: 'op_1', at: '2026-03-01T12:00:00.000Z', verb: 'create', requestId: 'r1' };
  const { fetch, asked } = aDeployment(({ path }) =>
    path.endsWith('/names')
      ? answered({ code: 'route_not_found', detail: 'There is no such route.' }, 404)
      : answered({ items: [line], nextCursor: null }),
  );
  const { out, code } = await hooklatch(['history', 'orders', ...options], { env, fetch });
  expect([code, out.includes(shown), asked.length]).toEqual([0, true, options.length === 0 ? 2 : 1]);
});

test('a replay says who started it and who cancelled it', async () => {
  const at = '2026-03-01T12:00:00.000Z';
  const replay = { id: 'run_1', kind: 'replay', state: 'cancelled', from: at, to: at, count: 1, done: 0, failed: 0 };
  const more = { skipped: 0, skippedBecause: {}, rate: 50, startedAt: at, by: 'ada', etaSeconds: null };
  const { fetch } = aDeployment(() => answered({ ...replay, ...more, cancelled: { by: 'bob', at } }));
  const { out } = await hooklatch(['replays', 'show', 'orders', 'run_1'], { env, fetch });
  expect(out).toMatch(new RegExp(`started +${at} by ada\n *cancelled +${at} by bob\n`));
});
