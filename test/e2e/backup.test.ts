/** The local backup of docs/backup-and-restore.md: stop, copy the data folder, start with the copy. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type ActiveEndpoint, anActiveEndpoint, aRuntime, bearer, deliver, ok } from '../support/given.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Stores two events, one with a body in the bucket, and returns their ids. */
async function receive({ url, token }: ActiveEndpoint): Promise<string[]> {
  const bodies = [Buffer.from('{"order": 1}'), Buffer.alloc(300 * 1024, 'x')];
  const answers = await Promise.all(bodies.map((body) => deliver(url, { headers: bearer(token), body })));
  return answers.map((answer) => String(answer.json()['id']));
}

test('a copy of the data folder brings back URL, token, operator token, events and large bodies', async () => {
  const [original, copy] = [join(folder, 'original'), join(folder, 'copy')];
  const before = await aRuntime({ dataDir: original });
  const endpoint = await anActiveEndpoint(before);
  const [small, large] = await receive(endpoint);
  await before.runtime.settled();
  await before.end();
  cpSync(original, copy, { recursive: true });
  rmSync(original, { recursive: true });

  const after = await aRuntime({ dataDir: copy });
  try {
    expect(after.admin).toBe(before.admin);
    expect(await ok(after, 'GET', `${endpoint.path}/events/${small}`)).toMatchObject({ body: '{"order": 1}' });
    const { text } = await after.api('GET', `${endpoint.path}/events/${large}?raw`);
    expect(text.length).toBe(300 * 1024);
    const again = await deliver(after.runtime.url + new URL(endpoint.url).pathname, {
      headers: bearer(endpoint.token),
      body: Buffer.from('{}'),
    });
    expect(again.status).toBe(202);
  } finally {
    await after.end();
  }
});
