/** How the commands of `ops/` find a stage's resources. `npm run test:full` starts the commands themselves. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findInEnvironment } from '../../ops/find-in-environment.ts';

const named = (FunctionName: string, Variables = {}) => ({ FunctionName, Environment: { Variables } });

/** The account's functions, in the pages that Lambda returns. */
const pages: Record<string, object> = {
  first: {
    Functions: [
      { FunctionName: 'without-variables' },
      named('hooklatch-production-relay', { FAILURES_BUCKET: 'of-production' }),
      named('hooklatch-prod-ingest', { STATE_TABLE: 'state-of-prod' }),
    ],
    NextMarker: 'second',
  },
  second: {
    Functions: [
      named('hooklatch-prod-relay', { FAILURES_BUCKET: 'failures-of-prod' }),
      named('hooklatch-dev-relay', { FAILURES_BUCKET: 'failures-of-dev' }),
    ],
  },
};

const aws = createServer(({ url = '' }, response) => {
  const { searchParams } = new URL(url, 'http://aws');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(pages[searchParams.get('Marker') ?? 'first']));
});
let client: LambdaClient;
beforeAll(async () => {
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
  client = new LambdaClient({ endpoint, region: 'eu-central-1', credentials });
});
afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => aws.close(resolve));
});

test.each([
  ['prod', 'STATE_TABLE', 'state-of-prod'],
  ['prod', 'FAILURES_BUCKET', 'failures-of-prod'],
  ['dev', 'FAILURES_BUCKET', 'failures-of-dev'],
])('of the stage %s, %s is %s, over several pages', async (stage, variable, expected) => {
  expect(await findInEnvironment(client, stage, variable)).toBe(expected);
});

test.each([
  ['test', 'STATE_TABLE'],
  ['dev', 'STATE_TABLE'],
])('of the stage %s, %s is not there, and the error says what to check', async (stage, variable) => {
  await expect(findInEnvironment(client, stage, variable)).rejects.toThrow(
    `No function of the stack hooklatch-${stage} is in this account and region; check --stage, --region and your credentials`,
  );
});
