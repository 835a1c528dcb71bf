/** Where a text stands in an event. */
import { expect, test } from '@jest/globals';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { foundPlacesOf } from '../../../../shared/events/search/found-place.ts';
import { aStoredEvent } from '../event/given-event.ts';

const json = { 'content-type': 'application/json' };
const anEvent = (body: string | Buffer, more: Partial<StoredEvent> = {}): StoredEvent => ({
  ...aStoredEvent({ body: Buffer.from(body), headers: { ...json, 'x-shop': 'Blue', authorization: 'REDACTED' } }),
  ...{ type: 'order.paid', deliveryId: 'd-77', query: 'shop=7&token=REDACTED&end=1', path: 'eu/REDACTED' },
  ...more,
});
const placesOf = (text: string, event: StoredEvent) =>
  foundPlacesOf(text, { row: { ...event, units: 1 }, event, body: event.body });
const placeOf = (text: string, event: StoredEvent) => placesOf(text, event)[0];

/** Nothing beside the body. */
const bare = { id: '1', type: '2', deliveryId: '3', sourceIp: '4', headers: {}, query: '', path: '' };

const order = anEvent('{"total":120,"lines":[{"sku":"A-1"},{"sku":"B-2"}],"customer":{"mail":"Ada@Example.com"}}');

test.each([
  ['PAID', { in: 'type', text: 'order.paid' }],
  ['77', { in: 'deliveryId', text: 'd-77' }],
  ['blue', { in: 'header', at: 'x-shop', text: 'Blue' }],
  ['x-shop: b', { in: 'header', at: 'x-shop', text: 'x-shop: Blue' }],
  ['shop=7', { in: 'query', text: 'shop=7&token=' }],
  ['end=', { in: 'query', text: '&end=1' }],
  ['eu/', { in: 'path', text: 'eu/' }],
  ['12', { in: 'body', at: '/total', text: '120' }],
  ['b-2', { in: 'body', at: '/lines/1/sku', text: 'B-2' }],
  ['mail', { in: 'body', at: '/customer/mail', text: 'mail' }],
  ['ada@', { in: 'body', at: '/customer/mail', text: 'Ada@Example.com' }],
  ['"total":120', { in: 'body', text: expect.stringMatching(/^\{"total":120,"lines".*…$/) }],
  ['redacted', undefined],
  ['undefined', undefined],
])('%s', (text, place) => {
  expect(placeOf(text, order)).toEqual(place);
});

test('the row comes before the item, the item before the body', () => {
  const event = anEvent('{"a":"order.paid","b":"Blue"}');
  expect(placesOf('order.paid', event)).toEqual([
    { in: 'type', text: 'order.paid' },
    { in: 'body', at: '/a', text: 'order.paid' },
  ]);
  expect(placesOf('blue', event)).toEqual([
    { in: 'header', at: 'x-shop', text: 'Blue' },
    { in: 'body', at: '/b', text: 'Blue' },
  ]);
});

test('three places are told at most, in the order of the body', () => {
  const event = anEvent('{"d":{"x":["green 1",{"y":"green 2"}]},"c":"green 3","b":"green 4"}');
  expect(placesOf('GREEN', event)).toEqual([
    { in: 'body', at: '/d/x/0', text: 'green 1' },
    { in: 'body', at: '/d/x/1/y', text: 'green 2' },
    { in: 'body', at: '/c', text: 'green 3' },
  ]);
});

test('a name and its value are one place, and so are a value and the text that it is part of', () => {
  expect(placesOf('green', anEvent('{"green":"green"}'))).toEqual([{ in: 'body', at: '/green', text: 'green' }]);
  expect(placesOf('a', anEvent('{"green":{"a":"a"},"b":["a"]}', { ...bare, query: 'a=REDACTED&a=2' }))).toEqual([
    { in: 'query', text: 'a=' },
    { in: 'query', text: '&a=2' },
    { in: 'body', at: '/green/a', text: 'a' },
  ]);
});

test('of a long text, 80 characters around what was found are shown', () => {
  const long = (before: number, after: number) =>
    placeOf('needle', anEvent(`${'a'.repeat(before)}needle${'b'.repeat(after)}`, { headers: {} }))?.text;
  expect(long(10, 20)).toBe(`${'a'.repeat(10)}needle${'b'.repeat(20)}`);
  expect(long(0, 100)).toBe(`needle${'b'.repeat(73)}…`);
  expect(long(100, 100)).toBe(`…${'a'.repeat(30)}needle${'b'.repeat(42)}…`);
  expect(long(100, 0)).toBe(`…${'a'.repeat(73)}needle`);
});

test('a body that is masked shows nothing of the mask, nor of what it hides', () => {
  const event = anEvent('{"token":"of-the-sender-0123","shop":"green"}', { tokenIn: ['/token'] });
  expect(placeOf('of-the-sender', event)).toBeUndefined();
  expect(placeOf('green', event)).toEqual({ in: 'body', at: '/shop', text: 'green' });
  // Across two values the text is found as it stands, up to the mask.
  expect(placeOf(',"shop":', event)).toEqual({ in: 'body', text: '","shop":"green"}' });
});

test('a body of any depth and size is looked through', () => {
  const deep = 60_000;
  const event = anEvent(`${'[['.repeat(deep)}"needle"${']]'.repeat(deep)}`);
  expect(placeOf('needle', event)).toEqual({ in: 'body', text: 'needle' });
  const wide = anEvent(JSON.stringify({ list: [...Array(100_000).fill(0), 'needle'] }));
  expect(placeOf('needle', wide)).toEqual({ in: 'body', at: '/list/100000', text: 'needle' });
});

test('a name that needs escapes is escaped, and a body that is no JSON has no pointer', () => {
  expect(placeOf('needle', anEvent('{"a/b":{"c~d":"needle"}}'))).toMatchObject({ at: '/a~1b/c~0d' });
  expect(placeOf('undefined', anEvent('no json'))).toBeUndefined();
  expect(placeOf('needle', anEvent('one needle', { headers: {} }))).toEqual({ in: 'body', text: 'one needle' });
  expect(placeOf('needle', anEvent(Buffer.from([0xff, 0xfe])))).toBeUndefined();
});

test('with the row alone, only the row has places', () => {
  const row = { ...order, units: 1 };
  expect(foundPlacesOf('d-7', { row })).toEqual([{ in: 'deliveryId', text: 'd-77' }]);
  expect(foundPlacesOf('blue', { row })).toEqual([]);
});
