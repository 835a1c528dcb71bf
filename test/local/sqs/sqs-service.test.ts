import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { Level } from 'level';
import type { AwsCall } from '../../../local/aws/local-aws.ts';
import { MessageStore } from '../../../local/sqs/message-store.ts';
import { aDataFolder, anAws } from '../aws/given-aws.ts';
import { aQueue, bodies, type GivenQueue, queueArn, receives } from './given-queue.ts';

const minutes = 60_000;
const hours = 60 * minutes;
const days = 24 * hours;

const sendBatch = ({ call, url }: GivenQueue, ...Entries: SendMessageBatchRequestEntry[]) =>
  call(new SendMessageBatchCommand({ QueueUrl: url, Entries }));

describe('a message', () => {
  test('is received with its body, its attributes and what SQS knows of it', async () => {
    const given = await aQueue();
    const attributes: Record<string, MessageAttributeValue> = {
      'trace.id': { DataType: 'String', StringValue: 'żółw' },
      size: { DataType: 'Number.int', StringValue: '-1.5e3' },
      raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
    };
    const sentAt = given.clock.now().getTime();
    const sent = await given.call(
      new SendMessageCommand({
        QueueUrl: given.url,
        MessageBody: '{"n": 1.0}\n\t😀',
        MessageAttributes: attributes,
        MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1' } },
        MessageGroupId: 'dst_1',
      }),
    );
    given.clock.advance(2_000);
    const [message, ...rest] = await given.receive({ MessageAttributeNames: ['All'] });
    expect(rest).toEqual([]);
    expect(message).toEqual({
      MessageId: sent.MessageId,
      ReceiptHandle: expect.any(String),
      Body: '{"n": 1.0}\n\t😀',
      MD5OfBody: sent.MD5OfMessageBody,
      MessageAttributes: attributes,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(sentAt),
        ApproximateFirstReceiveTimestamp: String(sentAt + 2_000),
        SenderId: expect.any(String),
        MessageGroupId: 'dst_1',
        AWSTraceHeader: 'Root=1',
      },
    });
  });

  // Computed with Python's hashlib and struct, as the SQS guide describes it.
  test('has the digests that AWS documents', async () => {
    const given = await aQueue();
    const sent = await given.call(
      new SendMessageCommand({
        QueueUrl: given.url,
        MessageBody: 'hello',
        MessageAttributes: {
          b: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) },
          a: { DataType: 'String', StringValue: 'x' },
        },
      }),
    );
    expect(sent.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592');
    expect(sent.MD5OfMessageAttributes).toBe('3e9b4c785db2deb306cf4009ae214dab');
  });

  test.each([
    [['a.b'], ['a.b']],
    [['a.*'], ['a.b', 'a.c']],
    [['.*'], ['a.b', 'a.c', 'd']],
    [['All'], ['a.b', 'a.c', 'd']],
    [['a', 'D'], []],
  ])('is received with the attributes %j', async (MessageAttributeNames, expected) => {
    const given = await aQueue();
    const value = { DataType: 'String', StringValue: 'x' };
    await given.send('a', { MessageAttributes: { 'a.b': value, 'a.c': value, d: value } });
    const [message] = await given.receive({ MessageAttributeNames });
    expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(expected);
  });

  test('is hidden for its visibility timeout, and received again after it, with another handle', async () => {
    const given = await aQueue({ VisibilityTimeout: 60 });
    await given.send('a');
    const [first] = await given.receive();
    given.clock.advance(59_999);
    expect(await given.receive()).toEqual([]);
    given.clock.advance(1);
    const [second] = await given.receive({ VisibilityTimeout: 5 });
    expect([first, second].map((message) => message && receives(message))).toEqual([1, 2]);
    expect(new Set([first, second].map((message) => message?.ReceiptHandle)).size).toBe(2);
    given.clock.advance(5_000);
    expect(bodies(await given.receive())).toEqual(['a']);
  });

  test('is deleted by the handle of its last receive, and an older one deletes nothing', async () => {
    const given = await aQueue();
    await given.send('a');
    const [first] = await given.receive({ VisibilityTimeout: 0 });
    const [second] = await given.receive();
    await given.delete(first);
    expect(await given.counts()).toEqual([0, 1, 0]);
    given.clock.advance(30_000);
    await given.delete(second);
    await given.delete(second);
    expect(await given.counts()).toEqual([0, 0, 0]);
  });

  test('with a delay is received only after it, and the delay of the queue is for messages without one', async () => {
    const given = await aQueue({ DelaySeconds: 10 });
    await given.send('own', { DelaySeconds: 900 });
    await given.send('none', { DelaySeconds: 0 });
    await given.send('queue');
    expect(await given.counts()).toEqual([1, 0, 2]);
    expect(bodies(await given.receive())).toEqual(['none']);
    given.clock.advance(10_000);
    expect(bodies(await given.receive())).toEqual(['queue']);
    given.clock.advance(889_999);
    expect(bodies(await given.receive({ VisibilityTimeout: 900 }))).toEqual(['none', 'queue']);
    given.clock.advance(1);
    expect(bodies(await given.receive())).toEqual(['own']);
  });

  test('expires when its retention period is over, received or not', async () => {
    const given = await aQueue({ MessageRetentionPeriod: 3 * 86_400 });
    await given.send('a');
    given.clock.advance(1 * days);
    await given.send('b');
    const [a] = await given.receive({ MaxNumberOfMessages: 1, VisibilityTimeout: 43_200 });
    given.clock.advance(2 * days - 1);
    expect(await given.counts()).toEqual([2, 0, 0]);
    given.clock.advance(1);
    expect(await given.counts()).toEqual([1, 0, 0]);
    expect(bodies(await given.receive())).toEqual(['b']);
    await given.delete(a);
  });
});

describe('the visibility of a received message', () => {
  test('counts from its change, and 0 makes the message visible', async () => {
    const given = await aQueue();
    await given.send('a');
    const [message] = await given.receive({ VisibilityTimeout: 10 });
    given.clock.advance(9_000);
    await given.hide(message, 20);
    given.clock.advance(19_999);
    expect(await given.receive()).toEqual([]);
    await given.hide(message, 0);
    expect(bodies(await given.receive())).toEqual(['a']);
  });

  test('ends twelve hours after the receive at the latest', async () => {
    const given = await aQueue();
    await given.send('a');
    const [message] = await given.receive({ VisibilityTimeout: 43_200 });
    given.clock.advance(1 * hours);
    await given.hide(message, 11 * 3_600);
    await expect(given.hide(message, 11 * 3_600 + 1)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining('beyond the limit [43200 seconds]'),
    });
  });

  test('can be changed only while the message is in flight', async () => {
    const given = await aQueue();
    await given.send('a');
    const [message] = await given.receive({ VisibilityTimeout: 10 });
    given.clock.advance(10_000);
    await expect(given.hide(message, 10)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    await given.receive();
    await expect(given.hide(message, 10)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('a receive that waits', () => {
  test('ends as soon as a message is sent, and not before', async () => {
    const given = await aQueue();
    const waiting = given.receive({ WaitTimeSeconds: 20 });
    await given.send('a');
    expect(bodies(await waiting)).toEqual(['a']);
  });

  test.each([
    ['its own time', 20, {}],
    ['the time of the queue', undefined, { ReceiveMessageWaitTimeSeconds: 20 }],
  ])('ends empty after %s', async (_, WaitTimeSeconds, properties) => {
    const given = await aQueue(properties);
    const waiting = given.receive({ WaitTimeSeconds });
    while (given.clock.waiting === 0) await given.counts();
    given.clock.advance(20_000);
    expect(await waiting).toEqual([]);
  });

  test.each([
    ['at once', 0],
    ['sooner than its timeout', 5],
  ])('gets a message that who has it gives back %s', async (_, seconds) => {
    const given = await aQueue();
    await given.send('a');
    const [message] = await given.receive();
    const waiting = given.receive({ WaitTimeSeconds: 20 });
    while (given.clock.waiting === 0) await given.counts();
    await given.hide(message, seconds);
    // Nobody else comes by: the queue has to tell it, and it waits for the right time.
    while (seconds > 0 && given.clock.waiting === 0) await given.counts();
    given.clock.advance(seconds * 1_000);
    expect(given.clock.waiting).toBe(0);
    expect(bodies(await waiting)).toEqual(['a']);
  });

  test('gets a dead letter as soon as there is one', async () => {
    const RedrivePolicy = { deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 1 };
    const given = await aQueue({ VisibilityTimeout: 10, RedrivePolicy }, [{ QueueName: 'dead' }]);
    await given.send('a');
    await given.receive();
    const waiting = given.receive({ QueueUrl: given.urlOf('dead'), WaitTimeSeconds: 20 });
    while (given.clock.waiting === 0) await given.counts();
    given.clock.advance(10_000);
    expect(await given.receive()).toEqual([]);
    expect(given.clock.waiting).toBe(0);
    expect(bodies(await waiting)).toEqual(['a']);
  });

  test('gets a message when its delay or its visibility timeout is over', async () => {
    const given = await aQueue();
    await given.send('a', { DelaySeconds: 5 });
    for (const VisibilityTimeout of [7, 30]) {
      const waiting = given.receive({ WaitTimeSeconds: 20, VisibilityTimeout });
      while (given.clock.waiting === 0) await given.counts();
      given.clock.advance(7_000);
      expect(bodies(await waiting)).toEqual(['a']);
    }
  });

  test('does not keep the services from closing', async () => {
    const given = await aQueue();
    const waiting = given.receive({ WaitTimeSeconds: 20 }).catch(() => 'cut off');
    while (given.clock.waiting === 0) await given.counts();
    await given.aws.close();
    expect(await waiting).toBe('cut off');
  });
});

describe('a dead-letter queue', () => {
  const redrive = (maxReceiveCount: number | string = 2) => ({
    VisibilityTimeout: 10,
    RedrivePolicy: { deadLetterTargetArn: queueArn('dead'), maxReceiveCount },
  });

  test.each([1, 2, '3'])('gets a message that was received %s times and not deleted', async (maxReceiveCount) => {
    const given = await aQueue(redrive(maxReceiveCount), [{ QueueName: 'dead' }]);
    const id = await given.send('a', { MessageGroupId: 'g' });
    const sentAt = String(given.clock.now().getTime());
    for (let count = 1; count <= Number(maxReceiveCount); count += 1) {
      expect((await given.receive()).map(receives)).toEqual([count]);
      given.clock.advance(10_000);
    }
    expect(await given.counts('dead')).toEqual([0, 0, 0]);
    expect(await given.receive()).toEqual([]);
    expect(await given.counts()).toEqual([0, 0, 0]);
    const dead = await given.receive({ QueueUrl: given.urlOf('dead') });
    expect(dead).toMatchObject([
      {
        MessageId: id,
        Body: 'a',
        Attributes: {
          SentTimestamp: sentAt,
          MessageGroupId: 'g',
          DeadLetterQueueSourceArn: queueArn(),
          ApproximateReceiveCount: String(Number(maxReceiveCount) + 1),
        },
      },
    ]);
  });

  test('of a dead-letter queue counts its own receives only', async () => {
    const given = await aQueue(redrive(1), [
      {
        ...redrive(2),
        QueueName: 'dead',
        RedrivePolicy: { deadLetterTargetArn: queueArn('last'), maxReceiveCount: 2 },
      },
      { QueueName: 'last' },
    ]);
    await given.send('a');
    await given.receive();
    given.clock.advance(10_000);
    await given.receive();
    for (let count = 0; count < 2; count += 1) {
      expect(bodies(await given.receive({ QueueUrl: given.urlOf('dead') }))).toEqual(['a']);
      given.clock.advance(10_000);
    }
    expect(await given.receive({ QueueUrl: given.urlOf('dead') })).toEqual([]);
    expect(await given.counts('last')).toEqual([1, 0, 0]);
  });

  test('keeps a message for its own retention period, counted from when the message was sent', async () => {
    const given = await aQueue(redrive(1), [{ QueueName: 'dead', MessageRetentionPeriod: 86_400 }]);
    await given.send('a');
    given.clock.advance(23 * hours);
    await given.receive();
    given.clock.advance(10_000);
    await given.receive();
    expect(await given.counts('dead')).toEqual([1, 0, 0]);
    given.clock.advance(1 * hours);
    expect(await given.counts('dead')).toEqual([0, 0, 0]);
  });

  const source = { QueueName: 'orders', ...redrive() };
  test.each<[string, Record<string, unknown>[], string | undefined]>([
    ['is missing', [source], `of orders is not a queue of the template: ${queueArn('dead')}`],
    ['takes all', [source, { QueueName: 'dead', RedriveAllowPolicy: { redrivePermission: 'allowAll' } }], undefined],
    [
      'takes those of this queue',
      [
        source,
        { QueueName: 'dead', RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [queueArn()] } },
      ],
      undefined,
    ],
    [
      'takes those of another queue',
      [
        source,
        { QueueName: 'dead', RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [queueArn('x')] } },
      ],
      'dead does not take messages of orders',
    ],
    [
      'takes none',
      [source, { QueueName: 'dead', RedriveAllowPolicy: { redrivePermission: 'denyAll' } }],
      'dead does not take messages of orders',
    ],
  ])('that %s', async (_, queues, problem) => {
    const aws = await anAws();
    for (const each of queues) await aws.createQueue(each);
    const check = expect(() => aws.checkDeadLetterQueues());
    if (problem === undefined) check.not.toThrow();
    else check.toThrow(problem);
  });
});

describe('a batch', () => {
  test('is sent, its entries each with an id', async () => {
    const given = await aQueue();
    const entries = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: `body ${Id}` }));
    const { Successful = [], Failed } = await sendBatch(given, ...entries);
    expect(Successful.map(({ Id }) => Id)).toEqual(['a', 'b', 'c']);
    expect(Failed).toEqual([]);
    const received = await given.receive();
    expect(received.map(({ MessageId, Body }) => [MessageId, Body])).toEqual(
      Successful.map(({ MessageId, Id }) => [MessageId, `body ${Id}`]),
    );
  });

  test('fails entry by entry', async () => {
    const given = await aQueue({ MaximumMessageSize: 1_024 });
    const answer = await sendBatch(
      given,
      { Id: 'good', MessageBody: 'a' },
      { Id: 'late', MessageBody: 'a', DelaySeconds: 901 },
      { Id: 'control', MessageBody: '\u0001' },
      { Id: 'large', MessageBody: 'a'.repeat(1_025) },
      { Id: 'fifo', MessageBody: 'a', MessageDeduplicationId: 'x' },
      { Id: 'last', MessageBody: 'z' },
    );
    expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['good', 'last']);
    expect(
      Object.fromEntries(answer.Failed?.map(({ Id, Code, SenderFault }) => [Id, [Code, SenderFault]]) ?? []),
    ).toEqual({
      late: ['InvalidParameterValue', true],
      control: ['InvalidMessageContents', true],
      large: ['InvalidParameterValue', true],
      fifo: ['UnsupportedOperation', true],
    });
    expect(bodies(await given.receive())).toEqual(['a', 'z']);
  });

  test.each<[string, SendMessageBatchRequestEntry[], string]>([
    ['no entry', [], 'EmptyBatchRequest'],
    [
      'eleven entries',
      Array.from({ length: 11 }, (_, at) => ({ Id: `${at}`, MessageBody: 'a' })),
      'TooManyEntriesInBatchRequest',
    ],
    [
      'an id twice',
      [
        { Id: 'a', MessageBody: 'a' },
        { Id: 'a', MessageBody: 'b' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
    ['an id with a dot', [{ Id: 'a.b', MessageBody: 'a' }], 'InvalidBatchEntryId'],
    ['an id of 81 characters', [{ Id: 'a'.repeat(81), MessageBody: 'a' }], 'InvalidBatchEntryId'],
    [
      'more than 1 MiB in all',
      ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(524_289) })),
      'BatchRequestTooLong',
    ],
  ])('with %s is refused as a whole', async (_, entries, name) => {
    const given = await aQueue();
    await expect(sendBatch(given, ...entries)).rejects.toMatchObject({
      name,
      Code: `AWS.SimpleQueueService.${name}`,
      $metadata: { httpStatusCode: 400 },
    });
    expect(await given.counts()).toEqual([0, 0, 0]);
  });

  test('of exactly 1 MiB is sent, attributes included', async () => {
    const given = await aQueue();
    const half = 524_288;
    const MessageAttributes = { n: { DataType: 'String', StringValue: 'abc' } };
    await sendBatch(
      given,
      { Id: 'a', MessageBody: 'x'.repeat(half) },
      { Id: 'b', MessageBody: 'x'.repeat(half - 10), MessageAttributes },
    );
    expect(await given.counts()).toEqual([2, 0, 0]);
  });

  test('of deletions and of visibility fails entry by entry too', async () => {
    const given = await aQueue();
    await sendBatch(given, { Id: 'a', MessageBody: 'a' }, { Id: 'b', MessageBody: 'b' });
    const [a, b] = await given.receive();
    const [QueueUrl, broken] = [given.url, 'broken'];
    const hidden = await given.call(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', ReceiptHandle: a?.ReceiptHandle, VisibilityTimeout: 0 },
          { Id: 'long', ReceiptHandle: b?.ReceiptHandle, VisibilityTimeout: 43_201 },
          { Id: 'x', ReceiptHandle: broken, VisibilityTimeout: 1 },
        ],
      }),
    );
    const codes = ({ Failed = [] }: typeof hidden) => Failed.map(({ Id, Code }) => [Id, Code]);
    expect(hidden.Successful).toEqual([{ Id: 'a' }]);
    expect(codes(hidden)).toEqual([
      ['long', 'InvalidParameterValue'],
      ['x', 'ReceiptHandleIsInvalid'],
    ]);
    expect(bodies(await given.receive())).toEqual(['a']);
    const deleted = await given.call(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'b', ReceiptHandle: b?.ReceiptHandle },
          { Id: 'x', ReceiptHandle: broken },
        ],
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: 'b' }]);
    expect(codes(deleted)).toEqual([['x', 'ReceiptHandleIsInvalid']]);
    expect(await given.counts()).toEqual([0, 1, 0]);
  });
});

describe('a request is refused', () => {
  const attribute = (name: string, value: MessageAttributeValue) => ({ MessageAttributes: { [name]: value } });
  const text = { DataType: 'String', StringValue: 'x' };

  test.each<[string, Parameters<GivenQueue['send']>[1], string]>([
    ['an empty body', { MessageBody: '' }, 'InvalidMessageContents'],
    ['a control character', { MessageBody: 'a\u0000' }, 'InvalidMessageContents'],
    ['no body', { MessageBody: undefined }, 'MissingParameter'],
    ['more than 1 MiB', { MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    [
      'more than 1 MiB with its attributes',
      { MessageBody: 'x'.repeat(1_048_570), ...attribute('a', text) },
      'InvalidParameterValue',
    ],
    ['a delay of over 15 minutes', { DelaySeconds: 901 }, 'InvalidParameterValue'],
    ['a negative delay', { DelaySeconds: -1 }, 'InvalidParameterValue'],
    ['a deduplication id', { MessageDeduplicationId: 'x' }, 'UnsupportedOperation'],
    ['a group of 129 characters', { MessageGroupId: 'g'.repeat(129) }, 'InvalidParameterValue'],
    ['a group with a space', { MessageGroupId: 'a b' }, 'InvalidParameterValue'],
    ['an attribute with a reserved name', attribute('AWS.x', text), 'InvalidParameterValue'],
    ['an attribute of an unknown type', attribute('a', { ...text, DataType: 'Date' }), 'InvalidParameterValue'],
    ['a number that is none', attribute('a', { ...text, DataType: 'Number' }), 'InvalidParameterValue'],
    ['bytes without a value', attribute('a', { ...text, DataType: 'Binary' }), 'InvalidParameterValue'],
    [
      'eleven attributes',
      { MessageAttributes: Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`a${at}`, text])) },
      'InvalidParameterValue',
    ],
  ])('that sends %s', async (_, more, name) => {
    const given = await aQueue();
    await expect(given.send('a', more)).rejects.toMatchObject({ name });
    expect(await given.counts()).toEqual([0, 0, 0]);
  });

  test.each([
    ['eleven messages', { MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    ['no message', { MaxNumberOfMessages: 0 }, 'InvalidParameterValue'],
    ['a wait of over 20 s', { WaitTimeSeconds: 21 }, 'InvalidParameterValue'],
    ['a visibility of over 12 h', { VisibilityTimeout: 43_201 }, 'InvalidParameterValue'],
    [
      'an attribute that messages do not have',
      { MessageSystemAttributeNames: ['VisibilityTimeout' as 'All'] },
      'InvalidParameterValue',
    ],
    ['a receive attempt of a FIFO queue', { ReceiveRequestAttemptId: 'x' }, 'UnsupportedOperation'],
  ])('that receives with %s', async (_, more, name) => {
    const given = await aQueue();
    await expect(given.receive(more)).rejects.toMatchObject({ name });
  });

  test('for a queue that does not exist, of whatever account', async () => {
    const given = await aQueue();
    const missing = { name: 'QueueDoesNotExist', Code: 'AWS.SimpleQueueService.NonExistentQueue' };
    const urls = [given.urlOf('other'), `${given.aws.url}/210987654321/orders`, `${given.aws.url}/orders`];
    for (const QueueUrl of urls) await expect(given.receive({ QueueUrl })).rejects.toMatchObject(missing);
  });

  test.each([
    ['is none', () => 'handle'],
    ['is empty', () => ''],
    ['is of another queue', (handle: string) => Buffer.from(handle, 'base64').toString().replace('orders', 'other')],
  ])('for a handle that %s', async (_, change) => {
    const given = await aQueue();
    await given.send('a');
    const [message] = await given.receive();
    const wrong = { ReceiptHandle: Buffer.from(change(message?.ReceiptHandle ?? '')).toString('base64') };
    const refused = { name: 'ReceiptHandleIsInvalid' };
    await expect(given.delete(wrong)).rejects.toMatchObject(refused);
    await expect(given.hide(wrong, 1)).rejects.toMatchObject(refused);
  });

  test('for an operation or an attribute that the local runtime does not have', async () => {
    const given = await aQueue();
    await expect(given.call(new CreateQueueCommand({ QueueName: 'x' }))).rejects.toThrow(
      'has no operation CreateQueue',
    );
    const policy = new GetQueueAttributesCommand({ QueueUrl: given.url, AttributeNames: ['QueueArn', 'Policy'] });
    await expect(given.call(policy)).rejects.toThrow('does not know the attribute Policy');
  });
});

test('the attributes of a queue are what the template says, and none are returned unasked', async () => {
  const RedrivePolicy = { deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 3 };
  const given = await aQueue({ VisibilityTimeout: 360, RedrivePolicy }, [{ QueueName: 'dead' }]);
  const ask = async (...AttributeNames: ('All' | 'QueueArn')[]) =>
    (await given.call(new GetQueueAttributesCommand({ QueueUrl: given.url, AttributeNames }))).Attributes;
  expect(await ask()).toBeUndefined();
  expect(await ask('QueueArn')).toEqual({ QueueArn: queueArn() });
  expect(await ask('All')).toEqual({
    QueueArn: queueArn(),
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    DelaySeconds: '0',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    VisibilityTimeout: '360',
    RedrivePolicy: JSON.stringify(RedrivePolicy),
  });
});

describe('a permission', () => {
  const handle = { ReceiptHandle: Buffer.from('orders/a/b').toString('base64') };
  const operations = [
    ['SendMessage', (QueueUrl: string) => new SendMessageCommand({ QueueUrl, MessageBody: 'a' })],
    [
      'SendMessage',
      (QueueUrl: string) => new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'a' }] }),
    ],
    ['ReceiveMessage', (QueueUrl: string) => new ReceiveMessageCommand({ QueueUrl })],
    ['DeleteMessage', (QueueUrl: string) => new DeleteMessageCommand({ QueueUrl, ...handle })],
    [
      'DeleteMessage',
      (QueueUrl: string) => new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', ...handle }] }),
    ],
    [
      'ChangeMessageVisibility',
      (QueueUrl: string) => new ChangeMessageVisibilityCommand({ QueueUrl, ...handle, VisibilityTimeout: 1 }),
    ],
    [
      'ChangeMessageVisibility',
      (QueueUrl: string) =>
        new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: [{ Id: 'a', ...handle, VisibilityTimeout: 1 }] }),
    ],
    ['GetQueueAttributes', (QueueUrl: string) => new GetQueueAttributesCommand({ QueueUrl })],
  ] as const;

  test.each(operations)('%s is needed on the queue', async (action, commandFor) => {
    const calls: AwsCall[] = [];
    const given = await aQueue({}, [], { onCall: (call) => calls.push(call) });
    const send = (Action: string, Resource: string) =>
      given.callAs(given.aws.addPrincipal('f', 'Role', () => [{ Effect: 'Allow', Action, Resource }]))(
        commandFor(given.url) as SendMessageCommand,
      );
    const denied = { name: 'AccessDeniedException', message: expect.stringContaining(`sqs:${action} on resource: `) };
    await expect(send(`sqs:${action}`, queueArn('other'))).rejects.toMatchObject(denied);
    await expect(send('sqs:PurgeQueue', queueArn())).rejects.toMatchObject(denied);
    expect(calls).toEqual([]);
    await send(`sqs:${action}`, queueArn()).catch(() => undefined);
    expect(calls).toMatchObject([
      { service: 'sqs', principal: 'f', permissions: [{ action: `sqs:${action}`, resource: queueArn() }] },
    ]);
  });

  test('does not help a caller with the wrong secret', async () => {
    const given = await aQueue();
    const forged = given.callAs({ ...given.aws.administrator, secretAccessKey: 'x' });
    await expect(forged(new ReceiveMessageCommand({ QueueUrl: given.url }))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
  });
});

describe('a queue', () => {
  test.each([
    [{ FifoQueue: true }, 'FifoQueue'],
    [{ QueueName: 'orders.fifo' }, 'not a valid name of a standard queue'],
    [{ ContentBasedDeduplication: true }, 'ContentBasedDeduplication'],
    [{ KmsMasterKeyId: 'alias/key' }, 'KmsMasterKeyId'],
    [{ DelaySeconds: 901 }, 'DelaySeconds'],
    [{ MaximumMessageSize: 1_048_577 }, 'MaximumMessageSize'],
    [{ MessageRetentionPeriod: 59 }, 'MessageRetentionPeriod'],
    [{ ReceiveMessageWaitTimeSeconds: 21 }, 'ReceiveMessageWaitTimeSeconds'],
    [{ VisibilityTimeout: 43_201 }, 'VisibilityTimeout'],
    [{ RedrivePolicy: { deadLetterTargetArn: 'x', maxReceiveCount: 0 } }, 'RedrivePolicy.maxReceiveCount'],
    [{ RedrivePolicy: { deadLetterTargetArn: 'x', maxReceiveCount: 1, more: 1 } }, 'more'],
    [{ RedriveAllowPolicy: { redrivePermission: 'some' } }, 'RedriveAllowPolicy.redrivePermission'],
  ])('with %j is refused', async (properties, problem) => {
    const aws = await anAws();
    const made = aws.createQueue({ QueueName: 'orders', ...properties });
    await expect(made).rejects.toThrow(problem);
    await expect(made).rejects.toThrow(/^The local runtime can't make the queue orders/);
  });

  test('with the name of another one is refused', async () => {
    const given = await aQueue();
    await expect(given.aws.createQueue({ QueueName: 'orders' })).rejects.toThrow('Two queues are named orders');
  });

  test('keeps its messages over a restart: their bodies, delays, visibility and receives', async () => {
    const dataDir = aDataFolder();
    const redrive = { RedrivePolicy: { deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 2 } };
    const first = await aQueue(redrive, [{ QueueName: 'dead' }], { dataDir });
    await first.send('hidden', { MessageAttributes: { a: { DataType: 'Binary', BinaryValue: Uint8Array.of(7) } } });
    const [hidden] = await first.receive({ VisibilityTimeout: 5 });
    await first.hide(hidden, 60);
    await first.send('delayed', { DelaySeconds: 30 });
    await first.send('visible');
    await first.aws.close();

    const second = await aQueue(redrive, [{ QueueName: 'dead' }], { dataDir }, first.clock);
    second.clock.advance(5_000);
    expect(await second.counts()).toEqual([1, 1, 1]);
    await second.hide(hidden, 20);
    second.clock.advance(20_000);
    const [visible, again] = await second.receive({ MessageAttributeNames: ['a'], VisibilityTimeout: 5 });
    expect([visible, again].map((each) => each?.Body)).toEqual(['visible', 'hidden']);
    expect(again?.MessageAttributes).toEqual({ a: { DataType: 'Binary', BinaryValue: Uint8Array.of(7) } });
    await second.delete(visible);
    second.clock.advance(10_000);
    expect(bodies(await second.receive())).toEqual(['delayed']);
    await second.aws.close();

    const third = await aQueue(redrive, [{ QueueName: 'dead' }], { dataDir }, second.clock);
    expect([await third.counts(), await third.counts('dead')]).toEqual([
      [0, 1, 0],
      [1, 0, 0],
    ]);
  });

  test('with a damaged message is not opened, and the error names the folder and quotes nothing', async () => {
    const dataDir = aDataFolder();
    const first = await aQueue({}, [], { dataDir });
    await first.send('a');
    await first.aws.close();
    const level = new Level<string, string>(`${dataDir}/sqs`);
    const [key = ''] = await level.keys({ gte: 'state~orders~', limit: 1 }).all();
    await level.put(key, '{"secret":');
    await level.close();
    const opened = aQueue({}, [], { dataDir });
    await expect(opened).rejects.toThrow(`The data folder ${dataDir}/sqs can't be read (a damaged message)`);
    await expect(opened).rejects.not.toThrow('secret');
  });

  test('that another process uses is reported with its folder', async () => {
    const dataDir = aDataFolder();
    await aQueue({}, [], { dataDir });
    await expect(MessageStore.open(`${dataDir}/sqs`)).rejects.toThrow(`The data folder ${dataDir}/sqs is in use`);
  });
});
