import { describe, expect, test } from '@jest/globals';
import { generateToken } from '../../../../shared/endpoints/credential/token.ts';
import type { Placement } from '../../../../shared/endpoints/credential/token-placement.ts';
import { deliveryMetadataOf, type MetadataLocation } from '../../../../shared/endpoints/settings/delivery-metadata.ts';

const event: MetadataLocation = { in: 'header', name: 'x-event' };
const kind: MetadataLocation = { in: 'body', path: '/kind' };
const token = generateToken('hle');

interface Given {
  headers?: Record<string, string>;
  body?: string;
  accept?: Placement[];
}

/** The type of a delivery, read from these locations. */
const typeOf = (types: MetadataLocation[], { headers = {}, body = '', accept = [] }: Given) =>
  deliveryMetadataOf({ headers, body: Buffer.from(body), accept }, { dedupe: { by: 'none' }, types }).type;

test('a delivery that is recognized by its content has the SHA-256 of its body as its id', () => {
  const given = { headers: {}, body: Buffer.from('{}'), accept: [] };
  expect(deliveryMetadataOf(given, { dedupe: { by: 'content' }, types: [] })).toEqual({
    // printf '{}' | openssl dgst -sha256
    deliveryId: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    type: 'webhook',
  });
});

test('two bodies that differ only in bytes that are no text have different ids', () => {
  const idOf = (byte: number) =>
    deliveryMetadataOf({ headers: {}, body: Buffer.from([byte]), accept: [] }, { dedupe: { by: 'content' }, types: [] })
      .deliveryId;
  expect(idOf(0xff)).not.toBe(idOf(0xfe));
});

describe('the type of a delivery', () => {
  test.each<[string, MetadataLocation[], Given, string]>([
    ['read from a header', [event, kind], { headers: { 'x-event': 'push' }, body: '{"kind":"other"}' }, 'push'],
    ['read from a string in the body', [event, kind], { body: '{"kind":"order.paid"}' }, 'order.paid'],
    ['read from a number in the body', [kind], { body: '{"kind":0}' }, '0'],
    [
      'read from a field of a form',
      [kind],
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'kind=a+b' },
      'a b',
    ],
    [
      'read from the second place if the first place is empty',
      [event, kind],
      { headers: { 'x-event': ' ' }, body: '{"kind":"a"}' },
      'a',
    ],
    [
      'cut to 128 characters, with a replacement character for half a surrogate pair',
      [kind],
      { body: JSON.stringify({ kind: `${'x'.repeat(127)}😀` }) },
      `${'x'.repeat(127)}\ufffd`,
    ],
  ])('is %s', (_, places, given, type) => {
    expect(typeOf(places, given)).toBe(type);
  });

  test.each<[string, MetadataLocation[], Given]>([
    ['no place is set', [], { headers: { 'x-event': 'a' } }],
    ['the places are empty', [event, kind], { body: '{}' }],
    ['the value is an object', [kind], { body: '{"kind":{"a":1}}' }],
    ['the body is not valid JSON', [kind], { body: '{"kind":' }],
    ['the value is an empty string', [kind], { body: '{"kind":""}' }],
    ['the place is an inherited property', [{ in: 'header', name: 'constructor' }], {}],
    ['the header is redacted', [event], { headers: { 'x-event': 'REDACTED' } }],
    ['the value is a token', [kind], { body: JSON.stringify({ kind: token }) }],
    [
      'the place is also that of the token',
      [kind],
      { body: '{"kind":"adopted-token"}', accept: [{ in: 'body', path: '/kind' }] },
    ],
    [
      'the value contains the token',
      [kind],
      { body: '{"kind":"{\\"t\\":1}"}', accept: [{ in: 'body', path: '/kind/t' }] },
    ],
    [
      'the value is part of the token',
      [{ in: 'body', path: '/kind/t' }],
      { body: '{"kind":"{\\"t\\":1}"}', accept: [{ in: 'body', path: '/kind' }] },
    ],
  ])('is webhook if %s', (_, places, given) => {
    expect(typeOf(places, given)).toBe('webhook');
  });

  test('is read from a field whose name begins like the place of the token', () => {
    expect(typeOf([kind], { body: '{"kind":"a"}', accept: [{ in: 'body', path: '/kinds' }] })).toBe('a');
  });
});

test('a delivery id is not read from a value that contains a token', () => {
  const readable = {
    headers: {},
    body: Buffer.from('{"a":"{\\"t\\":\\"adopted-token\\"}"}'),
    accept: [{ in: 'body' as const, path: '/a/t' }],
  };
  expect(deliveryMetadataOf(readable, { dedupe: { by: 'body', path: '/a' }, types: [] }).deliveryId).toBeUndefined();
});
