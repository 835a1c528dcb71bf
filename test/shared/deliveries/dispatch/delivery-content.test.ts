import { expect, test } from '@jest/globals';
import type { UnsentAttempt } from '../../../../shared/deliveries/dispatch/attempt-result.ts';
import { type ContentPorts, contentOf } from '../../../../shared/deliveries/dispatch/delivery-content.ts';
import type { SentMessage } from '../../../../shared/deliveries/dispatch/sent-message.ts';
import type { Rule } from '../../../../shared/deliveries/route/routes.ts';
import type { TransformOutcome } from '../../../../shared/deliveries/transform/transform.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';
import { aJob, eventId, receivedAt } from './given-delivery.ts';

const body = Buffer.from('{"token":"a-live-token-of-the-sender","n":1.0}');
const anEvent = (more: Partial<StoredEvent> = {}): StoredEvent =>
  aStoredEvent(
    { body },
    { id: eventId, receivedAt, connection: 'orders', headers: { 'content-type': 'application/json' }, ...more },
  );

interface Given {
  rule?: Partial<Rule>;
  event?: Partial<StoredEvent>;
  outcome?: TransformOutcome;
  stored?: Buffer | undefined;
  attempt?: number;
  redelivery?: number;
  to?: Parameters<typeof contentOf>[3];
}

/** What is sent, and what the transform was asked. */
async function contentWith({ rule, event, outcome, stored, attempt = 1, redelivery = 0, to = {} }: Given) {
  const asked: unknown[] = [];
  const rules = [{ id: 'to-orders', to: { id: 'dst_1', name: 'orders' }, ...rule }];
  const ports: ContentPorts = {
    readRoutes: async () => ({ mode: 'all', rules }),
    readBody: async () => stored,
    async transform(expression, input, at, of) {
      asked.push([expression, input, at, of]);
      return outcome ?? { kind: 'json', text: '{"made":true}', ms: 7 };
    },
  };
  const made = await contentOf(aJob({ attempt, redelivery }), anEvent(event), ports, to);
  return { made: made as SentMessage & UnsentAttempt, asked };
}

test('without a transform, the bytes go as they came', async () => {
  const { made, asked } = await contentWith({});
  expect([Buffer.from(made.body).equals(body), asked]).toEqual([true, []]);
  expect(made).toMatchObject({
    id: `dlv_${eventId}_1772366400000_to-orders_0`,
    headers: { 'content-type': 'application/json' },
  });
});

test('a transform sees the event, and its result is sent as JSON', async () => {
  const { made, asked } = await contentWith({ rule: { transform: 'data' } });
  expect(Buffer.from(made.body).toString()).toBe('{"made":true}');
  expect(made).toHaveProperty('madeInMs', 7);
  expect(asked).toEqual([
    [
      'data',
      expect.objectContaining({ data: { token: 'a-live-token-of-the-sender', n: 1 } }),
      receivedAt,
      expect.objectContaining({ connectionId: 'con_1', routes: 'a'.repeat(64), rule: 'to-orders' }),
    ],
  ]);
});

test('a token in the body leaves masked, for transforms too', async () => {
  const event = { tokenIn: ['/token'] };
  const plain = await contentWith({ event });
  expect(Buffer.from(plain.made.body).toString()).toBe('{"token":"REDACTED","n":1.0}');
  expect(plain.made.marks).toMatchObject({ 'hooklatch-masked': 'true' });
  const { asked } = await contentWith({ event, rule: { transform: 'data' } });
  expect(asked).toEqual([
    ['data', expect.objectContaining({ data: { token: 'REDACTED', n: 1 } }), receivedAt, expect.anything()],
  ]);
});

test('a large body is read from the bucket', async () => {
  const event = { bodyKey: 'keep-30/1', body: Buffer.alloc(0) };
  const { made } = await contentWith({ event, stored: body });
  expect(Buffer.from(made.body).equals(body)).toBe(true);
  expect((await contentWith({ event, stored: undefined })).made).toEqual({ kind: 'failed', reason: 'body_not_found' });
});

test('attempts are counted without the numbers that redeliveries take', async () => {
  const { made } = await contentWith({ attempt: 16, redelivery: 2 });
  expect(made.marks).toMatchObject({ 'hooklatch-attempt': '14' });
});

test('nothing is sent as it came because a rule was lost', async () => {
  expect((await contentWith({ rule: { id: 'another' } })).made).toEqual({ kind: 'failed', reason: 'rule_not_found' });
});

test.each<[TransformOutcome, UnsentAttempt]>([
  [{ kind: 'empty' }, { kind: 'cancelled', reason: 'transform_empty' }],
  [
    { kind: 'error', message: 'no such field', position: 3 },
    { kind: 'failed', reason: 'transform_error', cause: 'no such field' },
  ],
  [
    { kind: 'killed', how: 'time' },
    { kind: 'failed', reason: 'transform_killed', cause: 'The transform took too much time.' },
  ],
  [
    { kind: 'killed', how: 'memory' },
    { kind: 'failed', reason: 'transform_killed', cause: 'The transform took too much memory.' },
  ],
  [
    { kind: 'too_large', bytes: 2_000_000 },
    { kind: 'failed', reason: 'transform_input_too_large' },
  ],
  [{ kind: 'throttled' }, { kind: 'later', fault: 'transform_throttled' }],
])('a transform with the outcome %j sends nothing', async (outcome, expected) => {
  expect((await contentWith({ rule: { transform: 'data' }, outcome })).made).toEqual(expected);
});

test('the headers that its destination wants besides go on', async () => {
  const headers = { 'content-type': 'application/json', via: '1.1 proxy', 'x-forwarded-for': '192.0.2.1' };
  const { made } = await contentWith({ event: { headers }, to: { forwardHeaders: ['x-forwarded-for'] } });
  expect(made.headers).toEqual({ 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.1' });
});
