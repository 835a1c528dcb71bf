import { describe, expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import { eventKeyIn, withProgressNotes } from '../../../../shared/events/bus/relay-progress.ts';
import { aMoment } from '../../../support/a-moment.ts';

const noon = Date.parse('2026-03-01T12:00:00.000Z');

/** A record of this event. It was written this many seconds before noon. */
const aRecord = (n: number, age: number, replays?: number, connectionId = 'c1'): DynamoDBRecord => ({
  dynamodb: {
    SequenceNumber: `sequence ${n}`,
    ApproximateCreationDateTime: noon / 1000 - age,
    NewImage: {
      id: { S: `evt_${n}` },
      connectionId: { S: connectionId },
      expiresAt: { N: '1777777777' },
      ...(replays === undefined ? {} : { replays: { N: String(replays) } }),
    },
  },
});

/** A relay whose clock begins at noon, and the notes that it made. @param givenUp the ids of events that were given up */
function aRelay(givenUp: string[] = [], fails = false) {
  const notes: string[] = [];
  const lines: object[] = [];
  const clock = { now: noon };
  const note = async (text: string) => {
    // A note takes a while. Nothing that comes after it may overtake it.
    await aMoment();
    notes.push(text);
    if (fails) throw Object.assign(new Error('no'), { name: 'ThrottlingException' });
  };
  const seconds = (time: Date) => (time.getTime() - noon) / 1000;
  const wrapped = withProgressNotes({
    relayLog: {
      beat: (now) => note(`alive at ${seconds(now)}`),
      noteBehind: (number, since, now) => note(`behind with ${number} of ${seconds(since)} at ${seconds(now)}`),
      forgetBehind: (number) => note(`done with ${number}`),
      noteGivenUp: () => note('given up'),
      async givenUpOf(connectionId) {
        await note(`read the events of ${connectionId} that were given up`);
        return givenUp;
      },
      async forgetGivenUp({ connectionId, id }) {
        await aMoment();
        await note(`published ${id} of ${connectionId}`);
      },
    },
    now: () => new Date(clock.now),
    log: (line, level) => void lines.push({ ...line, level }),
  });
  /** Runs a batch of 5 s. @param stuck the sequence number from which the stream repeats the batch */
  async function run(records: DynamoDBRecord[], published: DynamoDBRecord[], stuck?: string) {
    const answer = { batchItemFailures: stuck === undefined ? [] : [{ itemIdentifier: stuck }] };
    const result = await wrapped(records, async () => {
      notes.push('batch');
      clock.now += 5_000;
      return { answer, published };
    });
    expect(result).toBe(answer);
    return notes.splice(0);
  }
  return { run, lines, clock };
}

describe('the notes of the relay', () => {
  const [first, second] = [aRecord(1, 2), aRecord(2, 1)];

  test('say only once a minute that the relay is alive, if it is not late', async () => {
    const { run, clock } = aRelay();
    expect(await run([first, second], [first, second])).toEqual(['batch', 'alive at 5']);
    clock.now = noon + 59_999;
    expect(await run([], [])).toEqual(['batch']);
    clock.now = noon + 60_000;
    expect(await run([], [])).toEqual(['batch', 'alive at 65']);
    expect(await run([], [])).toEqual(['batch']);
  });

  test('have the first record of a late batch, until the batch is done', async () => {
    const late = aRecord(1, 10);
    const { run } = aRelay();
    expect(await run([late, second], [])).toEqual([
      'behind with sequence 1 of -10 at 0',
      'batch',
      'done with sequence 1',
      'alive at 5',
    ]);
    expect(await run([late], [])).toEqual(['behind with sequence 1 of -10 at 5', 'batch', 'done with sequence 1']);
    expect(await aRelay().run([aRecord(1, 9.999), second], [])).toEqual(['batch', 'alive at 5']);
  });

  test('have the record that is stuck', async () => {
    const { run } = aRelay();
    expect(await run([first, second], [first], 'sequence 2')).toEqual([
      'batch',
      'behind with sequence 2 of -1 at 5',
      'alive at 5',
    ]);
    // The batch ends only when this note is written, although no later note follows.
    expect(await run([second], [], 'sequence 2')).toEqual(['batch', 'behind with sequence 2 of -1 at 10']);
  });

  test('have the first record if it is stuck, or if the failure names no record', async () => {
    const late = aRecord(1, 20);
    for (const stuck of ['sequence 1', ''])
      expect(await aRelay().run([late, second], [], stuck)).toEqual([
        'behind with sequence 1 of -20 at 0',
        'batch',
        'behind with sequence 1 of -20 at 5',
        'alive at 5',
      ]);
  });

  test('have no record without a time', async () => {
    const { ApproximateCreationDateTime: _, ...dynamodb } = first.dynamodb ?? {};
    const timeless = { dynamodb };
    const { run, lines } = aRelay();
    expect(await run([timeless], [], 'sequence 1')).toEqual(['batch', 'alive at 5']);
    expect(lines).toEqual([]);
  });

  test('forget that an event was given up, once it is published', async () => {
    const [late, replayed, other] = [aRecord(3, 10), aRecord(4, 0, 1), aRecord(5, 0, 1, 'c2')];
    const records = [first, late, replayed, other];
    expect(await aRelay(['evt_1', 'evt_3', 'evt_5']).run(records, records)).toEqual([
      'batch',
      'read the events of c1 that were given up',
      'published evt_3 of c1',
      'read the events of c2 that were given up',
      'published evt_5 of c2',
      'alive at 5',
    ]);
  });

  test('fail without a failure of the batch', async () => {
    const late = aRecord(1, 10);
    const { run, lines } = aRelay([], true);
    await run([late], [late]);
    const line = { warning: 'progress_not_noted', fault: 'ThrottlingException', level: 'warn' };
    expect(lines).toEqual([line, line, line, line]);
  });

  test('are tried again with the next batch, if the relay could not note that it is alive', async () => {
    const { run } = aRelay([], true);
    expect(await run([first], [first])).toEqual(['batch', 'alive at 5']);
    expect(await run([second], [second])).toEqual(['batch', 'alive at 10']);
  });
});

describe('the event of a record', () => {
  test('has its keys, its expiry and its replays', () => {
    const event = { id: 'evt_1', connectionId: 'c1', expiresAt: 1_777_777_777 };
    expect(eventKeyIn(aRecord(1, 0))).toEqual({ ...event, replays: 0 });
    expect(eventKeyIn(aRecord(1, 0, 3))).toEqual({ ...event, replays: 3 });
  });

  test('has no expiry if the record has none', () => {
    const NewImage = { id: { S: 'evt_1' }, connectionId: { S: 'c1' } };
    expect(eventKeyIn({ dynamodb: { NewImage } })).toEqual({
      id: 'evt_1',
      connectionId: 'c1',
      expiresAt: 0,
      replays: 0,
    });
  });

  test.each<[string, DynamoDBRecord]>([
    ['is empty', {}],
    ['has no image', { dynamodb: {} }],
    ['has no id', { dynamodb: { NewImage: { connectionId: { S: 'c1' } } } }],
    ['has no connection', { dynamodb: { NewImage: { id: { S: 'evt_1' } } } }],
    ['has an id of another type', { dynamodb: { NewImage: { id: { N: '1' }, connectionId: { S: 'c1' } } } }],
  ])('can not be read if the record %s', (_, record) => {
    expect(eventKeyIn(record)).toBeUndefined();
  });
});
