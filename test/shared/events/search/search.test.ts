/** What decides whether an event is found, and at which stage. */
import { describe, expect, test } from '@jest/globals';
import type { EventRow, StoredEvent } from '../../../../shared/events/event/event.ts';
import { type Search, searchOf } from '../../../../shared/events/search/search.ts';
import { guide, readme } from '../../ground/pattern/given-examples.ts';
import { aStoredEvent } from '../event/given-event.ts';

const json = { 'content-type': 'application/json' };

const anEvent = (body: string, more: Partial<StoredEvent> = {}): StoredEvent => {
  const event = aStoredEvent({ body: Buffer.from(body), headers: { ...json, 'x-shop': 'Blue' } });
  return { ...event, type: 'order.paid', query: 'shop=7&token=REDACTED', path: 'eu/REDACTED', ...more };
};

const rowOf = (event: StoredEvent): EventRow => ({ ...event, units: 1 });

/** What the search knows at each stage, until it is decided. */
function verdictsOf(search: Search, event: StoredEvent): string[] {
  const row = rowOf(event);
  const known = [
    { stage: 'row', row },
    { stage: 'item', row, event },
    { stage: 'body', row, event, body: event.body },
    { stage: 'publication', row, event, body: event.body, publication: 'published' },
  ] as const;
  const verdicts: string[] = [];
  for (const each of known) {
    verdicts.push(search.verdict(each));
    if (verdicts.at(-1) !== 'open') break;
  }
  return verdicts;
}

const order = anEvent('{"total":120,"customer":{"mail":"Ada@Example.com"}}');

test.each<[string, object, string[]]>([
  ['its type', { type: ['order.paid'] }, ['match']],
  ['another type', { type: ['order.sent'], data: { total: [120] } }, ['no match']],
  ['its method', { method: ['POST'] }, ['match']],
  ['its size and its content type', { size: [51], contentType: [{ wildcard: '*json*' }] }, ['match']],
  ['another size', { size: [{ numeric: ['>', 51] }], data: { total: [120] } }, ['no match']],
  ['no content type', { contentType: [{ exists: false }], data: { total: [120] } }, ['no match']],
  ['no delivery id', { deliveryId: [{ exists: false }] }, ['match']],
  ['its size and its proof', { size: [51], verifiedBy: ['token'] }, ['open', 'match']],
  ['a header', { headers: { 'x-shop': ['Blue'] } }, ['open', 'match']],
  ['another header', { headers: { 'x-shop': ['Red'] }, data: { total: [120] } }, ['open', 'no match']],
  ['its provider and its proof', { provider: ['generic'], verifiedBy: ['token'] }, ['open', 'match']],
  ['the address of its sender', { sourceIp: [{ cidr: '192.0.2.0/24' }] }, ['open', 'match']],
  ['a part of its query', { query: [{ wildcard: '*shop=7*' }] }, ['open', 'match']],
  ['its query without the mask', { query: ['shop=7&token='] }, ['open', 'match']],
  ['its path without the mask', { path: ['eu/'] }, ['open', 'match']],
  ['a part of its path', { path: [{ prefix: 'eu/' }] }, ['open', 'match']],
  ['its body', { data: { total: [{ numeric: ['>', 100] }] } }, ['open', 'open', 'match']],
  ['another body', { type: ['order.paid'], data: { total: [7] }, publication: ['held'] }, ['open', 'open', 'no match']],
  ['its publication', { publication: ['published'] }, ['open', 'open', 'open', 'match']],
  ['another publication', { type: ['order.paid'], publication: ['held'] }, ['open', 'open', 'open', 'no match']],
  [
    'one of two, of which one is in the body',
    { $or: [{ type: ['a'] }, { data: { total: [120] } }] },
    ['open', 'open', 'match'],
  ],
  ['one of two in its row', { $or: [{ type: ['order.paid'] }, { method: ['PUT'] }] }, ['match']],
])('a pattern with %s is decided as soon as it can be', (_, match, expected) => {
  expect(verdictsOf(searchOf({ match: match as Record<string, unknown> }), order)).toEqual(expected);
});

test.each<[string, string, string[]]>([
  ['its type', 'ORDER.p', ['match']],
  ['its id', 'evt_000', ['match']],
  ['a header', 'x-shop: blue', ['open', 'match']],
  ['its query', 'SHOP=7', ['open', 'match']],
  ['its path', 'eu/', ['open', 'match']],
  ['the address of its sender', '192.0.2.1', ['open', 'match']],
  ['its body', 'ada@example.com', ['open', 'open', 'match']],
  ['nothing', 'grace@example.com', ['open', 'open', 'no match']],
])('a text in %s is found in upper and lower case', (_, contains, expected) => {
  expect(verdictsOf(searchOf({ contains }), order)).toEqual(expected);
});

test('the delivery id is searched', () => {
  const event = { ...order, deliveryId: 'ABC-7' };
  expect(verdictsOf(searchOf({ contains: 'abc-7' }), event)).toEqual(['match']);
  expect(verdictsOf(searchOf({ match: { deliveryId: ['ABC-7'] } }), event)).toEqual(['match']);
});

test.each<[string, Record<string, unknown>, string, string[]]>([
  ['both in the row', { type: ['order.paid'] }, 'order', ['match']],
  ['the text in the row, the pattern in the body', { data: { total: [120] } }, 'order', ['open', 'open', 'match']],
  ['the text in the row, the pattern last', { publication: ['published'] }, 'order', ['open', 'open', 'open', 'match']],
  ['the text in an item, the pattern last', { publication: ['published'] }, 'blue', ['open', 'open', 'open', 'match']],
  ['the text in the body, the pattern last', { publication: ['published'] }, 'ada@', ['open', 'open', 'open', 'match']],
  ['the text in the body, the pattern in the row', { type: ['order.paid'] }, 'ada@', ['open', 'open', 'match']],
  ['another pattern', { type: ['order.sent'] }, 'ada@', ['no match']],
  ['another text', { publication: ['published'] }, 'grace@', ['open', 'open', 'no match']],
])('a pattern and a text, %s', (_, match, contains, expected) => {
  expect(verdictsOf(searchOf({ match, contains }), order)).toEqual(expected);
});

test('a pattern and a text read what either of them needs', () => {
  const needs = (search: Search) =>
    (['row', 'item', 'body', 'publication'] as const).filter((stage) => search.needs(stage));
  const publication = { publication: ['held'] };
  for (const field of ['type', 'method', 'contentType', 'size', 'deliveryId'])
    expect([field, needs(searchOf({ match: { [field]: ['a'] } }))]).toEqual([field, ['row']]);
  expect([needs(searchOf({ contains: 'a' })), needs(searchOf({ match: { type: ['a'] }, contains: 'a' }))]).toEqual([
    ['row', 'item', 'body'],
    ['row', 'item', 'body'],
  ]);
  expect([
    needs(searchOf({ match: { type: ['a'] } })),
    needs(searchOf({ match: publication })),
    needs(searchOf({ match: publication, contains: 'a' })),
  ]).toEqual([['row'], ['publication'], ['row', 'item', 'body', 'publication']]);
});

test('a body that is not JSON has no data, and is found by its text if it is UTF-8', () => {
  const form = anEvent('total=120', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    contentType: 'application/x-www-form-urlencoded',
  });
  expect(verdictsOf(searchOf({ match: { data: [{ exists: true }] } }), form).at(-1)).toBe('no match');
  expect(verdictsOf(searchOf({ contains: 'total=120' }), form).at(-1)).toBe('match');
  const bytes = { ...form, body: Buffer.from([0xff, 0x61, 0x62, 0x63]) };
  expect(verdictsOf(searchOf({ contains: 'abc' }), bytes).at(-1)).toBe('no match');
});

describe('what is masked', () => {
  const secret = 'a-live-token-of-the-endpoint';
  const masked = anEvent(
    `{"token":"${secret}","list":["${secret}","plain"],"deep":[[{"token":"${secret}"}]],"none":[null],"text":"kept"}`,
    {
      headers: { ...json, authorization: 'REDACTED' },
      contentType: 'a/b; boundary=REDACTED',
      tokenIn: ['/token', '/list/0', '/deep/0/0/token'],
    },
  );
  const found = (wanted: { match?: Record<string, unknown>; contains?: string }): string | undefined =>
    verdictsOf(searchOf(wanted), masked).at(-1);

  test.each<[string, Record<string, unknown>]>([
    ['a member', { data: { token: [secret] } }],
    ['a member, by the mask', { data: { token: ['REDACTED'] } }],
    ['a member, by any value', { data: { token: [{ prefix: '' }] } }],
    ['a member, by its presence', { data: { token: [{ exists: true }] } }],
    ['a member, by what it is not', { data: { token: [{ 'anything-but': 'x' }] } }],
    ['an item of a list', { data: { list: [secret] } }],
    ['an item of a list, by the mask', { data: { list: ['REDACTED'] } }],
    ['an item of a list, by what it is not', { data: { list: [{ 'anything-but': ['plain'] }] } }],
    ['a content type', { contentType: [{ exists: true }] }],
    ['a member within lists', { data: { deep: { token: [{ wildcard: '*' }] } } }],
    ['a header', { headers: { authorization: [{ exists: true }] } }],
    ['a part of the query', { query: [{ wildcard: '*REDACTED*' }] }],
    ['a part of the path', { path: [{ suffix: 'REDACTED' }] }],
  ])('%s is not found by a pattern', (_, match) => {
    expect(found({ match })).toBe('no match');
  });

  test.each(['REDACTED', secret, 'authorization', '"token":"a', '","list"'])(
    '%s is not found as a text, or only beside a mask',
    (contains) => {
      expect(found({ contains })).toBe(contains === '","list"' ? 'match' : 'no match');
    },
  );

  test('the rest of the body is found', () => {
    expect(found({ match: { data: { text: ['kept'], list: ['plain'] } } })).toBe('match');
    expect(found({ match: { data: { none: [null] } } })).toBe('match');
    expect(found({ contains: 'KEPT' })).toBe('match');
  });

  test('is nothing in a body without a token, even if the sender wrote the word', () => {
    const event = anEvent('{"is":"REDACTED"}');
    expect(verdictsOf(searchOf({ match: { data: { is: ['REDACTED'] } } }), event).at(-1)).toBe('match');
    expect(verdictsOf(searchOf({ contains: '"is":"redacted"' }), event).at(-1)).toBe('match');
  });

  test('a body in which the token has no certain place is not found at all', () => {
    const broken = { ...masked, body: Buffer.from(`{"token":"${secret}", broken needle`) };
    expect(verdictsOf(searchOf({ contains: 'needle' }), broken).at(-1)).toBe('no match');
  });

  test('a body that is only a masked text has no data', () => {
    const whole = { ...masked, contentType: 'application/json', body: Buffer.from(`"${secret}"`), tokenIn: [''] };
    expect(verdictsOf(searchOf({ match: { data: [{ exists: true }] } }), whole).at(-1)).toBe('no match');
  });

  test('a body that is nested very deeply is searched too', () => {
    const depth = 200_000;
    const deep = {
      ...masked,
      tokenIn: ['/token'],
      body: Buffer.from(`{"token":"${secret}","deep":${'['.repeat(depth)}${']'.repeat(depth)},"text":"kept"}`),
    };
    expect(verdictsOf(searchOf({ match: { data: { text: ['kept'] } } }), deep).at(-1)).toBe('match');
  });

  test('a field named __proto__ is an ordinary field', () => {
    const odd = anEvent('{"__proto__":{"a":"x"},"token":"s"}', { tokenIn: ['/token'] });
    expect(verdictsOf(searchOf({ match: JSON.parse('{"data":{"__proto__":{"a":["x"]}}}') }), odd).at(-1)).toBe('match');
  });
});

describe.each([
  ['the user guide', guide],
  ['the README of event-ruler', readme],
])('the examples of %s find JSON bodies', (_, examples) => {
  test.each(examples)('%s', (_comparison, data, matching, others) => {
    const search = searchOf({ match: { data } });
    const verdict = (body: object) => verdictsOf(search, anEvent(JSON.stringify(body))).at(-1);
    expect(matching.map((body) => [body, verdict(body)])).toEqual(matching.map((body) => [body, 'match']));
    expect(others.map((body) => [body, verdict(body)])).toEqual(others.map((body) => [body, 'no match']));
  });
});
