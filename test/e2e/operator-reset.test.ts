import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { anOperator, assembly, ok } from '../support/given.ts';
import { aStartedProcess } from './given-process.ts';

const data = mkdtempSync(join(tmpdir(), 'hooklatch-reset-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

function reset() {
  const flags = ['--local', '--data', data, '--assembly', assembly()];
  const { status, stdout, stderr } = spawnSync(process.execPath, ['ops/operator-reset.ts', ...flags], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('with the bootstrap token closed, a local start names the command that gives a new admin', async () => {
  const first = await aStartedProcess(data);
  const { token } = await anOperator(first, 'connection_admin');
  expect((await first.api('GET', '/v1/me', undefined, { token })).status).toBe(200);
  const inUse = reset();
  expect([inUse.status, inUse.stdout]).toEqual([1, '']);
  expect(inUse.stderr).toContain('in use');
  await first.end('SIGINT');

  const second = await aStartedProcess(data);
  expect(second.output()).toContain('your own: the first one was closed');
  expect(second.output()).toMatch(/npm run operator:reset -- --local --data \S+/);
  expect(second.output()).not.toContain(first.admin);
  await second.end('SIGINT');

  const done = reset();
  expect([done.status, done.stderr]).toEqual([0, '']);
  const [, fresh = ''] = /^(hlo_\w{49})$/m.exec(done.stdout) ?? [];
  const third = await aStartedProcess(data);
  const admin = { api: (method: string, path: string) => third.api(method, path, undefined, { token: fresh }) };
  const history = await ok(admin, 'GET', '/v1/operators/history?limit=1');
  expect(history['items']).toMatchObject([{ verb: 'resetOperators', by: 'local', operator: { name: 'reset' } }]);
  await third.end('SIGINT');
});
