import { hash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { entryBytes, entryMakersOf, inCalls, type Publication } from '../../../../shared/events/bus/publication.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { only } from '../../../infra/given-template.ts';
import { jsonTexts } from '../../ground/base/given-json.ts';
import { aStoredEvent } from '../event/given-event.ts';

const kib = 1024;

/** What EventBridge takes in a call of PutEvents, with room for the rest of the request below its 1 MiB. */
const maxCallBytes = 1_000_000;
/** The most items of a body that is split. */
const maxSplitItems = 5_000;

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
  test('contains a JSON body byte for byte, and parses to the same value', () => {
    fc.assert(
      fc.property(jsonTexts, (text) => {
        const { Detail } = entryFor(text, 'application/json');
        expect(Detail).toContain(`"data":${text},"sha256":`);
        expect(JSON.parse(Detail).data).toEqual(JSON.parse(text));
      }),
    );
  });

  test('has every field of the event', () => {
    const headers = { 'content-type': 'a/b' };
    const event = aStoredEvent(
      {
        body: Buffer.from('{"total":12345678901234567890}'),
        rest: 'a b',
        rawQueryString: 'x=1',
        method: 'PUT',
        headers,
      },
      { provider: 'generic', type: 'order.paid', deliveryId: 'd1', conflictsWith: 'evt_1', test: true },
    );
    expect(entryOf({ event, replay: 2 })).toEqual({
      Source: 'hooklatch.orders',
      DetailType: 'order.paid',
      Time: new Date('2026-03-01T12:00:00.000Z'),
      Detail: `{"id":"evt_${'0'.repeat(26)}","connection":"orders","provider":"generic","type":"order.paid","deliveryId":"d1","conflictsWith":"evt_1","receivedAt":"2026-03-01T12:00:00.000Z","method":"PUT","contentType":"a/b","headers":{"content-type":"a/b"},"query":"x=1","path":"a b","data":{"total":12345678901234567890},"sha256":"${event.sha256}","size":30,"replay":2,"test":true}`,
    });
  });

  test.each<[string, Buffer | string, string | undefined, boolean]>([
    ['a JSON object as data', '{"a":1}', 'application/json; charset=utf-8', true],
    ['a JSON object with a vendor content type as data', '{"a":1}', 'application/vnd.shop.v2+json', true],
    ['a JSON object as data, even if the content type is a form', '{"a":1}', 'application/x-www-form-urlencoded', true],
    ['a JSON list as data, even if the content type is text/plain', ' [1]\n', 'text/plain', true],
    ['a JSON object as data, even without a content type', '{"a":1}', undefined, true],
    ['a number as data if the content type is JSON', '1.0', 'application/json', true],
    ['a JSON string as data if the content type is JSON', '"a"', 'Application/JSON ;x=y', true],
    ['a number as dataBase64 if there is no content type', '0123', undefined, false],
    ['a number as dataBase64 if the content type is text/plain', '12345678901234567890', 'text/plain', false],
    ['an empty body as dataBase64 if the content type is JSON', '', 'application/json', false],
    ['an empty body as dataBase64 if there is no content type', '', undefined, false],
    ['white space as dataBase64', ' ', 'application/json', false],
    ['a truncated object as dataBase64', '{"a":', 'application/json', false],
    ['two objects as dataBase64', '{}{}', 'application/json', false],
    [
      'a text that would add fields to the detail as dataBase64',
      '1},"id":"evt_2","x":{"y":1',
      'application/json',
      false,
    ],
    ['an object after a byte order mark as dataBase64', '\ufeff{"a":1}', 'application/json', false],
    [
      'an object that is not valid UTF-8 as dataBase64',
      Buffer.from('{"a":"\xe9"}', 'latin1'),
      'application/json',
      false,
    ],
    ['a lone surrogate as dataBase64', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'application/json', false],
    ['a form as dataBase64', 'a=1&b=%7B%7D', 'application/x-www-form-urlencoded', false],
    ['random bytes as dataBase64', Buffer.from([0, 0xff, 0x80]), undefined, false],
  ])('carries %s', (_, body, contentType, isData) => {
    const bytes = Buffer.from(body);
    const { data, dataBase64, id, size } = detailFor(bytes, contentType);
    expect([data, dataBase64]).toEqual(
      isData ? [JSON.parse(bytes.toString()), undefined] : [undefined, bytes.toString('base64')],
    );
    expect([id, size]).toEqual([`evt_${'0'.repeat(26)}`, bytes.length]);
  });

  test('carries JSON as dataBase64 if the caller asks for base64', () => {
    const text = '{"a":[1.0]}';
    const { data, dataBase64 } = JSON.parse(entryFor(text, 'application/json', false).Detail);
    expect([data, Buffer.from(dataBase64, 'base64').toString()]).toEqual([undefined, text]);
  });

  test.each<[string, Buffer, 'both' | 'bytes']>([
    ['JSON', Buffer.from('{"a":1.0,"a":9007199254740993, "\\u00e9":0}'), 'both'],
    ['JSON that is not valid UTF-8', Buffer.from('{"a":"\xe9"}', 'latin1'), 'bytes'],
    ['a form', Buffer.from('a=1'), 'bytes'],
  ])('has the bytes too with raw: %s', (_, body, expected) => {
    const { Detail } = entryOf({ event: aStoredEvent({ body }, { raw: true }) });
    const bytes = `"dataBase64":"${body.toString('base64')}","sha256":`;
    expect(Detail).toContain(expected === 'both' ? `,"data":${body},${bytes}` : `"path":"",${bytes}`);
    const encoded = JSON.parse(entryOf({ event: aStoredEvent({ body }, { raw: true }) }, false).Detail);
    expect([encoded.data, encoded.dataBase64]).toEqual([undefined, body.toString('base64')]);
  });

  test('has masked bytes with raw', () => {
    const body = Buffer.from('{"passcode":"dictated by the sender", "n": 1e400}');
    const { Detail } = entryOf({ event: aStoredEvent({ body }, { tokenIn: ['/passcode'], raw: true }) });
    const masked = '{"passcode":"REDACTED", "n": 1e400}';
    expect(Detail).toContain(`"data":${masked},"dataBase64":"${Buffer.from(masked).toString('base64')}"`);
  });

  test('has the bucket and the key of a body that is stored in the bucket', () => {
    const event = aStoredEvent({}, { bodyKey: 'c1/evt_1', size: 300_000 });
    const detail = JSON.parse(entryOf({ event }).Detail);
    expect(detail).toMatchObject({ bodyLocation: { bucket: 'bodies', key: 'c1/evt_1' }, size: 300_000 });
    expect(Object.keys(detail)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^data/)]));
  });

  test('masks the token in the body, has the place of the token, and has the digest of the original body', () => {
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
    const masked = Buffer.from(JSON.parse(encoded?.Detail ?? '').dataBase64, 'base64').toString();
    expect(masked).toBe('{"passcode":"REDACTED", "n": 1e400}');
  });

  test('carries JSON that is nested 100,000 levels deep', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(entryFor(text, 'application/json').Detail).toContain(`"data":${text},`);
  });

  test('fits into one call to the bus for every event whose body is not in the bucket', () => {
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

describe('the details of a split event', () => {
  const split = JSON.stringify({ items: '/events', id: '/id', type: '/type' });
  const detailsOf = (body: string, more: Partial<StoredEvent> = {}, replay?: number) => {
    const event = aStoredEvent({ body: Buffer.from(body) }, { split, type: 'batch', deliveryId: 'd1', ...more });
    const publication = { event, ...(replay === undefined ? {} : { replay }) };
    return { event, entries: entryMakersOf(publication, 'bodies').map((piece) => piece()) };
  };

  test('each have the fields of one item, and the common fields of the delivery', () => {
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

  test('contain every item byte for byte', () => {
    fc.assert(
      fc.property(fc.array(jsonTexts, { minLength: 1, maxLength: 5 }), (items) => {
        const { entries } = detailsOf(`{"events":[${items.join(',')}]}`);
        expect(entries.map(({ Detail }) => JSON.parse(Detail).data)).toEqual(items.map((item) => JSON.parse(item)));
        for (const [at, { Detail }] of entries.entries()) expect(Detail).toContain(`"data":${items[at]?.trim()},`);
      }),
    );
  });

  test('contain the items of a list in a form field', () => {
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

  // A byte that is not UTF-8 would be replaced in its item.
  test('are a single detail for a form whose bytes are not text', () => {
    const body = Buffer.from('events=[1,"\xff"]', 'latin1');
    const contentType = 'application/x-www-form-urlencoded';
    const event = aStoredEvent({ body }, { split, contentType });
    expect(JSON.parse(entryOf({ event }).Detail)).toMatchObject({ dataBase64: body.toString('base64') });
  });

  test('carry items as dataBase64 if the caller asks for base64', () => {
    const event = aStoredEvent({ body: Buffer.from('{"events":[1, 2.0]}') }, { split });
    const details = entryMakersOf({ event }, 'bodies').map((piece) => JSON.parse(piece(false).Detail));
    expect(details.map(({ dataBase64 }) => Buffer.from(dataBase64, 'base64').toString())).toEqual(['1', '2.0']);
  });

  test.each<[string, string, Partial<StoredEvent>]>([
    ['the body is not JSON', 'events=1', {}],
    ['the body is truncated JSON', '{"events":[1,2', {}],
    ['the body begins with a byte order mark', '\ufeff{"events":[1]}', {}],
    ['the body has no list', '{"event":[1]}', {}],
    ['the list is empty', '{"events":[]}', {}],
    ['the list has too many items', `{"events":[${'1,'.repeat(maxSplitItems)}1]}`, {}],
    ['the body is stored in the bucket', '{"events":[1]}', { bodyKey: 'keep-30/c1/evt_1/abc' }],
  ])('are a single detail for the whole event if %s', (_, body, more) => {
    const { event, entries } = detailsOf(body, more);
    const detail = JSON.parse(only(entries).Detail);
    expect(detail).toMatchObject({ id: event.id, type: 'batch', deliveryId: 'd1' });
    expect(detail).not.toHaveProperty('item');
  });

  test.each(['{', '[]', '{"items":1}', ''])('are not made if the stored split is invalid: %j', (unreadable) => {
    expect(() => detailsOf('{"events":[1]}', { split: unreadable })).toThrow();
  });

  test('fit into one call to the bus even if a single item fills the largest body', () => {
    const worst = '\u0000'.repeat(256);
    const item = JSON.stringify({ id: worst, type: worst, text: 'é'.repeat(126 * kib) });
    const event = aStoredEvent({ body: Buffer.from(`{"events":[${item}]}`) }, { split, path: '\0'.repeat(5_120) });
    for (const spliced of [true, false]) {
      expect(entryBytes(only(entryMakersOf({ event }, 'bodies'))(spliced))).toBeLessThan(maxCallBytes);
    }
  });
});

test('a detail type is cut to 128 characters, and half a surrogate pair becomes a replacement character', () => {
  const event = aStoredEvent({}, { type: `${'x'.repeat(127)}😀` });
  expect(entryOf({ event }).DetailType).toBe(`${'x'.repeat(127)}\ufffd`);
});

test('calls contain all entries in order, with at most 10 entries and 1 MB in a call', () => {
  const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 500_000 }), fc.constantFrom(0, 90_000, 350_000)), {
    maxLength: 40,
    size: 'max',
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
        expect(call.length).toBeLessThanOrEqual(10);
        expect(call.reduce((sum, { entry }) => sum + entryBytes(entry), 0)).toBeLessThanOrEqual(maxCallBytes);
      }
    }),
    { numRuns: 30 },
  );
});

test.each<[string, sizes: number[], calls: number[]]>([
  // An entry counts 14 bytes for its time, and the bytes of its texts: here `s`, `d` and the detail.
  ['two entries of 1,000,000 bytes together share a call', [499_984, 499_984], [2]],
  ['two entries of 1,000,001 bytes together get a call each', [499_984, 499_985], [1, 1]],
  ['two entries of 1,048,576 bytes together get a call each', [524_272, 524_272], [1, 1]],
  ['the bytes of a call are counted from its own first entry', [600_000, 600_000, 300_000], [1, 2]],
  ['an entry over the limit gets its own call', [1_100_000], [1]],
  ['ten entries share a call', Array(10).fill(1), [10]],
  ['eleven entries get two calls', Array(11).fill(1), [10, 1]],
])('grouping entries into calls: %s', (_, sizes, expected) => {
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

test('a JSON text with a bracket is no JSON document unless its content type says so', () => {
  const text = '"a [b]"';
  expect(detailFor(text)).toMatchObject({ dataBase64: Buffer.from(text).toString('base64') });
  expect(detailFor(text, 'application/json')).toMatchObject({ data: 'a [b]' });
});

test('a token in a list that is split is masked in every item, in JSON and in a form', () => {
  const list = '[{"key":"secret","n":1},{"n":2}]';
  const split = JSON.stringify({ items: '/events' });
  const [json, form] = ['application/json', 'application/x-www-form-urlencoded'];
  const published = (body: string, type: string) =>
    entryMakersOf(
      {
        event: aStoredEvent(
          { headers: { 'content-type': type }, body: Buffer.from(body) },
          { split, tokenIn: ['/events/0/key'] },
        ),
      },
      'bodies',
    ).map((piece) => JSON.parse(piece().Detail));
  expect(published(`{"events":${list}}`, json)).toMatchObject([
    { data: { key: 'REDACTED', n: 1 } },
    { data: { n: 2 } },
  ]);
  // The items of a form are in one field, which is masked as a whole.
  expect(published(`a=1&events=${encodeURIComponent(list)}`, form)).toMatchObject([
    { dataBase64: Buffer.from('a=1&events=REDACTED').toString('base64') },
  ]);
});

test('a token in a multipart form is masked, even if the content type is longer than the one that is stored', () => {
  const type = `multipart/form-data; note=${'x'.repeat(256)}; boundary=b1`;
  const part = (name: string, value: string) =>
    `--b1\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const form = (token: string) => `${part('a', '1')}${part('token', token)}--b1--\r\n`;
  const event = aStoredEvent(
    { headers: { 'content-type': type }, body: Buffer.from(form('secret')) },
    { tokenIn: ['/token'] },
  );
  const { dataBase64 } = JSON.parse(entryOf({ event }).Detail);
  expect(Buffer.from(dataBase64, 'base64').toString()).toBe(form('REDACTED'));
});

test('a token in a form is masked', () => {
  const event = aStoredEvent(
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: Buffer.from('token=secret&a=1') },
    { tokenIn: ['/token'] },
  );
  const { dataBase64, tokenIn } = JSON.parse(entryOf({ event }).Detail);
  expect(Buffer.from(dataBase64, 'base64').toString()).toBe('token=REDACTED&a=1');
  expect(tokenIn).toEqual(['/token']);
});
