import { expect, test } from '@jest/globals';
import { aFolder } from './given-file-folder.ts';
import { hooklatch } from './given-terminal.ts';

const managedBy = { stackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/1', logicalId: 'Orders' };

/** A deployment whose one connection is managed, or not. */
function aDeployment(record: object) {
  const asked: string[] = [];
  const fetch = (async (url: string, { method }: RequestInit) => {
    asked.push(`${method} ${new URL(url).pathname}`);
    return new Response(
      JSON.stringify({ name: 'orders', status: 'inactive', allowedActions: [], endpoint: null, ...record }),
    );
  }) as typeof globalThis.fetch;
  const env = { HOOKLATCH_URL: 'https://hooks.example.com', HOOKLATCH_TOKEN: 'a-token' };
  return { asked, run: (...args: string[]) => hooklatch([...args, '--json'], { env, fetch, stdin: '{"rules": []}' }) };
}

test('a change of a connection that a stack manages warns first', async () => {
  const { asked, run } = aDeployment({ managedBy });
  const { err, code } = await run('endpoint', 'activate', 'orders');
  expect(code).toBe(0);
  expect(err).toContain(
    'Warning: the stack arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/1 manages orders',
  );
  expect(asked).toEqual(['GET /v1/connections/orders', 'POST /v1/connections/orders/endpoint/activate']);
});

const wholeDestination = {
  ...{ origin: 'https://shop.example.com', method: 'POST', headerNames: [], authKind: 'none', timeoutSeconds: 15 },
  ...{ giveUpAfterHours: 72, signing: { createdAt: '2026-03-01T12:00:00.000Z', createdBy: 'op_1' } },
};

const file = { kind: 'file', name: 'shop' };
const ofFile = (what: string) =>
  `Warning: the file shop manages ${what}. What you change here differs from the file, and its next hooklatch apply may change it back.\n`;

test.each<[string[], object, string]>([
  [['connections', 'edit', 'orders', '--description', 'x'], file, 'description of orders'],
  [['endpoint', 'configure', 'orders', '--retention-days', '7'], file, 'settings of orders'],
  [['routes', 'set', 'orders', '--file', '-'], { ...file, routes: true }, 'routes of orders'],
  // A record of an earlier release does not say whether the file has them.
  [['routes', 'set', 'orders', '--file', '-'], file, 'routes of orders'],
  [['endpoint', 'activate', 'orders'], { ...file, closed: true }, 'status of orders'],
  [['connections', 'delete', 'orders', '--yes'], file, 'orders'],
  [['destinations', 'edit', 'orders', '--method', 'PUT', '--rate', '5/s'], file, 'method, rate of orders'],
  [['destinations', 'edit', 'orders', '--url', 'https://x.example.com'], file, 'url of orders'],
  [['destinations', 'edit', 'orders', '--url', 'https://x.example.com'], { ...file, adopted: true }, 'url of orders'],
  [
    ['destinations', 'edit', 'orders', '--url', 'https://x.example.com', '--method', 'PUT'],
    { ...file, adopted: true, said: { 'headers.x-key': 'env:KEY' } },
    'method of orders',
  ],
  [
    ['destinations', 'edit', 'orders', '--url', 'https://x.example.com'],
    { ...file, adopted: true, said: { url: 'literal' } },
    'url of orders',
  ],
  [['destinations', 'delete', 'orders', '--yes'], file, 'orders'],
])('%j of what a file manages names what the file has of it: %j', async (args, record, what) => {
  const { run } = aDeployment({ managedBy: record, mode: 'all', rules: [], ...wholeDestination });
  expect((await run(...args)).err.split('\n').slice(0, 1)).toEqual([ofFile(what).trimEnd()]);
});

test.each<[string[], object]>([
  [['routes', 'set', 'orders', '--file', '-'], { ...file, routes: false }],
  // What an operator opens, closes or rotates stays so.
  [['endpoint', 'activate', 'orders'], file],
  [['endpoint', 'deactivate', 'orders'], file],
  [['endpoint', 'hold', 'orders'], file],
  [['token', 'end-grace', 'orders', '--yes'], file],
  [['connections', 'detach', 'orders'], file],
  [['destinations', 'rotate', 'orders'], file],
  [['destinations', 'detach', 'orders'], file],
  [
    ['destinations', 'edit', 'orders', '--url', 'https://x.example.com'],
    { ...file, adopted: true, said: { 'headers.x-key': 'env:KEY' } },
  ],
])('%j changes nothing that the file has, %j', async (args, record) => {
  const { asked, run } = aDeployment({ managedBy: record, mode: 'all', rules: [], ...wholeDestination });
  const { err } = await run(...args);
  expect([err.includes('Warning'), asked.some((each) => !each.startsWith('GET'))]).toEqual([false, true]);
});

test('by hand, a warning stands for what the file has, and the next plan shows that alone', async () => {
  const { write, run, ask, fetch, variables } = aFolder('name: shop\n');
  await ask('POST /v1/connections', '', { name: 'orders' });
  await ask('PUT /v1/connections/{name}/endpoint', 'orders');
  await ask('POST /v1/destinations', '', { name: 'erp', url: 'https://erp.example.com/', headers: { 'x-key': 'a' } });
  write(`name: shop
connections: { orders: { adopt: true, status: inactive, description: Orders } }
destinations: { erp: { adopt: true, timeoutSeconds: 5, headers: { x-key: env:KEY } } }
`);
  variables['KEY'] = 'a-key-of-the-erp';
  expect((await run('apply')).code).toBe(0);
  const env = { HOOKLATCH_URL: 'https://hooks.example.com', HOOKLATCH_TOKEN: 'a-token' };
  const byHand = async (stdin: object, ...args: string[]) => {
    const { code, err } = await hooklatch([...args, '--json'], { env, fetch, stdin: JSON.stringify(stdin) });
    return [code, err];
  };
  expect(await byHand({ rules: [{ id: 'all', to: 'erp' }] }, 'routes', 'set', 'orders', '--file', '-')).toEqual([
    0,
    expect.not.stringContaining('Warning'),
  ]);
  expect(await byHand({}, 'destinations', 'edit', 'erp', '--url', 'https://elsewhere.example.com/')).toEqual([0, '']);
  expect(await run('plan')).toMatchObject({ code: 0, out: 'Everything is as the file says.\n' });
  expect(await byHand({}, 'connections', 'edit', 'orders', '--description', 'Mine')).toEqual([
    0,
    ofFile('description of orders'),
  ]);
  expect(await byHand({}, 'destinations', 'edit', 'erp', '--timeout-seconds', '9')).toEqual([
    0,
    ofFile('timeoutSeconds of erp'),
  ]);
  expect(await byHand({ headers: { 'x-key': 'by-hand' } }, 'destinations', 'edit', 'erp', '--file', '-')).toEqual([
    0,
    ofFile('headers of erp'),
  ]);
  expect(await run('plan')).toEqual({
    ...{ code: 7, err: '' },
    out: `~  change the destination erp
     headers.x-key: env:KEY (before unknown)
     timeoutSeconds: 9 → 5
~  change the connection orders
     description: Mine → Orders
2 to change.
`,
  });
});

test('the warning comes before a question', async () => {
  const { asked, run } = aDeployment({ managedBy });
  const { err, code } = await run('endpoint', 'deconfigure', 'orders');
  expect(code).toBe(2);
  expect(err.indexOf('Warning: the stack')).toBe(0);
  expect(asked).toEqual(['GET /v1/connections/orders']);
});

test.each([
  [['routes', 'set', 'orders', '--file', '-'], 'connections/orders'],
  [['destinations', 'edit', 'orders', '--method', 'PUT'], 'destinations/orders'],
  [['destinations', 'rotate', 'orders'], 'destinations/orders'],
  [['destinations', 'rotate', 'orders', '--force'], 'destinations/orders'],
  [['destinations', 'delete', 'orders'], 'destinations/orders'],
])('%j of what a stack manages warns first', async (args, read) => {
  const { asked, run } = aDeployment({ managedBy, mode: 'all', rules: [], ...wholeDestination });
  const { err } = await run(...args);
  expect(err.startsWith(`Warning: the stack ${managedBy.stackId} manages orders (as Orders).`)).toBe(true);
  expect(asked[0]).toBe(`GET /v1/${read}`);
});

test.each([
  [['destinations', 'pause', 'orders']],
  [['destinations', 'test', 'orders']],
  [['destinations', 'reveal', 'orders']],
])('%j changes nothing that a template has, so it does not warn', async (args) => {
  const { run } = aDeployment({ managedBy, delivered: true, ms: 1, ...wholeDestination });
  expect((await run(...args)).err).toBe('');
});

test('no warning for another connection, and none for a read', async () => {
  const free = aDeployment({});
  expect((await free.run('endpoint', 'activate', 'orders')).err).toBe('');
  const { asked, run } = aDeployment({ managedBy });
  expect((await run('connections', 'show', 'orders')).err).toBe('');
  expect(asked).toEqual(['GET /v1/connections/orders']);
});
