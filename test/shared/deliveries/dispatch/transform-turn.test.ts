import { expect, test } from '@jest/globals';
import { transformTurn } from '../../../../shared/deliveries/dispatch/transform-turn.ts';
import { someDeliveries } from './given-deliveries.ts';

/** Callers of one deployment. A sleep takes its time at once. */
function aWorld() {
  const { ports, clock, leases } = someDeliveries({ now: 0 });
  const sleeping = {
    ...ports.clock,
    sleep: async (ms: number) => {
      clock.time += ms;
    },
  };
  const caller = () => transformTurn({ leases: ports.deliveries.leases, clock: sleeping, newId: ports.newId });
  return { clock, leases, one: caller(), other: caller() };
}

test('one caller has the turn, and the next one gets it when that one ends it', async () => {
  const { one, other, clock } = aWorld();
  const end = await one(0);
  expect(await other(10_000)).toBeUndefined();
  expect(clock.time).toBeGreaterThanOrEqual(10_000);
  expect(clock.time).toBeLessThan(10_200);
  await end?.();
  expect(await other(0)).toBeInstanceOf(Function);
});

test('two evaluations of one caller take turns too', async () => {
  const { one } = aWorld();
  await one(0);
  expect(await one(0)).toBeUndefined();
});

test('the turn of a caller that ended in the middle ends after 20 seconds, and a late end of it ends no other', async () => {
  const { one, other, clock } = aWorld();
  const late = await one(0);
  clock.time = 19_999;
  expect(await other(0)).toBeUndefined();
  clock.time = 20_000;
  await other(0);
  await late?.();
  expect(await one(0)).toBeUndefined();
});

test('an end that can not be written fails nothing', async () => {
  const { one, leases } = aWorld();
  const end = await one(0);
  leases.store.read = () => Promise.reject(new Error('throttled'));
  await end?.();
});
