/** Which events are wanted, and how the others differ. */
import { expect, test } from '@jest/globals';
import {
  type MissReason,
  matcherOf,
  type Wanted,
  waitedEventOf,
  wantedFault,
} from '../../../../shared/operators/wait/waited-event.ts';
import { viewOf, type WaitedTimedEvent } from './given-waiting.ts';

const differs = (at: string, wanted: string, found?: string): MissReason => ({
  ...{ why: 'differs', at, wanted },
  ...(found !== undefined && { found }),
});

test.each<[string, Partial<WaitedTimedEvent>, Wanted, MissReason | undefined]>([
  ['any event', {}, {}, undefined],
  ['one of the type', { type: 'invoice.paid' }, { type: 'invoice.*' }, undefined],
  // Only in a type with an asterisk it is the mark before one.
  ['one of a type with a backslash', { type: 'a\\b' }, { type: 'a\\b' }, undefined],
  ['one of another type', { type: 'invoice' }, { type: 'invoice.*' }, differs('/type', '"invoice.*"', '"invoice"')],
  ['one by a header', {}, { match: { headers: { 'x-shop': ['berlin'] } } }, undefined],
  ['one by its body', { body: '{"id":7}' }, { match: { data: { id: [7] } } }, undefined],
  [
    'another body',
    { body: '{"id":8}' },
    { match: { type: ['webhook'], data: { id: [7] } } },
    differs('/data/id', '[7]', '8'),
  ],
  ['no JSON', { body: 'id=7' }, { match: { data: { id: [7] } } }, differs('/data/id', '[7]')],
  [
    'the values of each element of a list',
    { body: '{"l":[{"a":"x"},{"a":null},{},{"a":[1,2]},{"a":{"b":1}}]}' },
    { match: { data: { l: { a: ['y', { prefix: 'z' }] } } } },
    differs('/data/l/a', '["y",{"prefix":"z"}]', '"x", null, a list of 2, an object'),
  ],
  [
    'a long value',
    { body: JSON.stringify({ id: 'x'.repeat(100) }) },
    { match: { data: { id: ['y'.repeat(100)] } } },
    differs('/data/id', `["${'y'.repeat(77)}…`, `"${'x'.repeat(78)}…`),
  ],
  [
    'a body that holds a token, which shows no value',
    { body: '{"token":"of-the-sender-0123","id":8}', tokenIn: ['/token'] },
    { match: { data: { token: ['another'] } } },
    differs('/data/token', '["another"]'),
  ],
  [
    'a header beside a body that holds a token',
    { body: '{"token":"of-the-sender-0123"}', tokenIn: ['/token'] },
    { match: { headers: { 'x-shop': ['paris'] } } },
    differs('/headers/x-shop', '["paris"]', '"berlin"'),
  ],
  [
    'parts of two elements',
    { body: '{"l":[{"a":1,"b":2},{"a":2,"b":1}]}' },
    { match: { data: { l: { a: [1], b: [1] } } } },
    { why: 'together' },
  ],
  ['a body that the role does not get', { withheld: true }, { match: { data: { id: [7] } } }, { why: 'withheld' }],
  // Nobody knows whether it is absent.
  [
    'a body that the role does not get, by its absence',
    { withheld: true },
    { match: { data: { id: [{ exists: false }] } } },
    { why: 'withheld' },
  ],
  [
    'a body that the role does not get, by a header and the body',
    { withheld: true },
    { match: { method: ['POST'], data: { id: [7] } } },
    { why: 'withheld' },
  ],
  ['a body that the role does not get, by a header', { withheld: true }, { match: { method: ['POST'] } }, undefined],
  [
    'too much to compare',
    { body: JSON.stringify(Array(1_100_000).fill(0)) },
    { match: { data: { id: [7] } } },
    { why: 'overBudget' },
  ],
])('%s', (_, event, wanted, difference) => {
  expect(wantedFault(wanted)).toBeUndefined();
  const matcher = matcherOf(wanted);
  const seen = waitedEventOf(viewOf({ id: 'a', arrives: 0, delay: 0, ...event }));
  expect(matcher.ofRow(seen) ?? matcher.of(seen)).toEqual(difference);
});

test('an event has its JSON body as data, also if the API gives it as bytes', () => {
  const view = viewOf({ id: 'a', arrives: 0, delay: 0, body: '[1]' });
  const { body: _, ...rest } = view;
  expect(waitedEventOf(view)).toEqual({ ...view, data: [1] });
  expect(waitedEventOf({ ...rest, bodyBase64: 'WzFd' })).toEqual({ ...rest, bodyBase64: 'WzFd', data: [1] });
  expect(waitedEventOf({ ...view, body: 'text' })).toEqual({ ...view, body: 'text' });
});

test.each<[Wanted, string]>([
  [{ type: '' }, 'The type is empty.'],
  [{ type: 'a**' }, 'The type has two * in a row, which wildcard does not allow.'],
  [{ match: [] as unknown as Record<string, unknown> }, 'The event pattern must be an object of fields.'],
  [
    { match: { type: 'paid' } },
    'The event pattern at /type must be an array of the wanted values, or an object of fields.',
  ],
  [
    { match: { type: ['paid'], publication: ['published'] } },
    'The event pattern must not have publication: it changes later.',
  ],
  [{ match: { publication: ['published'] } }, 'The event pattern must not have publication: it changes later.'],
  [
    { match: { $or: [{ type: ['a'] }, { body: ['b'] }] } },
    "The event pattern's $or.1.body is not a field of an event: use type, method, contentType, size, deliveryId, provider, verifiedBy, sourceIp, headers, query, path, data, publication.",
  ],
])('%j is refused', (wanted, fault) => {
  expect(wantedFault(wanted)).toBe(fault);
});
