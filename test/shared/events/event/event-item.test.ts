import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import {
  eventFromItem,
  eventItemOf,
  eventRowFromItem,
  originFromItem,
} from '../../../../shared/events/event/event-item.ts';
import { itemBytes, writeUnits } from '../../../../shared/ground/aws/item-size.ts';
import { codePoint } from '../../../support/any-text.ts';
import { aStoredEvent } from './given-event.ts';

const uuid = '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11';
const connection = { connectionId: 'con_1a2b3c4d5e6f7g8h9j0k', connection: 'github-orders', provider: 'github' };
const stored = {
  ...connection,
  endpointId: 'AAAAAAAAAAAAAAAAAAAAAA',
  tokenId: '0b6a1f6e-6c0c-4d3f-9a7a-3f1f8a1f0c11',
  requestId: 'JKJaXmPLvHcESHA=',
  verifiedBy: 'signature',
} as const;

const gateway = {
  host: 'k3j9x0q2ab.execute-api.eu-central-1.amazonaws.com',
  'x-amzn-trace-id': 'Root=1-65a1b2c3-8f0e9a7db5c64123a5f1e6d7',
  'x-forwarded-for': '140.82.115.88',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
};

/** GitHub's headers, as API Gateway passes them on. */
const ofGitHub = (name: string, body: string) => ({
  accept: '*/*',
  'content-length': `${body.length}`,
  'content-type': 'application/json',
  ...gateway,
  'user-agent': 'GitHub-Hookshot/8f3ab12',
  'x-github-delivery': uuid,
  'x-github-event': name,
  'x-github-hook-id': '551020394',
  'x-github-hook-installation-target-id': '733910452',
  'x-github-hook-installation-target-type': 'organization',
  'x-hub-signature': 'sha1=7d38cdd689735b008b3c702edd92eea23791c5f6',
  'x-hub-signature-256': 'sha256=d57c68ca6f92289e6987922ff26938930f6e66a2d161ef06abdf1859230aa23c',
});

const ofStripe = (_: string, body: string) => ({
  accept: '*/*; q=0.5, application/xml',
  'cache-control': 'no-cache',
  'content-length': `${body.length}`,
  'content-type': 'application/json; charset=utf-8',
  ...gateway,
  'stripe-signature':
    't=1767225600,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd,v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39',
  'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
});

const anEvent = (name: string, body: string, headers: Record<string, string>): StoredEvent =>
  aStoredEvent({ body: Buffer.from(body), headers }, { ...stored, type: name, deliveryId: uuid });

/** An order of this many bytes. Its texts and numbers do not repeat. */
function anOrder(size: number): string {
  const line = (n: number) => ({ sku: `SKU-${(n * 7919) % 10_007}`, title: `Article no. ${n * 31}`, cents: n * 1_237 });
  const lines = Array.from({ length: 90 }, (_, n) => line(n));
  return JSON.stringify({ id: 4711, customer: 'Ada', lines })
    .slice(0, size - 2)
    .padEnd(size, '"}');
}

const definitions = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string;
  examples: object[];
}[];
const examples = definitions.flatMap(({ name, examples }) =>
  examples.map((each) => [name, JSON.stringify(each)] as const),
);
const exampleOf = (wanted: string, size: number): string =>
  (examples.find(([name]) => name === wanted)?.[1] ?? '').slice(0, size);

const unitsOf = (event: StoredEvent): number => writeUnits(itemBytes(eventItemOf(event, 4)));

describe('without its row in the index, a JSON event with the headers of a real sender costs', () => {
  test.each([
    ...examples.filter(([, body]) => body.length <= 1_024),
    ['push', exampleOf('push', 1_024)] as const,
    ['issues', exampleOf('issues', 1_024)] as const,
    ['marketplace_purchase', exampleOf('marketplace_purchase', 1_024)] as const,
    ['order', anOrder(1_024)] as const,
  ])('one write unit at 1 KB (%s)', (name, body) => {
    expect([ofGitHub, ofStripe].map((headersOf) => unitsOf(anEvent(name, body, headersOf(name, body))))).toEqual([
      1, 1,
    ]);
  });

  test.each([
    ...examples.filter(([, body]) => body.length > 3_500 && body.length <= 4_096),
    ['order', anOrder(4_096)] as const,
  ])('at most two write units at 4 KB (%s)', (name, body) => {
    expect(unitsOf(anEvent(name, body, ofGitHub(name, body)))).toBeLessThanOrEqual(2);
  });
});

describe('a payload', () => {
  const isCompressed = (event: StoredEvent) => eventItemOf(event, 4)['payload'] as { B: Uint8Array };

  test('is compressed if and only if that saves a write unit', () => {
    const bodies = fc.tuple(
      fc.integer({ min: 0, max: 3_000 }),
      fc.boolean(),
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
    );
    fc.assert(
      fc.property(bodies, ([size, isNoise, piece]) => {
        const noise = Array.from({ length: size }, (_, at) => (at * 7_919 * (at + piece.length)) % 251);
        const body = isNoise ? Buffer.from(noise) : Buffer.alloc(size, piece);
        const event = aStoredEvent({ body }, stored);
        const item = eventItemOf(event, 4);
        const bytes = itemBytes(item);
        const { B: payload } = isCompressed(event);
        const plainBytes = bytes - payload.length + 5 + JSON.stringify(headOf(event)).length + size;
        if (payload[0] === 0) expect(bytes).toBe(plainBytes);
        else expect(writeUnits(bytes)).toBeLessThan(writeUnits(plainBytes));
      }),
    );
  });
});

describe('the units of an item', () => {
  // Bytes besides the body: 209 of the attributes, 7 + 157 of the payload's name, coding, length and head, 7 of `units`. Later
  // updates add at most 81: `replays` with four digits, one more digit of `units`, and `routes` with 64 characters.
  const itemWith = (body: Buffer, more: Partial<StoredEvent> = {}) => eventItemOf(aStoredEvent({ body }, more), 4);
  const codingOf = (body: Buffer) => (itemWith(body)['payload'] as { B: Uint8Array }).B[0];

  test.each([
    [563, '1'],
    [564, '2'],
  ])('with a body of %i bytes, later updates included, are %s', (size, units) => {
    expect(itemWith(Buffer.alloc(size))['units']).toEqual({ N: units });
  });

  test.each([
    [563, '1'],
    [564, '2'],
  ])('of an event that is routed are the same: with a body of %i bytes, %s', (size, units) => {
    expect(itemWith(Buffer.alloc(size), { routes: 'f'.repeat(64) })['units']).toEqual({ N: units });
  });

  test.each([
    [644, 0],
    [645, 2],
  ])('decide that a body of %i bytes that do not vary has the coding %i', (size, coding) => {
    expect(codingOf(Buffer.alloc(size))).toBe(coding);
  });

  test('decide that a body which compression does not make a unit smaller stays plain', () => {
    const digests = Array.from({ length: 32 }, (_, at) => createHash('sha256').update(String(at)).digest());
    expect(codingOf(Buffer.concat(digests).subarray(0, 1_000))).toBe(0);
  });
});

/** The head of an event's payload, in the order in which it is written. */
const headOf = (event: StoredEvent) => ({
  connection: event.connection,
  provider: event.provider,
  requestId: event.requestId,
  path: event.path,
  sourceIp: event.sourceIp,
  verifiedBy: event.verifiedBy,
  tokenIn: event.tokenIn,
  query: event.query,
  headers: event.headers,
});

describe('an item', () => {
  test('is read back as the original event', () => {
    const texts = fc.string({ unit: codePoint, size: 'max', maxLength: 60 }).map((text) => text.toWellFormed());
    const headers = fc.array(fc.tuple(fc.oneof(texts, fc.constant('__proto__')), texts)).map(Object.fromEntries);
    const more = fc.record(
      {
        held: texts,
        conflictsWith: texts,
        split: texts,
        replays: fc.nat(),
        test: fc.constant(true),
        quiet: fc.constant(true),
        deliveryId: texts,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        headers,
        fc.uint8Array({ size: 'max', maxLength: 3_000 }),
        more,
        fc.boolean(),
        (headers, body, more, bytesAltered) => {
          const event = { ...aStoredEvent({ body: Buffer.from(body) }), headers, bytesAltered, ...more } as StoredEvent;
          const read = eventFromItem(eventItemOf(event, 4));
          expect(read.body.equals(body)).toBe(true);
          expect(Object.entries(read.headers)).toEqual(Object.entries(event.headers));
          expect({ ...read, body: 0, headers: 0 }).toEqual({ ...event, body: 0, headers: 0 });
        },
      ),
    );
  });

  test('has an attribute only for each field that keys, lists and conditions need, if it has a value', () => {
    const common = ['shard', 'at', 'id', 'connectionId', 'endpointId', 'receivedAt', 'type', 'method', 'size'];
    const more = {
      held: undefined,
      bytesAltered: true,
      raw: true,
      split: '{"items":""}',
      bodyKey: 'keep-30/c1/evt_1/abc',
    };
    expect(Object.keys(eventItemOf(aStoredEvent({}, more), 4))).toEqual([
      ...common,
      ...['tokenId', 'expiresAt', 'payload', 'units'],
    ]);
  });

  test('has the digest of a large body, read from the key of that body', () => {
    const event = aStoredEvent({}, { bodyKey: 'keep-30/c1/evt_1/abc', sha256: 'abc' });
    expect(eventFromItem(eventItemOf(event, 4)).sha256).toBe('abc');
  });

  const head =
    '{"connection":"orders","provider":"generic","requestId":"r1","path":"a/b","sourceIp":"192.0.2.1","verifiedBy":"token","tokenIn":[],"bytesAltered":true,"query":"a=1","headers":{}}';
  /** As the table has it. Its payload is plain: a zero, the length of the head in four bytes, the head and the body. */
  const stored = {
    id: { S: 'evt_00000000000000000000000000' },
    connectionId: { S: 'c1' },
    endpointId: { S: 'e1' },
    receivedAt: { S: '2026-03-01T12:00:00.000Z' },
    type: { S: 'webhook' },
    method: { S: 'POST' },
    size: { N: '2' },
    tokenId: { S: 't1' },
    expiresAt: { N: '1772539200' },
    payload: { B: Buffer.from(`\0\0\0\0\u00b2${head}hi`, 'latin1') },
    shard: { S: 'c1#0' },
    at: { S: '2026-03-01T12:00:00.000Z#evt_00000000000000000000000000' },
    units: { N: '1' },
  };

  test('stays readable, from the table and from its stream', () => {
    const { payload, ...rest } = stored;
    for (const item of [stored, { ...rest, payload: { B: payload.B.toString('base64') } }]) {
      expect(eventFromItem(item)).toEqual({
        id: 'evt_00000000000000000000000000',
        connectionId: 'c1',
        connection: 'orders',
        provider: 'generic',
        endpointId: 'e1',
        receivedAt: '2026-03-01T12:00:00.000Z',
        requestId: 'r1',
        type: 'webhook',
        method: 'POST',
        path: 'a/b',
        sourceIp: '192.0.2.1',
        size: 2,
        tokenId: 't1',
        verifiedBy: 'token',
        tokenIn: [],
        bytesAltered: true,
        expiresAt: 1_772_539_200,
        headers: {},
        query: 'a=1',
        body: Buffer.from('hi'),
        sha256: '8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4',
      });
    }
  });

  test('has the id of its request and the digest of its body', () => {
    const sha256 = '8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4';
    expect(originFromItem(stored)).toEqual({ requestId: 'r1', sha256 });
    const event = aStoredEvent({ body: Buffer.from('hi') }, { requestId: 'r2' });
    expect(originFromItem(eventItemOf(event, 4))).toEqual({ requestId: 'r2', sha256 });
    const { payload: _, ...noPayload } = stored;
    expect(() => originFromItem(noPayload)).toThrow('the item of an event has no payload');
    const noRequest = { B: Buffer.from('\0\0\0\0\u0002{}hi', 'latin1') };
    expect(() => originFromItem({ ...stored, payload: noRequest })).toThrow('requestId');
  });

  test('has every attribute that the index projects, so that a list row can be read', () => {
    const event = aStoredEvent(
      {},
      { held: 'h1', deliveryId: 'd1', conflictsWith: 'evt_1', test: true, contentType: 'a/b' },
    );
    const { payload: _, ...row } = eventItemOf(event, 4);
    expect(eventRowFromItem(row)).toMatchObject({
      held: 'h1',
      deliveryId: 'd1',
      conflictsWith: 'evt_1',
      test: true,
      contentType: 'a/b',
      units: 1,
    });
  });
});
