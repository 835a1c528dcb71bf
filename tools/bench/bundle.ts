/** The size of the public functions' bundles, and the time until they are ready. */
import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCloudAssembly } from '../../local/cloudformation/cloud-assembly.ts';
import type { Sandbox } from '../../local/start/sandbox.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { type Figure, median } from './budget.ts';

const names = ['authorize', 'ingest'] as const;
type Name = (typeof names)[number];

/** The largest minified bundle, in bytes. */
const mostBytes: Record<Name, number> = { authorize: 240_000, ingest: 280_000 };
/** The longest start, as a multiple of an empty handler's start. */
const mostStart = 2.7;

/**
 * Finds the bundle of a function by the description in the template.
 * @param name its file in `functions/`, without the ending
 */
export function bundleOf(name: string, assembly: string): string {
  const { template, assets } = readCloudAssembly(assembly);
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type !== 'AWS::Lambda::Function' || Properties?.['Description'] !== `Hooklatch functions/${name}.ts`) continue;
    const folder = assets.get((Properties['Code'] as { S3Key: string }).S3Key);
    if (folder) return join(folder, 'index.js');
  }
  throw new Error(`the assembly has no function ${name}`);
}

/** Measures the minified bundles in bytes. */
export function sizes(assembly: string): Figure[] {
  return names.map((name) => {
    const { size } = statSync(bundleOf(name, assembly));
    const most = mostBytes[name];
    const shown = `${size.toLocaleString('en')} B (${(size / 1024).toFixed(1)} KiB)`;
    return { what: `bundle of ${name}`, value: size, shown, budget: { most, shown: `${most.toLocaleString('en')} B` } };
  });
}

const rounds = 25;

/** A script that loads a handler as Lambda does, and ends. */
const loader = `process.exit(typeof require(process.argv[2]).handler === 'function' ? 0 : 1);\n`;

/** The time from the start of a process until its handler is ready, in ms. */
function timeToReady(script: string, bundle: string, env: NodeJS.ProcessEnv): number {
  const began = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, [script, bundle], { env, stdio: 'ignore' });
  const took = Number(process.hrtime.bigint() - began) / 1e6;
  if (status !== 0) throw new Error(`${bundle} does not become ready`);
  return took;
}

/**
 * Compares the start time of each function with the start time of an empty handler. Each time is the median of several
 * rounds. A round starts each handler once. The first round is not counted.
 */
export function starts({ assembly, folder }: Sandbox): Figure[] {
  const script = join(folder, 'load.cjs');
  const empty = join(folder, 'empty.cjs');
  writeFileSync(script, loader);
  writeFileSync(empty, 'exports.handler = async () => ({});\n');
  const set = variables.map((name) => [name, '1']);
  const env = { ...Object.fromEntries(set), AWS_REGION: 'eu-central-1', PATH: process.env['PATH'] };
  const bundles = [empty, ...names.map((name) => bundleOf(name, assembly))];
  const times = bundles.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    const taken = bundles.map((bundle) => timeToReady(script, bundle, env));
    if (round > 0) for (const [at, time] of taken.entries()) times[at]?.push(time);
  }
  const [base = 0, ...each] = times.map(median);
  return names.map((name, at) => startFigure(name, each[at] ?? 0, base));
}

function startFigure(name: Name, time: number, base: number): Figure {
  const value = time / base;
  const shown = `${value.toFixed(2)}× (${time.toFixed(0)} ms / ${base.toFixed(0)} ms)`;
  return {
    what: `start of ${name}, compared to an empty handler's`,
    value,
    shown,
    budget: { most: mostStart, shown: `${mostStart}×` },
  };
}
