/** The cost of requests without a valid token on operators' routes. */
import { readFileSync } from 'node:fs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { send } from '../local/http-client.ts';
import { filled } from '../support/filled.ts';
import { anActiveEndpoint, apiRequest, aRuntime, bearer, deliver, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aRuntime();
});
afterAll(() => world.end());

/** The calls and the log lines that these Authorization headers cause. Each request is answered 403. */
async function costOf(headers: Record<string, string>[]): Promise<{ calls: string[]; logs: number }> {
  const { runtime, calls, logs } = world;
  const [callsBefore, logsBefore] = [calls.length, logs.length];
  for (const each of filled(headers)) {
    const { status } = await send(runtime.url, { method: 'GET', path: '/v1/connections', headers: each });
    expect(status).toBe(403);
  }
  return { calls: calls.slice(callsBefore).map(({ operation }) => operation), logs: logs.length - logsBefore };
}

test('requests without a token, or with a malformed one, cause no call and no log line', async () => {
  const headers = ['Bearer x', 'Basic YTpi', `Bearer hlo_${'a'.repeat(49)}`, `Bearer ${'a'.repeat(63)}`, 'Bearer'];
  const cost = await costOf([{}, ...headers.map((authorization) => ({ authorization }))]);
  expect(cost).toEqual({ calls: [], logs: 0 });
});

test('thirty false bootstrap tokens cause one GetSecretValue call, and the real token still works', async () => {
  // An instance that another test used has the bootstrap token in its cache for ten seconds.
  world.clock.ahead = 11_000;
  const madeUp = Array.from({ length: 30 }, (_, at) => ({ authorization: `Bearer ${String(at).padStart(64, 'x')}` }));
  const { calls } = await costOf(madeUp);
  expect(calls.filter((operation) => operation === 'GetSecretValue')).toHaveLength(1);
  const answer = await send(world.runtime.url, apiRequest('GET', '/v1/connections', undefined, { token: world.admin }));
  expect(answer.status).toBe(200);
});

test('the call in docs/floods.md deactivates an endpoint with AWS credentials, without the API', async () => {
  const { name, url, token } = await anActiveEndpoint(world);
  const page = readFileSync('docs/floods.md', 'utf8');
  const [, example = ''] = /<!-- example: close -->\s+```json\n(.*?)```/s.exec(page) ?? [];
  const { region, url: endpoint, administrator: credentials } = world.runtime.aws;
  const lambda = new LambdaClient({ region, endpoint, credentials });
  const arns = Object.values(world.runtime.functions).map(({ arn }) => arn);
  const FunctionName = arns.find((arn) => arn.includes(':hooklatch-dev-apiendpoint'));
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(example.replace('"orders"', `"${name}"`)) }),
  );
  lambda.destroy();
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
  expect([answer.statusCode, JSON.parse(answer.body).status]).toEqual([200, 'inactive']);
  expect((await deliver(url, { headers: bearer(token), body: '{}' })).status).toBe(403);
});
