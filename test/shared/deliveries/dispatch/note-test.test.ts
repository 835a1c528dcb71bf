/** A test of a destination that succeeded, and what its health says then. */
import { describe, expect, test } from '@jest/globals';
import type { Destination } from '../../../../shared/deliveries/destination/destination.ts';
import {
  afterTest,
  type DestinationHealth,
  freshHealth,
} from '../../../../shared/deliveries/dispatch/destination-health.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import { noteTest } from '../../../../shared/deliveries/dispatch/note-test.ts';
import { someDeliveries } from './given-deliveries.ts';
import { aDestination, receivedMs } from './given-delivery.ts';

const to = { id: 'dst_1', name: 'orders' };
const failedAt = receivedMs - 600_000;
const failed = ['e1', 'e2', 'e3', 'e4', 'e5'];
const outage = { since: failedAt, attempts: 2 };
const open = {
  ...freshHealth(1, undefined, failedAt),
  ...{
    state: 'open',
    incident: 'i1',
    failed,
    outage,
    failing: { since: failedAt },
    probe: { at: receivedMs + 60_000, wait: 60_000 },
  },
} as unknown as DestinationHealth;

/** @param now the destination as it is after the test */
async function tested(health: DestinationHealth | undefined, now: Destination | undefined = aDestination()) {
  const world = someDeliveries({ now: receivedMs });
  if (health) await world.health.store.write('dst_1', health, undefined);
  const ports = { ...world.ports, readDestination: async () => now, ensureTimer: timerKeeper(world.ports) };
  await noteTest(aDestination(), ports);
  return {
    ...world,
    after: world.health.items.get('dst_1')?.value,
    timer: world.timers.items.get('dst_1')?.value,
  };
}

describe('a test that succeeded', () => {
  test('makes an open destination recover at the pace 1, and its lane works at once', async () => {
    const { after, timer, sent } = await tested(open);
    expect(after).toMatchObject({ state: 'recovering', recoveringSince: receivedMs, pace: 1 });
    expect(after).not.toHaveProperty('probe');
    expect([timer?.due, sent.lane]).toEqual([receivedMs, [[to, 0]]]);
  });

  test('ends no incident, and forgets no failure: only a delivery that succeeds does', async () => {
    const { after } = await tested(open);
    expect(after).toMatchObject({ incident: 'i1', outage, notices: [] });
    expect(after?.failed).toEqual(failed);
  });

  test.each<[string, DestinationHealth | undefined, Destination | undefined]>([
    ['paused meanwhile', open, aDestination({ status: 'paused', pausedSince: '2026-03-01T12:00:00.000Z' })],
    ['changed meanwhile', open, aDestination({ generation: 2 })],
    ['of another generation than its health', { ...open, generation: 0 }, aDestination()],
    ['well', freshHealth(1, undefined, failedAt), aDestination()],
    ['never attempted', undefined, aDestination()],
    ['recovering already', { ...open, state: 'recovering', pace: 8 } as DestinationHealth, aDestination()],
  ])('says nothing of a destination that is %s', async (_, health, now) => {
    const { after, timer, sent } = await tested(health, now);
    expect([after, timer, sent.lane]).toEqual([health, undefined, []]);
  });

  test('says nothing of a destination that was deleted meanwhile', async () => {
    const world = someDeliveries({ now: receivedMs });
    await world.health.store.write('dst_1', open, undefined);
    const ports = { ...world.ports, readDestination: async () => undefined, ensureTimer: timerKeeper(world.ports) };
    await noteTest(aDestination(), ports);
    expect(world.health.items.get('dst_1')?.value).toBe(open);
  });

  test('says nothing twice', () => {
    const once = afterTest(open, receivedMs);
    expect(afterTest(once, receivedMs + 1)).toBe(once);
  });
});
