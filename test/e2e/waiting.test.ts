/** `events wait` against the local runtime, whose index shows events late, over a network with faults: it misses none of 1,000 events. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hooklatch } from '../clients/cli/given-terminal.ts';
import { type ActiveEndpoint, anActiveEndpoint, aRuntime, bearer, deliver, type World } from '../support/given.ts';

/** How long the index takes at most to show an event, in ms. */
const longestLagMs = 4_000;
const rounds = 8;
const eventsInRound = 125;

/** Numbers from 0 to 1, the same ones in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

let world: World;
/** The events that a look did not show, because it came too early. */
const late = new Set<string>();

/** The lag of an event. A third is shown at once. */
function lagOf(id: string): number {
  const random = numbers([...id].reduce((sum, character) => Math.imul(sum, 31) + character.charCodeAt(0), 7))();
  return random < 1 / 3 ? 0 : random * longestLagMs;
}

beforeAll(async () => {
  world = await aRuntime({
    hidesRow({ id, receivedAt }) {
      const [name, at] = [String(id?.S), String(receivedAt?.S)];
      const isHidden = Date.parse(at) + lagOf(name) > world.clock.now().getTime();
      if (isHidden) late.add(name);
      return isHidden;
    },
  });
  // The command's own clock is three hours behind.
  world.clock.ahead += 3 * 3_600_000;
});
afterAll(() => world.end());

/** A network that loses requests and answers, and lets some hang. */
function faultyFetch(random: () => number): typeof globalThis.fetch {
  return async (url, request) => {
    const chance = random();
    if (chance < 0.1) throw new TypeError('lost');
    if (chance < 0.11) await new Promise((_, reject) => request?.signal?.addEventListener('abort', reject));
    if (chance < 0.14) return new Response('{"message":"Service Unavailable"}', { status: 503 });
    const answer = await fetch(url, request);
    if (chance < 0.2) throw new TypeError('the answer was lost');
    return answer;
  };
}

/** Sends events around the start of the command. @returns the numbers of those that were sent after its start, and of those that it found */
async function aRound(endpoint: ActiveEndpoint, seed: number) {
  const random = numbers(seed);
  const send = async (n: number, isAfter: boolean) => {
    const headers = { ...bearer(endpoint.token), 'content-type': 'application/json' };
    const delivery = { headers, body: JSON.stringify({ n, isAfter }) };
    // As a sender does: a busy runtime answers some with 500.
    while ((await deliver(endpoint.url, delivery)).status !== 202) await sleep(200);
  };
  const moments = Array.from({ length: eventsInRound }, () => random() * 5_000 - 1_000);
  const after = moments.flatMap((moment, n) => (moment >= 0 ? [n] : []));
  const before = moments.flatMap((moment, n) => (moment < 0 ? [sleep(1_000 + moment).then(() => send(n, false))] : []));
  await sleep(1_000);
  const started = performance.now();
  const sent = after.map((n) => sleep(moments[n]).then(() => send(n, true)));
  // A program takes some time to start.
  await sleep(random() * 500);
  const wanted = [
    '--match',
    '{"data": {"isAfter": [true]}}',
    '--count',
    String(after.length),
    '--timeout',
    '100s',
    '--json',
  ];
  const { code, out } = await hooklatch(['events', 'wait', endpoint.name, ...wanted], {
    env: { HOOKLATCH_URL: world.runtime.url, HOOKLATCH_TOKEN: world.admin },
    fetch: faultyFetch(random),
    wait: async (ms, signal) => void (await sleep(ms, undefined, signal && { signal }).catch(() => {})),
    uptime: () => performance.now() - started,
  });
  await Promise.all([...before, ...sent]);
  const found = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).data.n as number);
  return { code, after, found: found.sort((one, other) => one - other) };
}

test('finds each event that was sent from its start on, once', async () => {
  const all: Awaited<ReturnType<typeof aRound>>[] = [];
  for (let seed = 1; seed <= rounds; seed += 4) {
    const together = [seed, seed + 1, seed + 2, seed + 3];
    all.push(...(await Promise.all(together.map(async (each) => aRound(await anActiveEndpoint(world), each)))));
  }
  for (const { code, after, found } of all) expect([code, found]).toEqual([0, after]);
  expect(all.reduce((sum, { after }) => sum + after.length, 0)).toBeGreaterThan(700);
  expect(late.size).toBeGreaterThan(200);
});
