import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventViewOf } from '../../../shared/api/event-view.ts';
import { type Delivery, eventOf, type Receiver } from '../../../shared/event/accepted-delivery.ts';
import { eventIdForm, randomEventId } from '../../../shared/event/event-id.ts';

const now = new Date('2026-03-01T12:00:00.000Z');

const receiver: Receiver = {
  connection: { id: 'c1', name: 'orders', provider: 'generic' },
  endpoint: {
    id: 'e1',
    accept: [{ in: 'path' }],
    dedupe: { by: 'none' },
    types: [],
    batch: undefined,
    retentionDays: 2,
    hold: null,
  },
};

const aDelivery = (delivery: Partial<Delivery>): Delivery => ({
  method: 'POST',
  headers: {},
  rawQueryString: '',
  rest: undefined,
  sourceIp: '192.0.2.1',
  requestId: 'r1',
  body: Buffer.alloc(0),
  ...delivery,
});

const anEvent = (delivery: Partial<Delivery>) =>
  eventOf(aDelivery(delivery), receiver, { tokenId: 't1', verifiedBy: 'token' }, 'evt_1', now);

describe('an event', () => {
  test('reads back as text only where the text has the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const event = anEvent({ body: Buffer.from(bytes) });
        const { body, bodyBase64 } = eventViewOf(event, event.body);
        expect([body, bodyBase64].filter((each) => each !== undefined)).toHaveLength(1);
        expect(Buffer.from(body ?? bodyBase64 ?? '', body === undefined ? 'base64' : 'utf8').equals(bytes)).toBe(true);
      }),
    );
  });

  test('says that its bytes were altered if the announced length is another', () => {
    const body = Buffer.from('12345');
    const lengths = ['5', '6', undefined, 'five'];
    const altered = lengths.map((length) => anEvent({ body, headers: { 'content-length': length } }).bytesAltered);
    expect(altered).toEqual([false, true, false, false]);
  });

  test('expires after the days of retention, and knows its digest, its proof and its path without the token', () => {
    const body = Buffer.from('hello');
    expect(anEvent({ body, rest: 'a/secret', headers: { 'content-type': 'x'.repeat(300) } })).toMatchObject({
      expiresAt: Date.parse('2026-03-03T12:00:00.000Z') / 1000,
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      tokenId: 't1',
      verifiedBy: 'token',
      path: 'a/REDACTED',
      contentType: 'x'.repeat(256),
    });
  });
});

test('an event id has its form whatever the random bytes are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 26, maxLength: 40 }), (random) => {
      expect(randomEventId(random)).toMatch(eventIdForm);
    }),
  );
  expect(randomEventId(new Uint8Array(26).fill(31))).toBe(`evt_${'z'.repeat(26)}`);
});
