import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Level } from 'level';
import { count } from '../../support/full-counts.ts';
import {
  aConsumer,
  aFullStream,
  allow,
  type Consumed,
  consumerCode,
  idOf,
  mappingOf,
  streamActions,
  streamArn,
  until,
} from './given-stream.ts';

const TableName = 'Fixture-Data';

const put = ({ client }: Consumed, Item: Record<string, AttributeValue>) =>
  client.send(new PutItemCommand({ TableName, Item }));
const remove = ({ client }: Consumed, id: string) =>
  client.send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }));

describe('a stream record', () => {
  test('contains the old and the new image, with binary values as base64', async () => {
    const given = await aConsumer();
    const text = { S: 'ż' };
    const Key = { id: { S: 'a' } };
    await put(given, { ...Key, text, bytes: { B: Uint8Array.of(0, 255) }, more: { BS: [Uint8Array.of(1)] } });
    await given.client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET n = :n REMOVE #more',
        ExpressionAttributeNames: { '#more': 'more' },
        ExpressionAttributeValues: { ':n': { N: '1.50' } },
      }),
    );
    await remove(given, 'a');
    await given.runtime.settled();
    const first = { ...Key, text, bytes: { B: 'AP8=' }, more: { BS: ['AQ=='] } };
    const second = { ...Key, text, bytes: { B: 'AP8=' }, n: { N: '1.5' } };
    const common = {
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}/stream/2026-01-01T00:00:00.000`,
    };
    const details = {
      ApproximateCreationDateTime: expect.any(Number),
      Keys: Key,
      SequenceNumber: expect.stringMatching(/^\d{21}$/),
      SizeBytes: expect.any(Number),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    };
    expect(given.batches().flat()).toEqual([
      { ...common, eventName: 'INSERT', dynamodb: { ...details, NewImage: first } },
      { ...common, eventName: 'MODIFY', dynamodb: { ...details, NewImage: second, OldImage: first } },
      { ...common, eventName: 'REMOVE', dynamodb: { ...details, OldImage: second } },
    ]);
    const now = Date.now() / 1000;
    for (const { dynamodb } of given.batches().flat()) {
      expect(Number.isInteger(dynamodb.ApproximateCreationDateTime)).toBe(true);
      expect(Math.abs(now - dynamodb.ApproximateCreationDateTime)).toBeLessThan(60);
    }
  });

  test('has the size of the example in the DynamoDB documentation', async () => {
    const keys = {
      AttributeDefinitions: [{ AttributeName: 'Id', AttributeType: 'N' }],
      KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
    };
    const code = 'exports.handler = async ({ Records }) => { console.log({ Records }); };';
    const given = await aConsumer({ tableProperties: keys, more: { functions: { Consumer: code } } });
    await put(given, { Message: { S: 'New item!' }, Id: { N: '101' } });
    await put(given, { Message: { S: 'This item has changed' }, Id: { N: '101' } });
    await given.runtime.settled();
    expect(
      given
        .batches()
        .flat()
        .map(({ dynamodb }) => dynamodb.SizeBytes),
    ).toEqual([26, 59]);
  });

  test('is written only if a write changes the item', async () => {
    const given = await aConsumer();
    await put(given, { id: { S: 'a' }, tags: { SS: ['x', 'y'] }, list: { L: [{ NS: ['1', '2'] }] } });
    await put(given, { list: { L: [{ NS: ['2', '1.0'] }] }, tags: { SS: ['y', 'x'] }, id: { S: 'a' } });
    await remove(given, 'absent');
    const refused = new PutItemCommand({
      TableName,
      Item: { id: { S: 'a' } },
      ConditionExpression: 'attribute_not_exists(id)',
    });
    await expect(given.client.send(refused)).rejects.toThrow('conditional');
    await put(given, { id: { S: 'a' }, tags: { SS: ['y'] }, list: { L: [{ NS: ['1', '2'] }] } });
    await given.runtime.settled();
    expect(
      given
        .batches()
        .flat()
        .map(({ eventName }) => eventName),
    ).toEqual(['INSERT', 'MODIFY']);
  });

  test('comes after the records of all writes that were committed before', async () => {
    const given = await aConsumer();
    const ids = Array.from({ length: 20 }, (_, n) => `item${n}`);
    const versions = Array.from({ length: 10 }, (_, n) => String(n));
    await Promise.all(
      ids.map(async (id) => {
        for (const version of versions) await put(given, { id: { S: id }, version: { N: version } });
      }),
    );
    await given.runtime.settled();
    const records = given
      .batches()
      .flat()
      .map(({ dynamodb }) => dynamodb);
    const sequence = records.map(({ SequenceNumber }) => SequenceNumber);
    expect(sequence).toEqual([...new Set(sequence)].sort());
    for (const id of ids) {
      const seen = records.filter(({ Keys }) => idOf(Keys) === id).map(({ NewImage }) => NewImage?.['version']?.['N']);
      expect(seen).toEqual(versions);
    }
  });
});

/** Writes to three items. */
const write = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key: fc.constantFrom('a', 'b', 'c'), value: fc.nat(2) }),
  fc.record({ kind: fc.constant('update' as const), key: fc.constantFrom('a', 'b', 'c'), value: fc.nat(2) }),
  fc.record({ kind: fc.constant('delete' as const), key: fc.constantFrom('a', 'b', 'c'), value: fc.constant(0) }),
  fc.record({ kind: fc.constant('batch' as const), key: fc.constantFrom('a', 'b', 'c'), value: fc.nat(2) }),
);
type Step = typeof write extends fc.Arbitrary<infer S> ? S : never;

function perform({ client }: Consumed, { kind, key, value }: Step, run: string) {
  const Key = { id: { S: `${run}-${key}` } };
  const Item = { ...Key, value: { N: String(value) } };
  if (kind === 'put') return client.send(new PutItemCommand({ TableName, Item }));
  if (kind === 'delete') return client.send(new DeleteItemCommand({ TableName, Key }));
  if (kind === 'batch')
    return client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }));
  const set = { UpdateExpression: 'ADD tally :value', ExpressionAttributeValues: { ':value': { N: String(value) } } };
  return client.send(new UpdateItemCommand({ TableName, Key, ...set }));
}

test('for any writes, the images in the records of an item form a chain that ends with the stored item', async () => {
  const given = await aConsumer();
  let runs = 0;
  let records = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(write, { size: 'max', minLength: 8, maxLength: 25 }),
      fc.boolean(),
      async (steps, atOnce) => {
        runs += 1;
        const run = `run${runs}`;
        if (atOnce) await Promise.all(steps.map((step) => perform(given, step, run)));
        else for (const step of steps) await perform(given, step, run);
        await given.runtime.settled();
        const states = new Map<string, unknown>();
        const ofRun = given
          .batches()
          .flat()
          .filter(({ dynamodb: { Keys } }) => idOf(Keys).startsWith(`${run}-`));
        for (const {
          dynamodb: { Keys, OldImage, NewImage },
        } of ofRun) {
          records += 1;
          expect(OldImage).toEqual(states.get(idOf(Keys)));
          expect(NewImage).not.toEqual(OldImage);
          states.set(idOf(Keys), NewImage);
        }
        const { Items = [] } = await given.client.send(new ScanCommand({ TableName }));
        const wanted = Items.filter(({ id }) => id?.S?.startsWith(`${run}-`));
        const left = [...states.values()].filter((image) => image !== undefined);
        expect(left).toHaveLength(wanted.length);
        expect(left).toEqual(expect.arrayContaining(wanted));
      },
    ),
    { numRuns: count({ usual: 3, full: 40 }) },
  );
  expect(records).toBeGreaterThan(0);
});

describe('a batch', () => {
  test('has at most BatchSize records', async () => {
    const dataDir = await aFullStream('a', 'b', 'c', 'd', 'e');
    const given = await aConsumer({ mapping: { BatchSize: 2 } }, { dataDir });
    await given.runtime.settled();
    expect(given.ids()).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  test('waits in its batching window until it is full', async () => {
    const given = await aConsumer({ mapping: { BatchSize: 3, MaximumBatchingWindowInSeconds: 300 } });
    await given.put('a', 'b', 'c');
    await until(() => given.ids().length > 0);
    expect(given.ids()).toEqual([['a', 'b', 'c']]);
  });

  test('is sent when its batching window ends, even if it is not full', async () => {
    const given = await aConsumer({ mapping: { MaximumBatchingWindowInSeconds: 1 } });
    await given.put('a');
    await until(() => given.ids().length > 0);
    expect(given.ids()).toEqual([['a']]);
  });

  test('is sent before its window ends if the test waits for it, and the next batch waits again', async () => {
    const given = await aConsumer({ mapping: { BatchSize: 2, MaximumBatchingWindowInSeconds: 300 } });
    await given.put('a');
    await given.runtime.settled();
    await given.put('b', 'c');
    await until(() => given.ids().length > 1);
    expect(given.ids()).toEqual([['a'], ['b', 'c']]);
  });

  test('of several that the test waits for is sent before its window ends', async () => {
    const given = await aConsumer({ mapping: { BatchSize: 2, MaximumBatchingWindowInSeconds: 300 } });
    await given.put('a', 'b', 'c');
    await given.runtime.settled();
    expect(given.ids()).toEqual([['a', 'b'], ['c']]);
  });

  test('waits for seconds', async () => {
    const given = await aConsumer({ mapping: { BatchSize: 2, MaximumBatchingWindowInSeconds: 300 } });
    await given.put('a');
    await wait(400);
    await given.put('b');
    await given.runtime.settled();
    expect(given.ids()).toEqual([['a', 'b']]);
  });

  test('does not delay closing while it waits in its window, and is sent after the next start', async () => {
    const first = await aConsumer({ mapping: { MaximumBatchingWindowInSeconds: 300 } });
    await first.put('a');
    await first.runtime.close();
    const second = await aConsumer({}, { dataDir: first.dataDir });
    await second.runtime.settled();
    expect([first.ids(), second.ids()]).toEqual([[], [['a']]]);
  });

  test('stays below the size limit of a call', async () => {
    const full = await aConsumer({ mapping: { Enabled: false } });
    const text = { S: 'x'.repeat(390_000) };
    const ids = Array.from({ length: 20 }, (_, n) => String(n).padStart(2, '0'));
    for (const id of ids) await put(full, { id: { S: id }, text });
    await full.runtime.close();
    const given = await aConsumer({}, { dataDir: full.dataDir });
    await given.runtime.settled();
    expect(given.ids()).toEqual([ids.slice(0, 16), ids.slice(16)]);
  });

  test('contains only records that match a filter, and the others are skipped', async () => {
    const Filters = [{ eventName: ['REMOVE'] }, { dynamodb: { NewImage: { kind: { S: [{ prefix: 'go' }] } } } }];
    const mapping = { BatchSize: 2, FilterCriteria: { Filters: Filters.map((f) => ({ Pattern: JSON.stringify(f) })) } };
    const dataDir = await aFullStream('old');
    const given = await aConsumer({ mapping }, { dataDir });
    for (const [id, kind] of [
      ['a', 'good'],
      ['b', 'bad'],
      ['c', 'gone'],
    ] as const) {
      await put(given, { id: { S: id }, kind: { S: kind } });
    }
    await remove(given, 'b');
    await given.runtime.settled();
    expect(given.ids().flat()).toEqual(['a', 'c', 'b']);
    await given.runtime.close();
    const again = await aConsumer({}, { dataDir });
    await again.runtime.settled();
    expect(again.ids()).toEqual([]);
  });
});

describe('the answer of a function', () => {
  const reports = { mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] } };
  const sequence = (index: number) => `Records[${index}].dynamodb.SequenceNumber`;

  test('with failed records makes the stream continue from the first of them', async () => {
    const dataDir = await aFullStream('a', 'b', 'c', 'd');
    const failures = `[${sequence(3)}, ${sequence(1)}].map((itemIdentifier) => ({ itemIdentifier }))`;
    const given = await aConsumer(
      { ...reports, code: `if (calls === 1) return { batchItemFailures: ${failures} };` },
      { dataDir },
    );
    await given.runtime.settled();
    expect(given.ids()).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'c', 'd'],
    ]);
    expect(given.notes()).toEqual([expect.stringContaining('the first 1 succeeded')]);
  });

  test('with failed records and bisecting splits the batch at the failed record, not in the middle', async () => {
    const dataDir = await aFullStream('a', 'b', 'c', 'd');
    const code = `if (calls === 1) return { batchItemFailures: [{ itemIdentifier: ${sequence(3)} }] };`;
    const mapping = { ...reports.mapping, BisectBatchOnFunctionError: true };
    const given = await aConsumer({ mapping, code }, { dataDir });
    await given.runtime.settled();
    expect(given.ids()).toEqual([['a', 'b', 'c', 'd'], ['d']]);
  });

  test.each(['null', 'undefined', '{}', '{ batchItemFailures: null }', '{ batchItemFailures: [] }'])(
    '%s is a success',
    async (answer) => {
      const dataDir = await aFullStream('a', 'b');
      const given = await aConsumer({ ...reports, code: `return ${answer};` }, { dataDir });
      await given.runtime.settled();
      expect([given.ids(), given.notes()]).toEqual([[['a', 'b']], []]);
    },
  );

  test.each([
    "'text'",
    '[]',
    "{ batchItemFailures: 'x' }",
    '{ batchItemFailures: [null] }',
    '{ batchItemFailures: [{}] }',
    "{ batchItemFailures: [{ itemIdentifier: '' }] }",
    `{ batchItemFailures: [{ itemIdentifier: ${sequence(1)} }, { itemIdentifier: '1' }] }`,
  ])('%s fails the whole batch', async (answer) => {
    const dataDir = await aFullStream('a', 'b');
    const given = await aConsumer({ ...reports, code: `if (calls === 1) return ${answer};` }, { dataDir });
    await given.runtime.settled();
    expect(given.ids()).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  test('is ignored without ReportBatchItemFailures', async () => {
    const dataDir = await aFullStream('a', 'b');
    const code = `return { batchItemFailures: [{ itemIdentifier: ${sequence(0)} }] };`;
    const given = await aConsumer({ code }, { dataDir });
    await given.runtime.settled();
    expect(given.ids()).toEqual([['a', 'b']]);
  });
});

describe('a failed batch', () => {
  /** Code that the function runs only in its first call, in any instance. */
  const atFirst = (dataDir: string, act: string) => `
    const fs = require('node:fs');
    if (!fs.existsSync('${dataDir}/called')) { fs.writeFileSync('${dataDir}/called', ''); ${act} }`;
  const hang = 'await new Promise(() => {});';

  test.each([
    ['an exception', "throw new TypeError('secret');", 'TypeError'],
    ['a timeout', hang, 'Sandbox.Timedout'],
    ['the end of the process', 'process.exit(1);', 'Runtime.ExitError'],
  ])('is sent again after %s', async (_, act, reason) => {
    const dataDir = await aFullStream('a', 'b');
    const code = atFirst(dataDir, act);
    const given = await aConsumer({ code, functionProperties: { Timeout: 1 } }, { dataDir });
    await given.runtime.settled();
    expect(given.ids()).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(given.notes()).toEqual([expect.stringMatching(/^Fixture-Consumer: 2 records \(\d+ to \d+\) failed: /)]);
    expect(given.notes()[0]?.endsWith(`failed: ${reason}`)).toBe(true);
  });

  test('is bisected until the bad record is alone and discarded, and the other records succeed', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'poison', 'g', 'h'];
    const dataDir = await aFullStream(...ids);
    const mapping = { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1 };
    const code = "if (ids.includes('poison')) throw new Error();";
    const given = await aConsumer({ mapping, code }, { dataDir });
    await given.put('later');
    await given.runtime.settled();
    expect(given.ids().map((batch) => batch.join(' '))).toEqual([
      'a b c d e poison g h',
      'a b c d',
      'e poison g h',
      'e poison',
      'e',
      'poison',
      'poison',
      'g h',
      'later',
    ]);
    expect(given.notes().at(-1)).toMatch(/: record \d+ discarded \(RetryAttemptsExhausted\) and lost/);
  });

  test('is retried as often as the mapping allows, and is then discarded as a whole', async () => {
    const dataDir = await aFullStream('a', 'b');
    const given = await aConsumer(
      { mapping: { MaximumRetryAttempts: 2 }, code: "if (ids[0] === 'a') throw new Error();" },
      { dataDir },
    );
    await given.runtime.settled();
    await given.put('c');
    await given.runtime.settled();
    expect(given.ids()).toEqual([['a', 'b'], ['a', 'b'], ['a', 'b'], ['c']]);
  });

  test('is retried until its oldest record is too old, and the younger records are processed', async () => {
    let ahead = 0;
    const now = () => new Date(Date.now() + ahead);
    const code = "if (ids.includes('old')) throw new Error();";
    const given = await aConsumer({ mapping: { MaximumRecordAgeInSeconds: 60 }, code }, { now });
    await given.put('old');
    await until(() => given.notes().length > 0);
    ahead = 62_000;
    await given.put('young');
    await given.runtime.settled();
    expect(given.ids().at(-1)).toEqual(['young']);
    expect(given.notes()).toContainEqual(expect.stringContaining('discarded (RecordAgeExceeded)'));
  });

  test('uses up no retry if the function has no free instance', async () => {
    const dataDir = await aFullStream('a');
    const none = { ReservedConcurrentExecutions: 0 };
    const mapping = { MaximumRetryAttempts: 0 };
    const throttled = await aConsumer({ mapping, functionProperties: none }, { dataDir });
    await until(() => throttled.notes().length > 1);
    await throttled.runtime.close();
    expect(throttled.notes().join()).toContain('failed: the function was throttled');
    expect(throttled.notes().join()).not.toContain('discarded');
    const given = await aConsumer({ mapping }, { dataDir });
    await given.runtime.settled();
    expect(given.ids()).toEqual([['a']]);
  });

  test('of one function does not delay another function on the same stream', async () => {
    const more = {
      functions: { Other: consumerCode() },
      resources: {
        OtherPolicy: allow(
          'Other',
          streamActions.map((action) => `dynamodb:${action}`),
          streamArn,
        ),
        OtherMapping: mappingOf('Other'),
      },
    };
    const given = await aConsumer({ code: 'throw new Error();', more });
    await given.put('a', 'b');
    await until(() => given.ids('Other').flat().length === 2);
    expect(given.ids('Other').flat()).toEqual(['a', 'b']);
    await given.runtime.close();
    const again = await aConsumer({ more }, { dataDir: given.dataDir });
    await again.runtime.settled();
    expect([again.ids().flat(), again.ids('Other')]).toEqual([['a', 'b'], []]);
  });

  test('is sent again after all instances crashed', async () => {
    const dataDir = await aFullStream('a');
    const code = atFirst(dataDir, hang);
    const given = await aConsumer({ code }, { dataDir });
    await until(() => existsSync(join(dataDir, 'called')));
    await given.runtime.functions['Consumer']?.crash();
    await given.runtime.settled();
    expect(given.ids()).toEqual([['a'], ['a']]);
    expect(given.notes()).toEqual([expect.stringContaining('Runtime.ExitError')]);
  });
});

describe('a restart', () => {
  test('continues after the last processed record, and sends the failed one again', async () => {
    const code = "if (ids.includes('c')) throw new Error();";
    const first = await aConsumer({ mapping: { BatchSize: 1 }, code });
    await first.put('a', 'b', 'c', 'd');
    await until(() => first.notes().length > 0);
    await first.runtime.close();
    await expect(first.runtime.settled()).rejects.toThrow('closed before');
    const second = await aConsumer({}, { dataDir: first.dataDir });
    await second.runtime.settled();
    expect(second.ids()).toEqual([['c', 'd']]);
  });

  test('continues with higher sequence numbers, even if no record is left', async () => {
    const first = await aConsumer();
    await first.put('a');
    await first.runtime.settled();
    await first.runtime.close();
    expect(await storedRecords(first.dataDir)).toBe(0);
    const second = await aConsumer({}, { dataDir: first.dataDir });
    await second.put('b');
    await second.runtime.settled();
    const [a = '', b = ''] = [first, second].map((each) => each.batches()[0]?.[0]?.dynamodb.SequenceNumber);
    expect(b > a).toBe(true);
  });

  test('drops records older than a day if no function reads the stream', async () => {
    const resources = { Mapping: { Type: 'AWS::CDK::Metadata' } };
    const first = await aConsumer({ more: { resources } });
    await first.put('a');
    await first.runtime.close();
    expect(await storedRecords(first.dataDir)).toBe(1);
    const now = () => new Date(Date.now() + 25 * 60 * 60 * 1000);
    const second = await aConsumer({ more: { resources } }, { dataDir: first.dataDir, now });
    await second.runtime.close();
    expect(await storedRecords(first.dataDir)).toBe(0);
  });
});

/** The number of stream records in the store. */
async function storedRecords(dataDir: string): Promise<number> {
  const level = new Level<string, unknown>(join(dataDir, 'dynamodb'), { valueEncoding: 'json' });
  const keys = await level.keys({ gte: 'stream~', lt: 'stream~\x7f' }).all();
  await level.close();
  return keys.length;
}

describe('an event source mapping', () => {
  test.each(streamActions)('without the permission for %s is refused', async (missing) => {
    const actions = streamActions.filter((action) => action !== missing);
    const problem = `its role is not authorized to perform: dynamodb:${missing} on resource: arn:aws:dynamodb:`;
    await expect(aConsumer({ actions })).rejects.toThrow(problem);
  });

  test.each([
    [
      'a stream from outside the template',
      { EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/q' },
      /has the stream arn:aws:kinesis/,
    ],
    ['no function', { FunctionName: 'other' }, /Mapping: there is no function other/],
    ['an unknown property', { TumblingWindowInSeconds: 1 }, /TumblingWindowInSeconds is not supported/],
    ['another starting position', { StartingPosition: 'LATEST' }, /StartingPosition/],
    ['an age that AWS refuses', { MaximumRecordAgeInSeconds: 59 }, /MaximumRecordAgeInSeconds/],
    ['a filter that is not JSON', { FilterCriteria: { Filters: [{ Pattern: '{' }] } }, /filter of Fixture-Consumer/],
    [
      'a filter that is not a pattern',
      { FilterCriteria: { Filters: [{ Pattern: '{"a":1}' }] } },
      /filter of Fixture-Cons/,
    ],
    [
      'a queue as on-failure destination',
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:x:1:q' } } },
      /S3 bucket/,
    ],
  ])('with %s is refused', async (_, mapping, message) => {
    await expect(aConsumer({ mapping })).rejects.toThrow(message);
  });

  test('is refused if another has the same function and stream', async () => {
    const more = { resources: { Twin: mappingOf('Consumer') } };
    await expect(aConsumer({ more })).rejects.toThrow(/AWS allows one mapping/);
  });

  test('for a table without a stream is refused', async () => {
    await expect(aConsumer({ tableProperties: { StreamSpecification: undefined } })).rejects.toThrow(/Data.StreamArn/);
  });

  test.each([
    [{ StreamViewType: 'KEYS_ONLY' }, 'NEW_AND_OLD_IMAGES'],
    [
      { StreamViewType: 'NEW_AND_OLD_IMAGES', ResourcePolicy: {} },
      'ResourcePolicy of the stream of table Fixture-Data',
    ],
  ])('for the stream setting %j is refused', async (StreamSpecification, message) => {
    await expect(aConsumer({ tableProperties: { StreamSpecification } })).rejects.toThrow(message);
  });
});
