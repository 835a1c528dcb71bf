import { LambdaClient } from '@aws-sdk/client-lambda';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { invoke } from '../../../../shared/ground/aws/invoke-function.ts';
import { waker } from '../../../../shared/ground/aws/wake-function.ts';
import { givenHttpServer } from '../../given-http-server.ts';

const { received, answer, url, settings } = givenHttpServer();

describe('a call of a function', () => {
  // The module makes its own client.
  beforeEach(() => {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_LAMBDA: url(),
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'fake',
      AWS_SECRET_ACCESS_KEY: 'fake',
    });
  });

  test('returns what the function returned', async () => {
    answer({ body: '{"stored":true}' });
    expect(await invoke('store-secret', { secret: 's' })).toEqual({ stored: true });
    expect(received).toMatchObject([
      { method: 'POST', path: '/2015-03-31/functions/store-secret/invocations', body: '{"secret":"s"}' },
    ]);
  });

  test('throws without the payload if the function fails', async () => {
    answer({ headers: { 'x-amz-function-error': 'Unhandled' }, body: '{"errorMessage":"the secret is s"}' });
    await expect(invoke('store-secret', { secret: 's' })).rejects.toThrow(
      /^the function store-secret failed: see its log$/,
    );
  });

  // The first attempt may have stored the secret, and the function would refuse the second one.
  test('is not repeated if Lambda fails', async () => {
    answer({ status: 500, body: '{}' });
    await expect(invoke('store-secret', {})).rejects.toThrow();
    expect(received).toHaveLength(1);
  });
});

describe('to wake a function', () => {
  const wake = waker('run-replay-jobs', new LambdaClient({ ...settings, maxAttempts: 1 }));

  test.each([
    // Whoever wakes it may be the first of a chain, and then says so.
    [undefined, '{"chain":1}'],
    [{ chain: 6 }, '{"chain":6}'],
  ])('with the payload %j sends an event, and does not wait for the result', async (payload, body) => {
    answer({ status: 202 });
    await wake(payload);
    expect(received).toMatchObject([{ path: '/2015-03-31/functions/run-replay-jobs/invocations', body }]);
    expect(received[0]?.headers['x-amz-invocation-type']).toBe('Event');
  });

  test('throws if Lambda refuses', async () => {
    answer({ status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: '{}' });
    await expect(wake()).rejects.toThrow(expect.objectContaining({ name: 'ResourceNotFoundException' }));
  });
});
