import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventViewOf } from '../../../shared/api/event-view.ts';
import { conflictingEventOf, type Delivery, eventOf, type Receiver } from '../../../shared/event/accepted-delivery.ts';
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
  test('shows its body as text if that keeps every byte, else as base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ size: 'max', maxLength: 100 }), (bytes) => {
        const event = anEvent({ body: Buffer.from(bytes) });
        const { body, bodyBase64 } = eventViewOf(event, event.body);
        expect([body, bodyBase64].filter((each) => each !== undefined)).toHaveLength(1);
        expect(Buffer.from(body ?? bodyBase64 ?? '', body === undefined ? 'base64' : 'utf8').equals(bytes)).toBe(true);
      }),
    );
  });

  test('has bytesAltered true if content-length differs from the size of the body', () => {
    const body = Buffer.from('12345');
    const lengths = ['5', '6', undefined, 'five'];
    const altered = lengths.map((length) => anEvent({ body, headers: { 'content-length': length } }).bytesAltered);
    expect(altered).toEqual([false, true, false, false]);
  });

  test('has its expiry, its digest, its proof, and its path without the token', () => {
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

test('an event id has the right form for any random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 26, size: 'max', maxLength: 40 }), (random) => {
      expect(randomEventId(random)).toMatch(eventIdForm);
    }),
  );
  expect(randomEventId(new Uint8Array(26).fill(31))).toBe(`evt_${'z'.repeat(26)}`);
});

describe('an event whose delivery id belongs to another event', () => {
  const byHeader: Receiver = {
    ...receiver,
    endpoint: { ...receiver.endpoint, dedupe: { by: 'header', name: 'x-id' } },
  };
  const conflictOf = (id: string, text: string) => {
    const delivery = aDelivery({ headers: { 'x-id': id }, body: Buffer.from(text) });
    const verification = { tokenId: 't1', verifiedBy: 'token' } as const;
    return conflictingEventOf(eventOf(delivery, byHeader, verification, 'evt_1', now));
  };
  const long = 'x'.repeat(256);

  test('gets another id, names the first event, and keeps its delivery id', () => {
    // `conflictsWith` has the first 26 bytes of the SHA-256 of ["c1","d1",null], in base32. `id` is made in the same way from the
    // connection, the first id and the body's digest. Both were computed with Python.
    const conflict = conflictOf('d1', '{}');
    expect(conflict).toMatchObject({ deliveryId: 'd1', conflictsWith: 'evt_02pkfd38b44mawdc5jtve3aze9' });
    expect(conflict.id).toBe('evt_fb1yp54sqz7ry8xhkgr3vcty18');
  });

  test('has an id that depends on the whole delivery id, although only its start is stored', () => {
    const [one, other] = [conflictOf(`${long}1`, '{}'), conflictOf(`${long}2`, '{}')];
    expect([one.deliveryId, other.deliveryId]).toEqual([long, long]);
    expect(one.id).not.toBe(other.id);
    expect(one.conflictsWith).not.toBe(other.conflictsWith);
  });

  test('has the same id for every repeat with the same body, and another id for another body', () => {
    expect(conflictOf(long, '{}').id).toBe(conflictOf(long, '{}').id);
    expect(conflictOf(long, '{}').id).not.toBe(conflictOf(long, '[]').id);
  });
});
