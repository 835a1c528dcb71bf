/**
 * The world with a mistake in the real code: some texts of its sources are replaced. If the checker misses a mistake there, it would
 * miss it anywhere.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type * as Runs from './runs.ts';

/** A text that stands once in a file, and what stands there instead. */
export interface Change {
  file: string;
  from: string;
  to: string;
}

const root = resolve(import.meta.dirname, '../../..');

/** How often each text stands in its file. It must be once, or the code has changed. */
export const found = ({ file, from }: Change): number => readFileSync(join(root, file), 'utf8').split(from).length - 1;

/** The sources of the files that the changes touch, after the changes. */
function changedSources(changes: readonly Change[]): Map<string, string> {
  const sources = new Map<string, string>();
  for (const { file, from, to } of changes) {
    const path = join(root, file);
    const source = sources.get(path) ?? readFileSync(path, 'utf8');
    if (source.split(from).length !== 2) throw new Error(`${file} does not have this text exactly once: ${from}`);
    sources.set(
      path,
      source.replace(from, () => to),
    );
  }
  return sources;
}

/** Loads the world again, with the changes. */
export async function planted(changes: readonly Change[]): Promise<typeof Runs> {
  const sources = changedSources(changes);
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'runs.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    packages: 'external',
    write: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'planted',
        setup: ({ onLoad }) => {
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const contents = sources.get(path);
            return contents === undefined ? undefined : { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  const loaded = { exports: {} };
  const code = new Function('require', 'module', 'exports', outputFiles[0]?.text ?? '');
  code(createRequire(import.meta.url), loaded, loaded.exports);
  return loaded.exports as typeof Runs;
}
