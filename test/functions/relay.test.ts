import { describe, expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import type { Deps } from '../../functions/relay.ts';
import { type Connection, newConnection } from '../../shared/endpoints/endpoint/connection.ts';
import type { BusEntry } from '../../shared/events/bus/publication.ts';
import { deadLetterSchema } from '../../shared/ground/aws/dead-letter.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { inserted, modified, removed, tokenGuard } from '../shared/endpoints/endpoint/given-record.ts';
import { aStoredEvent } from '../shared/events/event/given-event.ts';
import { aMoment } from '../support/a-moment.ts';
import { count } from '../support/full-counts.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= 'unused';
const { relay } = await import('../../functions/relay.ts');

const invocation = {
  awsRequestId: 'r-1',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:relay',
  functionVersion: '$LATEST',
};

const idOf = (number: number) => `evt_${String(number).padStart(26, '0')}`;
const secretly = (number: number) => Buffer.from(`{"a":"body ${number}"}`);
const anEvent = (number: number, more = {}) => aStoredEvent({ body: secretly(number) }, { id: idOf(number), ...more });
const numberOf = ({ Detail }: BusEntry) => Number(JSON.parse(Detail).id.slice(4));

/**
 * The relay's dependencies. `entry` returns the bus's error code for an entry. `call` returns the error of a whole call.
 * `cannotNote` are the notes in the Journal that fail.
 */
function aWorld(
  given: {
    entry?: (entry: BusEntry) => string | undefined;
    call?: () => string | undefined;
    keep?: () => boolean;
    now?: Date;
    cannotNote?: string;
    /** Whether an event that is given up can be counted. */
    canCount?: () => boolean;
    /** Whether an event is neither in the queue nor written down. */
    notRouted?: (id: string) => boolean;
  } = {},
) {
  const published: BusEntry[] = [];
  const routed: string[] = [];
  const calls: number[] = [];
  const kept = new Map<string, string>();
  const lines: Record<string, unknown>[] = [];
  const connections: Record<string, Connection | Error> = {};
  const reads: string[] = [];
  const journal: string[] = [];
  const counted: string[] = [];
  const givenUp = new Set<string>();
  const note = async (text: string) => {
    await aMoment();
    if (given.cannotNote && text.startsWith(given.cannotNote)) throw new TypeError('the Journal takes no write');
    journal.push(text);
  };
  const deps: Deps = {
    async readConnection(name) {
      reads.push(name);
      const found = connections[name];
      if (found instanceof Error) throw found;
      return found;
    },
    async publish(entries) {
      const name = given.call?.();
      if (name) throw Object.assign(new Error('at Detail {"a":"body'), { name });
      calls.push(entries.length);
      return entries.map((entry) => {
        const code = given.entry?.(entry);
        if (code === undefined) published.push(entry);
        return code;
      });
    },
    async route(publications) {
      routed.push(...publications.map(({ event, replay = 0 }) => `${event.id} ${replay}`));
      return publications.filter(({ event }) => given.notRouted?.(event.id));
    },
    async keepDeadLetter(key, text) {
      if (given.keep?.() === false) throw Object.assign(new Error(text), { name: 'SlowDown' });
      kept.set(key, text);
    },
    bodiesBucket: 'bodies',
    noteTest: ({ connectionId, id }, at) => note(`test ${connectionId} ${id} ${at.toISOString()}`),
    countGivenUp: async ({ dynamodb }, at) => {
      if (given.canCount?.() === false) throw new RangeError('the Journal takes no count');
      counted.push(`${dynamodb?.NewImage?.['id']?.S} ${at.toISOString()}`);
    },
    relayLog: {
      beat: () => note('beat'),
      noteBehind: (number, since) => note(`behind ${number} ${since.toISOString()}`),
      forgetBehind: (number) => note(`forget ${number}`),
      async noteGivenUp({ connectionId, id, expiresAt }, { code, replays, at }) {
        await note(`given up ${Number(id.slice(4))} ${code} ${replays} of ${connectionId} at ${at} until ${expiresAt}`);
        givenUp.add(id);
      },
      givenUpOf: async () => [...givenUp],
      async forgetGivenUp({ id }) {
        await note(`no longer given up ${Number(id.slice(4))}`);
        givenUp.delete(id);
      },
    },
    now: () => given.now ?? new Date('2026-03-01T13:00:00.000Z'),
    log: (line, level = 'info') => lines.push({ level, ...line }),
  };
  const relayed = relay(deps);
  /** Runs a batch. @returns the sequence number from which the stream repeats it, if any */
  const run = async (Records: DynamoDBRecord[], msLeft = 180_000) => {
    const context = { ...invocation, getRemainingTimeInMillis: () => msLeft };
    const { batchItemFailures } = await relayed({ Records }, context);
    // As text, because toEqual takes [undefined] for an empty list.
    return batchItemFailures.map(({ itemIdentifier }) => String(itemIdentifier));
  };
  return { counted, published, routed, calls, kept, lines, connections, reads, journal, run };
}

/** The records in the dead letters. */
const recordsIn = (kept: Map<string, string>): DynamoDBRecord[] =>
  [...kept.values()].flatMap((text) => JSON.parse(String(deadLetterSchema.parse(JSON.parse(text)).payload)).Records);

const transient = ['InternalFailure', 'ThrottlingException', 'AccessDeniedException', 'NeverHeardOf'];
const final = [
  'InvalidArgument',
  'MalformedDetail',
  'NotAuthorizedForSourceException',
  'NotAuthorizedForDetailTypeException',
];

describe('the events of a batch go on to their destinations', () => {
  test('after the bus, with the number of their replay', async () => {
    const world = aWorld();
    const records = [
      inserted(anEvent(1), 1),
      modified(anEvent(2), anEvent(2, { replays: 3 }), 2),
      removed(anEvent(3), 3),
    ];
    expect(await world.run(records)).toEqual([]);
    expect(world.routed).toEqual([`${idOf(1)} 0`, `${idOf(2)} 3`]);
  });

  test('also if the bus refused them for good', async () => {
    const world = aWorld({ entry: () => 'InvalidArgument' });
    expect(await world.run([inserted(anEvent(1), 1)])).toEqual([]);
    expect(world.routed).toEqual([`${idOf(1)} 0`]);
    expect(world.lines).toContainEqual(expect.objectContaining({ outcome: 'relayed', refused: 1 }));
  });

  test('but not those from the first that the bus can not take now', async () => {
    const world = aWorld({ entry: (entry) => (numberOf(entry) === 2 ? 'InternalFailure' : undefined) });
    expect(await world.run([1, 2, 3].map((at) => inserted(anEvent(at), at)))).toEqual(['102']);
    expect(world.routed).toEqual([`${idOf(1)} 0`]);
  });

  test('but not those of a test', async () => {
    const world = aWorld();
    expect(await world.run([inserted(anEvent(2, { quiet: true, test: true }), 2)])).toEqual([]);
    expect(world.routed).toEqual([]);
  });

  test('and the batch is repeated from the first that is neither in the queue nor written down', async () => {
    const world = aWorld({ notRouted: (id) => id === idOf(2) });
    expect(await world.run([1, 2, 3].map((at) => inserted(anEvent(at), at)))).toEqual(['102']);
    expect(world.lines).toMatchObject([
      { level: 'warn', outcome: 'stuck', event: idOf(2), code: 'not routed' },
      { outcome: 'relayed', published: 1 },
    ]);
  });
});

describe('a batch', () => {
  test('is published in order with ten entries in a call, and logged in one line', async () => {
    const world = aWorld();
    const records = Array.from({ length: 23 }, (_, at) => inserted(anEvent(at), at));
    expect(await world.run(records)).toEqual([]);
    expect(world.published.map(numberOf)).toEqual(records.map((_, at) => at));
    expect(world.calls).toEqual([10, 10, 3]);
    expect(world.lines).toEqual([
      { level: 'info', outcome: 'relayed', records: 23, published: 23, held: 0, ignored: 0, refused: 0 },
    ]);
    expect(world.reads).toEqual([]);
  });

  test('publishes replays and releases, and ignores every other change of an event', async () => {
    const world = aWorld();
    const records = [
      modified(anEvent(1), anEvent(1, { replays: 1 }), 1),
      modified(anEvent(2, { held: 'h' }), anEvent(2), 2),
      modified(anEvent(3), anEvent(3, { expiresAt: 1 }), 3),
      removed(anEvent(4), 4),
    ];
    expect(await world.run(records)).toEqual([]);
    expect(world.published.map(({ Detail }) => JSON.parse(Detail).replay)).toEqual([1, undefined]);
    expect(world.lines).toMatchObject([{ published: 2, ignored: 2 }]);
  });

  test.each(transient)('is repeated from the first entry that gets %s', async (code) => {
    const world = aWorld({ entry: (entry) => (numberOf(entry) === 4 ? code : undefined) });
    const records = Array.from({ length: 15 }, (_, at) => inserted(anEvent(at), at));
    expect(await world.run(records)).toEqual(['104']);
    // Nothing is sent after a call that has to be repeated.
    expect(world.calls).toEqual([10]);
    expect(world.kept.size).toBe(0);
    expect(world.lines).toMatchObject([
      { level: 'warn', outcome: 'stuck', event: idOf(4), connection: 'orders', code },
      { level: 'info', outcome: 'relayed', records: 15, published: 4 },
    ]);
  });

  test('is repeated from the first record of a call that failed as a whole', async () => {
    let call = 0;
    const world = aWorld({ call: () => (++call === 2 ? 'TimeoutError' : undefined) });
    expect(await world.run(Array.from({ length: 25 }, (_, at) => inserted(anEvent(at), at)))).toEqual(['110']);
    expect(world.published).toHaveLength(10);
    expect(world.lines).toMatchObject([
      { level: 'warn', outcome: 'stuck' },
      { outcome: 'relayed', published: 10 },
    ]);
    expect(JSON.stringify(world.lines)).not.toContain('body');
  });

  test.each(final)('goes on after an entry that gets %s, which becomes a dead letter', async (code) => {
    const world = aWorld({ entry: (entry) => (numberOf(entry) === 1 ? code : undefined) });
    const records = [0, 1, 2].map((at) => inserted(anEvent(at), at));
    expect(await world.run(records)).toEqual([]);
    expect(world.published.map(numberOf)).toEqual([0, 2]);
    expect(recordsIn(world.kept)).toEqual([records[1]]);
    const [key = ''] = world.kept.keys();
    expect(key).toMatch(new RegExp(`^refused/2026-03-01T12\\.00\\.01-${idOf(1)}-[0-9a-f]{16}\\.json$`));
    expect(JSON.parse(world.kept.get(key) ?? '')).toMatchObject({
      requestContext: { requestId: 'r-1', functionArn: invocation.invokedFunctionArn, condition: code },
      version: '1.0',
      timestamp: '2026-03-01T13:00:00.000Z',
      DDBStreamBatchInfo: { startSequenceNumber: '101', endSequenceNumber: '101', batchSize: 1 },
    });
    expect(world.lines).toMatchObject([
      { level: 'error', outcome: 'given_up', event: idOf(1), connection: 'orders', code, object: key },
      { outcome: 'relayed', published: 2, refused: 1 },
    ]);
    expect(JSON.stringify(world.lines)).not.toContain('body');
  });

  test('keeps one dead letter for a record, even if the stream delivers the record again', async () => {
    const world = aWorld({ entry: () => 'InvalidArgument' });
    await world.run([inserted(anEvent(1), 1)]);
    await world.run([inserted(anEvent(1), 1)]);
    await world.run([inserted(anEvent(1), 2)]);
    expect(world.kept.size).toBe(2);
  });

  test('sends an entry as base64 if the bus calls it malformed', async () => {
    const world = aWorld({ entry: ({ Detail }) => (Detail.includes('"data":') ? 'MalformedDetail' : undefined) });
    expect(await world.run([inserted(anEvent(1), 1)])).toEqual([]);
    const { dataBase64 } = JSON.parse(world.published[0]?.Detail ?? '');
    expect(Buffer.from(dataBase64, 'base64')).toEqual(secretly(1));
    expect(world.kept.size).toBe(0);
  });

  test('is repeated if the bus throttles the base64 form of a malformed entry', async () => {
    const world = aWorld({
      entry: ({ Detail }) => (Detail.includes('"data":') ? 'MalformedDetail' : 'ThrottlingException'),
    });
    expect(await world.run([inserted(anEvent(1), 1)])).toEqual(['101']);
  });

  test("is repeated if the dead letter can't be stored", async () => {
    const world = aWorld({
      entry: (entry) => (numberOf(entry) === 1 ? 'InvalidArgument' : undefined),
      keep: () => false,
    });
    expect(await world.run([0, 1, 2].map((at) => inserted(anEvent(at), at)))).toEqual(['101']);
    expect(world.lines).toMatchObject([{ level: 'warn', outcome: 'stuck', code: 'not kept: SlowDown' }, {}]);
    expect(JSON.stringify(world.lines)).not.toContain('body');
  });

  test.each<[string, (record: DynamoDBRecord) => unknown]>([
    [
      'that is not an event',
      (record) => ({ ...record, dynamodb: { ...record.dynamodb, NewImage: { id: { S: 'x' } } } }),
    ],
    ['without an image', ({ dynamodb: { NewImage: _, ...rest } = {}, ...record }) => ({ ...record, dynamodb: rest })],
    ['with a number as its time', (record) => corrupt(record, 'receivedAt', { N: '1' })],
    ['with a truncated payload', (record) => corrupt(record, 'payload', { B: 'AA==' })],
    ['with a payload that is not zstd', (record) => corrupt(record, 'payload', { B: 'AQEBAQEB' })],
    ['with an attribute that is null', (record) => corrupt(record, 'path', null)],
    ['of an unknown kind', (record) => ({ ...record, eventName: 'TRUNCATE' })],
  ])('goes on after a record %s, which becomes a dead letter', async (_, spoil) => {
    const world = aWorld();
    const spoiled = spoil(inserted(anEvent(1), 1)) as DynamoDBRecord;
    expect(await world.run([inserted(anEvent(0), 0), spoiled, inserted(anEvent(2), 2)])).toEqual([]);
    expect(world.published.map(numberOf)).toEqual([0, 2]);
    expect(recordsIn(world.kept)).toEqual([spoiled]);
    expect(world.lines).toMatchObject([{ level: 'error', outcome: 'given_up', code: 'Unreadable' }, {}]);
  });

  test('keeps an empty record as a dead letter, or is repeated as a whole if the dead letter cannot be stored', async () => {
    const world = aWorld();
    expect(await world.run([{}])).toEqual([]);
    expect([...world.kept.keys()]).toEqual([expect.stringMatching(/^refused\/1970-01-01T00\.00\.00-unknown-/)]);
    const away = aWorld({ keep: () => false });
    expect(await away.run([{}])).toEqual(['']);
  });
});

const corrupt = (record: DynamoDBRecord, name: string, value: unknown) => ({
  ...record,
  dynamodb: { ...record.dynamodb, NewImage: { ...record.dynamodb?.NewImage, [name]: value } },
});

describe('an event that was stored during a hold', () => {
  const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', {
    by: 'op_1',
    now: new Date('2026-03-01T00:00:00.000Z'),
  });
  const endpoint = { id: 'e1', status: 'active' as const, settings: {}, guard: tokenGuard, tokens: [] };
  const heldBy = (id: string): Connection => ({
    ...opened,
    endpoint: { ...endpoint, hold: { id, since: opened.createdAt } },
  });
  const records = () => [
    inserted(anEvent(0), 0),
    inserted(anEvent(1, { held: 'h1' }), 1),
    inserted(anEvent(2, { held: 'h1' }), 2),
    inserted(anEvent(3), 3),
  ];

  test('is not published while that hold is in force, and the connection is read once for each batch', async () => {
    const world = aWorld();
    world.connections['orders'] = heldBy('h1');
    expect(await world.run(records())).toEqual([]);
    expect(world.published.map(numberOf)).toEqual([0, 3]);
    expect(world.reads).toEqual(['orders']);
    expect(world.lines).toMatchObject([{ published: 2, held: 2 }]);
    expect(world.routed).toHaveLength(2);
    await world.run(records());
    expect(world.reads).toEqual(['orders', 'orders']);
  });

  test.each<[string, Connection | undefined]>([
    ['the connection has another hold', heldBy('h2')],
    ['the connection has no hold', { ...opened, endpoint }],
    ['the connection has no endpoint', opened],
    ['the connection is deleted', undefined],
    ['a later connection has the same name', { ...heldBy('h1'), id: 'c2' }],
  ])('is published at once if %s', async (_, connection) => {
    const world = aWorld();
    if (connection) world.connections['orders'] = connection;
    expect(await world.run(records())).toEqual([]);
    expect(world.published.map(numberOf)).toEqual([0, 1, 2, 3]);
  });

  test("is repeated if the connection can't be read, and the same instance reads it again", async () => {
    const world = aWorld();
    world.connections['orders'] = Object.assign(new Error('x'), { name: 'ThrottlingException' });
    expect(await world.run(records())).toEqual(['101']);
    expect(world.published.map(numberOf)).toEqual([0]);
    expect(world.lines).toMatchObject([
      { level: 'warn', outcome: 'stuck', event: idOf(1), code: 'ThrottlingException' },
      { outcome: 'relayed', records: 4, published: 1, held: 0 },
    ]);
    world.connections['orders'] = heldBy('h1');
    expect(await world.run(records().slice(1))).toEqual([]);
    expect(world.published.map(numberOf)).toEqual([0, 3]);
  });

  test("stops the events behind it if the connection can't be read, even as the first of a batch", async () => {
    const world = aWorld();
    world.connections['orders'] = new Error('x');
    expect(await world.run(records().slice(1))).toEqual(['101']);
    expect(world.published).toEqual([]);
  });
});

describe('a split event', () => {
  const split = JSON.stringify({ items: '' });
  /** An event with this many items, the numbers from 1. */
  const manyOf = (number: number, count: number) =>
    aStoredEvent(
      { body: Buffer.from(JSON.stringify(Array.from({ length: count }, (_, at) => at + 1))) },
      { id: idOf(number), split },
    );
  const partOf = ({ Detail }: BusEntry) => Number(JSON.parse(Detail).id.split('#')[1] ?? 0);
  const isItem = (entry: BusEntry, item: number) => partOf(entry) === item;

  test('is published item by item, in the same calls as the events around it', async () => {
    const world = aWorld();
    expect(await world.run([inserted(anEvent(0), 0), inserted(manyOf(1, 12), 1), inserted(anEvent(2), 2)])).toEqual([]);
    expect(world.published.map(partOf)).toEqual([0, ...Array.from({ length: 12 }, (_, at) => at + 1), 0]);
    expect(world.calls).toEqual([10, 4]);
    expect(world.lines).toMatchObject([{ records: 3, published: 3 }]);
  });

  test('sends again only the item that the bus throttles', async () => {
    let times = 2;
    const world = aWorld({ entry: (entry) => (isItem(entry, 5) && times-- > 0 ? 'ThrottlingException' : undefined) });
    expect(await world.run([inserted(manyOf(1, 12), 1)])).toEqual([]);
    expect(world.published.map(partOf)).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10, 5, 11, 12]);
  });

  test('sends a call again if it fails as a whole', async () => {
    let call = 0;
    const world = aWorld({ call: () => (++call === 2 ? 'TimeoutError' : undefined) });
    expect(await world.run([inserted(manyOf(1, 30), 1)])).toEqual([]);
    expect(world.calls).toEqual([10, 10, 10]);
  });

  test('is repeated from its first item if an item stays stuck, without the events before it', async () => {
    const world = aWorld({ entry: (entry) => (isItem(entry, 15) ? 'InternalFailure' : undefined) });
    const records = [inserted(anEvent(0), 0), inserted(manyOf(1, 30), 1), inserted(anEvent(2), 2)];
    expect(await world.run(records)).toEqual(['101']);
    expect(Math.max(...world.published.map(partOf))).toBe(19);
    expect(world.kept.size).toBe(0);
    expect(world.lines).toMatchObject([
      { outcome: 'stuck', event: idOf(1), code: 'InternalFailure' },
      { published: 1 },
    ]);
  });

  test('becomes one dead letter for all of its refused items, and the others are published', async () => {
    const world = aWorld({ entry: (entry) => (partOf(entry) % 7 === 3 ? 'InvalidArgument' : undefined) });
    const records = [inserted(manyOf(1, 25), 1), inserted(anEvent(2), 2)];
    expect(await world.run(records)).toEqual([]);
    expect(world.published).toHaveLength(25 - 4 + 1);
    expect(recordsIn(world.kept)).toEqual([records[0]]);
    expect(world.lines).toMatchObject([
      { outcome: 'given_up', event: idOf(1) },
      { published: 1, refused: 1 },
    ]);
  });

  test('is repeated if one item is refused and another is stuck, and becomes a dead letter only later', async () => {
    const codes = new Map([
      [2, 'InvalidArgument'],
      [15, 'InternalFailure'],
    ]);
    const world = aWorld({ entry: (entry) => codes.get(partOf(entry)) });
    expect(await world.run([inserted(manyOf(1, 20), 1)])).toEqual(['101']);
    expect(world.kept.size).toBe(0);
    codes.delete(15);
    expect(await world.run([inserted(manyOf(1, 20), 1)])).toEqual([]);
    expect(world.kept.size).toBe(1);
  });

  test('sends malformed items as base64, ten in a call', async () => {
    const world = aWorld({ entry: ({ Detail }) => (Detail.includes('"data":') ? 'MalformedDetail' : undefined) });
    expect(await world.run([inserted(manyOf(1, 20), 1)])).toEqual([]);
    expect(world.calls).toEqual([10, 10, 10, 10]);
    expect(world.published.map(partOf)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  });

  test('waits for the next run if no more than two minutes are left, unless it is the first record', async () => {
    const world = aWorld();
    const records = [inserted(manyOf(1, 30), 1), inserted(anEvent(2), 2), inserted(manyOf(3, 30), 3)];
    expect(await world.run(records, 120_000)).toEqual(['103']);
    expect(world.published).toHaveLength(31);
    expect(world.lines).toMatchObject([
      { level: 'warn', outcome: 'stuck', event: idOf(3), code: 'not sent' },
      { outcome: 'relayed', published: 2 },
    ]);
    expect(await world.run(records.slice(2), 120_000)).toEqual([]);
    expect(world.published).toHaveLength(61);
    expect(await world.run(records, 120_001)).toEqual([]);
    expect(world.published).toHaveLength(122);
  });

  test('becomes a dead letter if its stored split is invalid', async () => {
    const world = aWorld();
    expect(await world.run([inserted({ ...manyOf(1, 3), split: '{' }, 1)])).toEqual([]);
    expect(world.lines).toMatchObject([{ outcome: 'given_up', code: 'Unreadable' }, {}]);
  });
});

describe('the event of a self-test', () => {
  const records = () => [
    inserted(anEvent(1, { test: true }), 1),
    inserted(anEvent(2), 2),
    inserted(anEvent(3, { test: true, quiet: true }), 3),
  ];
  const noteOf = (number: number) => `test c1 ${idOf(number)} 2026-03-01T12:00:05.000Z`;
  const tests = (journal: string[]) => journal.filter((line) => line.startsWith('test'));

  test('is noted for the operator who waits for it, if it is on the bus', async () => {
    const world = aWorld({ now: new Date('2026-03-01T12:00:05.000Z') });
    expect(await world.run(records())).toEqual([]);
    expect(world.published.map(numberOf)).toEqual([1, 2]);
    expect(tests(world.journal)).toEqual([noteOf(1)]);
    await world.run([removed(anEvent(1, { test: true }), 4), {}]);
    expect(tests(world.journal)).toEqual([noteOf(1)]);
  });

  test('is not noted if it is stuck, or if the bus refuses it', async () => {
    for (const code of ['InternalFailure', 'InvalidArgument']) {
      const world = aWorld({ entry: () => code });
      await world.run(records());
      expect(world.kept.size + world.lines.length).toBeGreaterThan(1);
      expect(tests(world.journal)).toEqual([]);
    }
  });

  test('is published even if it cannot be noted, which is only logged', async () => {
    const world = aWorld({ cannotNote: 'test' });
    expect(await world.run(records())).toEqual([]);
    expect(world.lines).toMatchObject([
      { level: 'warn', warning: 'test_not_noted', fault: 'TypeError' },
      { outcome: 'relayed', published: 2, ignored: 1 },
    ]);
  });
});

/** Repeats a batch from the record that the answer names, as the stream does. */
async function drain(
  run: (records: DynamoDBRecord[]) => Promise<string[]>,
  records: DynamoDBRecord[],
): Promise<number> {
  let rest = records;
  let tries = 0;
  while (rest.length > 0 && tries < 500) {
    tries += 1;
    const [from] = await run(rest);
    rest = from === undefined ? [] : rest.slice(rest.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === from));
  }
  return tries;
}

test('after any temporary failures, every event is published in order or is a dead letter', async () => {
  const kinds = fc.array(fc.constantFrom('fine', 'fine', 'fine', 'final', 'poison', 'ignored'), {
    size: 'max',
    maxLength: 40,
  });
  const faults = fc.array(fc.constantFrom('none', 'none', 'none', 'entry', 'call', 'bucket'), {
    size: 'max',
    maxLength: 120,
  });
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(kinds, faults, async (each, plan) => {
      const isNow = (fault: string) => plan.shift() === fault;
      const world = aWorld({
        entry: (entry) =>
          each[numberOf(entry)] === 'final' ? 'InvalidArgument' : isNow('entry') ? 'InternalFailure' : undefined,
        call: () => (isNow('call') ? 'ThrottlingException' : undefined),
        keep: () => !isNow('bucket'),
      });
      const records = each.map((kind, at) => {
        if (kind === 'ignored') return removed(anEvent(at), at);
        return kind === 'poison' ? corrupt(inserted(anEvent(at), at), 'payload', null) : inserted(anEvent(at), at);
      }) as DynamoDBRecord[];
      const tries = await drain(world.run, records);
      expect(tries).toBeLessThan(500);
      const at = (kind: string) => each.flatMap((one, number) => (one === kind ? [number] : []));
      const order = world.published.map(numberOf);
      expect([...new Set(order)].sort((a, b) => a - b)).toEqual(at('fine'));
      const keptNumbers = recordsIn(world.kept).map(({ dynamodb }) => Number(dynamodb?.SequenceNumber) - 100);
      expect(keptNumbers.sort((a, b) => a - b)).toEqual([...at('final'), ...at('poison')].sort((a, b) => a - b));
      for (const [index, later] of at('fine').slice(1).entries()) {
        compared += 1;
        expect(order.indexOf(at('fine')[index] ?? -1)).toBeLessThan(order.lastIndexOf(later));
      }
    }),
    { numRuns: count({ usual: 80, full: 300 }) },
  );
  expect(compared).toBeGreaterThan(300);
});

describe('the relay', () => {
  // The record with number n was written n seconds after noon.
  const at = (seconds: number) => new Date(Date.parse('2026-03-01T12:00:00.000Z') + seconds * 1000);
  const records = (...numbers: number[]) => numbers.map((number) => inserted(anEvent(number), number));

  test('notes once a minute that it runs', async () => {
    const given = { now: at(9) };
    const world = aWorld(given);
    for (const second of [9, 20, 68, 69]) {
      given.now = at(second);
      await world.run(records(second - 1));
    }
    expect(world.journal).toEqual(['beat', 'beat']);
  });

  test('notes the first record of a late batch, and deletes the note when the batch is done', async () => {
    const world = aWorld({ now: at(15) });
    expect(await world.run(records(5, 6))).toEqual([]);
    expect(world.journal).toEqual(['behind 105 2026-03-01T12:00:05.000Z', 'forget 105', 'beat']);
  });

  test('notes the stuck record of a late batch, and deletes the notes of records that are done', async () => {
    const given = { now: at(12), call: (): string | undefined => undefined };
    const world = aWorld({
      ...given,
      entry: (entry) => (numberOf(entry) === 2 ? 'InternalFailure' : undefined),
    });
    expect(await world.run(records(1, 2))).toEqual(['102']);
    expect(world.journal.slice(0, 3)).toEqual([
      'behind 101 2026-03-01T12:00:01.000Z',
      'behind 102 2026-03-01T12:00:02.000Z',
      'forget 101',
    ]);
    const again = aWorld({ ...given, call: () => 'ThrottlingException' });
    expect(await again.run(records(2))).toEqual(['102']);
    // Once before the call, and again because the call failed.
    const behind = 'behind 102 2026-03-01T12:00:02.000Z';
    expect(again.journal).toEqual([behind, behind, 'beat']);
  });

  test('goes on if it cannot note its progress, which is only logged', async () => {
    const world = aWorld({ now: at(9), cannotNote: 'beat' });
    expect(await world.run(records(8))).toEqual([]);
    expect(world.lines).toMatchObject([
      { outcome: 'relayed', published: 1 },
      { level: 'warn', warning: 'progress_not_noted', fault: 'TypeError' },
    ]);
  });

  test('gives an event up even if it cannot note that, which is only logged', async () => {
    const world = aWorld({ now: at(9), cannotNote: 'given up', entry: () => 'InvalidArgument' });
    expect(await world.run(records(8))).toEqual([]);
    expect(world.kept.size).toBe(1);
    expect(world.lines).toMatchObject([
      { level: 'error', outcome: 'given_up', event: idOf(8) },
      { level: 'warn', warning: 'given_up_not_noted', fault: 'TypeError' },
      { outcome: 'relayed', refused: 1 },
    ]);
  });

  test('counts an event that it gave up, and gives it up even if it cannot', async () => {
    const world = aWorld({ now: at(9), entry: () => 'InvalidArgument' });
    expect(await world.run(records(8))).toEqual([]);
    expect(world.counted).toEqual([`${idOf(8)} 2026-03-01T12:00:09.000Z`]);
    const other = aWorld({ now: at(9), canCount: () => false, entry: () => 'InvalidArgument' });
    expect(await other.run(records(8))).toEqual([]);
    expect(other.lines).toContainEqual({ level: 'warn', warning: 'given_up_not_noted', fault: 'RangeError' });
  });

  test.each<[string, DynamoDBRecord]>([
    ['record', {}],
    ['event', { dynamodb: {} }],
    ['key', { dynamodb: { Keys: {} } }],
  ])('notes nothing of a record that has no %s', async (_, record) => {
    const world = aWorld({ now: at(9) });
    expect(await world.run([record])).toEqual([]);
    expect(world.journal).toEqual(['beat']);
    const [key] = world.kept.keys();
    const none = { event: undefined, connection: undefined };
    expect(world.lines).toEqual([
      { level: 'error', outcome: 'given_up', ...none, code: 'Unreadable', object: key },
      { level: 'info', outcome: 'relayed', records: 1, published: 0, held: 0, ignored: 0, refused: 1 },
    ]);
  });

  test('notes a stuck record at once', async () => {
    const world = aWorld({ now: at(2), call: () => 'ThrottlingException' });
    expect(await world.run(records(1))).toEqual(['101']);
    expect(world.journal).toEqual(['behind 101 2026-03-01T12:00:01.000Z', 'beat']);
  });

  test('notes each event that it gave up, and deletes the note when the event is redriven or replayed', async () => {
    const given = { now: at(5), entry: (): string | undefined => 'InvalidArgument' };
    const world = aWorld(given);
    await world.run([...records(1), modified(anEvent(2), anEvent(2, { replays: 3 }), 2)]);
    const key = 'of c1 at 2026-03-01T12:00:05.000Z until 1772539200';
    expect(world.journal.slice(0, 2)).toEqual([
      `given up 1 InvalidArgument 0 ${key}`,
      `given up 2 InvalidArgument 3 ${key}`,
    ]);
    given.entry = () => undefined;
    world.journal.length = 0;
    await world.run([modified(anEvent(2, { replays: 3 }), anEvent(2, { replays: 4 }), 4)]);
    given.now = at(3600);
    await world.run(records(1, 3));
    expect(world.journal.filter((line) => line.includes('given up'))).toEqual([
      'no longer given up 2',
      'no longer given up 1',
    ]);
  });
});
