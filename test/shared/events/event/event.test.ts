import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Arrival,
  conflictingEventOf,
  eventOf,
  type Receiver,
} from '../../../../shared/events/event/accepted-arrival.ts';
import { eventSummaryOf, eventSummarySchema, headersSchema } from '../../../../shared/events/event/event.ts';
import { eventViewOf } from '../../../../shared/operators/api/event-view.ts';

const now = new Date('2026-03-01T12:00:00.000Z');

const receiver: Receiver = {
  connection: { id: 'c1', name: 'orders', provider: 'generic' },
  endpoint: {
    id: 'e1',
    accept: [{ in: 'path' }],
    dedupe: { by: 'none' },
    types: [],
    batch: undefined,
    raw: false,
    retentionDays: 2,
    hold: null,
  },
};

const aDelivery = (arrival: Partial<Arrival>): Arrival => ({
  method: 'POST',
  headers: {},
  rawQueryString: '',
  rest: undefined,
  sourceIp: '192.0.2.1',
  requestId: 'r1',
  body: Buffer.alloc(0),
  ...arrival,
});

const anEvent = (arrival: Partial<Arrival>, endpoint: Partial<Receiver['endpoint']> = {}) =>
  eventOf(
    aDelivery(arrival),
    { ...receiver, endpoint: { ...receiver.endpoint, ...endpoint } },
    { tokenId: 't1', verifiedBy: 'token' },
    'evt_1',
    now,
  );

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
    const lengths = ['5', '6', '15', undefined, 'five', '6 bytes', '5, 6'];
    const altered = lengths.map((length) => anEvent({ body, headers: { 'content-length': length } }).bytesAltered);
    expect(altered).toEqual([false, true, true, false, false, false, false]);
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

describe('the event of a delivery', () => {
  const byHeader = { dedupe: { by: 'header', name: 'x-id' } } as const;
  const first = { headers: { 'x-id': 'd1' } };

  test('has the hold that is in force', () => {
    expect(anEvent({}, { hold: 'h1' }).held).toBe('h1');
    expect(anEvent({})).not.toHaveProperty('held');
  });

  test('says if the endpoint deduplicates and the delivery has no delivery id', () => {
    expect(anEvent({}, byHeader)).toMatchObject({ id: 'evt_1', dedupeMissing: true });
    expect(anEvent({}, byHeader)).not.toHaveProperty('deliveryId');
    expect(anEvent(first, byHeader)).toMatchObject({ deliveryId: 'd1' });
    expect(anEvent(first, byHeader)).not.toHaveProperty('dedupeMissing');
    expect(anEvent(first)).not.toHaveProperty('dedupeMissing');
  });

  test('carries the setting by which it is split', () => {
    expect(anEvent({}, { batch: { items: '/records' } }).split).toBe('{"items":"/records"}');
    expect(anEvent({})).not.toHaveProperty('split');
  });

  test('carries the setting by which its bytes are published too', () => {
    expect(anEvent({}, { raw: true }).raw).toBe(true);
    expect(anEvent({})).not.toHaveProperty('raw');
  });

  test('points at each token in its body once', () => {
    const body = Buffer.from('{"token":"a token in the body"}');
    const accept = [
      { in: 'body', path: '/token' },
      { in: 'body', path: '/token' },
      { in: 'body', path: '/other' },
    ] as const;
    const headers = { 'content-type': 'application/json' };
    expect(anEvent({ body, headers }, { accept }).tokenIn).toEqual(['/token']);
    expect(anEvent({ body, headers }).tokenIn).toEqual([]);
    const form = { body: Buffer.from('token=a+token+in+the+body') };
    const type = 'application/x-www-form-urlencoded';
    expect(anEvent({ ...form, headers: { 'content-type': type } }, { accept }).tokenIn).toEqual(['/token']);
    expect(anEvent(form, { accept }).tokenIn).toEqual([]);
  });

  test('has the token of its body nowhere in its headers, content type, query and path', () => {
    const accept = [{ in: 'body', path: '/token' }] as const;
    const headers = {
      'content-type': 'application/json; t="dictated by the sender"',
      'x-copy': 'dictated by the sender',
    };
    const body = Buffer.from('{"token":"dictated by the sender"}');
    const event = anEvent(
      { body, headers, rawQueryString: 'a=dictated+by+the+sender', rest: 'dictated by the sender' },
      { accept },
    );
    expect(event).toMatchObject({ headers: { 'x-copy': 'REDACTED' }, query: 'a=REDACTED', path: 'REDACTED' });
    expect(event.contentType).toBe('application/json; t="REDACTED"');
  });

  test('has no content type if the sender named none', () => {
    expect(anEvent({})).not.toHaveProperty('contentType');
    expect(anEvent({ headers: { 'content-type': '' } })).not.toHaveProperty('contentType');
  });

  test('has a body of up to 256 KiB, and the key of a larger one', () => {
    expect(anEvent({ body: Buffer.alloc(262_144) })).toMatchObject({ size: 262_144 });
    expect(anEvent({ body: Buffer.alloc(262_144) })).not.toHaveProperty('bodyKey');
    const large = anEvent({ body: Buffer.alloc(262_145) });
    // The digest of 262,145 zero bytes, computed with sha256sum.
    const sha256 = 'b27a032984ea8a6bec700c3d6f63f8fcfbf8ff8ef87e972891feda4eea4aad0c';
    expect(large).toMatchObject({ size: 262_145, sha256, bodyKey: `keep-7/c1/evt_1/${sha256}` });
    expect(large.body).toHaveLength(0);
  });
});

test('a list shows that an event is held, but not by which hold', () => {
  expect(eventSummaryOf({ id: 'evt_1', held: 'h1' })).toEqual({ id: 'evt_1', held: true });
  expect(eventSummaryOf({ id: 'evt_1', held: undefined })).toEqual({ id: 'evt_1' });
});

describe('an event whose delivery id belongs to another event', () => {
  const byHeader: Receiver = {
    ...receiver,
    endpoint: { ...receiver.endpoint, dedupe: { by: 'header', name: 'x-id' } },
  };
  const conflictOf = (id: string, text: string) => {
    const arrival = aDelivery({ headers: { 'x-id': id }, body: Buffer.from(text) });
    const verification = { tokenId: 't1', verifiedBy: 'token' } as const;
    return conflictingEventOf(eventOf(arrival, byHeader, verification, 'evt_1', now));
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

test('the list of an operator has no id of a hold', () => {
  const { type, receivedAt, endpointId, method, size, tokenId } = anEvent({});
  const shown = { id: 'evt_1', type, receivedAt, endpointId, method, size, tokenId };
  expect(eventSummarySchema.parse({ ...shown, held: true })).toEqual({ ...shown, held: true });
  for (const held of ['h1', false]) expect(eventSummarySchema.safeParse({ ...shown, held }).success).toBe(false);
});

test.each<[unknown, boolean]>([
  [{}, true],
  [{ a: 'b', constructor: 'c' }, true],
  [JSON.parse('{"__proto__":"a"}'), true],
  [{ a: 1 }, false],
  [{ a: 'b', c: null }, false],
  [null, false],
  [undefined, false],
  ['a', false],
  [1, false],
])('%j as stored headers: %s', (value, expected) => {
  expect(headersSchema.safeParse(value).success).toBe(expected);
});
