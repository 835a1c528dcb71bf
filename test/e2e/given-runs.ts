/** The code that runs replay jobs, on a runtime's real tables, with the test's own clock and crashes. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Deps } from '../../functions/run-replay-jobs.ts';
import { stateReader } from '../../shared/endpoints/endpoint/state-table.ts';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { randomEventId } from '../../shared/events/event/event-id.ts';
import { defaultShards, eventTable } from '../../shared/events/event/event-table.ts';
import { replayJobTable } from '../../shared/events/event/replay-job-table.ts';
import { republisher } from '../../shared/events/event/republish.ts';
import { historyTable } from '../../shared/operators/journal/history-table.ts';
import { tableOf, type World } from '../support/given.ts';

/** A clock that moves only by sleeps and by the test. */
export interface Clock {
  now: number;
}

/** The dependencies of the replay jobs' function, with this client and this clock. */
export function runnerDeps({ runtime }: World, client: DynamoDBClient, clock: Clock): Deps & { woken: object[] } {
  const events = tableOf(runtime, 'Events');
  const woken: object[] = [];
  return {
    jobs: replayJobTable(client, tableOf(runtime, 'Journal')),
    note: historyTable(client, tableOf(runtime, 'Journal')).note,
    events: eventTable(client, events, defaultShards),
    republisher: republisher(client, events),
    readConnection: stateReader(client, tableOf(runtime, 'State')).readConnection,
    wake: async (payload) => void woken.push(payload ?? {}),
    newId: randomUUID,
    now: () => new Date(clock.now),
    sleep: async (ms) => {
      clock.now += ms;
    },
    log: () => {},
    woken,
  };
}

/**
 * A client that dies with its function: the request with this number and all later ones fail, before or after they are
 * sent.
 */
export function mortalClient({ runtime }: World, dies: number, moment: 'before' | 'after'): DynamoDBClient {
  const { url: endpoint, region, administrator: credentials } = runtime.aws;
  const client = new DynamoDBClient({ endpoint, region, credentials, maxAttempts: 1 });
  let sent = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      sent += 1;
      const number = sent;
      if (number > dies || (number === dies && moment === 'before')) throw new Error('crash');
      const result = await next(args);
      if (number === dies) throw new Error('crash');
      return result;
    },
    { step: 'initialize', priority: 'low' },
  );
  return client;
}

/** One invocation with this much time, in milliseconds of the test's clock. */
export async function invokeRunner(deps: Deps, clock: Clock, payload: object = {}, time = 90_000): Promise<void> {
  // The module makes Lambda's handler when it is loaded. The handler reads these variables and makes no call.
  for (const name of ['STATE_TABLE', 'EVENTS_TABLE', 'JOURNAL_TABLE', 'AWS_LAMBDA_FUNCTION_NAME'])
    process.env[name] ??= '-';
  process.env['EVENT_SHARDS'] ??= '1';
  const { runReplayJobs } = await import('../../functions/run-replay-jobs.ts');
  const deadline = clock.now + time;
  await runReplayJobs(deps)(payload, { getRemainingTimeInMillis: () => deadline - clock.now });
}

/** A stored event, received at this time in milliseconds since 1970. */
export function aStoredEvent(connection: { id: string; name: string }, at: number, more: Partial<StoredEvent> = {}) {
  const event: StoredEvent = {
    id: randomEventId(),
    connectionId: connection.id,
    connection: connection.name,
    provider: 'generic',
    endpointId: 'e',
    receivedAt: new Date(at).toISOString(),
    requestId: randomUUID(),
    type: 'webhook',
    method: 'POST',
    path: '',
    sourceIp: '192.0.2.1',
    sha256: '',
    size: 2,
    tokenId: 't',
    verifiedBy: 'token',
    bytesAltered: false,
    tokenIn: [],
    expiresAt: Math.floor(at / 1000) + 30 * 86_400,
    headers: {},
    query: '',
    body: Buffer.from('{}'),
    ...more,
  };
  return event;
}
