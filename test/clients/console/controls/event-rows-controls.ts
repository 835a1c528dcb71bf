/** The rows of a list of events: their columns, and the event that is shown beside them. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { inTurn, Refusal } from './given-api.ts';
import { ownClock, stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { view } from './given-page.ts';
import { anEvent, eventsOf, shop } from './given-records.ts';

const path = '/connections/shop/events';
const event = 'GET /v1/connections/{name}/events/{id}';
const list = {
  'GET /v1/connections/{name}': shop(),
  'GET /v1/connections/{name}/events': eventsOf(['evt_01', 'evt_02']),
};
const columns = 'Columns of the lists of events';

const headersOf = (selector: string): (string | null)[] =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);

/** The headers of the table in a wide window. The first one is above the choice of a row. */
const headers = (): (string | null)[] => headersOf('thead th').slice(1);

test('the columns that were chosen are those of the next list, too', async () => {
  const app = await openConsole(path, list);
  expect(headers()).toEqual(['Event id', 'Received', 'Type', 'Outcome', 'Size']);
  await app.press('button', columns, { dialog: columns });
  expect(app.isOffered('checkbox', 'Event id')).toBe(false);
  await app.press('checkbox', 'Size', { turns: 'off' });
  await app.press('checkbox', 'Method', { turns: 'on' });
  await app.press('button', 'Confirm', { dialog: null });
  expect(headers()).toEqual(['Event id', 'Received', 'Type', 'Outcome', 'Method']);
  await openConsole(path, list);
  expect(headers()).toEqual(['Event id', 'Received', 'Type', 'Outcome', 'Method']);
});

test.each([
  ['no JSON', ['Event id', 'Received', 'Type', 'Outcome', 'Size']],
  ['"size"', ['Event id', 'Received', 'Type', 'Outcome', 'Size']],
  ['["size", "else", 7, "deliveryId"]', ['Event id', 'Delivery id', 'Size']],
])('if the browser has %s for the columns, they are %j', async (stored, shown) => {
  localStorage.setItem('hooklatch-event-columns', stored);
  await openConsole(path, list);
  expect(headers()).toEqual(shown);
});

test.each<[number, string[], string[]]>([
  [1_024, ['time', 'type', 'deliveryId', 'size'], ['Event id', 'Received', 'Type', 'Delivery id', 'Size']],
  [1_024, ['time', 'type', 'deliveryId', 'method', 'size'], ['Event id']],
  [1_199, ['time', 'type', 'deliveryId', 'method', 'size'], ['Event id']],
  [800, ['type'], ['Event id']],
  [801, ['type'], ['Event id', 'Type']],
])('in a window of %d pixels, the columns %j stand beside each other if they fit', async (width, chosen, shown) => {
  localStorage.setItem('hooklatch-event-columns', JSON.stringify(chosen));
  view.width = width;
  const app = await openConsole(path, list);
  expect(headersOf('thead th')).toEqual(shown);
  expect(app.text).toContain('evt_02');
});

describe('the event of a row', () => {
  const choice = (id: string) => `Show ${id} beside the list`;

  test('is shown beside the list, then that of another row, and goes at a click', async () => {
    const app = await openConsole(path, { ...list, [event]: ({ params }) => anEvent(params['id'] ?? '') });
    await app.press('radio', choice('evt_01'), { turns: 'on', shows: ['Verified by'] });
    expect(app.titles).toHaveLength(2);
    expect(headersOf('thead th')).not.toContain('Size');
    await app.press('radio', choice('evt_02'), { turns: 'on', reads: ['GET /v1/connections/shop/events/evt_02'] });
    await app.press('button', 'Close the preview', { hides: ['Verified by'] });
    expect(headersOf('thead th')).toContain('Size');
  });

  test('is shown at a click on the row, and its link still leads to its page', async () => {
    const app = await openConsole(path, { ...list, [event]: ({ params }) => anEvent(params['id'] ?? '') });
    const row = [...document.querySelectorAll('tbody tr')][1];
    await app.does({ shows: ['Verified by'] }, () => app.user.click(row?.lastElementChild ?? document.body));
    await app.press('link', 'evt_02', { page: `/console${path}/evt_02`, shows: ['SHA-256 of the body'] });
  });

  test('opens with Enter', async () => {
    const app = await openConsole(path, { ...list, [event]: ({ params }) => anEvent(params['id'] ?? '') });
    await app.press('radio', choice('evt_02'), { turns: 'on' });
    await app.does({ page: `/console${path}/evt_02` }, () => app.user.keyboard('{Enter}'));
  });

  test('that could not be read is read again', async () => {
    const app = await openConsole(path, { ...list, [event]: inTurn(new Refusal(500, 'Not now.'), anEvent('evt_01')) });
    await app.press('radio', choice('evt_01'), { turns: 'on', shows: ['Not now.'] });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['Verified by'] });
  });
});

type Outcomes = ApiAnswer<'GET /v1/deliveries'>;
const outcomes = 'GET /v1/deliveries';
const arrived = '2026-11-26T10:00:00.000Z';
const routed = (event: string, more: Partial<Outcomes['items'][number]> = {}): Outcomes['items'][number] => ({
  ...{ id: `dlv_${event}`, event, connection: 'shop', receivedAt: arrived, rule: 'all', destination: 'crm' },
  status: 'delivered',
  ...more,
});

/** The cells of the outcomes: the names of their dots, and their words. */
const shownOutcomes = (): string[] =>
  [...document.querySelectorAll('tbody tr')].map((row) => {
    const cell = row.children[4];
    const dots = [...(cell?.querySelectorAll('[role=img]') ?? [])].map((dot) => dot.getAttribute('aria-label'));
    return [...dots, cell?.textContent?.trim()].filter(Boolean).join(', ');
  });

describe('the outcome of an event', () => {
  test('has a dot for each delivery of its last replay, what was lost first', async () => {
    const items = [
      routed('evt_01', { replay: 1, id: 'dlv_1' }),
      routed('evt_01', { replay: 1, id: 'dlv_2', destination: 'depot', status: 'given_up' }),
      routed('evt_01', { id: 'dlv_0', status: 'failed' }),
    ];
    const app = await openConsole(path, { ...list, [outcomes]: { items, incomplete: ['evt_02'] } });
    expect(app.api.reads).toContain('GET /v1/deliveries?events=evt_01%2Cevt_02');
    expect(shownOutcomes()).toEqual(['depot: Given up, crm: Delivered', 'and maybe more']);
  });

  test('has at most eight dots', async () => {
    const items = Array.from({ length: 10 }, (_, at) => routed('evt_01', { id: `dlv_${at}` }));
    await openConsole(path, { ...list, [outcomes]: { items, incomplete: [] } });
    expect(shownOutcomes()[0]?.endsWith('crm: Delivered, and 2 more')).toBe(true);
    expect(document.querySelectorAll('tbody [role=img]')).toHaveLength(8);
  });

  test('is not known yet while a delivery can still come, and never said to be delivered', async () => {
    stopClock('2026-11-26T10:30:00.000Z');
    await openConsole(path, list);
    expect(shownOutcomes()).toEqual(['Not known yet', 'Not known yet']);
  });

  test('that could not be read says so, and is read again', async () => {
    stopClock('2026-11-26T10:30:00.000Z');
    const read = inTurn(new Refusal(409, 'Not now.'), { items: [routed('evt_01')], incomplete: [] });
    const app = await openConsole(path, { ...list, [outcomes]: read });
    expect(shownOutcomes()).toEqual(['Not read', 'Not read']);
    await app.comeBack();
    expect(shownOutcomes()).toEqual(['crm: Delivered', 'Not known yet']);
  });

  test('is asked for again only where something may still come', async () => {
    stopClock('2026-11-26T10:30:00.000Z');
    const asked: (string | null)[] = [];
    const app = await openConsole(path, {
      ...list,
      [outcomes]: ({ query }) => {
        asked.push(query.get('events'));
        return { items: [routed('evt_01'), routed('evt_02', { status: 'waiting' })], incomplete: [] };
      },
    });
    await app.comeBack();
    expect(asked).toEqual(['evt_01,evt_02', 'evt_02']);
  });

  test('of a new row is asked for alone', async () => {
    ownClock('2026-11-26T10:30:00.000Z');
    const asked: (string | null)[] = [];
    const app = await openConsole(path, {
      ...list,
      'GET /v1/connections/{name}/events': inTurn(eventsOf(['evt_01']), eventsOf(['evt_02', 'evt_01'])),
      [outcomes]: ({ query }) => {
        asked.push(query.get('events'));
        return { items: [routed('evt_01', { status: 'waiting' })], incomplete: [] };
      },
    });
    await app.press('checkbox', 'Live list', { turns: 'on' });
    await app.passes(4);
    expect(document.querySelectorAll('tbody tr')).toHaveLength(2);
    expect(asked).toEqual(['evt_01', 'evt_02']);
  });

  test('is not read for a list without its column', async () => {
    localStorage.setItem('hooklatch-event-columns', JSON.stringify(['time']));
    let asked = 0;
    await openConsole(path, {
      ...list,
      [outcomes]: () => {
        asked++;
        return { items: [], incomplete: [] };
      },
    });
    expect(headers()).toEqual(['Event id', 'Received']);
    expect(asked).toBe(0);
  });
});
