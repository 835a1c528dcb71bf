/**
 * kill -9 at random moments, while senders deliver and an operator changes an endpoint. After the restart, every event
 * that was answered 2xx is there, byte for byte, and every endpoint behaves as its record says. The moments come from a
 * seed, which a failing round prints; HOOKLATCH_KILL_SEED repeats it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import { statuses } from '../../shared/endpoints/endpoint/lifecycle.ts';
import { defaultShards, eventTable } from '../../shared/events/event/event-table.ts';
import type { Received } from '../local/http-client.ts';
import { type ActiveEndpoint, anActiveEndpoint, aRuntime, bearer, deliver, ok, tableOf } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aStartedProcess, type Started } from './given-process.ts';

const kills = 20;
const seed = process.env['HOOKLATCH_KILL_SEED'] ?? randomBytes(4).toString('hex');

/** The maximum number of events in a round: as many as one operator's burst can read back. */
const eventsInRound = 80;

const dataDir = mkdtempSync(join(tmpdir(), 'hooklatch-kill-'));
let running: Started;
/** Receives all the time. The operator does not change it. */
let steady: ActiveEndpoint;
/** The operator changes it all the time. */
let changing: ActiveEndpoint;
/** The SHA-256 of each body that was answered 2xx, by event id. */
const accepted = new Map<string, string>();

let draws = 0;
/** The next number of the seed's sequence, from 0 to below `limit`. */
function draw(limit: number): number {
  draws += 1;
  return createHash('sha256').update(`${seed}#${draws}`).digest().readUInt32BE(0) % limit;
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  running = await aStartedProcess(dataDir);
  steady = await anActiveEndpoint(running);
  changing = await anActiveEndpoint(running);
});
afterAll(async () => {
  await running?.end('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

/** Sends to an endpoint at the process's current URL. */
const sendTo = ({ url }: ActiveEndpoint, token: string, body: Buffer): Promise<Received> => {
  const headers = { ...bearer(token), 'content-type': 'application/octet-stream' };
  return deliver(running.url + new URL(url).pathname, { headers, body });
};

/** Repeats an action until the process is killed. The interrupted request proves nothing. */
async function untilKilled(round: { isKilled: boolean }, act: () => Promise<unknown>): Promise<void> {
  while (!round.isKilled) {
    try {
      await act();
    } catch (error) {
      if (!round.isKilled) throw error;
    }
  }
}

async function sendSome(round: { sent: number; ids: string[] }): Promise<void> {
  if (round.sent >= eventsInRound) return sleep(5);
  round.sent += 1;
  const body = randomBytes(draw(3000));
  const answer = await sendTo(steady, steady.token, body);
  if (answer.status !== 202) throw new Error(`a webhook was answered ${answer.status}: ${answer.text}`);
  const id = String(answer.json()['id']);
  accepted.set(id, digest(body));
  round.ids.push(id);
}

/** All actions of an operator on an endpoint, in any order. */
const verbs: [string, string, object?][] = [
  ['POST', '/activate'],
  ['POST', '/deactivate'],
  ['POST', '/token', {}],
  ['POST', '/token/rotate', { force: true }],
  ['POST', '/token/rotate', { force: true, graceSeconds: 0 }],
  ['DELETE', '/token/previous'],
  ['DELETE', '/token'],
  ['PUT', '', { retentionDays: 7 }],
  ['PUT', '', { retentionDays: null }],
];

async function changeSomething(): Promise<void> {
  const [method, path, body] = verbs[draw(verbs.length)] ?? ['POST', '/activate'];
  const { status } = await running.api(method, `${changing.path}/endpoint${path}`, body);
  expect([200, 201, 409]).toContain(status);
}

/** One round: load, a kill during it, and a restart. Returns the ids of the accepted events. */
async function killUnderLoad(): Promise<string[]> {
  const round = { isKilled: false, sent: 0, ids: [] as string[] };
  const load = [
    untilKilled(round, () => sendSome(round)),
    untilKilled(round, () => sendSome(round)),
    untilKilled(round, changeSomething),
  ];
  const all = Promise.all(load);
  // On a busy machine the first answers may take longer than the random wait.
  const accepting = waitUntil('two webhooks are accepted', () => round.ids.length >= 2).then(() => sleep(draw(500)));
  await Promise.race([accepting, all]);
  round.isKilled = true;
  await running.end('SIGKILL');
  await all;
  const left = lockHolder();
  expect(left).toBe(running.pid);
  running = await aStartedProcess(dataDir);
  expect(lockHolder()).toBe(running.pid);
  return round.ids;
}

const lockHolder = (): number => JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')).pid;

async function readBack(id: string): Promise<string> {
  const event = (await ok(running, 'GET', `${steady.path}/events/${id}`)) as { body?: string; bodyBase64?: string };
  return digest(Buffer.from(event.body ?? event.bodyBase64 ?? '', event.body === undefined ? 'base64' : 'utf8'));
}

/**
 * Every token in a record has its value and is accepted. A record without tokens accepts nothing, and gets a new token.
 */
async function checkEndpoint(endpoint: ActiveEndpoint): Promise<void> {
  const view = (await ok(running, 'GET', endpoint.path)) as unknown as ConnectionView;
  expect(statuses.slice(1)).toContain(view.status);
  const isTokenless = view.endpoint?.tokens.length === 0;
  expect(isTokenless && view.status !== 'inactive').toBe(false);
  if (isTokenless) {
    await ok(running, 'POST', `${endpoint.path}/endpoint/token`, {});
  }
  const shown = await ok(running, 'GET', `${endpoint.path}/endpoint/token`);
  await ok(running, 'POST', `${endpoint.path}/endpoint/activate`);
  const previous = shown['previous'] as { token: string } | undefined;
  const values = [String(shown['token']), ...(previous ? [previous.token] : [])];
  expect(values).toHaveLength(Math.max(view.endpoint?.tokens.length ?? 0, 1));
  for (const value of values) expect((await sendTo(endpoint, value, Buffer.from('x'))).status).toBe(202);
}

test(`after ${kills} kills under load nothing that was answered is lost (seed ${seed})`, async () => {
  let compared = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    try {
      for (const id of await killUnderLoad()) {
        compared += 1;
        expect(await readBack(id)).toBe(accepted.get(id));
      }
      await checkEndpoint(steady);
      await checkEndpoint(changing);
    } catch (error) {
      throw new Error(`kill ${kill} of HOOKLATCH_KILL_SEED=${seed}`, { cause: error });
    }
  }
  await running.end('SIGINT');
  const world = await aRuntime({ dataDir });
  const log = eventTable(world.dynamodb, tableOf(world.runtime, 'Events'), defaultShards);
  for (const [id, sum] of accepted) {
    const stored = await log.read(id);
    expect(stored && digest(stored.body)).toBe(sum);
  }
  await world.end();
  expect(accepted.size).toBeGreaterThan(kills);
  expect(compared).toBe(accepted.size);
});
