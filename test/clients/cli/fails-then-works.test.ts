/** What the command line keeps for a run is not spoiled by a failure: after it, the same client, reader, file or program works. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cursorFile, type ListenCursor, saveStart } from '../../../clients/cli/listen/cursor-file.ts';
import { type ForwardReport, forwarder } from '../../../clients/cli/listen/forwarder.ts';
import type { SendResult } from '../../../clients/cli/listen/send-request.ts';
import { managedWarning } from '../../../clients/cli/managed-warning.ts';
import { forwardUrlOf } from '../../../shared/ground/base/forward-url.ts';
import { apiClient } from '../../../shared/operators/api/api-client.ts';
import { afterEvent, startAt } from '../../../shared/operators/wait/read-position.ts';
import type { EventDetail } from '../../../shared/operators/wait/waited-event.ts';
import { type Asked, aConnection, aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';
import { anEvent } from './listen/given-event.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hooklatch-fails-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const unreachable = () => {
  throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
};

type Reply = () => Response;
const failures: [string, Reply][] = [
  ['nobody answers', unreachable],
  ['the answer is no JSON', () => new Response('<html>')],
  ['the answer is another server’s', () => new Response('<html>', { status: 502 })],
  [
    'the answer is a redirect',
    () => new Response(null, { status: 302, headers: { location: 'https://other.example' } }),
  ],
  ['the token is refused', () => answered({ message: 'Forbidden' }, 403)],
  ['the deployment has an error', () => answered({ message: 'Internal Server Error' }, 500)],
  ['the API stays busy', () => answered({ message: 'Too Many Requests' }, 429)],
];

describe.each(failures)('if %s', (_, failure) => {
  /** A deployment that fails until it is told to work. */
  function aDeploymentThatFails(works: (asked: Asked) => Response) {
    let isUp = false;
    const deployment = aDeployment((asked) => (isUp ? works(asked) : failure()));
    const repair = () => {
      isUp = true;
    };
    return { ...deployment, repair };
  }

  test('the same client works after that', async () => {
    const { fetch, repair } = aDeploymentThatFails(() => answered({ name: 'ada' }));
    const options = { url: 'https://hooks.example.com', token: 'a-token', fetch };
    const client = apiClient({ ...options, wait: async () => {}, now: () => new Date(0) });
    await expect(client.call('GET /v1/me')).rejects.toThrow();
    repair();
    expect(await client.call('GET /v1/me')).toEqual({ name: 'ada' });
  });

  test('the same warning is given after that, and once', async () => {
    const managedBy = { stackId: 'arn:stack', logicalId: 'Orders' };
    const { fetch, repair } = aDeploymentThatFails(() => answered(aConnection({ managedBy })));
    const options = { url: 'https://hooks.example.com', token: 'a-token', fetch };
    const notes: string[] = [];
    const client = apiClient({ ...options, wait: async () => {}, now: () => new Date(0) });
    const warn = managedWarning(client, (text) => notes.push(text));
    const key = 'POST /v1/connections/{name}/endpoint/activate';
    await warn('orders', key);
    expect(notes).toEqual([]);
    repair();
    for (const name of ['orders', 'orders', 'code']) await warn(name, key);
    expect(notes.map((note) => note.slice(0, 47))).toEqual([
      'Warning: the stack arn:stack manages orders (as',
      'Warning: the stack arn:stack manages code (as O',
    ]);
  });

  test('a login leaves nothing, and the next one works', async () => {
    const { fetch, repair } = aDeploymentThatFails(() => answered({ name: 'ada', role: 'flow_designer' }));
    const login = ['login', '--url', 'https://hooks.example.com', '--token-stdin'];
    const options = { fetch, profileFolder: join(folder, 'profiles'), stdin: 'a-token' };
    expect((await hooklatch(login, options)).code).toBeGreaterThan(0);
    expect((await hooklatch(['whoami'], options)).code).toBe(2);
    repair();
    expect((await hooklatch(login, options)).code).toBe(0);
    expect((await hooklatch(['whoami'], options)).code).toBe(0);
  });
});

/** Failures of the API that pass. The reader waits for their end. */
test.each(failures.filter(([why]) => /nobody|no JSON|another|redirect|error|busy/.test(why)))(
  'a reader goes on with the same position after %s',
  async (_, failure) => {
    let reads = 0;
    const interrupt = new AbortController();
    const event = { id: 'evt_1', type: 'paid', receivedAt: '2026-03-01T12:00:00.000Z', size: 2 };
    const late = { ...event, id: 'evt_2', receivedAt: '2026-03-01T12:00:01.000Z' };
    const { fetch } = aDeployment(({ path }) => {
      if (!path.endsWith('/events')) return answered(aConnection());
      reads += 1;
      if (reads > 20) interrupt.abort();
      if (reads > 1 && reads < 10) return failure();
      return answered({ items: reads === 1 ? [event] : [late, event], nextCursor: null, upTo: event.receivedAt });
    });
    const { out, err, code } = await hooklatch(['events', 'tail', 'orders', '--from', '2026-03-01', '--json'], {
      env,
      fetch,
      interrupt: interrupt.signal,
    });
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['evt_1', 'evt_2']);
    expect(err).toContain('The API answers again.');
  },
);

const start = startAt('2026-03-01T11:59:00.000Z');

/** A forwarder with this program, and what it reported and saved. */
function aForwarder({
  answers = [],
  read,
  write,
}: {
  answers?: readonly SendResult[];
  read?: (id: string) => Promise<EventDetail | undefined>;
  write?: (cursor: ListenCursor) => void;
}) {
  const to = forwardUrlOf('http://localhost:3000/');
  if (!to) throw new Error('no URL');
  const [left, reported, saved] = [[...answers], [] as ForwardReport[], [] as ListenCursor[]];
  const signal = new AbortController().signal;
  const forward = forwarder({
    ...{
      to,
      windowSeconds: undefined,
      repeatsUpTo: undefined,
      attempts: 2,
      timeoutMs: 1_000,
      cursor: { position: start },
    },
    read: read ?? (async (id) => anEvent({ id })),
    send: async () => left.shift() ?? { status: 200, retryAfter: undefined },
    file: { path: '/cursor.json', read: () => undefined, write: write ?? ((cursor) => void saved.push(cursor)) },
    wait: async () => {},
    now: () => new Date('2026-03-01T12:00:01.000Z'),
    random: () => 0,
    interruption: { stopped: signal, abandoned: signal },
    report: (progress) => void reported.push(progress),
    tell: () => {},
  });
  const arrive = (id: string) => {
    const { publication: _, ...event } = anEvent({ id });
    return forward({ event, position: afterEvent(start, event) });
  };
  return { arrive, saved, results: () => reported.map(({ id, outcome, attempt }) => [id, outcome, attempt]) };
}

const status = (code: number): SendResult => ({ status: code, retryAfter: undefined });
const silent = (isThere: boolean): SendResult => ({ reason: 'connection reset', isThere });

test.each<[string, SendResult[], string]>([
  ['refuses an event', [status(400)], 'refused'],
  ['fails too often', [status(500), status(500)], 'given_up'],
  ['breaks off too often', [silent(true), silent(true)], 'given_up'],
  ['can’t get an event', [{ reason: 'no form', isThere: false, isUnsendable: true }], 'skipped'],
])('a program that %s gets the next one, with all its attempts', async (_, answers, outcome) => {
  const { arrive, results, saved } = aForwarder({ answers: [...answers, status(500)] });
  await arrive('evt_1');
  await arrive('evt_2');
  expect(results().slice(-3)).toEqual([
    ['evt_1', outcome, answers.length],
    ['evt_2', 'retry', 1],
    ['evt_2', 'delivered', 2],
  ]);
  expect(saved.at(-1)?.position.handled).toHaveProperty('evt_2');
});

test('an event that can’t be read does not stop the next one', async () => {
  let reads = 0;
  const read = async (id: string) => {
    reads += 1;
    if (reads === 1) throw new Error('read failed');
    return reads === 2 ? undefined : anEvent({ id });
  };
  const { arrive, results } = aForwarder({ read });
  await expect(arrive('evt_1')).rejects.toThrow('read failed');
  for (const id of ['evt_2', 'evt_3']) await arrive(id);
  expect(results()).toEqual([
    ['evt_2', 'skipped', undefined],
    ['evt_3', 'delivered', 1],
  ]);
});

test('a cursor that could not be saved is saved with the next event', async () => {
  const saved: ListenCursor[] = [];
  let writes = 0;
  const write = (cursor: ListenCursor) => {
    writes += 1;
    if (writes <= 2) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    saved.push(cursor);
  };
  const { arrive } = aForwarder({ write });
  for (const id of ['evt_1', 'evt_2']) await arrive(id);
  expect(saved.at(-1)).toMatchObject({
    sentUpTo: '2026-03-01T12:00:00.000Z',
    position: { handled: { evt_2: expect.anything() } },
  });
});

test('a cursor file that could not be read or written works once it is repaired', () => {
  const file = cursorFile(folder, ['orders']);
  writeFileSync(file.path, 'broken');
  expect(() => file.read()).toThrow('Remove it');
  rmSync(file.path);
  expect(file.read()).toBeUndefined();
  let isFull = true;
  const write = (cursor: ListenCursor) => {
    if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    file.write(cursor);
  };
  const save = () => saveStart({ ...file, write }, { position: start });
  expect(save).toThrow('Make room there');
  isFull = false;
  save();
  expect(file.read()).toEqual({ position: start });
});
