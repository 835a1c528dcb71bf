/** docs/sending.md, followed word for word in an empty folder, with the package as `npm pack` makes it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { blocksOf, commandsOf, readPage } from '../docs/given-pages.ts';
import { aRuntime, ok, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { anEmptyFolder, installedBy, type LinkedApp } from './given-app.ts';

const page = 'docs/sending.md';
const commands = commandsOf(page).map(({ words }) => words);
const [body = ''] = blocksOf(page, 'json');
const [server = ''] = blocksOf(page, 'js');

let world: World;
let app: LinkedApp;
const variables: Record<string, string> = { GITHUB_WEBHOOK_SECRET: 'a-secret-for-this-page' };
beforeAll(async () => {
  world = await aRuntime();
  app = anEmptyFolder();
  app.install(commandsOf(page).flatMap(installedBy));
  app.write('push.json', body);
  app.write('package.json', '{ "type": "module" }');
  Object.assign(variables, { HOOKLATCH_URL: world.runtime.url, HOOKLATCH_TOKEN: world.admin });
});
afterAll(async () => {
  app.remove();
  await world.end();
});

/** A port of the machine that nobody has, in place of the page's. */
let port = 0;

/** The server of the page. @returns what it has printed, and how it ends */
async function aServer() {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  port = (free.address() as AddressInfo).port;
  free.close();
  await once(free, 'close');
  app.write('server.js', server.replace('4000', String(port)));
  const child = spawn('node', ['server.js'], { cwd: app.folder, env: { ...process.env, ...variables } });
  let printed = '';
  child.stdout.on('data', (text) => {
    printed += text;
  });
  await waitUntil('the server is ready', () => printed.startsWith('ready\n'));
  const end = async () => {
    child.kill();
    await once(child, 'close');
  };
  return { lines: () => printed.split('\n'), end };
}

/** Runs a command of the page. @param eventId in place of the id that the page leaves out */
async function run(words: readonly string[] = [], eventId = ''): Promise<string> {
  const [npx = '', ...args] = words.map((word) => (word === 'evt_…' ? eventId : word.replace('4000', String(port))));
  return app.runBeside(npx, args, variables);
}

const eventIn = (printed: string): string => /^Event: (evt_\w+)$/m.exec(printed)?.[1] ?? '';

test('the page shows a file, a server and the commands in their order', () => {
  expect([readPage(page).includes('`push.json`:'), readPage(page).includes('`server.js`:')]).toEqual([true, true]);
  expect(commands.map((words) => words.slice(0, 4).join(' '))).toEqual([
    ...['mkdir ../shop', 'npm pack --pack-destination ../shop', 'cd ../shop', 'npm install ./hooklatch-0.1.0.tgz'],
    ...['export HOOKLATCH_URL=http://127.0.0.1:3000 HOOKLATCH_TOKEN=…', 'npx hooklatch up code'],
    ...['npx hooklatch send code', 'npx hooklatch send code', 'npx hooklatch send code', 'npx hooklatch send code'],
    'npx hooklatch send code',
    ...['export GITHUB_WEBHOOK_SECRET=a-secret-for-this-page', 'node server.js'],
    ...['npx hooklatch send --to', 'npx hooklatch send code', 'npx hooklatch send code'],
  ]);
});

test('each command of the page does what the page says', async () => {
  const [, , , , , up, sample, typed, file, event, real, , , local, localSample, localEvent] = commands;
  await run(up);
  const path = '/v1/connections/code/events';
  const shown = async (printed: string) => ok(world, 'GET', `${path}/${eventIn(printed)}`);
  expect(await shown(await run(sample))).toMatchObject({ type: 'issues', test: true });
  expect(await shown(await run(typed))).toMatchObject({ type: 'push', test: true });
  const sent = await run(file);
  expect(await shown(sent)).toMatchObject({ type: 'push', test: true, body });
  expect(await shown(await run(event, eventIn(sent)))).toMatchObject({ type: 'push', test: true, body });
  await expect(run(real)).rejects.toThrow(/add --yes/);
  expect(await shown(await run([...(real ?? []), '--yes']))).not.toHaveProperty('test');
  await world.runtime.settled();
  const published = world.busEvents().filter(({ source }) => source === 'hooklatch.code');
  expect(published).toMatchObject([{ 'detail-type': 'push' }]);

  const program = await aServer();
  for (const [words, shownAs] of [
    [local, 'push refs/heads/main'],
    [localSample, 'push undefined'],
    [localEvent, 'push refs/heads/main'],
  ] as const) {
    expect(await run(words, eventIn(sent))).toContain(`http://localhost:${port}/hook answered 204.`);
    expect(program.lines()).toContain(shownAs);
  }
  variables['GITHUB_WEBHOOK_SECRET'] = 'another-secret-than-the-server';
  await expect(run(local)).rejects.toThrow(/answered 403/);
  await program.end();
});
