/** Tests the command up to the point where it has a bucket. `test/e2e/relay.test.ts` tests the rest. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const named = (FunctionName: string, bucket?: string) => ({
  FunctionName,
  Environment: { Variables: bucket === undefined ? {} : { FAILURES_BUCKET: bucket } },
});

/** The account's functions, in the pages that Lambda returns. */
const pages: Record<string, object> = {
  first: {
    Functions: [named('another'), named('hooklatch-production-relay', 'not-this'), named('hooklatch-prod-ingest')],
    NextMarker: 'second',
  },
  second: { Functions: [named('hooklatch-prod-relay', 'failures-of-prod'), named('hooklatch-dev-relay', 'of-dev')] },
};

const emptyBucket = '<?xml version="1.0"?><ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>';

let listed: string[] = [];
/** Stands in for the parts of AWS that the command calls in these tests. */
const aws = createServer(({ url = '' }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://aws');
  if (pathname.includes('/functions')) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(pages[searchParams.get('Marker') ?? 'first']));
  } else {
    listed.push(pathname);
    response.setHeader('content-type', 'application/xml');
    response.end(emptyBucket);
  }
});
beforeAll(() => new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => aws.close(resolve)));

async function redrive(...flags: string[]) {
  listed = [];
  const endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
  const args = ['ops/redrive.ts', '--endpoint', endpoint, '--region', 'eu-central-1', ...flags];
  const env = { PATH: process.env['PATH'], AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  const command = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const written: string[] = [];
  for (const stream of [command.stdout, command.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => written.push(text));
  }
  const exitCode = await new Promise<number | null>((resolve) => command.once('close', resolve));
  return { exitCode, text: written.join('').trim() };
}

test("redrive finds a stage's bucket by its functions, over several pages", async () => {
  expect(await redrive('--stage', 'prod')).toEqual({ exitCode: 0, text: '0 done, 0 left in failures-of-prod' });
  expect([...new Set(listed)]).toEqual(['/failures-of-prod/']);
  expect(await redrive()).toEqual({ exitCode: 0, text: '0 done, 0 left in of-dev' });
});

test('redrive uses the bucket that --bucket names', async () => {
  expect(await redrive('--bucket', 'mine')).toEqual({ exitCode: 0, text: '0 done, 0 left in mine' });
});

test('redrive explains what to do about an unknown stage or flag', async () => {
  expect(await redrive('--stage', 'test')).toEqual({
    exitCode: 1,
    text: 'No function of the stack hooklatch-test is in this account and region; check --stage, --region and your credentials (--help shows the options)',
  });
  expect(await redrive('--stages', 'test')).toEqual({
    exitCode: 1,
    text: expect.stringMatching(/^Unknown option '--stages'.*\(--help shows the options\)$/),
  });
});

test('redrive explains its flags with --help', async () => {
  const { exitCode, text } = await redrive('--help');
  expect(exitCode).toBe(0);
  for (const flag of ['--stage', '--bucket', '--prefix', '--function', '--dry-run', '--region', '--endpoint']) {
    expect(text).toContain(`  ${flag} `);
  }
});
