/** Pictures of the states that only an answer makes: while a page waits, after a failure, and with nothing to show. */
import type { Page, Route } from 'playwright-core';
import { eventReadings } from './event-shots.ts';
import type { PictureData } from './picture-data.ts';
import { fail, list, never, type Reading, type Shot } from './shot.ts';

const openProviders = (page: Page) => page.getByRole('button', { name: /^Provider/ }).click();

/** The pages that read something: each is looked at while it waits, after a failure, and with nothing to show. */
const readings = ({ event, delivery }: PictureData): Reading[] => [
  {
    name: 'connections',
    path: '/connections',
    reads: /\/v1\/connections\?/,
    waiting: 'Loading connections',
    empty: { answer: list, says: 'No connections yet' },
  },
  {
    name: 'overview',
    path: '/overview',
    reads: /\/v1\/(connections|destinations|stats)/,
    waiting: 'Loading what needs somebody',
    empty: { answer: list, isCounted: true, says: 'Nothing needs you' },
  },
  {
    name: 'create',
    path: '/create',
    act: openProviders,
    reads: /\/v1\/providers$/,
    waiting: 'Loading providers',
    failed: 'The providers could not be loaded.',
    empty: { answer: list, says: 'No provider matches' },
  },
  {
    name: 'connection',
    path: '/connections/code',
    reads: /\/v1\/connections\/code$/,
    waiting: 'Loading the connection',
  },
  {
    name: 'configure',
    path: '/connections/code/configure',
    reads: /\/v1\/connections\/code$/,
    waiting: 'Loading the connection',
  },
  {
    name: 'overview, traffic',
    path: '/overview',
    reads: /\/stats\?by=hour/,
    waiting: 'Loading the traffic',
    empty: { answer: { items: [] }, isCounted: true, says: 'No connection had anything in this time' },
  },
  {
    name: 'traffic',
    path: '/connections/code/traffic',
    reads: /\/v1\/connections\/code\/stats/,
    waiting: 'Loading the traffic',
    empty: { answer: { items: [] }, isCounted: true, says: 'Nothing came in this time' },
  },
  {
    name: 'events',
    path: '/connections/code/events',
    reads: /\/v1\/connections\/code\/events\?/,
    waiting: 'Loading events',
    empty: { answer: list, says: 'No events yet' },
  },
  {
    name: 'events, search',
    path: '/connections/code/events#contains=refs',
    reads: /\/events\/search$/,
    waiting: 'Searching the events',
    failed: 'That did not work',
    empty: {
      answer: { ...list, examined: 0, skipped: {}, upTo: '2026-03-01T12:00:00.000Z' },
      says: 'There are no events in this time',
    },
  },
  {
    name: 'event',
    path: `/connections/code/events/${event}`,
    reads: /\/v1\/.*\/events\/evt_/,
    waiting: 'Loading the event',
  },
  {
    name: 'routes',
    path: '/connections/code/routes',
    reads: /\/v1\/connections\/code\/routes/,
    waiting: 'Loading the routes',
    empty: { answer: { version: 1, mode: 'all', rules: [] }, says: 'No routes' },
  },
  {
    name: 'rejections',
    path: '/connections/code/rejections',
    reads: /\/v1\/connections\/code\/rejections/,
    waiting: 'Loading rejections',
    empty: { answer: list, says: 'No rejections in this time' },
  },
  {
    name: 'history',
    path: '/connections/code/history',
    reads: /\/v1\/connections\/code\/history/,
    waiting: 'Loading the history',
    empty: { answer: list, says: 'Nothing has happened yet' },
  },
  {
    name: 'destinations',
    path: '/destinations',
    reads: /\/v1\/destinations\?/,
    waiting: 'Loading destinations',
    empty: { answer: list, says: 'No destinations yet' },
  },
  {
    name: 'destination',
    path: '/destinations/crm',
    reads: /\/v1\/destinations\/crm$/,
    waiting: 'Loading the destination',
  },
  {
    name: 'edit destination',
    path: '/destinations/crm/edit',
    reads: /\/v1\/destinations\/crm$/,
    waiting: 'Loading the destination',
  },
  {
    name: 'destination attempts',
    path: '/destinations/crm/attempts',
    reads: /\/v1\/stats/,
    waiting: 'Loading the attempts',
    empty: { answer: { items: [] }, isCounted: true, says: 'No attempt in this time' },
  },
  {
    name: 'destination history',
    path: '/destinations/crm/history',
    reads: /\/v1\/destinations\/crm\/history/,
    waiting: 'Loading the history',
    empty: { answer: list, says: 'Nothing has happened yet' },
  },
  {
    name: 'destination deliveries',
    path: '/destinations/crm/deliveries',
    reads: /\/v1\/destinations\/crm\/deliveries/,
    waiting: 'Loading deliveries',
    empty: { answer: list, says: 'No deliveries' },
  },
  {
    name: 'delivery',
    path: `/destinations/crm/deliveries/${delivery}`,
    reads: /\/v1\/deliveries\//,
    waiting: 'Loading the delivery',
  },
  {
    name: 'jobs',
    path: '/jobs',
    reads: /\/v1\/jobs/,
    waiting: 'Loading the jobs',
    empty: { answer: list, says: 'No jobs' },
  },
  {
    name: 'operators',
    path: '/operators',
    reads: /\/v1\/operators/,
    waiting: 'Loading operators',
    empty: { answer: { ...list, bootstrap: 'open' }, says: 'No operators yet' },
  },
  {
    name: 'set up',
    path: '/connections/code/setup',
    reads: /\/v1\/connections\/code$/,
    waiting: 'Loading the connection',
  },
  {
    name: 'edit routes',
    path: '/connections/code/routes/edit',
    reads: /\/v1\/connections\/code\/routes$/,
    waiting: 'Loading the routes',
    empty: { answer: { version: 1, mode: 'all', rules: [] }, says: 'Add rule' },
  },
  {
    name: 'routes, events to try',
    path: '/connections/code/routes',
    reads: /\/v1\/connections\/code\/events\?limit=20/,
    act: (page) => page.getByRole('button', { name: /^Event(?! to try)/ }).click({ force: true }),
    waiting: 'Loading events',
    failed: 'The events could not be loaded.',
  },
];

/** @param isCounted whether it is an answer of numbers, which says until when they are counted */
const answered =
  ({ answer, isCounted }: NonNullable<Reading['empty']>) =>
  (route: Route) =>
    route.fulfill({
      json: answer,
      headers: {
        'content-type': 'application/json',
        ...(isCounted && { 'hooklatch-as-of': new Date().toISOString() }),
      },
    });

/** Each of the places that read something, in each of these states. */
export const stateShots = (data: PictureData): Shot[] =>
  [...readings(data), ...eventReadings(data)].flatMap(
    ({ waiting, failed = 'This could not be loaded', empty, ...shot }): Shot[] => [
      { ...shot, name: `${shot.name}, loading`, state: 'loading', answer: never, says: waiting, isWaiting: true },
      { ...shot, name: `${shot.name}, failing`, state: 'failing', answer: fail, says: failed },
      ...(empty
        ? [{ ...shot, name: `${shot.name}, empty`, state: 'empty' as const, says: empty.says, answer: answered(empty) }]
        : []),
    ],
  );
