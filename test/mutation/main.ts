/**
 * `npm run test:mutants`: changes the code of `shared/` and `functions/` in small ways, and lists the changes that no unit
 * test detects. Goes folder by folder. A later run tests again only what changed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { equivalentMutantsOf, leaveOutEquivalent } from './equivalent-mutant.ts';
import { report, summary } from './report.ts';
import { readTargets, type Target, usage } from './target.ts';

/** Git ignores it, and a clean install empties it. */
const cache = 'node_modules/.cache/mutants';

function targetsOrUsage(): ReturnType<typeof readTargets> {
  try {
    return readTargets(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(1);
  }
}

const readSource = (name: string) => readFileSync(name, 'utf8');

/** Runs a target and writes its report. Returns lines about it: its score, and the wrong entries of its list. */
async function run({ path, folder, mutate }: Target, force: boolean): Promise<{ score: string; faults: string[] }> {
  const file = (of: string, kind: string) => join(cache, `${of.replaceAll('/', '-')}.${kind}`);
  const began = Date.now();
  const mutants = await new Stryker({
    mutate,
    force,
    incremental: true,
    incrementalFile: file(folder, 'json'),
    htmlReporter: { fileName: file(folder, 'html') },
  }).runMutationTest();
  const isOwn = (fileName: string) => fileName === path || fileName.startsWith(`${path}/`);
  const tested = mutants
    .map((mutant) => ({ ...mutant, fileName: relative(process.cwd(), mutant.fileName) }))
    .filter(({ fileName }) => isOwn(fileName));
  const entries = (await equivalentMutantsOf(folder)).filter((entry) => isOwn(entry.file));
  const { mutants: own, faults } = leaveOutEquivalent(tested, entries, readSource);
  const text = report(path, own, readSource);
  writeFileSync(file(path, 'md'), text);
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(
    `\n${text}\n${seconds} s. The report is ${file(path, 'md')}, and ${file(folder, 'html')} shows the code.\n`,
  );
  return { score: `${path}: ${summary(own)}`, faults };
}

const { targets, force } = targetsOrUsage();
mkdirSync(cache, { recursive: true });
const results: Awaited<ReturnType<typeof run>>[] = [];
for (const target of targets) results.push(await run(target, force));
console.log(results.map(({ score }) => score).join('\n'));
const faults = results.flatMap((result) => result.faults);
if (faults.length > 0) {
  console.error(`\nWrong entries in test/mutation/equivalent-mutants:\n${faults.join('\n')}`);
  process.exitCode = 1;
}
