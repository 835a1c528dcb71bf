/** Every option of `listen` reaches what it is for, and each program that gets events has a place of its own. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { type Asked, aConnection, aDeployment, answered, env } from '../given-api.ts';
import { everyCommand, optionsOf } from '../given-commands.ts';
import { hooklatch } from '../given-terminal.ts';

const receivedAt = '2026-03-01T12:00:00.000Z';
const event = { id: 'evt_1', type: 'paid', receivedAt, method: 'POST', size: 2 };

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** A local program that answers with this status, so many ms after each request. `got` has the paths of the requests. */
async function aProgram(status: number, ms: number, got: unknown[] = []): Promise<string> {
  const server: Server = createServer(async ({ url }, response) => {
    got.push(url);
    await pause(ms);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(
    () => server.closeAllConnections(),
    () => new Promise((resolve) => server.close(resolve)),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

function aStateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-listen-'));
  endings.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A deployment with one event. */
function reply({ path, query }: Asked): Response {
  if (path.includes('/events/')) return answered({ ...event, headers: {}, query: '', path: '', body: '{}' });
  if (!path.endsWith('/events')) return answered(aConnection());
  const isAsked = query['from'] === undefined || query['from'] <= receivedAt;
  return answered({ items: isAsked ? [event] : [], nextCursor: null, upTo: receivedAt });
}

/** Runs `listen` until it waits for further events or, without `retries`, to send one again. */
async function listen(args: string[], { stateFolder = aStateFolder(), url = env.HOOKLATCH_URL, retries = true } = {}) {
  const interrupt = new AbortController();
  const { asked, fetch } = aDeployment(reply);
  const lines: Record<string, unknown>[] = [];
  const ready: Record<string, unknown>[] = [];
  const { err, code } = await hooklatch(['listen', ...args, '--json'], {
    env: { ...env, HOOKLATCH_URL: url },
    fetch,
    stateFolder,
    interrupt: interrupt.signal,
    onOut(text) {
      const line = JSON.parse(text);
      (line.ready ? ready : lines).push(line);
    },
    wait: async () => {
      if (!retries || lines.at(-1)?.['outcome'] !== 'retry') interrupt.abort();
    },
  });
  return { asked, err, code, lines, ready };
}

test('each option of listen is tried here', () => {
  const leaf = everyCommand().find(({ path }) => path.join(' ') === 'listen');
  expect(leaf && optionsOf(leaf)).toEqual([
    ...[
      '--forward',
      '--path',
      '--type',
      '--match',
      '--match-file',
      '--from',
      '--attempts',
      '--timeout',
      '--ready-file',
    ],
  ]);
});

test('--from is the time since which events are sent to the program of --forward', async () => {
  const forward = await aProgram(204, 0);
  const args = ['orders', '--forward', forward, '--from'];
  expect((await listen([...args, '2026-03-01T12:00:00Z'])).lines).toMatchObject([
    { id: 'evt_1', outcome: 'delivered', status: 204 },
  ]);
  expect((await listen([...args, '2026-03-01T12:00:01Z'])).lines).toEqual([]);
});

test('--path is the path at the program of --forward, which may be a port: in the request, on the ready line, and in the place of its own', async () => {
  const got: unknown[] = [];
  const { port } = new URL(await aProgram(204, 0, got));
  const stateFolder = aStateFolder();
  const run = (...to: string[]) => listen(['orders', ...to], { stateFolder });
  const first = await run('--forward', port, '--path', '/api/in', '--from', receivedAt);
  expect(first).toMatchObject({
    ready: [{ ready: true, connection: 'orders', forward: `http://localhost:${port}/api/in` }],
    lines: [{ outcome: 'delivered', attempt: 1 }],
  });
  expect(got).toEqual(['/api/in']);
  // The same program, however it is written; another path is another program.
  expect((await run('--forward', `http://localhost:${port}/api/in`)).err).toContain(`those after ${receivedAt}`);
  expect((await run('--forward', port, '--path', '/api/out')).err).toContain('those from now on');
});

test('--attempts is the number of attempts after which an event is given up', async () => {
  const forward = await aProgram(500, 0);
  const { lines } = await listen(['orders', '--forward', forward, '--from', receivedAt, '--attempts', '3']);
  expect(lines.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
    [1, 'retry'],
    [2, 'retry'],
    [3, 'given_up'],
  ]);
});

// In milliseconds, the program would be too late.
test('--timeout is in seconds', async () => {
  const forward = await aProgram(204, 150);
  const { lines } = await listen(['orders', '--forward', forward, '--from', receivedAt, '--timeout', '60']);
  expect(lines).toMatchObject([{ attempt: 1, outcome: 'delivered', status: 204 }]);
});

test('how far a program is, is kept for each deployment, connection and program', async () => {
  const stateFolder = aStateFolder();
  const [one, other] = [await aProgram(204, 0), await aProgram(204, 0)];
  const begins = async (name: string, forward: string, url = env.HOOKLATCH_URL) => {
    const { err } = await listen([name, '--forward', forward], { stateFolder, url });
    return /: those (since|from now on)/.exec(err)?.[1];
  };
  expect(await begins('orders', one)).toBe('from now on');
  expect(await begins('orders', one)).toBe('since');
  expect(await begins('orders', other)).toBe('from now on');
  expect(await begins('code', one)).toBe('from now on');
  expect(await begins('orders', one, 'https://other.example.com')).toBe('from now on');
  expect(await begins('orders', one)).toBe('since');
});

test('an event that an earlier run sent is a repeat, also after a run that sent nothing', async () => {
  const stateFolder = aStateFolder();
  const forward = await aProgram(204, 0);
  const attempts = async (...more: string[]) =>
    (await listen(['orders', '--forward', forward, ...more], { stateFolder })).lines.map(({ attempt }) => attempt);
  expect(await attempts('--from', receivedAt)).toEqual([1]);
  expect(await attempts()).toEqual([]);
  expect(await attempts('--from', receivedAt)).toEqual([2]);
});

test('a later run says where it goes on: after the last event that was sent, or with the one whose result is not known', async () => {
  const stateFolder = aStateFolder();
  const [taking, busy] = [await aProgram(204, 0), await aProgram(503, 0)];
  const begins = async (forward: string, ...more: string[]) => {
    const { err } = await listen(['orders', '--forward', forward, ...more], { stateFolder, retries: false });
    return /hook: (.*?)\. Ctrl-C/.exec(err)?.[1];
  };
  expect(await begins(taking, '--from', '2026-03-01T10:00:00Z')).toBe('those since 2026-03-01T10:00:00.000Z');
  expect(await begins(taking)).toBe(`those after ${receivedAt}`);
  await begins(busy, '--from', receivedAt);
  expect(await begins(busy)).toBe(`first ${event.id}, in attempt 2, then those after it`);
});

test('says that it is ready, as a line and in a file, before it sends the first event', async () => {
  const forward = await aProgram(204, 0);
  const file = join(aStateFolder(), 'ready');
  writeFileSync(file, 'of an earlier run');
  const ready = { ready: true, connection: 'orders', forward };
  const options = ['orders', '--forward', forward, '--from', receivedAt];
  expect(await listen([...options, '--ready-file', file])).toMatchObject({ ready: [ready], lines: [{ id: 'evt_1' }] });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(ready);
});

test('is not ready if it can not begin, and leaves no file that says so', async () => {
  const file = join(aStateFolder(), 'ready');
  writeFileSync(file, 'of an earlier run');
  const { fetch } = aDeployment(() => answered({ code: 'connection_not_found', detail: 'Gone.' }, 404));
  const args = ['listen', 'orders', '--forward', 'http://127.0.0.1:1', '--ready-file', file, '--json'];
  const ran = await hooklatch(args, { env, fetch, stateFolder: aStateFolder() });
  expect([ran.code, ran.json()]).toEqual([3, expect.objectContaining({ code: 'connection_not_found' })]);
  expect(existsSync(file)).toBe(false);
  const impossible = await listen(['orders', '--forward', 'http://127.0.0.1:1', '--ready-file', join(file, 'below')]);
  expect([impossible.code, impossible.ready]).toEqual([2, []]);
});

test('--type, --match and --match-file say which events the program gets', async () => {
  const forward = await aProgram(204, 0);
  const options = ['orders', '--forward', forward, '--from', receivedAt];
  const { asked } = await listen([...options, '--type', 'paid']);
  expect(asked.flatMap(({ path, query }) => (path.endsWith('/events') ? [query['type']] : []))).toEqual(['paid']);
  const pattern = (type: string) => JSON.stringify({ type: [type] });
  expect((await listen([...options, '--match', pattern('paid')])).lines).toMatchObject([{ outcome: 'delivered' }]);
  expect((await listen([...options, '--match', pattern('other')])).lines).toEqual([]);
  const file = join(aStateFolder(), 'pattern.json');
  writeFileSync(file, pattern('other'));
  expect((await listen([...options, '--match-file', file])).lines).toEqual([]);
  const refused = await listen([...options, '--match', '{"type": "paid"}']);
  expect([refused.code, refused.asked]).toEqual([2, []]);
});

test('a token that expired while the machine slept ends it, and is not taken for a network that is away', async () => {
  let reads = 0;
  const { fetch } = aDeployment((asked) => {
    if (asked.path.endsWith('/events')) reads += 1;
    return reads > 2 ? new Response('{"message":"Forbidden"}', { status: 403 }) : reply(asked);
  });
  const args = ['listen', 'orders', '--forward', await aProgram(204, 0), '--from', receivedAt];
  const ran = await hooklatch(args, { env, fetch, stateFolder: aStateFolder() });
  expect([ran.code, reads]).toEqual([4, 3]);
});
