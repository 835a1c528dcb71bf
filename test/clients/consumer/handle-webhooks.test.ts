import { describe, expect, test } from '@jest/globals';
import middy from '@middy/core';
import { handleWebhooks, NotAWebhook, type Webhook, webhook } from '../../../clients/consumer/consumer.ts';
import { aLine, aNotification, aQueueMessage, aTopicEvent } from './given-message.ts';

const context = { getRemainingTimeInMillis: () => 3_000, awsRequestId: 'a1' } as never;

/** A message whose webhook says how it is to be handled. */
const aMessage = (id: string, body: string, more: object = {}) => ({ ...aQueueMessage(aLine(body), id), ...more });

/** A handler that notes each body, and fails as the body says. */
function aHandler() {
  const [handled, failed]: [unknown[], string[]] = [[], []];
  const handler = handleWebhooks(
    async (one: Webhook) => {
      const body = await one.json<{ fail?: boolean }>();
      if (body.fail) throw new Error('out of order');
      handled.push(body);
    },
    { onFailure: (error, messageId) => failed.push(`${messageId} ${(error as Error).message}`) },
  );
  return { handled, failed, handler };
}

describe('a batch of a queue', () => {
  test('a message that fails in the middle fails alone', async () => {
    const { handled, failed, handler } = aHandler();
    const Records = [aMessage('m1', '{"n":1}'), aMessage('m2', '{"fail":true}'), aMessage('m3', '{"n":3}')];
    expect(await handler({ Records }, context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
    expect(handled).toEqual([{ n: 1 }, { n: 3 }]);
    expect(failed).toEqual(['m2 out of order']);
  });

  test('a message that is no webhook fails alone', async () => {
    const { handled, failed, handler } = aHandler();
    const Records = [aQueueMessage('hello', 'm1'), aMessage('m2', '{"n":2}')];
    expect(await handler({ Records }, context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(handled).toEqual([{ n: 2 }]);
    expect(failed).toEqual(['m1 The message is not JSON, and so no event of the bus.']);
  });

  test('that is handled has no failures', async () => {
    const { handled, handler } = aHandler();
    const Records = [aMessage('m1', '{"n":1}'), aQueueMessage(aNotification(aLine('{"n":2}')), 'm2')];
    expect(await handler({ Records }, context)).toEqual({ batchItemFailures: [] });
    expect(handled).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('of which all fail is an error of the function', async () => {
    const { failed, handler } = aHandler();
    const Records = [aMessage('m1', '{"fail":true}'), aMessage('m2', '{"fail":true}')];
    await expect(handler({ Records }, context)).rejects.toThrow('No message of the batch was handled.');
    expect(failed).toEqual(['m1 out of order', 'm2 out of order']);
  });

  test('of a FIFO queue stops a group behind what failed, and no other group', async () => {
    const { handled, failed, handler } = aHandler();
    const eventSourceARN = 'arn:aws:sqs:eu-central-1:123456789012:orders.fifo';
    const inGroup = (id: string, MessageGroupId: string, body: string) =>
      aMessage(id, body, { eventSourceARN, attributes: { MessageGroupId } });
    const Records = [
      inGroup('m1', 'a', '{"fail":true}'),
      inGroup('m2', 'b', '{"n":2}'),
      inGroup('m3', 'a', '{"n":3}'),
      inGroup('m4', 'b', '{"n":4}'),
    ];
    expect(await handler({ Records }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm3' }],
    });
    expect(handled).toEqual([{ n: 2 }, { n: 4 }]);
    expect(failed).toEqual(['m1 out of order', 'm3 A message before it in its group failed.']);
  });
});

describe.each<[string, (line: string) => unknown]>([
  ['an event of the bus', (line) => JSON.parse(line)],
  ['a notification of SNS', aTopicEvent],
])('%s', (_, enclosed) => {
  test('is handled, and answers nothing', async () => {
    const { handled, handler } = aHandler();
    expect(await handler(enclosed(aLine('{"n":1}')), context)).toBeUndefined();
    expect(handled).toEqual([{ n: 1 }]);
  });

  test('fails with what its handler throws', async () => {
    const { handler } = aHandler();
    await expect(handler(enclosed(aLine('{"fail":true}')), context)).rejects.toThrow('out of order');
  });
});

describe('middy', () => {
  const noting = (notes: string[], name: string) => ({
    before: () => void notes.push(`${name} before`),
    after: () => void notes.push(`${name} after`),
    onError: () => void notes.push(`${name} failed`),
  });

  test('wraps the invocation, or each webhook', async () => {
    const notes: string[] = [];
    const each = middy<Webhook>()
      .use(noting(notes, 'webhook'))
      .handler(async (one: Webhook) => void notes.push(await one.text()));
    const handler = middy(handleWebhooks<never>(each)).use(noting(notes, 'invocation'));
    const Records = [aMessage('m1', '{"n":1}'), aMessage('m2', '{"n":2}')];
    expect(await handler({ Records }, context)).toEqual({ batchItemFailures: [] });
    expect(notes.at(0)).toBe('invocation before');
    expect(notes.at(-1)).toBe('invocation after');
    expect(notes.slice(1, -1).sort()).toEqual([
      'webhook after',
      'webhook after',
      'webhook before',
      'webhook before',
      '{"n":1}',
      '{"n":2}',
    ]);
  });

  test('gives a handler of one event the webhook', async () => {
    const handler = middy<Webhook>()
      .use(webhook())
      .handler(async (one: Webhook) => [one.id, await one.json()]);
    const event = JSON.parse(aLine('{"n":1}'));
    expect(await handler(event, context)).toEqual([`evt_${'0'.repeat(26)}`, { n: 1 }]);
    await expect(handler({} as never, context)).rejects.toThrow(NotAWebhook);
  });
});
