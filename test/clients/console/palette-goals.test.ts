/** What the palette leads to. */
import { expect, test } from '@jest/globals';
import {
  connectionPages,
  destinationPages,
  exactGoal,
  goalsOf,
  kindOfId,
  pages,
  searchFor,
} from '../../../clients/console/palette/palette-goals.ts';

const all = {
  pages: [...pages],
  connections: connectionPages(['reorders', 'orders', 'jobs', 'till']),
  destinations: destinationPages(['crm', 'orders']),
};

test.each([
  [
    '',
    ['Overview', 'Connections', 'Destinations', 'Jobs', 'Operators'],
    ['reorders', 'orders', 'jobs', 'till'],
    ['crm', 'orders'],
  ],
  // What begins with the text comes first.
  ['ord', [], ['orders', 'reorders'], ['orders']],
  [' ORD ', [], ['orders', 'reorders'], ['orders']],
  ['job', ['Jobs'], ['jobs'], []],
  ['o', ['Overview', 'Operators', 'Connections', 'Destinations', 'Jobs'], ['orders', 'reorders', 'jobs'], ['orders']],
  ['4711', [], [], []],
])('%j leads to', (typed, ofPages, connections, destinations) => {
  const found = goalsOf(typed, all);
  const names = (of: { name: string }[]) => of.map(({ name }) => name);
  expect([names(found.pages), names(found.connections), names(found.destinations)]).toEqual([
    ofPages,
    connections,
    destinations,
  ]);
});

test('without a text it leads to every page, and to eight names of each kind', () => {
  const names = Array.from({ length: 12 }, (_, at) => `till-${at}`);
  const found = goalsOf('', { ...all, connections: connectionPages(names), destinations: destinationPages(names) });
  expect(found.pages).toEqual([
    { name: 'Overview', to: '/overview' },
    { name: 'Connections', to: '/connections' },
    { name: 'Destinations', to: '/destinations' },
    { name: 'Jobs', to: '/jobs' },
    { name: 'Operators', to: '/operators' },
  ]);
  expect([found.connections.length, found.destinations.length]).toEqual([8, 8]);
  expect([found.connections[7], found.destinations[0]]).toEqual([
    { name: 'till-7', to: '/connections/till-7' },
    { name: 'till-0', to: '/destinations/till-0' },
  ]);
});

test.each([
  ['till', '/connections/till'],
  ['CRM ', '/destinations/crm'],
  ['overview', '/overview'],
  // A connection and a destination, a page and a connection.
  ['orders', undefined],
  ['jobs', undefined],
  ['til', undefined],
  ['', undefined],
])('the whole name %j is the page %s', (typed, to) => {
  expect(exactGoal(typed, all)).toBe(to);
});

const event = `evt_${'0'.repeat(26)}`;
test.each([
  [event, 'event'],
  [` ${event}\n`, 'event'],
  [`dlv_${event}_1772366400000_to-orders_0`, 'delivery'],
  [`${event}0`, undefined],
  [event.slice(0, -1), undefined],
  [event.toUpperCase(), undefined],
  [`dlv_${event}`, undefined],
  [`dlv_${event}_`, undefined],
  [`the event ${event}`, undefined],
  ['', undefined],
])('%j is the id of: %s', (typed, kind) => {
  expect(kindOfId(typed)).toBe(kind);
});

test('a text is searched for as it is typed, without the spaces around it', () => {
  expect(searchFor(' 47 11&# ')).toBe('/search#contains=47+11%26%23');
});
