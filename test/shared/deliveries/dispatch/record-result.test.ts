import { describe, expect, test } from '@jest/globals';
import type { Destination } from '../../../../shared/deliveries/destination/destination.ts';
import type { AttemptResult } from '../../../../shared/deliveries/dispatch/attempt-result.ts';
import type { DeliveryJob } from '../../../../shared/deliveries/dispatch/delivery-job.ts';
import type { AttemptNote, DeliveryRow } from '../../../../shared/deliveries/dispatch/delivery-row.ts';
import {
  type AttemptedBy,
  type RecordPorts,
  recordResult,
} from '../../../../shared/deliveries/dispatch/record-result.ts';
import { itemBytes } from '../../../../shared/ground/aws/item-size.ts';
import type { Revised } from '../../../../shared/ground/aws/revised-item.ts';
import { aDestination, aJob, aRow, receivedMs } from './given-delivery.ts';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

/** A row, and what a result makes of it. `steps` has each call in its order. */
function aWorld(row?: DeliveryRow, now = receivedMs + hour, isLast = false) {
  const steps: string[] = [];
  const kept: AttemptNote[] = [];
  const told: object[] = [];
  let found: Revised<DeliveryRow> | undefined = row && { value: row, revision: 1 };
  const ports = {
    log: (line: object, level: string) => void lines.push({ ...line, level }),
    clock: { now: () => now, sleep: async () => undefined, random: () => 0.5 },
    ensureTimer: async () => void steps.push('timer'),
    health: {
      async tell(_: object, { kind, ...finding }: { kind: string }) {
        steps.push(`health ${kind}`);
        told.push(finding);
      },
    },
    queues: {
      isLast,
      async dispatch([message]: { body: DeliveryJob; delayMs?: number }[]) {
        steps.push(`message ${message?.body.attempt} in ${message?.delayMs}`);
        return [];
      },
    },
    deliveries: {
      async putAttempt(_: object, attempt: number, note: AttemptNote) {
        steps.push(`attempt ${attempt}`);
        kept.push(note);
      },
      health: {
        read: async () => undefined,
        write: async (_: string, { givenUp }: { givenUp: number }) => steps.push(`given up ${givenUp}`) > 0,
      },
      rows: {
        read: async () => found,
        async write(_: object, value: DeliveryRow) {
          steps.push(`row ${value.status}`);
          found = { value, revision: (found?.revision ?? 0) + 1 };
          return true;
        },
      },
    },
  } as unknown as RecordPorts;
  const lines: object[] = [];
  const record = async (result: AttemptResult, job = aJob(), via: AttemptedBy = 'dispatch', settings: Retries = {}) => {
    await recordResult(job, result, { ...aDestination(), ...settings }, via, ports);
    return found?.value;
  };
  return { record, steps, kept, told, lines };
}

type Retries = Pick<Destination, 'schedule' | 'retryOn'>;

const answered = (
  status: number,
  kind: 'delivered' | 'gone' | 'limited' | 'refused' | 'broken',
  more: object = {},
): AttemptResult => ({
  kind,
  generation: 1,
  note: { at: receivedMs, ms: 5, outcome: 'answered', status, ...more },
  ended: receivedMs + 5,
});

test('the health of a destination is told when the request began and ended, and how long the attempt took', async () => {
  const { record, told } = aWorld();
  await record(answered(200, 'delivered', { ms: 8_120 }));
  expect(told).toMatchObject([{ began: receivedMs, ended: receivedMs + 5, ms: 8_120 }]);
});

describe('a first success', () => {
  test('is one write', async () => {
    const { record, steps } = aWorld();
    expect(await record(answered(200, 'delivered'))).toMatchObject({ status: 'delivered', attempt: 2 });
    expect(steps).toEqual(['row delivered', 'health delivered']);
  });

  test('of a usual delivery is smaller than a KB, however long the answer is', async () => {
    const answer = 'ä'.repeat(5_000);
    const row = await aWorld().record(
      answered(200, 'delivered', { answer }),
      aJob({
        connectionId: 'con_01234567-89ab-4cde-8f01-23456789abcd',
        connection: 'github-production',
        to: { id: 'dst_01234567-89ab-4cde-8f01-23456789abcd', name: 'orders-service' },
      }),
    );
    expect(row?.last?.answer).toBe('ä'.repeat(96));
    const order = `${row?.receivedAt}#${row?.event}#${row?.rule}#0`;
    const item = {
      ...{ pk: { S: String(row?.event) }, sk: { S: `${row?.receivedAt}#${row?.rule}#0` }, at: { S: order } },
      ...{ destination: { S: `${row?.to.id}#15` }, expiresAt: { N: '1774958400' }, revision: { N: '1' } },
      ...{ write: { S: 'abcdefghijkl' }, record: { S: JSON.stringify(row) } },
    };
    expect(itemBytes(item)).toBeLessThanOrEqual(1_024);
  });
});

describe('a failure', () => {
  test('is kept before the row, and the message follows the row', async () => {
    const { record, steps, kept } = aWorld();
    const row = await record(answered(500, 'broken', { answer: 'x'.repeat(4_096) }));
    expect(steps).toEqual(['attempt 1', 'row waiting', 'message 2 in 5000', 'health broken']);
    expect(kept[0]?.answer).toHaveLength(4_096);
    const now = receivedMs + hour;
    expect(row).toMatchObject({ attempt: 2, step: 1, nextAt: now + 5 * second, due: now + 15 * minute + 5 * second });
  });

  test('that waits longer than a minute has no message', async () => {
    const { record, steps } = aWorld(aRow({ attempt: 3, step: 2 }));
    const row = await record(answered(500, 'broken'), aJob({ attempt: 3 }));
    expect(steps).toEqual(['attempt 3', 'row waiting', 'health broken']);
    expect(row).toMatchObject({ attempt: 4, step: 3, due: receivedMs + hour + 2 * minute });
  });

  test('of the last invocation of a chain has no message either: the sweep sends it at its time', async () => {
    const { record, steps } = aWorld(undefined, receivedMs + hour, true);
    expect(await record(answered(500, 'broken'))).toMatchObject({
      attempt: 2,
      status: 'waiting',
      due: receivedMs + hour + 5 * second,
    });
    expect(steps).toEqual(['attempt 1', 'row waiting', 'health broken']);
  });

  test('of a probe moves no schedule, and that of the lane does', async () => {
    const parked = aRow({ status: 'parked', attempt: 3, step: 2 });
    const probed = await aWorld(parked).record(answered(500, 'broken'), aJob({ attempt: 3 }), 'probe');
    expect(probed).toMatchObject({ status: 'parked', attempt: 4, step: 2 });
    expect(probed).not.toHaveProperty('due');
    const served = await aWorld(parked).record(answered(500, 'broken'), aJob({ attempt: 3 }), 'lane');
    expect(served).toMatchObject({ status: 'waiting', attempt: 4, step: 3 });
  });

  test('after the limit gives it up, which is counted before its row ends', async () => {
    const old = aRow({ attempt: 14, step: 13 });
    const { record, steps } = aWorld(old, receivedMs + 72 * hour);
    expect(await record(answered(500, 'broken'), aJob({ attempt: 14 }))).toMatchObject({
      status: 'given_up',
      attempt: 15,
    });
    expect(steps).toEqual(['attempt 14', 'given up 1', 'timer', 'row given_up', 'health broken']);
  });

  test('that the row does not expect changes nothing', async () => {
    const row = aRow({ attempt: 5, step: 4 });
    const { record, steps } = aWorld(row);
    expect(await record(answered(500, 'broken'), aJob({ attempt: 4 }))).toEqual(row);
    expect(steps).toEqual(['attempt 4', 'health broken']);
  });
});

describe('a late success', () => {
  test('counts whatever the row expects', async () => {
    const row = aRow({ status: 'given_up', attempt: 15 });
    expect(await aWorld(row).record(answered(200, 'delivered'), aJob({ attempt: 3 }))).toMatchObject({
      status: 'delivered',
      attempt: 15,
    });
  });

  test('does not count for what was redelivered since', async () => {
    const row = aRow({ status: 'waiting', attempt: 16, redelivery: 1 });
    expect(await aWorld(row).record(answered(200, 'delivered'), aJob({ attempt: 3 }))).toEqual(row);
  });
});

test('410 ends a delivery', async () => {
  expect(await aWorld().record(answered(410, 'gone'))).toMatchObject({ status: 'failed', reason: 'gone', attempt: 2 });
});

describe('an answer that the destination does not want to be tried again', () => {
  const settings = { retryOn: ['5xx'] };
  const ended = { status: 'failed', reason: 'not_retried', attempt: 2 };

  test('ends the delivery, and its attempt is kept', async () => {
    const { record, steps } = aWorld();
    expect(await record(answered(404, 'refused'), aJob(), 'dispatch', settings)).toMatchObject(ended);
    expect(steps).toEqual(['attempt 1', 'row failed', 'health refused']);
  });

  test('ends it too for a probe and for the lane', async () => {
    for (const via of ['probe', 'lane'] as const) {
      const parked = aRow({ status: 'parked' });
      expect(await aWorld(parked).record(answered(404, 'refused'), aJob(), via, settings)).toMatchObject(ended);
    }
  });

  test('does not end it if it is on the list, is a 429, or is none', async () => {
    const note = { at: receivedMs, ms: 5, outcome: 'timeout' };
    const unanswered = { kind: 'broken', generation: 1, note, ended: receivedMs + 5 } as const;
    for (const result of [answered(503, 'broken'), answered(429, 'limited'), unanswered])
      expect(await aWorld().record(result, aJob(), 'dispatch', settings)).toMatchObject({
        status: 'waiting',
        attempt: 2,
      });
  });
});

test('the next attempt is by the schedule of the destination', async () => {
  const row = await aWorld(aRow({ attempt: 3, step: 2 })).record(
    answered(500, 'broken'),
    aJob({ attempt: 3 }),
    'dispatch',
    {
      schedule: [5, 600],
    },
  );
  expect(row).toMatchObject({ attempt: 4, step: 3, due: receivedMs + hour + 10 * minute });
});

test.each<[AttemptResult, object]>([
  [{ kind: 'expired' }, { status: 'expired' }],
  [
    { kind: 'cancelled', reason: 'transform_empty' },
    { status: 'cancelled', reason: 'transform_empty' },
  ],
  [
    { kind: 'failed', reason: 'transform_error', cause: 'why' },
    { status: 'failed', reason: 'transform_error', cause: 'why' },
  ],
])('%j ends it without an attempt', async (result, expected) => {
  const { record, steps } = aWorld();
  expect(await record(result)).toMatchObject({ ...expected, attempt: 1 });
  expect(steps).toHaveLength(1);
});

test.each<AttemptResult>([{ kind: 'paused' }, { kind: 'fenced' }])('%j changes nothing', async (result) => {
  const { record, steps } = aWorld(aRow({ status: 'parked' }));
  await record(result, aJob(), 'lane');
  expect(steps).toEqual([]);
});

test('a fault of ours is no attempt: it is tried again soon at first, and later if it lasts, until the limit', async () => {
  const later: AttemptResult = { kind: 'later', fault: 'ThrottlingException' };
  const at = (age: number) => aWorld(aRow({ madeAt: receivedMs }), receivedMs + age).record(later);
  expect(await at(0)).toMatchObject({ status: 'waiting', attempt: 1, due: receivedMs + 30 * second });
  expect(await at(8 * minute)).toMatchObject({ due: receivedMs + 10 * minute });
  expect(await at(5 * hour)).toMatchObject({ due: receivedMs + 5 * hour + 15 * minute });
  // The last attempt of the schedule is due then, and must not be lost by a fault of ours.
  expect(await at(72 * hour)).toMatchObject({ status: 'waiting', due: receivedMs + 72 * hour + 15 * minute });
  expect(await at(73 * hour)).toMatchObject({ status: 'given_up' });
});

test('a fault of ours is in the log, where an alarm counts it, but not a lack of concurrency, which has its own', async () => {
  const { record, lines } = aWorld();
  await record({ kind: 'later', fault: 'transform_throttled' });
  await record({ kind: 'paused' });
  expect(lines).toEqual([]);
  await record({ kind: 'later', fault: 'AccessDeniedException' });
  const { event, to } = aJob();
  expect(lines).toEqual([
    { warning: 'attempt_postponed', fault: 'AccessDeniedException', event, destination: to.name, level: 'warn' },
  ]);
});
