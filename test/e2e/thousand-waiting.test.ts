/**
 * A thousand deliveries wait, and meanwhile operators edit the routes, mend a destination and delete another one by force. Each
 * delivery is made as the rules said when its webhook came, or is cancelled and listed.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inParallel } from '../../shared/ground/base/parallel.ts';
import { anActiveEndpoint, aRuntime, bearer, deliver, ok, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { withoutThrottle } from '../support/without-streams.ts';
import { aReceiver, isSigned, type Receiver } from './given-receiver.ts';

let world: World;
let receiver: Receiver;
beforeAll(async () => {
  [world, receiver] = await Promise.all([aRuntime({ transformTemplate: withoutThrottle }), aReceiver()]);
});
afterAll(async () => {
  receiver.close();
  await world.end();
});

const early = Array.from({ length: 250 }, (_, n) => n);
const late = Array.from({ length: 10 }, (_, at) => 250 + at);
const numerically = (one: number, other: number): number => one - other;

/** How many deliveries to a destination wait. */
async function waitingFor(destination: string): Promise<number> {
  const { waiting } = await ok(world, 'GET', `/v1/destinations/${destination}/health`);
  return (waiting as { count: number }).count;
}

/** The numbers in the bodies that a path got, by the rule that sent them. */
function gotAt(path: string, rule: string): number[] {
  const requests = receiver.got.filter((got) => got.path === path && got.headers['webhook-id']?.includes(`_${rule}_`));
  return requests.map(({ body }) => (JSON.parse(body.toString()) as { n: number }).n).sort(numerically);
}

test('each of a thousand deliveries is sent as its version says, or cancelled and listed', async () => {
  const at = (name: string) => `/v1/destinations/${name}`;
  const secrets: Record<string, string> = {};
  for (const name of ['kept', 'mended', 'removed', 'other']) {
    await ok(world, 'POST', '/v1/destinations', { name, url: `${receiver.origin}/${name}` });
    secrets[name] = String((await ok(world, 'GET', `${at(name)}/secret`))['secret']);
  }
  const paused = ['kept', 'mended', 'removed'];
  for (const name of paused) await ok(world, 'POST', `${at(name)}/pause`, {});
  const { path, url, token } = await anActiveEndpoint(world);
  const setRules = (...rules: object[]) => ok(world, 'PUT', `${path}/routes`, { rules });
  const events = new Map<number, string>();
  const send = (numbers: number[]) =>
    inParallel(numbers, 8, async (n) => {
      const headers = { ...bearer(token), 'content-type': 'application/json' };
      const answer = await deliver(url, { headers, body: `{ "n": ${n} }` });
      events.set(n, String(answer.json()['id']));
    });
  await setRules(
    { id: 'bytes', to: 'kept' },
    { id: 'made', transform: '{ "version": 1, "n": data.n }', to: 'kept' },
    { id: 'mended', to: 'mended' },
    { id: 'removed', to: 'removed' },
  );
  await send(early);
  await waitUntil(
    'a thousand wait',
    async () => {
      const counts = await Promise.all(paused.map(waitingFor));
      return counts.join() === '500,250,250';
    },
    500,
  );

  await setRules(
    { id: 'bytes', to: 'kept' },
    { id: 'made', transform: '{ "version": 2, "n": data.n }', to: 'kept' },
    { id: 'mended', to: 'other' },
  );
  await send(late);
  await ok(world, 'PATCH', at('mended'), { url: `${receiver.origin}/mended/new` });
  await ok(world, 'DELETE', `${at('removed')}?force=true`);
  for (const name of ['kept', 'mended']) await ok(world, 'POST', `${at(name)}/resume`, {});
  await waitUntil('all has come', () => receiver.got.length >= 500 + 250 + 2 * 10 + 10, 500);
  await world.runtime.settled();

  const all = [...early, ...late];
  expect(gotAt('/kept', 'bytes')).toEqual(all);
  expect(gotAt('/kept', 'made')).toEqual(all);
  expect(gotAt('/mended/new', 'mended')).toEqual(early);
  expect(gotAt('/other', 'mended')).toEqual(late);
  expect(receiver.got).toHaveLength(780);
  for (const got of receiver.got) {
    const [, name = ''] = got.path.split('/');
    const { version, n } = JSON.parse(got.body.toString()) as { version?: number; n: number };
    const expected = got.headers['webhook-id']?.includes('_made_')
      ? JSON.stringify({ version: n < 250 ? 1 : 2, n })
      : `{ "n": ${n} }`;
    expect([version, got.body.toString(), isSigned(secrets[name] ?? '', got)]).toEqual([version, expected, true]);
  }
  const statuses = await inParallel(all, 8, async (n) => {
    const { items } = (await ok(world, 'GET', `${path}/events/${events.get(n)}/deliveries`)) as {
      items: { rule: string; status: string; reason?: string }[];
    };
    return items.map(({ rule, status, reason = '' }) => `${rule} ${status} ${reason}`.trim()).sort();
  });
  expect(statuses).toEqual(
    all.map((n) => [
      'bytes delivered',
      'made delivered',
      'mended delivered',
      ...(n < 250 ? ['removed cancelled destination_deleted'] : []),
    ]),
  );
});
