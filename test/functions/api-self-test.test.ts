import { expect, test } from '@jest/globals';
import { aLifecycle } from '../shared/endpoints/endpoint/given-lifecycle.ts';
import { anOperator } from './given-operator.ts';

const { apiSelfTest } = await import('../../functions/api-self-test.ts');

/** An active endpoint with a token, and its API. The public URL is answered by the real functions. */
async function aWorld() {
  const lifecycle = aLifecycle();
  const { operate, store, secretStore, receive, clock } = lifecycle;
  const path = '/v1/connections/{name}/endpoint';
  for (const verb of [`PUT ${path}`, `POST ${path}/token`, `POST ${path}/activate`])
    expect(await operate(verb as Parameters<typeof operate>[0])).toBeUndefined();
  const sent: { url: string; headers: Record<string, string> }[] = [];
  const routes = apiSelfTest({
    store,
    secretStore,
    publicUrl: 'https://hooks.example.com',
    clock: () => 0,
    wait: async () => undefined,
    events: { read: async (id) => ({ id }) as never },
    readBody: async () => undefined,
    tests: { publishedAt: async () => undefined },
    readDigest: async () => Buffer.alloc(0),
    readSigningSecret: async () => '',
    certificate: async () => 'certificate_refused',
    checksOrigin: false,
    async fetch(url, { headers, body, method = '' } = {}) {
      const request = { method, url: String(url), headers: headers as Record<string, string>, now: clock.now };
      sent.push(request);
      const { status, body: text } = await receive({ ...request, body: Buffer.from(body as Uint8Array) });
      return new Response(text, { status });
    },
  });
  return { ...anOperator(routes), sent, record: lifecycle.record };
}

const route = 'POST /v1/connections/{name}/endpoint/test';

test('a self-test sends a sample to the public URL, and answers with its steps', async () => {
  const { ask, sent, record } = await aWorld();
  const { status, headers, body } = await ask(route, { params: { name: 'orders' }, body: {} });
  const { endpoint, version } = await record();
  expect([status, headers['etag'], body.passed]).toEqual([200, `"${version}"`, true]);
  expect(sent).toMatchObject([{ url: `https://hooks.example.com/hooks/orders/${endpoint?.id}` }]);
  const passed = ['resolved', 'reached', 'authorized', 'verified', 'stored'].map((step) => ({
    step,
    outcome: 'passed',
  }));
  expect(body.steps).toMatchObject([...passed, { step: 'published', outcome: 'skipped' }]);
});

test('a self-test of a connection that does not exist is not found', async () => {
  const { ask } = await aWorld();
  const answer = await ask(route, { params: { name: 'others' }, body: {} });
  expect(answer).toMatchObject({ status: 404, body: { code: 'connection_not_found' } });
});
