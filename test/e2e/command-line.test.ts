/** The command line against the local runtime. Commands run in this process, except where the process itself matters. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everyCommand } from '../clients/cli/given-commands.ts';
import { hooklatch, type Ran, type TerminalOptions } from '../clients/cli/given-terminal.ts';
import { testInFull } from '../support/full-counts.ts';
import { aFlowDesigner, aName, aRuntime, deliver, type World } from '../support/given.ts';
import { aConnectionWith } from './given-replays.ts';

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

test('--version needs no deployment', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await cli(['--version'], { env: withoutEnv })).toMatchObject({ code: 0, out: `${version}\n`, err: '' });
});

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

testInFull('doctor finds what is well, and then an endpoint that is not', async () => {
  const [well, broken] = [aName(), aName()];
  // The doctor looks at every connection, so those of other tests go first.
  const { items } = (await cli(['connections', 'list', '--json'])).json() as { items: { name: string }[] };
  const failed: string[] = [];
  for (const { name } of items) {
    const { code, err } = await cli(['down', name, '--delete', '--yes']);
    if (code !== 0) failed.push(`${name}: ${err}`);
  }
  expect(failed).toEqual([]);
  await cli(['up', well]);
  const healthy = await cli(['doctor']);
  expect([healthy.out.match(/^failed.*$/gm), healthy.code, healthy.err]).toEqual([null, 0, '']);
  expect(healthy.out).toMatch(
    new RegExp(
      `^passed +reachable .*\\npassed +version .*\\npassed +clock .*\\npassed +token .*\\npassed +endpoint ${well} `,
    ),
  );
  await cli(['up', broken, '--provider', 'stripe']);
  const ill = await cli(['doctor', '--json']);
  expect(ill.code).toBe(1);
  expect(ill.json()).toMatchObject({ healthy: false });
  expect(ill.json()['checks']).toContainEqual(
    expect.objectContaining({ check: `endpoint ${broken}`, outcome: 'failed' }),
  );
  const designer = await cli(['doctor'], { env: { HOOKLATCH_TOKEN: await aFlowDesigner(world) } });
  expect(designer).toMatchObject({ code: 0 });
  expect(designer.out).toContain('Your role may not test endpoints.');
});

/** The commands in the code blocks of a page, without comments and the program's name. */
function commandsIn(page: string): string[][] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => [...block.matchAll(/^hooklatch ([^#\n]+)/gm)])
    .map(([, command = '']) => command.trim().split(' '));
}

test('the commands of the README work in their order', async () => {
  const commands = commandsIn('README.md').filter(([command]) => command !== 'doctor');
  expect(commands).toHaveLength(14);
  for (const command of commands) {
    const ran = await cli(command, { typed: ['yes\n'] });
    expect({ command, code: ran.code }).toEqual({ command, code: 0 });
    const [, url] = /in query +(\S+)/.exec(command[0] === 'up' ? ran.out : '') ?? [];
    expect(url === undefined ? 202 : (await deliver(url, { body: '{"order": 1}' })).status).toBe(202);
  }
});

testInFull('up says what to enter at the sender', async () => {
  const { err, out } = await cli(['up', aName(), '--provider', 'github']);
  expect(out).toMatch(/\nURL +http/);
  expect(err).toContain('\nAt GitHub:\n  Open the settings');
  expect(err).toContain('  Choose application/json as the content type.');
  expect(err).toContain('Only this machine can reach this URL.');
  expect(err).toMatch(/To try it: hooklatch endpoint test orders-\d+\n/);
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

testInFull('login asks at a terminal, and shows nothing of the token', async () => {
  const typed = [`${world.runtime.url}\n`, `${world.admin}\n`];
  const asked = await cli(['login'], { env: withoutEnv, typed });
  expect(asked.code).toBe(0);
  const shown = `${asked.out}${asked.err}`;
  expect(shown).toContain('Operator token for ');
  expect(shown).not.toContain(world.admin);
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

test('every command has a description, and examples in its help that begin with the command', async () => {
  const leaves = everyCommand();
  expect(leaves.length).toBeGreaterThan(15);
  for (const { command, path } of leaves) {
    expect(command.description()).not.toBe('');
    const { out } = await cli([...path, '--help']);
    expect(out).toMatch(new RegExp(`Examples:\\n(.*\\n)*.*hooklatch ${path.join(' ')}`));
  }
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

/** The token of an endpoint, read over the API. */
async function tokenOf(name: string): Promise<Record<string, unknown>> {
  const answer = await world.api('GET', `/v1/connections/${name}/endpoint/token`);
  return answer.json();
}

const endpointOf = ({ json }: Ran) => json()['endpoint'] as { url: string; tokens: unknown[]; held: boolean };

test('the procedure in a script, step by step', async () => {
  const name = aName();
  const json = async (...args: string[]) => {
    const ran = await cli([...args, '--json']);
    expect(ran.code).toBe(0);
    return ran.json();
  };
  await json('connections', 'create', name);
  expect(await json('endpoint', 'configure', name)).toMatchObject({ status: 'configured', endpoint: { url: null } });
  const { token } = await json('token', 'generate', name, '--show-token');
  const active = await json('endpoint', 'activate', name);
  const { url } = active['endpoint'] as { url: string };
  expect(await json('token', 'reveal', name)).toMatchObject({ token, url });
  expect((await deliver(`${url}?token=${token}`, { body: '{}' })).status).toBe(202);
  expect(await json('endpoint', 'deactivate', name)).toMatchObject({ status: 'inactive' });
  expect((await deliver(`${url}?token=${token}`, { body: '{}' })).status).toBe(403);
  expect(await json('endpoint', 'activate', name)).toMatchObject({ endpoint: { url } });
  const rotated = await json('token', 'rotate', name, '--grace-seconds', '60', '--show-token');
  expect(await json('token', 'reveal', name)).toMatchObject({ token: rotated['token'], previous: { token } });
  expect(endpointTokens(await json('token', 'end-grace', name, '--yes'))).toHaveLength(1);
  expect(await json('token', 'remove', name, '--yes')).toMatchObject({ status: 'inactive', endpoint: { tokens: [] } });
  expect(await json('endpoint', 'deconfigure', name, '--yes')).toMatchObject({
    status: 'unconfigured',
    endpoint: null,
  });
});

const endpointTokens = (view: Record<string, unknown>) => (view['endpoint'] as { tokens: unknown[] }).tokens;

testInFull('a script gets no token without --show-token, because its log would keep it', async () => {
  const name = aName();
  const said = await Promise.all([cli(['up', name]), cli(['connections', 'create', aName()])]);
  const atOnce = ['--grace-seconds', '0', '--yes'];
  for (const args of [['remove', '--yes'], ['generate'], ['rotate', ...atOnce], ['rotate', '--json', ...atOnce]]) {
    const [verb = '', ...options] = args;
    said.push(await cli(['token', verb, name, ...options]));
    expect(said.at(-1)).toMatchObject({ code: 0 });
  }
  const { token } = await tokenOf(name);
  expect(said.filter(({ out, err }) => /hle_/.test(out + err))).toEqual([]);
  expect(said.at(-1)?.err).toContain(`To see the token: hooklatch token reveal ${name}`);
  const shown = await cli(['token', 'rotate', name, '--show-token', ...atOnce]);
  expect(shown.out).toMatch(/^token +hle_\w{49}$/m);
  expect(shown.out).not.toContain(String(token));
});

testInFull('after a change of the token, the command says what to do next', async () => {
  const name = aName();
  const said = async (...args: string[]) => (await cli(args)).err;
  await cli(['connections', 'create', name]);
  await cli(['endpoint', 'configure', name]);
  expect(await said('endpoint', 'activate', name)).toContain(
    `There is no token. First generate a token, or adopt the secret of the sender with --value-stdin (hooklatch token generate ${name}), then activate the endpoint (hooklatch endpoint activate ${name}).`,
  );
  expect(await said('token', 'generate', name)).toContain(
    `The endpoint has no URL yet: hooklatch endpoint activate ${name}\n`,
  );
  await cli(['endpoint', 'activate', name]);
  expect(await said('token', 'generate', name)).toContain(
    `There is a token already. Rotate the token (hooklatch token rotate ${name}).`,
  );
  expect(await said('token', 'rotate', name)).toMatch(
    new RegExp(`^The previous token is accepted until \\S+Z\\. .*: hooklatch token end-grace ${name}\n$`, 'm'),
  );
  await cli(['token', 'remove', name, '--yes']);
  expect(await said('token', 'generate', name)).toContain(
    `The endpoint is inactive: hooklatch endpoint activate ${name}\n`,
  );
});

test('settings come from a file or from stdin, and the API checks them', async () => {
  const name = aName();
  await cli(['connections', 'create', name]);
  const update = (stdin: string) => cli(['endpoint', 'update', name, '--file', '-', '--json'], { stdin });
  expect((await update('{"retentionDays": 9}')).code).toBe(5);
  const configured = await cli(['endpoint', 'configure', name, '--file', '-', '--json'], {
    stdin: '{"methods": ["PUT"]}',
  });
  expect(configured.json()).toMatchObject({ endpoint: { methods: ['PUT'] } });
  expect((await update('{"retentionDays": 9}')).json()).toMatchObject({
    endpoint: { methods: ['PUT'], retentionDays: 9 },
  });
  const ending = '{"auth": {"kind": "token", "accept": [{"in": "path"}]}, "values": {"graceSeconds": 0}}';
  for (const args of [['endpoint', 'update'], ['endpoint', 'configure'], ['up']]) {
    const asked = await cli([...args, name, '--file', '-'], { stdin: ending });
    expect(asked).toMatchObject({ code: 2, out: '', err: expect.stringContaining('so nothing was changed') });
  }
  const wrong = await update('{"retentionDay": 9}');
  const message = 'The file has no field "retentionDay"; did you mean "retentionDays"?';
  expect([wrong.code, wrong.json()]).toMatchObject([2, { code: 'usage', message }]);
  expect(wrong.err).toContain('retentionDay');
  const noJson = await update('whsec_secret');
  expect(noJson).toMatchObject({ code: 2, err: 'stdin:1:1: this is not valid JSON.\n' });
  expect((await cli(['endpoint', 'update', name, '--file', '/nonexistent'])).code).toBe(2);
});

test('a hold, a release and a test of the endpoint', async () => {
  const name = aName();
  await cli(['up', name]);
  const held = await cli(['endpoint', 'hold', name, '--json']);
  expect(endpointOf(held).held).toBe(true);
  expect((await cli(['down', name, '--yes'])).code).toBe(5);
  expect((await cli(['connections', 'show', name, '--json'])).json()).toMatchObject({ status: 'active' });
  const released = await cli(['endpoint', 'release', name, '--json']);
  expect(endpointOf(released).held).toBe(false);
  const tested = await cli(['endpoint', 'test', name]);
  expect(tested).toMatchObject({ code: 0, err: '' });
  expect(tested.out).toMatch(/^STEP +OUTCOME.*\nresolved +passed/);
  await cli(['endpoint', 'deactivate', name]);
  const refused = await cli(['endpoint', 'test', name]);
  expect(refused).toMatchObject({ code: 5, out: '' });
  expect(refused.err).toContain(`hooklatch endpoint activate ${name}`);
});

test('a secret that the sender made is adopted from stdin, or typed without echo', async () => {
  const name = aName();
  await cli(['connections', 'create', name]);
  await cli(['endpoint', 'configure', name]);
  const adopted = await cli(['token', 'generate', name, '--value-stdin'], { stdin: 'secret-of-the-sender\n' });
  expect(adopted.code).toBe(0);
  expect(await tokenOf(name)).toMatchObject({ token: 'secret-of-the-sender' });
  const typed = await cli(['token', 'rotate', name, '--value-stdin'], { typed: ['another-secret\n'] });
  expect(typed).toMatchObject({ code: 0, err: expect.stringMatching(/^Secret: \n/) });
  expect(await tokenOf(name)).toMatchObject({ token: 'another-secret' });
  expect((await cli(['token', 'generate', name, '--value-stdin'], { stdin: '' })).code).toBe(2);
});

test.each([
  ['token', 'remove'],
  ['token', 'end-grace'],
  ['token', 'rotate', '--grace-seconds', '0'],
  ['endpoint', 'deconfigure'],
  ['down'],
])('%s … changes nothing without a terminal and without --yes', async (...command) => {
  const name = aName();
  await cli(['up', name]);
  const { version } = (await cli(['connections', 'show', name, '--json'])).json();
  expect(await cli([...command, name])).toMatchObject({ code: 2, out: '' });
  expect((await cli(['connections', 'show', name, '--json'])).json()).toMatchObject({ version });
});

testInFull('up twice gives the same URL and no new token', async () => {
  const name = aName();
  const first = await cli(['up', name, '--json']);
  expect(first).toMatchObject({ code: 0, err: `To see the token: hooklatch token reveal ${name}\n` });
  expect(first.json()).toMatchObject({ status: 'active' });
  const before = await tokenOf(name);
  expect(first.out).toContain('"status": "active"');
  expect(first.out).not.toContain(String(before['token']));
  const second = await cli(['up', name, '--json', '--show-token']);
  expect(endpointOf(second).url).toBe(endpointOf(first).url);
  expect(second.json()).toMatchObject({ token: { token: before['token'], url: before['url'] } });
  const { url } = endpointOf(first);
  expect((await deliver(`${url}?token=${before['token']}`, { body: '{}' })).status).toBe(202);
});

testInFull('up at a terminal shows a new token, and only then', async () => {
  const name = aName();
  const first = await cli(['up', name], { typed: [] });
  const { token } = await tokenOf(name);
  expect(first.out).toContain(`?token=${token}`);
  const second = await cli(['up', name], { typed: [] });
  expect(second.out).toContain(name);
  expect(second.out).not.toContain(String(token));
});

test('up activates without a secret if the sender makes it, and says what to do next', async () => {
  const name = aName();
  const stripe = await cli(['up', name, '--provider', 'stripe', '--json']);
  expect(stripe).toMatchObject({ code: 0 });
  expect(stripe.err).toContain(`hooklatch token generate ${name} --value-stdin`);
  expect(stripe.json()).toMatchObject({ status: 'active', provider: 'stripe', endpoint: { tokens: [] } });
  const secret = `whsec_${'a1B2'.repeat(8)}`;
  const adopt = () => cli(['up', name, '--value-stdin', '--json'], { stdin: secret });
  expect(endpointTokens((await adopt()).json())).toHaveLength(1);
  expect(await adopt()).toMatchObject({ code: 0 });
  const other = await cli(['up', name, '--value-stdin'], { stdin: `whsec_${'b1B2'.repeat(8)}` });
  expect(other).toMatchObject({ code: 5, out: '' });
  expect(other.err).toContain('The endpoint has another secret.');
  expect(other.err).not.toContain('whsec_');
});

test('up and down a second time change nothing, whatever the sender is called', async () => {
  const name = aName();
  const settings = join(profileFolder, 'again.json');
  writeFileSync(settings, '{"retentionDays": 9}');
  const version = async () => (await world.api('GET', `/v1/connections/${name}`)).json()['version'];
  const up = ['up', name, '--provider', 'GitHub', '--file', settings];
  expect((await cli(up)).code).toBe(0);
  const before = await version();
  expect((await cli(up)).code).toBe(0);
  expect(await version()).toBe(before);
  expect((await cli(['down', name, '--yes'])).code).toBe(0);
  const after = await version();
  expect((await cli(['down', name, '--yes'])).code).toBe(0);
  expect(await version()).toBe(after);
});

testInFull('up takes settings from a file, and refuses another provider', async () => {
  const name = aName();
  const settings = join(profileFolder, 'settings.json');
  writeFileSync(settings, '{"retentionDays": 9}');
  const up = await cli(['up', name, '--file', settings, '--json']);
  expect(up.json()).toMatchObject({ endpoint: { retentionDays: 9 } });
  expect((await cli(['up', name, '--provider', 'github'])).code).toBe(5);
});

testInFull('down twice leaves no endpoint, and with --delete no connection', async () => {
  const name = aName();
  await cli(['up', name]);
  expect((await cli(['down', name], { typed: ['no\n'] })).code).toBe(1);
  expect((await cli(['down', name], { typed: ['yes\n'] })).code).toBe(0);
  expect((await cli(['down', name, '--json'])).json()).toMatchObject({ status: 'unconfigured', endpoint: null });
  for (const _ of ['first', 'second']) {
    const gone = await cli(['down', name, '--delete', '--yes', '--json']);
    expect(gone.json()).toEqual({ name, deleted: true });
  }
  expect((await cli(['down', name])).code).toBe(3);
});

test('events are listed, shown and replayed, and a sender can write nothing else to the terminal', async () => {
  const name = aName();
  const stdin = '{"dedupe": {"by": "header", "name": "x-order"}}';
  const { url } = endpointOf(await cli(['up', name, '--file', '-', '--json'], { stdin }));
  const { token } = await tokenOf(name);
  const body = '{"order":1}\n\u001b[2J';
  const headers = { 'content-type': 'text/plain', 'x-sender': 'shop', 'x-order': '42' };
  await deliver(`${url}?token=${token}`, { body, headers });
  const listed = (await cli(['events', 'list', name, '--json'])).json() as { items: { id: string }[] };
  const id = listed.items[0]?.id ?? '';
  expect((await cli(['events', 'list', name])).out).toMatch(new RegExp(`^ID .*\\n${id} +\\S+Z +\\S+ +16`));
  const ofOrder = ['events', 'list', name, '--delivery-id', '42'];
  expect((await cli(ofOrder)).out).toContain(id);
  expect((await cli([...ofOrder, '--type', 'refund'])).out).toBe('none\n');
  const shown = await cli(['events', 'show', name, id]);
  expect(shown.out).toContain('  x-sender');
  expect(shown.out).toMatch(/\n\n\{"order":1\}\n\\u001b\[2J\n$/);
  expect(shown.out).not.toContain(String(token));
  expect(await cli(['events', 'replay', name, id])).toMatchObject({
    code: 0,
    out: `Published the event ${id} again. This is replay 1.\n`,
  });
  expect((await cli(['events', 'show', name, 'unknown'])).code).toBe(3);
});

test('the exact bytes of a body go to a file, and not to a terminal', async () => {
  const name = aName();
  const { url } = endpointOf(await cli(['up', name, '--json']));
  const { token } = await tokenOf(name);
  const bytes = Buffer.from([0xff, 0, 13, 10, 0x1b]);
  const headers = { 'content-type': 'application/octet-stream' };
  const { id } = (await deliver(`${url}?token=${token}`, { body: bytes, headers })).json();
  const show = ['events', 'show', name, String(id), '--body'];
  expect(await cli(show)).toMatchObject({ code: 0, err: '', bytes });
  const asJson = await cli([...show, '--json']);
  expect([asJson.code, asJson.json()]).toEqual([2, expect.objectContaining({ code: 'usage' })]);
  expect(await cli(show, { typed: [] })).toMatchObject({ code: 2, out: '' });
});

test('events of a range are counted, published again with their progress, listed and cancelled', async () => {
  // The list has its events already, so a replay up to then does not wait for them.
  const { name, range } = await aConnectionWith(world, 1);
  const start = ['replays', 'start', name, '--from', '2026-01-01T00:00:00Z', '--to', range.to];
  expect((await cli([...start, '--dry-run'])).out).toMatch(/^events +1\n(.*\n)*write units /);
  const watched = await cli([...start, '--rate', '10'], { typed: [], wait: () => wait(500) });
  expect(watched.code).toBe(0);
  expect(watched.out).toMatch(/\nstate +done\n/);
  expect(watched.err).toMatch(/\[[#.]{24}\] \d of 1/);
  const { id } = (await cli([...start, '--json'])).json();
  const cancelled = await cli(['replays', 'cancel', name, String(id)]);
  expect(cancelled).toMatchObject({ code: 0, err: '' });
  const shown = await cli(['replays', 'show', name, String(id), '--wait'], { wait: () => wait(500) });
  expect(shown.out).toMatch(/\nstate +(done|cancelled)\n/);
  expect((await cli(['replays', 'list', name])).out).toContain(id);
  expect((await cli(['replays', 'start', name])).code).toBe(2);
  expect((await cli(['replays', 'show', name, 'unknown'])).code).toBe(3);
});

testInFull('logout removes a profile, and a second time changes nothing', async () => {
  const profile = ['--profile', 'left'];
  await cli(['login', ...profile, '--url', world.runtime.url, '--token-stdin'], {
    env: withoutEnv,
    stdin: world.admin,
  });
  expect((await cli(['whoami', ...profile], { env: withoutEnv })).code).toBe(0);
  expect((await cli(['logout', ...profile])).out).toMatch(/^Removed .*left\.json\.\n$/);
  expect((await cli(['whoami', ...profile], { env: withoutEnv })).code).toBe(2);
  expect((await cli(['logout', ...profile, '--json'])).json()).toMatchObject({ removed: false });
});

/**
 * A connection that refused one request, and its list. A count that takes over a second to write is given up, which a
 * busy machine can cause, so a connection without one is followed by another, three at most.
 */
async function refusedOne(left = 3): Promise<{ name: string; rejections: string }> {
  const name = aName();
  const { url } = endpointOf(await cli(['up', name, '--json']));
  expect(await deliver(`${url}?token=wrong-token`, { body: '{}' })).toMatchObject({ status: 403 });
  const { out: rejections } = await cli(['rejections', name]);
  return rejections === 'none\n' && left > 1 ? refusedOne(left - 1) : { name, rejections };
}

test('rejections and the history are listed', async () => {
  const { name, rejections } = await refusedOne();
  // Functions behind the tables' streams write the history.
  await world.runtime.settled();
  expect(rejections).toMatch(/^MINUTE .*\n\S+ +1 +token_unknown +The .*\n +1 +missing\+unknown +127\.0\.0\.1\n$/);
  expect((await cli(['rejections', name])).err).toBe(
    `To see what the sender must have: hooklatch token reveal ${name}\n1 refused.\n`,
  );
  const { out: history } = await cli(['history', name]);
  expect(history).toMatch(/^VERSION .*\n\d+ +\S+Z +bootstrap +activate +configured +active\n/);
});

test('senders that are known by name', async () => {
  expect((await cli(['providers', 'list'])).out).toMatch(/\ngithub +GitHub +signature +operator\n/);
  expect((await cli(['providers', 'show', 'github'])).out).toMatch(/^id +github\nname +GitHub\n/);
  expect((await cli(['providers', 'show', 'unknown'])).code).toBe(3);
});

test('a handshake is opened and closed, and confirmed only with a delivered secret', async () => {
  const name = aName();
  expect((await cli(['up', name, '--provider', 'asana'])).err).toContain(`hooklatch handshake open ${name}`);
  expect((await cli(['handshake', 'open', name, '--minutes', '5'])).out).toMatch(/\nhandshake +open until \S+Z\n/);
  expect((await cli(['handshake', 'confirm', name])).code).toBe(5);
  expect((await cli(['handshake', 'close', name])).code).toBe(2);
  const closed = await cli(['handshake', 'close', name, '--yes']);
  expect(closed.out).toContain(name);
  expect(closed.out).not.toContain('open until');
});

testInFull('a delivered secret is confirmed, and the previous one is accepted until its grace ends', async () => {
  const name = aName();
  await cli(['up', name, '--provider', 'asana']);
  const { url } = endpointOf(await cli(['up', name, '--json']));
  const deliverSecret = async (secret: string) => {
    await cli(['handshake', 'open', name]);
    return deliver(url, { headers: { 'x-hook-secret': secret } });
  };
  await deliverSecret('the-first-secret');
  await deliverSecret('the-second-secret');
  expect((await cli(['connections', 'show', name])).out).toContain(`hooklatch handshake confirm ${name}`);
  expect(await cli(['handshake', 'confirm', name, '--grace-seconds', '0'])).toMatchObject({ code: 2, out: '' });
  const confirmed = await cli(['handshake', 'confirm', name, '--grace-seconds', '60', '--json']);
  expect(endpointTokens(confirmed.json())).toHaveLength(2);
  expect(await tokenOf(name)).toMatchObject({ token: 'the-second-secret', previous: { token: 'the-first-secret' } });
});

test('an operator is created, listed and revoked', async () => {
  const created = await cli(['operators', 'create', 'pipeline', '--role', 'flow_designer', '--json']);
  const { token, operator } = created.json() as { token: string; operator: { id: string } };
  expect((await cli(['whoami'], { env: { HOOKLATCH_TOKEN: token } })).out).toContain('pipeline');
  expect((await cli(['operators', 'list'])).out).toContain(operator.id);
  expect((await cli(['operators', 'create', 'x', '--role', 'boss'])).code).toBe(2);
  expect((await cli(['operators', 'revoke', operator.id])).code).toBe(2);
  expect((await cli(['operators', 'revoke', operator.id, '--yes'])).code).toBe(0);
  expect((await cli(['whoami'], { env: { HOOKLATCH_TOKEN: token } })).code).toBe(4);
  expect((await cli(['operators', 'history'])).code).toBe(0);
});

/** Runs the program as a process of its own, in a shell. */
function inShell(line: string, url: string) {
  const env = { PATH: process.env['PATH'], HOOKLATCH_URL: url, HOOKLATCH_TOKEN: world.admin, NODE: process.execPath };
  return spawn('sh', ['-c', line], { env });
}

testInFull('ends quietly if nobody reads the rest of its output', async () => {
  const child = inShell('"$NODE" clients/cli/main.ts providers list --json | head -n 1', world.runtime.url);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect({ out, err }).toEqual({ out: '{\n', err: '' });
});

testInFull('login at a real terminal echoes the URL, and not the token', async () => {
  const child = spawn('script', ['-qec', '"$NODE" clients/cli/main.ts login', '/dev/null'], {
    env: { PATH: process.env['PATH'], NODE: process.execPath, XDG_CONFIG_HOME: profileFolder, NO_COLOR: '1' },
  });
  const answers: [RegExp, string][] = [
    [/URL of the deployment: /, world.runtime.url],
    [/Operator token for \S+: /, world.admin],
  ];
  let screen = '';
  for await (const chunk of child.stdout) {
    screen += String(chunk);
    if (answers[0]?.[0].test(screen)) child.stdin.write(`${answers.shift()?.[1]}\n`);
  }
  child.stdin.end();
  expect(screen.split('\n')[0]).toContain(world.runtime.url);
  expect(screen).toContain(`Logged in at ${world.runtime.url} as bootstrap`);
  expect(screen).not.toContain(world.admin);
});

testInFull('Ctrl-C ends a command that waits for an answer', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const asked = once(silent, 'request');
  const child = inShell(
    'exec "$NODE" clients/cli/main.ts whoami',
    `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
  );
  await asked;
  child.kill('SIGINT');
  const [, signal] = await once(child, 'exit');
  silent.closeAllConnections();
  silent.close();
  expect(signal).toBe('SIGINT');
});

test('no message and no argument had a token', () => {
  expect(said.length).toBeGreaterThan(50);
  const isLeak = (text: string) => /hl[eo]_[0-9A-Za-z]{20}/.test(text) || text.includes(world.admin);
  expect(said.filter(isLeak)).toEqual([]);
});
