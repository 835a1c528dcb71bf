/** The command line against the local runtime. Commands run in this process, except where the process itself matters. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hooklatch, type Ran, type TerminalOptions } from '../cli/given-terminal.ts';
import { aFlowDesigner, aName, aRuntime, type World } from '../given.ts';

let world: World;
let profileFolder: string;
/** Everything that a command printed to stderr, and the arguments of every command. */
const said: string[] = [];

beforeAll(async () => {
  world = await aRuntime();
  profileFolder = mkdtempSync(join(tmpdir(), 'hooklatch-cli-'));
});
afterAll(async () => {
  await world.end();
  rmSync(profileFolder, { recursive: true });
});

/** Runs a command as the admin, by the environment. */
async function cli(args: readonly string[], options: TerminalOptions = {}): Promise<Ran> {
  const env = { HOOKLATCH_URL: world.runtime.url, HOOKLATCH_TOKEN: world.admin, ...options.env };
  const ran = await hooklatch(args, { profileFolder, ...options, env });
  said.push(ran.err, ...args);
  return ran;
}

const withoutEnv = { HOOKLATCH_URL: '', HOOKLATCH_TOKEN: '' };

test('whoami shows whose token this is', async () => {
  expect(await cli(['whoami'])).toMatchObject({
    code: 0,
    out: 'name  bootstrap\nrole  connection_admin\n',
    err: '',
  });
  const { code, json } = await cli(['whoami', '--json']);
  expect(code).toBe(0);
  expect(json()).toMatchObject({ name: 'bootstrap', role: 'connection_admin' });
});

test('login keeps the token in a profile, which the next command uses', async () => {
  const piped = await cli(['login', '--profile', 'piped', '--url', world.runtime.url, '--token-stdin'], {
    env: withoutEnv,
    stdin: `${world.admin}\n`,
  });
  expect(piped).toMatchObject({ code: 0, err: '' });
  expect(piped.out).toContain(`Logged in at ${world.runtime.url} as bootstrap (connection_admin).`);
  expect(piped.out).not.toContain(world.admin);
  expect((await cli(['whoami', '--profile', 'piped'], { env: withoutEnv })).code).toBe(0);
});

test('login asks at a terminal, and shows nothing of the token', async () => {
  const typed = [`${world.runtime.url}\n`, `${world.admin}\n`];
  const asked = await cli(['login'], { env: withoutEnv, typed });
  expect(asked.code).toBe(0);
  expect(`${asked.out}${asked.err}`).not.toContain(world.admin);
  expect((await cli(['whoami'], { env: withoutEnv })).code).toBe(0);
});

test('login writes no profile for a token that does not work', async () => {
  const refused = await cli(['login', '--profile', 'wrong', '--url', world.runtime.url, '--token-stdin'], {
    env: withoutEnv,
    stdin: `hlo_${'0'.repeat(49)}`,
  });
  expect(refused).toMatchObject({ code: 4, out: '' });
  expect((await cli(['whoami', '--profile', 'wrong'], { env: withoutEnv })).code).toBe(2);
});

test('Ctrl-C at a question ends the command', async () => {
  expect(await cli(['login'], { env: withoutEnv, typed: ['\u0003'] })).toMatchObject({ code: 130, out: '' });
});

test('connections are created, listed, shown, edited and deleted', async () => {
  const name = aName();
  const created = await cli([
    'connections',
    'create',
    name,
    '--provider',
    'github',
    '--description',
    'the code',
    '--json',
  ]);
  expect(created).toMatchObject({ code: 0, err: '' });
  expect(created.json()).toMatchObject({ name, provider: 'github', description: 'the code', status: 'unconfigured' });

  expect((await cli(['connections', 'show', name])).out).toMatch(
    /^name +orders-\d+\nstatus +unconfigured\nprovider +github\n/,
  );
  expect((await cli(['connections', 'list'])).out).toMatch(
    new RegExp(`^NAME .*\\n(.*\\n)*${name} +unconfigured +github +the code\\n`),
  );

  const edited = await cli(['connections', 'edit', name, '--description', 'more code', '--if-version', '1', '--json']);
  expect(edited.json()).toMatchObject({ description: 'more code', version: 2 });
  expect((await cli(['connections', 'edit', name, '--description', 'x', '--if-version', '1'])).code).toBe(5);

  expect(await cli(['connections', 'delete', name, '--yes'])).toMatchObject({
    code: 0,
    out: `Deleted the connection ${name}.\n`,
  });
  const gone = await cli(['connections', 'show', name]);
  expect(gone).toMatchObject({ code: 3, out: '' });
  expect(gone.err).toContain('(connection_not_found, request ');
});

test('a list follows pages up to its limit, and says how to go on', async () => {
  const names = [aName(), aName(), aName()];
  for (const name of names) await cli(['connections', 'create', name]);
  const some = await cli(['connections', 'list', '--limit', '1', '--json']);
  const { items, nextCursor } = some.json() as { items: { name: string }[]; nextCursor: string };
  expect(items).toHaveLength(1);
  const rest = (await cli(['connections', 'list', '--cursor', nextCursor, '--json'])).json();
  const listed = [...items, ...(rest['items'] as typeof items)].map(({ name }) => name);
  expect(listed).toEqual(expect.arrayContaining(names));
  expect((await cli(['connections', 'list', '--limit', '1'])).err).toMatch(/^There is more: --cursor \S+\n$/);
});

test('asks before it deletes', async () => {
  const name = aName();
  await cli(['connections', 'create', name]);
  const nobody = await cli(['connections', 'delete', name]);
  expect(nobody).toMatchObject({ code: 2, out: '' });
  expect(nobody.err).toMatch(/nothing was changed\. To go on, add --yes\.\n$/);
  const no = await cli(['connections', 'delete', name], { typed: ['no\n'] });
  expect(no).toMatchObject({ code: 1, out: '' });
  expect((await cli(['connections', 'show', name])).code).toBe(0);
  expect((await cli(['connections', 'delete', name], { typed: ['yes\n'] })).code).toBe(0);
});

test.each([
  [2, ['connections', 'create', 'Bad_Name']],
  [2, ['connections', 'create']],
  [2, ['connections', 'edit', 'orders']],
  [2, ['conections']],
  [2, ['connections', 'list', '--limit', '0']],
  [2, ['whoami', '--token=hlo_secret']],
  [2, []],
  [0, ['--help']],
  [0, ['connections', 'create', '--help']],
])('exits with %i after %j', async (code, args) => {
  expect((await cli(args)).code).toBe(code);
});

test('every command has a description and examples in its help', async () => {
  expect((await cli(['connections', 'create', '--help'])).out).toContain('$ hooklatch connections create orders');
});

test('a role without the right exits with 4', async () => {
  const refused = await cli(['connections', 'create', aName()], {
    env: { HOOKLATCH_TOKEN: await aFlowDesigner(world) },
  });
  expect(refused).toMatchObject({ code: 4, out: '' });
  expect(refused.err).toContain('(role_required, request ');
});

test('nobody at the URL exits with 6, another server too, and no token at all with 2', async () => {
  expect((await cli(['whoami'], { env: { HOOKLATCH_URL: 'http://127.0.0.1:1' } })).code).toBe(6);
  const other = createServer((_, response) => response.end('<html>'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const html = await cli(['whoami'], { env: { HOOKLATCH_URL: url } });
  other.close();
  expect(html).toMatchObject({ code: 6, out: '' });
  const anonymous = await cli(['whoami'], { env: withoutEnv, profileFolder: '/nonexistent' });
  expect(anonymous.code).toBe(2);
  expect(anonymous.err).toContain('Run: hooklatch login.');
});

test('no message and no argument had a token', () => {
  expect(said.length).toBeGreaterThan(50);
  expect(said.filter((text) => /hl[eo]_[0-9A-Za-z]{20}/.test(text))).toEqual([]);
});
