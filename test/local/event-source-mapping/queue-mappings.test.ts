import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { count } from '../../support/full-counts.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { givenRuntime, temporaryFolder } from '../assembly-fixture.ts';
import {
  aMappedQueue,
  type MappingFixture,
  mappingFixture,
  queueActions,
  queueMapping,
  toQueue,
} from '../sqs/given-mapping.ts';
import { allow } from './given-stream.ts';

const reporting = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const dead = (maxReceiveCount: number) => ({
  queueProperties: { RedrivePolicy: { deadLetterTargetArn: toQueue('Dead'), maxReceiveCount } },
  resources: { Dead: { Type: 'AWS::SQS::Queue' } },
});

describe('a message', () => {
  test("reaches the function in Lambda's form, and is deleted when the function has answered", async () => {
    const given = await aMappedQueue();
    const sentAt = String(given.clock.now().getTime());
    const sent = await given.call(
      new SendMessageCommand({
        QueueUrl: given.runtime.queues['Jobs'],
        MessageBody: '{"order":1}',
        MessageGroupId: 'dst_1',
        MessageAttributes: {
          text: { DataType: 'String', StringValue: 'x' },
          bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
        },
      }),
    );
    await given.runtime.settled();
    const lists = { stringListValues: [], binaryListValues: [] };
    expect(given.batches()).toEqual([
      [
        {
          messageId: sent.MessageId,
          receiptHandle: expect.any(String),
          body: '{"order":1}',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: sentAt,
            SenderId: expect.any(String),
            ApproximateFirstReceiveTimestamp: sentAt,
            MessageGroupId: 'dst_1',
          },
          messageAttributes: {
            text: { stringValue: 'x', ...lists, dataType: 'String' },
            bytes: { binaryValue: 'AP8=', ...lists, dataType: 'Binary' },
          },
          md5OfBody: sent.MD5OfMessageBody,
          md5OfMessageAttributes: sent.MD5OfMessageAttributes,
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:Fixture-Jobs',
          awsRegion: 'us-east-1',
        },
      ],
    ]);
    expect(await given.counts()).toEqual([0, 0, 0]);
  });

  test('comes again after its visibility timeout if the function failed, and then becomes a dead letter', async () => {
    const given = await aMappedQueue({ code: "throw new Error('secret');", ...dead(2) });
    await given.send('a');
    await given.runtime.settled();
    expect(await given.counts()).toEqual([0, 1, 0]);
    given.clock.advance(59_999);
    await given.runtime.settled();
    expect(given.bodies()).toEqual([['a']]);
    given.clock.advance(1);
    await given.runtime.settled();
    given.clock.advance(60_000);
    await given.runtime.settled();
    expect(given.bodies()).toEqual([['a'], ['a']]);
    expect(given.notes()).toEqual(Array(2).fill('Fixture-Worker: 1 of 1 messages failed: Error'));
    expect([await given.counts(), await given.received('Dead')]).toEqual([[0, 0, 0], ['a']]);
  });

  test('with a delay waits for it, each time that it is sent on', async () => {
    const given = await aMappedQueue();
    const QueueUrl = given.runtime.queues['Jobs'];
    const hops = Array.from({ length: count({ usual: 12, full: 288 }) }, (_, hop) => `${hop}`);
    for (const MessageBody of hops) {
      await given.call(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: 900 }));
      given.clock.advance(900_000);
      await given.runtime.settled();
    }
    expect(given.bodies().flat()).toEqual(hops);
  });

  test.each([
    ['with', 'sqs:SendMessage', ['a']],
    ['without', 'sqs:ReceiveMessage', []],
  ])('is sent on by a function %s the permission for it, by the URL in its environment', async (_, action, sentOn) => {
    const given = await aMappedQueue({
      code: `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
        const QueueUrl = process.env.NEXT_URL;
        await new SQSClient().send(new SendMessageCommand({ QueueUrl, MessageBody: bodies[0] }));`,
      functionProperties: { Environment: { Variables: { NEXT_URL: { Ref: 'Next' } } } },
      resources: { Next: { Type: 'AWS::SQS::Queue' }, NextPolicy: allow('Worker', [action], toQueue('Next')) },
    });
    await given.send('a');
    await given.runtime.settled();
    expect(await given.received('Next')).toEqual(sentOn);
    expect(given.notes()).toHaveLength(1 - sentOn.length);
  });
});

describe('a batch', () => {
  test.each([
    [1, 0, [1, 1, 1]],
    [2, 0, [2, 1]],
    [10, 0, [3]],
  ])('has at most %i messages', async (BatchSize, MaximumBatchingWindowInSeconds, sizes) => {
    const dataDir = temporaryFolder();
    const sender = await aMappedQueue({ mapping: { Enabled: false } }, { dataDir });
    await sender.send('a', 'b', 'c');
    await sender.runtime.close();
    const mapping = { BatchSize, MaximumBatchingWindowInSeconds };
    const given = await aMappedQueue({ mapping }, { dataDir, maxInstances: 1, clock: sender.clock });
    await given.runtime.settled();
    expect(given.bodies().map(({ length }) => length)).toEqual(sizes);
    expect(given.bodies().flat().sort()).toEqual(['a', 'b', 'c']);
  });

  test('waits for more messages until its window is over, on the clock of the runtime', async () => {
    const given = await aMappedQueue({ mapping: { BatchSize: 100, MaximumBatchingWindowInSeconds: 20 } });
    await given.send('a');
    await waitUntil('the batch has its first message', async () => (await given.counts())[1] === 1);
    await given.send('b', 'c');
    await waitUntil('the batch has all messages', async () => (await given.counts())[1] === 3);
    given.clock.advance(19_999);
    expect(given.bodies()).toEqual([]);
    given.clock.advance(1);
    await waitUntil('the function was called', () => given.bodies().length > 0);
    await given.runtime.settled();
    expect(given.bodies()).toEqual([['a', 'b', 'c']]);
  });

  test('has more than ten messages if it has a window, and no longer waits when it is full', async () => {
    const given = await aMappedQueue({ mapping: { BatchSize: 12, MaximumBatchingWindowInSeconds: 300 } });
    await given.send('0', '1', '2', '3', '4', '5', '6', '7');
    await given.send('8', '9', '10', '11');
    await waitUntil('the function was called', () => given.bodies().length > 0);
    expect(given.bodies().flat()).toHaveLength(12);
  });

  test('over 6 MiB is given to the function in several calls', async () => {
    const mapping = { BatchSize: 20, MaximumBatchingWindowInSeconds: 300 };
    const given = await aMappedQueue({ mapping });
    for (let at = 0; at < 8; at += 1) await given.send(`${at}`.padEnd(1_000_000, 'x'));
    await given.runtime.settled();
    const sizes = given.batches().map((records) => JSON.stringify({ Records: records }).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(given.bodies().flat()).toHaveLength(8);
    expect(await given.counts()).toEqual([0, 0, 0]);
  });

  test('of messages that the filters leave out is deleted without a call', async () => {
    const Pattern = JSON.stringify({ body: { kind: ['paid'] } });
    const given = await aMappedQueue({ mapping: { FilterCriteria: { Filters: [{ Pattern }] } } });
    await given.send('{"kind":"paid"}', '{"kind":"open"}', 'paid');
    await given.runtime.settled();
    expect(given.bodies()).toEqual([['{"kind":"paid"}']]);
    expect(await given.counts()).toEqual([0, 0, 0]);
  });
});

describe('a partial batch response', () => {
  const failing = (value: string) => `return { batchItemFailures: ${value} };`;
  const ids = (condition: string) =>
    failing(`Records.filter(({ body }) => ${condition}).map(({ messageId }) => ({ itemIdentifier: messageId }))`);

  test.each<[string, string, string[]]>([
    ['names one message', ids("body === 'b'"), ['b']],
    ['names all', ids('true'), ['a', 'b', 'c']],
    ['names none', failing('[]'), []],
    ['is null', 'return null;', []],
    ['has no list', 'return {};', []],
    ['names an unknown message', failing("[{ itemIdentifier: 'x' }]"), ['a', 'b', 'c']],
    ['names nothing', failing("[{ itemIdentifier: '' }]"), ['a', 'b', 'c']],
    ['has another key', failing('[{ messageId: Records[0].messageId }]'), ['a', 'b', 'c']],
    ['has a text for a list', failing("'a'"), ['a', 'b', 'c']],
  ])('that %s', async (_, code, left) => {
    const given = await aMappedQueue({ code, mapping: reporting });
    await given.send('a', 'b', 'c');
    await given.runtime.settled();
    expect(await given.counts()).toEqual([0, left.length, 0]);
    given.clock.advance(60_000);
    await given.runtime.settled();
    expect(given.bodies().slice(1).flat().sort()).toEqual(left);
  });

  test('is ignored unless the mapping says that the function reports failures', async () => {
    const given = await aMappedQueue({ code: ids('true') });
    await given.send('a');
    await given.runtime.settled();
    expect(await given.counts()).toEqual([0, 0, 0]);
  });
});

describe('the number of calls at once', () => {
  // A call goes on until as many have begun as the limit allows, and a little longer, so that one too many would show.
  const slow = (file: string, limit: number) => `
    const { appendFileSync, statSync } = require('node:fs');
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    appendFileSync(${JSON.stringify(file)}, '+');
    while (statSync(${JSON.stringify(file)}).size < ${limit}) await pause(5);
    await pause(30);
    appendFileSync(${JSON.stringify(file)}, '-');`;

  test.each([
    [{ MaximumConcurrency: 2 }, 8, 2],
    [{}, 8, 5],
    [{ MaximumConcurrency: 20 }, 3, 3],
  ])('with %j and %i instances is at most %i', async (ScalingConfig, maxInstances, limit) => {
    const file = join(temporaryFolder(), 'calls');
    const code = slow(file, limit);
    const given = await aMappedQueue({ code, mapping: { BatchSize: 1, ScalingConfig } }, { maxInstances });
    await given.send('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
    await given.runtime.settled();
    expect(given.bodies().flat()).toHaveLength(10);
    let running = 0;
    // The file has the order in which the calls began and ended. Lines of their logs can overtake each other.
    const atOnce = [...readFileSync(file, 'utf8')].map((sign) => {
      running += sign === '+' ? 1 : -1;
      return running;
    });
    expect(Math.max(...atOnce)).toBe(limit);
  });

  test('of a throttled function: it is called again each second, until the messages are visible again', async () => {
    const given = await aMappedQueue({
      functionProperties: { ReservedConcurrentExecutions: 0 },
      queueProperties: { VisibilityTimeout: 20 },
    });
    await given.send('a');
    for (let call = 1; call <= 20; call += 1) {
      await waitUntil('the function was throttled', () => given.notes().length === call);
      given.clock.advance(1_000);
    }
    await waitUntil('the message came again', () => given.notes().length === 21);
    expect(new Set(given.notes())).toEqual(
      new Set(['Fixture-Worker: 1 of 1 messages failed: the function was throttled']),
    );
    expect(given.bodies()).toEqual([]);
  });
});

test('a restart continues with what was neither deleted nor in flight, and later with the rest', async () => {
  const first = await aMappedQueue({ code: "if (bodies.includes('a')) throw new Error();", mapping: { BatchSize: 1 } });
  await first.send('a', 'b');
  await first.runtime.settled();
  await first.runtime.close();
  const second = await aMappedQueue({}, { dataDir: first.dataDir, clock: first.clock });
  await second.send('c');
  await second.runtime.settled();
  expect(second.bodies()).toEqual([['c']]);
  second.clock.advance(60_000);
  await second.runtime.settled();
  expect(second.bodies()).toEqual([['c'], ['a']]);
});

describe('a mapping', () => {
  test.each(queueActions)('without the permission for %s is refused', async (missing) => {
    const actions = queueActions.filter((action) => action !== missing);
    const problem = `its role is not authorized to perform: sqs:${missing} on resource: arn:aws:sqs:`;
    await expect(aMappedQueue({ actions })).rejects.toThrow(problem);
  });

  test.each<[string, MappingFixture, string | RegExp]>([
    [
      'of a queue from outside the template',
      { mapping: { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:other' } },
      'Mapping: arn:aws:sqs:us-east-1:000000000000:other is not a queue of the template',
    ],
    ['to no function', { mapping: { FunctionName: 'other' } }, 'Mapping: there is no function other'],
    [
      'with a starting position',
      { mapping: { StartingPosition: 'TRIM_HORIZON' } },
      'StartingPosition is not supported',
    ],
    ['with a retry limit', { mapping: { MaximumRetryAttempts: 1 } }, 'MaximumRetryAttempts is not supported'],
    [
      'with provisioned pollers',
      { mapping: { ProvisionedPollerConfig: {} } },
      'ProvisionedPollerConfig is not supported',
    ],
    ['with a concurrency of 1', { mapping: { ScalingConfig: { MaximumConcurrency: 1 } } }, 'MaximumConcurrency'],
    ['with large batches and no window', { mapping: { BatchSize: 11 } }, 'BatchSize over 10 needs'],
    [
      'whose function may take longer than messages are hidden',
      { functionProperties: { Timeout: 61 } },
      'the visibility timeout of its queue (60 s) is less than the timeout of the function (61 s)',
    ],
    ['of a queue that has another one already', { resources: { Twin: queueMapping() } }, 'one mapping of a queue'],
    [
      'with a filter that is not JSON',
      { mapping: { FilterCriteria: { Filters: [{ Pattern: '{' }] } } },
      /filter of Fixture-Worker/,
    ],
  ])('%s is refused', async (_, fixture, message) => {
    await expect(givenRuntime(mappingFixture(fixture))).rejects.toThrow(message);
  });
});
