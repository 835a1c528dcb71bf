import { expect, test } from '@jest/globals';
import {
  ageOf,
  endedRow,
  expectsJob,
  jobOf,
  newRow,
  parkedRow,
} from '../../../../shared/deliveries/dispatch/delivery-row.ts';
import { deliveryStates, isLive } from '../../../../shared/deliveries/dispatch/delivery-states.ts';
import { aDestination, aJob, aRow, receivedAt, receivedMs } from './given-delivery.ts';

const hour = 3_600_000;

test('only what waits or is parked is live', () => {
  expect(deliveryStates.filter((status) => isLive({ status }))).toEqual(['waiting', 'parked']);
});

test('the first row counts its age from its making, and the pauses of its destination from there too', () => {
  const paused = aDestination({ pausedMs: 100, status: 'paused', pausedSince: receivedAt });
  expect(newRow(aJob({ attempt: 1 }), paused, receivedMs + 7)).toEqual({
    ...aRow({ madeAt: receivedMs + 7, pausedMs: 107 }),
  });
  expect(newRow(aJob(), undefined, receivedMs)).toMatchObject({ pausedMs: 0 });
  expect(newRow(aJob({ redelivery: 2, alone: true }), undefined, receivedMs)).toEqual(aRow({ redelivery: 2 }));
});

test('a message has nothing of the row but what tells the delivery and the attempt', () => {
  const row = aRow({
    attempt: 4,
    redelivery: 1,
    alone: true,
    step: 3,
    due: 1,
    nextAt: 1,
    reason: 'r',
    cause: 'd',
    redeliveredBy: 'op_1',
    last: { at: 1, ms: 1, outcome: 'timeout' },
  });
  expect(jobOf(row)).toEqual(aJob({ attempt: 4, redelivery: 1, alone: true }));
});

test('the time in which its destination was paused does not make a delivery older', () => {
  const row = aRow({ madeAt: receivedMs, pausedMs: hour });
  const now = receivedMs + 10 * hour;
  expect(ageOf(row, aDestination({ pausedMs: hour }), now)).toBe(10 * hour);
  expect(ageOf(row, aDestination({ pausedMs: 3 * hour }), now)).toBe(8 * hour);
  const since = new Date(receivedMs + 9 * hour).toISOString();
  expect(ageOf(row, aDestination({ pausedMs: hour, status: 'paused', pausedSince: since }), now)).toBe(9 * hour);
});

test('a message counts only for the attempt that its row expects, and not while a lane has it', () => {
  expect(expectsJob(undefined, aJob())).toBe(true);
  expect(expectsJob(undefined, aJob({ attempt: 2 }))).toBe(false);
  expect(expectsJob(aRow({ attempt: 3 }), aJob({ attempt: 3 }))).toBe(true);
  for (const attempt of [1, 2, 4]) expect(expectsJob(aRow({ attempt: 3 }), aJob({ attempt }))).toBe(false);
  const counting = deliveryStates.filter((status) => expectsJob(aRow({ status }), aJob()));
  expect(counting).toEqual(['waiting']);
});

test('an end has only its own reason, and nothing comes after it', () => {
  const row = aRow({ due: 1, nextAt: 1, alone: true, reason: 'old', cause: 'old' });
  expect(endedRow(row, { status: 'delivered' })).toEqual(aRow({ status: 'delivered' }));
  const why = { reason: 'transform_error', cause: 'why' };
  expect(endedRow(row, { status: 'failed', ...why })).toEqual(aRow({ status: 'failed', ...why }));
});

test('what is parked is due at no time of its own', () => {
  expect(parkedRow(aRow({ due: 1, nextAt: 1, alone: true }))).toEqual(aRow({ status: 'parked', alone: true }));
});
