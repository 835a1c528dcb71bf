/** The list of connections, and the form that creates one. */
import { describe, expect, test } from '@jest/globals';
import { inTurn, Refusal } from './given-api.ts';
import { openConsole } from './given-console.ts';
import { designer, providers, shop, unconfigured } from './given-records.ts';

const list = (...names: string[]) => ({ items: names.map((name) => shop({ name })), nextCursor: null });
const nothing = { items: [], nextCursor: null };

/** `c01` to `c99`. */
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `c${String(from + index).padStart(2, '0')}`);

describe('the list', () => {
  test('reads on to its end, page by page', async () => {
    const pages = inTurn({ ...list('a', 'b'), nextCursor: 'n1' }, { ...list('c'), nextCursor: 'n2' }, list('d'));
    const app = await openConsole('/connections', { 'GET /v1/connections': pages });
    expect(app.rows).toEqual(['a', 'b', 'c', 'd']);
    expect(app.api.reads.filter((each) => each.includes('/v1/connections'))).toEqual([
      'GET /v1/connections?include=stats&limit=200',
      'GET /v1/connections?include=stats&limit=200&cursor=n1',
      'GET /v1/connections?include=stats&limit=200&cursor=n2',
    ]);
  });

  test('leads to a connection', async () => {
    const app = await openConsole('/connections', {
      'GET /v1/connections': list('other', 'shop'),
      'GET /v1/connections/{name}': shop(),
    });
    await app.press('link', 'shop', { page: '/console/connections/shop', shows: ['Endpoint URL'] });
  });

  test('is searched, and the search cleared', async () => {
    const app = await openConsole('/connections', { 'GET /v1/connections': list('billing', 'shop', 'shop-2') });
    await app.does({ rows: ['shop', 'shop-2'], shows: ['2 found'] }, () => app.enter('Find connections', 'shop'));
    await app.does({ shows: ['No connection matches'] }, () => app.enter('Find connections', 'nothing'));
    await app.press('button', 'Clear the search', { rows: ['billing', 'shop', 'shop-2'] });
  });

  test('is searched by whatever names a connection', async () => {
    const found = shop({ name: 'b-1', provider: 'pay', description: 'Orders of Paris', status: 'inactive' });
    const app = await openConsole('/connections', {
      'GET /v1/connections': { items: [shop({ name: 'a-1' }), found], nextCursor: null },
    });
    for (const word of ['b-1', 'payco', 'pay', 'orders of', 'inactive'])
      await app.does({ rows: ['b-1'] }, () => app.enter('Find connections', word));
  });

  test('has pages of 50, each with other rows', async () => {
    const app = await openConsole('/connections', { 'GET /v1/connections': list(...numbered(1, 99), 'd1', 'd2') });
    expect([app.rows, app.titles[1]]).toEqual([numbered(1, 50), 'Connections (101)']);
    await app.press('button', /^Next page/, { rows: [...numbered(51, 99), 'd1'] });
    await app.press('button', /^Next page/, { rows: ['d2'] });
    await app.press('button', /^Previous page/, { rows: [...numbered(51, 99), 'd1'] });
  });

  test('is sorted by each column as it shows it', async () => {
    const records = [
      shop({ name: 'b', provider: 'acme' }),
      shop({ name: 'a', provider: 'pay', status: 'inactive' }),
      unconfigured({ name: 'c', provider: 'tasks' }),
    ];
    // Their names are in another order than their ids.
    const names = { acme: 'Zulu', pay: 'Yankee', tasks: 'X-ray' };
    const app = await openConsole('/connections', {
      'GET /v1/connections': { items: records, nextCursor: null },
      'GET /v1/providers': {
        items: Object.entries(names).map(([id, name]) => ({ ...providers.acme, id, name })),
      },
    });
    await app.press('button', /^Name/, { rows: ['a', 'b', 'c'] });
    await app.press('button', /^Name/, { rows: ['c', 'b', 'a'] });
    await app.press('button', /^Status/, { rows: ['b', 'a', 'c'] });
    await app.press('button', /^Provider/, { rows: ['c', 'a', 'b'] });
    await app.press('button', /^Provider/, { rows: ['b', 'a', 'c'] });
  });

  test('shows which connection refuses, by its words too, and is sorted by what came and when', async () => {
    const stats = (events: number, rejections: number, lastEventAt: string | null, reason = 'token_invalid') => ({
      lastHour: {
        ...{ events, rejections, eventsByMinute: [events], rejectionsByMinute: [rejections] },
        ...{ refused: { [reason]: rejections }, upTo: '2026-11-26T10:00:00.000Z' },
      },
      lastEventAt,
      asOf: '2026-11-26T10:00:00.000Z',
      complete: rejections < 1_000,
    });
    const items = [
      { ...shop({ name: 'calm' }), stats: stats(9, 0, '2026-11-26T09:00:00.000Z') },
      { ...shop({ name: 'wrong' }), stats: stats(2, 3, '2026-11-26T08:00:00.000Z') },
      { ...shop({ name: 'flood' }), stats: stats(0, 1_200, null) },
    ];
    const app = await openConsole('/connections', { 'GET /v1/connections': { items, nextCursor: null } });
    expect(app.text).toContain('Active, refused 3 in the last hour');
    expect(app.text).toContain('Active, refused at least 1,200 in the last hour');
    expect(app.text).toContain('the highest bar is 1,200.');
    await app.press('button', /^Last hour/, { rows: ['wrong', 'calm', 'flood'] });
    await app.press('button', /^Last hour/, { rows: ['flood', 'calm', 'wrong'] });
    await app.press('button', /^Last event/, { rows: ['flood', 'wrong', 'calm'] });
    await app.press('button', /^Last event/, { rows: ['calm', 'wrong', 'flood'] });
    await app.does({ rows: ['wrong', 'flood'], shows: ['2 found'] }, () => app.enter('Find connections', 'refused'));
    await app.does({ shows: ['No connection matches'] }, () => app.enter('Find connections', 'secret missing'));
  });

  test('warns of refusals, and not of those while the endpoint was not active', async () => {
    const refusing = (name: string, status: 'active' | 'inactive', refused: Record<string, number>) => ({
      ...shop({ name, status }),
      stats: {
        lastHour: {
          ...{ events: 0, rejections: 2, eventsByMinute: [0], rejectionsByMinute: [2] },
          ...{ refused, upTo: '2026-11-26T10:00:00.000Z' },
        },
        ...{ lastEventAt: null, asOf: '2026-11-26T10:00:00.000Z', complete: true },
      },
    });
    const items = [
      refusing('meant', 'inactive', { endpoint_inactive: 2 }),
      refusing('meant-before', 'active', { endpoint_inactive: 2 }),
      refusing('wrong', 'active', { endpoint_inactive: 1, token_invalid: 1 }),
    ];
    const app = await openConsole('/connections', { 'GET /v1/connections': { items, nextCursor: null } });
    const kindOf = (words: string) =>
      [...document.querySelectorAll('[class*=status-warning], [class*=status-success], [class*=status-stopped]')]
        .filter(({ textContent }) => textContent === words)
        .map(({ className }) => /status-(warning|success|stopped)/.exec(className)?.[1]);
    expect(app.text).toContain('Inactive, refused 2 in the last hour');
    expect(kindOf('Inactive, refused 2 in the last hour')).toEqual(['stopped']);
    expect(kindOf('Active, refused 2 in the last hour')).toEqual(['success', 'warning']);
  });

  test('that could not be read is read again', async () => {
    const app = await openConsole('/connections', {
      'GET /v1/connections': inTurn(new Refusal(500, 'Not now.'), list('shop')),
    });
    expect(app.notices).toEqual([
      'This could not be loadedNot now.Request id: r-1. The logs of Hooklatch have the same id.Try again',
    ]);
    await app.press('button', 'Try again', { hides: ['Not now.', 'Not loaded'], rows: ['shop'] });
  });
});

describe('Create connection', () => {
  test('leads to the form, and Cancel back to the list', async () => {
    const app = await openConsole('/connections', { 'GET /v1/connections': list('shop') });
    await app.press('link', 'Create connection', { page: '/console/create', shows: ['Part of the webhook URL'] });
    expect(document.activeElement).toBe(app.field(/^Name/));
    await app.press('link', 'Cancel', { page: '/console/connections', rows: ['shop'] });
  });

  test('gives a flow designer who opens its page no form', async () => {
    const app = await openConsole('/create', { 'GET /v1/me': designer, 'GET /v1/connections': list('shop') });
    expect(app.text).toContain('Only a connection admin can create connections.');
    expect(app.text).not.toContain('Part of the webhook URL.');
    await app.press('link', 'Go to the connections', { page: '/console/connections', rows: ['shop'] });
  });

  test('is not offered to a flow designer', async () => {
    const app = await openConsole('/connections', { 'GET /v1/me': designer, 'GET /v1/connections': list('shop') });
    expect(app.isOffered('button', 'Create connection')).toBe(false);
  });

  test('creates what was entered', async () => {
    const app = await openConsole('/create', {
      'POST /v1/connections': unconfigured({ provider: 'pay' }),
      'GET /v1/connections/{name}': unconfigured({ provider: 'pay' }),
    });
    await app.does({ shows: ['For example, “shop-orders” is.'] }, () => app.enter(/^Name/, 'Shop orders'));
    await app.enter(/^Name/, '');
    await app.press('button', 'Create connection', { shows: ['Enter a name.', 'Choose a provider.'] });
    expect(document.activeElement).toBe(app.field(/^Name/));
    await app.enter(/^Name/, 'shop');
    await app.user.click(app.control('button', 'Create connection'));
    expect(document.activeElement).toBe(app.control('button', /^Provider/));
    await app.choose(/^Provider/, 'PayCo');
    await app.enter(/^Description/, 'Orders');
    await app.press('button', 'Create connection', {
      sent: ['POST /v1/connections {"name":"shop","provider":"pay","description":"Orders"}'],
      page: '/console/connections/shop',
      shows: ['This connection has no endpoint'],
    });
  });

  test('says at the name that it is taken, until it is another one', async () => {
    const app = await openConsole('/create', {
      'POST /v1/connections': new Refusal(409, 'A connection with this name exists.', { code: 'connection_exists' }),
    });
    await app.enter(/^Name/, 'shop');
    await app.choose(/^Provider/, 'PayCo');
    const taken = 'A connection has this name already; choose another one.';
    await app.pressOnce('button', 'Create connection', {
      sent: ['POST /v1/connections {"name":"shop","provider":"pay","description":""}'],
      shows: [taken],
    });
    expect([app.field(/^Name/).getAttribute('aria-invalid'), app.notices]).toEqual(['true', []]);
    expect(document.activeElement).toBe(app.field(/^Name/));
    await app.does({ hides: [taken] }, () => app.enter(/^Name/, 'shop-2'));
  });

  test.each([
    ['Create connection', 'Create and activate'],
    ['Create and activate', 'Create connection'],
  ])('%s asks once, and %s waits as long', async (pressed, other) => {
    const answer = Promise.withResolvers<Refusal>();
    const app = await openConsole('/create', { 'POST /v1/connections': () => answer.promise });
    await app.enter(/^Name/, 'shop');
    await app.choose(/^Provider/, 'PayCo');
    const sent = ['POST /v1/connections {"name":"shop","provider":"pay","description":""}'];
    await app.does({ sent, shows: ['Not now.'] }, async () => {
      await app.user.click(app.control('button', pressed));
      expect(app.isOffered('button', other)).toBe(false);
      await app.user.type(app.field(/^Name/), '{Enter}');
      answer.resolve(new Refusal(500, 'Not now.'));
    });
    expect(app.isOffered('button', other)).toBe(true);
  });

  test('takes the provider that the search finds, at Enter', async () => {
    const app = await openConsole('/create');
    const list = () => app.control('button', /^Provider/);
    const type = (keys: string) => async () => {
      await app.user.click(list());
      await app.user.keyboard(keys);
    };
    await app.does({ hides: ['Choose a provider'] }, type('pay{Enter}'));
    expect([list().textContent, document.querySelectorAll('[role=option]').length]).toEqual(['PayCo', 0]);
    await app.enter(/^Name/, 'shop');
    await app.does({ shows: ['No provider matches.'] }, type('nothing{Enter}'));
    expect(list().textContent).toBe('PayCo');
  });

  test('reads the providers again if they could not be read', async () => {
    const app = await openConsole('/create', {
      'GET /v1/providers': inTurn(new Refusal(500, 'No.'), new Refusal(500, 'Not now.'), {
        items: Object.values(providers),
      }),
    });
    await app.press('button', /^Provider/, {
      reads: ['GET /v1/providers'],
      shows: ['The providers could not be loaded.'],
    });
    await app.press('button', 'Try again', { reads: ['GET /v1/providers'], shows: ['PayCo'] });
    const choices = [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);
    expect(choices).toEqual(['Any other sender', 'Acme', 'PayCo', 'Tasks']);
  });
});

test('without a connection, the empty list leads to the form too', async () => {
  const app = await openConsole('/connections', { 'GET /v1/connections': nothing });
  await app.shows('No connections yet');
  expect(document.querySelectorAll('a[href="/console/create"]')).toHaveLength(2);
});
