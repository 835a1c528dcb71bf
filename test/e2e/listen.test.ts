/** `listen` and `events tail` against the local runtime: an app gets what the sender sent, and misses nothing. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import Stripe from 'stripe';
import { hooklatch } from '../clients/cli/given-terminal.ts';
import { testInFull } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  aName,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  type World,
} from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aRelay } from './given-relay.ts';

let world: World;
/** Below it, the command line in a process of its own keeps its state, too. */
let stateHome: string;
let stateFolder: string;
const endings: (() => unknown)[] = [];

beforeAll(async () => {
  world = await aSharedRuntime();
  stateHome = mkdtempSync(join(tmpdir(), 'hooklatch-state-'));
  stateFolder = join(stateHome, 'hooklatch');
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});
afterAll(async () => {
  await world.end();
  rmSync(stateHome, { recursive: true });
});

const env = () => ({ HOOKLATCH_URL: world.runtime.url, HOOKLATCH_TOKEN: world.admin });

interface Got {
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  status: number;
}

interface App {
  url: string;
  port: number;
  got: Got[];
  /** Resolves when this many requests were answered. */
  has(count: number): Promise<Got[]>;
  stop(): Promise<void>;
}

type Judge = (request: Pick<Got, 'headers' | 'body'>) => number | Promise<number>;

/** A local program. `judge` gives the status of its answer. */
async function anApp(judge: Judge = () => 204, port = 0): Promise<App> {
  const got: Got[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url = '', headers } = request;
    const body = Buffer.concat(chunks);
    const status = await judge({ headers, body });
    response.writeHead(status).end();
    got.push({ url, headers, body, status });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  endings.push(stop);
  const { port: taken } = server.address() as AddressInfo;
  const has = async (count: number) => {
    await waitUntil(`the app has ${count} events`, async () => got.length >= count, 20);
    return got;
  };
  return { url: `http://127.0.0.1:${taken}/hook`, port: taken, got, has, stop };
}

/** Starts a command that runs until Ctrl-C. Waits between reads are short. */
async function start(args: readonly string[]) {
  const interrupt = new AbortController();
  let out = '';
  const ran = hooklatch(args, {
    env: env(),
    stateFolder,
    interrupt: interrupt.signal,
    wait: (ms, signal) => wait(Math.min(ms, 50), undefined, { ...(signal && { signal }) }).catch(() => {}),
    onOut: (text) => {
      out += text;
    },
  });
  const stop = async () => {
    interrupt.abort();
    return ran;
  };
  endings.push(stop);
  const prints = (pattern: RegExp) =>
    waitUntil(`${args.join(' ')} prints ${pattern}`, async () => pattern.test(out), 20);
  return { stop, prints, lines: () => out.trimEnd().split('\n') };
}

/** Sends a webhook that must be accepted: nothing arrives of one that is not. */
async function send(
  { url, token }: Pick<ActiveEndpoint, 'url' | 'token'>,
  body: string,
  headers: Record<string, string> = {},
): Promise<void> {
  const { status } = await deliver(url, { body, headers: { ...bearer(token), ...headers } });
  expect(status).toBe(202);
}

test('an app that verifies with Stripe’s own library gets what it can verify', async () => {
  const secret = `whsec_${'a1B2'.repeat(8)}`;
  const stripe = new Stripe('sk_test_1');
  const name = aName();
  await hooklatch(['up', name, '--provider', 'stripe', '--value-stdin'], { env: env(), stdin: secret });
  const { endpoint } = (await ok(world, 'GET', `/v1/connections/${name}`)) as { endpoint: { url: string } };
  const verified: string[] = [];
  const app = await anApp(({ headers, body }) => {
    verified.push(stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret).id);
    return 200;
  });
  const listening = await start(['listen', name, '--forward', app.url, '--json', '--from', '2026-01-01']);
  const payload = '{ "id": "evt_ü1",\r\n  "object": "event", "type": "invoice.paid", "amount": 1.00 }\n';
  const signature = stripe.webhooks.generateTestHeaderString({ payload, secret });
  await deliver(endpoint.url, { body: payload, headers: { 'stripe-signature': signature, 'x-sender': 'stripe' } });
  const [got] = await app.has(1);
  expect(verified).toEqual(['evt_ü1']);
  expect(got).toMatchObject({ url: '/hook', body: Buffer.from(payload), status: 200 });
  expect(got?.headers).toMatchObject({ 'x-sender': 'stripe', 'hooklatch-attempt': '1' });
  await listening.prints(/"outcome":"delivered"/);
  const [ready, delivered] = listening.lines().map((line) => JSON.parse(line));
  expect(ready).toEqual({ ready: true, connection: name, forward: app.url });
  expect(delivered).toMatchObject({ type: 'invoice.paid', status: 200, attempt: 1 });
  expect(await listening.stop()).toMatchObject({ code: 0 });
});

test('names what is withheld, and sends what the sender appended to the URL', async () => {
  const endpoint = await anActiveEndpoint(world);
  const app = await anApp();
  await start(['listen', endpoint.name, '--forward', app.url, '--from', '2026-01-01']);
  const listening = await start(['listen', endpoint.name, '--forward', `${app.url}/2`, '--from', '2026-01-01']);
  const sent = await deliver(`${endpoint.url}/part?token=${endpoint.token}&a=1`, {
    body: '{}',
    headers: { authorization: 'Basic YTpi' },
  });
  expect(sent.status).toBe(202);
  const got = await app.has(2);
  expect(got.map(({ url }) => url).sort()).toEqual(['/hook/2/part?a=1', '/hook/part?a=1']);
  const { err } = await listening.stop();
  expect(err).toContain('Your program does not get authorization:');
  expect(err).toContain('Your program does not get ?token:');
});

test('a sender can’t choose a path out of the program’s URL, and nothing ends listen: the next event arrives', async () => {
  const endpoint = await anActiveEndpoint(world);
  const app = await anApp();
  const to = app.url.replace('://', '://ada:pw@');
  const listening = await start([
    'listen',
    endpoint.name,
    '--forward',
    `${to}?own=1`,
    '--from',
    '2026-01-01',
    '--json',
  ]);
  const headers = bearer(endpoint.token);
  const hostile = [
    '..%2f..%2fadmin%2fusers%2f1',
    '..%5C..%5Cadmin',
    '%252e%252e/admin',
    '..;/admin',
    'a/%2e%2E%2f..%2fadmin',
  ];
  for (const path of hostile) await deliver(`${endpoint.url}/${path}`, { body: '{}', headers });
  await deliver(`${endpoint.url}/part/%C3%B6//?a=1`, { body: '{}', headers });
  const got = await app.has(1);
  expect(got.map(({ url }) => url)).toEqual(['/hook/part/%C3%B6//?own=1&a=1']);
  expect(got[0]?.headers['authorization']).toBe('Basic YWRhOnB3');
  await listening.prints(/"outcome":"delivered"/);
  const { code, err } = await listening.stop();
  expect(code).toBe(0);
  expect(err).toContain('Your program does not get events whose path has "." or ".." as a part');
  const outcomes = listening
    .lines()
    .slice(1)
    .map((line) => JSON.parse(line));
  expect(outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ...hostile.map(() => ['skipped', 'path_outside']),
    ['delivered', undefined],
  ]);
});

testInFull('a restart of either side loses nothing', async () => {
  const endpoint = await anActiveEndpoint(world);
  const before = await anApp();
  const args = ['listen', endpoint.name, '--forward', before.url];
  const first = await start([...args, '--from', '2026-01-01']);
  await send(endpoint, '"one"');
  await before.has(1);
  await before.stop();
  await send(endpoint, '"two"');
  await first.prints(/connection refused +\d+ ms +again in/);
  const app = await anApp(undefined, before.port);
  await app.has(1);
  await first.stop();
  await send(endpoint, '"three"');
  await start(args);
  await send(endpoint, '"four"');
  const got = await app.has(3);
  expect(Number(got[0]?.headers['hooklatch-attempt'])).toBeGreaterThan(1);
  expect(got.map(({ body }) => body.toString())).toEqual(['"two"', '"three"', '"four"']);
});

/** Starts `listen` in a process of its own, and waits until it reads. */
async function aProcess(args: readonly string[], url = world.runtime.url): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['clients/cli/main.ts', 'listen', ...args], {
    env: { ...env(), HOOKLATCH_URL: url, XDG_STATE_HOME: stateHome },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  endings.push(() => child.kill('SIGKILL'));
  // Read to its end: a process whose output nobody reads ends by itself.
  const reads = Promise.withResolvers<void>();
  let notes = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    notes += text;
    if (notes.includes('Ctrl-C ends it')) reads.resolve();
  });
  child.stderr.once('end', () => reads.reject(new Error(notes)));
  await reads.promise;
  return child;
}

/** Presses Ctrl-C until the process has ended: also while it saves, and while Node takes it down. */
async function exitUnderSignals(child: ChildProcess): Promise<unknown[]> {
  const exited = once(child, 'exit');
  const again = setInterval(() => child.kill('SIGINT'), 1);
  return exited.finally(() => clearInterval(again));
}

/** An app that answers only when the test says so. */
async function aSlowApp() {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<number>();
  const app = await anApp(() => {
    asked.resolve();
    return answer.promise;
  });
  return { app, asked: asked.promise, answer: () => answer.resolve(204) };
}

testInFull('after a kill, the event that was being sent comes again, marked', async () => {
  const endpoint = await anActiveEndpoint(world);
  const { app, asked, answer } = await aSlowApp();
  const child = await aProcess([endpoint.name, '--forward', app.url, '--from', '2026-01-01']);
  await send(endpoint, '"one"');
  await asked;
  child.kill('SIGKILL');
  answer();
  await app.has(1);
  await start(['listen', endpoint.name, '--forward', app.url]);
  const got = await app.has(2);
  expect(got.map(({ headers }) => headers['hooklatch-attempt'])).toEqual(['1', '2']);
  expect(got[1]?.headers['hooklatch-event-id']).toBe(got[0]?.headers['hooklatch-event-id']);
});

testInFull('Ctrl-C lets the app finish, and a second one does not wait for it', async () => {
  const endpoint = await anActiveEndpoint(world);
  const patient = await aSlowApp();
  const child = await aProcess([endpoint.name, '--forward', patient.app.url, '--from', '2026-01-01']);
  await send(endpoint, '"one"');
  await patient.asked;
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  patient.answer();
  expect(await exited).toEqual([0, null]);
  expect(patient.app.got).toHaveLength(1);

  const silent = await aSlowApp();
  const other = await aProcess([endpoint.name, '--forward', silent.app.url, '--from', '2026-01-01']);
  await silent.asked;
  expect(await exitUnderSignals(other)).toEqual([0, null]);
  expect(silent.app.got).toHaveLength(0);
  silent.answer();
});

testInFull(
  'a process that stood still, with dead connections after that, forwards what came meanwhile, once and in order',
  async () => {
    const endpoint = await anActiveEndpoint(world);
    const relay = await aRelay(world.runtime.url);
    endings.push(relay.end);
    const { app, asked, answer } = await aSlowApp();
    const args = [endpoint.name, '--forward', app.url, '--from', '2026-01-01', '--timeout', '1'];
    const child = await aProcess(args, relay.url);
    await send(endpoint, '"one"');
    await asked;
    child.kill('SIGSTOP');
    relay.forget();
    // The program answers in time, and nobody reads it before the time is up by the clock.
    answer();
    await app.has(1);
    for (const body of ['"two"', '"three"', '"four"']) await send(endpoint, body);
    await wait(2_500);
    child.kill('SIGCONT');
    await app.has(4);
    await send(endpoint, '"five"');
    const got = await app.has(5);
    expect(got.map(({ body, headers }) => `${body} ${headers['hooklatch-attempt']}`)).toEqual([
      ...['"one" 1', '"two" 1', '"three" 1', '"four" 1', '"five" 1'],
    ]);
  },
);

test('tail shows events as they arrive, as text or as a line of JSON each', async () => {
  const endpoint = await anActiveEndpoint(world, { type: { in: 'body', path: '/kind' } });
  const [asText, asJson] = await Promise.all([
    start(['events', 'tail', endpoint.name, '--from', '2026-01-01']),
    start(['events', 'tail', endpoint.name, '--from', '2026-01-01', '--type', 'b', '--json']),
  ]);
  await send(endpoint, '{"kind":"a"}', { 'content-type': 'application/json' });
  await send(endpoint, '{"kind":"b"}', { 'content-type': 'application/json' });
  await asText.prints(/ a +12\s.* b +12/s);
  await asJson.prints(/"type":"b"/);
  expect(await asText.stop()).toMatchObject({ code: 0 });
  await asJson.stop();
  expect(asJson.lines().map((line) => JSON.parse(line))).toMatchObject([{ type: 'b' }]);
});

test.each([
  [['listen', 'orders', '--forward', 'localhost:3000'], 2],
  [['listen', 'orders'], 2],
  [['listen', 'orders', '--forward', 'http://localhost:3000', '--timeout', '86401'], 2],
  [['listen', 'orders', '--forward', 'http://localhost:3000', '--from', 'yesterday'], 2],
  [['listen', 'unknown', '--forward', 'http://localhost:3000'], 3],
  [['events', 'tail', 'unknown'], 3],
])('%j ends at once with %i', async (args, code) => {
  expect((await hooklatch(args, { env: env(), stateFolder })).code).toBe(code);
});
