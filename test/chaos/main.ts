/**
 * `npm run test:chaos`: runs many seeds. Each is a plan of webhooks, operators' work and faults, and is checked once
 * all is quiet. Then every planted fault must be found. A failing seed is printed, and `--seed` repeats it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesize } from '../../local/cloudformation/synthesis.ts';
import { type Flags, readFlags, usage } from './flags.ts';
import type { Mutant } from './mutant.ts';
import { plant } from './mutant.ts';
import { mutants } from './mutants.ts';
import { planOf } from './plan.ts';
import { aBase, type Base, type Outcome, runSeed } from './seed.ts';

/** Prints the usage if a flag is wrong. */
function flagsOrUsage(): Flags {
  try {
    return readFlags(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(1);
  }
}

const { seeds, jobs, mutants: isMutating, isRepeat } = flagsOrUsage();

/** Runs `work` for each item, `jobs` at a time. */
async function each<T>(items: T[], jobs: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
}

/** The totals over all seeds. "No violation" means little if little happened. */
const totals: Record<string, number> = {};
const add = (name: string, count: number): void => {
  totals[name] = (totals[name] ?? 0) + count;
};

function addUp({
  observed: { sendings, refusals, stored, published, runs },
  shipped: { history },
  kills,
}: Outcome): void {
  add('webhooks', sendings.length);
  add('acknowledged', sendings.filter(({ answers }) => answers.some(({ id }) => id !== undefined)).length);
  add('refused', refusals.lines);
  add('stored', stored.length);
  add('published', published.length);
  add('replays', runs.length);
  add('kills', kills);
  for (const { what } of history) if (what === 'request') add('requests to destinations', 1);
  const last = history.findLast((entry) => entry.what === 'rest');
  for (const { status } of last?.deliveries ?? []) add(`deliveries ${status}`, 1);
}

/** The time limit of a seed in milliseconds. A wait without end is a failure too. */
const seedTimeoutMs = 180_000;

async function tooLong(): Promise<never> {
  await sleep(seedTimeoutMs, undefined, { ref: false });
  throw new Error('the seed did not come to an end');
}

async function judge(seed: number, base: Base): Promise<string[]> {
  try {
    const outcome = await Promise.race([runSeed(seed, base), tooLong()]);
    addUp(outcome);
    return outcome.violations;
  } catch (error) {
    return [`broken: ${(error as Error).stack}`];
  }
}

async function runSeeds(base: Base): Promise<number[]> {
  const failed: number[] = [];
  let done = 0;
  await each(seeds, jobs, async (seed) => {
    const violations = await judge(seed, base);
    done += 1;
    if (violations.length > 0) {
      failed.push(seed);
      console.log(`seed ${seed} fails:\n  ${violations.join('\n  ')}`);
    }
    if (done % 25 === 0) console.log(`${done} of ${seeds.length} seeds, ${failed.length} failed`);
  });
  console.log(totals);
  return failed;
}

/** The number of seeds in which a planted fault must be found. */
const maxSeedsPerFault = 60;

/** Whether the checker finds a planted fault, and in which seed. */
async function findMutant(assembly: string, mutant: Mutant, folder: string): Promise<boolean> {
  const planted = join(folder, mutant.name.replaceAll(' ', '-'));
  await plant(assembly, mutant, planted);
  const base = await aBase(planted, `${planted}-data`);
  for (let seed = 1; seed <= maxSeedsPerFault; seed += 1) {
    const found = (await judge(seed, base)).find((line) => line.startsWith(`${mutant.violates}:`));
    if (!found) continue;
    console.log(`planted "${mutant.name}": found by seed ${seed}: ${found}`);
    return true;
  }
  console.log(`planted "${mutant.name}": NOT found by ${maxSeedsPerFault} seeds`);
  return false;
}

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-chaos-'));
// Each seed starts the same code again, so a compile cache saves time.
process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
try {
  const assembly = join(folder, 'assembly');
  await synthesize(process.cwd(), assembly);
  const base = await aBase(assembly, join(folder, 'base'));
  if (isRepeat) console.log(seeds.map(planOf)[0]);
  const failed = await runSeeds(base);
  console.log(`${seeds.length - failed.length} of ${seeds.length} seeds passed`);
  const found: boolean[] = [];
  if (isMutating) {
    await each(mutants, jobs, async (mutant) => {
      found.push(await findMutant(assembly, mutant, folder));
    });
  }
  if (isMutating) console.log(`${found.filter(Boolean).length} of ${found.length} planted faults found`);
  process.exitCode = failed.length === 0 && found.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
