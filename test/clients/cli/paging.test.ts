/** Every command that reads page by page asks each page for the same: a filter that holds on page 1 alone shows what nobody asked for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { filled } from '../../support/filled.ts';
import { type Asked, aConnection, aDeployment, answered, env } from './given-api.ts';
import { everyCommand, optionsOf } from './given-commands.ts';
import { hooklatch } from './given-terminal.ts';

const stateFolder = mkdtempSync(join(tmpdir(), 'hooklatch-paging-'));
afterAll(() => rmSync(stateFolder, { recursive: true }));

const [from, to] = ['2026-03-01T12:00:00.000Z', '2026-03-01T13:00:00.000Z'];

/** Each list with every filter that it has, and what the filters are in the request. */
const lists: Readonly<Record<string, { args: string[]; query: Record<string, string> }>> = {
  'connections list': { args: ['--stats'], query: { include: 'stats' } },
  'events list': {
    args: ['orders', '--from', from, '--to', to, '--type', 'paid', '--delivery-id', 'd1', '--order', 'asc'],
    query: { from, to, type: 'paid', deliveryId: 'd1', order: 'asc' },
  },
  rejections: {
    args: ['orders', '--from', from, '--to', to, '--delivery-id', 'd-1'],
    query: { from, to, deliveryId: 'd-1' },
  },
  history: { args: ['orders'], query: {} },
  'replays list': { args: ['orders'], query: {} },
  'destinations list': { args: [], query: {} },
  'deliveries list': { args: ['shop', '--status', 'failed'], query: { status: 'failed' } },
  'redeliveries list': { args: ['shop'], query: {} },
  'destinations history': { args: ['shop'], query: {} },
  'operators list': { args: [], query: {} },
  'operators history': { args: [], query: {} },
};

/** A search has pages of another kind: `search.test.ts` asks for them. */
const isList = (leaf: Parameters<typeof optionsOf>[0]) =>
  optionsOf(leaf).includes('--cursor') && !optionsOf(leaf).includes('--examine');
const paged = filled(everyCommand().filter(isList));

test('each list and each of its filters is here', () => {
  expect(paged.map(({ path }) => path.join(' ')).sort()).toEqual(Object.keys(lists).sort());
  for (const leaf of paged) {
    const { args = [] } = lists[leaf.path.join(' ')] ?? {};
    expect([...args.filter((arg) => arg.startsWith('--')), '--limit', '--cursor'].sort()).toEqual(
      optionsOf(leaf).sort(),
    );
  }
});

/** Three pages with one item each. */
function threePages() {
  const { asked, fetch } = aDeployment(({ path, query: { cursor } }) => {
    // A list of destinations also asks how each of them is.
    if (path.endsWith('/health')) return answered({ state: 'well', waiting: { count: 0, isMore: false } });
    const page = cursor === undefined || cursor === 'mine' ? 1 : Number(cursor);
    const items = [{ id: `id-${page}`, name: `n-${page}` }];
    return answered({ items, nextCursor: page < 3 ? String(page + 1) : null });
  });
  return { pages: () => asked.filter(({ path }) => !path.endsWith('/health')), fetch };
}

test.each(Object.entries(lists))('%s asks every page for the same', async (words, { args, query }) => {
  for (const begin of [{}, { cursor: 'mine' }]) {
    const { pages, fetch } = threePages();
    const more = Object.entries(begin).flatMap(([name, value]) => [`--${name}`, value]);
    const ran = await hooklatch([...words.split(' '), ...args, '--limit', '250', ...more, '--json'], { env, fetch });
    expect(pages().map((request) => request.query)).toEqual([
      { ...query, limit: '200', ...begin },
      { ...query, limit: '200', cursor: '2' },
      { ...query, limit: '200', cursor: '3' },
    ]);
    expect(new Set(pages().map(({ path }) => path)).size).toBe(1);
    expect(ran.json()).toMatchObject({ items: [{ id: 'id-1' }, { id: 'id-2' }, { id: 'id-3' }], nextCursor: null });
  }
});

test.each(Object.entries(lists))('%s ends at its limit, and says where it goes on', async (words, { args }) => {
  const { pages, fetch } = threePages();
  const ran = await hooklatch([...words.split(' '), ...args, '--limit', '2', '--json'], { env, fetch });
  expect(pages().map(({ query: { limit, cursor } }) => [limit, cursor])).toEqual([
    ['2', undefined],
    ['1', '2'],
  ]);
  expect(ran.json()).toMatchObject({ items: [{ id: 'id-1' }, { id: 'id-2' }], nextCursor: '3' });
});

test.each([
  ['asc', null, ['The list ends at 2026-03-01T12:59:45.000Z. Later events are in it some seconds later.']],
  ['asc', '2', ['There is more: --cursor 2']],
  ['desc', null, []],
])('a list of events in the order %s with the next page %j says %j', async (order, nextCursor, said) => {
  const item = { id: 'evt_1', receivedAt: from, type: 'paid', size: 2 };
  const { fetch } = aDeployment(() => answered({ items: [item], nextCursor, upTo: '2026-03-01T12:59:45.000Z' }));
  const { err } = await hooklatch(['events', 'list', 'orders', '--order', order, '--limit', '1'], { env, fetch });
  expect(err.split('\n').slice(0, -1)).toEqual(said);
});

/** A request for a further page, and the one whose answer led to it. */
type Step = [before: Asked, after: Asked];

/** A deployment whose every list has three pages. @param upTo up to when a list is complete */
function aLiveDeployment(upTo: string) {
  const issuers: Asked[] = [];
  const steps: Step[] = [];
  const deployment = aDeployment((request) => {
    const { cursor } = request.query;
    if (request.path === '/v1/me') return answered({ name: 'ada', role: 'connection_admin' });
    if (request.path === '/healthz') return answered({ version: '0' });
    if (request.path === '/v1/connections/orders') return answered(aConnection());
    const issuer = cursor === undefined ? undefined : issuers[Number(cursor)];
    if (issuer) steps.push([issuer, request]);
    const isLast = issuer?.query['cursor'] !== undefined;
    // The events of a filtered list. What is read moves the reader's position.
    const items = request.query['type']
      ? [{ id: `evt_${issuers.length}`, type: 'paid', receivedAt: upTo, size: 2 }]
      : [];
    return answered({ items, upTo, nextCursor: isLast ? null : String(issuers.push(request) - 1) });
  });
  return { ...deployment, steps };
}

const listening = ['listen', 'orders', '--forward', 'http://127.0.0.1:1'];

test.each([
  ['events tail, from now on', ['events', 'tail', 'orders', '--type', 'paid'], from, { type: 'paid' }],
  [
    'events tail, the newest',
    ['events', 'tail', 'orders', '--type', 'paid', '--from', from],
    from,
    { type: 'paid', from },
  ],
  [
    'events tail, a backlog',
    ['events', 'tail', 'orders', '--type', 'paid', '--from', from],
    to,
    { type: 'paid', from },
  ],
  ['listen, from now on', listening, from, {}],
  ['listen, the newest', [...listening, '--from', from], from, { from }],
  ['listen, a backlog', [...listening, '--from', from], to, { from }],
  ['doctor', ['doctor'], from, {}],
])('%s asks every page for the same', async (_, args, upTo, query) => {
  const { fetch, steps } = aLiveDeployment(upTo);
  const interrupt = new AbortController();
  await hooklatch(args, {
    env,
    fetch,
    stateFolder,
    interrupt: interrupt.signal,
    wait: async () => interrupt.abort(),
  });
  expect(steps.length).toBeGreaterThanOrEqual(2);
  for (const [before, after] of steps) {
    expect(after).toEqual({ ...before, query: { ...before.query, cursor: after.query['cursor'] } });
    expect(after.query).toMatchObject(query);
  }
});
