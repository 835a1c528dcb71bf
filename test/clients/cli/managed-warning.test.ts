import { expect, test } from '@jest/globals';
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

test('a change of a connection that a file manages names the file', async () => {
  const { run } = aDeployment({ managedBy: { kind: 'file', name: 'shop' } });
  expect((await run('endpoint', 'activate', 'orders')).err).toBe(
    'Warning: the file shop manages orders. What you change here differs from the file, and its next hooklatch apply may change it back.\n',
  );
});

test('the warning comes before a question', async () => {
  const { asked, run } = aDeployment({ managedBy });
  const { err, code } = await run('endpoint', 'deconfigure', 'orders');
  expect(code).toBe(2);
  expect(err.indexOf('Warning: the stack')).toBe(0);
  expect(asked).toEqual(['GET /v1/connections/orders']);
});

const wholeDestination = {
  ...{ origin: 'https://shop.example.com', method: 'POST', headerNames: [], authKind: 'none', timeoutSeconds: 15 },
  ...{ giveUpAfterHours: 72, signing: { createdAt: '2026-03-01T12:00:00.000Z', createdBy: 'op_1' } },
};

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
