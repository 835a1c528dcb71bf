/** A delivery that an operator asks for, through the function of the API, with the table and the queues in memory. */
import { describe, expect, test } from '@jest/globals';
import type { Deps } from '../../functions/api-deliveries.ts';
import type { Destination } from '../../shared/deliveries/destination/destination.ts';
import type { DeliveryRow } from '../../shared/deliveries/dispatch/delivery-row.ts';
import { type DestinationHealth, freshHealth } from '../../shared/deliveries/dispatch/destination-health.ts';
import { timerKeeper } from '../../shared/deliveries/dispatch/lane-timer.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { someDeliveries } from '../shared/deliveries/dispatch/given-deliveries.ts';
import { aDestination, aJob, aRow, eventId, receivedMs } from '../shared/deliveries/dispatch/given-delivery.ts';
import { anOperator, type OperatorRequest } from './given-operator.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { apiDeliveries } = await import('../../functions/api-deliveries.ts');

const minute = 60_000;
const id = `dlv_${eventId}_1772366400000_to-orders_0`;
const now = new Date(receivedMs + 60 * minute);
const at = (minutes: number) => new Date(now.getTime() + minutes * minute).toISOString();
const to = { id: 'dst_1', name: 'orders' };
/** Its third attempt is in half an hour. */
const waiting = { attempt: 3, due: now.getTime() + 30 * minute, nextAt: now.getTime() + 30 * minute };
const parked = { attempt: 3, status: 'parked' as const };
const paused = aDestination({ status: 'paused', pausedSince: at(-1) });

interface Given {
  row?: Partial<DeliveryRow>;
  destination?: Destination | undefined;
  health?: DestinationHealth;
}

async function aWorld(given: Given = {}) {
  const destination = 'destination' in given ? given.destination : aDestination();
  const world = someDeliveries({ now: now.getTime() });
  if (given.row) await world.put(aRow(given.row));
  if (given.health) await world.health.store.write('dst_1', given.health, undefined);
  const deps = {
    ...world.ports,
    ensureTimer: timerKeeper(world.ports),
    destinations: { read: async () => aDestination() },
    readDestination: async () => destination,
    lists: { ofDestination: async () => ({ rows: [world.row()], next: undefined }) },
  } as unknown as Deps;
  const { ask, clock, lines } = anOperator(apiDeliveries(deps));
  clock.now = now;
  return {
    ...{ ...world, log: lines },
    asks: (request: OperatorRequest = {}) =>
      ask('POST /v1/deliveries/{id}/attempt', { params: { id }, body: {}, ...request }),
    shown: async () => (await ask('GET /v1/deliveries/{id}', { params: { id } })).body,
    listed: async () =>
      (await ask('GET /v1/destinations/{name}/deliveries', { params: { name: 'orders' } })).body.items[0],
    timer: () => world.timers.items.get('dst_1')?.value,
  };
}

describe('an attempt now', () => {
  test.each([
    ['waits', waiting],
    ['is parked', parked],
  ])('of a delivery that %s is answered 202, noted with its author, and its lane is woken', async (_, row) => {
    const { asks, row: kept, sent, timer, shown, log } = await aWorld({ row });
    const answer = await asks({ operator: 'op_7', role: 'flow_designer' });
    const asked = { by: 'op_7', at: at(0) };
    expect(answer).toMatchObject({
      status: 202,
      body: { id, status: 'parked', asked, attempts: 2, nextAttemptAt: at(0) },
    });
    expect(kept()).toMatchObject({ status: 'parked', asked: { by: 'op_7', at: now.getTime(), attempt: 3 } });
    expect([sent.dispatch, sent.lane, timer()?.asked?.length]).toEqual([[], [[to, 0]], 1]);
    expect(await shown()).toMatchObject({ status: 'parked', asked, nextAttemptAt: at(0) });
    expect(log[0]).toMatchObject({
      ...{ route: 'POST /v1/deliveries/{id}/attempt', status: 202 },
      ...{ operator: 'op_7', role: 'flow_designer' },
    });
  });

  test('asked for twice is one, with the first author', async () => {
    const { asks, rows, row, timer } = await aWorld({ row: waiting });
    await asks();
    const writes = rows.writes();
    expect(await asks({ operator: 'op_7' })).toMatchObject({ status: 202, body: { asked: { by: 'op_1' } } });
    expect([rows.writes(), row()?.asked?.by, timer()?.asked?.length]).toEqual([writes, 'op_1', 1]);
  });

  test('waits as long as its destination asked for nothing, and for no probe', async () => {
    const open = {
      ...freshHealth(1, undefined, 0),
      state: 'open' as const,
      probe: { at: now.getTime() + minute, wait: 1 },
    };
    const health = { ...open, blockedUntil: now.getTime() + 9 * minute } as DestinationHealth;
    expect((await (await aWorld({ row: parked, health })).asks()).body.nextAttemptAt).toBe(at(9));
    const unblocked = { ...health, blockedUntil: 0 };
    const { asks, shown } = await aWorld({ row: parked, health: unblocked });
    expect((await shown()).nextAttemptAt).toBe(at(1));
    expect((await asks()).body.nextAttemptAt).toBe(at(0));
  });

  test.each<[string, Given, number, string]>([
    ['is not there', {}, 404, 'delivery_not_found'],
    ['has no destination any more', { row: waiting, destination: undefined }, 404, 'destination_not_found'],
    ['is of a paused destination', { row: waiting, destination: paused }, 409, 'destination_paused'],
    ['was delivered', { row: { status: 'delivered', attempt: 2 } }, 409, 'delivery_ended'],
    ['was given up', { row: { status: 'given_up', attempt: 9 } }, 409, 'delivery_ended'],
    ['has an event that is gone', { row: { ...waiting, expiresAt: now.getTime() / 1000 } }, 409, 'delivery_expired'],
  ])('of one that %s is refused, and changes nothing', async (_, given, status, code) => {
    const { asks, row, sent } = await aWorld(given);
    expect(await asks()).toMatchObject({ status, body: { code } });
    expect([row(), sent.lane]).toEqual([given.row && aRow(given.row), []]);
  });

  test('of a twenty-first one is refused', async () => {
    const { asks, row, timers } = await aWorld({ row: parked });
    const asked = Array.from({ length: 20 }, (_, each) => ({ ...aJob({ rule: `r${each}` }), attempt: 1 }));
    await timers.store.write('dst_1', { to, due: 1, touched: 1, asked }, undefined);
    expect(await asks()).toMatchObject({ status: 409, body: { code: 'too_many_asked' } });
    expect(row()).toEqual(aRow(parked));
  });

  test('of what can be no delivery is not found', async () => {
    const { asks } = await aWorld({ row: waiting });
    expect(await asks({ params: { id: 'absent' } })).toMatchObject({
      status: 404,
      body: { code: 'delivery_not_found' },
    });
  });
});

describe('the next attempt', () => {
  const slow = { ...freshHealth(1, undefined, 0), state: 'closed', slow: true, slowSince: 1 } as DestinationHealth;
  const open = { ...freshHealth(1, undefined, 0), state: 'open', probe: { at: now.getTime() + 4 * minute, wait: 1 } };

  test.each<[string, Given, string | undefined]>([
    ['what waits is at its own time', { row: waiting, health: slow }, at(30)],
    ['what is parked for a slow destination is now', { row: parked, health: slow }, at(0)],
    ['what is parked without any health is now', { row: parked }, at(0)],
    ['what is parked for an open one is with its probe', { row: parked, health: open as DestinationHealth }, at(4)],
    ['what is parked for a paused one has no time', { row: parked, destination: paused }, undefined],
    ['what is parked for one that was deleted has no time', { row: parked, destination: undefined }, undefined],
    ['what has ended has no time', { row: { status: 'given_up' }, health: slow }, undefined],
  ])('of %s', async (_, given, expected) => {
    const { shown, listed } = await aWorld(given);
    expect((await shown()).nextAttemptAt).toBe(expected);
    expect((await listed()).nextAttemptAt).toBe(expected);
  });
});
