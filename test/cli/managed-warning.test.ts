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
  return { asked, run: (...args: string[]) => hooklatch([...args, '--json'], { env, fetch }) };
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

test('the warning comes before a question', async () => {
  const { asked, run } = aDeployment({ managedBy });
  const { err, code } = await run('endpoint', 'deconfigure', 'orders');
  expect(code).toBe(2);
  expect(err.indexOf('Warning: the stack')).toBe(0);
  expect(asked).toEqual(['GET /v1/connections/orders']);
});

test('no warning for another connection, and none for a read', async () => {
  const free = aDeployment({});
  expect((await free.run('endpoint', 'activate', 'orders')).err).toBe('');
  const { asked, run } = aDeployment({ managedBy });
  expect((await run('connections', 'show', 'orders')).err).toBe('');
  expect(asked).toEqual(['GET /v1/connections/orders']);
});
