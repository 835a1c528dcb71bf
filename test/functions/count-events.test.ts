import { describe, expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { inserted, modified } from '../shared/endpoints/endpoint/given-record.ts';
import { aStoredEvent } from '../shared/events/event/given-event.ts';
import { aMoment } from '../support/a-moment.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= 'unused';
const { countStoredEvents } = await import('../../functions/count-events.ts');

const noon = Date.parse('2026-03-01T12:00:00.000Z');

/** The record of an event that arrived at noon with the token `t1`. */
const aRecord = (more: Partial<StoredEvent> = {}, number = 0): DynamoDBRecord =>
  inserted(aStoredEvent({}, more), number);

/**
 * One instance of the function. `writes` has its writes in order. Those for which `fails` is true fail.
 */
function aWorld(fails: (write: string) => boolean = () => false) {
  const writes: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const write = async (...parts: unknown[]) => {
    await aMoment();
    const text = parts.join(' ');
    if (fails(text)) throw Object.assign(new Error('x'), { name: 'ThrottlingException' });
    writes.push(text);
  };
  const count = countStoredEvents({
    addToMinute: ({ scope, minute, add, lastAt }) => write('add', scope, minute, add.events, lastAt),
    markActivity: (id, minute) => write('mark', id, minute),
    usage: {
      note: ({ connectionId, what, at }) => write('note', connectionId, what, at),
      noteLate: (since, at) => write('late', since, at),
    },
    noteReplay: ({ connectionId, turn, action: { verb, by, at, of } }) => write(verb, connectionId, of, turn, by, at),
    now: () => new Date(noon),
    log: (line, level = 'info') => lines.push({ level, ...line }),
  });
  const run = async (...Records: DynamoDBRecord[]) => {
    const { batchItemFailures } = await count({ Records });
    // As text, because toEqual takes [undefined] for an empty list.
    return batchItemFailures.map(({ itemIdentifier }) => String(itemIdentifier));
  };
  return { writes, lines, run };
}

describe('the lag of a batch', () => {
  const aged = (seconds: number): DynamoDBRecord => ({
    dynamodb: { ApproximateCreationDateTime: noon / 1000 - seconds },
  });

  test.each<[string, DynamoDBRecord[], string[]]>([
    ['is not noted if the first record is in time', [aged(9), aged(0)], []],
    [
      'is noted if the first record is late',
      [aged(10), aged(0)],
      ['late 2026-03-01T11:59:50.000Z 2026-03-01T12:00:00.000Z'],
    ],
    ['is not noted if the batch is empty', [], []],
    ['is not noted if the first record has no time', [{ dynamodb: {} }, aged(60)], []],
    ['is not noted if the first record is empty', [{}, aged(60)], []],
  ])('%s', async (_, records, expected) => {
    const { run, writes } = aWorld();
    expect(await run(...records)).toEqual([]);
    expect(writes).toEqual(expected);
  });

  test('is noted before the events are counted', async () => {
    const { run, writes } = aWorld();
    const record = aRecord();
    await run({ ...record, dynamodb: { ...record.dynamodb, ...aged(60).dynamodb } });
    expect(writes.map((write) => write.split(' ')[0])).toEqual(['late', 'note', 'note', 'add', 'add', 'mark']);
  });

  test('is only a line in the log if its note fails', async () => {
    const { run, lines } = aWorld((write) => write.startsWith('late'));
    expect(await run(aged(60))).toEqual([]);
    expect(lines).toEqual([{ level: 'error', outcome: 'lateness_not_noted', fault: 'ThrottlingException' }]);
  });
});

describe('a batch', () => {
  test('costs a write and a mark for each connection and minute, one for all connections, and one for each token', async () => {
    const { run, writes, lines } = aWorld();
    const records = [
      aRecord(),
      aRecord({ receivedAt: '2026-03-01T12:00:30.000Z', tokenId: 't2' }),
      aRecord({ connectionId: 'c2', receivedAt: '2026-03-01T12:01:00.000Z' }),
    ];
    expect(await run(...records)).toEqual([]);
    expect(writes.sort()).toEqual([
      'add all 2026-03-01T12:00 2 2026-03-01T12:00:30.000Z',
      'add all 2026-03-01T12:01 1 2026-03-01T12:01:00.000Z',
      'add c1 2026-03-01T12:00 2 2026-03-01T12:00:30.000Z',
      'add c2 2026-03-01T12:01 1 2026-03-01T12:01:00.000Z',
      'mark c1 2026-03-01T12:00',
      'mark c2 2026-03-01T12:01',
      'note c1 events 2026-03-01T12:00:30.000Z',
      'note c1 token#t1 2026-03-01T12:00:00.000Z',
      'note c1 token#t2 2026-03-01T12:00:30.000Z',
      'note c2 events 2026-03-01T12:01:00.000Z',
      'note c2 token#t1 2026-03-01T12:01:00.000Z',
    ]);
    expect(lines).toEqual([]);
  });

  test('costs no write for what is not an arrival', async () => {
    const { run, writes } = aWorld();
    const event = aStoredEvent();
    expect(await run(modified(event, { ...event, replays: 1 }), aRecord({ test: true }))).toEqual([]);
    expect(writes).toEqual([]);
  });

  test('has each event that an operator replayed in the history, and is repeated as a whole if a line fails', async () => {
    const replayed = (n: number, connectionId: string): DynamoDBRecord => {
      const { dynamodb } = modified(aStoredEvent(), { ...aStoredEvent(), replays: 1 });
      const author = { replayedBy: { S: 'op_1' }, replayedAt: { S: '2026-03-01T12:00:00.000Z' } };
      const NewImage = { ...dynamodb?.NewImage, connectionId: { S: connectionId }, ...author };
      return { dynamodb: { ...dynamodb, NewImage, SequenceNumber: `10${n}` } };
    };
    const records = [aRecord({ test: true }), replayed(1, 'c1'), replayed(2, 'c2')];
    const of = aStoredEvent().id;
    const { run, writes } = aWorld();
    expect(await run(...records)).toEqual([]);
    expect(writes.sort()).toEqual(['c1', 'c2'].map((id) => `replayEvent ${id} ${of} 1 op_1 2026-03-01T12:00:00.000Z`));
    expect(await aWorld((write) => write.startsWith('replayEvent c2')).run(...records)).toEqual(['100']);
  });

  test.each<[string, DynamoDBRecord['dynamodb'], string | undefined]>([
    ['an id', { NewImage: {}, Keys: { id: { S: 'evt_1' } } }, 'evt_1'],
    ['other keys', { NewImage: {}, Keys: {} }, undefined],
    ['no keys', { NewImage: {} }, undefined],
  ])('is counted without a record that is unreadable and has %s', async (_, dynamodb, event) => {
    const { run, writes, lines } = aWorld();
    expect(await run({ ...(dynamodb && { dynamodb }) }, aRecord({}, 1))).toEqual([]);
    expect(writes).toHaveLength(5);
    expect(lines).toEqual([{ level: 'error', outcome: 'unreadable', event }]);
  });

  const three = () => [
    aRecord({ connectionId: 'c1' }, 1),
    aRecord({ connectionId: 'c2' }, 2),
    aRecord({ connectionId: 'c3' }, 3),
  ];

  test.each<[string, string[]]>([
    ['of a count', ['add c2']],
    ['of a count of all', ['add all']],
    ['of a use', ['note c3 token']],
    ['of a mark', ['mark c2']],
    ['of several', ['add c3', 'note c2 events', 'note c3 token']],
  ])('is repeated as a whole if a write fails: %s', async (_, failing) => {
    const { run, lines } = aWorld((write) => failing.some((start) => write.startsWith(start)));
    expect(await run(...three())).toEqual(['101']);
    const line = { level: 'error', outcome: 'stuck', fault: 'ThrottlingException' };
    expect(lines).toEqual(failing.map(() => line));
  });

  const failures = fc.record({
    connections: fc.array(fc.constantFrom('c1', 'c2', 'c3'), { minLength: 1, maxLength: 8 }),
    failing: fc.subarray(['c1', 'c2', 'c3'].flatMap((id) => ['add', 'note', 'mark'].map((verb) => `${verb} ${id} `))),
  });

  // A batch that begins as one did before is known as a repetition.
  test('is repeated from its first record, whichever writes fail', async () => {
    await fc.assert(
      fc.asyncProperty(failures, async ({ connections, failing }) => {
        const { run } = aWorld((write) => failing.some((start) => write.startsWith(start)));
        const isFailing = connections.some((id) => failing.some((start) => start.includes(` ${id} `)));
        const records = connections.map((connectionId, at) => aRecord({ connectionId }, at));
        expect(await run(...records)).toEqual(isFailing ? ['100'] : []);
      }),
    );
  });

  test('is repeated as a whole if the record has no number', async () => {
    const { dynamodb: { SequenceNumber: _, ...rest } = {}, ...record } = aRecord();
    const { run } = aWorld((write) => write.startsWith('add'));
    expect(await run({ ...record, dynamodb: rest })).toEqual(['']);
  });
});

describe('a last use', () => {
  const at = (receivedAt: string, more: Partial<StoredEvent> = {}) => aRecord({ receivedAt, ...more });
  const notes = (writes: string[]) => writes.filter((write) => write.startsWith('note'));

  test('is noted once a minute', async () => {
    const { run, writes } = aWorld();
    for (const time of ['12:00:00', '12:00:59', '12:01:00', '12:00:30']) await run(at(`2026-03-01T${time}.000Z`));
    expect(notes(writes).sort()).toEqual([
      'note c1 events 2026-03-01T12:00:00.000Z',
      'note c1 events 2026-03-01T12:01:00.000Z',
      'note c1 token#t1 2026-03-01T12:00:00.000Z',
      'note c1 token#t1 2026-03-01T12:01:00.000Z',
    ]);
  });

  test('is noted for each connection and each token', async () => {
    const { run, writes } = aWorld();
    await run(aRecord());
    await run(aRecord({ connectionId: 'c2' }));
    await run(aRecord({ tokenId: 't2' }));
    expect(notes(writes)).toHaveLength(2 + 2 + 1);
  });

  test('is noted again if its write failed', async () => {
    let isDown = true;
    const { run, writes } = aWorld((write) => isDown && write.startsWith('note c1 token'));
    expect(await run(aRecord({}, 1))).toEqual(['101']);
    isDown = false;
    expect(await run(aRecord({}, 1))).toEqual([]);
    expect(notes(writes)).toEqual([
      'note c1 events 2026-03-01T12:00:00.000Z',
      'note c1 token#t1 2026-03-01T12:00:00.000Z',
    ]);
  });

  test('is forgotten when 10,000 others were remembered', async () => {
    const { run, writes } = aWorld();
    const receivedAt = { S: '2026-03-01T12:00:00.000Z' };
    const use = (token: number): DynamoDBRecord => ({
      dynamodb: { NewImage: { connectionId: { S: 'c1' }, tokenId: { S: `t${token}` }, receivedAt } },
    });
    // Each token is one use. The last event of the connection is another one.
    await run(...Array.from({ length: 9_999 }, (_, token) => use(token)));
    writes.length = 0;
    await run(use(0));
    expect(notes(writes)).toEqual([]);
    await run(use(10_000));
    await run(use(0));
    expect(notes(writes).map((write) => write.split(' ')[2])).toEqual(['token#t10000', 'token#t0', 'events']);
  });
});
