/** What the statistics cost: the calls and write units of the Journal, counted by hand. `docs/cost.md` has the sums. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { rejectionReader } from '../../shared/events/arrival/rejection-reader.ts';
import { usageTable } from '../../shared/events/arrival/usage-table.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { itemBytes, writeUnits } from '../../shared/ground/aws/item-size.ts';
import { activityMarker } from '../../shared/ground/statistics/activity-mark.ts';
import { minuteAdder } from '../../shared/ground/statistics/minute-count-table.ts';
import { statisticsTable } from '../../shared/operators/journal/statistics-table.ts';
import { summaryTable } from '../../shared/operators/journal/summary-table.ts';
import { inserted } from '../shared/endpoints/endpoint/given-record.ts';
import { aStoredEvent } from '../shared/events/event/given-event.ts';
import { givenJournal } from '../shared/operators/journal/given-journal.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= 'unused';
const { countStoredEvents, setStatistics } = await import('../../functions/count-events.ts');

const { client, table, sent } = givenJournal();
const log = () => undefined;
const begin = Date.parse('2026-03-01T12:00:00.000Z');
/** Dollars for a million units, of on-demand tables in us-east-1. */
const [writeUnit, readUnit] = [0.625, 0.125];

/** The write units of the writes since then, each by the size of its item now, which is the largest. */
async function unitsSince(before: number): Promise<number> {
  let units = 0;
  for (const { name, input } of sent.slice(before)) {
    const { Key } = input as { Key?: Record<string, { S: string }> };
    if (name !== 'UpdateItem' || !Key) continue;
    const { Item = {} } = await client.send(new GetItemCommand({ TableName: table, Key }));
    units += writeUnits(itemBytes(Item as never));
  }
  return units;
}

test('a hundred webhooks a second cost about five cents a million in counts', async () => {
  const clock = { now: begin };
  const usage = usageTable(client, table);
  // The stream of a new table has four parts, and each has an instance of its own.
  const counters = Array.from({ length: 4 }, () =>
    countStoredEvents({
      addToMinute: minuteAdder(client, table),
      usage,
      markActivity: activityMarker(client, table),
      noteReplay: async () => undefined,
      now: () => new Date(clock.now),
      log,
    }),
  );
  const before = sent.length;
  let webhooks = 0;
  for (let second = 0; second < 60; second += 2)
    for (const count of counters) {
      clock.now = begin + second * 1_000;
      const receivedAt = new Date(clock.now).toISOString();
      const Records = Array.from({ length: 50 }, () => {
        webhooks += 1;
        return inserted(aStoredEvent({}, { connectionId: 'con_1', receivedAt }), webhooks);
      });
      expect(await count({ Records })).toEqual({ batchItemFailures: [] });
    }
  const writes = sent.slice(before).filter(({ name }) => name === 'UpdateItem');
  // Each batch counts for the connection and for all. Each instance notes the token, the last event and a mark once.
  expect(writes).toHaveLength(30 * 4 * 2 + 4 * 3);
  expect(webhooks).toBe(6_000);
  const units = await unitsSince(before);
  // The items of a minute remember its 120 batches, which makes them larger than a unit.
  expect(units / webhooks).toBeLessThan(0.083);
  expect((units / webhooks) * writeUnit).toBeLessThan(0.052);
});

/** A run of the schedule at this time. */
const scheduleAt = (ms: number) =>
  setStatistics({
    store: statisticsTable(client, table),
    usage: usageTable(client, table),
    rejections: rejectionReader(client, table),
    summaries: summaryTable(client, table),
    now: () => new Date(ms),
    log,
  });

test('the summary of a connection costs three reads and a small write in each minute with traffic', async () => {
  await scheduleAt(begin + 90 * 60_000)();
  const at = begin + 91 * 60_000;
  const receivedAt = new Date(at).toISOString();
  await countStoredEvents({
    addToMinute: minuteAdder(client, table),
    usage: usageTable(client, table),
    markActivity: activityMarker(client, table),
    noteReplay: async () => undefined,
    now: () => new Date(at),
    log,
  })({ Records: [inserted(aStoredEvent({}, { connectionId: 'con_2', receivedAt }), 7_000)] });
  const before = sent.length;
  await scheduleAt(at)();
  const calls = sent.slice(before).map(({ name }) => name);
  // Besides the six reads and the write of a minute in which nothing came.
  expect(calls.sort()).toEqual(['PutItem', 'PutItem', ...Array.from({ length: 9 }, () => 'Query')]);
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: { pk: { S: 'summary#con_2' }, sk: { S: '-' } } }),
  );
  expect(writeUnits(itemBytes(Item as never))).toBe(1);
});

test('a minute in which nothing came costs six reads of nothing and one small write: about six cents a month', async () => {
  const before = sent.length;
  await scheduleAt(begin)();
  const calls = sent.slice(before).map(({ name }) => name);
  // The four shards of the marks, the note of lateness and the progress.
  expect(calls.sort()).toEqual(['PutItem', ...Array.from({ length: 6 }, () => 'Query')]);
  const minutesOfMonth = 60 * 24 * 31;
  // A consistent read of nothing is one unit.
  expect((minutesOfMonth * (6 * readUnit + writeUnit)) / 1_000_000).toBeLessThan(0.07);
});
