/** What is listed, what is searched for, and how the API is asked for it. */
import { beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  consistent,
  type EventListView,
  isSearch,
  noView,
  patternOfView,
  readsBodies,
  searchBodyOf,
} from '../../../clients/console/events/event-request.ts';
import { searchRequestSchema } from '../../../shared/events/search/search-request.ts';
import { compilePattern } from '../../../shared/ground/pattern/event-pattern.ts';
import { ownClock, useRealClock } from './controls/given-clock.ts';

beforeEach(() => useRealClock());

test.each<[Partial<EventListView>, object | 'a list']>([
  [{}, 'a list'],
  [{ type: 'a' }, 'a list'],
  [{ type: 'invoice.*', deliveryId: 'd-1', hours: '24' }, 'a list'],
  [{ type: 'a', from: '2026-11-26T08:00:00.000Z', to: '2026-11-26T09:00:00.000Z' }, 'a list'],
  [{ method: 'PUT' }, { match: { method: ['PUT'] } }],
  [{ type: 'a', method: 'PUT' }, { match: { type: ['a'], method: ['PUT'] } }],
  [
    { type: '*.paid', deliveryId: 'd', method: 'PUT' },
    { match: { type: [{ wildcard: '*.paid' }], deliveryId: ['d'], method: ['PUT'] } },
  ],
  [{ contentType: 'json' }, { match: { contentType: [{ wildcard: '*json*' }] } }],
  [{ contentType: '*\\' }, { match: { contentType: [{ wildcard: '*\\*\\\\*' }] } }],
  [{ above: '10' }, { match: { size: [{ numeric: ['>', 10] }] } }],
  [{ above: '10', below: '20' }, { match: { size: [{ numeric: ['>', 10, '<', 20] }] } }],
  [{ below: '20' }, { match: { size: [{ numeric: ['<', 20] }] } }],
  [{ verifiedBy: 'both', publication: 'held' }, { match: { verifiedBy: ['both'], publication: ['held'] } }],
  [{ sourceIp: '192.0.2.1' }, { match: { sourceIp: ['192.0.2.1'] } }],
  [{ sourceIp: '192.0.2.0/24' }, { match: { sourceIp: [{ cidr: '192.0.2.0/24' }] } }],
  [{ contains: 'blue' }, { contains: 'blue' }],
  [
    { contains: 'blue', type: 'a', large: 'true' },
    { contains: 'blue', match: { type: ['a'] }, large: true },
  ],
  [{ match: '{"data": {"a": [1]}}', type: 'a', contains: 'blue' }, { match: { data: { a: [1] } } }],
  [
    { publication: 'held', from: '2026-11-26T08:00:00.000Z', to: '2026-11-26T09:00:00.000Z' },
    { match: { publication: ['held'] }, from: '2026-11-26T08:00:00.000Z', to: '2026-11-26T09:00:00.000Z' },
  ],
])('%j', (given, expected) => {
  const view = consistent({ ...noView, ...given });
  expect(isSearch(view) ? searchBodyOf(view) : 'a list').toEqual(expected);
});

test('the last hours of a search end now', () => {
  ownClock('2026-11-26T12:00:00.000Z');
  expect(searchBodyOf(consistent({ ...noView, method: 'PUT', hours: '2' }))).toEqual({
    match: { method: ['PUT'] },
    from: '2026-11-26T10:00:00.000Z',
  });
});

test('large bodies are read only by what reads bodies', () => {
  const views = [{ contains: 'a' }, { match: '{}' }, { method: 'PUT' }, {}].map((view) =>
    consistent({ ...noView, ...view, large: 'true' }),
  );
  expect(views.map((view) => [view.large, readsBodies(view)])).toEqual([
    ['true', true],
    ['true', true],
    ['', false],
    ['', false],
  ]);
});

const word = fc.string({ unit: fc.constantFrom('a', '*', '\\', '/', '.', ';', ' ', '"') });

test('the API takes every search that a filter asks for', () => {
  const number = fc.oneof(fc.constant(''), fc.nat(999_999_999).map(String));
  const fields = { deliveryId: word, method: word, contentType: word, contains: word, above: number, below: number };
  const views = fc.record(fields).map((view) => consistent({ ...noView, ...view }));
  fc.assert(
    fc.property(views.filter(isSearch), (view) => {
      expect(searchRequestSchema.safeParse(searchBodyOf(view)).error).toBeUndefined();
    }),
  );
});

test('a part of a content type is no wildcard', () => {
  fc.assert(
    fc.property(
      word.filter((part) => part.trim() !== ''),
      word,
      (part, other) => {
        const { contentType } = patternOfView({ ...noView, contentType: part });
        const verdict = compilePattern({ contentType })({ contentType: other });
        expect(verdict).toBe(other.includes(part) ? 'match' : 'no match');
      },
    ),
  );
});
