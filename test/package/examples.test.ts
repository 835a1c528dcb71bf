/** The apps of examples/, each run by the commands of its README in an empty folder. The packages are linked, so it needs no registry. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { commandsOf } from '../docs/given-pages.ts';
import { aRuntime, deliver, readBusEvents } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { anEmptyFolder, type LinkedApp, type Local, running } from './given-app.ts';

const names = ['http-server', 'lambda'];
const own = JSON.parse(readFileSync('package.json', 'utf8'));
const manifestOf = (name: string) => JSON.parse(readFileSync(`examples/${name}/package.json`, 'utf8'));
const packagesOf = (name: string): Record<string, string> => {
  const { dependencies, devDependencies } = manifestOf(name);
  return { ...dependencies, ...devDependencies };
};

/** A copy of an example, with the packages that its package.json names and no other ones. */
function aCopyOf(name: string): LinkedApp {
  const app = anEmptyFolder();
  const made = ['node_modules', 'cdk.out', 'dist', '.hooklatch'];
  cpSync(`examples/${name}`, app.folder, { recursive: true, filter: (path) => !made.includes(basename(path)) });
  app.install(Object.keys(packagesOf(name)));
  return app;
}

/** The commands of the README in its second terminal, with the variables that it exports. */
const inSecondTerminal = ({ url, admin }: Local) => ({ HOOKLATCH_URL: url, HOOKLATCH_TOKEN: admin });
const commandWith = (name: string, word: string): string[] =>
  commandsOf(`examples/${name}/README.md`).find(({ words }) => words.includes(word))?.words ?? [];

/** The number of lines with this text. */
const count = (text: string, part: string): number => text.split('\n').filter((line) => line.includes(part)).length;

test('each example is run by one command, after its packages are installed', () => {
  const folders = readdirSync('examples', { withFileTypes: true }).filter((each) => each.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(names);
  for (const name of names) {
    const [ci, pack, cd, install, start] = commandsOf(`examples/${name}/README.md`).map(({ words }) => words.join(' '));
    expect([ci, pack, cd, install, start]).toEqual([
      ...['npm ci', 'npm pack', `cd examples/${name}`, 'npm install', 'npm start'],
    ]);
  }
});

test("its packages are this project's own, in the same versions", () => {
  const versions = {
    ...own.dependencies,
    ...own.devDependencies,
    hooklatch: `file:../../hooklatch-${own.version}.tgz`,
  };
  for (const name of names) {
    const packages = packagesOf(name);
    expect(packages).toEqual(Object.fromEntries(Object.keys(packages).map((each) => [each, versions[each]])));
  }
});

describe('the function', () => {
  let app: LinkedApp;
  beforeAll(() => {
    app = aCopyOf('lambda');
  });
  afterAll(() => app.remove());

  test('has types that the compiler accepts, and not with a mistake in them', () => {
    app.write('wrong.ts', app.read('handler.ts').replace('amount_paid:', 'amount_payed:'));
    const tsc = join(process.cwd(), 'node_modules/.bin/tsc');
    // One line an error, and the lines around these are no part of this.
    expect(() => app.run(tsc, ['--project', '.', '--pretty', 'false'])).toThrow(
      /failed:\nwrong\.ts\(\d+,\d+\): error TS2339: Property 'amount_payed' .*\n\n$/,
    );
  });

  test('handles each webhook once, although its message comes twice, and a replay once more', async () => {
    const local = await running(app, ['npm', 'start', '--', '--port', '0']);
    const ids: string[] = [];
    try {
      const env = inSecondTerminal(local);
      const adopt = commandsOf('examples/lambda/README.md').find(({ words }) => words.includes('--value-stdin'));
      expect(adopt?.pipedFrom?.words).toEqual(['echo', 'whsec_an_example']);
      app.run('sh', ['-c', `echo whsec_an_example | ${adopt?.words.join(' ')}`], env);
      const sends = commandsOf('examples/lambda/README.md').filter(({ words }) => words.includes('send'));
      for (const {
        words: [npx = '', ...send],
      } of sends)
        ids.push(/^Event: (evt_\w+)$/m.exec(app.run(npx, send, env))?.[1] ?? '');
      expect(ids.map((id) => id.slice(0, 4))).toEqual(['evt_', 'evt_']);
      const handled = () => ids.map((id) => count(local.output(), `(${id})"`));
      await waitUntil('both are handled', () => handled().every((times) => times > 0));
      expect(local.output()).toContain(`you/shop: 2 commits on refs/heads/main (${ids[0]})`);
      expect(local.output()).toContain(`Invoice in_1: 4200 eur were paid (${ids[1]})`);
      const [program = '', ...replay] = commandWith('lambda', 'replay');
      app.run(
        program,
        replay.map((word) => (word === 'EVENT_ID' ? (ids[0] ?? '') : word)),
        env,
      );
      await waitUntil('the replay is handled', () => handled()[0] === 2);
      expect(handled()).toEqual([2, 1]);
    } finally {
      await local.stop();
    }

    // The bus delivers what it has delivered once again, and then a replay that it has not.
    const dataDir = join(app.folder, '.hooklatch');
    const world = await aRuntime({ assembly: join(app.folder, 'cdk.out'), dataDir });
    try {
      const { url, region, administrator } = world.runtime.aws;
      const bus = new EventBridgeClient({ endpoint: url, region, credentials: administrator });
      const put = async (detail: object, type: unknown, source: unknown) => {
        const entry = { EventBusName: 'hooklatch-dev', Source: String(source), DetailType: String(type) };
        const { FailedEntryCount } = await bus.send(
          new PutEventsCommand({ Entries: [{ ...entry, Detail: JSON.stringify(detail) }] }),
        );
        expect(FailedEntryCount).toBe(0);
      };
      const events = readBusEvents(dataDir).filter(({ source }) => source !== 'hooklatch');
      expect(events).toHaveLength(3);
      for (const { detail, source, 'detail-type': type } of events) await put(detail as object, type, source);
      const [{ detail, source, 'detail-type': type } = {}] = events;
      await put({ ...(detail as object), replay: 7 }, type, source);
      const handled = () => world.logs.filter((line) => /\(evt_\w+\)"/.test(line));
      await waitUntil('the other replay is handled', () => handled().length > 0);
      await world.runtime.settled();
      expect(handled()).toHaveLength(1);
      bus.destroy();
    } finally {
      await world.end();
    }
  });
});

describe('the server', () => {
  let app: LinkedApp;
  let port: string;
  beforeAll(async () => {
    app = aCopyOf('http-server');
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    port = String((free.address() as AddressInfo).port);
    await new Promise((resolve) => free.close(resolve));
  });
  afterAll(() => app.remove());

  /** Sends the server a delivery. @param signed the bytes that are signed, if these are others @returns the status */
  async function post(secret: string, body: string, { id = 'd1', sentAt = new Date(), signed = body } = {}) {
    const signature = { 'webhook-id': id, 'webhook-signature': new Webhook(secret).sign(id, sentAt, signed) };
    const more = { 'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)), 'hooklatch-event': 'evt_1' };
    const answer = await fetch(`http://127.0.0.1:${port}/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signature, ...more },
      body,
    });
    return answer.status;
  }

  test('gets a webhook from Hooklatch, with a signature that it verifies', async () => {
    const local = await running(app, ['npm', 'start', '--', '--port', '0'], { PORT: port });
    try {
      await waitUntil('the server listens', () => local.output().includes(`The server listens on port ${port}`));
      const env = inSecondTerminal(local);
      const [program = '', ...reveal] = commandWith('http-server', 'reveal');
      const url = /^in query +(\S+)$/m.exec(app.run(program, reveal, env))?.[1] ?? '';
      const answer = await deliver(url, { headers: { 'content-type': 'application/json' }, body: '{"order": 1}' });
      const line = `Handled ${answer.json()['id']}: {"order": 1}`;
      await waitUntil('the server handles the webhook', () => count(local.output(), line) > 0);
      expect(count(local.output(), line)).toBe(1);
      const [, ...words] = commandWith('http-server', 'destinations');
      const revealed = JSON.parse(app.run('npx', [...words, '--json'], env));
      expect(await post(revealed.secret, '{"n":1}')).toBe(204);
      expect(await post(`whsec_${Buffer.from('of somebody else').toString('base64')}`, '{"n":2}')).toBe(401);
    } finally {
      await local.stop();
    }
  });

  test('refuses what is forged or old, handles a repeat once, and what failed again', async () => {
    // The handler of the example can't fail. It stands for one that can.
    const server = app.read('server.js');
    const failing =
      "if (String(body) === 'fail' && !globalThis.hasFailed) throw (globalThis.hasFailed = new Error('no'));";
    const changed = server.replace('async function handle(event, body) {', (line) => `${line} ${failing}`);
    expect(changed).not.toBe(server);
    app.write('server.js', changed);
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    const env = { ...process.env, SERVER_SECRET: secret, PORT: port };
    const child = spawn('node', ['server.js'], { cwd: app.folder, env, stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    try {
      await waitUntil('the server listens', () => output.includes('listens on port'));
      const hourAgo = new Date(Date.now() - 3_600_000);
      expect(await post(secret, 'a', { signed: 'b' })).toBe(401);
      expect(await post(secret, 'a', { sentAt: hourAgo })).toBe(401);
      expect(await Promise.all([post(secret, 'c'), post(secret, 'c'), post(secret, 'c')])).toEqual([204, 204, 204]);
      expect(await post(secret, 'fail', { id: 'd2' })).toBe(500);
      expect(await post(secret, 'fail', { id: 'd2' })).toBe(204);
      expect(await post(secret, 'fail', { id: 'd2' })).toBe(204);
      // The connection is closed, and the answer may be there before that.
      const tooLarge = await post(secret, 'x'.repeat(6 * 1024 * 1024), { id: 'd3' }).catch(() => 'closed');
      expect([413, 'closed']).toContain(tooLarge);
      expect(await post(secret, 'e', { id: 'd4' })).toBe(204);
      await waitUntil('the last one is logged', () => output.includes('Handled evt_1: e'));
      expect(output.split('\n').slice(1, -1)).toEqual([
        'Refused a request: No matching signature found',
        'Refused a request: Message timestamp too old',
        ...['Handled evt_1: c', 'Handled evt_1: fail', 'Handled evt_1: e'],
      ]);
    } finally {
      const closed = once(child, 'close');
      child.kill();
      await closed;
    }
  });
});
