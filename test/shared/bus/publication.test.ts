import { hash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  entryBytes,
  entryMakersOf,
  inCalls,
  maxCallBytes,
  maxCallEntries,
  type Publication,
} from '../../../shared/bus/publication.ts';
import type { StoredEvent } from '../../../shared/event/event.ts';
import { maxSplitItems } from '../../../shared/settings/split.ts';
import { only } from '../../infra/given-template.ts';
import { jsonTexts } from '../base/given-json.ts';
import { aStoredEvent } from '../event/given-event.ts';

const kib = 1024;

/** The only entry of an event that is not split. */
const entryOf = (publication: Publication, mayBeSpliced?: boolean) =>
  only(entryMakersOf(publication, 'bodies'))(mayBeSpliced);

/** The body's member in the entry for the bus. */
function entryFor(body: Buffer | string, contentType?: string, mayBeSpliced?: boolean) {
  const headers = contentType === undefined ? {} : { 'content-type': contentType };
  return entryOf({ event: aStoredEvent({ body: Buffer.from(body), headers }) }, mayBeSpliced);
}

const detailFor = (body: Buffer | string, contentType?: string) => JSON.parse(entryFor(body, contentType).Detail);

describe('the detail of an event', () => {
  test('holds the very text of any JSON, and parses to the same', () => {
    fc.assert(
      fc.property(jsonTexts, (text) => {
        const { Detail } = entryFor(text, 'application/json');
        expect(Detail).toContain(`"data":${text},"sha256":`);
        expect(JSON.parse(Detail).data).toEqual(JSON.parse(text));
      }),
    );
  });

  test('says what there is to say', () => {
    const event = aStoredEvent(
      { body: Buffer.from('{"total":12345678901234567890}'), rest: 'a b', rawQueryString: 'x=1', method: 'PUT' },
      { provider: 'generic', type: 'order.paid', deliveryId: 'd1', conflictsWith: 'evt_1' },
    );
    expect(entryOf({ event, replay: 2 })).toEqual({
      Source: 'hooklatch.orders',
      DetailType: 'order.paid',
      Time: new Date('2026-03-01T12:00:00.000Z'),
      Detail: `{"id":"evt_${'0'.repeat(26)}","connection":"orders","provider":"generic","type":"order.paid","deliveryId":"d1","conflictsWith":"evt_1","receivedAt":"2026-03-01T12:00:00.000Z","method":"PUT","headers":{},"query":"x=1","path":"a b","data":{"total":12345678901234567890},"sha256":"${event.sha256}","size":30,"replay":2}`,
    });
  });

  test.each<[string, Buffer | string, string | undefined, boolean]>([
    ['an object that is called JSON', '{"a":1}', 'application/json; charset=utf-8', true],
    ['an object of a vendor', '{"a":1}', 'application/vnd.shop.v2+json', true],
    ['an object that is called a form', '{"a":1}', 'application/x-www-form-urlencoded', true],
    ['a list that is called text', ' [1]\n', 'text/plain', true],
    ['an object of no type', '{"a":1}', undefined, true],
    ['a number that is called JSON', '1.0', 'application/json', true],
    ['a word that is called JSON', '"a"', 'Application/JSON ;x=y', true],
    ['a number of no type', '0123', undefined, false],
    ['a number in plain text', '12345678901234567890', 'text/plain', false],
    ['nothing that is called JSON', '', 'application/json', false],
    ['nothing', '', undefined, false],
    ['white space', ' ', 'application/json', false],
    ['half an object', '{"a":', 'application/json', false],
    ['two objects', '{}{}', 'application/json', false],
    ['what would break out of its place', '1},"id":"evt_2","x":{"y":1', 'application/json', false],
    ['a byte order mark before an object', '\ufeff{"a":1}', 'application/json', false],
    ['an object whose text is no UTF-8', Buffer.from('{"a":"\xe9"}', 'latin1'), 'application/json', false],
    ['half a surrogate pair as bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'application/json', false],
    ['a form', 'a=1&b=%7B%7D', 'application/x-www-form-urlencoded', false],
    ['random bytes', Buffer.from([0, 0xff, 0x80]), undefined, false],
  ])('has %s in its place', (_, body, contentType, isData) => {
    const bytes = Buffer.from(body);
    const { data, dataBase64, id, size } = detailFor(bytes, contentType);
    expect([data, dataBase64]).toEqual(
      isData ? [JSON.parse(bytes.toString()), undefined] : [undefined, bytes.toString('base64')],
    );
    expect([id, size]).toEqual([`evt_${'0'.repeat(26)}`, bytes.length]);
  });

  test('has JSON as bytes too where it is asked for that', () => {
    const text = '{"a":[1.0]}';
    const { data, dataBase64 } = JSON.parse(entryFor(text, 'application/json', false).Detail);
    expect([data, Buffer.from(dataBase64, 'base64').toString()]).toEqual([undefined, text]);
  });

  test('says where a body lies that is not kept with the event', () => {
    const event = aStoredEvent({}, { bodyKey: 'c1/evt_1', size: 300_000 });
    const detail = JSON.parse(entryOf({ event }).Detail);
    expect(detail).toMatchObject({ bodyLocation: { bucket: 'bodies', key: 'c1/evt_1' }, size: 300_000 });
    expect(Object.keys(detail)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^data/)]));
  });

  test('has the token in its body masked, and says where it stood; its digest is of the bytes that came', () => {
    const body = Buffer.from('{"passcode":"dictated by the sender", "n": 1e400}');
    const event = aStoredEvent({ body }, { tokenIn: ['/passcode'] });
    const { Detail } = entryOf({ event });
    expect(Detail).toContain('"data":{"passcode":"REDACTED", "n": 1e400},');
    expect(JSON.parse(Detail)).toMatchObject({
      tokenIn: ['/passcode'],
      sha256: hash('sha256', body),
      size: body.length,
    });
    const [encoded] = entryMakersOf({ event }, 'bodies').map((piece) => piece(false));
    expect(Buffer.from(JSON.parse(encoded?.Detail ?? '').dataBase64, 'base64').toString()).not.toContain('dictated');
  });

  test('has nesting of any depth', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(entryFor(text, 'application/json').Detail).toContain(`"data":${text},`);
  });

  test('is within the bounds of the bus whatever an inline event holds', () => {
    const worst = fc.constantFrom('\0', '"', '\\', 'é', '\u2028', '\x7f', 'a');
    fc.assert(
      fc.property(worst, worst, fc.constantFrom(0, 0x22, 0xff, 0x61), (inHeader, inQuery, inBody) => {
        // API Gateway takes 10,240 bytes of request line and headers together.
        const headers = { [inHeader]: inHeader.repeat(5_120) };
        const [query, path] = [inQuery.repeat(5_120), inQuery.repeat(5_120)];
        const body = Buffer.alloc(256 * kib, inBody);
        const event = aStoredEvent(
          {},
          { headers, query, path, body, deliveryId: '\0'.repeat(256), contentType: '\0'.repeat(256) },
        );
        expect(entryBytes(entryOf({ event }))).toBeLessThan(maxCallBytes);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the details of an event that is split', () => {
  const split = JSON.stringify({ items: '/events', id: '/id', type: '/type' });
  const detailsOf = (body: string, more: Partial<StoredEvent> = {}, replay?: number) => {
    const event = aStoredEvent({ body: Buffer.from(body) }, { split, type: 'batch', deliveryId: 'd1', ...more });
    const publication = { event, ...(replay === undefined ? {} : { replay }) };
    return { event, entries: entryMakersOf(publication, 'bodies').map((piece) => piece()) };
  };

  test('say of each item what it is, and of the delivery what is the same for all', () => {
    const body = '{"n":3, "events":[{"id":7,"type":"a","n":1e400}, 12345678901234567890 ,{"type":null}]}';
    const { event, entries } = detailsOf(body, { conflictsWith: 'evt_1' }, 2);
    const detail = (n: number, own: string, data: string) =>
      `{"id":"${event.id}#${n}","connection":"orders","provider":"generic",${own},"conflictsWith":"evt_1","receivedAt":"2026-03-01T12:00:00.000Z","method":"POST","headers":{},"query":"","path":"","item":{"of":"${event.id}","index":${n},"count":3},"data":${data},"sha256":"${event.sha256}","size":${body.length},"replay":2}`;
    expect(entries.map(({ Detail }) => Detail)).toEqual([
      detail(1, '"type":"a","deliveryId":"7"', '{"id":7,"type":"a","n":1e400}'),
      detail(2, '"type":"batch"', '12345678901234567890'),
      detail(3, '"type":"batch"', '{"type":null}'),
    ]);
    expect(entries.map(({ DetailType, Source }) => [DetailType, Source])).toEqual([
      ['a', 'hooklatch.orders'],
      ['batch', 'hooklatch.orders'],
      ['batch', 'hooklatch.orders'],
    ]);
  });

  test('hold the very text of every item', () => {
    fc.assert(
      fc.property(fc.array(jsonTexts, { minLength: 1, maxLength: 5 }), (items) => {
        const { entries } = detailsOf(`{"events":[${items.join(',')}]}`);
        expect(entries.map(({ Detail }) => JSON.parse(Detail).data)).toEqual(items.map((item) => JSON.parse(item)));
        for (const [at, { Detail }] of entries.entries()) expect(Detail).toContain(`"data":${items[at]?.trim()},`);
      }),
    );
  });

  test('hold the items that a form has in a field', () => {
    const [contentType, list] = ['application/x-www-form-urlencoded', '[{"id":"é+","n":1.0}, 1e400]'];
    const form = (json: string) => `a=1&events=${encodeURIComponent(json)}`;
    const { entries } = detailsOf(form(list), { contentType });
    expect(entries.map(({ Detail }) => /"data":(.*),"sha256"/.exec(Detail)?.[1])).toEqual([
      '{"id":"é+","n":1.0}',
      '1e400',
    ]);
    const nested = JSON.stringify({ items: '/events/list' });
    expect(detailsOf(form(`{"list":${list}}`), { contentType, split: nested }).entries).toHaveLength(2);
    for (const sent of [form('[1'), form('7'), 'a=1', form(list).replace('a=1', 'events=[]')]) {
      expect(JSON.parse(only(detailsOf(sent, { contentType }).entries).Detail)).toHaveProperty('dataBase64');
    }
    const whole = JSON.stringify({ items: '' });
    expect(JSON.parse(only(detailsOf(form(list), { contentType, split: whole }).entries).Detail)).not.toHaveProperty(
      'item',
    );
  });

  test('have an item as bytes where it is asked for that', () => {
    const event = aStoredEvent({ body: Buffer.from('{"events":[1, 2.0]}') }, { split });
    const details = entryMakersOf({ event }, 'bodies').map((piece) => JSON.parse(piece(false).Detail));
    expect(details.map(({ dataBase64 }) => Buffer.from(dataBase64, 'base64').toString())).toEqual(['1', '2.0']);
  });

  test.each<[string, string, Partial<StoredEvent>]>([
    ['no JSON', 'events=1', {}],
    ['half of JSON', '{"events":[1,2', {}],
    ['a byte order mark', '\ufeff{"events":[1]}', {}],
    ['no list', '{"event":[1]}', {}],
    ['an empty list', '{"events":[]}', {}],
    ['too many items', `{"events":[${'1,'.repeat(maxSplitItems)}1]}`, {}],
    ['a body that lies in the bucket', '{"events":[1]}', { bodyKey: 'keep-30/c1/evt_1/abc' }],
  ])('are that of the whole event with %s', (_, body, more) => {
    const { event, entries } = detailsOf(body, more);
    const detail = JSON.parse(only(entries).Detail);
    expect(detail).toMatchObject({ id: event.id, type: 'batch', deliveryId: 'd1' });
    expect(detail).not.toHaveProperty('item');
  });

  test.each(['{', '[]', '{"items":1}', ''])('are not guessed at where the split is unreadable (%j)', (unreadable) => {
    expect(() => detailsOf('{"events":[1]}', { split: unreadable })).toThrow();
  });

  test('are within the bounds of the bus with one item as large as a body can be', () => {
    const worst = '\u0000'.repeat(256);
    const item = JSON.stringify({ id: worst, type: worst, text: 'é'.repeat(126 * kib) });
    const event = aStoredEvent({ body: Buffer.from(`{"events":[${item}]}`) }, { split, path: '\0'.repeat(5_120) });
    for (const spliced of [true, false]) {
      expect(entryBytes(only(entryMakersOf({ event }, 'bodies'))(spliced))).toBeLessThan(maxCallBytes);
    }
  });
});

test('a detail type is cut to 128 characters, and never within one', () => {
  const event = aStoredEvent({}, { type: `${'x'.repeat(127)}😀` });
  expect(entryOf({ event }).DetailType).toBe(`${'x'.repeat(127)}\ufffd`);
});

test('entries go in calls of at most 10 and 1 MB, all of them and in order', () => {
  const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 500_000 }), fc.constantFrom(0, 90_000, 350_000)), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(sizes, (bytes) => {
      const items = bytes.map((size) => ({
        entry: { Source: 's', DetailType: 'd', Detail: 'x'.repeat(size), Time: new Date(0) },
      }));
      const calls = [...inCalls(items)];
      expect(calls.flat()).toEqual(items);
      for (const call of calls) {
        expect(call.length).toBeGreaterThan(0);
        expect(call.length).toBeLessThanOrEqual(maxCallEntries);
        expect(call.reduce((sum, { entry }) => sum + entryBytes(entry), 0)).toBeLessThanOrEqual(maxCallBytes);
      }
    }),
    { numRuns: 30 },
  );
});

test.each<[string, sizes: number[], calls: number[]]>([
  // An entry counts 14 bytes for its time, and the bytes of its texts: here `s`, `d` and the detail.
  ['exactly 1,000,000 bytes', [499_984, 499_984], [2]],
  ['one byte more', [499_984, 499_985], [1, 1]],
  ['1,048,576 bytes', [524_272, 524_272], [1, 1]],
  ['one entry over the limit', [1_100_000], [1]],
  ['ten entries', Array(10).fill(1), [10]],
  ['eleven entries', Array(11).fill(1), [10, 1]],
])('a call has at most 10 entries and 1,000,000 bytes: %s', (_, sizes, expected) => {
  const entries = sizes.map((size) => ({
    entry: { Source: 's', DetailType: 'd', Detail: 'x'.repeat(size), Time: new Date(0) },
  }));
  expect([...inCalls(entries)].map((call) => call.length)).toEqual(expected);
});

test('the size of an entry counts the UTF-8 bytes of its texts', () => {
  expect(entryBytes({ Source: 'hooklatch.é', DetailType: '€', Detail: '{"a":"😀"}', Time: new Date(0) })).toBe(
    14 + 12 + 3 + 12,
  );
});
