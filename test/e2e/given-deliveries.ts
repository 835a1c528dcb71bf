/** Webhooks on every way to their destinations, for tests of what the functions on these ways may do. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { ChooseFault } from '../../local/aws/injected-fault.ts';
import { aName, anActiveEndpoint, bearer, bucketOf, deliver, ok, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { bodyKeyOf } from './given-events.ts';

/** Refuses what the relay sends to it, if it is told to. `fault` is for the runtime. */
export interface RefusingQueue {
  isRefusing: boolean;
  fault: ChooseFault;
}

export function aRefusingQueue(): RefusingQueue {
  const queue: RefusingQueue = {
    isRefusing: false,
    fault: ({ service, principal }) =>
      queue.isRefusing && service === 'sqs' && principal.includes('-relayFunction') ? 'error-before' : undefined,
  };
  return queue;
}

type Answer = (isTest: boolean) => number;

/** What each way needs. */
interface Given {
  world: World;
  queue: RefusingQueue;
  origin: string;
  /** The paths of the requests that the receiver got. */
  got: string[];
  /** What it answers to a path, and to the test of an operator there. By default 200. */
  answers: Record<string, Answer | undefined>;
  /** Waits for something, or until nothing more is wanted. */
  until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void>;
}

/** Two rules: one sends the bytes, and one what a transform makes. @returns the names and what delivers an event of this size */
async function aWay({ world, origin, answers }: Given, answer: Answer = () => 200) {
  const destination = aName();
  const way = `/${destination}`;
  answers[way] = answer;
  await ok(world, 'POST', '/v1/destinations', { name: destination, url: `${origin}${way}` });
  const { path, url, token } = await anActiveEndpoint(world);
  const rules = [
    { id: 'bytes', to: destination },
    { id: 'made', transform: '{ "of": "event" }', to: destination },
  ];
  await ok(world, 'PUT', `${path}/routes`, { rules });
  const send = async (size: number) =>
    String((await deliver(url, { headers: bearer(token), body: Buffer.alloc(size) })).json()['id']);
  const statusesOf = async (event: string) =>
    ((await ok(world, 'GET', `${path}/events/${event}/deliveries`)) as { items: { status: string }[] }).items.map(
      ({ status }) => status,
    );
  return { destination, way, path, send, statusesOf };
}

/** The size of a body that is in the bucket, and of one that is not. */
const large = 300_000;
const small = 2;

const sweep = ({ world }: Given) => world.runtime.runSchedule('EveryMinute', 'sweepdeliveries');

/** Whether a function has made a call with this permission. */
const hasUsed = ({ calls }: World, name: string, action: string, resource: string): boolean =>
  calls.some(
    ({ principal, permissions }) =>
      principal.includes(`-${name}Function`) &&
      permissions.some((used) => used.action === action && used.resource.includes(resource)),
  );

/** The queue does not take the message for a large event. So it becomes a row, and the sweep sends it. */
async function refusedByQueue(given: Given): Promise<void> {
  const { world, queue, got, until } = given;
  const { way, send } = await aWay(given);
  const before = world.logs.length;
  queue.isRefusing = true;
  await send(large);
  await until('the relay has given the queue up', () =>
    world.logs.slice(before).some((line) => line.includes('"warning":"not_queued"')),
  );
  queue.isRefusing = false;
  await until('both rules have sent it', async () => {
    await sweep(given);
    return got.filter((each) => each === way).length >= 2;
  });
}

/**
 * Five failing events open a destination, and its lane, which the sweep wakes, tells that. Somebody asks for one of them, and then tests the
 * destination, which takes tests by then. It takes nothing else before that: by a delivery it would recover without the test.
 */
async function failing(given: Given): Promise<void> {
  const { world, until } = given;
  let status = 500;
  let testStatus = 500;
  const { destination, path, send } = await aWay(given, (isTest) => (isTest ? testStatus : status));
  const isTold = () =>
    world.busEvents().some((event) => {
      const { destination: name } = event['detail'] as { destination?: string };
      return event['detail-type'] === 'destination.failing' && name === destination;
    });
  const event = await send(small);
  for (let others = 0; others < 4; others += 1) await send(small);
  await until('the bus has the notice', async () => {
    await sweep(given);
    return isTold() && hasUsed(world, 'sweepdeliveries', 'sqs:SendMessage', 'LaneQueue');
  });
  await until('one is asked for', async () => {
    const { items } = (await ok(world, 'GET', `${path}/events/${event}/deliveries`)) as { items: { id: string }[] };
    for (const { id } of items) await world.api('POST', `/v1/deliveries/${id}/attempt`, {});
    return hasUsed(world, 'apideliveries', 'sqs:SendMessage', 'LaneQueue');
  });
  testStatus = 200;
  await until('a test makes it recover', async () => {
    await world.api('POST', `/v1/destinations/${destination}/test`, {});
    return hasUsed(world, 'apidestinations', 'sqs:SendMessage', 'LaneQueue');
  });
  status = 200;
}

/**
 * A paused destination: one event keeps its body, and one loses it. After the resumption the first attempt fails and takes so long that
 * the lane's turn ends with it.
 */
async function pausedAndResumed(given: Given): Promise<void> {
  const { world, until } = given;
  const statuses = [500];
  const { destination, path, send, statusesOf } = await aWay(given, () => {
    const status = statuses.pop();
    if (status !== undefined) world.clock.ahead += 61_000;
    return status ?? 200;
  });
  await ok(world, 'POST', `/v1/destinations/${destination}/pause`, {});
  const [kept, lost] = [await send(large), await send(large)];
  for (const event of [kept, lost])
    await until('the event is parked', async () => (await statusesOf(event)).join() === 'parked,parked');
  const Key = await bodyKeyOf(world, lost);
  await world.s3.send(new DeleteObjectCommand({ Bucket: bucketOf(world.runtime, 'Bodies'), Key }));
  await ok(world, 'POST', `/v1/destinations/${destination}/resume`, {});
  await until('the lane has attempted all', async () => {
    await sweep(given);
    return (await statusesOf(lost)).join() === 'failed,failed' && (await statusesOf(kept)).includes('delivered');
  });
  await until('the lane hands on, and rests', () =>
    [
      ['sqs:SendMessage', 'DispatchQueue'],
      ['sqs:SendMessage', 'LaneQueue'],
      ['dynamodb:DeleteItem', 'Deliveries'],
    ].every(([action = '', resource = '']) => hasUsed(world, 'servelanes', action, resource)),
  );
  await ok(world, 'POST', `${path}/events/${lost}/replay`);
  await until('dispatch misses the body', () => hasUsed(world, 'dispatch', 's3:ListBucket', 'bodies'));
}

/** A destination is deleted while something waits for it. */
async function deleted(given: Given): Promise<void> {
  const { world, until } = given;
  const { destination, send, statusesOf } = await aWay(given);
  await ok(world, 'POST', `/v1/destinations/${destination}/pause`, {});
  const event = await send(small);
  await until('the event is parked', async () => (await statusesOf(event)).join() === 'parked,parked');
  await ok(world, 'DELETE', `/v1/destinations/${destination}?force=true`);
  await until('its deliveries are cancelled', async () => (await statusesOf(event)).join() === 'cancelled,cancelled');
}

/**
 * Sends webhooks on every way to destinations.
 * @param isEnough whether nothing more is wanted: without a permission, what follows it never happens
 */
export async function sendEverything(world: World, queue: RefusingQueue, isEnough = () => false): Promise<void> {
  const got: string[] = [];
  const answers: Given['answers'] = {};
  const receiver = createServer(({ url = '', headers }, response) => {
    got.push(url);
    const isTest = String(headers['webhook-id']).startsWith('test_');
    response.writeHead(answers[url]?.(isTest) ?? 200).end();
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const until: Given['until'] = (what, isSo) => waitUntil(what, async () => isEnough() || (await isSo()), 50);
  const given = { world, queue, origin, got, answers, until };
  const read = async () => void (await world.api('GET', '/v1/stats'));
  for (const way of [refusedByQueue, failing, pausedAndResumed, deleted, read]) if (!isEnough()) await way(given);
  receiver.close();
  receiver.closeAllConnections();
}
