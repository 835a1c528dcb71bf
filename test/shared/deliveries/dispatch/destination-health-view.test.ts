import { describe, expect, test } from '@jest/globals';
import type { DeliveryRow } from '../../../../shared/deliveries/dispatch/delivery-row.ts';
import { type DestinationHealth, freshHealth } from '../../../../shared/deliveries/dispatch/destination-health.ts';
import {
  destinationHealthViewOf,
  type ReadHealth,
} from '../../../../shared/deliveries/dispatch/destination-health-view.ts';
import { aDestination, aRow, eventId, receivedAt, receivedMs } from './given-delivery.ts';

const second = 1_000;
const minute = 60 * second;
const well = freshHealth(1);
const none = { count: 0, isMore: false };
const timeAt = (ms: number): string => new Date(receivedMs + ms).toISOString();
const failing = (since: number): DestinationHealth => ({
  ...well,
  failing: { since: receivedMs + since, attempts: 2 },
  incident: 'inc-1',
  outage: { since: receivedMs + since, at: receivedMs + since + 5 * second, isTold: false },
});
/** A row whose last attempt began at the time of its event. */
const failed = (status: number, attempt: number, more: Partial<DeliveryRow> = {}) =>
  aRow({ attempt, last: { at: receivedMs, ms: 20, outcome: 'answered', status, answer: 'no' }, ...more });

const viewOf = (
  health: DestinationHealth | undefined,
  { rows = [], now = 0, ...more }: Partial<Omit<ReadHealth, 'backlog'>> & { rows?: DeliveryRow[]; now?: number } = {},
) =>
  destinationHealthViewOf(
    { destination: aDestination(), health, backlog: { rows, isMore: false }, givenUpAt: undefined, ...more },
    receivedMs + now,
  );

describe('a destination', () => {
  test.each<[string, DestinationHealth | undefined, object]>([
    ['of which nothing is known is well', undefined, { state: 'well' }],
    ['that never failed is well', well, { state: 'well' }],
    ['that failed once is well', { ...well, failing: { since: receivedMs, attempts: 1 } }, { state: 'well' }],
    ['fails since the first of two attempts', failing(-minute), { state: 'failing', since: timeAt(-minute) }],
    [
      'that is open fails since its incident began',
      { ...failing(-minute), state: 'open' },
      { state: 'failing', since: timeAt(-minute) },
    ],
    [
      'that an older version opened fails since then',
      { ...well, state: 'open', openedAt: receivedMs - 1 },
      { state: 'failing', since: timeAt(-1) },
    ],
    ['that a still older version opened fails', { ...well, state: 'open' }, { state: 'failing' }],
    [
      'recovers since its first success',
      { ...well, state: 'recovering', recoveringSince: receivedMs, slow: true },
      { state: 'recovering', since: receivedAt },
    ],
    [
      'that was changed while it failed recovers, also when its lane has nothing to do',
      freshHealth(1, failing(-minute)),
      { state: 'recovering', since: timeAt(-minute) },
    ],
    ['is slow', { ...well, slow: true, slowSince: receivedMs }, { state: 'slow', since: receivedAt }],
  ])('%s', (_, health, expected) => {
    expect(viewOf(health)).toEqual({ ...expected, waiting: none });
  });

  test('that failed before says when', () => {
    const health = { ...well, lastOutage: { from: receivedMs - 3 * minute, until: receivedMs - minute } };
    expect(viewOf(health)).toEqual({
      state: 'well',
      lastFailing: { from: timeAt(-3 * minute), until: timeAt(-minute) },
      waiting: none,
    });
  });

  test('that is paused is nothing else, and says since when', () => {
    const destination = aDestination({ status: 'paused', pausedSince: timeAt(-minute) });
    const health = { ...failing(-minute), state: 'open' as const, blockedUntil: receivedMs + minute };
    expect(viewOf(health, { destination, rows: [failed(503, 3, { status: 'parked' })] })).toEqual({
      state: 'paused',
      since: timeAt(-minute),
      wrong: { at: receivedAt, what: 'answered 503' },
      waiting: { count: 1, isMore: false, oldest: receivedAt },
    });
  });

  test('whose incident belongs to an earlier generation is not well before a delivery succeeds', () => {
    const destination = aDestination({ generation: 2 });
    expect(viewOf(failing(-minute), { destination })).toMatchObject({ state: 'recovering', since: timeAt(-minute) });
    expect(viewOf(well, { destination })).toEqual({ state: 'well', waiting: none });
  });

  test('says of which time the newest delivery is that was given up', () => {
    expect(viewOf(well, { givenUpAt: receivedAt })).toEqual({ state: 'well', givenUpAt: receivedAt, waiting: none });
  });
});

describe('what went wrong', () => {
  const dns = aRow({
    attempt: 2,
    last: { at: receivedMs + second, ms: 5, outcome: 'dns', cause: 'the name is not known' },
  });

  test('is that of the oldest delivery that failed, in our words', () => {
    const queued = aRow();
    expect(viewOf(failing(0), { rows: [queued, dns, failed(503, 2)] }).wrong).toEqual({
      at: timeAt(second),
      what: 'the name is not known',
    });
    expect(viewOf(failing(0), { rows: [failed(404, 2), dns] }).wrong?.what).toBe('answered 404');
  });

  test('is not what was delivered before and is sent again', () => {
    expect(viewOf(failing(0), { rows: [failed(200, 3, { redelivery: 1 })] })).not.toHaveProperty('wrong');
  });

  test('is not said of a destination that is well', () => {
    expect(viewOf(well, { rows: [failed(503, 2)] })).not.toHaveProperty('wrong');
  });
});

describe('the next attempt', () => {
  const due = (ms: number) => failed(503, 3, { due: receivedMs + ms });
  const parked = failed(503, 3, { status: 'parked' });
  const open = { ...failing(0), state: 'open' as const, probe: { at: receivedMs + minute, wait: minute } };

  test.each<[string, DestinationHealth, DeliveryRow[], string | undefined]>([
    ['is the earliest of what waits', failing(0), [due(9 * minute), due(2 * minute)], timeAt(2 * minute)],
    [
      'is when it is meant to be, not when the net comes',
      failing(0),
      [{ ...due(15 * minute), nextAt: receivedMs + 5 * second }],
      timeAt(5 * second),
    ],
    ['is now for what is parked', { ...well, slow: true }, [due(minute), parked], receivedAt],
    ['is the probe of one that is open', open, [parked], timeAt(minute)],
    ['is now if the probe is overdue', { ...open, probe: { at: receivedMs - 1, wait: 1 } }, [parked], receivedAt],
    [
      'is when it wants something again',
      { ...well, state: 'recovering', blockedUntil: receivedMs + 3 * minute },
      [parked],
      timeAt(3 * minute),
    ],
    ['is none if nothing waits', open, [], undefined],
  ])('%s', (_, health, rows, expected) => {
    expect(viewOf(health, { rows }).nextAttemptAt).toBe(expected);
  });

  test('waits until the destination wants something, as long as that is to come', () => {
    const blocked = { ...well, state: 'recovering' as const, blockedUntil: receivedMs + minute };
    expect(viewOf(blocked)).toMatchObject({ blockedUntil: timeAt(minute) });
    expect(viewOf(blocked, { now: minute })).not.toHaveProperty('blockedUntil');
  });
});

describe('a delivery that fails although others succeed', () => {
  const twice = failed(500, 3, { due: receivedMs + minute, madeAt: receivedMs - minute });

  test('is told of a destination that is well, with the oldest', () => {
    const rows = [failed(500, 2), twice, failed(404, 9)];
    expect(viewOf(well, { rows }).alone).toEqual({
      count: 2,
      id: `dlv_${eventId}_1772366400000_to-orders_0`,
      since: timeAt(-minute),
      attempts: 2,
      wrong: { at: receivedAt, what: 'answered 500' },
      nextAttemptAt: timeAt(minute),
    });
  });

  test('is not told after one attempt, nor of a destination that fails itself', () => {
    expect(viewOf(well, { rows: [failed(500, 2)] })).not.toHaveProperty('alone');
    expect(viewOf(failing(0), { rows: [twice] })).not.toHaveProperty('alone');
  });
});
