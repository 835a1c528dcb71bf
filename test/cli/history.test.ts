import { expect, test } from '@jest/globals';
import { aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

test('the history says which settings changed, and what was replayed', async () => {
  const at = '2026-03-01T12:00:00.000Z';
  const change = { by: 'ada', at, from: 'active', to: 'active', requestId: 'r1' };
  const items = [
    { verb: 'replayEvent', by: 'bob', at, of: 'evt_1' },
    { ...change, version: 3, verb: 'configure', settings: ['allowFrom', 'auth'] },
    { ...change, version: 2, verb: 'rotateToken', step: 'begin' },
  ];
  const { fetch } = aDeployment(() => answered({ items, nextCursor: null }));
  const { out } = await hooklatch(['history', 'orders'], { env, fetch });
  expect(out.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['VERSION', 'TIME', 'BY', 'CHANGE', 'FROM', 'TO'],
    [at, 'bob', 'replayEvent evt_1'],
    ['3', at, 'ada', 'configure allowFrom, auth', 'active', 'active'],
    ['2', at, 'ada', 'rotateToken (begin)', 'active', 'active'],
    [''],
  ]);
});

test('a replay says who started it and who cancelled it', async () => {
  const at = '2026-03-01T12:00:00.000Z';
  const replay = { id: 'run_1', kind: 'replay', state: 'cancelled', from: at, to: at, count: 1, done: 0, failed: 0 };
  const more = { skipped: 0, skippedBecause: {}, rate: 50, startedAt: at, by: 'ada', etaSeconds: null };
  const { fetch } = aDeployment(() => answered({ ...replay, ...more, cancelled: { by: 'bob', at } }));
  const { out } = await hooklatch(['replays', 'show', 'orders', 'run_1'], { env, fetch });
  expect(out).toMatch(new RegExp(`started +${at} by ada\n *cancelled +${at} by bob\n`));
});
