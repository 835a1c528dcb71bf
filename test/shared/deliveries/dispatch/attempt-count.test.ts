/** Attempts at destinations from their end to what an operator reads of them. */
import { describe, expect, test } from '@jest/globals';
import { attemptCounter } from '../../../../shared/deliveries/dispatch/attempt-count.ts';
import type { AttemptResult } from '../../../../shared/deliveries/dispatch/attempt-result.ts';
import { countedAttempts } from '../../../../shared/deliveries/dispatch/counted-attempts.ts';
import type { DeliveryJob } from '../../../../shared/deliveries/dispatch/delivery-job.ts';
import { activityMarker } from '../../../../shared/ground/statistics/activity-mark.ts';
import { rangeOf, readStatistics } from '../../../../shared/ground/statistics/read-statistics.ts';
import { rollUp } from '../../../../shared/ground/statistics/roll-up.ts';
import { statisticsTable } from '../../../../shared/operators/journal/statistics-table.ts';
import { givenJournal } from '../../operators/journal/given-journal.ts';
import { aDestination, aJob } from './given-delivery.ts';

const { client, table, itemAt } = givenJournal();
const store = statisticsTable(client, table);
const begin = Date.parse('2026-03-01T12:00:10.000Z');

type Note = Partial<Extract<AttemptResult, { note: object }>['note']>;

/** The counter of one instance, whose attempts end in these ways. */
function aCounter(log: object[] = [], on = client) {
  const results: AttemptResult[] = [];
  const count = attemptCounter(on, table, activityMarker(on, table), (line) => void log.push(line));
  const clock = { now: () => begin };
  const counted = countedAttempts(async () => results.shift() as AttemptResult, count, clock);
  return {
    ...counted,
    async end(kind: 'delivered' | 'failed', note: Note, job: Partial<DeliveryJob> = {}) {
      results.push({
        kind,
        generation: 1,
        note: { at: begin, ms: 100, outcome: 'answered', status: 200, ...note },
      } as never);
      await counted.attempt(aJob(job), aDestination(), () => true);
    },
    async endUnsent() {
      results.push({ kind: 'later' } as never);
      await counted.attempt(aJob(), aDestination(), () => true);
    },
  };
}

const readAt = (now: Date, by: 'minute' | 'hour' | 'day', scope = 'con_1') =>
  readStatistics(scope, rangeOf(by, new Date(begin), new Date(now.getTime() + 1), now), now, {
    ...store,
    countWaiting: async (id) => Number(id.replace('dst_', '')) * 7,
  });

const shop = { id: 'dst_2', name: 'shop' };

describe('the attempts of a batch', () => {
  test('are counted for their connection and for all, by destination, when the batch ends', async () => {
    const counter = aCounter();
    await counter.end('delivered', {});
    await counter.end('delivered', { ms: 1_000 });
    await counter.end('failed', { ms: 15_000, outcome: 'timeout' } as never);
    await counter.end('delivered', {}, { to: shop });
    await counter.end('delivered', {}, { to: shop, connectionId: 'con_2' });
    await counter.endUnsent();
    await counter.end('delivered', {}, { test: true });
    const now = new Date(begin);
    expect((await readAt(now, 'minute'))[0]).not.toHaveProperty('destinations');
    await counter.writeCounts();
    await counter.writeCounts();
    // Half of the answers took 100 ms, and all but none 1 s, to ten percent. The attempt without an answer has no time.
    const orders = { delivered: 2, failed: 1, p50: 105, p95: 932, waiting: 7 };
    const one = { delivered: 1, failed: 0, p50: 105, p95: 105, waiting: 14 };
    expect((await readAt(now, 'minute'))[0]?.destinations).toEqual({ orders, shop: one });
    expect((await readAt(now, 'minute', 'all'))[0]?.destinations).toEqual({ orders, shop: { ...one, delivered: 2 } });
  });

  test('are in the hour and the day, which the schedule sets, and then say nothing of what waits', async () => {
    const counter = aCounter();
    await counter.end('failed', { status: 500 });
    await counter.writeCounts();
    const later = new Date(begin + 2 * 3_600_000);
    for (const _ of ['once', 'again']) await rollUp(later, later.toISOString(), store, async () => undefined);
    expect(await itemAt('sums#con_1', 'hour#2026-03-01T12')).toBeDefined();
    const expected = { orders: { delivered: 0, failed: 1, p50: 105, p95: 105 } };
    expect((await readAt(later, 'hour')).map(({ destinations }) => destinations)).toEqual([
      expected,
      undefined,
      undefined,
    ]);
    expect((await readAt(later, 'day', 'all'))[0]?.destinations).toMatchObject(expected);
  });

  test('are lost if they can not be written, which is only a line in the log', async () => {
    const log: object[] = [];
    const failing = { send: () => Promise.reject(Object.assign(new Error('x'), { name: 'Throttled' })) };
    const counter = aCounter(log, failing as never);
    await counter.end('delivered', {});
    await counter.writeCounts();
    expect(log).toEqual([{ warning: 'attempts_not_counted', fault: 'Throttled', destination: 'orders' }]);
  });
});
