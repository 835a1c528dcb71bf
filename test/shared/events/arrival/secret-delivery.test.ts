import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type DeliveredSecret, secretDeliverer } from '../../../../shared/events/arrival/secret-delivery.ts';

/** Lambda: the calls that reached it, and its answer. */
const calls: { url: string | undefined; payload: unknown }[] = [];
let answer: { body: string; error?: string };
const lambda = createServer(async (request, response) => {
  calls.push({ url: request.url, payload: await json(request) });
  if (answer.error) response.setHeader('x-amz-function-error', answer.error);
  response.end(answer.body);
});

const variables = ['AWS_ENDPOINT_URL_LAMBDA', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
const before = variables.map((name) => [name, process.env[name]] as const);

beforeAll(async () => {
  await once(lambda.listen(0, '127.0.0.1'), 'listening');
  const values = [`http://127.0.0.1:${(lambda.address() as AddressInfo).port}`, 'eu-central-1', 'fake', 'fake'];
  for (const [at, name] of variables.entries()) process.env[name] = values[at];
});
afterAll(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  lambda.close();
  lambda.closeAllConnections();
});
beforeEach(() => {
  calls.length = 0;
});

describe('a delivered secret', () => {
  const secret: DeliveredSecret = {
    connection: { id: 'c1', name: 'orders' },
    endpointId: 'e1',
    windowId: 'w1',
    value: 'the secret of the sender',
    sourceIp: '192.0.2.1',
    requestId: 'r1',
  };
  const deliver = secretDeliverer('store-delivered-secret');

  test('is passed on as it came', async () => {
    answer = { body: '{"refused":null}' };
    expect(await deliver(secret)).toBeUndefined();
    expect(calls).toEqual([{ url: '/2015-03-31/functions/store-delivered-secret/invocations', payload: secret }]);
  });

  test('is not accepted if the function refuses it', async () => {
    answer = { body: '{"refused":"handshake_window_closed"}' };
    expect(await deliver(secret)).toBe('handshake_window_closed');
  });

  test('is an internal error without the secret if the function fails', async () => {
    answer = { body: '{"errorMessage":"the secret of the sender"}', error: 'Unhandled' };
    await expect(deliver(secret)).rejects.toThrow('the function store-delivered-secret failed: see its log');
    await expect(deliver(secret)).rejects.not.toThrow('the secret of the sender');
  });
});
