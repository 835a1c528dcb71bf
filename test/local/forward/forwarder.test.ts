import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { Wait } from '../../../local/eventbridge/abortable-wait.ts';
import { type BusLog, openBusLog } from '../../../local/eventbridge/bus-log.ts';
import type { BusEvent } from '../../../local/eventbridge/eventbridge-service.ts';
import { Forwarder, type ForwardOptions } from '../../../local/forward/forwarder.ts';
import type { Runtime } from '../../../local/runtime.ts';
import type { RuntimeOptions } from '../../../local/runtime-options.ts';
import { readBusEvents } from '../../support/given.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { givenRuntime, temporaryFolder } from '../assembly-fixture.ts';
import { aListener, type Listener, type Reply } from './given-listener.ts';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function listening(reply?: (count: number) => Reply, port?: number): Promise<Listener> {
  const listener = await aListener(reply, port);
  endings.push(() => listener.stop());
  return listener;
}

interface Forwarding {
  runtime: Runtime;
  dataDir: string;
  /** The lines on the terminal. */
  said: string[];
  /** The waits between attempts, in milliseconds. */
  waits: number[];
  /** Puts this many events on the bus in one call, and returns their ids. */
  put(count: number): Promise<string[]>;
}

/** A runtime that forwards events. It does not wait between attempts, unless the test says so. */
async function forwarding(
  url: string,
  options: Partial<RuntimeOptions> = {},
  more: Partial<ForwardOptions> = {},
): Promise<Forwarding> {
  const said: string[] = [];
  const waits: number[] = [];
  const dataDir = options.dataDir ?? temporaryFolder();
  const wait: Wait = async (milliseconds) => void waits.push(milliseconds);
  const forward = { url, onStatus: (line: string) => said.push(line), ...more };
  const runtime = await givenRuntime({}, { dataDir, wait, forward, ...options });
  endings.push(() => runtime.close());
  return { runtime, dataDir, said, waits, put: (count) => put(runtime, count) };
}

async function put({ aws }: Runtime, count: number): Promise<string[]> {
  const client = new EventBridgeClient({ endpoint: aws.url, region: aws.region, credentials: aws.administrator });
  const Entries = Array.from({ length: count }, (_, n) => ({
    Source: 'shop',
    DetailType: 'a',
    Detail: `{"n":${n}.0}`,
  }));
  const answer = await client.send(new PutEventsCommand({ Entries }));
  client.destroy();
  return (answer.Entries ?? []).map(({ EventId = '' }) => EventId);
}

/** Resolves when `forward.json` shows that every event was sent. */
async function allSent({ dataDir }: Forwarding): Promise<void> {
  const size = statSync(join(dataDir, 'bus.ndjson')).size;
  const progress = () => readFileSync(join(dataDir, 'forward.json'), 'utf8');
  await waitUntil('every event was sent', () => progress().includes(`"offset": ${size}`), 5);
}

const idsOf = (posts: readonly { body: string }[]): string[] => posts.map(({ body }) => JSON.parse(body).id);
const failing = (status: number, headers?: Record<string, string>) => ({ status, ...(headers && { headers }) });

describe('forwarding', () => {
  test('posts the log line of each event in the order of the bus', async () => {
    const listener = await listening();
    const { put, dataDir } = await forwarding(`${listener.url}/hooks?a=b`);
    await put(3);
    await listener.took(3);
    const lines = readFileSync(join(dataDir, 'bus.ndjson'), 'utf8').trim().split('\n');
    expect(listener.posted.map(({ body }) => body)).toEqual(lines);
    expect(listener.posted[0]).toMatchObject({
      method: 'POST',
      path: '/hooks?a=b',
      headers: { 'content-type': 'application/json', 'user-agent': 'hooklatch' },
    });
  });

  test('leaves out the events from before forwarding was first requested', async () => {
    const listener = await listening();
    const other = await listening();
    const first = await forwarding(other.url);
    await first.put(2);
    await first.runtime.close();
    const { put, said } = await forwarding(listener.url, { dataDir: first.dataDir });
    const ids = await put(1);
    expect(idsOf(await listener.took(1))).toEqual(ids);
    expect(said).toEqual([`Forward to ${listener.url}: sends every event from now on`]);
  });

  test('sends every event once and in order to a listener that fails for a while', async () => {
    const replies = [500, 302, 404, 204, 503, 429, 200, 201];
    const listener = await listening((count) => failing(replies[count - 1] ?? 200, { location: '/elsewhere' }));
    const { put, said } = await forwarding(listener.url);
    const ids = await put(6);
    expect(idsOf(await listener.took(6))).toEqual(ids);
    expect(said.slice(1).map((line) => line.replace(/, next in .*/, ''))).toEqual([
      `Forward to ${listener.url}: status 500, event ${ids[0]}, attempt 1`,
      `Forward to ${listener.url}: status 302, event ${ids[0]}, attempt 2`,
      `Forward to ${listener.url}: status 404, event ${ids[0]}, attempt 3`,
      `Forward to ${listener.url}: works again, sent event ${ids[0]}`,
      `Forward to ${listener.url}: status 503, event ${ids[1]}, attempt 1`,
      `Forward to ${listener.url}: status 429, event ${ids[1]}, attempt 2`,
      `Forward to ${listener.url}: works again, sent event ${ids[1]}`,
    ]);
    expect(new Set(listener.posted.map(({ path }) => path))).toEqual(new Set(['/']));
  });

  test('waits for a listener that has not started yet', async () => {
    const gone = await aListener();
    await gone.stop();
    const begun = Promise.withResolvers<void>();
    const { said, put } = await forwarding(gone.url, {
      wait: async () => {
        begun.resolve();
        await new Promise((resolve) => setImmediate(resolve));
      },
    });
    const ids = await put(2);
    await begun.promise;
    const listener = await listening(undefined, Number(new URL(gone.url).port));
    expect(idsOf(await listener.took(2))).toEqual(ids);
    expect(said[1]).toContain(`connection refused, event ${ids[0]}, attempt 1`);
  });

  test('tries again if the listener does not answer in time', async () => {
    // The limit is over once the first request has arrived. All others may take as long as they take.
    const limit = new AbortController();
    const limits = [limit.signal];
    const { timeout } = AbortSignal;
    const ofTest = jest
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation((ms) =>
        ms === 50 ? (limits.shift() ?? new AbortController().signal) : timeout.call(AbortSignal, ms),
      );
    endings.push(() => ofTest.mockRestore());
    const listener = await listening((count) => {
      if (count > 1) return { status: 200 };
      limit.abort();
      return undefined;
    });
    const { put, said } = await forwarding(listener.url, {}, { timeout: 50 });
    const ids = await put(2);
    expect(idsOf(await listener.took(2))).toEqual(ids);
    expect(said[1]).toContain('no answer within 0.05 s, event');
  });

  test('does not read the body of an answer, and leaves no connection open for it', async () => {
    const closed = Promise.withResolvers<void>();
    const server = createServer((_, response) => {
      response.once('close', () => closed.resolve());
      response.writeHead(200).write('the beginning of a body');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endings.push(
      () => new Promise((resolve) => server.close(resolve)),
      () => server.closeAllConnections(),
    );
    const running = await forwarding(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await running.put(1);
    await closed.promise;
    await allSent(running);
  });

  test('does not delay closing while a listener does not answer, and sends the event after the next start', async () => {
    const silent = await listening(() => undefined);
    const first = await forwarding(silent.url);
    const ids = await first.put(2);
    await waitUntil('an event is being sent', () => silent.posted.length > 0);
    await first.runtime.close();
    // The end of the runtime is no failure of the listener.
    const progress = Object.values(JSON.parse(readFileSync(join(first.dataDir, 'forward.json'), 'utf8')));
    expect(progress).toEqual([{ offset: 0, attempts: 0 }]);
    await silent.stop();
    const listener = await listening(undefined, Number(new URL(silent.url).port));
    const { said } = await forwarding(silent.url, { dataDir: first.dataDir });
    expect(idsOf(await listener.took(2))).toEqual(ids);
    expect(said[0]).toBe(`Forward to ${silent.url}: continues with the waiting events`);
  });

  test('continues after a restart with the first event that was not sent', async () => {
    const replies = [200, 200, 500];
    const listener = await listening((count) => failing(replies[count - 1] ?? 200));
    const stuck = Promise.withResolvers<void>();
    const blocked: Wait = (_, signal) => {
      stuck.resolve();
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    const first = await forwarding(listener.url, { wait: blocked });
    const ids = await first.put(4);
    await stuck.promise;
    await first.runtime.close();

    const second = await forwarding(listener.url, { dataDir: first.dataDir });
    ids.push(...(await second.put(1)));
    expect(idsOf(await listener.took(5))).toEqual(ids);
    await allSent(second);
    await second.runtime.close();
    const third = await forwarding(listener.url, { dataDir: first.dataDir });
    expect(third.said).toEqual([`Forward to ${listener.url}: continues with the next event`]);
    expect(idsOf(listener.posted)).toEqual([ids[0], ids[1], ids[2], ...ids.slice(2)]);
  });
});

/** Starts a forwarder that gets one event. `during` runs while read `number` of the log, counted from 1, goes on. */
async function reading(number: number, during: (forwarder: Forwarder, arrive: () => Promise<void>) => Promise<void>) {
  const folder = temporaryFolder();
  const log = await openBusLog(join(folder, 'bus.ndjson'));
  endings.push(() => log.close());
  let tell: (event: BusEvent) => void = () => {};
  let added = 0;
  const arrive = async () => {
    added += 1;
    const line = `{"id":"${added}"}`;
    await log.append([line]);
    tell({ bus: 'default', line });
  };
  let reads = 0;
  const read: BusLog['read'] = async (from) => {
    const found = await log.read(from);
    reads += 1;
    if (reads === number) await during(forwarder, arrive);
    return found;
  };
  const sent: string[] = [];
  const fetch = async (_: unknown, { body }: RequestInit = {}) => {
    sent.push(JSON.parse(String(body)).id);
    return new Response();
  };
  const subscribe = (listener: typeof tell) => {
    tell = listener;
  };
  const forwarder = new Forwarder({
    ...{ url: 'http://127.0.0.1:9', folder, fetch, onStatus: () => {}, wait: async () => {}, now: () => new Date() },
    buses: { log: { ...log, read }, create: () => {}, subscribe },
  });
  endings.push(() => forwarder.close());
  await forwarder.start();
  await arrive();
  return { sent };
}

describe('while the log is read', () => {
  // The second read finds the event that the forwarder gets. The first and the third find none.
  test.each([1, 2, 3])('an event that arrives at read %d is sent, although none comes after it', async (number) => {
    const { sent } = await reading(number, (_, arrive) => arrive());
    await waitUntil('both events were sent', () => sent.length === 2, 5);
    expect(sent).toEqual(['1', '2']);
  });

  test.each([1, 2, 3])('a forwarder that is closed at read %d ends', async (number) => {
    const closed = Promise.withResolvers<void>();
    await reading(number, async (forwarder) => void forwarder.close().then(closed.resolve, closed.reject));
    await expect(closed.promise).resolves.toBeUndefined();
  });
});

describe('an event that the listener refuses', () => {
  test('is given up after 185 attempts, counted across restarts, and the next event is sent', async () => {
    const listener = await listening((count) => failing(count <= 185 ? 400 : 200));
    const stop = Promise.withResolvers<void>();
    let waits = 0;
    const until100: Wait = async (_, signal) => {
      waits += 1;
      if (waits < 100) return;
      stop.resolve();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    const first = await forwarding(listener.url, { wait: until100 });
    const ids = await first.put(2);
    await stop.promise;
    await first.runtime.close();
    const { said, dataDir } = await forwarding(listener.url, { dataDir: first.dataDir });
    expect(idsOf(await listener.took(1))).toEqual([ids[1]]);
    expect(listener.posted).toHaveLength(186);
    expect(said.at(-1)).toBe(`Forward to ${listener.url}: status 400, 185 attempts: gives up event ${ids[0]}`);
    expect(readBusEvents(dataDir).map(({ id }) => id)).toEqual(ids);
  });

  test('is given up after 24 hours', async () => {
    const listener = await listening((count) => failing(count <= 3 ? 400 : 200));
    let now = Date.now();
    const wait: Wait = async () => {
      now += 12 * 3_600_000;
    };
    const { put, said } = await forwarding(listener.url, { wait, now: () => new Date(now) });
    const ids = await put(2);
    expect(idsOf(await listener.took(1))).toEqual([ids[1]]);
    expect(said.at(-1)).toBe(`Forward to ${listener.url}: status 400, 3 attempts: gives up event ${ids[0]}`);
  });

  test('is sent again after waits that grow, with a random part', async () => {
    const listener = await listening((count) => failing(count <= 4 ? 500 : 200));
    let half = false;
    const random = () => {
      half = !half;
      return half ? 0 : 1;
    };
    const { put, waits, said } = await forwarding(listener.url, {}, { random });
    await put(1);
    await listener.took(1);
    const seconds = waits.map((milliseconds) => milliseconds / 1000);
    expect(seconds).toEqual([1, 1, 4, 4]);
    expect(said[3]).toMatch(/attempt 3, next in 4\.0 s$/);
  });

  test.each([
    [503, '7', 7_000],
    [429, '7', 7_000],
    [503, new Date(Date.now() + 3_600_000).toUTCString(), 60_000],
    [500, '7', 1_000],
  ])('after status %d with Retry-After %s is sent again after %d ms', async (status, value, expected) => {
    const listener = await listening((count) =>
      count === 1 ? failing(status, { 'retry-after': value }) : { status: 200 },
    );
    const { put, waits } = await forwarding(listener.url);
    await put(1);
    await listener.took(1);
    expect(waits).toEqual([expected]);
  });
});

describe('the forward URL and its state', () => {
  test('the secrets of the URL appear neither on the terminal nor in forward.json', async () => {
    const listener = await listening((count) => failing(count === 1 ? 500 : 200));
    const { host } = new URL(listener.url);
    const { put, said, dataDir } = await forwarding(
      `http://me:p%40ss@${host}/path-secret-of-24-letters?key=query-secret`,
    );
    await put(1);
    await listener.took(1);
    const login = Buffer.from('me:p@ss').toString('base64');
    expect(listener.posted[0]).toMatchObject({
      path: '/path-secret-of-24-letters?key=query-secret',
      headers: { authorization: `Basic ${login}` },
    });
    const written = [...said, readFileSync(join(dataDir, 'forward.json'), 'utf8')].join('\n');
    expect(written).toContain(host);
    expect(written).not.toMatch(/p%40ss|p@ss|secret/);
    expect(statSync(join(dataDir, 'forward.json')).mode & 0o777).toBe(0o600);
  });

  test.each(['localhost:8080', 'ftp://me:pass@host/'])('the URL %j is refused', async (url) => {
    const refused = forwarding(url);
    await expect(refused).rejects.toThrow(
      '--forward must be an http or https URL, such as http://localhost:8080/events',
    );
    await expect(refused).rejects.toThrow(expect.not.stringContaining('pass'));
  });

  test.each(['{', '{"a":{"offset":-1,"attempts":0}}', '[]'])('a forward.json with %s is refused', async (text) => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'forward.json'), text);
    await expect(forwarding('http://127.0.0.1:9', { dataDir })).rejects.toThrow(
      /forward\.json can't be read: remove it/,
    );
  });

  test('each URL goes on after its own last event', async () => {
    const [one, other] = [await listening(), await listening()];
    const first = await forwarding(one.url);
    const { dataDir } = first;
    const ids = await first.put(1);
    await one.took(1);
    await allSent(first);
    await first.runtime.close();
    const second = await forwarding(other.url, { dataDir });
    ids.push(...(await second.put(1)));
    await other.took(1);
    await second.runtime.close();
    await forwarding(one.url, { dataDir });
    expect(idsOf(await one.took(2))).toEqual(ids);
  });

  test('if bus.ndjson was replaced, its events are sent from the first on', async () => {
    const listener = await listening();
    const first = await forwarding(listener.url);
    await first.put(2);
    await listener.took(2);
    await first.runtime.close();
    rmSync(join(first.dataDir, 'bus.ndjson'));
    const { put, said } = await forwarding(listener.url, { dataDir: first.dataDir });
    const ids = await put(1);
    expect(idsOf(await listener.took(3)).slice(2)).toEqual(ids);
    expect(said[0]).toContain('bus.ndjson was replaced');
  });
});
