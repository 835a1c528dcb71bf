import { describe, expect, test } from '@jest/globals';
import { BodyMissing, BytesNotExact, NotAWebhook, webhookFrom } from '../../../clients/consumer/consumer.ts';
import { aStoredEvent } from '../../shared/events/event/given-event.ts';
import { aLine, aNotification, aQueueMessage, envelopes, linesOf } from './given-message.ts';

const noBody = async () => undefined;

describe.each(Object.entries(envelopes))('from %s', (_, enclosed) => {
  test('a webhook has what its event says', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8', 'x-order': '7' };
    const event = aStoredEvent(
      { body: Buffer.from('{"order": 1}'), rest: 'a b', rawQueryString: 'x=1', method: 'PUT', headers },
      { provider: 'generic', type: 'order.paid', deliveryId: 'd1', test: true },
    );
    const [line = ''] = linesOf({ event, replay: 2 });
    const { bytes, text, json, ...fields } = webhookFrom(enclosed(line));
    expect(fields).toEqual({
      id: `evt_${'0'.repeat(26)}`,
      connection: 'orders',
      provider: 'generic',
      type: 'order.paid',
      deliveryId: 'd1',
      receivedAt: '2026-03-01T12:00:00.000Z',
      replay: 2,
      test: true,
      method: 'PUT',
      contentType: 'application/json; charset=utf-8',
      headers,
      query: 'x=1',
      path: 'a b',
      // sha256 of {"order": 1}
      sha256: event.sha256,
      size: 12,
    });
    expect(await json()).toEqual({ order: 1 });
  });

  test('a webhook without them has no replay and is no test', () => {
    const { replay, test: isTest, deliveryId } = webhookFrom(enclosed(aLine()));
    expect({ replay, isTest, deliveryId }).toEqual({ replay: 0, isTest: false, deliveryId: undefined });
  });

  test('a body that is not JSON is exact', async () => {
    const body = Buffer.from([0xff, 0x00, 0x0a]);
    const webhook = webhookFrom(enclosed(aLine(body)));
    expect(await webhook.bytes()).toEqual(body);
    await expect(webhook.json()).rejects.toThrow(SyntaxError);
  });
});

describe('a body that JSON may be written in', () => {
  test.each<[string, string]>([
    ['compact', '{"a":[1,2],"é":"ü"}'],
    ['indented by two, as Stripe writes it', '{\n  "a": [\n    1\n  ],\n  "b": {}\n}'],
  ])('is exact after it was parsed if it was %s', async (_, body) => {
    expect((await webhookFrom(JSON.parse(aLine(body))).bytes()).toString()).toBe(body);
  });

  test('is exact in a queue if the bus left its text alone', async () => {
    const body = ' {"a":1.0,"a":9007199254740993,"\\u00e9":[ ]} ';
    // White space around the body is no part of the value.
    expect(await webhookFrom(aQueueMessage(aLine(body.trim()))).text()).toBe(body.trim());
    const outside = webhookFrom(aQueueMessage(aLine(body)));
    await expect(outside.bytes()).rejects.toMatchObject({ name: 'BytesNotExact', reason: 'rewritten' });
  });

  test('is otherwise near, and never said to be exact', async () => {
    const webhook = webhookFrom(JSON.parse(aLine('{"a":1.0}')));
    await expect(webhook.bytes()).rejects.toThrow("can't be told from it; the setting raw of orders sends them too.");
    expect(await webhook.text()).toBe('{"a":1}');
    expect(await webhook.json()).toEqual({ a: 1 });
  });
});

test('the bytes of an item are never those of its delivery', async () => {
  const split = JSON.stringify({ items: '' });
  const lines = linesOf({ event: aStoredEvent({ body: Buffer.from('[{"n":1},{"n":2}]') }, { split }) });
  const [, second = ''] = lines;
  const webhook = webhookFrom(JSON.parse(second));
  expect(webhook.item).toEqual({ of: `evt_${'0'.repeat(26)}`, index: 2, count: 2 });
  expect(await webhook.json()).toEqual({ n: 2 });
  await expect(webhook.bytes()).rejects.toMatchObject({ reason: 'item' });
});

describe('a masked body', () => {
  const body = Buffer.from('{"token":"0123456789abcdef","n":1}');
  const event = { tokenIn: ['/token'], headers: { 'content-type': 'application/json' } };

  test('is never exact, and shows no token', async () => {
    const webhook = webhookFrom(JSON.parse(aLine(body, event)));
    await expect(webhook.bytes()).rejects.toMatchObject({ reason: 'masked' });
    expect(await webhook.text()).toBe('{"token":"REDACTED","n":1}');
  });

  test('is not exact with raw either', async () => {
    const webhook = webhookFrom(JSON.parse(aLine(body, { ...event, raw: true })));
    await expect(webhook.bytes()).rejects.toMatchObject({ reason: 'masked' });
    expect(await webhook.text()).toBe('{"token":"REDACTED","n":1}');
  });

  test('is masked here if it comes from the bucket, where it has its token', async () => {
    const line = aLine('', { ...event, ...{ bodyKey: 'keep-30/c1/e1/x', sha256: 'x', size: body.length } });
    const webhook = webhookFrom(JSON.parse(line), { readBody: async () => body });
    await expect(webhook.bytes()).rejects.toMatchObject({ reason: 'masked' });
    expect(await webhook.text()).toBe('{"token":"REDACTED","n":1}');
    expect(await webhook.json()).toEqual({ token: 'REDACTED', n: 1 });
  });
});

describe('a body in the bucket', () => {
  const { sha256 } = aStoredEvent({ body: Buffer.from('[1.0]') });
  const line = aLine('', { bodyKey: 'keep-30/c1/e1/x', sha256, size: 5 });

  test('is read when it is asked for, and once', async () => {
    const read: unknown[] = [];
    const webhook = webhookFrom(JSON.parse(line), {
      readBody: async (location) => {
        read.push(location);
        return Buffer.from('[1.0]');
      },
    });
    expect(read).toEqual([]);
    expect((await webhook.bytes()).toString()).toBe('[1.0]');
    expect(await webhook.json()).toEqual([1]);
    expect(read).toEqual([{ bucket: 'bodies', key: 'keep-30/c1/e1/x' }]);
  });

  test('is read again after a failure', async () => {
    let reads = 0;
    const readBody = async () => {
      reads += 1;
      if (reads === 1) throw new Error('SlowDown');
      return Buffer.from('[1.0]');
    };
    const webhook = webhookFrom(JSON.parse(line), { readBody });
    await expect(webhook.bytes()).rejects.toThrow('SlowDown');
    expect((await webhook.bytes()).toString()).toBe('[1.0]');
  });

  test('is an error if it is there no more', async () => {
    await expect(webhookFrom(JSON.parse(line), { readBody: noBody }).text()).rejects.toThrow(BodyMissing);
  });

  test('is an error if its bytes are others', async () => {
    const webhook = webhookFrom(JSON.parse(line), { readBody: async () => Buffer.from('[2.0]') });
    await expect(webhook.bytes()).rejects.toThrow(BytesNotExact);
    await expect(webhook.bytes()).rejects.toMatchObject({ reason: 'changed' });
  });
});

describe('what is no webhook is refused', () => {
  const line = aLine();
  const event = JSON.parse(line);
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'It is no event of EventBridge, and no message of SQS or SNS with one.'],
    ['a text', line, 'It is no event of EventBridge, and no message of SQS or SNS with one.'],
    [
      'a request of HTTP',
      { rawPath: '/', body: '{}' },
      'It is no event of EventBridge, and no message of SQS or SNS with one.',
    ],
    ['a message that is not JSON', aQueueMessage('hello'), 'The message is not JSON, and so no event of the bus.'],
    ['an empty batch', { Records: [] }, 'It has 0 records, and not one. handleWebhooks() takes a batch.'],
    [
      'a batch of two',
      { Records: [aQueueMessage(line), aQueueMessage(line)] },
      'It has 2 records, and not one. handleWebhooks() takes a batch.',
    ],
    ['an event of another source', { ...event, source: 'aws.s3' }, 'It is an event of "aws.s3", and not of Hooklatch.'],
    [
      "one of Hooklatch's own events",
      aQueueMessage(JSON.stringify({ ...event, source: 'hooklatch' })),
      'It is one of the events of Hooklatch itself, and no webhook. A rule with the pattern {"source": [{"prefix": "hooklatch."}]} gets webhooks alone.',
    ],
    [
      'the detail alone',
      event.detail,
      'It is the detail of an event alone. Leave the input path and the input transformer out of the rule.',
    ],
    [
      'an event without some fields, in a notification',
      JSON.parse(aNotification(JSON.stringify({ ...event, detail: { ...event.detail, id: 7, sha256: undefined } }))),
      'These fields of the event are missing, or have another form: detail.id, detail.sha256.',
    ],
  ])('%s', (_, given, message) => {
    expect(() => webhookFrom(given)).toThrow(new NotAWebhook(message));
  });
});
