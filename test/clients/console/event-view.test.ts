import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { consistent, isSearch, noView } from '../../../clients/console/events/event-request.ts';
import { eventViewIn, hashOf } from '../../../clients/console/events/event-view.ts';
import { codePoint } from '../../support/any-text.ts';

const written = fc.string({ unit: fc.constantFrom('#', '&', '=', '+', '%', ' ', 'ä', '{', '"', 'a', '\u202e') });
const time = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
  .map((each) => each.toISOString());
const views = fc.record({
  ...{ type: written, deliveryId: written, method: written, contentType: written, sourceIp: written },
  ...{ contains: written, match: written },
  ...{ above: fc.oneof(written, fc.nat().map(String)), below: fc.oneof(written, fc.nat().map(String)) },
  verifiedBy: fc.constantFrom('', 'token', 'signature', 'both', 'luck'),
  publication: fc.constantFrom('', 'held', 'given_up', 'lost'),
  hours: fc.constantFrom('', '1', '24', '168', '5'),
  ...{ from: fc.oneof(time, written), to: fc.oneof(time, written) },
  large: fc.constantFrom('', 'true'),
});

test('a link shows the same view again', () => {
  fc.assert(
    fc.property(views, (view) => {
      const applied = consistent(view);
      expect(eventViewIn(hashOf(applied))).toEqual(applied);
    }),
  );
});

test('whatever somebody writes into a link is a view in which everything goes together', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: codePoint }), views.map(hashOf)), (hash) => {
      const view = eventViewIn(hash);
      expect(consistent(view)).toEqual(view);
      const { hours, from, to, match, large } = view;
      // A pattern stands for all other fields.
      expect(match === '' ? noView : view).toEqual({
        ...noView,
        ...(match !== '' && { hours, from, to, match, large }),
      });
    }),
  );
});

test.each([
  ['', noView, false],
  ['#content', noView, false],
  ['#type=invoice.*&hours=24', { ...noView, type: 'invoice.*', hours: '24' }, false],
  ['#type=a&hours=7&deliveryId=', { ...noView, type: 'a', hours: '7' }, false],
  ['#type=a&hours=0.5', { ...noView, type: 'a' }, false],
  ['#hours=10000', noView, false],
  [
    '#from=2026-11-26T08:00:00%2B01:00&to=2026-11-26T09:00:00.5Z&hours=1',
    { ...noView, from: '2026-11-26T07:00:00.000Z', to: '2026-11-26T09:00:00.500Z' },
    false,
  ],
  ['#from=2026-11-26T08:00:00Z&hours=1', { ...noView, hours: '1' }, false],
  ['#from=2026-11-26T08:00:01Z&to=2026-11-26T08:00:00Z', noView, false],
  ['#from=2026&to=2027', noView, false],
  ['#deliveryId=d-1&hours=1&type=a', { ...noView, deliveryId: 'd-1', type: 'a', hours: '1' }, false],
  ['#contains=a+b&type=c&large=true', { ...noView, contains: 'a b', type: 'c', large: 'true' }, true],
  ['#type=c&large=true', { ...noView, type: 'c' }, false],
  ['#method=put&above=0100&below=-1', { ...noView, method: 'PUT', above: '100' }, true],
  ['#above=20&below=10', { ...noView, below: '10' }, true],
  ['#verifiedBy=luck&publication=lost&above=9999999999', noView, false],
  ['#verifiedBy=both&publication=given_up', { ...noView, verifiedBy: 'both', publication: 'given_up' }, true],
  ['#match=%7B%22type%22%3A%5B%22a%22%5D%7D&contains=a&large=yes', { ...noView, match: '{"type":["a"]}' }, true],
])('%s', (hash, view, searches) => {
  expect([eventViewIn(hash), isSearch(eventViewIn(hash))]).toEqual([view, searches]);
});

test('a list of all events has no part in the URL, and another one only what it says', () => {
  expect(hashOf(noView)).toBe('');
  expect(hashOf({ ...noView, contains: 'blue & green', hours: '1' })).toBe('#hours=1&contains=blue+%26+green');
});
