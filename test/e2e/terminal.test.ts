/** What the terminal of `npm start` shows of requests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { waitUntil } from '../support/wait-until.ts';
import { aStartedProcess } from './given-process.ts';

test.each([
  ['leaves out what only reads', [], false],
  ['shows every request with --verbose', ['--verbose'], true],
])('%s', async (_, flags, isShown) => {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-terminal-'));
  const started = await aStartedProcess(join(folder, 'data'), flags);
  expect((await started.api('GET', '/v1/connections')).status).toBe(200);
  expect((await started.api('GET', '/v1/connections/unknown')).status).toBe(404);
  expect((await started.api('POST', '/v1/connections', { name: 'orders' })).status).toBe(201);
  const isLogged = (route: string) => started.output().includes(`"route":"${route}"`);
  await waitUntil('the change is shown', () => isLogged('POST /v1/connections'));
  expect([isLogged('GET /v1/connections/{name}'), isLogged('GET /v1/connections')]).toEqual([true, isShown]);
  await started.end('SIGINT');
  rmSync(folder, { recursive: true });
});
