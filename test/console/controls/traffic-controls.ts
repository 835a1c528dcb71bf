/** The traffic of a connection: its time, its chart and its table, and where the numbers lead to. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../shared/api/api-client.ts';
import { inTurn, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { shop } from './given-records.ts';

const path = '/connections/shop/traffic';
const api = 'GET /v1/connections/shop/stats';
const record = { 'GET /v1/connections/{name}': shop() };
const old = { 'GET /v1/connections/{name}': shop({ createdAt: '2026-01-01T00:00:00.000Z' }) };

type Item = ApiAnswer<'GET /v1/stats'>['items'][number];
const item = (at: string, more: Partial<Item> = {}): Item => ({
  ...{ at, accepted: 0, duplicates: 0, conflicts: 0, refused: {}, published: 0, givenUp: 0 },
  ...more,
});

/** The hours up to noon in UTC. */
const hours = {
  items: [
    item('2026-11-26T09:00:00.000Z'),
    item('2026-11-26T10:00:00.000Z', { accepted: 1200, duplicates: 4, conflicts: 1, inexact: ['accepted'] }),
    item('2026-11-26T11:00:00.000Z', {
      ...{ accepted: 3, refused: { token_missing: 1, signature_mismatch: 6 }, inexact: ['refused'], givenUp: 2 },
    }),
    item('2026-11-26T12:00:00.000Z', { refused: { token_missing: 1 } }),
  ],
};

describe('Traffic', () => {
  test('is that of the time that was chosen, and a link shows the same', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole(path, { ...old, 'GET /v1/connections/{name}/stats': hours });
    // The days of Newfoundland, where an hour of UTC begins at half past.
    for (const [choice, range, by, from] of [
      ['Last hour', '1h', 'minute', '2026-11-26T11:35:00.000Z'],
      ['24 hours', '24h', 'hour', '2026-11-25T13:00:00.000Z'],
      ['7 days', '7d', 'hour', '2026-11-19T16:00:00.000Z'],
      ['30 days', '30d', 'hour', '2026-10-28T03:00:00.000Z'],
    ] as const) {
      const query = new URLSearchParams({ by, from });
      const reads = range === '24h' ? [] : [`${api}?${query}`];
      await app.press('button', choice, { turns: 'on', reads });
      expect([location.hash, app.api.reads.includes(`${api}?${query}`)]).toEqual([`#range=${range}`, true]);
    }
  });

  test('says how much, why, until when, and what is not sure', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole(path, { ...old, 'GET /v1/connections/{name}/stats': hours });
    expect(app.facts).toEqual([
      ...['Accepted: ≤ 1,203', 'Refused: ≥ 8', 'Duplicates: 4', 'Conflicts: 1', 'Given up: 2'],
      'Refused because: Signature mismatch 6, Token missing 2',
    ]);
    for (const said of [
      'Counted until Nov 26, 2026, 9:04:56 AM GMT-3:30.',
      'The last bar is not over yet.',
      'Nothing was counted before Nov 26, 2026, 6:30:00 AM GMT-3:30.',
      '≥ and ≤ mark counts that may be too low or too high.',
      'Times are those of the time zone America/St_Johns.',
    ])
      expect(app.text).toContain(said);
  });

  test('of a new connection says since when there is one', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/stats': hours });
    expect(app.text).toContain('The connection was created on Nov 26, 2026, 6:30:00 AM GMT-3:30.');
    expect(app.text).not.toContain('Nothing was counted before');
  });

  test('is a table too, in which each number leads to what it counts', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole(path, {
      ...old,
      'GET /v1/connections/{name}/stats': hours,
      'GET /v1/connections/{name}/rejections': { items: [], nextCursor: null, asOf: '2026-11-26T12:34:56.000Z' },
    });
    await app.press('button', 'Table', { turns: 'on', shows: ['Times in which nothing was counted are left out.'] });
    const [noon, before, first] = ['8:30 – 9:30', '7:30 – 8:30', '6:30 – 7:30'].map(
      (times) => `Nov 26, 2026, ${times} AM GMT-3:30`,
    );
    expect(app.cells).toEqual([
      [`${noon}, so far`, '0', '1', '', '', 'Token missing 1'],
      [before, '3', '≥ 7', '', '', 'Signature mismatch 6, Token missing 1'],
      [first, '≤ 1,200', '0', '4', '1', ''],
    ]);
    const span = '#from=2026-11-26T10%3A00%3A00.000Z&to=2026-11-26T11%3A00%3A00.000Z';
    await app.press('link', /^≤ 1,200 accepted, /, { page: '/console/connections/shop/events' });
    expect(location.hash).toBe(span);
    await app.goTo(`${path}#as=table`);
    await app.press('link', /^≥ 7 refused, /, {
      page: '/console/connections/shop/rejections',
      shows: ['No rejections in this time'],
    });
    expect(location.hash).toBe(span.replaceAll('T11', 'T12').replaceAll('T10', 'T11'));
    await app.goTo(`${path}#as=table`);
    await app.press('button', 'Chart', { turns: 'on', hides: ['Times in which nothing was counted are left out.'] });
    expect(location.hash).toBe('#range=24h');
  });

  test('that is nothing says so, and until when', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const none = { items: [item('2026-11-26T12:00:00.000Z')] };
    const app = await openConsole(`${path}#as=table`, { ...old, 'GET /v1/connections/{name}/stats': none });
    expect([app.facts, app.cells]).toEqual([[], []]);
    expect(app.text).toContain('Nothing came in this time');
    expect(app.text).toContain('Counted until Nov 26, 2026, 9:04:56 AM GMT-3:30.');
  });

  test('that could not be read is read again', async () => {
    const stats = inTurn(new Refusal(500, 'Not now.'), hours);
    const app = await openConsole(path, { ...old, 'GET /v1/connections/{name}/stats': stats });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['Counted until'] });
  });
});
