/** What is read before a file is planned: what it names, and what it manages. */
import { expect, test } from '@jest/globals';
import type { ApiClient } from '../../../../shared/operators/api/api-client.ts';
import { ApiError } from '../../../../shared/operators/api/api-error.ts';
import { readActual } from '../../../../shared/operators/manifest/read-actual.ts';
import { readManifest } from '../../../../shared/operators/manifest/read-manifest.ts';

const ours = { managedBy: { kind: 'file', name: 'shop' } };
const other = { managedBy: { kind: 'file', name: 'books' } };
type Named = { name: string };

interface Given {
  routesStatus?: number;
  /** What lists still show. */
  gone?: readonly string[];
  role?: string;
}

/** An API whose lists have one name a page. */
function anApi(
  connections: Named[],
  destinations: Named[],
  { routesStatus = 200, gone = [], role = 'connection_admin' }: Given = {},
) {
  const asked: string[] = [];
  const call = async (
    key: string,
    {
      params: { name = '' } = {},
      query,
    }: { params?: { name?: string }; query?: { limit: string; cursor?: string } } = {},
  ) => {
    if (key === 'GET /v1/me') return { role };
    const all = key.includes('destinations') ? destinations : connections;
    const at = Number(query?.cursor ?? 0);
    asked.push(key.replace('{name}', name).replace('GET /v1/', '') + (query ? ` ${query.limit} ${at}` : ''));
    if (query) return { items: all.slice(at, at + 1), nextCursor: at + 1 < all.length ? `${at + 1}` : null };
    const found = all.find((each) => each.name === name && !gone.includes(name));
    const status = found ? (key.endsWith('/routes') ? routesStatus : 200) : 404;
    if (status !== 200) throw new ApiError(status, { code: 'some_code', detail: 'Why.' }, undefined);
    return key.endsWith('/routes') ? { mode: 'all', rules: [] } : found;
  };
  return { asked, api: { call } as unknown as ApiClient };
}

const file = (more: object) => readManifest(JSON.stringify({ name: 'shop', ...more }), 'f');

test('what the file names or manages is read by itself, and routes only where it says any', async () => {
  const connections = [
    { name: 'orders', ...ours },
    { name: 'old', ...ours },
    { name: 'web', ...other },
    { name: 'free' },
  ];
  const destinations = [
    { name: 'erp', ...ours },
    { name: 'archive', ...other },
  ];
  const { asked, api } = anApi(connections, destinations);
  const routes = { rules: [] };
  const wanted = file({
    connections: { orders: { routes }, extra: { routes }, free: {} },
    destinations: { lake: { url: 'https://lake.example.com' } },
  });
  const actual = await readActual(api, wanted);
  const [orders, old, , free] = connections;
  expect(actual.connections).toEqual(
    new Map([
      ['orders', { view: orders, routes: { mode: 'all', rules: [] } }],
      ['free', { view: free }],
      ['old', { view: old }],
    ]),
  );
  // Rules may lead to any destination.
  expect(actual.destinations).toEqual(new Map(destinations.map((each) => [each.name, each])));
  const lists = ['connections 200 0', 'connections 200 1', 'connections 200 2', 'connections 200 3'];
  expect(new Set(asked)).toEqual(
    new Set([
      ...lists,
      ...[
        'connections/orders',
        'connections/orders/routes',
        'connections/extra',
        'connections/free',
        'connections/old',
      ],
      ...['destinations 200 0', 'destinations 200 1', 'destinations/lake', 'destinations/erp'],
    ]),
  );
});

test('what a list still shows and is gone is not there', async () => {
  const { api } = anApi([{ name: 'old', ...ours }], [{ name: 'erp', ...ours }], { gone: ['old', 'erp'] });
  const { connections, destinations } = await readActual(api, file({}));
  expect([connections, destinations]).toEqual([new Map(), new Map()]);
});

test('a connection that has no routes yet is read without them', async () => {
  const { api } = anApi([{ name: 'orders' }], [], { routesStatus: 404 });
  const { connections } = await readActual(api, file({ connections: { orders: { routes: { rules: [] } } } }));
  expect(connections).toEqual(new Map([['orders', { view: { name: 'orders' } }]]));
});

test.each([
  ['connection_admin', true],
  ['flow_designer', false],
])('records show the role %s where secrets come from: %s', async (role, shows) => {
  expect((await readActual(anApi([], [], { role }).api, file({}))).showsReferences).toBe(shows);
});

test('what could not be read is not taken for missing', async () => {
  const { api } = anApi([{ name: 'orders' }], [], { routesStatus: 403 });
  const wanted = file({ connections: { orders: { routes: { rules: [] } } } });
  await expect(readActual(api, wanted)).rejects.toMatchObject({ status: 403 });
  const fail = async (key: string) => {
    if (key === 'GET /v1/connections/{name}') throw new TypeError('fetch failed');
    if (key === 'GET /v1/me') return { role: 'connection_admin' };
    return { items: [], nextCursor: null };
  };
  await expect(readActual({ call: fail } as unknown as ApiClient, wanted)).rejects.toThrow('fetch failed');
});
