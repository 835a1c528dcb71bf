/** Pictures of what a person looks for and finds: lists of events, the filters above them, the search of all connections, and one event. */
import type { Page, Route } from 'playwright-core';
import type { PictureData } from './picture-data.ts';
import {
  answerWith,
  chooseInsteadOf,
  fail,
  list,
  minutesAgo,
  never,
  press,
  pressAll,
  type Reading,
  type Shot,
  when,
} from './shot.ts';

const events = '/connections/code/events';
/** Presses the button, and answers its question. */
async function replay(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replay', exact: true }).click();
}

const filterOf = (page: Page) => page.getByRole('combobox', { name: 'Filter' });

async function openRange(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Received/ }).click();
}

async function openAbsoluteRange(page: Page): Promise<void> {
  await openRange(page);
  await page.getByRole('button', { name: 'Apply' }).waitFor();
  await chooseInsteadOf('Relative mode', 'Absolute mode')(page);
}

/** Shows the first event. While the list is loading, its only row is no event. */
const showFirst = (page: Page) =>
  page
    .locator('tbody tr')
    .filter({ has: page.getByRole('link') })
    .first()
    .locator('td')
    .last()
    .click();

/** Every step that an event can go, and one that failed. */
function wholeTimeline(): object {
  const at = (second: number) => `2026-03-01T12:00:${String(second).padStart(2, '0')}.250Z`;
  const attempt = (n: number, more: object) => ({
    ...{
      step: 'attempted',
      at: at(20 + n),
      ms: 1_204 * n,
      delivery: 'dlv_0',
      destination: 'crm',
      rule: 'pushes-to-crm',
      attempt: n,
    },
    ...more,
  });
  return {
    publication: 'published',
    publicationAsOf: at(40),
    items: [
      { step: 'received', at: at(0), method: 'POST', size: 183, sourceIp: '203.0.113.7' },
      { step: 'verified', verifiedBy: 'signature', tokenId: 'v3' },
      { step: 'stored', expiresAt: '2026-03-31T12:00:00.000Z' },
      { step: 'held', releasedAt: at(10) },
      { step: 'published', asOf: at(40) },
      { step: 'given_up', at: at(12), code: 'InternalException' },
      { step: 'replayed', replay: 1, at: at(15), by: 'bootstrap' },
      { step: 'replayed', replay: 2, job: 'run_0' },
      attempt(1, { outcome: 'failed', cause: 'No answer within 1 second.' }),
      attempt(2, { outcome: 'failed', status: 503, replay: 1 }),
      attempt(3, { outcome: 'delivered', status: 204 }),
    ],
  };
}

/** The events of a connection, before and after this read once more. */
function withNewOnes(): (route: Route) => Promise<void> {
  let reads = 0;
  return async (route) => {
    // With the tag of the last answer, nothing would come.
    const { 'if-none-match': _, ...headers } = route.request().headers();
    const answer = await route.fetch({ headers });
    const { items, ...page } = await answer.json();
    reads += 1;
    await route.fulfill({ response: answer, json: { ...page, items: reads === 1 ? items.slice(2) : items } });
  };
}

export const eventShots = ({ event, order, bodies, long }: PictureData): Shot[] => [
  {
    name: 'events, filter open',
    path: events,
    act: (page) => filterOf(page).click(),
    says: 'Delivery id',
  },
  {
    name: 'events, filter, choices of a property',
    path: events,
    act: (page) => filterOf(page).fill('Event bus = '),
    says: 'Given up',
  },
  {
    name: 'events, filter, a mistake',
    path: events,
    act: async (page) => {
      await filterOf(page).fill('Size in bytes > many');
      await page.keyboard.press('Enter');
    },
    says: 'Enter a size in bytes',
  },
  {
    name: 'events, filter, several',
    path: `${events}#contains=refs&type=push&method=POST&hours=24`,
    says: 'Looked at',
  },
  { name: 'events, range', path: events, act: openRange, says: 'Last hour' },
  { name: 'events, range, absolute', path: events, act: openAbsoluteRange, says: 'Start date' },
  {
    name: 'events, range, mistake',
    path: events,
    act: async (page) => {
      await openAbsoluteRange(page);
      await press('Apply')(page);
    },
    says: 'Enter a date and a time of both',
  },
  {
    name: 'events, pattern',
    path: events,
    act: (page) => page.getByLabel('By an event pattern').check(),
    says: 'over type, method',
  },
  {
    name: 'events, new ones',
    path: events,
    reads: /\/v1\/connections\/code\/events\?/,
    answer: withNewOnes(),
    says: 'Show 2 new events',
  },
  {
    name: 'events, nothing found yet',
    path: `${events}#type=deploy`,
    reads: /\/v1\/connections\/code\/events\?/,
    answer: (route) => route.fulfill({ json: { ...list, items: [], nextCursor: 'older' } }),
    says: 'Nothing found yet',
  },
  { name: 'events, long texts', path: `/connections/${long.connection}/events`, ready: 'evt_' },
  { name: 'events, bodies of each kind', path: '/connections/bodies/events', ready: 'evt_' },
  {
    name: 'events, replay in progress',
    path: events,
    reads: /\/connections\/code\/replays/,
    answer: (route) =>
      route.fulfill({
        json: route.request().url().endsWith('run_0') ? openReplay : { ...list, items: [openReplay] },
      }),
    says: 'Cancel the replay',
  },
  {
    name: 'search, running',
    path: '/search#contains=refs',
    reads: /\/parcels\/events\/search$/,
    answer: never,
    says: 'Searching: looked at',
    isWaiting: true,
  },
  {
    name: 'search, stopped',
    path: '/search#contains=refs',
    reads: /\/parcels\/events\/search$/,
    answer: async () => undefined,
    ready: 'Searching: looked at',
    act: press('Stop'),
    says: 'Go on',
    isWaiting: true,
  },
  { name: 'search, nothing found', path: '/search#contains=nothing-like-it', says: 'No event found' },
  { name: 'search, a mistake', path: '/search#match=%7B', says: 'This is not JSON' },
  {
    name: 'search, a connection that fails',
    path: '/search#contains=refs',
    reads: /\/parcels\/events\/search$/,
    answer: fail,
    says: 'Not searched to the end',
  },
  ...Object.entries(bodies).map(
    ([kind, id]): Shot => ({
      name: `event, body, ${kind}`,
      path: `/connections/bodies/events/${id}`,
      ready: 'SHA-256',
    }),
  ),
  { name: 'event, long texts', path: `/connections/${long.connection}/events/${long.event}`, ready: 'SHA-256' },
  {
    name: 'event, body folded',
    path: `/connections/code/events/${event}`,
    act: press('Fold all'),
    says: 'Unfold all',
  },
  {
    name: 'event, body searched in vain',
    path: `/connections/code/events/${event}`,
    act: (page) => page.getByLabel('Search in the body').fill('nothing like it'),
    says: 'Not found',
  },
  {
    name: 'event, body withheld',
    path: `/connections/code/events/${event}`,
    reads: /\/v1\/connections\/code\/events\/evt_[^/]*$/,
    answer: async (route) => {
      const answer = await route.fetch();
      const { body: _, bodyBase64: __, ...rest } = await answer.json();
      const bodyWithheld =
        'The body contains a token that can authorize deliveries, so only the role connection_admin gets it. Ask an operator with that role, or read the event on the bus, where the token is masked.';
      await route.fulfill({ response: answer, json: { ...rest, bodyWithheld } });
    },
    says: 'so only the role',
  },
  {
    name: 'event, replayed',
    path: `/connections/shop-orders/events/${order}`,
    reads: /\/replay$/,
    answer: answerWith({ replay: 3 }),
    act: replay,
    says: 'Published again: replay 3.',
  },
  {
    name: 'event, replay failed',
    path: `/connections/shop-orders/events/${order}`,
    reads: /\/replay$/,
    answer: fail,
    act: replay,
    says: 'That did not work',
  },
  {
    name: 'event, every step',
    path: `/connections/code/events/${event}`,
    reads: /\/timeline$/,
    answer: answerWith(wholeTimeline()),
    says: 'InternalException',
  },
  {
    name: 'event, compared with nothing',
    path: `/connections/bodies/events/${bodies.json}`,
    act: press('Compare'),
    says: 'no earlier event',
  },
  {
    name: 'event, compared, failed',
    path: `/connections/shop-orders/events/${order}`,
    reads: /\/events\?.*type=/,
    answer: fail,
    act: press('Compare'),
    says: 'That did not work',
  },
];

/** The columns that it chooses stay chosen, so it comes late. */
export const allColumns: Shot = {
  name: 'events, all columns',
  path: events,
  act: async (page) => {
    await press('Columns of the lists of events')(page);
    const dialog = page.getByRole('dialog');
    for (const box of await dialog.getByRole('checkbox').all())
      if (await box.isEnabled()) await box.check({ force: true });
    await dialog.getByRole('button', { name: 'Confirm' }).click();
  },
  says: 'application/json',
};

/** A replay that has not ended, of the connection `code`. */
export const openReplay = {
  ...{ id: 'run_0', kind: 'replay', connection: 'code', state: 'running', rate: 2, by: 'bootstrap' },
  ...{ from: minutesAgo(180), to: minutesAgo(120), startedAt: minutesAgo(10), begunAt: minutesAgo(10) },
  ...{ count: 5000, done: 1200, failed: 0, skipped: 40, skippedBecause: { held: 40 }, etaSeconds: 1900 },
};

/** What a replay would publish. */
const plan = (more: object) => ({
  ...{ from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T13:00:00.000Z', count: 1_240, complete: true },
  ...{ skipped: 43, skippedBecause: { held: 40, test: 2, expired: 1 } },
  sample: [1, 2, 3].map((second) => ({
    ...{ id: `evt_0${second}`, type: 'push', receivedAt: `2026-03-01T12:00:0${second}.000Z`, size: 183 },
    ...{ method: 'POST', contentType: 'application/json' },
  })),
  ...more,
});

const count = pressAll('Replay many', 'Count first');
const replays = /\/connections\/code\/replays/;

export const eventDialogs = ({ event }: PictureData): Shot[] => [
  {
    name: 'replay, of one event',
    dialog: 'useReplay',
    path: `${events}/${event}`,
    act: press('Replay'),
    says: 'It goes to the event bus',
  },
  { name: 'columns', dialog: 'ColumnChoice', path: events, act: press('Columns of the lists of events') },
  {
    name: 'replay, what it leaves out',
    dialog: 'ReplayDialog',
    path: events,
    reads: replays,
    answer: when('POST', answerWith(plan({}))),
    act: count,
    says: 'would be published again',
  },
  {
    name: 'replay, nothing to publish',
    dialog: 'ReplayDialog',
    path: events,
    reads: replays,
    answer: when('POST', answerWith(plan({ count: 40, skipped: 40, skippedBecause: { held: 40 }, sample: [] }))),
    act: count,
    says: 'nothing to publish',
  },
  {
    name: 'replay, none in its time',
    dialog: 'ReplayDialog',
    path: events,
    reads: replays,
    answer: when('POST', answerWith(plan({ count: 0, skipped: 0, skippedBecause: {}, sample: [] }))),
    act: count,
    says: '0 events',
  },
  {
    name: 'replay, counting',
    dialog: 'ReplayDialog',
    path: events,
    reads: replays,
    answer: when('POST', never),
    act: count,
    isWaiting: true,
  },
  {
    name: 'replay, failed',
    dialog: 'ReplayDialog',
    path: events,
    reads: replays,
    answer: when('POST', fail),
    act: count,
    says: 'That did not work',
  },
  {
    name: 'replay, a mistake',
    dialog: 'ReplayDialog',
    path: events,
    act: async (page) => {
      await press('Replay many')(page);
      await page.getByLabel('From', { exact: true }).fill('yesterday');
      await page.getByLabel('Events per second').fill('fast');
    },
    says: 'Enter a whole number',
  },
  {
    name: 'replay, of one delivery',
    dialog: 'ReplayDialog',
    path: `${events}#deliveryId=72d3162e`,
    act: press('Replay many'),
    says: 'The list shows one delivery id',
  },
  {
    name: 'replay, another one in the way',
    dialog: 'ReplayDialog',
    path: events,
    reads: replays,
    answer: (route) => {
      if (route.request().method() === 'POST') return answerWith(plan({}))(route);
      return answerWith(route.request().url().endsWith('run_0') ? openReplay : { ...list, items: [openReplay] })(route);
    },
    act: count,
    says: 'has not ended',
  },
  {
    name: 'replay, under way',
    dialog: 'ReplayDialog',
    path: events,
    reads: replays,
    answer: (route) => {
      if (route.request().method() === 'GET')
        return answerWith(route.request().url().endsWith('run_0') ? openReplay : list)(route);
      return answerWith(route.request().postData()?.includes('"dryRun":true') ? plan({}) : { id: 'run_0' })(route);
    },
    act: pressAll('Replay many', 'Count first', 'Start the replay'),
    says: 'Cancel the replay',
  },
];

export const eventReadings = ({ event }: PictureData): Reading[] => [
  {
    name: 'events, beside the list',
    path: events,
    reads: /\/v1\/connections\/code\/events\/evt_/,
    act: showFirst,
    onlyWide: true,
    waiting: 'Loading the event',
  },
  {
    name: 'search',
    path: '/search#contains=refs',
    reads: /\/v1\/connections\?/,
    waiting: 'Searching the events',
    failed: 'That did not work',
    empty: { answer: list, says: 'There is no connection to search' },
  },
  {
    name: 'event, timeline',
    path: `${events}/${event}`,
    reads: /\/timeline$/,
    waiting: 'Loading the timeline',
  },
  {
    name: 'event, deliveries',
    path: `${events}/${event}`,
    reads: /\/events\/evt_[^/]*\/deliveries/,
    waiting: 'Loading deliveries',
    empty: { answer: list, says: 'went to no destination' },
  },
];
