/** The sandbox of the demo and the benchmark leaves nothing behind, whatever fails. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { inSandbox } from '../../../local/start/sandbox.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'hooklatch-parent-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

test('a sandbox that can’t start leaves no folder', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(inSandbox({ port, parent }, async () => 'used')).rejects.toThrow(`Port ${port} is taken`);
  await new Promise((resolve) => other.close(resolve));
  expect(readdirSync(parent)).toEqual([]);
});

test('a sandbox whose use fails leaves no folder, and its API does not answer any more', async () => {
  let url = '';
  const used = inSandbox({ parent }, async ({ runtime, folder }) => {
    url = runtime.url;
    expect([existsSync(folder), (await fetch(`${url}/healthz`)).status]).toEqual([true, 200]);
    throw new Error('the use failed');
  });
  await expect(used).rejects.toThrow('the use failed');
  await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
  expect(readdirSync(parent)).toEqual([]);
});
