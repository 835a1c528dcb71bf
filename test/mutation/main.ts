/**
 * `npm run test:mutants`: changes the code of `shared/` and `functions/` in small ways, and lists the changes that no unit
 * test detects. Goes folder by folder. A later run tests again only what changed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { report, summary } from './report.ts';
import { readTargets, type Target, usage } from './target.ts';

/** Git ignores it, and a clean install empties it. */
const results = 'node_modules/.cache/mutants';

function targetsOrUsage(): ReturnType<typeof readTargets> {
  try {
    return readTargets(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(1);
  }
}

/** Runs a target and writes its report. Returns one line about it. */
async function run({ path, folder, mutate }: Target, force: boolean): Promise<string> {
  const file = (of: string, kind: string) => join(results, `${of.replaceAll('/', '-')}.${kind}`);
  const began = Date.now();
  const mutants = await new Stryker({
    mutate,
    force,
    incremental: true,
    incrementalFile: file(folder, 'json'),
    htmlReporter: { fileName: file(folder, 'html') },
  }).runMutationTest();
  const own = mutants
    .map((mutant) => ({ ...mutant, fileName: relative(process.cwd(), mutant.fileName) }))
    .filter(({ fileName }) => fileName === path || fileName.startsWith(`${path}/`));
  const text = report(path, own, (name) => readFileSync(name, 'utf8'));
  writeFileSync(file(path, 'md'), text);
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(
    `\n${text}\n${seconds} s. The report is ${file(path, 'md')}, and ${file(folder, 'html')} shows the code.\n`,
  );
  return `${path}: ${summary(own)}`;
}

const { targets, force } = targetsOrUsage();
mkdirSync(results, { recursive: true });
const lines: string[] = [];
for (const target of targets) lines.push(await run(target, force));
console.log(lines.join('\n'));
