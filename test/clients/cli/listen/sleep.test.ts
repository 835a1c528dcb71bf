/** `listen` on a machine that sleeps for hours at any moment: each event reaches the program, once and in the order of arrival. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { writeProfile } from '../../../../clients/cli/profile.ts';
import { anEventList, at, type TimedEvent } from '../../../shared/operators/wait/given-event-list.ts';
import { count } from '../../../support/full-counts.ts';
import { type Asked, aConnection, aDeployment, answered, env } from '../given-api.ts';
import { hooklatch } from '../given-terminal.ts';
import { anEvent } from './given-event.ts';

/** The program that gets the events: their ids and the numbers of their attempts. */
let program: Server;
let forward: string;
let got: string[];
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hooklatch-sleep-'));
  program = createServer(({ headers }, response) => {
    got.push(`${headers['hooklatch-event-id']} ${headers['hooklatch-attempt']}`);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
  forward = String((program.address() as AddressInfo).port);
});
afterAll(async () => {
  await new Promise((resolve) => program.close(resolve));
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  got = [];
});

const [minute, hour] = [60_000, 3_600_000];

interface Sleep {
  /** How long the machine is awake before. */
  awake: number;
  asleep: number;
  /**
   * What becomes of a request on whose way the machine falls asleep: its connection is dead, or its answer was under way and is read
   * hours later.
   */
  request: 'dead' | 'late';
  /** How many requests fail after it, until the network is there again. */
  offline: number;
}

const requestMs = 40;

const failure = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) });

/** A machine with a clock of its own, which sleeps when it is time. */
class Machine {
  now = 0;
  /** When it woke up the last time. */
  woke = 0;
  #sleeps: Sleep[];
  #offline = 0;
  #sleepAt: number;

  constructor(sleeps: readonly Sleep[]) {
    this.#sleeps = [...sleeps];
    this.#sleepAt = sleeps[0]?.awake ?? Number.POSITIVE_INFINITY;
  }

  /** Time goes by. @returns the sleep that came, if one did */
  pass(ms: number): Sleep | undefined {
    this.now += ms;
    const [sleep, next] = this.#sleeps;
    if (!sleep || this.now < this.#sleepAt) return undefined;
    this.#sleeps.shift();
    this.now += sleep.asleep;
    this.woke = this.now;
    this.#offline = sleep.offline;
    this.#sleepAt = next ? this.now + next.awake : Number.POSITIVE_INFINITY;
    return sleep;
  }

  /** A request on its way, and the answer as the other side gives it before the machine sleeps. */
  async request<T>(answer: () => Promise<T>): Promise<T> {
    if (this.#offline > 0) {
      this.#offline -= 1;
      throw failure('ENOTFOUND');
    }
    const given = await answer();
    if (this.pass(requestMs)?.request === 'dead') throw failure('ECONNRESET');
    return given;
  }

  get isDone(): boolean {
    return this.#sleeps.length === 0;
  }
}

/** Runs `listen` from the first second on, until a minute after the last event and the last sleep. */
async function listen(
  events: readonly TimedEvent[],
  sleeps: readonly Sleep[],
  more: { refuse?: (token: string) => boolean; onRequest?: (url: string) => void } = {},
) {
  const machine = new Machine(sleeps);
  const last = Math.max(...events.map(({ arrives }) => arrives));
  const list = anEventList(events, { now: () => machine.now });
  const reply = async ({ path, query }: Asked): Promise<Response> => {
    const row = events.find(({ id }) => path.endsWith(`/events/${id}`));
    if (row) return answered(anEvent({ id: row.id, receivedAt: at(row.arrives) }));
    // Pages of three, however many are asked for: what came in hours fills many.
    const { limit, ...asked } = query;
    if (path.endsWith('/events')) return answered(await list({ ...asked, ...(limit === '1' && { limit }) }));
    return answered(aConnection());
  };
  const stop = new AbortController();
  const { fetch } = aDeployment((asked) => machine.request(() => reply(asked)));
  const origins = new Set<string>();
  const forbidden = async () => answered({ message: 'Forbidden' }, 403);
  const ran = await hooklatch(['listen', 'orders', '--forward', forward, '--from', at(0)], {
    env: {},
    profileFolder: folder,
    stateFolder: mkdtempSync(join(folder, 'state-')),
    fetch: (url, request) => {
      origins.add(new URL(String(url)).origin);
      more.onRequest?.(String(url));
      const token = new Headers(request?.headers).get('authorization')?.replace('Bearer ', '') ?? '';
      return more.refuse?.(token) ? machine.request(forbidden) : fetch(url, request);
    },
    now: () => new Date(Date.parse(at(0)) + machine.now),
    interrupt: stop.signal,
    wait: async (ms) => {
      machine.pass(ms);
      if (machine.isDone && machine.now > Math.max(machine.woke, last) + minute) stop.abort();
    },
  });
  return { ...ran, origins: [...origins] };
}

const login = (token: string, url = env.HOOKLATCH_URL) => writeProfile(folder, undefined, { url, token });

const aSleep = fc.record({
  awake: fc.integer({ min: 500, max: 10_000 }),
  asleep: fc.oneof(fc.integer({ min: 1_000, max: 60_000 }), fc.integer({ min: hour, max: 12 * hour })),
  request: fc.constantFrom('dead' as const, 'late' as const),
  offline: fc.nat(5),
});

/** Moments at which webhooks come: some while the machine is awake, most while it sleeps. */
const inSleeps = (sleeps: readonly Sleep[]) => {
  const whole = sleeps.reduce((sum, { awake, asleep }) => sum + awake + asleep, 0);
  const begins = sleeps.map((_, n) => sleeps.slice(0, n).reduce((sum, { awake, asleep }) => sum + awake + asleep, 0));
  return fc.array(
    fc.oneof(
      fc.nat(whole),
      fc.constantFrom(...begins).chain((begin) => fc.nat(5_000).map((ms) => begin + ms)),
    ),
    {
      minLength: 1,
      maxLength: 12,
      size: 'max',
    },
  );
};

test('each event is forwarded once and in order, whenever the machine sleeps, and however long', async () => {
  login('a-token');
  const nights = fc.array(aSleep, { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      nights.chain((sleeps) => fc.tuple(fc.constant(sleeps), inSleeps(sleeps))),
      async ([sleeps, moments]) => {
        got = [];
        const sorted = [...moments].sort((one, other) => one - other);
        const events = sorted.map((arrives, n) => ({ id: `e${String(n).padStart(2, '0')}`, arrives, delay: 0 }));
        expect(await listen(events, sleeps)).toMatchObject({ code: 0 });
        expect(got).toEqual(events.map(({ id }) => `${id} 1`));
      },
    ),
    { numRuns: count({ usual: 15, full: 300 }) },
  );
});

const night: Sleep = { awake: 5_000, asleep: 8 * hour, request: 'dead', offline: 0 };
const evening = { id: 'evening', arrives: 1_000, delay: 0 };
const morning = { id: 'morning', arrives: 8 * hour, delay: 0 };

test('the answer to each list and each event must begin within five seconds: the connection can be dead', async () => {
  login('a-token');
  const timers = jest.spyOn(globalThis, 'setTimeout');
  const limits = new Map<string, unknown>();
  const onRequest = (url: string) => limits.set(url.replace(/.*\/orders|\?.*/g, ''), timers.mock.lastCall?.[1]);
  await listen([evening, morning], [night], { onRequest });
  timers.mockRestore();
  expect(Object.fromEntries(limits)).toMatchObject({
    '/events': 5_000,
    '/events/evening': 5_000,
    '/events/morning': 5_000,
  });
});

test('a token that was saved while the machine slept is used, and the events go on', async () => {
  login('of-yesterday');
  const tokens: string[] = [];
  const refuse = (token: string) => {
    if (tokens.at(-1) !== token) tokens.push(token);
    if (token === 'of-today' || !got.includes('evening 1')) return false;
    login('of-today');
    return true;
  };
  expect(await listen([evening, morning], [night], { refuse })).toMatchObject({ code: 0 });
  expect([got, tokens]).toEqual([
    ['evening 1', 'morning 1'],
    ['of-yesterday', 'of-today'],
  ]);
});

test.each([
  ['no other token is saved', () => undefined],
  ['the other token is refused too', () => login('another-token')],
  ['the profile is now that of another deployment', () => login('another-token', 'https://other.example.com')],
  ['the profile is gone', () => rmSync(join(folder, 'default.json'), { force: true })],
])('a token that expired while the machine slept ends it, if %s', async (_, meanwhile) => {
  login('a-token');
  const refuse = () => {
    if (!got.includes('evening 1')) return false;
    meanwhile();
    return true;
  };
  const { code, err, origins } = await listen([evening, morning], [night], { refuse });
  expect([code, got, origins]).toEqual([4, ['evening 1'], [env.HOOKLATCH_URL]]);
  expect(err).toContain('The operator token is unknown, expired or revoked');
});
