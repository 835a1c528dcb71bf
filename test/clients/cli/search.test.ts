/** `events search`: one page after another, until enough is found or was looked at. */
import { describe, expect, test } from '@jest/globals';
import { aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const found = (minute: number) => ({
  ...{ id: `evt_${minute}`, endpointId: 'e1', receivedAt: `2026-03-01T12:0${minute}:00.000Z`, type: 'order.paid' },
  ...{ method: 'POST', size: 5, tokenId: 'tok_1' },
});

const page = (more: object = {}) => ({
  ...{ items: [], examined: 500, skipped: {}, upTo: '2026-03-01T12:10:00.000Z', backTo: '2026-03-01T12:00:00.000Z' },
  ...{ nextCursor: 'more', ...more },
});

/** A deployment with these pages. */
function pages(...given: object[]) {
  const left = [...given];
  return aDeployment(() => answered(left.shift() ?? {}));
}

const search = (fetch: typeof globalThis.fetch, ...args: string[]) =>
  hooklatch(['events', 'search', 'orders', ...args], { env, fetch });

test('it asks for pages until enough is found, and says how far it looked and what it skipped', async () => {
  const { asked, fetch } = pages(
    page({ items: [found(3)], skipped: { large: 2 } }),
    page({
      items: [found(1)],
      skipped: { large: 1, withheld: 4 },
      backTo: '2026-03-01T11:00:00.000Z',
      nextCursor: 'c2',
    }),
  );
  const { code, out, err } = await search(fetch, '--contains', 'blue', '--limit', '2', '--from', '2026-03-01');
  expect(code).toBe(0);
  const path = '/v1/connections/orders/events/search';
  const body = { contains: 'blue', from: '2026-03-01T00:00:00.000Z', limits: { events: 500 } };
  expect(asked).toEqual([
    { method: 'POST', path, query: {}, body },
    { method: 'POST', path, query: {}, body: { ...body, cursor: 'more' } },
  ]);
  expect(out.match(/evt_\d/g)).toEqual(['evt_3', 'evt_1']);
  expect(err.trimEnd().split('\n')).toEqual([
    'Looked at 1000 events, back to 2026-03-01T11:00:00.000Z.',
    'Skipped 3: their body is large; --large reads bodies up to 4 MiB.',
    'Skipped 4: their body contains a token, so only the role connection_admin can search it.',
    'There is more: --cursor c2',
  ]);
});

test('where a text stands is a column, and what was refused is told', async () => {
  const places = [
    { in: 'header', at: 'x-shop', text: 'Blue' },
    { in: 'body', at: '/order/id', text: 'blue\u001b[2J 4711' },
  ];
  const withText = [
    {
      minute: '2026-03-01T09:12Z',
      reason: 'token_missing',
      deliveryId: 'blue-7\n',
      explanation: 'No token.',
      facts: [],
    },
  ];
  const refused = { count: 5, whileInactive: 2, from: '2026-02-01T00:00:00.000Z', withText };
  const first = page({ items: [{ ...found(3), places }, found(2)], refused });
  const { fetch } = pages(first, page({ items: [], nextCursor: null }));
  const { out, err } = await search(fetch, '--contains', 'blue', '--limit', '3');
  const [headings, one, other] = out.split('\n');
  expect(headings).toMatch(/DELIVERY ID +WHERE$/);
  expect(one).toMatch(/ header x-shop: Blue; body \/order\/id: blue\\u001b\[2J 4711$/);
  expect(other).toMatch(/^evt_2 .* 5$/);
  expect(err.trimEnd().split('\n').slice(1)).toEqual([
    '“blue-7\\u000a” was refused at 2026-03-01T09:12Z: No token.',
    '5 refused since 2026-02-01T00:00:00.000Z, 2 of them while the endpoint was not active. Their bodies are not kept, so they are not searched.',
  ]);
});

test('without a text there is no column for it, and nothing is said of refusals if there are none', async () => {
  const refused = { count: 0, whileInactive: 0, from: '2026-02-01T00:00:00.000Z', withText: [] };
  const { fetch } = pages(page({ items: [found(3)], nextCursor: null, refused }));
  const { out, err } = await search(fetch, '--match', '{"type":["a"]}');
  expect([out.includes('WHERE'), err.includes('refused')]).toEqual([false, false]);
});

test('it looks at no more events than --examine says', async () => {
  const { asked, fetch } = pages(page(), page({ examined: 100 }));
  const { json } = await search(fetch, '--match', '{"type":["a"]}', '--examine', '600', '--large', '--json');
  expect(asked.map(({ body }) => body)).toEqual([
    { match: { type: ['a'] }, large: true, limits: { events: 500 } },
    { match: { type: ['a'] }, large: true, limits: { events: 100 }, cursor: 'more' },
  ]);
  expect(json()).toMatchObject({ items: [], examined: 600, nextCursor: 'more' });
});

test('the pattern is read from stdin, and the range ends', async () => {
  const { asked, fetch } = pages(page({ nextCursor: null }));
  const args = ['events', 'search', 'orders', '--match-file', '-', '--to', '2026-03-02'];
  await hooklatch(args, { env, fetch, stdin: '{"data":{"a":[1]}}' });
  const body = { match: { data: { a: [1] } }, to: '2026-03-02T00:00:00.000Z', limits: { events: 500 } };
  expect(asked.map((request) => request.body)).toEqual([body]);
});

test('it ends at the end of the range', async () => {
  const { asked, fetch } = pages({
    items: [],
    examined: 0,
    skipped: {},
    upTo: '2026-03-01T12:10:00.000Z',
    nextCursor: null,
  });
  const { err } = await search(fetch, '--contains', 'a', '--cursor', 'c1');
  expect(asked.map(({ body }) => body)).toEqual([{ contains: 'a', cursor: 'c1', limits: { events: 500 } }]);
  expect(err).toBe('There are no events in this range.\n');
});

test.each([
  [[], 'Say what to look for: with --contains, or with --match or --match-file, or with both.'],
  [['--match', '{}', '--match-file', 'a.json'], 'Give one event pattern: with --match or with --match-file.'],
  [['--match', '{type}'], '--match must be an event pattern as JSON, such as {"type": ["invoice.paid"]}.'],
])('%j is refused before anything is asked', async (args, expected) => {
  const { asked, fetch } = pages();
  const { code, err } = await search(fetch, ...args);
  expect([code, asked]).toEqual([2, []]);
  expect(err).toContain(expected);
});

describe('several connections', () => {
  const names = [{ name: 'orders' }, { name: 'till' }];
  /** Two connections, of which the second has an event, and more. */
  const two = () =>
    aDeployment(({ path }) => {
      if (path === '/v1/connections') return answered({ items: names, nextCursor: null });
      return answered(page(path.includes('till') ? { items: [found(3)], examined: 5000 } : { nextCursor: null }));
    });
  const searches = ['orders', 'till'].map((name) => `/v1/connections/${name}/events/search`);

  test.each([
    [['--all'], ['/v1/connections', ...searches]],
    [['orders', 'till'], searches],
  ])('%j are searched one after another for the same', async (args, paths) => {
    const { asked, fetch } = two();
    const command = ['events', 'search', ...args, '--contains', 'blue'];
    const { code, out, err } = await hooklatch(command, { env, fetch });
    expect([code, asked.map((request) => request.path)]).toEqual([0, paths]);
    expect(asked.at(-1)?.body).toEqual({ contains: 'blue', limits: { events: 500 } });
    expect(out).toMatch(/^CONNECTION +ID .*\ntill +evt_3 /);
    expect(err.trimEnd().split('\n')).toEqual([
      'orders: Looked at 500 events, back to 2026-03-01T12:00:00.000Z.',
      'till: Looked at 5000 events, back to 2026-03-01T12:00:00.000Z.',
      'till: There is more: search it alone, with --cursor more',
    ]);
    const { json } = await hooklatch([...command, '--json'], { env, fetch: two().fetch });
    expect(json()).toMatchObject({
      items: [
        { connection: 'orders', items: [] },
        { connection: 'till', nextCursor: 'more' },
      ],
    });
  });

  /** Three connections, of which one can't be searched. */
  const failing = (failed: string, status: number, code: string) =>
    aDeployment(({ path }) => {
      if (path === '/v1/connections') return answered({ items: [...names, { name: 'web' }], nextCursor: null });
      if (path.includes(failed)) return answered({ code, detail: 'It failed.' }, status);
      return answered(page({ items: [found(3)], nextCursor: null }));
    });
  const command = ['events', 'search', '--all', '--contains', 'blue'];

  test('a search that fails shows what it found, and says what it did not look at', async () => {
    const { fetch } = failing('till', 403, 'forbidden');
    const { code, out, err } = await hooklatch(command, { env, fetch });
    expect(code).toBe(4);
    expect(out).toMatch(/^CONNECTION +ID .*\norders +evt_3 .*\n$/);
    expect(err).toContain('Not searched: till, web.\n');
    expect(err).toContain('It failed.');
    const { json } = await hooklatch([...command, '--json'], { env, fetch });
    const items = [{ connection: 'orders', items: [{ id: 'evt_3' }] }];
    expect(json()).toMatchObject({ items, code: 'forbidden', message: 'It failed.' });
  });

  test('one that was deleted meanwhile is left out', async () => {
    const { asked, fetch } = failing('orders', 404, 'connection_not_found');
    const { code, out, err } = await hooklatch(command, { env, fetch });
    expect([code, asked.length]).toEqual([0, 4]);
    expect(out).toMatch(/\ntill +evt_3 .*\nweb +evt_3 /);
    expect(err).toContain('orders: It was deleted meanwhile.\n');
  });

  test('one that was named is not left out', async () => {
    const { fetch } = failing('till', 404, 'connection_not_found');
    const { code, out } = await hooklatch(['events', 'search', 'orders', 'till', '--contains', 'blue'], { env, fetch });
    expect([code, out.includes('evt_3')]).toEqual([3, true]);
  });

  test('a first one that fails is all that is said', async () => {
    const { fetch } = failing('orders', 400, 'invalid_request');
    const { code, out, err } = await hooklatch(command, { env, fetch });
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe('It failed. (invalid_request)\n');
  });

  test.each([
    [[], 'Name the connections to search, or give --all.'],
    [['orders', '--all'], 'Name the connections to search, or give --all.'],
    [['orders', 'till', '--cursor', 'c'], '--cursor is of one connection: name that one alone.'],
    [['--all', '--cursor', 'c'], '--cursor is of one connection: name that one alone.'],
  ])('%j is refused before anything is asked', async (args, expected) => {
    const { asked, fetch } = two();
    const { code, err } = await hooklatch(['events', 'search', ...args, '--contains', 'blue'], { env, fetch });
    expect([code, asked]).toEqual([2, []]);
    expect(err).toContain(expected);
  });
});
