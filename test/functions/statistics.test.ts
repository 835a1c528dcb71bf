/**
 * The statistics against a count by hand. A random history has webhooks, duplicates, conflicts, holds, releases, replays, expiry, refusals and
 * webhooks that the relay gives up. Meanwhile the counter of the stream crashes and gets batches again, writes are refused or lost, and the schedule
 * runs twice, late, or breaks off.
 */
import { DeleteItemCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import type { RejectionReason } from '../../shared/events/arrival/rejection.ts';
import { rejectionReader } from '../../shared/events/arrival/rejection-reader.ts';
import { duplicateCounter, requestRejectionCounter } from '../../shared/events/arrival/request-counter.ts';
import { usageTable } from '../../shared/events/arrival/usage-table.ts';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { activityMarker } from '../../shared/ground/statistics/activity-mark.ts';
import type { CountedField } from '../../shared/ground/statistics/counts.ts';
import { givenUpAdder } from '../../shared/ground/statistics/given-up-count.ts';
import { minuteAdder } from '../../shared/ground/statistics/minute-count-table.ts';
import { rangeOf, readStatistics } from '../../shared/ground/statistics/read-statistics.ts';
import type { StatisticsItem } from '../../shared/ground/statistics/statistics-view.ts';
import { statsOf, summarySourceOf } from '../../shared/operators/journal/connection-summary.ts';
import { statisticsTable } from '../../shared/operators/journal/statistics-table.ts';
import { summaryTable } from '../../shared/operators/journal/summary-table.ts';
import { inserted, modified, removed } from '../shared/endpoints/endpoint/given-record.ts';
import { aStoredEvent } from '../shared/events/event/given-event.ts';
import { givenDynamodb } from '../shared/given-dynamodb.ts';
import { count } from '../support/full-counts.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= 'unused';
const { countStoredEvents, setStatistics } = await import('../../functions/count-events.ts');

const { client, createTable } = givenDynamodb();
const begin = Date.parse('2026-03-01T10:57:30.000Z');
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
const silent = () => undefined;

// Only the steps lose a write. On a busy machine a real one may take longer than its limit.
beforeAll(() => {
  jest.spyOn(AbortSignal, 'timeout').mockReturnValue(new AbortController().signal);
});
afterAll(() => {
  jest.restoreAllMocks();
});

/** What becomes of a write: it is refused before it is made, or its answer is lost after it was made, or before. */
type Fault = 'none' | 'refused' | 'answer lost' | 'write lost';

/** A client whose writes meet these faults, one after another, and then none. With `dies`, nothing works after so many writes. */
function faulty(faults: Fault[] = [], dies = Number.POSITIVE_INFINITY): DynamoDBClient {
  let left = dies;
  const send = async (command: { constructor: { name: string } }, options?: object) => {
    if (!/^(Update|Put)Item/.test(command.constructor.name)) return client.send(command as never, options as never);
    left -= 1;
    const fault = left < 0 ? 'write lost' : (faults.shift() ?? 'none');
    const failed = (name: string, $fault: string) => Object.assign(new Error(name), { name, $fault });
    if (fault === 'refused') throw failed('ThrottlingException', 'client');
    if (fault === 'write lost') throw failed('TimeoutError', 'server');
    const answer = await client.send(command as never);
    if (fault === 'answer lost') throw failed('TimeoutError', 'server');
    return answer;
  };
  return { send } as unknown as DynamoDBClient;
}

const connections = ['con_1', 'con_2'] as const;
type ConnectionId = (typeof connections)[number];
const reasons = ['token_unknown', 'signature_mismatch'] as const satisfies RejectionReason[];

type Step =
  | { do: 'receive'; connection: ConnectionId; as: 'new' | 'held' | 'conflict' | 'test' | 'after expiry'; part: number }
  | { do: 'change'; which: number; how: 'release' | 'replay' | 'expire' | 'give up' | 'give up twice' }
  | { do: 'repeat'; connection: ConnectionId; times: number; instance: number; faults: Fault[] }
  | {
      do: 'refuse';
      connection: ConnectionId;
      reason: (typeof reasons)[number];
      times: number;
      instance: number;
      faults: Fault[];
    }
  | { do: 'count'; part: number; size: number; dies: number | null }
  | { do: 'schedule'; how: 'once' | 'twice' | number }
  | { do: 'wait'; ms: number };

const connection = fc.constantFrom(...connections);
const part = fc.nat({ max: 1 });
const faults = fc.array(fc.constantFrom<Fault>('none', 'none', 'refused', 'answer lost', 'write lost'), {
  maxLength: 4,
});
const requests = { connection, times: fc.constantFrom(1, 2, 14), instance: fc.nat({ max: 1 }), faults };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('receive'),
      connection,
      as: fc.constantFrom('new', 'new', 'held', 'conflict', 'test', 'after expiry'),
      part,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('change'),
      which: fc.nat({ max: 50 }),
      how: fc.constantFrom('release', 'replay', 'expire', 'give up', 'give up twice'),
    }),
  },
  fc.record({ do: fc.constant('repeat'), ...requests }),
  fc.record({ do: fc.constant('refuse'), reason: fc.constantFrom(...reasons), ...requests }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('count'),
      part,
      size: fc.integer({ min: 1, max: 8 }),
      dies: fc.option(fc.nat({ max: 6 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('schedule'),
      how: fc.oneof(fc.constantFrom('once', 'twice'), fc.nat({ max: 5 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait'),
      ms: fc.constantFrom(5 * second, 40 * second, 3 * minute, 50 * minute, 7 * hour),
    }),
  },
);

/** Something that happened, as a person would note it on paper. */
interface Noted {
  at: number;
  connection: ConnectionId | 'con_last';
  what: 'accepted' | 'held' | 'released' | 'conflicts' | 'givenUp' | 'duplicates' | RejectionReason;
}

/** A stored event, and the part of the stream that its records are in. */
interface Known {
  event: StoredEvent;
  connection: ConnectionId;
  part: number;
  isTest: boolean;
  /** When it came, or was released. Undefined while it is held, or after it was given up. */
  goesOutAt: number | undefined;
}

async function aWorld() {
  const table = await createTable({ hash: 'pk', range: 'sk' });
  const clock = { now: begin };
  const now = () => new Date(clock.now);
  const paper: Noted[] = [];
  const known: Known[] = [];
  /** The records of each part of the stream that are not yet counted. */
  const parts: DynamoDBRecord[][] = [[], []];
  let numbers = 0;

  const append = (part: number, recordOf: (number: number) => DynamoDBRecord): DynamoDBRecord => {
    numbers += 1;
    const record = recordOf(numbers);
    parts[part]?.push(record);
    return record;
  };

  const counterOn = (on: DynamoDBClient) =>
    countStoredEvents({
      addToMinute: minuteAdder(on, table),
      usage: usageTable(on, table),
      markActivity: activityMarker(on, table),
      noteReplay: async () => undefined,
      now,
      log: silent,
    });
  let counter = counterOn(client);

  /** Both instances of the functions that answer senders. Their clients meet the faults of the step. */
  const instances = [0, 1].map(() => {
    const faults: Fault[] = [];
    const on = faulty(faults);
    return {
      faults,
      countDuplicate: duplicateCounter(on, table, silent),
      countRejection: requestRejectionCounter(on, table, silent),
    };
  });
  const scheduleOn = (on: DynamoDBClient) =>
    setStatistics({
      ...{ store: statisticsTable(on, table), usage: usageTable(on, table), now, log: silent },
      ...{ rejections: rejectionReader(on, table), summaries: summaryTable(on, table) },
    })();

  /** The stream hands a batch to the counter, which may crash. What it did not count comes again, in a batch of any size. */
  async function countBatch(part: number, size: number, dies: number | null): Promise<void> {
    const pending = parts[part] ?? [];
    const batch = pending.slice(0, size);
    if (dies !== null) {
      await counterOn(faulty([], dies))({ Records: batch }).catch(silent);
      counter = counterOn(client);
      return;
    }
    const { batchItemFailures } = await counter({ Records: batch });
    if (batchItemFailures.length > 0) throw new Error('nothing was to fail');
    pending.splice(0, batch.length);
  }

  const receive = ({ connection, as, part }: Step & { do: 'receive' }): void => {
    const receivedAt = now().toISOString();
    const isTest = as === 'test';
    const event = aStoredEvent(
      {},
      {
        id: `evt_${String(numbers).padStart(26, '0')}`,
        connectionId: connection,
        receivedAt,
        ...(as === 'held' && { held: 'hold_1' }),
        ...(as === 'conflict' && { conflictsWith: `evt_${'f'.repeat(26)}` }),
        ...(isTest && { test: true }),
      },
    );
    const expired = { ...event, receivedAt: new Date(clock.now - 40 * day).toISOString() };
    append(part, (number) => (as === 'after expiry' ? modified(expired, event, number) : inserted(event, number)));
    known.push({ event, connection, part, isTest, goesOutAt: as === 'held' ? undefined : clock.now });
    if (isTest) return;
    paper.push({ at: clock.now, connection, what: 'accepted' });
    if (as === 'held') paper.push({ at: clock.now, connection, what: 'held' });
    if (as === 'conflict') paper.push({ at: clock.now, connection, what: 'conflicts' });
  };

  async function change({ which, how }: Step & { do: 'change' }): Promise<void> {
    const found = known[which % Math.max(1, known.length)];
    if (!found) return;
    const { event, connection, part, isTest, goesOutAt } = found;
    const { held, ...free } = event;
    if (how === 'release' && held !== undefined) {
      found.event = { ...free, releasedAt: now().toISOString() };
      found.goesOutAt = clock.now;
      append(part, (number) => modified(event, found.event, number));
      paper.push({ at: clock.now, connection, what: 'released' });
    }
    if (how === 'replay') {
      found.event = { ...event, replays: (event.replays ?? 0) + 1 };
      append(part, (number) => modified(event, found.event, number));
    }
    if (how === 'expire') append(part, (number) => removed(event, number));
    if (!how.startsWith('give up') || goesOutAt === undefined || isTest) return;
    // The relay has the same record as the counter, and may get it twice.
    numbers += 1;
    const { replays: _, ...first } = event;
    const record = inserted(first, numbers);
    const give = givenUpAdder(minuteAdder(client, table), activityMarker(client, table));
    await give(record, now());
    if (how === 'give up twice') await give(record, now());
    paper.push({ at: goesOutAt, connection, what: 'givenUp' });
    found.goesOutAt = undefined;
  }

  async function expireCounts(): Promise<void> {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
    for (const { pk = { S: '' }, sk = { S: '' }, expiresAt } of Items)
      if (Number(expiresAt?.N ?? Number.POSITIVE_INFINITY) * 1_000 < clock.now)
        await client.send(new DeleteItemCommand({ TableName: table, Key: { pk, sk } }));
  }

  const sample = { method: 'POST', sourceIp: '192.0.2.1', headers: [], faults: [] };

  async function run(step: Step): Promise<void> {
    if (step.do === 'receive') receive(step);
    if (step.do === 'change') await change(step);
    if (step.do === 'count') await countBatch(step.part, step.size, step.dies);
    if (step.do === 'wait') {
      clock.now += step.ms;
      // The schedule may be late, but not by the two days that minutes are kept.
      if (step.ms >= hour) await scheduleOn(client);
      await expireCounts();
    }
    if (step.do === 'schedule') {
      if (step.how === 'twice') await Promise.all([scheduleOn(client), scheduleOn(client)]);
      else await scheduleOn(step.how === 'once' ? client : faulty([], step.how)).catch(silent);
    }
    if (step.do !== 'repeat' && step.do !== 'refuse') return;
    const instance = instances[step.instance];
    instance?.faults.push(...step.faults);
    for (let n = 0; n < step.times; n += 1) {
      const request = { connectionId: step.connection, at: now() };
      const what = step.do === 'repeat' ? 'duplicates' : step.reason;
      if (step.do === 'repeat') await instance?.countDuplicate(request);
      else await instance?.countRejection({ ...request, reason: step.reason, sample });
      paper.push({ at: clock.now, connection: step.connection, what });
    }
    if (instance) instance.faults.length = 0;
  }

  /** Everything is counted in the end, and what was owed is written with later requests. */
  async function end(): Promise<void> {
    clock.now += 2 * minute;
    for (const part of [0, 1]) while (parts[part]?.length) await countBatch(part, 5, null);
    for (const { countDuplicate, countRejection } of instances)
      for (let n = 0; n < 5; n += 1) {
        clock.now += 2 * second;
        await countDuplicate({ connectionId: 'con_last', at: now() });
        paper.push({ at: clock.now, connection: 'con_last', what: 'duplicates' });
        await countRejection({ connectionId: 'con_last', reason: 'body_too_large', sample, at: now() });
      }
  }

  return { table, clock, paper, run, end, schedule: () => scheduleOn(client) };
}

const periods = [
  ['minute', 16],
  ['hour', 13],
  ['day', 10],
] as const;

/** Fields that may be too high if they are marked, and those that may be too low. */
const high = ['accepted', 'conflicts', 'givenUp'] as const;
const low = ['duplicates', ...reasons] as const;

function expectRight(item: StatisticsItem, noted: readonly Noted[], where: string): void {
  const onPaper = (what: Noted['what']): number => noted.filter((each) => each.what === what).length;
  const isMarked = (field: CountedField): boolean => item.inexact?.includes(field) ?? false;
  const said = (what: string, value: number): string => `${where} ${what}: ${value}`;
  for (const field of high) {
    const [is, should] = [item[field], onPaper(field)];
    if (isMarked(field)) expect(is).toBeGreaterThanOrEqual(should);
    else expect(said(field, is)).toBe(said(field, should));
  }
  for (const what of low) {
    const [is, should] = [what === 'duplicates' ? item.duplicates : (item.refused[what] ?? 0), onPaper(what)];
    if (isMarked(what === 'duplicates' ? what : 'refused')) expect(is).toBeLessThanOrEqual(should);
    else expect(said(what, is)).toBe(said(what, should));
  }
  const out = onPaper('accepted') - onPaper('held') + onPaper('released') - onPaper('givenUp');
  const published = isMarked('published') ? item.published : Math.max(0, out);
  expect(said('published', item.published)).toBe(said('published', published));
}

/** The minute of a time. */
const minuteIn = (ms: number): string => new Date(Math.floor(ms / minute) * minute).toISOString();

/** The last hour of each summary, and its last event, are those on paper, or above or below as statistics may be. */
async function expectRightSummaries(table: string, now: Date, paper: readonly Noted[]): Promise<void> {
  const store = statisticsTable(client, table);
  const progress = await store.progress();
  if (!progress) throw new Error('the schedule has run');
  const summaries = await summaryTable(client, table).read(connections);
  const first = Math.floor(now.getTime() / minute) * minute - 59 * minute;
  for (const connection of connections) {
    const mine = paper.filter((each) => each.connection === connection);
    const accepted = mine.filter(({ what }) => what === 'accepted').map(({ at }) => at);
    const summary = summaries.get(connection);
    if (!summary) {
      expect(mine).toEqual([]);
      continue;
    }
    // Right after the run, a row of the list is read from it.
    expect(summarySourceOf(summary, progress, new Date(`${progress.upTo}Z`))).toBe('summary');
    const { lastHour, complete, lastEventAt } = statsOf(summary, progress);
    expect(lastHour.upTo).toBe(new Date(first + 59 * minute).toISOString());
    const range = rangeOf('minute', new Date(first), new Date(first + hour), now);
    const items = await readStatistics(connection, range, now, { ...store, countWaiting: async () => 0 });
    const marked = items.map(({ inexact }) => inexact?.includes('accepted') ?? false);
    const byHand = items.map(({ at }) => accepted.filter((each) => minuteIn(each) === at).length);
    // A minute that is marked may be too high.
    const isRight = (is: number, at: number): boolean =>
      is === byHand[at] || (marked[at] === true && is > (byHand[at] ?? 0));
    expect(lastHour.eventsByMinute.map(isRight)).toEqual(new Array(60).fill(true));
    const refused = mine.filter(({ at, what }) => at >= first && reasons.some((reason) => reason === what)).length;
    if (complete) expect(`rejections: ${lastHour.rejections}`).toBe(`rejections: ${refused}`);
    else expect(lastHour.rejections).toBeLessThanOrEqual(refused);
    expect(lastEventAt && minuteIn(Date.parse(lastEventAt))).toBe(accepted.map(minuteIn).at(-1) ?? null);
  }
}

test('each count is that on paper, or is marked and wrong in the direction that its mark says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }),
      fc.integer({ min: minute, max: hour }),
      async (steps, idle) => {
        const { table, clock, paper, run, end, schedule } = await aWorld();
        for (const each of steps) await run(each);
        await end();
        await schedule();
        await expectRightSummaries(table, new Date(clock.now), paper);
        clock.now += idle;
        await schedule();
        // The hour has gone on, and nobody wrote the summaries anew.
        await expectRightSummaries(table, new Date(clock.now), paper);
        clock.now += hour;
        await schedule();
        const now = new Date(clock.now);
        const store = { ...statisticsTable(client, table), countWaiting: async () => 0 };
        for (const scope of ['all', ...connections])
          for (const [by, length] of periods) {
            const items = await readStatistics(scope, rangeOf(by, new Date(begin), now, now), now, store);
            for (const item of items) {
              const key = item.at.slice(0, length);
              const isThere = ({ at, connection }: Noted) =>
                new Date(at).toISOString().startsWith(key) && (scope === 'all' || connection === scope);
              expectRight(item, paper.filter(isThere), `${scope} ${key}`);
            }
            const first = clock.now - (by === 'minute' ? 2 * day : 400 * day);
            expect(items.length).toBeGreaterThan(0);
            expect(new Date(items[0]?.at ?? '').getTime()).toBeLessThanOrEqual(Math.max(first, begin));
          }
      },
    ),
    { numRuns: count({ usual: 12, full: 300 }), endOnFailure: true },
  );
});

test.each([
  ['hour', '2026-03-01T11:00:00.000Z', '2026-03-01T10:00:00.000Z'],
  ['day', '2026-03-02T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
] as const)(
  'by %s: an event of the last second is in its period as soon as it is counted, though the schedule ran before that',
  async (by, end, at) => {
    const { table, clock, run, schedule } = await aWorld();
    clock.now = Date.parse(end) - second;
    await run({ do: 'receive', connection: 'con_1', as: 'new', part: 0 });
    clock.now += 2 * second;
    await schedule();
    clock.now += 2 * second;
    await run({ do: 'count', part: 0, size: 1, dies: null });
    const store = { ...statisticsTable(client, table), countWaiting: async () => 0 };
    const now = new Date(clock.now + 20 * second);
    for (const scope of ['all', 'con_1']) {
      const items = await readStatistics(scope, rangeOf(by, new Date(at), now, now), now, store);
      expect(items.map((item) => [item.at, item.accepted])).toEqual([
        [at, 1],
        [end, 0],
      ]);
    }
  },
);
