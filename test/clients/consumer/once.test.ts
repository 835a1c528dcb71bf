/** A webhook is handled once, by Powertools' own store in DynamoDB. */
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { handleWebhooks, type Webhook } from '../../../clients/consumer/consumer.ts';
import { memoryStore, once } from '../../../clients/consumer/once.ts';
import { aStoredEvent } from '../../shared/events/event/given-event.ts';
import { givenDynamodb } from '../../shared/given-dynamodb.ts';
import { aQueueMessage, linesOf } from './given-message.ts';

const { client, createTable } = givenDynamodb();
let tableName = '';
beforeEach(async () => {
  tableName = await createTable({ hash: 'id' });
});

/** The command at which the function is stopped: neither it nor any later one is carried out. */
const told: { stopAt?: string } = {};
let isStopped = false;
client.middlewareStack.add(
  (next, { commandName }) =>
    (operation) => {
      isStopped ||= commandName === told.stopAt;
      if (isStopped) throw new Error('the function was stopped');
      return next(operation);
    },
  { step: 'initialize' },
);
function restart(): void {
  delete told.stopAt;
  isStopped = false;
}
afterEach(restart);

/** The message of the event with this number. */
function aMessage(number: number, replay?: number) {
  const event = aStoredEvent({ body: Buffer.from(`{"n":${number}}`) }, { id: `evt_${number}` });
  const [line = ''] = linesOf({ event, ...(replay !== undefined && { replay }) });
  return aQueueMessage(line, `m${number}`);
}

/** An instance of the function. It notes each webhook that it handles, in `handled`. */
function anInstance(handled: string[], handler: (webhook: Webhook) => unknown = () => 'the secret of the shop') {
  const persistenceStore = new DynamoDBPersistenceLayer({ tableName, awsSdkV3Client: client });
  const failed: string[] = [];
  const handle = handleWebhooks(
    once(
      (webhook) => {
        handled.push(`${webhook.id} ${webhook.replay}`);
        return handler(webhook);
      },
      { persistenceStore },
    ),
    { onFailure: (error) => failed.push((error as Error).name) },
  );
  const context = { getRemainingTimeInMillis: () => 30_000 };
  const receive = (...Records: object[]) => handle({ Records }, context).catch((error: Error) => error.message);
  return { receive, failed };
}

const items = async () => (await client.send(new ScanCommand({ TableName: tableName }))).Items ?? [];
const none = { batchItemFailures: [] };

describe('a webhook', () => {
  test('whose message comes twice is handled once, also by another instance', async () => {
    const handled: string[] = [];
    const { receive } = anInstance(handled);
    expect(await receive(aMessage(1))).toEqual(none);
    expect(await receive(aMessage(1))).toEqual(none);
    expect(await anInstance(handled).receive(aMessage(1), aMessage(2))).toEqual(none);
    expect(handled).toEqual(['evt_1 0', 'evt_2 0']);
  });

  test('that an operator replays is handled once more for each replay', async () => {
    const handled: string[] = [];
    const { receive } = anInstance(handled);
    for (const replay of [undefined, 1, 1, 2, undefined]) expect(await receive(aMessage(1, replay))).toEqual(none);
    expect(handled).toEqual(['evt_1 0', 'evt_1 1', 'evt_1 2']);
  });

  test('that fails in the middle of a batch fails alone, and is handled when it comes again', async () => {
    const handled: string[] = [];
    let isBroken = true;
    const { receive, failed } = anInstance(handled, ({ id }) => {
      if (isBroken && id === 'evt_2') throw new RangeError('out of stock');
    });
    const batch = [aMessage(1), aMessage(2), aMessage(3)];
    expect(await receive(...batch)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
    expect(failed).toEqual(['RangeError']);
    isBroken = false;
    expect(await receive(...batch)).toEqual(none);
    expect(handled).toEqual(['evt_1 0', 'evt_2 0', 'evt_3 0', 'evt_2 0']);
  });

  test('is noted for longer than a queue keeps its message, and without what its handler returned', async () => {
    await anInstance([]).receive(aMessage(1));
    const [item = {}, ...more] = await items();
    expect([Object.keys(item).sort(), more]).toEqual([['expiration', 'id', 'in_progress_expiration', 'status'], []]);
    const days = (Number(item['expiration']?.N) - Date.now() / 1000) / 86_400;
    expect(days).toBeGreaterThan(29);
  });
});

describe('a function that is stopped between handling and noting', () => {
  /** As time does: the attempt can run no longer. */
  async function endAttempt(): Promise<void> {
    const [item = {}] = await items();
    await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: { id: item['id'] ?? { S: '' } },
        UpdateExpression: 'SET in_progress_expiration = :past',
        ExpressionAttributeValues: { ':past': { N: '1' } },
      }),
    );
  }

  test('has handled a webhook that is handled again, and not while the first attempt may run', async () => {
    const handled: string[] = [];
    told.stopAt = 'UpdateItemCommand';
    await anInstance(handled).receive(aMessage(1));
    restart();
    const { receive, failed } = anInstance(handled);
    expect(await receive(aMessage(1))).toBe('No message of the batch was handled.');
    expect([handled, failed]).toEqual([['evt_1 0'], ['IdempotencyAlreadyInProgressError']]);
    await endAttempt();
    expect(await receive(aMessage(1))).toEqual(none);
    expect(await receive(aMessage(1))).toEqual(none);
    expect(handled).toEqual(['evt_1 0', 'evt_1 0']);
  });

  test('blocks no webhook for ever, even if it had no time left', async () => {
    const persistenceStore = new DynamoDBPersistenceLayer({ tableName, awsSdkV3Client: client });
    const handler = handleWebhooks(
      once(() => undefined, { persistenceStore }),
      { onFailure: () => undefined },
    );
    told.stopAt = 'UpdateItemCommand';
    await handler({ Records: [aMessage(1)] }, { getRemainingTimeInMillis: () => 0 }).catch(() => undefined);
    restart();
    const [item = {}] = await items();
    expect(Number(item['in_progress_expiration']?.N)).toBeGreaterThan(0);
  });
});

describe('outside Lambda, with a store in memory', () => {
  /** A handler that is called without a context, and what it did. */
  function aTrial(handler: (webhook: Webhook) => unknown = () => undefined) {
    const handled: string[] = [];
    const one = (webhook: Webhook) => {
      handled.push(`${webhook.id} ${webhook.replay}`);
      return handler(webhook);
    };
    const failed: unknown[] = [];
    const onFailure = (error: unknown) => failed.push((error as Error).name);
    return { handled, failed, handle: handleWebhooks(once(one, { persistenceStore: memoryStore() }), { onFailure }) };
  }
  afterEach(() => void jest.useRealTimers());

  test('a webhook is handled once, and once more for each replay', async () => {
    const { handle, handled } = aTrial();
    for (const replay of [undefined, undefined, 1, 1]) await handle({ Records: [aMessage(1, replay)] });
    await handle({ Records: [aMessage(2)] });
    expect(handled).toEqual(['evt_1 0', 'evt_1 1', 'evt_2 0']);
  });

  test('one that fails is handled again, and one that is being handled is not', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let isBroken = true;
    const { handle, handled, failed } = aTrial(() => {
      if (isBroken) throw new RangeError('out of stock');
      return promise;
    });
    await handle({ Records: [aMessage(1)] }).catch(() => undefined);
    isBroken = false;
    const first = handle({ Records: [aMessage(1)] });
    // Not awaited: a store that let it through would wait for ever. In memory nothing is left to do when the next turn begins.
    void handle({ Records: [aMessage(1)] }).catch(() => undefined);
    await new Promise(setImmediate);
    expect([handled, failed]).toEqual([
      ['evt_1 0', 'evt_1 0'],
      ['RangeError', 'IdempotencyAlreadyInProgressError'],
    ]);
    resolve();
    expect(await first).toEqual(none);
  });

  test('an attempt that never ends blocks its webhook for 15 minutes', async () => {
    jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const { handle, handled, failed } = aTrial(() => (handled.length === 1 ? new Promise(() => {}) : undefined));
    void handle({ Records: [aMessage(1)] });
    await new Promise(setImmediate);
    const again = () => handle({ Records: [aMessage(1)] }).catch(() => undefined);
    jest.setSystemTime(15 * 60_000 - 1);
    await again();
    expect([handled.length, failed.length]).toEqual([1, 1]);
    jest.setSystemTime(15 * 60_000 + 1);
    await again();
    expect([handled.length, failed.length]).toEqual([2, 1]);
  });

  test('what was handled is forgotten after its days', async () => {
    jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const { handle, handled } = aTrial();
    for (const day of [0, 29, 31]) {
      jest.setSystemTime(day * 86_400_000);
      await handle({ Records: [aMessage(1)] });
    }
    expect(handled).toHaveLength(2);
  });
});
