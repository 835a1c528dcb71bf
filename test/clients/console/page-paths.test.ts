import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pageOf, trailOf } from '../../../clients/console/shell/page-paths.ts';

const connections = { label: 'Connections', to: '/connections' };
const shop = { label: 'shop', to: '/connections/shop' };
const destinations = { label: 'Destinations', to: '/destinations' };
const crm = { label: 'crm', to: '/destinations/crm' };
const deliveries = { label: 'Deliveries', to: '/destinations/crm/deliveries' };
const events = { label: 'Events', to: '/connections/shop/events' };

test.each([
  ['/create', [connections, { label: 'Create connection' }]],
  ['/connections/shop', [connections, { label: 'shop' }]],
  ['/connections/shop/', [connections, { label: 'shop' }]],
  ['/connections/shop/events', [connections, { label: 'shop' }]],
  ['/connections/shop/traffic', [connections, { label: 'shop' }]],
  ['/connections/shop/routes', [connections, { label: 'shop' }]],
  ['/connections/shop/rejections', [connections, { label: 'shop' }]],
  ['/connections/shop/history', [connections, { label: 'shop' }]],
  ['/connections/shop/configure', [connections, shop, { label: 'Settings' }]],
  ['/connections/shop/setup', [connections, shop, { label: 'Set up' }]],
  ['/connections/shop/events/evt_1', [connections, shop, events, { label: 'evt_1' }]],
  ['/connections/sh%C3%B6p', [connections, { label: 'shöp' }]],
  ['/connections/100%', [connections, { label: '100%' }]],
  ['/create-destination', [destinations, { label: 'Create destination' }]],
  ['/destinations/crm', [destinations, { label: 'crm' }]],
  ['/destinations/crm/history', [destinations, { label: 'crm' }]],
  ['/destinations/crm/attempts', [destinations, { label: 'crm' }]],
  ['/destinations/crm/deliveries', [destinations, { label: 'crm' }]],
  ['/destinations/crm/deliveries/dlv_1', [destinations, crm, deliveries, { label: 'dlv_1' }]],
  ['/destinations/crm/edit', [destinations, crm, { label: 'Settings' }]],
  ['/', []],
  ['/connections', []],
  ['/operators', []],
  ['/overview', []],
  ['/search', []],
  ['/create/more', []],
  ['/connections', []],
  ['/destinations', []],
  ['/destinations/crm/elsewhere', []],
  ['/destinations/crm/edit/more', []],
  ['/destinations/crm/deliveries/dlv_1/more', []],
  ['/destinations/crm/history/more', []],
  ['/create-destination/more', []],
  ['/operators/ada', []],
  ['/connections/shop/elsewhere', []],
  ['/connections/shop/configure/more', []],
  ['/connections/shop/setup/more', []],
  ['/jobs', []],
  ['/connections/shop/history/more', []],
  ['/connections/shop/events/evt_1/more', []],
  ['/nowhere', []],
])('the pages above %s, and the page itself', (path, trail) => {
  expect(trailOf(path)).toEqual(trail);
});

test('of any path, only the last crumb is no link, and each link leads to a page with the crumbs before it', () => {
  const part = fc.constantFrom(
    'connections',
    'destinations',
    'create',
    'create-destination',
    'edit',
    'shop',
    'events',
    'configure',
    'history',
    'deliveries',
    'evt_1',
    '',
    '%',
    'a b',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const trail = trailOf(`/${parts.join('/')}`);
      expect(trail.map(({ to }) => to === undefined)).toEqual(trail.map((_, index) => index === trail.length - 1));
      // The lists are below nothing. A connection's events and a destination's deliveries are tabs of its page.
      const pages = trail.filter(
        ({ to }) =>
          to !== undefined && !['/connections', '/destinations'].includes(to) && !/\/(events|deliveries)$/.test(to),
      );
      const labels = trail.map(({ label }) => label);
      expect(pages.map(({ to = '' }) => trailOf(to).map(({ label }) => label))).toEqual(
        pages.map((page) => labels.slice(0, trail.indexOf(page) + 1)),
      );
    }),
  );
});

test.each([
  ['/connections/shop', '/connections/shop'],
  ['/connections/shop/endpoint', '/connections/shop'],
  ['/connections/shop/history', '/connections/shop'],
  ['/connections/shop/configure', '/connections/shop/configure'],
  ['/connections/shop/events/evt_1', '/connections/shop/events/evt_1'],
  ['/destinations/crm', '/destinations/crm'],
  ['/destinations/crm/history', '/destinations/crm'],
  ['/destinations/crm/deliveries', '/destinations/crm'],
  ['/destinations/crm/deliveries/dlv_1', '/destinations/crm/deliveries/dlv_1'],
  ['/destinations/crm/edit', '/destinations/crm/edit'],
  ['/destinations/crm/events', '/destinations/crm/events'],
  ['/toString/crm/history', '/toString/crm/history'],
  ['/operators', '/operators'],
  ['/connections', '/connections'],
])('%s is the page %s: the tabs of a connection, or of a destination, are one page', (path, page) => {
  expect(pageOf(path)).toBe(page);
});
