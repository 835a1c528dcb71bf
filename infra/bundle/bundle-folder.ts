/** Writes the code of a function, with the files that it needs, into the folder that becomes its zip. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleSite } from '../sites/console-site.ts';
import { docsSite } from '../sites/docs-site.ts';
import { type Site, writeSite } from '../sites/site.ts';
import { esbuildBundle } from './esbuild-bundle.ts';

/** The function that serves web pages, and the pages: the name in the URL → the files. */
const sites: Readonly<Record<string, Readonly<Record<string, () => Site>>>> = {
  'serve-files': { console: consoleSite, docs: docsSite },
};

/**
 * @param name the function's file in `functions/`, without its ending
 * @param leftOut the sites that are left out
 */
export function writeBundle(name: string, folder: string, leftOut: readonly string[] = []): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'index.js');
  writeFileSync(file, esbuildBundle(name));
  // Others may read the file: the zip keeps this mode, and Lambda runs the code as another user. On this machine, the
  // mode of the folder keeps others out.
  chmodSync(file, 0o644);
  const written = Object.entries(sites[name] ?? {}).filter(([site]) => !leftOut.includes(site));
  for (const [site, files] of written) writeSite(join(folder, 'sites', site), files());
}
