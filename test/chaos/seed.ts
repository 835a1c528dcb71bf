/** Runs the plan of one seed against a runtime, ends all faults and checks the results. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { redriveDeadLetters, redrivenText } from '../../clients/cli/recovery/redrive-dead-letters.ts';
import { burst, type Deeds, digest, operate, replay, type Target } from './actors.ts';
import { nothingElseIsPublished, type Observed, violationsOf } from './check.ts';
import { deliveryViolationsOf, type Observed as Shipped } from './check-deliveries.ts';
import { deliveryPlanOf, isDeliveryStep } from './delivery-plan.ts';
import { Destinations, made } from './destinations.ts';
import { named, observe } from './observe.ts';
import { givenUpToldIn, listsIn } from './observe-deliveries.ts';
import { type Plan, planOf } from './plan.ts';
import { stepsToTheEnd } from './steps-to-the-end.ts';
import { aWorld, type World } from './world.ts';

/** A data folder with two active endpoints. Each seed starts with a copy of it. */
export interface Base {
  assembly: string;
  dataDir: string;
  targets: Target[];
}

const settings = [{ dedupe: { by: 'header', name: 'x-delivery' } }, {}];

/** Makes the base in `folder`. */
export async function aBase(assembly: string, folder: string): Promise<Base> {
  const world = await aWorld(assembly, folder);
  const must = async (method: string, path: string, body?: unknown) => {
    const answer = await world.api(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json();
  };
  const targets = await Promise.all(
    settings.map(async (each, at): Promise<Target> => {
      const name = `endpoint-${at}`;
      const path = `/v1/connections/${name}/endpoint`;
      await must('POST', '/v1/connections', { name });
      await must('PUT', path, each);
      await must('POST', `${path}/token`, {});
      await must('POST', `${path}/activate`);
      const { url, token } = (await must('GET', `${path}/token`)) as { url: string; token: string };
      return { name, path: new URL(url).pathname, token, idHeader: each.dedupe?.name };
    }),
  );
  await world.settle();
  await world.end();
  return { assembly, dataDir: folder, targets };
}

async function perform(
  world: World,
  plan: Plan,
  targets: Target[],
  destinations: Destinations,
  deeds: Deeds,
): Promise<void> {
  const sending: Promise<unknown>[] = [];
  for (const step of plan) {
    if (isDeliveryStep(step)) {
      await destinations.perform(step);
      continue;
    }
    const target = 'to' in step ? targets[step.to] : undefined;
    if (step.do === 'send' && target) sending.push(burst(world, target, step.to, step.webhooks, deeds));
    else if (step.do === 'operate' && target) await operate(world, target, step.verb);
    else if (step.do === 'replay' && target) await replay(world, target, step, deeds);
    else if (step.do === 'wake runner') void world.wake(runner).catch(() => undefined);
    else if ('calls' in step || step.do === 'kill' || step.do === 'step clock') world.command(step);
    // Without running calls a fault has no effect.
    await sleep(15);
  }
  await Promise.all(sending);
}

/** The start of the logical id of the rule that runs replay jobs. */
const runner = 'runreplayjobs';

/** Redrives the relay's dead letters, as an operator does after the alarm. */
async function redriveAll(world: World): Promise<void> {
  const { aws, buckets } = await world.ready();
  const s3 = new S3Client(aws);
  const lambda = new LambdaClient(aws);
  const written: string[] = [];
  const options = { s3, lambda, bucket: named(buckets, 'Failures'), dryRun: false };
  const { left } = await redriveDeadLetters({ ...options, report: (letter) => written.push(redrivenText(letter)) });
  for (const client of [s3, lambda]) client.destroy();
  if (left > 0) throw new Error(`redrive left ${left} objects:\n${written.join('\n')}`);
}

/**
 * Makes each instance write the counts that it held back: one more rejection at a URL that nothing else uses does that.
 */
async function flushRejections(world: World, targets: Target[]): Promise<void> {
  for (const { name } of targets) {
    const path = `/hooks/${name}/${'A'.repeat(22)}`;
    for (let round = 0; round < 2; round += 1) {
      world.command({ do: 'step clock', seconds: 5 });
      await Promise.all(Array.from({ length: 12 }, () => world.send({ method: 'POST', path })));
    }
  }
}

/** Ends all faults and waits until the delayed work is done. Holds stay. */
async function comeToRest(world: World): Promise<void> {
  world.command({ do: 'heal' });
  await world.settle();
}

/** Releases every hold and completes every replay job. */
async function finish(world: World, targets: Target[]): Promise<void> {
  for (const target of targets) await operate(world, target, 'release');
  await world.settle();
  for (const seconds of stepsToTheEnd(world)) {
    world.command({ do: 'step clock', seconds });
    await world.wake(runner);
    await world.settle();
  }
  await redriveAll(world);
  await flushRejections(world, targets);
}

/** What the checker of the deliveries needs to know. */
const shipped = async (
  world: World,
  { stored }: Observed,
  deeds: Deeds,
  patience: Shipped['patience'],
): Promise<Shipped> => ({
  sendings: deeds.sendings,
  history: deeds.history,
  stored,
  lists: await listsIn(world),
  patience,
  givenUpTold: givenUpToldIn(world),
  madeSha256: digest(Buffer.from(made)),
  kills: world.kills,
});

/** The result of a seed: its totals and its violations. */
export interface Outcome {
  violations: string[];
  observed: Observed;
  shipped: Shipped;
  kills: number;
}

/**
 * Runs a seed on a copy of the base.
 * @throws if the world itself breaks
 */
export async function runSeed(seed: number, base: Base): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), `hooklatch-chaos-${seed}-`));
  cpSync(base.dataDir, folder, { recursive: true });
  // The base was killed while it was idle, so the copy is complete. Its lock would refuse the start.
  rmSync(join(folder, 'lock'), { force: true });
  const world = await aWorld(base.assembly, folder);
  const targets = base.targets.map((target) => ({ ...target }));
  const deeds: Deeds = { sendings: [], replays: [], history: [] };
  const destinations = await Destinations.open(world, targets, deeds.history, deliveryPlanOf(seed));
  try {
    await perform(world, planOf(seed), targets, destinations, deeds);
    await destinations.performLate(deliveryPlanOf(seed).late);
    destinations.heal();
    await comeToRest(world);
    const leaked = nothingElseIsPublished(await observe(world, targets, deeds));
    await finish(world, targets);
    await destinations.finish();
    const observed = await observe(world, targets, deeds);
    const deliveries = await shipped(world, observed, deeds, destinations.patience);
    const violations = [...leaked, ...violationsOf(observed), ...deliveryViolationsOf(deliveries)];
    return { violations, observed, shipped: deliveries, kills: world.kills };
  } finally {
    destinations.close();
    await world.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
