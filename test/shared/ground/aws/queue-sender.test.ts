import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { queueSender } from '../../../../shared/ground/aws/queue-sender.ts';

/** A queue that does not take the messages of these bodies. Without an answer, the call fails. */
function aQueue(refused: readonly string[] = [], fails = false) {
  const calls: SendMessageBatchCommandInput[] = [];
  const lines: object[] = [];
  const client = {
    async send({ input }: { input: SendMessageBatchCommandInput }) {
      calls.push(input);
      if (fails) throw Object.assign(new Error('with a body'), { name: 'TimeoutError' });
      const taken = (input.Entries ?? []).filter(({ MessageBody = '' }) => !refused.includes(JSON.parse(MessageBody)));
      return { Successful: taken.map(({ Id }) => ({ Id })) };
    },
  } as unknown as SQSClient;
  const send = queueSender<string>(
    client,
    'https://sqs.example.com/1/q',
    (body) => `group of ${body}`,
    (line) => lines.push(line),
  );
  return { calls, lines, send };
}

test('messages are sent ten in a call, each in its group', async () => {
  const { calls, send } = aQueue();
  expect(await send(Array.from({ length: 23 }, (_, at) => ({ body: `b${at}` })))).toEqual([]);
  expect(calls.map(({ Entries }) => Entries?.length)).toEqual([10, 10, 3]);
  expect(calls[2]).toEqual({
    QueueUrl: 'https://sqs.example.com/1/q',
    Entries: ['b20', 'b21', 'b22'].map((body, at) => ({
      Id: `${at}`,
      MessageBody: `"${body}"`,
      MessageGroupId: `group of ${body}`,
    })),
  });
});

test.each([
  [0, undefined],
  [-5, undefined],
  [1, 1],
  [1_000, 1],
  [1_001, 2],
  [900_000, 900],
  [901_000, 900],
])('a delay of %i ms is one of %s s, and a message with a delay has no group', async (delayMs, seconds) => {
  const { calls, send } = aQueue();
  await send([{ body: 'b', delayMs }]);
  const [entry] = calls[0]?.Entries ?? [];
  expect(entry?.DelaySeconds).toBe(seconds);
  expect(entry?.MessageGroupId).toBe(seconds === undefined ? 'group of b' : undefined);
});

test('those that the queue does not take are given back, from each call', async () => {
  const { send } = aQueue(['b3', 'b14']);
  const messages = Array.from({ length: 20 }, (_, at) => ({ body: `b${at}` }));
  expect(await send(messages)).toEqual([messages[3], messages[14]]);
});

test('if a call fails, nobody knows of its messages, so all are given back', async () => {
  const { send, lines } = aQueue([], true);
  expect(await send([{ body: 'one' }, { body: 'two' }])).toEqual([{ body: 'one' }, { body: 'two' }]);
  expect(lines).toEqual([{ warning: 'not_queued', fault: 'TimeoutError' }]);
});

test('without messages nothing is sent', async () => {
  const { calls, send } = aQueue();
  expect(await send([])).toEqual([]);
  expect(calls).toEqual([]);
});
