/** Why a job stands still: a table by hand, and what holds of every job. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Around, type Stillness, type Watched, whyStill } from '../../../clients/console/jobs/why-still.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const ago = (seconds: number): string => new Date(now.getTime() - seconds * 1_000).toISOString();

/** A replay that runs as it should. */
const moving: Watched = {
  ...{ kind: 'replay', state: 'running', to: ago(600), rate: 50, startedAt: ago(30), begunAt: ago(29) },
  ...{ etaSeconds: 12, failed: 0, skippedBecause: {} },
};
const waiting: Watched = { ...moving, begunAt: undefined, etaSeconds: null };

test.each<[string, Watched, Partial<Around>, Stillness[]]>([
  ['one that moves says nothing', moving, {}, []],
  ['one that moves is not kept by others', moving, { others: 20 }, []],
  ['one that is being cancelled', { ...moving, state: 'cancelling' }, {}, [{ code: 'cancelling' }]],
  ['one that was cancelled before it began', { ...waiting, state: 'cancelling' }, {}, [{ code: 'cancelling' }]],
  ['one that has just been started', waiting, {}, [{ code: 'starting' }]],
  ['seven others are no reason', waiting, { others: 7 }, [{ code: 'starting' }]],
  ['eight others are', waiting, { others: 8 }, [{ code: 'behind', others: 8 }]],
  ['a replay of what comes just now', { ...waiting, to: ago(14) }, {}, [{ code: 'settling' }]],
  ['a replay of what is in the list', { ...waiting, to: ago(15) }, {}, [{ code: 'starting' }]],
  ['a redelivery, which waits for no list', { ...waiting, kind: 'redelivery', to: ago(1) }, {}, [{ code: 'starting' }]],
  ['one that should have begun', { ...waiting, startedAt: ago(120) }, {}, [{ code: 'notStarted' }]],
  ['one that may still begin', { ...waiting, startedAt: ago(119) }, {}, [{ code: 'starting' }]],
  ['a slow one', { ...moving, rate: 1, etaSeconds: 61 }, {}, [{ code: 'rate', rate: 1, seconds: 61 }]],
  ['one of a minute', { ...moving, rate: 1, etaSeconds: 60 }, {}, []],
  [
    'one that leaves out what is held, and what has expired',
    { ...moving, skippedBecause: { held: 3, expired: 1 } },
    {},
    [{ code: 'held', count: 3 }],
  ],
  [
    'an ended one that left out what is held',
    { ...moving, state: 'done', skippedBecause: { held: 3 } },
    {},
    [{ code: 'held', count: 3 }],
  ],
  ['a destination that is well', { ...moving, kind: 'redelivery' }, { health: 'well' }, []],
  [
    'a paused destination',
    { ...moving, kind: 'redelivery' },
    { health: 'paused' },
    [{ code: 'destination', state: 'paused' }],
  ],
  [
    'more than one reason, the nearest first',
    { ...waiting, kind: 'redelivery' },
    { health: 'failing', others: 9 },
    [
      { code: 'behind', others: 9 },
      { code: 'destination', state: 'failing' },
    ],
  ],
  [
    'one that failed, whatever it could not do before',
    { ...moving, state: 'failed', etaSeconds: null, failed: 2 },
    { health: 'paused', others: 9 },
    [{ code: 'ownerGone' }],
  ],
  ['one that goes on after a failure', { ...moving, failed: 2 }, {}, []],
  ['an ended one that could not do all', { ...moving, state: 'done', failed: 2 }, {}, [{ code: 'notDone', count: 2 }]],
  [
    'a cancelled redelivery that could not do all',
    { ...moving, kind: 'redelivery', state: 'cancelled', failed: 1 },
    {},
    [{ code: 'notDone', count: 1 }],
  ],
  ['a release, which tries again itself', { ...moving, kind: 'release', state: 'done', failed: 2 }, {}, []],
])('%s', (_, job, around, expected) => {
  expect(whyStill(job, { now, ...around })).toEqual(expected);
});

test('a job that has ended says only what it has not done, and none says the same twice', () => {
  const job = fc.record({
    kind: fc.constantFrom('replay' as const, 'release' as const, 'redelivery' as const),
    state: fc.constantFrom('running' as const, 'cancelling' as const, 'done' as const, 'failed' as const),
    to: fc.integer({ min: 0, max: 300 }).map(ago),
    startedAt: fc.integer({ min: 0, max: 300 }).map(ago),
    begunAt: fc.constantFrom(undefined, ago(5)),
    rate: fc.constant(5),
    etaSeconds: fc.option(fc.integer({ min: 0, max: 500 })),
    failed: fc.nat({ max: 2 }),
    skippedBecause: fc.constant({}),
  });
  const around = fc.record({
    now: fc.constant(now),
    others: fc.option(fc.nat({ max: 12 }), { nil: undefined }),
    health: fc.constantFrom('well' as const, 'slow' as const, undefined),
  });
  fc.assert(
    fc.property(job, around, (each, world) => {
      const codes = whyStill(each, world).map(({ code }) => code);
      const hasEnded = each.state === 'done' || each.state === 'failed';
      expect(new Set(codes).size).toBe(codes.length);
      const said = codes.filter((code) => code !== 'ownerGone' && code !== 'notDone');
      expect(hasEnded ? said : []).toEqual([]);
      expect(codes.includes('ownerGone')).toBe(each.state === 'failed');
      // Before its first page, there is always a reason.
      expect(hasEnded || each.begunAt !== undefined || codes.length > 0).toBe(true);
    }),
  );
});
