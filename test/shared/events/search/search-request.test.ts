/** Which requests for a search are refused, and at which place. */
import { expect, test } from '@jest/globals';
import { searchRequestSchema } from '../../../../shared/events/search/search-request.ts';
import { skippedSum } from '../../../../shared/events/search/skipped-sum.ts';

const faultsOf = (request: object): [path: string, message: string][] =>
  (searchRequestSchema.safeParse(request).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]);

const sizes = (count: number) => ({ match: { size: Array(count).fill(0) } });
/** A pattern of so many bytes as JSON. */
const ofBytes = (count: number) => ({ match: { type: ['x'.repeat(count - '{"type":[""]}'.length)] } });

test.each<[string, object, [string, string][]]>([
  ['a pattern', { match: { type: ['paid'] } }, []],
  ['a text', { contains: 'paid' }, []],
  ['neither', { from: '2026-03-01T12:00:00Z' }, [['', 'must have match, contains or both']]],
  [
    'a pattern with a mistake',
    { match: { data: { total: 7 } } },
    [['match.data.total', 'must be an array of the wanted values, or an object of fields']],
  ],
  [
    'a field that no event has, within an alternative',
    { match: { $or: [{ type: ['a'] }, { body: ['b'] }] } },
    [
      [
        'match.$or.1.body',
        'is not a field of an event: use type, method, contentType, size, deliveryId, provider, verifiedBy, sourceIp, headers, query, path, data, publication',
      ],
    ],
  ],
  [
    'more values than a pattern names',
    sizes(20_000),
    [['match', 'names more than 20000 fields and values with all combinations of $or']],
  ],
  // One field and 19,999 values: `{"size":[` and `]}` are 11 bytes, and each value with its comma is two but for the last.
  ['as many, in too many bytes', sizes(19_999), [['match', 'can be at most 32768 bytes, and is 40008']]],
  ['the most bytes', ofBytes(32_768), []],
  ['more bytes', ofBytes(32_769), [['match', 'can be at most 32768 bytes, and is 32769']]],
])('%s', (_, request, faults) => {
  expect(faultsOf(request)).toEqual(faults);
});

test('what two pages skipped is added up by reason', () => {
  expect(skippedSum({ large: 1, gone: 2 }, { large: 3, withheld: 4 })).toEqual({ large: 4, gone: 2, withheld: 4 });
});
