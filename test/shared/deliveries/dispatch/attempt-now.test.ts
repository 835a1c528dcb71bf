/** A delivery that an operator asks for, and what is gathered: what is parked, what is left as it is, and what the lane learns of it. */
import { describe, expect, test } from '@jest/globals';
import { attemptNow } from '../../../../shared/deliveries/dispatch/attempt-now.ts';
import type { DeliveryRow } from '../../../../shared/deliveries/dispatch/delivery-row.ts';
import { freshHealth } from '../../../../shared/deliveries/dispatch/destination-health.ts';
import { gather } from '../../../../shared/deliveries/dispatch/lane-gather.ts';
import { timerKeeper } from '../../../../shared/deliveries/dispatch/lane-timer.ts';
import { recordResult } from '../../../../shared/deliveries/dispatch/record-result.ts';
import { someDeliveries } from './given-deliveries.ts';
import { aDestination, aJob, aRow, receivedMs } from './given-delivery.ts';

const second = 1_000;
const minute = 60 * second;
const to = { id: 'dst_1', name: 'orders' };

/** Its third attempt is in half an hour. */
const later: Partial<DeliveryRow> = { attempt: 3, due: receivedMs + 30 * minute, nextAt: receivedMs + 30 * minute };
/** Its third attempt is due now: its message is in the queue, and the sweep is the net. */
const coming: Partial<DeliveryRow> = { attempt: 3, due: receivedMs + 15 * minute, nextAt: receivedMs };

/** @param seen the delivery as the operator saw it, if that is older */
async function asked(change: Partial<DeliveryRow>, destination = aDestination(), seen = aRow(change)) {
  const world = someDeliveries({ now: receivedMs });
  const ports = { ...world.ports, ensureTimer: timerKeeper(world.ports) };
  await world.put(aRow(change));
  const ask = () => attemptNow(seen, destination, 'op_1', ports);
  return { ...world, ports, ask, answer: await ask(), timer: () => world.timers.items.get('dst_1')?.value };
}

describe('a delivery that is asked for', () => {
  test.each([
    ['waits', later],
    ['waits for a moment', { attempt: 3, due: receivedMs + 15.5 * minute, nextAt: receivedMs + 30 * second }],
    ['is parked', { attempt: 3, status: 'parked' }],
  ] as const)('and that %s is parked, noted, and first in its lane', async (_, change) => {
    const { row, timer, sent } = await asked(change);
    expect(row()).toMatchObject({ status: 'parked', attempt: 3, asked: { by: 'op_1', at: receivedMs, attempt: 3 } });
    expect(row()).not.toHaveProperty('due');
    expect(timer()).toMatchObject({ due: receivedMs, asked: [{ rule: 'to-orders', attempt: 3 }] });
    expect(sent).toEqual({ dispatch: [], overflow: [], lane: [[to, 0]] });
  });

  test('and whose message is on its way is noted alone', async () => {
    const { row, timer, sent } = await asked(coming);
    expect(row()).toMatchObject({ ...coming, status: 'waiting', asked: { attempt: 3 } });
    expect([timer()?.asked, sent.lane]).toEqual([undefined, []]);
  });

  test('twice is there once, with the first author', async () => {
    const { ask, row, timer, rows, ports } = await asked(later);
    const writes = rows.writes();
    await attemptNow(aRow(later), aDestination(), 'op_2', ports);
    await ask();
    expect([rows.writes(), row()?.asked?.by, timer()?.asked?.length]).toEqual([writes, 'op_1', 1]);
  });

  test('is not asked for again if its attempt was made since the operator looked', async () => {
    const { row, sent } = await asked({ ...later, attempt: 4 }, aDestination(), aRow(later));
    expect([row(), sent.lane]).toEqual([aRow({ ...later, attempt: 4 }), []]);
  });

  test.each([
    ['ended', { status: 'given_up' }, {}],
    ['expired', { expiresAt: receivedMs / second }, {}],
    ['paused', later, { status: 'paused', pausedSince: '2026-03-01T11:00:00.000Z' }],
  ] as const)('is left as it is if it is %s', async (reason, change, destination) => {
    const { answer, row, sent } = await asked(change, aDestination(destination));
    expect([answer, row(), sent.lane]).toEqual([reason, aRow(change), []]);
  });

  test('waits for its turn if twenty others are asked for', async () => {
    const { ask, timers, timer, rows } = await asked({ attempt: 3, status: 'parked' });
    const full = Array.from({ length: 20 }, (_, at) => ({ ...aJob({ rule: `r${at}` }), attempt: 1 }));
    await timers.store.write('dst_1', { to, due: 1, touched: 1, asked: full }, timers.items.get('dst_1')?.revision);
    const writes = rows.writes();
    expect([await ask(), rows.writes(), timer()?.asked?.length]).toEqual(['too_many_asked', writes, 20]);
  });

  test('is delivered by the attempt that was under way', async () => {
    const { row, ports } = await asked(later);
    const note = { at: receivedMs, ms: 10, outcome: 'answered', status: 200 };
    const health = { read: async () => undefined, tell: async () => undefined };
    const result = { kind: 'delivered' as const, generation: 1, note, ended: receivedMs + 10 };
    await recordResult(aJob({ attempt: 3 }), result, aDestination(), 'dispatch', { ...ports, health });
    expect(row()).toMatchObject({ status: 'delivered', attempt: 4 });
  });
});

test('gathering parks what is due in a moment and what is due in hours, and leaves what is on its way', async () => {
  const world = someDeliveries({ now: receivedMs });
  const inHalfAMinute = { due: receivedMs + 15.5 * minute, nextAt: receivedMs + 30 * second };
  for (const [rule, change] of Object.entries({ hours: later, moment: inHalfAMinute, coming }))
    await world.put(aRow({ ...change, rule }));
  const health = { ...freshHealth(1), gather: true };
  const lease = { to, owner: 'me', until: receivedMs + 90 * second, isCareful: false };
  const turn = { lease, done: new Set<string>(), timer: undefined, health, isEmpty: true };
  const told = { read: async () => undefined, tell: async () => undefined };
  await gather(turn, health, { ...world.ports, health: told, ensureTimer: timerKeeper(world.ports) } as never);
  const states = [...world.rows.items.values()].map(({ value }) => [value.rule, value.status]);
  expect(states).toEqual([
    ['hours', 'parked'],
    ['moment', 'parked'],
    ['coming', 'waiting'],
  ]);
});
