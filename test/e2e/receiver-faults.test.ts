/** Receivers that are ill in every way, and bodies that are made to be slow: over real connections, beside others that are well. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { aName, anActiveEndpoint, aSharedRuntime, bearer, deliver, ok, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aReceiver, isSigned, type Manner, type Receiver } from './given-receiver.ts';

let world: World;
let receiver: Receiver;
beforeAll(async () => {
  [world, receiver] = await Promise.all([aSharedRuntime(), aReceiver()]);
});
afterAll(async () => {
  receiver.close();
  await world.end();
});
beforeEach(() => {
  receiver.got = [];
  receiver.manner = {};
});

async function aDestination(url: string, more: object = {}): Promise<string> {
  const name = aName();
  await ok(world, 'POST', '/v1/destinations', { name, url, ...more });
  return name;
}

/** A connection with these rules. @returns what sends a webhook to it, and its path */
async function aRoutedConnection(rules: object[]) {
  const { path, url, token } = await anActiveEndpoint(world);
  await ok(world, 'PUT', `${path}/routes`, { rules });
  const send = async (body: string) =>
    String(
      (await deliver(url, { headers: { ...bearer(token), 'content-type': 'application/json' }, body })).json()['id'],
    );
  return { path, send };
}

interface Delivery {
  id: string;
  rule: string;
  status: string;
  reason?: string;
}
const deliveriesOf = async (path: string, event: string) =>
  ((await ok(world, 'GET', `${path}/events/${event}/deliveries`)) as { items: Delivery[] }).items;

interface Shown {
  status: string;
  reason?: string;
  nextAttemptAt?: string;
  history: { at: string; outcome: string; status?: number; answer?: string; cause?: string }[];
}
const shown = async ({ id }: Delivery) => (await ok(world, 'GET', `/v1/deliveries/${id}`)) as unknown as Shown;

/** What comes of the first attempt. */
const firstAttempts: Record<Manner | 'not there', object> = {
  well: { status: 'delivered', history: [{ outcome: 'answered', status: 200 }] },
  failing: { status: 'waiting', history: [{ outcome: 'answered', status: 500, answer: 'out of order' }] },
  limiting: { status: 'waiting', history: [{ outcome: 'answered', status: 429, answer: 'too many' }] },
  gone: { status: 'failed', reason: 'gone', history: [{ outcome: 'answered', status: 410 }] },
  redirecting: { status: 'waiting', history: [{ outcome: 'answered', status: 302 }] },
  // The status decides.
  'half a body': { status: 'delivered', history: [{ outcome: 'answered', status: 200 }] },
  'half a head': { status: 'waiting', history: [{ outcome: 'broken' }] },
  garbage: { status: 'waiting', history: [{ outcome: 'broken' }] },
  'hanging up': { status: 'waiting', history: [{ outcome: 'broken' }] },
  hanging: { status: 'waiting', history: [{ outcome: 'timeout' }] },
  'not there': { status: 'waiting', history: [{ outcome: 'unreachable' }] },
};

test('one event goes to receivers with every fault: each is recorded, and whoever is mended gets it', async () => {
  const gone = await aReceiver();
  gone.close();
  const ways = Object.keys(firstAttempts) as (keyof typeof firstAttempts)[];
  const nameOf = (way: string) => way.replaceAll(' ', '-');
  const rules = await Promise.all(
    ways.map(async (way) => {
      const path = `/${nameOf(way)}`;
      if (way !== 'not there') receiver.manner[path] = way;
      const origin = way === 'not there' ? gone.origin : receiver.origin;
      return { id: nameOf(way), to: await aDestination(`${origin}${path}`, { timeoutSeconds: 1 }) };
    }),
  );
  const { path, send } = await aRoutedConnection(rules);
  const body = '{"n": 1.0}';
  const event = await send(body);
  const found = new Map<string, Shown>();
  await waitUntil('each was attempted', async () => {
    for (const delivery of await deliveriesOf(path, event))
      if (delivery.status !== 'queued') found.set(delivery.rule, await shown(delivery));
    return found.size === ways.length;
  });
  // On a busy machine, some were attempted again by then.
  const first = (delivery?: Shown) => delivery && { ...delivery, history: delivery.history.slice(0, 1) };
  expect(Object.fromEntries(ways.map((way) => [way, first(found.get(nameOf(way)))]))).toMatchObject(firstAttempts);
  const paths = receiver.got.map((got) => got.path);
  expect(paths).toContain('/redirecting');
  expect(paths).not.toContain('/elsewhere');
  const limited = found.get('limiting');
  const asked = Date.parse(limited?.nextAttemptAt ?? '') - Date.parse(limited?.history[0]?.at ?? '');
  expect(asked).toBeGreaterThanOrEqual(120_000);

  receiver.manner = {};
  const [{ to: notThere = '' } = {}] = rules.filter(({ id }) => id === 'not-there');
  await ok(world, 'PATCH', `/v1/destinations/${notThere}`, { url: `${receiver.origin}/not-there` });
  await waitUntil('whoever waited has got it', async () => {
    world.clock.ahead += 60_000;
    await world.runtime.runSchedule('EveryMinute', 'sweepdeliveries');
    await world.runtime.settled();
    return (await deliveriesOf(path, event)).every(({ status }) => ['delivered', 'failed'].includes(status));
  });
  const ends = (await deliveriesOf(path, event)).map(({ rule, status }) => [rule, status]);
  expect(Object.fromEntries(ends)).toEqual({
    ...Object.fromEntries(ways.map((way) => [nameOf(way), 'delivered'])),
    gone: 'failed',
  });
  await Promise.all(
    rules.map(async ({ id, to }) => {
      const { secret } = await ok(world, 'GET', `/v1/destinations/${to}/secret`);
      const requests = receiver.got.filter((got) => got.path === `/${id}`);
      expect(requests.map((got) => [got.body.toString(), isSigned(String(secret), got)])).toEqual(
        requests.map(() => [body, true]),
      );
      const attempts = requests.map(({ headers }) => Number(headers['hooklatch-attempt']));
      expect([id, attempts]).toEqual([id, [...new Set(attempts)].sort((one, other) => one - other)]);
      expect([id, attempts.length > 1]).toEqual([id, !['well', 'gone', 'half-a-body', 'not-there'].includes(id)]);
    }),
  );
});

test('a body that is made to be slow to match stops no stream, and only its own delivery fails', async () => {
  const to = await aDestination(`${receiver.origin}/slow`);
  // Each rule looks at each of the 35,000 elements. The budget of an event is used up before the last rule.
  const rules = Array.from({ length: 50 }, (_, at) => ({ id: `r${at}`, when: { data: { n: [at + 1] } }, to }));
  const slow = await aRoutedConnection(rules);
  const quick = await aRoutedConnection([{ id: 'quick', to: await aDestination(`${receiver.origin}/quick`) }]);
  const costly = await slow.send(JSON.stringify({ n: Array(35_000).fill(0) }));
  const event = await quick.send('{}');
  await waitUntil('both are decided', async () => {
    const all = [...(await deliveriesOf(slow.path, costly)), ...(await deliveriesOf(quick.path, event))];
    return all.every(({ status }) => status !== 'queued' && status !== 'waiting');
  });
  const verdicts = (await deliveriesOf(slow.path, costly)).map(({ status, reason }) => `${status} ${reason}`);
  expect([...new Set(verdicts)].sort()).toEqual(['failed match_too_costly', 'not_matched undefined']);
  expect(await deliveriesOf(quick.path, event)).toMatchObject([{ status: 'delivered' }]);
  const paths = receiver.got.map((got) => got.path);
  expect(paths.filter((each) => ['/slow', '/quick'].includes(each))).toEqual(['/quick']);
});
