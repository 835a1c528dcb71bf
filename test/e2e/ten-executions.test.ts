/** An account that has ten executions, while every receiver hangs: webhooks are accepted all the same. */
import { afterEach, expect, test } from '@jest/globals';
import type { Template } from '../../local/cloudformation/template.ts';
import { aName, anActiveEndpoint, aRuntime, bearer, deliver, ok, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { withoutThrottle } from '../support/without-streams.ts';
import { aReceiver, type Receiver } from './given-receiver.ts';

let world: World;
let receiver: Receiver;
afterEach(async () => {
  receiver.close();
  await world.end();
});

/** The template with this `dispatchConcurrency`. Below 5, all that attempt deliveries evaluate one transform at a time. */
const withConcurrency = (concurrency: number) => (template: Template) => {
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const scaling = Properties?.['ScalingConfig'] as { MaximumConcurrency: number } | undefined;
    if (Type === 'AWS::Lambda::EventSourceMapping' && scaling?.MaximumConcurrency === 5)
      scaling.MaximumConcurrency = concurrency;
    const { Variables } = (Properties?.['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
    if (concurrency < 5 && Variables?.['TRANSFORM_FUNCTION'] && Variables['DELIVERIES_TABLE'])
      Variables['ONE_TRANSFORM'] = 'true';
  }
  return withoutThrottle(template);
};

/** A connection whose webhooks go to receivers that hang. @returns what sends to it, and gives the status */
async function aHangingConnection(destinations: number, settings: object) {
  const { path, url, token } = await anActiveEndpoint(world);
  const rules: object[] = [];
  // One after another: an operator's requests take executions too.
  for (let at = 0; at < destinations; at += 1) {
    const name = aName();
    receiver.manner[`/${name}`] = 'hanging';
    const destination = { name, url: `${receiver.origin}/${name}`, timeoutSeconds: 30, ...settings };
    await ok(world, 'POST', '/v1/destinations', destination);
    rules.push({ id: `r${at}`, to: name, transform: 'data' });
  }
  await ok(world, 'PUT', `${path}/routes`, { rules });
  return async () => (await deliver(url, { headers: bearer(token), body: '{}' })).status;
}

/** How many messages of a queue nobody has time for. */
function leftOver(queue: string): number {
  const [, url = ''] = Object.entries(world.runtime.queues).find(([id]) => id.includes(`${queue}Queue`)) ?? [];
  const arn = `arn:aws:sqs:${world.runtime.aws.region}:000000000000:${url.split('/').at(-1)}`;
  return world.runtime.aws.queue(arn)?.counts().visible ?? 0;
}

/** Sends webhooks until all that may attempt deliveries hangs, or one is refused. @returns what sends more */
async function whereAllHangs(dispatchConcurrency: number) {
  receiver = await aReceiver();
  world = await aRuntime({
    concurrentExecutions: 10,
    maxInstances: 8,
    transformTemplate: withConcurrency(dispatchConcurrency),
  });
  const toLanes = await aHangingConnection(dispatchConcurrency + 2, { rate: { perSecond: 100 } });
  const toDispatch = await aHangingConnection(2, {});
  const statuses: number[] = [];
  const fill = (queue: string, send: () => Promise<number>) => {
    // A message can be left over for a moment before the last consumer takes it.
    let leftOverInARow = 0;
    return waitUntil(
      `the consumers of the queue ${queue} hang`,
      async () => {
        statuses.push(await send());
        leftOverInARow = leftOver(queue) > 0 ? leftOverInARow + 1 : 0;
        return leftOverInARow === 4 || statuses.some((status) => status !== 202);
      },
      250,
    );
  };
  await fill('Lane', toLanes);
  await fill('Dispatch', toDispatch);
  return { statuses, send: toDispatch };
}

test('with a dispatchConcurrency of 2, each webhook is accepted', async () => {
  const { statuses, send } = await whereAllHangs(2);
  for (let webhook = 0; webhook < 30; webhook += 1) statuses.push(await send());
  expect([...new Set(statuses)]).toEqual([202]);
  expect(receiver.waiting().length).toBeGreaterThan(0);
  // Each evaluation has given its turn back. Nothing else is removed here.
  const removes = (name: string) =>
    world.calls.some(({ operation, principal }) => operation === 'DeleteItem' && principal.includes(name));
  expect(removes('dispatchFunction')).toBe(true);
});

test('with the usual one, the receivers take all executions, and a sender has to repeat', async () => {
  const { send } = await whereAllHangs(5);
  await waitUntil('a sender has to repeat', async () => (await send()) >= 500, 250);
});
