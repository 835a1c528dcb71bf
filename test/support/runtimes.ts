/**
 * The local runtimes of tests. `environment.js` loads this module once for all files of tests that a process of Jest runs, so that the
 * runtime's code and its functions' instances are warm after the first of them.
 */
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { asDocumented } from './answer-schema.ts';
import { MovableClock } from './movable-clock.ts';
import { withoutStreams, withoutThrottle } from './without-streams.ts';

// The validators of answers are loaded once here too.
export { asDocumented, MovableClock, startRuntime };

/** What every runtime of a test has. */
export const usualOptions = {
  assembly: process.env['HOOKLATCH_TEST_ASSEMBLY'] ?? '',
  schedules: false,
  // Enough for calls at once, and much less CPU than the runtime's default of 8: each instance loads its code.
  maxInstances: 3,
} satisfies Partial<RuntimeOptions>;

/** What a file of tests may add to a runtime that runs. */
export type Listener = Pick<RuntimeOptions, 'onCall' | 'onLog' | 'fault' | 'failEntry'> & {
  /** The answer to what a function asks of one of `outerHosts`. @param url without the host */
  answerFor?: (url: string) => string | undefined;
};

/** The hosts that publish senders' certificates. */
const outerHosts = ['api.paypal.com', 'sns.eu-central-1.amazonaws.com'];

interface SharedRuntime {
  runtime: Runtime;
  clock: MovableClock;
  /** Those of the file that uses the runtime now. */
  listeners: Set<Listener>;
  close(): Promise<void>;
}

const started = new Map<boolean, Promise<SharedRuntime>>();

async function start(streams: boolean): Promise<SharedRuntime> {
  const listeners = new Set<Listener>();
  const clock = new MovableClock();
  /** The first answer of a listener. */
  const first = <T>(ask: (listener: Listener) => T | undefined): T | undefined => {
    for (const listener of listeners) {
      const answer = ask(listener);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
  const outside = createServer(({ url = '' }, response) => {
    response.end(first(({ answerFor }) => answerFor?.(url)));
  });
  await once(outside.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  const runtime = await startRuntime({
    ...usualOptions,
    hosts: Object.fromEntries(outerHosts.map((host) => [host, origin])),
    // The run removes its folder at the end.
    dataDir: mkdtempSync(join(dirname(usualOptions.assembly), 'shared-')),
    skew: clock.skew,
    now: clock.now,
    transformTemplate: (template) => withoutThrottle(streams ? template : withoutStreams(template)),
    onCall: (call) => {
      for (const { onCall } of listeners) onCall?.(call);
    },
    onLog: (functionName, line) => {
      for (const { onLog } of listeners) onLog?.(functionName, line);
    },
    fault: (call) => first(({ fault }) => fault?.(call)),
    failEntry: (entry) => first(({ failEntry }) => failEntry?.(entry)),
  });
  const close = async (): Promise<void> => {
    outside.close();
    await runtime.close();
  };
  return { runtime, clock, listeners, close };
}

/**
 * The runtime that the files of a process use one after another, without a throttle. A file may use only connections and operators that it
 * makes itself.
 * @param streams whether the functions behind the tables' streams run
 * @returns the runtime with its clock, and a function that ends the listening and sets the clock right
 */
export async function shareRuntime(
  streams: boolean,
  listener: Listener,
): Promise<{ runtime: Runtime; clock: MovableClock; leave: () => void }> {
  const shared = started.get(streams) ?? start(streams);
  started.set(streams, shared);
  const { runtime, clock, listeners } = await shared;
  // What the file before this one caused is not this file's.
  await runtime.settled();
  listeners.add(listener);
  const leave = (): void => {
    listeners.delete(listener);
    clock.ahead = 0;
  };
  return { runtime, clock, leave };
}

/** Clients of a runtime's services. */
export interface Clients {
  dynamodb: DynamoDBClient;
  s3: S3Client;
  secretsManager: SecretsManagerClient;
}

/** Makes clients with all rights. */
export function clientsOf({ aws: { url, region, administrator } }: Runtime): Clients {
  const config = { endpoint: url, region, credentials: administrator };
  return {
    dynamodb: new DynamoDBClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    secretsManager: new SecretsManagerClient(config),
  };
}

/** Stops the shared runtimes, all at once: Jest gives a process half a second to end. */
export async function closeSharedRuntimes(): Promise<void> {
  const ending = [...started.values()];
  started.clear();
  await Promise.all(ending.map(async (shared) => (await shared).close()));
}
