/**
 * Redeliveries of many, on tables in memory. Whatever crashes and whichever invocation overtakes another, a job redelivers what a filter by
 * hand finds, each once. The test has its own clock.
 */
import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Deps } from '../../functions/run-redelivery-jobs.ts';
import type { DeliveryJob } from '../../shared/deliveries/dispatch/delivery-job.ts';
import { deliveryLists } from '../../shared/deliveries/dispatch/delivery-lists.ts';
import type { DeliveryRow } from '../../shared/deliveries/dispatch/delivery-row.ts';
import { deliveryStates, redeliverableStates } from '../../shared/deliveries/dispatch/delivery-states.ts';
import { deliveryTable } from '../../shared/deliveries/dispatch/delivery-table.ts';
import { destinationHistory } from '../../shared/deliveries/dispatch/destination-history.ts';
import { newRedelivery, type RedeliveryJob } from '../../shared/deliveries/dispatch/redelivery-job.ts';
import { redeliveryTable } from '../../shared/deliveries/dispatch/redelivery-table.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { revise, unchanged } from '../../shared/ground/aws/revised-item.ts';
import { aDestination, aRow, receivedMs } from '../shared/deliveries/dispatch/given-delivery.ts';
import { deliveriesKeys } from '../shared/deliveries/dispatch/given-delivery-table.ts';
import { givenDynamodb } from '../shared/given-dynamodb.ts';
import { count } from '../support/full-counts.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { runRedeliveryJobs } = await import('../../functions/run-redelivery-jobs.ts');

const { client, createTable } = givenDynamodb();
const startedAt = receivedMs + 3_600_000;
const timeOf = (second: number) => new Date(receivedMs + second * 1000).toISOString();

/** Lets a call happen, or fail. */
type Call = <T>(call: () => Promise<T>) => Promise<T>;

const alive: Call = (call) => call();

/** An invocation that ends in the middle. */
interface Crash {
  /** Its call with this number and all later ones fail, before or after they did something. */
  dies: number;
  moment: 'before' | 'after';
  /** After how many calls of it the next one begins, because its lease has run out. Null if it begins after the end. */
  overtakenAt: number | null;
}

/** @param onCall is told the number of each call before it is made */
function mortal({ dies, moment }: Crash, onCall: (number: number) => void): Call {
  let made = 0;
  return async (call) => {
    made += 1;
    const number = made;
    onCall(number);
    if (number > dies || (number === dies && moment === 'before')) throw new Error('crash');
    const result = await call();
    if (number === dies) throw new Error('crash');
    return result;
  };
}

interface Given {
  rows: DeliveryRow[];
  /** What comes of each message: the queue refuses it, it lies there, or its delivery fails at once. */
  fate?: 'refused' | 'lies' | 'fails';
  isGone?: boolean;
}

/** The tables with these rows, and the invocations of the function. */
async function aWorld({ rows, fate = 'lies', isGone = false }: Given) {
  const [deliveriesTable, journal] = [
    await createTable(deliveriesKeys),
    await createTable({ hash: 'pk', range: 'sk' }),
  ];
  const clock = { now: startedAt };
  const sent: DeliveryJob[] = [];
  /** The places in their chains of the invocations that sent messages. */
  const places: number[] = [];
  const table = deliveryTable(client, deliveriesTable);
  for (const row of rows) await table.rows.write(row, row, undefined);

  /** An attempt was made, and its receiver wants no more of this. */
  const fail = (body: DeliveryJob) =>
    revise(table.rows, body, (row) => {
      if (row?.status !== 'waiting' || row.attempt !== body.attempt) return unchanged;
      const { due: _, nextAt: __, ...kept } = row;
      return { ...kept, status: 'failed' as const, attempt: row.attempt + 1, reason: 'gone' };
    });

  function depsOf(live: Call): Deps {
    const reached = { send: (command: never) => live(() => client.send(command)) } as unknown as DynamoDBClient;
    return {
      jobs: redeliveryTable(reached, journal),
      note: destinationHistory(reached, journal).note,
      lists: deliveryLists(reached, deliveriesTable),
      deliveries: deliveryTable(reached, deliveriesTable),
      queuesAt: (place: number) => ({
        dispatch: (messages: { body: DeliveryJob }[]) =>
          live(async () => {
            places.push(place);
            if (fate === 'refused') return messages;
            sent.push(...messages.map(({ body }) => body));
            if (fate === 'fails') for (const { body } of messages) await fail(body);
            return [];
          }),
      }),
      readDestination: () => live(async () => (isGone ? undefined : aDestination())),
      clock: { now: () => clock.now },
      wake: async () => {},
      newId: randomUUID,
      now: () => new Date(clock.now),
      sleep: async (ms: number) => {
        clock.now += ms;
      },
      log: () => {},
    } as unknown as Deps;
  }

  const jobs = redeliveryTable(client, journal);
  return {
    clock,
    sent,
    places,
    jobs,
    async invoke(live: Call = alive, payload: unknown = {}): Promise<void> {
      const deadline = clock.now + 90_000;
      await runRedeliveryJobs(depsOf(live))(payload, { getRemainingTimeInMillis: () => deadline - clock.now });
    },
    /** Invokes the function as the schedule does, until the job is closed. */
    async untilEnded({ id }: RedeliveryJob): Promise<RedeliveryJob> {
      for (let minute = 0; minute < 20; minute += 1) {
        await this.invoke();
        const job = await jobs.find('dst_1', id);
        if (job?.endedAt !== undefined) return job;
        clock.now += 60_000;
      }
      throw new Error('the job did not end');
    },
    rowsNow: () => Promise.all(rows.map(async (row) => (await table.rows.read(row))?.value)),
    history: async () => (await destinationHistory(client, journal).list('dst_1', { limit: 9, from: undefined })).lines,
  };
}

const aRedelivery = (more: Partial<RedeliveryJob> = {}): RedeliveryJob =>
  newRedelivery({
    ...{ id: `rdl_${randomUUID()}`, destination: 'orders', destinationId: 'dst_1', statuses: ['failed'], by: 'ada' },
    ...{ from: timeOf(0), to: timeOf(9), rate: 3, count: null, startedAt: new Date(startedAt).toISOString() },
    ...more,
  });

/** A delivery of one of few seconds, connections and rules, so that many have some of these in common. */
const anyRow = fc
  .record({
    status: fc.constantFrom(...deliveryStates),
    second: fc.integer({ min: 0, max: 9 }),
    to: fc.constantFrom('dst_1', 'dst_1', 'dst_1', 'dst_2'),
    connectionId: fc.constantFrom('con_1', 'con_2'),
    rule: fc.constantFrom('a', 'b'),
    replay: fc.constantFrom(0, 1),
    hasExpired: fc.constantFrom(false, false, false, true),
  })
  .map(({ second, to, hasExpired, ...row }) =>
    aRow({
      ...row,
      receivedAt: timeOf(second),
      to: { id: to, name: to === 'dst_1' ? 'orders' : 'bills' },
      expiresAt: startedAt / 1000 + (hasExpired ? -1 : 86_400),
      attempt: 2,
      last: { at: receivedMs, ms: 5, outcome: 'answered', status: 410 },
    }),
  );
const anyRows = fc
  .array(anyRow, { maxLength: 30, size: 'max' })
  .map((rows) => rows.map((row, at): DeliveryRow => ({ ...row, event: `evt_${String(at).padStart(26, '0')}` })));

const anyPlan = fc
  .record({
    bounds: fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
    statuses: fc.uniqueArray(fc.constantFrom(...redeliverableStates), { minLength: 1 }),
    connectionId: fc.constantFrom(undefined, undefined, 'con_1'),
    rule: fc.constantFrom(undefined, undefined, 'a'),
    rate: fc.constantFrom(1, 2, 5, 50),
  })
  .map(({ bounds: [one, other], statuses, connectionId, rule, rate }) =>
    aRedelivery({
      ...{ from: timeOf(Math.min(one, other)), to: timeOf(Math.max(one, other)), statuses, rate },
      ...(connectionId !== undefined && { connectionId, connection: 'orders' }),
      ...(rule !== undefined && { rule }),
    }),
  );

/** Invocations that end in the middle, one after another or at once. */
const anyCrashes: fc.Arbitrary<Crash[]> = fc.array(
  fc.record({
    dies: fc.integer({ min: 1, max: 40 }),
    moment: fc.constantFrom<'before' | 'after'>('before', 'after'),
    overtakenAt: fc.option(fc.integer({ min: 1, max: 20 })),
  }),
  { maxLength: 4 },
);

/** Whether the deliveries of a plan are to be sent again, apart from their end. */
const isMeant = (row: DeliveryRow, { from, to, statuses, connectionId, rule }: RedeliveryJob): boolean =>
  row.to.id === 'dst_1' &&
  [...statuses].some((status) => status === row.status) &&
  row.receivedAt >= from &&
  row.receivedAt <= to &&
  (connectionId === undefined || row.connectionId === connectionId) &&
  (rule === undefined || row.rule === rule);

const hasExpired = ({ expiresAt }: DeliveryRow): boolean => expiresAt * 1000 < startedAt;

/** The deliveries that a job is to send again, found by hand, and all others. */
function sortedOut(rows: DeliveryRow[], job: RedeliveryJob) {
  const isChosen = (row: DeliveryRow) => isMeant(row, job) && !hasExpired(row);
  return { chosen: rows.filter(isChosen), others: rows.filter((row) => !isChosen(row)) };
}

const messageOf = ({ event, attempt }: Pick<DeliveryRow, 'event' | 'attempt'>): string => `${event} ${attempt}`;

/** Redelivered once, and by this job. Its attempt has a number that no earlier message has. */
const redelivered = (row: DeliveryRow, job: RedeliveryJob) =>
  expect.objectContaining({
    ...{ event: row.event, redelivery: 1, redeliveryJob: job.id, redeliveredBy: 'ada', step: 0 },
  });

test('a job redelivers what a filter by hand finds, and counts it', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyPlan, fc.constantFrom('lies', 'fails'), async (rows, job, fate) => {
      const world = await aWorld({ rows, fate });
      await world.jobs.open(job);
      const { state, progress } = await world.untilEnded(job);
      const { chosen } = sortedOut(rows, job);
      expect(world.sent.map(messageOf).toSorted()).toEqual(
        chosen.map(({ event }) => messageOf({ event, attempt: 3 })).toSorted(),
      );
      const expired = rows.filter((row) => isMeant(row, job) && hasExpired(row)).length;
      expect([state, progress.done, progress.failed, progress.skipped]).toEqual(['done', chosen.length, 0, expired]);
    }),
    { numRuns: count({ usual: 20, full: 200 }) },
  );
});

test('a job redelivers each once, whatever crashes and runs at the same time', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRows,
      anyPlan,
      fc.constantFrom('refused', 'lies', 'fails'),
      anyCrashes,
      async (rows, job, fate, crashes) => {
        const world = await aWorld({ rows, fate });
        await world.jobs.open(job);
        const running: Promise<unknown>[] = [];
        for (const crash of crashes) {
          const overtaken = Promise.withResolvers<void>();
          const live = mortal(crash, (number) => number === crash.overtakenAt && overtaken.resolve());
          const ended = world.invoke(live).catch((error: Error) => {
            if (error.message !== 'crash') throw error;
          });
          running.push(ended);
          await Promise.race([ended, overtaken.promise]);
          // The lease that it leaves has run out before the next one begins.
          world.clock.now += 16_000;
        }
        await Promise.all(running);
        const { state, progress } = await world.untilEnded(job);
        const { chosen, others } = sortedOut(rows, job);
        const now = new Map((await world.rowsNow()).map((row) => [row?.event, row]));
        expect([state, progress.failed]).toEqual(['done', 0]);
        expect(chosen.map(({ event }) => now.get(event))).toEqual(chosen.map((row) => redelivered(row, job)));
        expect(others.map(({ event }) => now.get(event))).toEqual(others);
        // Each is sent once at most: a message that is lost with its invocation is sent by the sweep.
        const messages = world.sent.map(messageOf);
        const wanted = new Set(chosen.map(({ event }) => messageOf({ event, attempt: 3 })));
        expect([new Set(messages).size, messages.filter((message) => !wanted.has(message))]).toEqual([
          messages.length,
          [],
        ]);
      },
    ),
    { numRuns: count({ usual: 40, full: 300 }) },
  );
});

test.each([
  ['failed', 3, { expired: 1 }],
  ['given_up', 0, {}],
] as const)(
  'what is %s is sent, those of the oldest events first, and the rest is counted as skipped',
  async (status, done, skippedBecause) => {
    const rows = [5, 1, 3, 2].map((second) =>
      aRow({
        ...{ event: `evt_${String(second).padStart(26, '0')}`, receivedAt: timeOf(second), status: 'failed' },
        expiresAt: startedAt / 1000 + (second === 3 ? -1 : 86_400),
      }),
    );
    const world = await aWorld({ rows });
    const job = aRedelivery({ statuses: [status] });
    await world.jobs.open(job);
    const { state, progress } = await world.untilEnded(job);
    expect([state, progress.done, progress.skippedBecause]).toEqual(['done', done, skippedBecause]);
    expect(world.sent.map(({ receivedAt }) => receivedAt)).toEqual([timeOf(1), timeOf(2), timeOf(5)].slice(0, done));
  },
);

test.each([
  ['a schedule', {}, 1],
  ['an operator', { chain: 1 }, 2],
  ['the sixth of a chain', { chain: 6 }, 7],
])('what %s has woken sends messages from its place in the chain', async (_, payload, place) => {
  const world = await aWorld({ rows: [aRow({ receivedAt: timeOf(1), status: 'failed' })] });
  await world.jobs.open(aRedelivery());
  await world.invoke(alive, payload);
  expect([world.sent.length, world.places]).toEqual([1, [place]]);
});

test('what the queue refuses is due at the next sweep', async () => {
  const rows = [aRow({ receivedAt: timeOf(1), status: 'failed', expiresAt: startedAt / 1000 + 86_400 })];
  const world = await aWorld({ rows, fate: 'refused' });
  const job = aRedelivery();
  await world.jobs.open(job);
  await world.untilEnded(job);
  expect(await world.rowsNow()).toMatchObject([{ status: 'waiting', due: startedAt }]);
});

test('a job of a destination that is gone fails, and sends nothing', async () => {
  const rows = [aRow({ receivedAt: timeOf(1), status: 'failed' })];
  const world = await aWorld({ rows, isGone: true });
  const job = aRedelivery();
  await world.jobs.open(job);
  expect((await world.untilEnded(job)).state).toBe('failed');
  expect([world.sent, await world.rowsNow()]).toEqual([[], rows]);
});

test('a job that is cancelled ends before its next page, and the history has who did what, once', async () => {
  const rows = [aRow({ receivedAt: timeOf(1), status: 'failed' })];
  const world = await aWorld({ rows });
  const job = aRedelivery({ count: 1, rule: 'paid' });
  await world.jobs.open(job);
  await world.jobs.cancel('dst_1', job.id, { by: 'bob', at: new Date(startedAt + 1).toISOString() });
  expect((await world.untilEnded(job)).state).toBe('cancelled');
  await world.invoke();
  expect([world.sent, await world.history()]).toEqual([
    [],
    [
      { verb: 'cancelRedelivery', by: 'bob', at: new Date(startedAt + 1).toISOString(), of: job.id },
      {
        ...{ verb: 'startRedelivery', by: 'ada', at: job.startedAt, of: job.id, statuses: ['failed'], rule: 'paid' },
        ...{ eventsFrom: timeOf(0), eventsTo: timeOf(9), deliveryCount: 1 },
      },
    ],
  ]);
});
