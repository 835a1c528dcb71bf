import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Delivery, eventIdForm, eventOf, pack, type Receiver, randomEventId, unpack } from '../../shared/event.ts';
import { eventViewOf } from '../../shared/event-view.ts';

const texts = fc.string({ unit: 'binary', maxLength: 40 });
const headerNames = fc.oneof(texts, fc.constantFrom('__proto__', 'constructor'));
const headers = fc
  .array(fc.tuple(headerNames, texts))
  .map((pairs): Record<string, string> => Object.fromEntries(pairs));
const envelopes = fc.record({ headers, query: texts });
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

describe('a payload', () => {
  test('gives back headers, query and body, byte for byte', () => {
    fc.assert(
      fc.property(envelopes, fc.uint8Array({ maxLength: 2_000 }), (envelope, body) => {
        const unpacked = unpack(pack(envelope, Buffer.from(body)));
        expect(Object.entries(unpacked.envelope.headers)).toEqual(Object.entries(envelope.headers));
        expect(unpacked.envelope.query).toBe(envelope.query);
        expect(unpacked.body.equals(body)).toBe(true);
      }),
    );
  });

  test.each([
    { size: 400, isCompressed: false },
    { size: 600, isCompressed: true },
    { size: 1_200, isCompressed: false },
    { size: 1_600, isCompressed: true },
    { size: 4_096, isCompressed: true },
  ])('of $size bytes is compressed ($isCompressed) only where that can save a write unit', ({ size, isCompressed }) => {
    const body = Buffer.alloc(size, 'a');
    const payload = pack({ headers: {}, query: '' }, body);
    expect(payload[0] === 1).toBe(isCompressed);
    expect(unpack(payload).body.equals(body)).toBe(true);
  });

  test('of what repeats itself is smaller than it, and of what does not hardly larger', () => {
    const bytes = fc.uint8Array({ minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(bytes, fc.integer({ min: 25, max: 4_000 }), (piece, times) => {
        const body = Buffer.concat(Array.from({ length: times }, () => Buffer.from(piece)));
        const payload = pack({ headers: {}, query: '' }, body);
        expect(payload.length).toBeLessThan(body.length / 2);
        expect(unpack(payload).body.equals(body)).toBe(true);
      }),
      { numRuns: 20 },
    );
    fc.assert(
      fc.property(envelopes, fc.uint8Array({ maxLength: 500 }), (envelope, body) => {
        const json = Buffer.byteLength(JSON.stringify(envelope));
        expect(pack(envelope, Buffer.from(body)).length).toBeLessThanOrEqual(5 + json + body.length);
      }),
    );
  });

  test('that lies inside a larger buffer is read from its own bytes', () => {
    const payload = pack({ headers: { a: 'b' }, query: 'c' }, Buffer.from('body'));
    const inside = Buffer.concat([Buffer.from('before'), payload, Buffer.from('after')]).subarray(
      6,
      6 + payload.length,
    );
    expect(unpack(new Uint8Array(inside)).body.toString()).toBe('body');
    expect(unpack(inside).envelope).toEqual({ headers: { a: 'b' }, query: 'c' });
  });

  test.each(['', '00', '0000000002', '0100000000', '00ffffffff7b7d'])('of other bytes (%s) throws', (hex) => {
    expect(() => unpack(Buffer.from(hex, 'hex'))).toThrow();
  });
});

describe('an event', () => {
  test('reads back as text only where the text has the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const event = anEvent({ body: Buffer.from(bytes) });
        const unpacked = unpack(event.payload);
        const { body, bodyBase64 } = eventViewOf(event, unpacked.envelope, unpacked.body);
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
