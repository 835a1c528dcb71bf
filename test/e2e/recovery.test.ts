/** `operators reset --local` and `redrive --local`, on the data folder of a runtime that has stopped. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  anActiveEndpoint,
  anOperator,
  aRuntime,
  assembly,
  bearer,
  bucketOf,
  deliver,
  ok,
  readBusEvents,
} from '../support/given.ts';
import { aStartedProcess } from './given-process.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'hooklatch-recovery-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** Runs a command of the command line, without AWS credentials. */
function run(...words: string[]) {
  const flags = ['--local', '--data', data, '--app', assembly()];
  const env = { PATH: process.env['PATH'] };
  const args = ['clients/cli/main.ts', ...words, ...flags];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

test('with the bootstrap token closed, a local start names the command that gives a new admin', async () => {
  const first = await aStartedProcess(data);
  const { token } = await anOperator(first, 'connection_admin');
  expect((await first.api('GET', '/v1/me', undefined, { token })).status).toBe(200);
  const inUse = run('operators', 'reset');
  expect([inUse.status, inUse.stdout]).toEqual([2, '']);
  expect(inUse.stderr).toMatch(/^[^\n]*in use[^\n]*\n$/);
  await first.end('SIGINT');

  const second = await aStartedProcess(data);
  expect(second.output()).toContain('your own: the first one was closed');
  expect(second.output()).toMatch(/npm run --silent hooklatch -- operators reset --local --data \S+ --app \S+\n/);
  expect(second.output()).not.toContain(first.admin);
  await second.end('SIGINT');

  const done = run('operators', 'reset');
  expect([done.status, done.stderr]).toEqual([0, 'The token is shown only this once. 0 operators were revoked.\n']);
  const [, fresh = ''] = /^token +(hlo_\w{49})$/m.exec(done.stdout) ?? [];
  const third = await aStartedProcess(data);
  const admin = { api: (method: string, path: string) => third.api(method, path, undefined, { token: fresh }) };
  const history = await ok(admin, 'GET', '/v1/operators/history?limit=1');
  expect(history['items']).toMatchObject([{ verb: 'resetOperators', by: 'local', operator: { name: 'reset' } }]);
  await third.end('SIGINT');
});

test('an event that the bus refused is on the bus after a redrive, and no dead letter is left', async () => {
  const refused = { ErrorCode: 'InvalidArgument', ErrorMessage: 'requested by the test' };
  const failEntry = ({ Source = '' }) => (Source.startsWith('hooklatch.') ? refused : undefined);
  const world = await aRuntime({ dataDir: data, failEntry });
  const { url, token } = await anActiveEndpoint(world);
  expect((await deliver(url, { headers: bearer(token), body: '{}' })).status).toBe(202);
  await world.runtime.settled();
  const bucket = bucketOf(world.runtime, 'Failures');
  const webhooks = () => readBusEvents(data).filter(({ source }) => String(source).startsWith('hooklatch.'));
  expect(webhooks()).toEqual([]);
  await world.end();

  const listed = run('redrive', '--dry-run');
  expect([listed.status, listed.stderr]).toEqual([1, '']);
  expect(listed.stdout).toMatch(new RegExp(`^there  refused/\\S+\n0 done, 1 left in ${bucket}\n$`));
  const done = run('redrive');
  expect([done.status, done.stderr]).toEqual([0, '']);
  expect(done.stdout).toMatch(new RegExp(`^done   refused/\\S+\n1 done, 0 left in ${bucket}\n$`));
  expect(webhooks()).toHaveLength(1);
  expect(run('redrive').stdout).toBe(`0 done, 0 left in ${bucket}\n`);
});
