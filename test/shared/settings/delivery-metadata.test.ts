import { describe, expect, test } from '@jest/globals';
import { generateToken } from '../../../shared/credential/token.ts';
import type { Placement } from '../../../shared/credential/token-placement.ts';
import { deliveryMetadataOf, type MetadataLocation } from '../../../shared/settings/delivery-metadata.ts';

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

describe('the type of a delivery', () => {
  test.each<[string, MetadataLocation[], Given, string]>([
    ['a header', [event, kind], { headers: { 'x-event': 'push' }, body: '{"kind":"other"}' }, 'push'],
    ['a text in the body', [event, kind], { body: '{"kind":"order.paid"}' }, 'order.paid'],
    ['a number', [kind], { body: '{"kind":0}' }, '0'],
    [
      'a field of a form',
      [kind],
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'kind=a+b' },
      'a b',
    ],
    [
      'the next place where the first is empty',
      [event, kind],
      { headers: { 'x-event': ' ' }, body: '{"kind":"a"}' },
      'a',
    ],
    [
      '128 characters, no half of a pair',
      [kind],
      { body: JSON.stringify({ kind: `${'x'.repeat(127)}😀` }) },
      `${'x'.repeat(127)}\ufffd`,
    ],
  ])('is %s', (_, places, given, type) => {
    expect(typeOf(places, given)).toBe(type);
  });

  test.each<[string, MetadataLocation[], Given]>([
    ['no place', [], { headers: { 'x-event': 'a' } }],
    ['nothing there', [event, kind], { body: '{}' }],
    ['neither text nor number', [kind], { body: '{"kind":{"a":1}}' }],
    ['no readable body', [kind], { body: '{"kind":' }],
    ['an empty text', [kind], { body: '{"kind":""}' }],
    ['what only every object has', [{ in: 'header', name: 'constructor' }], {}],
    ['a header that is hidden', [event], { headers: { 'x-event': 'REDACTED' } }],
    ['a token', [kind], { body: JSON.stringify({ kind: token }) }],
    ['the place of a token', [kind], { body: '{"kind":"adopted-token"}', accept: [{ in: 'body', path: '/kind' }] }],
    [
      'what holds the place of a token',
      [kind],
      { body: '{"kind":"{\\"t\\":1}"}', accept: [{ in: 'body', path: '/kind/t' }] },
    ],
    [
      'what is within the place of a token',
      [{ in: 'body', path: '/kind/t' }],
      { body: '{"kind":"{\\"t\\":1}"}', accept: [{ in: 'body', path: '/kind' }] },
    ],
  ])('is webhook with %s', (_, places, given) => {
    expect(typeOf(places, given)).toBe('webhook');
  });

  test('may be next to a token', () => {
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
