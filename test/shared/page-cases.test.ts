/** Whoever reads a list to its end does so with pages of one item. `page-readers.test.ts` finds the readers. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeAll, expect, test } from '@jest/globals';
import { readPages } from '../../clients/cli/commands/listing.ts';
import { searched } from '../../clients/cli/commands/search.ts';
import { cancelDeliveries } from '../../shared/deliveries/dispatch/cancel-deliveries.ts';
import { deliveryLists } from '../../shared/deliveries/dispatch/delivery-lists.ts';
import type { DeliveryRow } from '../../shared/deliveries/dispatch/delivery-row.ts';
import { deliveryTable } from '../../shared/deliveries/dispatch/delivery-table.ts';
import { freshHealth } from '../../shared/deliveries/dispatch/destination-health.ts';
import { gather } from '../../shared/deliveries/dispatch/lane-gather.ts';
import { timerKeeper } from '../../shared/deliveries/dispatch/lane-timer.ts';
import { type LanePorts, parkedRows, type Turn } from '../../shared/deliveries/dispatch/lane-turn.ts';
import type { DueItem } from '../../shared/deliveries/dispatch/ports.ts';
import { countDeliveries } from '../../shared/deliveries/dispatch/redelivery-plan.ts';
import { sweepShard } from '../../shared/deliveries/dispatch/sweep-due.ts';
import { listSecrets } from '../../shared/endpoints/credential/secret-store.ts';
import { newConnection } from '../../shared/endpoints/endpoint/connection.ts';
import type { EventRow } from '../../shared/events/event/event.ts';
import { countEvents } from '../../shared/events/event/event-count.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { readSpan } from '../../shared/ground/aws/journal-span.ts';
import { readMergedPage } from '../../shared/ground/aws/merged-page.ts';
import type { ApiClient } from '../../shared/operators/api/api-client.ts';
import { wholeList } from '../../shared/operators/api/whole-list.ts';
import { searchEvents } from '../../shared/operators/operation/search-events.ts';
import { type ListEvents, liveBatches, positionNow } from '../../shared/operators/wait/live-events.ts';
import { startAt } from '../../shared/operators/wait/read-position.ts';
import { anOperator } from '../functions/given-operator.ts';
import { answerOfOne, asked, note, pageOfOne, queryOneByOne } from '../support/pages-of-one.ts';
import { someDeliveries } from './deliveries/dispatch/given-deliveries.ts';
import { aDestination, aRow, receivedMs } from './deliveries/dispatch/given-delivery.ts';
import { deliveriesKeys } from './deliveries/dispatch/given-delivery-table.ts';
import { givenDynamodb } from './given-dynamodb.ts';
import { anEventList, at } from './operators/wait/given-event-list.ts';

// The modules make their clients when they are loaded. No test here uses them.
process.env['OIDC_OPERATOR_DAYS'] = '';
for (const name of variables) process.env[name] ??= '1';
const { apiOperators } = await import('../../functions/api-operators.ts');
const { raiseAlerts } = await import('../../functions/raise-alerts.ts');

const names = ['a', 'b', 'c'];
const same = (name: string): string => name;
const hour = 3_600_000;
const now = new Date(receivedMs);

const { client, createTable } = givenDynamodb();
let journal = '';
let deliveries = '';
beforeAll(async () => {
  journal = await createTable({ hash: 'pk', range: 'sk' });
  deliveries = await createTable(deliveriesKeys);
  for (const name of names)
    await client.send(new PutItemCommand({ TableName: journal, Item: { pk: { S: 'p' }, sk: { S: name } } }));
  const { rows, putAttempt } = deliveryTable(client, deliveries);
  const row = aRow();
  await rows.write(row, row, undefined);
  for (const attempt of [1, 2, 3]) await putAttempt(row, attempt, { at: attempt, ms: 1, outcome: 'timeout' });
  queryOneByOne(client);
});

const keyOf = ({ rule }: DeliveryRow): string => rule;

/** Deliveries in memory, in pages of one. */
async function aWorld(...rows: DeliveryRow[]) {
  const world = someDeliveries({ now: receivedMs });
  for (const row of rows) await world.put(row);
  const { listByState, listDue } = world.ports.deliveries;
  const dueKeyOf = (item: DueItem): string => ('row' in item ? keyOf(item.row) : item.timer.to.id);
  const paged = {
    ...world.ports.deliveries,
    listByState: async (id: string, state: 'waiting' | 'parked', after: string | undefined) =>
      pageOfOne((await listByState(id, state, undefined)).items, keyOf, after),
    listDue: async (shard: number, until: number, after: string | undefined) =>
      pageOfOne((await listDue(shard, until, undefined)).items, dueKeyOf, after),
  };
  const base = { ...world.ports, deliveries: paged as typeof world.ports.deliveries };
  const ports = { ...base, ensureTimer: timerKeeper(base) } as unknown as LanePorts & typeof base;
  const lease = { to: { id: 'dst_1', name: 'orders' }, owner: 'me', until: receivedMs + hour, isCareful: false };
  const turn: Turn = { lease, done: new Set(), timer: undefined, health: undefined, isEmpty: true };
  return { ...world, ports, turn, states: () => [...world.rows.items.values()].map(({ value }) => value.status) };
}

const three = (change: Partial<DeliveryRow>): DeliveryRow[] => names.map((rule) => aRow({ ...change, rule }));

/** The events of a list by the API, in pages of one. */
const listOf = (arrivals: readonly number[], upTo: number): ListEvents => {
  const events = arrivals.map((arrives) => ({ id: `at-${arrives}`, arrives, delay: 0 }));
  const list = anEventList(events, { now: () => upTo + 15_000, pageSize: 1 });
  return (query) => {
    note(query.cursor?.slice(-4));
    return list(query);
  };
};

async function batchesOf(list: ListEvents, from: number): Promise<string[][]> {
  const batches: string[][] = [];
  const options = { list, start: startAt(at(from)), pause: async () => false };
  for await (const { events } of liveBatches(options)) batches.push(events.map(({ id }) => id));
  return batches;
}

const eventRows = names.map((id): EventRow => {
  const fields = { endpointId: 'e1', type: 'paid', method: 'POST', size: 2, units: 1, tokenId: 'tok_1' };
  return { ...fields, id, receivedAt: now.toISOString() } as EventRow;
});
const eventPages = {
  list: async (_: string, { after }: { after: string | undefined }) => {
    const { items, next } = pageOfOne(eventRows, ({ id }) => id, after);
    return { events: items, next };
  },
};

/** What each of them makes of three items, and what it has to be. */
const cases: Record<string, () => Promise<[found: unknown, expected: unknown, cursors?: unknown[]]>> = {
  'clients/cli/commands/listing.ts readPages': async () => {
    const read = async ({ cursor }: { cursor?: string }) => answerOfOne(names, same, cursor);
    return [await readPages({ limit: 50 }, read), { items: names, nextCursor: null }];
  },
  'clients/cli/commands/search.ts searched': async () => {
    const call = async (_: string, { body }: { body: { cursor?: string } }) => ({
      ...answerOfOne(names, same, body.cursor),
      ...{ examined: 2, skipped: { large: 1 }, upTo: body.cursor ?? 'first' },
    });
    const found = await searched({ call } as unknown as ApiClient, 'orders', {}, { limit: 50, examine: 50 });
    return [found, { items: names, nextCursor: null, examined: 6, skipped: { large: 3 }, upTo: 'first' }];
  },
  'functions/api-operators.ts listNames': async () => {
    const lines = names.map((id) => ({ operator: { id, name: `name of ${id}` } }));
    const list = async ({ before }: { before: number | undefined }) => {
      const position = before === undefined ? undefined : `after ${names[before]}`;
      const { items, next } = pageOfOne(lines, ({ operator }) => operator.id, position);
      return { lines: items, next: next === undefined ? undefined : names.indexOf(next.slice(-1)) };
    };
    const deps = { history: { list }, roster: { readRoster: async () => ({ operators: [] }) } };
    const { body } = await anOperator(apiOperators(deps as never)).ask('GET /v1/operators/names');
    return [body, { items: lines.map(({ operator }) => operator) }];
  },
  'functions/raise-alerts.ts pagesOf': async () => {
    const endpoint = { status: 'active', settings: { alerts: { silence: { minutes: 60 } } }, tokens: [] };
    const connections = names.map((name) => ({ id: name, name, version: 1, updatedAt: now.toISOString(), endpoint }));
    const seen: string[] = [];
    await raiseAlerts({
      alerts: { list: async () => [] },
      store: {
        async listConnections(_: number, after: string | undefined) {
          const { items, next } = pageOfOne(connections, ({ name }) => name, after);
          return { connections: items, next };
        },
      },
      usage: { lastEventAt: async (id: string) => [seen.push(id), now.toISOString()][1] },
      now: () => now,
      log: () => undefined,
    } as never)();
    return [seen, names];
  },
  'shared/operators/api/whole-list.ts wholeList': async () => [
    await wholeList(async ({ cursor }) => answerOfOne(names, same, cursor)),
    names,
  ],
  'shared/ground/aws/journal-span.ts readSpan': async () => {
    const span = { pk: 'p', least: 'a', greatest: 'c', order: 'asc' } as const;
    const { items, complete } = await readSpan(client, journal, span, {});
    return [
      [items.map(({ sk }) => sk?.S), complete],
      [names, true],
      [undefined, 'a', 'b', 'c'],
    ];
  },
  'shared/ground/aws/merged-page.ts readMergedPage': async () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((each) => ({ at: each }));
    const partitions = [rows.filter((_, index) => index % 2 === 0), rows.filter((_, index) => index % 2 === 1)];
    const readAll = async (after: string | undefined) =>
      partitions.map((each) => {
        const { items, next } = pageOfOne(each, (row) => row.at, after && `after ${after}`);
        return { rows: items, isLast: next === undefined };
      });
    const page = await readMergedPage({ order: 'asc', limit: 6, after: undefined }, 2, readAll, () => true);
    // Each round reads both partitions, and ends at the first of their last rows.
    return [
      page,
      { rows, next: undefined },
      [undefined, 'a', 'b', 'c', 'd'].flatMap((at) => [at, at].map((key) => key && `after ${key}`)),
    ];
  },
  'shared/ground/aws/whole-query.ts wholeQuery': async () => {
    const [delivery] = await deliveryLists(client, deliveries).ofEventWithAttempts(aRow().event);
    const attempts = await deliveryTable(client, deliveries).listAttempts(aRow());
    const key = '2026-03-01T12:00:00.000Z#to-orders#0';
    const attemptKeys = [`${key}#000001`, `${key}#000002`, `${key}#000003`];
    return [
      [delivery?.row.rule, delivery?.attempts.map((note) => note.at), attempts.map(({ attempt }) => attempt)],
      ['to-orders', [1, 2, 3], [1, 2, 3]],
      [undefined, key, ...attemptKeys, undefined, ...attemptKeys],
    ];
  },
  'shared/endpoints/credential/secret-store.ts listSecrets': async () => {
    const secrets = names.map((name) => ({ Name: `p/${name}`, CreatedDate: now }));
    const send = async ({ input }: { input: { NextToken?: string } }) => {
      const { items, next } = pageOfOne(secrets, ({ Name }) => Name.slice(2), input.NextToken);
      return { SecretList: items, NextToken: next };
    };
    const found: string[] = [];
    for await (const page of listSecrets({ send } as unknown as SecretsManagerClient, 'p/'))
      found.push(...page.map(({ name }) => name));
    return [found, ['p/a', 'p/b', 'p/c']];
  },
  'shared/deliveries/dispatch/cancel-deliveries.ts cancelDeliveries': async () => {
    const parked = three({ event: 'evt_2', status: 'parked' });
    const { ports, states } = await aWorld(...three({ status: 'waiting' }), ...parked);
    const { cancelled, sample } = await cancelDeliveries('dst_1', receivedMs + hour, ports);
    return [
      [cancelled, sample.length, ...states()],
      [6, 6, ...Array(6).fill('cancelled')],
      [undefined, 'after a', 'after b', undefined, 'after a', 'after b'],
    ];
  },
  'shared/deliveries/dispatch/lane-gather.ts gather': async () => {
    const health = { ...freshHealth(1), gather: true };
    const { ports, turn, states } = await aWorld(...three({ due: receivedMs + 2 * hour }));
    await ports.deliveries.health.write('dst_1', health, undefined);
    await gather(turn, health, ports);
    return [
      [...states(), (await ports.deliveries.health.read('dst_1'))?.value.gather],
      ['parked', 'parked', 'parked', false],
    ];
  },
  'shared/deliveries/dispatch/lane-turn.ts parkedRows': async () => {
    const { ports, turn } = await aWorld(...three({ status: 'parked' }));
    const found: string[] = [];
    for await (const page of parkedRows(turn, aDestination(), undefined, ports))
      found.push(...page.map(({ rule }) => rule));
    return [found, names];
  },
  'shared/deliveries/dispatch/sweep-due.ts sweepShard': async () => {
    const { ports, sent } = await aWorld(...three({ due: receivedMs }));
    const { sent: count, isDone } = await sweepShard(0, ports);
    return [
      [count, isDone, sent.dispatch.map(([{ rule }]) => rule)],
      [3, true, names],
      // The first look only asks whether anything is due.
      [undefined, undefined, 'after a', 'after b'],
    ];
  },
  'shared/ground/job/job-count.ts readFirstPages': async () => {
    const rows = three({ status: 'given_up' });
    const ended = async (_: string, { after }: { after: string | undefined }) => {
      const { items, next } = pageOfOne(rows, keyOf, after);
      return { rows: items, next };
    };
    const range = { from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' };
    const deliveries = await countDeliveries({ ended }, 'dst_1', { ...range, statuses: ['given_up'] } as never, now);
    const events = await countEvents(eventPages, 'con_1', { from: range.from }, now, () => true);
    const cursors = [undefined, 'after a', 'after b'];
    return [
      [
        [deliveries.count, deliveries.complete, deliveries.sample.map(({ rule }) => rule)],
        [events.count, events.complete, events.sample.map(({ id }) => id)],
      ],
      [
        [3, true, names],
        [3, true, names],
      ],
      [...cursors, ...cursors],
    ];
  },
  'shared/operators/operation/search-events.ts searchEvents.read': async () => {
    const connection = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'con_1', {
      by: 'op_1',
      now,
    });
    const ports = {
      store: { readConnection: async () => connection },
      events: eventPages,
      rejections: { lookThrough: async () => ({ found: [], totals: {}, complete: true }) },
      clock: () => 0,
    };
    const input = { name: 'orders', match: { type: ['paid'] }, after: undefined, withholdsTokens: false };
    const context = { actor: { id: 'op_1', role: 'connection_admin' }, now, requestId: 'r1' } as const;
    const { found, examined, next } = await searchEvents(input, context, ports as never);
    return [
      [found.map(({ id }) => id), examined, next],
      [names, 3, undefined],
    ];
  },
  // A position that is hours old is read from its beginning, page by page.
  'shared/operators/wait/live-events.ts catchUp': async () => [
    await batchesOf(listOf([0, 1, 2], hour), 0),
    [['at-0'], ['at-1'], ['at-2']],
    [undefined, undefined, 'at-0', 'at-1'],
  ],
  'shared/operators/wait/live-events.ts liveBatches': async () => [
    await batchesOf(listOf([0, 1, 2], 1_000), 0),
    [['at-0', 'at-1', 'at-2']],
    [undefined, 'at-2', 'at-1'],
  ],
  'shared/operators/wait/live-events.ts positionNow': async () => [
    await positionNow(listOf([2_000, 3_000, 4_000], 1_000)),
    { from: at(1_000), handled: { 'at-2000': at(2_000), 'at-3000': at(3_000), 'at-4000': at(4_000) } },
    [undefined, undefined, '4000', '3000'],
  ],
  'shared/operators/wait/live-events.ts restOf': async () => {
    const { handled } = await positionNow(listOf([2_000, 3_000, 4_000, 5_000], 1_000));
    return [Object.keys(handled).length, 4, [undefined, undefined, '5000', '4000', '3000']];
  },
};

test.each(Object.entries(cases))('%s reads all of pages of one', async (_, run) => {
  asked.length = 0;
  const [found, expected, cursors = [undefined, 'after a', 'after b']] = await run();
  expect([found, asked]).toEqual([expected, cursors]);
});
