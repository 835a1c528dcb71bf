/** The traffic of a connection: its time, its chart and its table, and where the numbers lead to. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { inTurn, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { view } from './given-page.ts';
import { aDestination, shop } from './given-records.ts';

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
      ['7 days', '7d', 'hour', '2026-11-20T04:00:00.000Z'],
      ['30 days', '30d', 'hour', '2026-10-28T03:00:00.000Z'],
    ] as const) {
      const query = new URLSearchParams({ by, from });
      const reads = range === '24h' ? [] : [`${api}?${query}`];
      await app.press('button', choice, { turns: 'on', reads });
      expect([location.hash, app.api.reads.includes(`${api}?${query}`)]).toEqual([`#range=${range}`, true]);
    }
  });

  const dayBefore = 'by=hour&from=2026-11-24T13%3A00%3A00.000Z&to=2026-11-25T13%3A00%3A00.000Z';
  const earlier = (accepted: number) => ({
    items: hours.items.map(({ at }) => item(at.replace('26T', '25T'), { accepted })),
  });

  test.each([
    ['beside it', earlier(2), true],
    ['if something was counted in it', earlier(0), false],
    ['if all of it is known', { items: earlier(2).items.slice(1) }, false],
  ])('has as long a time before it, %s', async (_, before, isShown) => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole(path, {
      ...old,
      'GET /v1/connections/{name}/stats': ({ query }) => (query.has('to') ? before : hours),
    });
    expect(app.api.reads).toContain(`${api}?${dayBefore}`);
    // What it was is not in the numbers of the shown time.
    expect(app.facts).toContain('Accepted: ≤ 1,203');
    expect(app.text.includes('The 24 hours before')).toBe(isShown);
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
      '≥ and ≤ mark counts that may be too low or too high.',
      'Times are those of the time zone America/St_Johns.',
    ])
      expect(app.text).toContain(said);
  });

  test('of a new connection says since when there is one', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/stats': hours });
    expect(app.text).toContain('The connection was created on Nov 26, 2026, 6:30:00 AM GMT-3:30.');
  });

  const quiet = { items: [item('2026-11-26T11:00:00.000Z', { accepted: 3, refused: { token_missing: 1 } })] };

  test.each([
    ['all kinds of counts', 1_000, hours, 1],
    ['all kinds of counts', 1_001, hours, 7],
    ['the usual counts', 800, quiet, 1],
    ['the usual counts', 801, quiet, 4],
  ])('as a table of %s, in a window of %d pixels, has columns if they fit', async (_, width, stats, columns) => {
    stopClock('2026-11-26T12:34:56.000Z');
    view.width = width;
    await openConsole(`${path}#as=table`, { ...old, 'GET /v1/connections/{name}/stats': stats });
    expect(document.querySelectorAll('thead th')).toHaveLength(columns);
  });

  test('is a table too, in which each number leads to what it counts', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole(path, {
      ...old,
      'GET /v1/connections/{name}/stats': hours,
      'GET /v1/connections/{name}/rejections': { items: [], nextCursor: null, asOf: '2026-11-26T12:34:56.000Z' },
    });
    await app.press('button', 'Table', {
      turns: 'on',
      shows: ['Times in which nothing was counted are left out.', 'The first row is not over yet.'],
      hides: ['The last bar'],
    });
    const [noon, before, first] = ['8:30 – 9:30', '7:30 – 8:30', '6:30 – 7:30'].map(
      (times) => `Nov 26, 2026, ${times} AM GMT-3:30`,
    );
    expect(app.cells).toEqual([
      [`${noon}, so far`, '0', '1', '0', '0', '0', 'Token missing 1'],
      [before, '3', '≥ 7', '0', '0', '2', 'Signature mismatch 6, Token missing 1'],
      [first, '≤ 1,200', '0', '4', '1', '0', ''],
    ]);
    const span = '#from=2026-11-26T10%3A00%3A00.000Z&to=2026-11-26T10%3A59%3A59.999Z';
    await app.press('link', /^≤ 1,200 accepted, /, { page: '/console/connections/shop/events' });
    expect(location.hash).toBe(span);
    await app.goTo(`${path}#as=table`);
    await app.press('link', /^≥ 7 refused, /, {
      page: '/console/connections/shop/rejections',
      shows: ['No rejections in this time'],
    });
    expect(location.hash).toBe(span.replaceAll('T10', 'T11'));
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
    // Of nothing, no part is open.
    expect(app.text).not.toContain('over yet');
  });

  test('that is nothing leads to a longer time, and from the longest one elsewhere', async () => {
    const none = { items: [] };
    const longest = 'are in “hooklatch stats --by day --since 90d --json”.';
    const app = await openConsole(path, {
      ...{ ...old, 'GET /v1/connections/{name}/stats': none, 'GET /v1/stats': none },
      ...{ 'GET /v1/destinations/{name}': aDestination(), 'GET /v1/connections': { items: [], nextCursor: null } },
    });
    const ways: [string, string][] = [
      [`${path}#range=7d`, 'from the moment they come. Choose a longer time to see older ones.'],
      [`${path}#range=30d`, `from the moment they come. Older ones ${longest}`],
      ['/destinations/shop/attempts#range=7d', 'is counted here. Choose a longer time to see older attempts.'],
      ['/destinations/shop/attempts#range=30d', `is counted here. Older attempts ${longest}`],
      ['/overview#range=7d', 'in this timeChoose a longer time to see older webhooks.'],
      ['/overview#range=30d', `in this timeOlder webhooks ${longest}`],
    ];
    for (const [place, way] of ways) {
      await app.goTo(place);
      await app.shows(way);
    }
  });

  test('without anything rare has no column of it', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const plain = { items: [item('2026-11-26T12:00:00.000Z', { accepted: 1 })] };
    const app = await openConsole(`${path}#as=table`, { ...old, 'GET /v1/connections/{name}/stats': plain });
    expect([...document.querySelectorAll('thead th')].map(({ textContent }) => textContent)).toEqual([
      ...['Time', 'Accepted', 'Refused', 'Refused because'],
    ]);
    expect(app.cells).toEqual([['Nov 26, 2026, 8:30 – 9:30 AM GMT-3:30, so far', '1', '0', '']]);
  });

  test('that could not be read is read again', async () => {
    const stats = inTurn(new Refusal(500, 'Not now.'), hours);
    const app = await openConsole(path, { ...old, 'GET /v1/connections/{name}/stats': stats });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['Counted until'] });
  });
});

describe('Traffic of all connections', () => {
  const overview = '/overview';
  const listed = (name: string, lastEventAt: string | null): ApiAnswer<'GET /v1/connections'>['items'][number] => ({
    ...shop({ name }),
    stats: {
      ...{ lastEventAt, asOf: '2026-11-26T12:00:00.000Z', complete: true },
      lastHour: {
        events: 0,
        rejections: 0,
        eventsByMinute: [],
        rejectionsByMinute: [],
        refused: {},
        upTo: '2026-11-26T12:00:00.000Z',
      },
    },
  });
  const list = (...items: ApiAnswer<'GET /v1/connections'>['items']) => ({ items, nextCursor: null });
  const given = { items: hours.items.map((each) => ({ ...each, givenUp: 0 })) };
  const two = list(listed('orders', null), listed('shop', '2026-11-26T11:00:00.000Z'));
  const ofEach = ({ params }: { params: Record<string, string> }) =>
    params['name'] === 'shop'
      ? hours
      : { items: [item('2026-11-26T11:00:00.000Z', { refused: { body_too_large: 9 } })] };
  const all = {
    'GET /v1/connections': two,
    'GET /v1/stats': given,
    'GET /v1/connections/{name}/stats': ofEach,
  };
  const stats = (reads: readonly string[]) => reads.filter((each) => /connections\/\w+\/stats/.test(each));

  test('is by connection too, the most first, and leads to the events, the rejections and the traffic of each', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole(`${overview}#range=24h`, {
      ...all,
      'GET /v1/connections': list(...two.items, listed('quiet', null)),
      'GET /v1/connections/{name}/stats': (asked) => (asked.params['name'] === 'quiet' ? { items: [] } : ofEach(asked)),
      'GET /v1/connections/{name}': shop(),
      'GET /v1/connections/{name}/rejections': { items: [], nextCursor: null, asOf: '2026-11-26T12:34:56.000Z' },
    });
    await app.shows('1 connection had nothing in this time.');
    expect(app.cells.slice(-2)).toEqual([
      ['shop', '≤ 1,203', '≥ 8', '4', '1', '2', 'Signature mismatch 6, Token missing 2'],
      ['orders', '0', '9', '0', '0', '0', 'Body too large 9'],
    ]);
    await app.press('link', /^9 refused, /, { page: '/console/connections/orders/rejections' });
    expect(location.hash).toBe('#from=2026-11-25T13%3A00%3A00.000Z&to=2026-11-26T12%3A34%3A55.999Z');
    await app.goTo(`${overview}#range=24h`);
    await app.press('link', 'shop', { page: '/console/connections/shop/traffic' });
    expect(location.hash).toBe('#range=24h');
  });

  test('of a bar is by connection in its time, until the whole time is wanted', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole(`${overview}#as=table`, all);
    const span = 'from=2026-11-26T10%3A00%3A00.000Z&to=2026-11-26T11%3A00%3A00.000Z';
    await app.press('link', /^≤ 1,200 accepted, /, {
      reads: [`GET /v1/connections/shop/stats?by=hour&${span}`, `GET /v1/connections/orders/stats?by=hour&${span}`],
      shows: ['Show the whole time'],
    });
    expect([location.hash, document.activeElement?.textContent]).toEqual([
      `#range=24h&as=table&${span}`,
      'By connection',
    ]);
    await app.press('button', 'Show the whole time', { hides: ['Show the whole time'] });
    expect(location.hash).toBe('#range=24h&as=table');
  });

  test('is read by whole days where it can be', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole(overview, all);
    await app.press('button', '30 days', { turns: 'on', shows: ['In the last 30 days.'] });
    const [from, midnight] = ['2026-10-28T03%3A00%3A00.000Z', '2026-10-29T00%3A00%3A00.000Z'];
    const reads = ['orders', 'shop'].flatMap((name) => [
      `GET /v1/connections/${name}/stats?by=hour&from=${from}&to=${midnight}`,
      `GET /v1/connections/${name}/stats?by=day&from=${midnight}`,
    ]);
    expect(app.api.reads.filter((each) => reads.includes(each)).sort()).toEqual(reads.sort());
  });

  test('is counted again when that is wanted, and after a failure', async () => {
    const each = inTurn(new Refusal(500, 'Not now.'), given);
    const app = await openConsole(overview, {
      ...all,
      'GET /v1/connections': list(listed('shop', null)),
      'GET /v1/connections/{name}/stats': each,
    });
    await app.shows('Not now.');
    expect(app.text).toContain('The connections could not be counted');
    await app.pressOnce('button', 'Count again', { hides: ['could not be counted', 'Not loaded'], shows: ['shop'] });
    const before = stats(app.api.reads).length;
    await app.pressOnce('button', 'Count again', { hides: [] });
    expect(stats(app.api.reads).length).toBe(before + 1);
  });

  test('of a time whose counts are gone says so, and reads nothing', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const span = 'from=2026-11-20T10:00:00.000Z&to=2026-11-20T10:01:00.000Z';
    const app = await openConsole(`${overview}#range=1h&${span}`, all);
    await app.shows('The counts of this time are no longer kept');
    expect(app.text).toContain('Choose “Show the whole time”.');
    expect(stats(app.api.reads)).toEqual([]);
  });

  test('is that of the fifty connections with the newest events, and of more at a press', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const many = Array.from({ length: 60 }, (_, n) =>
      listed(`c-${n + 10}`, n < 10 ? null : `2026-11-26T11:00:${n}.000Z`),
    );
    const app = await openConsole(overview, { ...all, 'GET /v1/connections': list(...many) });
    await app.shows('10 connections are not counted here yet');
    expect(app.rows.includes('c-19')).toBe(false);
    await app.press('button', 'Count 10 more', { hides: ['10 connections are not counted here yet', 'Count 10 more'] });
    expect(app.rows.filter((each) => each.startsWith('c-')).length).toBe(60);
  });
});

describe('Attempts at a destination', () => {
  const attempts = '/destinations/shop/attempts';
  const destination = { 'GET /v1/destinations/{name}': aDestination({ createdAt: '2026-01-01T00:00:00.000Z' }) };
  const sent = {
    items: [
      item('2026-11-26T10:00:00.000Z', { destinations: { shop: { delivered: 1200, failed: 3, p50: 80, p95: 1400 } } }),
      item('2026-11-26T11:00:00.000Z', { destinations: { other: { delivered: 5, failed: 5, p50: 9 } } }),
      item('2026-11-26T12:00:00.000Z', { destinations: { shop: { delivered: 0, failed: 2 } } }),
    ],
  };

  test('are counted, with how long the answers took, as a chart and as a table', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const app = await openConsole('/destinations/shop', { ...destination, 'GET /v1/stats': sent });
    await app.press('tab', 'Attempts', { page: `/console${attempts}`, turns: 'on', shows: ['Counted until'] });
    const counts = ['Delivered: 1,200', 'Failed: 5', 'Half answered within: 80 ms', '95% answered within: 1,400 ms'];
    expect(app.facts.slice(-4)).toEqual(counts);
    await app.press('button', 'Table', { turns: 'on', shows: ['Times without an attempt are left out.'] });
    expect(app.cells).toEqual([
      ['Nov 26, 2026, 8:30 – 9:30 AM GMT-3:30, so far', '0', '2', 'No answer', 'No answer'],
      ['Nov 26, 2026, 6:30 – 7:30 AM GMT-3:30', '1,200', '3', '80 ms', '1,400 ms'],
    ]);
    await app.press('button', 'Last hour', {
      turns: 'on',
      reads: ['GET /v1/stats?by=minute&from=2026-11-26T11%3A35%3A00.000Z'],
    });
  });

  test('of a new destination may be those of an earlier one, and of none there is nothing', async () => {
    stopClock('2026-11-26T12:34:56.000Z');
    const created = { 'GET /v1/destinations/{name}': aDestination() };
    const app = await openConsole(`${attempts}#range=7d`, {
      ...created,
      'GET /v1/stats': { items: [item('2026-11-26T09:00:00.000Z')] },
    });
    expect([app.facts.length, app.text.includes('No attempt in this time')]).toEqual([2, true]);
    expect(app.text).toContain(
      'The destination was created on Nov 26, 2026, 6:30:00 AM GMT-3:30; an earlier one may have had its name.',
    );
  });

  test('that could not be read are read again', async () => {
    const stats = inTurn(new Refusal(500, 'Not now.'), sent);
    const app = await openConsole(attempts, { ...destination, 'GET /v1/stats': stats });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['Counted until'] });
  });
});
