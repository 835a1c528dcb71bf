/** Steps for tests of event source mappings: a queue, and a function that gets its messages. */
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach } from '@jest/globals';
import { type Runtime, startRuntime } from '../../../local/runtime.ts';
import type { RuntimeOptions } from '../../../local/runtime-options.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { type Fixture, givenAssembly, temporaryFolder } from '../assembly-fixture.ts';
import { allow } from '../event-source-mapping/given-stream.ts';

type Json = Record<string, unknown>;

export const queueActions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

export interface MappingFixture {
  /** What the function does with `Records` after it has logged them. `bodies` are their bodies. */
  code?: string;
  /** Properties to add to the mapping, or to replace in it. */
  mapping?: Json;
  functionProperties?: Json;
  queueProperties?: Json;
  /** The actions on the queue that the function's role allows. */
  actions?: string[];
  resources?: Json;
}

export interface MappedQueue {
  runtime: Runtime;
  dataDir: string;
  clock: VirtualClock;
  /** The records of each call of the function. */
  batches(): Json[][];
  /** The bodies of each call's records. */
  bodies(): string[][];
  /** What the function has logged. */
  logged(): unknown[];
  /** The log lines of the pollers. */
  notes(): string[];
  send(...bodies: string[]): Promise<void>;
  /** Sends a command to the queues. */
  call: SQSClient['send'];
  /** The numbers of visible, hidden and delayed messages. */
  counts(queue?: string): Promise<number[]>;
  /** The bodies that can be received. */
  received(queue: string): Promise<string[]>;
}

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

export const toQueue = (name = 'Jobs'): object => ({ 'Fn::GetAtt': [name, 'Arn'] });

export const queueMapping = (properties: Json = {}): Json => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: toQueue(), FunctionName: { Ref: 'Worker' }, ...properties },
});

export function mappingFixture(given: MappingFixture = {}): Fixture {
  const { code = '', mapping, functionProperties = {}, queueProperties, actions = queueActions } = given;
  return {
    functions: {
      Worker: `let calls = 0; exports.handler = async ({ Records }) => {
        const bodies = Records.map(({ body }) => body);
        calls += 1; console.log({ Records });
        ${code}
      };`,
    },
    functionProperties: { Worker: functionProperties },
    resources: {
      Jobs: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60, ...queueProperties } },
      WorkerPolicy: allow(
        'Worker',
        actions.map((action) => `sqs:${action}`),
        toQueue(),
      ),
      Mapping: queueMapping(mapping),
      ...given.resources,
    },
  };
}

/** The fixture's runtime, on a clock that only the test moves. It is closed after the test. */
export async function aMappedQueue(
  given: MappingFixture = {},
  options: Partial<RuntimeOptions> & { clock?: VirtualClock } = {},
): Promise<MappedQueue> {
  const { clock = new VirtualClock(), ...rest } = options;
  const lines: { name: string; message: unknown }[] = [];
  const onLog = (name: string, line: string) => void lines.push({ name, message: JSON.parse(line).message });
  const dataDir = options.dataDir ?? temporaryFolder();
  const assembly = givenAssembly(mappingFixture(given));
  const runtime = await startRuntime({ assembly, now: clock.now, wait: clock.wait, onLog, ...rest, dataDir });
  const { url: endpoint, region, administrator: credentials } = runtime.aws;
  const client = new SQSClient({ endpoint, region, credentials });
  endings.push(async () => {
    client.destroy();
    await runtime.close();
  });
  const send: unknown = (command: never) => {
    client.config.systemClockOffset = clock.now().getTime() - Date.now();
    return client.send(command);
  };
  const call = send as SQSClient['send'];
  const urlOf = (queue: string): string => runtime.queues[queue] ?? '';
  const loggedBy = (wanted: string) => lines.filter(({ name }) => name === wanted).map(({ message }) => message);
  const batches = (): Json[][] =>
    loggedBy('Fixture-Worker').flatMap((message) => {
      const { Records } = message as { Records?: Json[] };
      return Records ? [Records] : [];
    });
  return {
    runtime,
    dataDir,
    clock,
    batches,
    bodies: () => batches().map((records) => records.map(({ body }) => String(body))),
    logged: () => loggedBy('Fixture-Worker'),
    notes: () => loggedBy('local-queue').map(String),
    call,
    send: async (...bodies) => {
      const [only] = bodies;
      if (bodies.length === 1 && only !== undefined) {
        await call(new SendMessageCommand({ QueueUrl: urlOf('Jobs'), MessageBody: only }));
      } else {
        const Entries = bodies.map((MessageBody, at) => ({ Id: `${at}`, MessageBody }));
        await call(new SendMessageBatchCommand({ QueueUrl: urlOf('Jobs'), Entries }));
      }
    },
    counts: async (queue = 'Jobs') => {
      const { Attributes } = await call(
        new GetQueueAttributesCommand({ QueueUrl: urlOf(queue), AttributeNames: ['All'] }),
      );
      return ['', 'NotVisible', 'Delayed'].map((kind) =>
        Number((Attributes as Record<string, string>)[`ApproximateNumberOfMessages${kind}`]),
      );
    },
    received: async (queue) => {
      const { Messages = [] } = await call(
        new ReceiveMessageCommand({ QueueUrl: urlOf(queue), MaxNumberOfMessages: 10, VisibilityTimeout: 1 }),
      );
      return Messages.map(({ Body = '' }) => Body);
    },
  };
}
