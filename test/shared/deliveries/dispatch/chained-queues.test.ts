/** A message says how long its chain is, and the eighth invocation of a chain sends none. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { queuesAt, receivedMessages } from '../../../../shared/deliveries/dispatch/chained-queues.ts';
import {
  type DeliveryJob,
  deliveryJobSchema,
  targetSchema,
} from '../../../../shared/deliveries/dispatch/delivery-job.ts';
import type { InChain } from '../../../../shared/ground/aws/invocation-chain.ts';
import type { Outgoing } from '../../../../shared/ground/aws/outgoing-message.ts';
import { aJob } from './given-delivery.ts';

const to = { id: 'dst_1', name: 'orders' };

/** Queues that refuse some rules. `sent` has what reached them. */
function someQueues(refused: readonly string[] = []) {
  const sent: Outgoing<object>[] = [];
  const take = async <T extends object>(messages: readonly Outgoing<T>[]) => {
    sent.push(...messages);
    return messages.filter(({ body }) => refused.includes((body as unknown as DeliveryJob).rule));
  };
  return { sent, at: queuesAt({ dispatch: take, overflow: take, lane: take }) };
}

/** A batch as Lambda passes it on. */
const batch = (...bodies: object[]) =>
  ({
    Records: bodies.map((body, at) => ({
      messageId: `m${at}`,
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
    })),
  }) as never;

describe('the queues of an invocation', () => {
  test.each(['dispatch', 'overflow', 'lane'] as const)('%s: each message has the place of its sender', async (name) => {
    const { sent, at } = someQueues();
    const body = name === 'lane' ? to : aJob();
    expect(await at(3)[name]([{ body, delayMs: 5_000 }] as never)).toEqual([]);
    expect(sent).toEqual([{ body: { ...body, chain: 3 }, delayMs: 5_000 }]);
  });

  test.each([
    [1, false, 1],
    [7, false, 1],
    [8, true, 0],
    // Of a version whose chains were longer.
    [9, true, 0],
  ])('at place %i: the last one: %s', async (place, isLast, many) => {
    const { sent, at } = someQueues();
    const messages = [{ body: to }];
    const refused = await at(place).lane(messages);
    expect([at(place).isLast, sent.length, refused]).toEqual([isLast, many, many === 0 ? messages : []]);
  });

  test('give back the very messages that the queue did not take', async () => {
    const rules = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
    await fc.assert(
      fc.asyncProperty(rules, rules, fc.integer({ min: 1, max: 7 }), async (all, refused, place) => {
        const messages = all.map((rule) => ({ body: aJob({ rule }) }));
        const given = await someQueues(refused).at(place).dispatch(messages);
        expect(given).toHaveLength(all.filter((rule) => refused.includes(rule)).length);
        for (const each of given) expect(messages.find((one) => one === each)).toBeDefined();
      }),
    );
  });
});

describe('what a queue has woken', () => {
  const place = (...chains: (number | string | undefined)[]) =>
    receivedMessages(batch(...chains.map((chain) => ({ ...to, chain }))), targetSchema.parse).place;

  test('comes one place after the sender, and after that of the longest chain if there are several', () => {
    expect([place(1), place(7), place(2, 5, 1)]).toEqual([2, 8, 6]);
  });

  test('takes a message of an earlier version, which has no count, for the first of its chain', () => {
    expect([place(undefined), place('x'), place(undefined, 4)]).toEqual([1, 1, 5]);
  });

  test('sees no count in a body, so that none gets into a row', () => {
    const sent: DeliveryJob & InChain = { ...aJob(), chain: 3 };
    expect(receivedMessages(batch(sent), deliveryJobSchema.parse).messages[0]?.body).toEqual(aJob());
  });
});
