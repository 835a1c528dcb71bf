import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import type { Wait } from '../../../local/eventbridge/abortable-wait.ts';
import type { Runtime } from '../../../local/runtime.ts';
import type { RuntimeOptions } from '../../../local/runtime-options.ts';
import { readBusEvents } from '../../support/given.ts';
import { type Fixture, givenRuntime } from '../assembly-fixture.ts';

/** A function that logs each event. */
const logging = 'exports.handler = async (event) => console.log({ got: event });';
const failing = 'exports.handler = async (event) => { console.log({ got: event }); throw new Error("secret"); };';

const bus = { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } };
const aRule = (properties: object) => ({ Type: 'AWS::Events::Rule', Properties: properties });

const allowed = (rule: string, to = 'Sink') => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: { 'Fn::GetAtt': [to, 'Arn'] },
    Principal: 'events.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': [rule, 'Arn'] },
  },
});

const toSink = { Arn: { 'Fn::GetAtt': ['Sink', 'Arn'] }, Id: 'Target0' };
const toGroup = { Arn: { 'Fn::GetAtt': ['Group', 'Arn'] }, Id: 'Target1' };

const group = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/orders/events' } };
const writable = (Action: unknown = ['logs:CreateLogStream', 'logs:PutLogEvents']) => ({
  Type: 'AWS::Logs::ResourcePolicy',
  Properties: {
    PolicyName: 'events',
    PolicyDocument: {
      'Fn::Join': [
        '',
        [
          `{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":${JSON.stringify(Action)},"Resource":"`,
          { 'Fn::GetAtt': ['Group', 'Arn'] },
          '"}]}',
        ],
      ],
    },
  },
});

const paid = { EventBusName: { Ref: 'Bus' }, EventPattern: { source: ['shop'], detail: { paid: [true] } } };
const hourly = { ScheduleExpression: 'rate(1 hour)', Targets: [toSink] };

const withRule = (properties: object, more: object = {}): Fixture => ({
  functions: { Sink: logging },
  resources: { Bus: bus, Rule: aRule(properties), Permission: allowed('Rule'), ...more },
});

interface Given {
  runtime: Runtime;
  /** The messages in a log so far, by the log's name. */
  logged(name: string): Record<string, unknown>[];
  /** Resolves when a log has this many lines. */
  lines(name: string, count: number): Promise<Record<string, unknown>[]>;
  put(...entries: PutEventsRequestEntry[]): Promise<void>;
}

async function given(fixture: Fixture, options: Partial<RuntimeOptions> = {}): Promise<Given> {
  const logs: { name: string; line: string }[] = [];
  let arrival = Promise.withResolvers<void>();
  const onLog = (name: string, line: string): void => {
    logs.push({ name, line });
    arrival.resolve();
    arrival = Promise.withResolvers();
  };
  const runtime = await givenRuntime(fixture, { onLog, ...options });
  const { url, region, administrator } = runtime.aws;
  const logged = (name: string) => logs.filter((each) => each.name === name).map(({ line }) => JSON.parse(line));
  return {
    runtime,
    logged,
    async lines(name, count) {
      while (logged(name).length < count) await arrival.promise;
      return logged(name);
    },
    async put(...Entries) {
      const client = new EventBridgeClient({ endpoint: url, region, credentials: administrator });
      const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries }));
      client.destroy();
      expect(FailedEntryCount).toBe(0);
    },
  };
}

const sink = 'Fixture-Sink';
const event = (detail: object, EventBusName = 'orders'): PutEventsRequestEntry => ({
  Source: 'shop',
  DetailType: 'order',
  Detail: JSON.stringify(detail),
  EventBusName,
});

/** A clock whose waits the test ends. */
function aClock() {
  const waits: number[] = [];
  const pending: (() => void)[] = [];
  let arrival = Promise.withResolvers<void>();
  const wait: Wait = (milliseconds, signal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
    waits.push(milliseconds);
    pending.push(resolve);
    arrival.resolve();
    arrival = Promise.withResolvers();
    return promise;
  };
  return {
    waits,
    wait,
    /** Waits until this many waits have started, runs `before`, and ends all waits. */
    async ring(count: number, before: () => void) {
      while (waits.length < count) await arrival.promise;
      before();
      for (const resolve of pending.splice(0)) resolve();
    },
  };
}

describe('a rule with a pattern', () => {
  test('sends a matching event to a function as it is in the log', async () => {
    const { put, lines, logged, runtime } = await given(withRule({ ...paid, Targets: [toSink] }));
    await put(event({ paid: true, n: 1 }, 'default'), event({ paid: false, n: 2 }), event({ paid: true, n: 3 }));
    const [line] = await lines(sink, 1);
    await runtime.close();
    expect(logged(sink)).toEqual([line]);
    expect(line?.['message']).toEqual({ got: readBusEvents(runtime.dataDir)[2] });
  });

  test('sends every target the matching event, or the fixed input that the target has', async () => {
    const Targets = [toSink, toGroup, { ...toSink, Id: 'Target2', Input: '{"instead":1}' }];
    const resources = { Group: group, Writable: writable() };
    const { put, lines } = await given(withRule({ ...paid, Targets }, resources));
    await put(event({ paid: true }));
    const got = (await lines(sink, 2)).map(({ message }) => (message as { got: object }).got);
    expect(got).toContainEqual({ instead: 1 });
    expect(await lines('/orders/events', 1)).toEqual([expect.objectContaining({ source: 'shop' })]);
  });

  test('sends nothing while it is disabled', async () => {
    const resources = { Second: aRule({ ...paid, Targets: [toSink] }), Other: allowed('Second') };
    const { put, lines, runtime, logged } = await given(
      withRule({ ...paid, State: 'DISABLED', Targets: [{ ...toSink, Input: '{"disabled":1}' }] }, resources),
    );
    await put(event({ paid: true }));
    await lines(sink, 1);
    await runtime.close();
    expect(logged(sink)).toMatchObject([{ message: { got: { source: 'shop' } } }]);
  });

  test('calls a failing function three times, then logs the failure without the error message', async () => {
    const waits: number[] = [];
    const wait: Wait = async (milliseconds) => void waits.push(milliseconds);
    const fixture = { ...withRule({ ...paid, Targets: [toSink] }), functions: { Sink: failing } };
    const { put, lines, logged } = await given(fixture, { wait });
    await put(event({ paid: true }));
    const [given_up] = await lines('local-bus', 1);
    expect(given_up).toMatchObject({
      level: 'ERROR',
      message: `${sink} did not process an event (Error). The event was given up`,
    });
    expect(logged(sink).filter(({ message }) => (message as { got?: object }).got)).toHaveLength(3);
    expect(waits).toEqual([1_000, 2_000]);
  });

  test('calls a failing function as often for the next event, after one that was given up', async () => {
    const waits: number[] = [];
    const wait: Wait = async (milliseconds) => void waits.push(milliseconds);
    const fixture = { ...withRule({ ...paid, Targets: [toSink] }), functions: { Sink: failing } };
    const { put, lines } = await given(fixture, { wait });
    await put(event({ paid: true, n: 1 }));
    await lines('local-bus', 1);
    await put(event({ paid: true, n: 2 }));
    await lines('local-bus', 2);
    expect(waits).toEqual([1_000, 2_000, 1_000, 2_000]);
  });

  test('does not keep the runtime from closing while a retry waits', async () => {
    const clock = aClock();
    const fixture = { ...withRule({ ...paid, Targets: [toSink] }), functions: { Sink: failing } };
    const { put, lines, runtime } = await given(fixture, { wait: clock.wait });
    await put(event({ paid: true }));
    await lines(sink, 1);
    await runtime.close();
    expect(clock.waits.length).toBeLessThanOrEqual(1);
  });
});

describe('a rule with a schedule', () => {
  test("sends EventBridge's scheduled event when a test runs it", async () => {
    const now = new Date('2026-01-02T03:04:05.678Z');
    const { runtime, logged } = await given(withRule(hourly), { schedules: false, now: () => now });
    await runtime.runSchedule('Ru');
    const arn = 'arn:aws:events:us-east-1:000000000000:rule/Fixture-Rule';
    const scheduled = {
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: '2026-01-02T03:04:05Z',
      region: 'us-east-1',
      resources: [arn],
      detail: {},
    };
    expect(logged(sink)).toMatchObject([{ message: { got: scheduled } }]);
    expect(readBusEvents(runtime.dataDir)).toEqual([]);
  });

  test('sends the fixed input of its target', async () => {
    const Targets = [{ ...toSink, Input: '{"sweep":true}' }];
    const { runtime, logged } = await given(withRule({ ...hourly, Targets }), { schedules: false });
    await runtime.runSchedule('Rule');
    expect(logged(sink)).toMatchObject([{ message: { got: { sweep: true } } }]);
  });

  test('can be run by the start of its logical id if only one schedule has that start', async () => {
    const resources = { Rule2: aRule(hourly), Permission2: allowed('Rule2'), Pattern: aRule({ ...paid }) };
    const { runtime } = await given(withRule(hourly, resources), { schedules: false });
    const problem = (prefix: string) =>
      `${prefix} must be the start of the logical id of exactly one schedule. The schedules are: Rule, Rule2`;
    await expect(runtime.runSchedule('Nowhere')).rejects.toThrow(problem('Nowhere'));
    await expect(runtime.runSchedule('Rule')).rejects.toThrow(problem('Rule'));
    await expect(runtime.runSchedule('Pattern')).rejects.toThrow(problem('Pattern'));
    await runtime.runSchedule('Rule2');
  });

  test('can be run for some of its functions', async () => {
    const Targets = [toSink, { Arn: { 'Fn::GetAtt': ['Other', 'Arn'] }, Id: 'Target1' }];
    const fixture = withRule({ ...hourly, Targets }, { Permission2: allowed('Rule', 'Other') });
    const two = { ...fixture, functions: { Sink: logging, Other: logging } };
    const { runtime, logged } = await given(two, { schedules: false });
    await runtime.runSchedule('Rule', 'Oth');
    expect([logged(sink).length, logged('Fixture-Other').length]).toEqual([0, 1]);
    await runtime.runSchedule('Rule');
    expect([logged(sink).length, logged('Fixture-Other').length]).toEqual([1, 2]);
    await expect(runtime.runSchedule('Rule', 'Nothing')).rejects.toThrow('Rule calls no such function');
  });

  test('runs each of its functions on time, while another one takes long', async () => {
    const clock = aClock();
    let now = Date.now();
    const Targets = [toSink, { Arn: { 'Fn::GetAtt': ['Other', 'Arn'] }, Id: 'Target1' }];
    const fixture = withRule({ ...hourly, Targets }, { Permission2: allowed('Rule', 'Other') });
    // This one never answers.
    const never = 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 2 ** 30));';
    const { lines } = await given(
      { ...fixture, functions: { Sink: logging, Other: never } },
      { wait: clock.wait, now: () => new Date(now) },
    );
    for (const [index, waits] of [2, 3, 4].entries()) {
      await clock.ring(waits, () => {
        now += 3_600_000;
      });
      await lines(sink, index + 1);
    }
  });

  test('runs once in each period, for the first time one period after the start', async () => {
    const clock = aClock();
    let now = Date.now();
    const { lines, logged } = await given(withRule({ ...hourly, ScheduleExpression: 'rate(2 minutes)' }), {
      wait: clock.wait,
      now: () => new Date(now),
    });
    expect(logged(sink)).toEqual([]);
    for (const [index, passed] of [120_000, 300_000, 60_000].entries()) {
      await clock.ring(index + 1, () => {
        now += passed;
      });
      await lines(sink, index + 1);
    }
    // The second run was due after 240 s and came after 420 s. The run after 360 s is skipped, and the next is after 480 s.
    expect(clock.waits.slice(0, 3)).toEqual([120_000, 120_000, 60_000]);
  });

  test('does not run while it is disabled or schedules are off', async () => {
    const off = aClock();
    await given(withRule(hourly), { wait: off.wait, schedules: false });
    const disabled = aClock();
    await given(withRule({ ...hourly, State: 'DISABLED' }), { wait: disabled.wait });
    expect([off.waits, disabled.waits]).toEqual([[], []]);
  });

  test('with a period of weeks does not keep the runtime from closing', async () => {
    const { runtime } = await given(withRule({ ...hourly, ScheduleExpression: 'rate(60 days)' }));
    await runtime.close();
  });
});

describe('a queue as the target of a rule', () => {
  const toQueue = { Arn: { 'Fn::GetAtt': ['Jobs', 'Arn'] }, Id: 'Queue' };
  const ruleArn = { 'Fn::GetAtt': ['Rule', 'Arn'] };
  /** The statement that the CDK writes for a rule to a queue. */
  const statement = (change: object = {}) => ({
    Sid: 'AllowRule',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
    Resource: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
    Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
    ...change,
  });
  const policy = (...Statement: object[]) => ({
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [{ Ref: 'Jobs' }], PolicyDocument: { Version: '2012-10-17', Statement } },
  });
  const withQueue = (statements: object[] = [statement()], target: object = {}, queue: object = {}): Fixture => ({
    functions: { Sink: logging },
    resources: {
      Bus: bus,
      Jobs: { Type: 'AWS::SQS::Queue', Properties: queue },
      Rule: aRule({ ...paid, Targets: [{ ...toQueue, ...target }] }),
      ...(statements.length > 0 && { Policy: policy(...statements) }),
    },
  });

  async function receivedFrom({ aws, queues }: Runtime, id: string): Promise<Message[]> {
    const client = new SQSClient({ region: aws.region, credentials: aws.administrator, endpoint: aws.url });
    const QueueUrl = queues[id];
    const all = { MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, ...all }));
    client.destroy();
    return Messages;
  }

  /** The bodies in the queue of the rule. */
  const inQueue = async (runtime: Runtime): Promise<string[]> =>
    (await receivedFrom(runtime, 'Jobs')).map(({ Body = '' }) => Body);

  test('gets a matching event as it is in the log, before the sender of the event has its answer', async () => {
    const { put, runtime } = await given(withQueue());
    await put(event({ paid: false, n: 1 }), event({ paid: true, n: 1.0 }));
    const [line] = await inQueue(runtime);
    expect(line).toBe(readFileSync(join(runtime.dataDir, 'bus.ndjson'), 'utf8').split('\n')[1]);
    expect(JSON.parse(line ?? '')).toMatchObject({ source: 'shop', 'detail-type': 'order', detail: { paid: true } });
  });

  test('gets the fixed input of the target, byte for byte', async () => {
    const { put, runtime } = await given(withQueue(undefined, { Input: '{ "n": 1.0 }' }));
    await put(event({ paid: true }));
    expect(await inQueue(runtime)).toEqual(['{ "n": 1.0 }']);
  });

  test('gets the event of a schedule', async () => {
    const { resources } = withQueue();
    const Rule = aRule({ ScheduleExpression: 'rate(1 hour)', Targets: [toQueue] });
    const { runtime } = await given({ resources: { ...resources, Rule } }, { schedules: false });
    await runtime.runSchedule('Rule');
    expect((await inQueue(runtime)).map((line) => JSON.parse(line))).toMatchObject([{ source: 'aws.events' }]);
  });

  test('keeps the event over a restart', async () => {
    const { put, runtime } = await given(withQueue());
    await put(event({ paid: true }));
    await runtime.close();
    const again = await given(withQueue(), { dataDir: runtime.dataDir });
    expect(await inQueue(again.runtime)).toHaveLength(1);
  });

  const arn = 'arn:aws:events:us-east-1:000000000000:rule/orders';
  test.each<[string, object[]]>([
    ['its ARN', [statement()]],
    ['ARNs like its own', [statement({ Condition: { ArnLike: { 'aws:SourceArn': `${arn}/*` } } })]],
    ['its account', [statement({ Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } } })]],
    ['every rule', [statement({ Condition: undefined })]],
    ['every action', [statement({ Action: 'sqs:*' })]],
  ])('needs a policy, and one for %s is enough', async (_, statements) => {
    const { put, runtime, logged } = await given(withQueue(statements));
    await put(event({ paid: true }));
    expect([(await inQueue(runtime)).length, logged('local-bus')]).toEqual([1, []]);
  });

  test.each<[string, object[]]>([
    ['there is no policy', []],
    ['it is for another rule', [statement({ Condition: { ArnEquals: { 'aws:SourceArn': `${arn}/Other` } } })]],
    ['it is for another account', [statement({ Condition: { StringEquals: { 'aws:SourceAccount': '1' } } })]],
    ['it is for another action', [statement({ Action: 'sqs:GetQueueUrl' })]],
    ['it is for another queue', [statement({ Resource: 'arn:aws:sqs:us-east-1:000000000000:other' })]],
    ['a statement denies it', [statement(), statement({ Effect: 'Deny', Sid: 'No' })]],
  ])('gets nothing if %s, and the log says why', async (_, statements) => {
    const { put, runtime, logged } = await given(withQueue(statements));
    await put(event({ paid: true }));
    expect(await inQueue(runtime)).toEqual([]);
    const message =
      "Rule can't send to Fixture-Jobs: no AWS::SQS::QueuePolicy allows events.amazonaws.com to call sqs:SendMessage for " +
      `${arn}/Fixture-Rule. The event was given up`;
    expect(logged('local-bus')).toMatchObject([{ level: 'ERROR', message }]);
  });

  test('stops the start if its policy has a condition that can not be evaluated', async () => {
    const Condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    await expect(givenRuntime(withQueue([statement({ Condition })]))).rejects.toThrow(
      "can't run Policy (AWS::SQS::QueuePolicy): the condition operator IpAddress is not known",
    );
  });

  test('gets no event that is too large for it, and the log says so without its content', async () => {
    const { put, runtime, logged } = await given(withQueue(undefined, {}, { MaximumMessageSize: 1_024 }));
    await put(event({ paid: true, text: 'x'.repeat(1_024) }), event({ paid: true }));
    expect(await inQueue(runtime)).toHaveLength(1);
    expect(logged('local-bus').map(({ message }) => message)).toEqual([
      "Rule can't send to Fixture-Jobs: the queue takes messages of at most 1024 bytes. The event was given up",
    ]);
  });
  describe('with a dead-letter queue', () => {
    const Dead = { Type: 'AWS::SQS::Queue' };
    const toDead = { DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Dead', 'Arn'] } } };
    const ofDead = { Resource: { 'Fn::GetAtt': ['Dead', 'Arn'] } };
    const deadPolicy = (change: object = {}) => ({
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Dead' }], PolicyDocument: { Statement: [statement({ ...ofDead, ...change })] } },
    });
    const withDead = (fixture: Fixture, more: object = { DeadPolicy: deadPolicy() }): Fixture => ({
      ...fixture,
      resources: { ...fixture.resources, Dead, ...more },
    });

    test.each<[string, Fixture, string, string]>([
      ['it has no permission for', withQueue([], toDead), 'NO_PERMISSIONS', 'no AWS::SQS::QueuePolicy allows'],
      [
        'is too large',
        withQueue(undefined, toDead, { MaximumMessageSize: 1_024 }),
        'INVALID_PARAMETER',
        'at most 1024 bytes',
      ],
    ])('puts an event there that %s, with the reason', async (_, fixture, code, reason) => {
      const { put, runtime, logged } = await given(withDead(fixture));
      await put(event({ paid: true, text: 'x'.repeat(1_024) }));
      const text = (StringValue: unknown) => ({ DataType: 'String', StringValue });
      expect(await receivedFrom(runtime, 'Dead')).toMatchObject([
        {
          Body: expect.stringContaining('"detail-type":"order"'),
          MessageAttributes: {
            RULE_ARN: text(`${arn}/Fixture-Rule`),
            TARGET_ARN: text('arn:aws:sqs:us-east-1:000000000000:Fixture-Jobs'),
            ERROR_CODE: text(code),
            ERROR_MESSAGE: text(expect.stringContaining(reason)),
          },
        },
      ]);
      expect([await inQueue(runtime), logged('local-bus').map(({ message }) => message)]).toEqual([
        [],
        [expect.stringMatching(/^Rule can't send to Fixture-Jobs: .*\. The event is in Fixture-Dead$/)],
      ]);
    });

    test.each<[string, Record<string, unknown>, object, object]>([
      ['that a function may not be called with', {}, { Permission: undefined }, { ERROR_CODE: 'NO_PERMISSIONS' }],
      [
        'of a function that is throttled for longer than the rule tries',
        { ReservedConcurrentExecutions: 0 },
        {},
        { ERROR_CODE: 'THROTTLING', EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts', RETRY_ATTEMPTS: '1' },
      ],
    ])('puts an event there %s', async (_, functionProperties, more, attributes) => {
      const RetryPolicy = { MaximumRetryAttempts: 1 };
      const fixture = withRule({ ...paid, Targets: [{ ...toSink, ...toDead, RetryPolicy }] }, { ...more, Dead });
      const resources = { ...fixture.resources, DeadPolicy: deadPolicy() };
      const wait: Wait = async () => undefined;
      const { put, runtime, lines, logged } = await given(
        { ...fixture, functionProperties: { Sink: functionProperties }, resources },
        { wait },
      );
      await put(event({ paid: true }));
      const [line] = await lines('local-bus', 1);
      expect(line?.['message']).toMatch(/^Rule can't call Fixture-Sink: .*\. The event is in Fixture-Dead$/);
      const [message] = await receivedFrom(runtime, 'Dead');
      const texts = Object.entries(message?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [
        name,
        StringValue,
      ]);
      expect([JSON.parse(message?.Body ?? '').detail, Object.fromEntries(texts)]).toEqual([
        { paid: true },
        {
          RULE_ARN: `${arn}/Fixture-Rule`,
          TARGET_ARN: 'arn:aws:lambda:us-east-1:000000000000:function:Fixture-Sink',
          ERROR_MESSAGE: expect.any(String),
          ...attributes,
        },
      ]);
      expect(logged(sink)).toEqual([]);
    });

    test('gives an event up that neither queue takes, and says so of both', async () => {
      const { put, runtime, logged } = await given(withDead(withQueue([], toDead), {}));
      await put(event({ paid: true }));
      expect(await receivedFrom(runtime, 'Dead')).toEqual([]);
      expect(logged('local-bus').map(({ message }) => message)).toEqual([
        expect.stringMatching(
          /^Rule can't send to Fixture-Jobs: .* Rule can't send to Fixture-Dead: .* The event was given up$/,
        ),
      ]);
    });

    test('that is not in the template is refused', async () => {
      const elsewhere = { DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:elsewhere' } };
      await expect(givenRuntime(withQueue(undefined, elsewhere))).rejects.toThrow(
        'its dead-letter queue is not a queue of the template: arn:aws:sqs:us-east-1:000000000000:elsewhere',
      );
    });
  });
});

describe('the name and ARN of a rule', () => {
  const named = (EventBusName?: unknown) => withRule({ ...paid, EventBusName, Name: 'paid', Targets: [] });
  const outputs = {
    Outputs: {
      Ref: { Value: { Ref: 'Rule' } },
      Arn: { Value: { 'Fn::GetAtt': ['Rule', 'Arn'] } },
      Bus: { Value: { Ref: 'Bus' } },
      BusArn: { Value: { 'Fn::GetAtt': ['Bus', 'Arn'] } },
    },
  };

  test.each([
    [undefined, 'paid', 'rule/paid'],
    ['default', 'paid', 'rule/paid'],
    [{ Ref: 'Bus' }, 'orders|paid', 'rule/orders/paid'],
    [{ 'Fn::GetAtt': ['Bus', 'Arn'] }, 'orders|paid', 'rule/orders/paid'],
  ])('on the bus %j', async (EventBusName, ref, path) => {
    const fixture = { ...named(EventBusName), sections: outputs };
    delete fixture.resources?.['Permission'];
    const { runtime } = await given(fixture);
    const arn = (rest: string) => `arn:aws:events:us-east-1:000000000000:${rest}`;
    expect(runtime.outputs).toEqual({ Ref: ref, Arn: arn(path), Bus: 'orders', BusArn: arn('event-bus/orders') });
  });
});

describe('an invalid rule is refused at the start', () => {
  const queue = 'arn:aws:sqs:us-east-1:000000000000:of-another-stack';
  const targeted = { ...paid, Targets: [toSink] };
  const grouped = { ...paid, Targets: [toGroup] };

  test.each<[string, Fixture, string]>([
    [
      'a target of an unsupported kind',
      withRule({ ...paid, Targets: [{ Arn: queue, Id: 'a' }] }),
      'no function, queue or log group',
    ],
    ['no permission', withRule(targeted, { Permission: undefined }), "Rule can't call Fixture-Sink: no AWS::Lambda"],
    [
      'a permission for another rule',
      withRule(targeted, { Other: aRule({ ...paid, Targets: [] }), Permission: allowed('Other') }),
      "Rule can't call Fixture-Sink",
    ],
    ['a log group without a policy', withRule(grouped, { Group: group }), "Rule can't write to /orders/events"],
    [
      'a log group whose policy lacks an action',
      withRule(grouped, { Group: group, Writable: writable('logs:PutLogEvents') }),
      "Rule can't write to /orders/events",
    ],
    ['a missing bus', withRule({ ...paid, EventBusName: 'gone' }), 'there is no event bus gone'],
    ['an invalid pattern', withRule({ EventPattern: { source: 'shop' } }), 'at /source must be an array'],
    ['neither a pattern nor a schedule', withRule({}), 'needs an EventPattern or a ScheduleExpression'],
    ['a cron expression', withRule({ ScheduleExpression: 'cron(0 * * * ? *)' }), 'write rate('],
    ['a wrong plural', withRule({ ScheduleExpression: 'rate(1 minutes)' }), 'write rate('],
    ['a period of zero', withRule({ ScheduleExpression: 'rate(0 minutes)' }), 'write rate('],
    ['a schedule on a custom bus', withRule({ ...hourly, EventBusName: 'orders' }), 'only on the default bus'],
    ['an input that is not JSON', withRule({ ...hourly, Targets: [{ ...toSink, Input: '{' }] }), "can't run Rule"],
    ['an input path', withRule({ ...hourly, Targets: [{ ...toSink, InputPath: '$' }] }), 'InputPath is not supported'],
    [
      'a message group, which only FIFO queues have',
      withRule({ ...paid, Targets: [{ ...toSink, SqsParameters: { MessageGroupId: 'g' } }] }),
      'SqsParameters is not supported',
    ],
    [
      'a bus with an encryption key',
      withRule(paid, { Bus: { ...bus, Properties: { Name: 'orders', KmsKeyIdentifier: 'k' } } }),
      'KmsKeyIdentifier is not supported',
    ],
  ])('%s', async (_, fixture, message) => {
    await expect(givenRuntime(fixture)).rejects.toThrow(message);
  });
});
