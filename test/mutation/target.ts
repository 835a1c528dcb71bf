/** What a mutation run covers: the folders of `shared/`, and `functions/`. */
import { existsSync, globSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Not mutated. `presets` is data: `test/shared/endpoints/provider/presets.test.ts` compares it with real deliveries of each sender.
 * `generated` is written by `npm run providers`, and a test compares it with what the command writes.
 */
const data = ['!shared/endpoints/provider/presets/**', '!shared/endpoints/provider/generated/**'];

export interface Target {
  /** The folder or file, from the root of the project. */
  path: string;
  /** The folder whose results are kept together. */
  folder: string;
  /** Stryker's patterns for the files to mutate. */
  mutate: string[];
}

export const usage = `npm run test:mutants                         all folders of shared/, and functions/
npm run test:mutants -- shared/endpoints/signature     one folder, or several
npm run test:mutants -- functions/relay.ts   one file
  --force                                    test all mutants again, also those whose tests did not change`;

const allFolders = () => [...globSync('shared/*/*', { exclude: ['**/README.md'] }).sort(), 'functions'];

/** Throws if the path is not a folder of `shared/`, `functions/`, or a file in one of them. */
function targetOf(given: string): Target {
  const path = given.replace(/\/+$/, '');
  const isFile = existsSync(path) && statSync(path).isFile();
  const folder = isFile ? dirname(path) : path;
  if (!existsSync(path) || !allFolders().includes(folder))
    throw new Error(`${given} is not one of ${allFolders().join(', ')}, nor a file in one of them.`);
  return { path, folder, mutate: [isFile ? path : `${path}/**/*.ts`, ...data] };
}

/** The targets that the command line names, else all. Throws if an argument is wrong. */
export function readTargets(given: string[]): { targets: Target[]; force: boolean } {
  const paths = given.filter((argument) => argument !== '--force');
  const targets = (paths.length > 0 ? paths : allFolders()).map(targetOf);
  return { targets, force: given.includes('--force') };
}
