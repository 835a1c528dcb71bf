import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import type { HistoryEntry } from '../../shared/endpoints/endpoint/history-entry.ts';
import { stateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import { defaultShards, eventTable } from '../../shared/events/event/event-table.ts';
import type { ReplayJob } from '../../shared/events/event/replay-job.ts';
import { replayJobTable } from '../../shared/events/event/replay-job-table.ts';
import type { ReplayView } from '../../shared/events/event/replay-job-view.ts';
import { testInFull } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aRuntime,
  bearer,
  deliver,
  ok,
  tableOf,
  type World,
} from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aStoredEvent } from './given-runs.ts';

/**
 * Whether a release may wake the function that publishes its events. That function then sleeps for five seconds. Without it,
 * its schedule wakes it, and tests move the clock instead of waiting.
 */
let mayWake = false;

let world: World;
/** The functions' time. */
const now = (): string => world.clock.now().toISOString();
beforeAll(async () => {
  world = await aRuntime({
    fault: ({ service }) => (service === 'lambda' && !mayWake ? 'error-before' : undefined),
  });
});
afterEach(() => {
  mayWake = false;
});
afterAll(() => world.end());

async function accepted({ url, token }: ActiveEndpoint, times: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < times; n += 1) {
    const answer = await deliver(url, { headers: bearer(token), body: `{"n":${n}}` });
    expect(answer.status).toBe(202);
    ids.push(String(answer.json()['id']));
  }
  return ids;
}

interface Published {
  id: string;
  replay?: number;
}

/** A connection's events on the bus, in order. */
async function published({ name }: ActiveEndpoint): Promise<Published[]> {
  await world.runtime.settled();
  const events = world.busEvents().filter(({ source }) => source === `hooklatch.${name}`);
  return events.map(({ detail }) => detail as Published);
}

/** Each id once, in the order of first publication. The bus may deliver an event more than once, and keeps no order. */
const idsOf = async (endpoint: ActiveEndpoint): Promise<string[]> => [
  ...new Set((await published(endpoint)).map(({ id }) => id)),
];

/** Runs the replay jobs as the schedule does, after this many seconds. */
async function wakeIn(seconds: number): Promise<void> {
  world.clock.ahead += seconds * 1000;
  await world.runtime.runSchedule('EveryMinute', 'runreplayjobs');
}

/** Waits until this many of a connection's events are on the bus. Seconds after its request, the schedule starts a release. */
async function untilPublished(endpoint: ActiveEndpoint, count: number): Promise<void> {
  await world.runtime.settled();
  if (!mayWake) await wakeIn(6);
  await waitUntil(`${count} events are on the bus`, async () => (await idsOf(endpoint)).length >= count, 100);
}

const theRuns = () => replayJobTable(world.dynamodb, tableOf(world.runtime, 'Journal'));

/** A connection's releases that are still running. */
async function openReleases({ name }: ActiveEndpoint): Promise<ReplayJob[]> {
  await world.runtime.settled();
  return (await theRuns().listOpen()).filter(({ connection }) => connection === name);
}

const endpointAt = async (path: string) =>
  ((await ok(world, 'GET', path)) as unknown as ConnectionView).endpoint ?? undefined;

describe('a held endpoint', () => {
  test('keeps accepting deliveries, and shows when the hold began', async () => {
    const endpoint = await anActiveEndpoint(world);
    expect(await endpointAt(endpoint.path)).toMatchObject({ held: false });
    const before = now();
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    const { held, heldSince = '' } = (await endpointAt(endpoint.path)) ?? {};
    expect(held).toBe(true);
    expect(heldSince >= before && heldSince <= now()).toBe(true);
    await accepted(endpoint, 2);
    const { items } = (await ok(world, 'GET', `${endpoint.path}/events`)) as { items: { held?: boolean }[] };
    expect(items.map(({ held: mark }) => mark)).toEqual([true, true]);
    await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    expect(await endpointAt(endpoint.path)).toMatchObject({ held: false });
    expect(await endpointAt(endpoint.path)).not.toHaveProperty('heldSince');
  });

  testInFull('shows how many events it holds when its connection is read', async () => {
    const endpoint = await anActiveEndpoint(world);
    await accepted(endpoint, 1);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    expect(await endpointAt(endpoint.path)).toMatchObject({ heldCount: 0, heldCountComplete: true });
    await accepted(endpoint, 3);
    expect(await endpointAt(endpoint.path)).toMatchObject({ heldCount: 3, heldCountComplete: true });
    await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    expect(await endpointAt(endpoint.path)).not.toHaveProperty('heldCount');
  });

  test('is deconfigured only with discardHeld=true, and the refusal counts the held events', async () => {
    const endpoint = await anActiveEndpoint(world);
    await accepted(endpoint, 1);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    await accepted(endpoint, 3);
    const active = await world.api('DELETE', `${endpoint.path}/endpoint`);
    expect(active.json()).toMatchObject({ status: 409, code: 'action_not_allowed' });
    expect(active.json()['detail']).toMatch(
      /^First deactivate .*, then remove the token .*, then release the endpoint .*, then repeat this\. Or, .*\?discardHeld=true\.$/,
    );
    await ok(world, 'POST', `${endpoint.path}/endpoint/deactivate`);
    const withToken = await world.api('DELETE', `${endpoint.path}/endpoint?discardHeld=true`);
    expect(withToken.json()).toMatchObject({
      status: 409,
      code: 'token_exists',
      detail: 'First remove the token (DELETE …/endpoint/token), then repeat this.',
    });
    await ok(world, 'DELETE', `${endpoint.path}/endpoint/token`);
    const refused = await world.api('DELETE', `${endpoint.path}/endpoint`);
    expect(refused.status).toBe(409);
    expect(refused.json()).toMatchObject({
      code: 'held',
      count: 3,
      complete: true,
      steps: [{ verb: 'release', reason: 'publishes_held' }, { verb: 'deconfigure' }],
      alternatives: [[{ verb: 'deconfigure', reason: 'discards_held' }]],
    });
    expect(refused.json()['detail']).toBe(
      'First release the endpoint to publish 3 held events (POST …/endpoint/release), then repeat this. Or, to discard the held events: repeat this with ?discardHeld=true.',
    );
    const other = await world.api('DELETE', `${endpoint.path}/endpoint?discardHeld=maybe`);
    expect([other.status, other.json()['code']]).toEqual([400, 'invalid_request']);
    await ok(world, 'DELETE', `${endpoint.path}/endpoint?discardHeld=true`);
    expect(await endpointAt(endpoint.path)).toBeUndefined();
  });
});

/** The publication state of an event, as read by its id and as read in the list. */
async function publicationOf({ path }: ActiveEndpoint, id: string | undefined) {
  const { publication } = await ok(world, 'GET', `${path}/events/${id}`);
  const { items } = (await ok(world, 'GET', `${path}/events`)) as { items: { id: string; publication?: string }[] };
  return [publication, items.find((each) => each.id === id)?.publication];
}

describe('the publication state of an event', () => {
  test('is first held, then waiting after the release, then published', async () => {
    const endpoint = await anActiveEndpoint(world);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    const [id] = await accepted(endpoint, 1);
    await wakeIn(20);
    expect(await publicationOf(endpoint, id)).toEqual(['held', 'held']);
    await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    expect(await publicationOf(endpoint, id)).toEqual(['waiting', undefined]);
    await untilPublished(endpoint, 1);
    const { releasedAt } = await ok(world, 'GET', `${endpoint.path}/events/${id}`);
    expect(Date.parse(String(releasedAt))).toBeGreaterThan(world.clock.now().getTime() - 60_000);
    await wakeIn(20);
    expect(await publicationOf(endpoint, id)).toEqual(['published', undefined]);
  });

  testInFull('is discarded if the endpoint was deconfigured before a release', async () => {
    const endpoint = await anActiveEndpoint(world);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    const [id] = await accepted(endpoint, 1);
    await ok(world, 'DELETE', `${endpoint.path}/endpoint/token`);
    await ok(world, 'DELETE', `${endpoint.path}/endpoint?discardHeld=true`);
    expect(await publicationOf(endpoint, id)).toEqual(['discarded', 'discarded']);
  });
});

describe('a release', () => {
  test('publishes each held event once, oldest first, and does not mark it as a replay', async () => {
    const endpoint = await anActiveEndpoint(world);
    const before = await accepted(endpoint, 1);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    const held = await accepted(endpoint, 5);
    expect(await idsOf(endpoint)).toEqual(before);
    mayWake = true;
    await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    const later = await accepted(endpoint, 1);
    await untilPublished(endpoint, 7);
    const seen = await published(endpoint);
    expect(seen.map(({ id }) => id)).toEqual([...before, ...later, ...held]);
    expect(seen.map(({ replay }) => replay)).toEqual(seen.map(() => undefined));
    const { items } = (await ok(world, 'GET', `${endpoint.path}/events`)) as { items: { held?: boolean }[] };
    expect(items.map(({ held: mark }) => mark)).toEqual(items.map(() => undefined));
    expect(await openReleases(endpoint)).toHaveLength(1);
    await wakeIn(120);
    expect(await openReleases(endpoint)).toEqual([]);
    expect(await published(endpoint)).toHaveLength(7);
  });

  test("is listed among the replay jobs with its count and progress, and can't be cancelled", async () => {
    const endpoint = await anActiveEndpoint(world);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    const { heldSince } = (await endpointAt(endpoint.path)) ?? {};
    await accepted(endpoint, 3);
    const released = await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    await untilPublished(endpoint, 3);
    const { items } = (await ok(world, 'GET', `${endpoint.path}/replays`)) as { items: ReplayView[] };
    const running = { kind: 'release', state: 'running', from: heldSince, count: 3, done: 3, skipped: 0 };
    expect(items).toEqual([expect.objectContaining(running)]);
    const at = `${endpoint.path}/replays/${items[0]?.id}`;
    expect(released['note']).toBe(
      `The held events are being published, the oldest first. See the progress: GET /v1/connections/${endpoint.name}/replays/${items[0]?.id}`,
    );
    expect(await ok(world, 'GET', at)).toMatchObject({
      note: expect.stringMatching(/^Every held event is published\. /),
    });
    const refused = await world.api('DELETE', at);
    expect([refused.status, refused.json()['code']]).toEqual([409, 'release_not_cancellable']);
    await wakeIn(120);
    const done = await ok(world, 'GET', at);
    expect(done).toMatchObject({ ...running, state: 'done', endedAt: expect.any(String) });
    expect(done).not.toHaveProperty('note');
    expect(await ok(world, 'DELETE', at)).toMatchObject({ state: 'done' });
  });

  testInFull('does not publish the events of a newer hold', async () => {
    const endpoint = await anActiveEndpoint(world);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    const first = await accepted(endpoint, 2);
    await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    const second = await accepted(endpoint, 2);
    await untilPublished(endpoint, 2);
    await wakeIn(120);
    expect((await idsOf(endpoint)).sort()).toEqual(first.toSorted());
    await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    await untilPublished(endpoint, 4);
    expect((await idsOf(endpoint)).sort()).toEqual([...first, ...second].sort());
    await wakeIn(120);
    expect(await openReleases(endpoint)).toEqual([]);
  });

  testInFull('publishes events that are stored late under its hold, during the release or after it', async () => {
    const endpoint = await anActiveEndpoint(world);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    const record = await stateTable(world.dynamodb, tableOf(world.runtime, 'State')).readConnection(endpoint.name);
    if (!record) throw new Error('the connection does not exist');
    const [held] = await accepted(endpoint, 1);
    await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    await untilPublished(endpoint, 1);
    // An event that was authorized during the hold, and that a slow function stores only now.
    const straggler = async (): Promise<string> => {
      const event = aStoredEvent(record, world.clock.now().getTime(), { held: record.endpoint?.hold?.id ?? '' });
      await eventTable(world.dynamodb, tableOf(world.runtime, 'Events'), defaultShards).append(event);
      return event.id;
    };
    const between = await straggler();
    await wakeIn(120);
    expect(await openReleases(endpoint)).toEqual([]);
    const after = await straggler();
    expect(new Set(await idsOf(endpoint))).toEqual(new Set([held, between, after]));
  });

  testInFull.each([-1500, 1500])('publishes an event that was stored while the clock was %i s off', async (off) => {
    const endpoint = await anActiveEndpoint(world);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    const { ahead } = world.clock;
    world.clock.ahead = ahead + off * 1000;
    const [held] = await accepted(endpoint, 1);
    world.clock.ahead = ahead;
    await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    await untilPublished(endpoint, 1);
    expect(await idsOf(endpoint)).toEqual([held]);
  });

  test('starts only once, and the history names its hold', async () => {
    const endpoint = await anActiveEndpoint(world);
    await ok(world, 'POST', `${endpoint.path}/endpoint/hold`);
    await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    const again = await ok(world, 'POST', `${endpoint.path}/endpoint/release`);
    expect(again['endpoint']).toMatchObject({ held: false });
    expect(await openReleases(endpoint)).toHaveLength(1);
    const { items } = (await ok(world, 'GET', `${endpoint.path}/history`)) as { items: HistoryEntry[] };
    const [released, held] = items;
    expect(held).toMatchObject({ verb: 'hold', hold: expect.any(String), heldSince: held?.at });
    expect(released).toMatchObject({ verb: 'release', hold: held?.hold, heldSince: held?.at });
  });
});
