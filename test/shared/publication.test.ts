import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pack } from '../../shared/event.ts';
import { entryOf, inCalls, maxEntries, maxEntriesBytes, sizeOf } from '../../shared/publication.ts';
import { aStoredEvent } from './given-event.ts';

const kib = 1024;

/** What the bus is handed of a body. */
function entryFor(body: Buffer | string, contentType?: string, mayBeSpliced?: boolean) {
  const headers = contentType === undefined ? {} : { 'content-type': contentType };
  return entryOf({ event: aStoredEvent({ body: Buffer.from(body), headers }) }, 'bodies', mayBeSpliced);
}

const detailFor = (body: Buffer | string, contentType?: string) => JSON.parse(entryFor(body, contentType).Detail);

/** JSON as senders may write it: white space, numbers and escapes of every kind, and keys that are said twice. */
const jsonTexts = fc.letrec<{ json: string; space: string; text: string; number: string }>((tie) => ({
  space: fc.stringMatching(/^[ \t\r\n]{0,3}$/),
  text: fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
    fc.constantFrom('"\\u00e9\\ud83d\\ude00"', '"\\ud800"', '"\\/\\b"', '"__proto__"', '"data"', '"\u2028"'),
  ),
  number: fc.constantFrom('12345678901234567890', '1.0', '-0', '1e400', '0.1000', '1E+2'),
  json: fc
    .tuple(
      tie('space'),
      fc.oneof(
        { depthSize: 'small' },
        tie('number'),
        tie('text'),
        fc.constantFrom('true', 'false', 'null', '{}', '[]', '{"a":1,"a":2}'),
        fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
        fc
          .array(fc.tuple(tie('text'), tie('json')), { maxLength: 4 })
          .map((members) => `{${members.map(([name, value]) => `${name}:${value}`).join(',')}}`),
      ),
      tie('space'),
    )
    .map((parts) => parts.join('')),
})).json;

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
    expect(entryOf({ event, replay: 2 }, 'bodies')).toEqual({
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
    const detail = JSON.parse(entryOf({ event }, 'bodies').Detail);
    expect(detail).toMatchObject({ bodyLocation: { bucket: 'bodies', key: 'c1/evt_1' }, size: 300_000 });
    expect(Object.keys(detail)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^data/)]));
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
        const envelope = { headers: { [inHeader]: inHeader.repeat(5_120) }, query: inQuery.repeat(5_120) };
        const payload = pack(envelope, Buffer.alloc(256 * kib, inBody));
        const path = inQuery.repeat(5_120);
        const event = aStoredEvent({}, { payload, path, deliveryId: '\0'.repeat(256), contentType: '\0'.repeat(256) });
        expect(sizeOf(entryOf({ event }, 'bodies'))).toBeLessThan(maxEntriesBytes);
      }),
      { numRuns: 60 },
    );
  });
});

test('a detail type is cut to 128 characters, and never within one', () => {
  const event = aStoredEvent({}, { type: `${'x'.repeat(127)}😀` });
  expect(entryOf({ event }, 'bodies').DetailType).toBe(`${'x'.repeat(127)}\ufffd`);
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
      const calls = inCalls(items);
      expect(calls.flat()).toEqual(items);
      for (const call of calls) {
        expect(call.length).toBeGreaterThan(0);
        expect(call.length).toBeLessThanOrEqual(maxEntries);
        expect(call.reduce((sum, { entry }) => sum + sizeOf(entry), 0)).toBeLessThanOrEqual(maxEntriesBytes);
      }
    }),
    { numRuns: 30 },
  );
});
