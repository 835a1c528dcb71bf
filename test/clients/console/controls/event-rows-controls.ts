/** The rows of a list of events: their columns, and the event that is shown beside them. */
import { describe, expect, test } from '@jest/globals';
import { inTurn, Refusal } from './given-api.ts';
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
  expect(headers()).toEqual(['Event id', 'Received', 'Type', 'Size']);
  await app.press('button', columns, { dialog: columns });
  expect(app.isOffered('checkbox', 'Event id')).toBe(false);
  await app.press('checkbox', 'Size', { turns: 'off' });
  await app.press('checkbox', 'Method', { turns: 'on' });
  await app.press('button', 'Confirm', { dialog: null });
  expect(headers()).toEqual(['Event id', 'Received', 'Type', 'Method']);
  await openConsole(path, list);
  expect(headers()).toEqual(['Event id', 'Received', 'Type', 'Method']);
});

test.each([
  ['no JSON', ['Event id', 'Received', 'Type', 'Size']],
  ['"size"', ['Event id', 'Received', 'Type', 'Size']],
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
    await app.press('radio', choice('evt_02'), { turns: 'on', reads: ['GET /v1/connections/shop/events/evt_02'] });
    await app.press('button', 'Close the preview', { hides: ['Verified by'] });
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
