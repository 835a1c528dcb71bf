/**
 * The console as one file for the tests of its controls, without its styles, and with each control wrapped. Jest would transform each of
 * the 1,900 files of its libraries by itself.
 */
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { build, stop } from 'esbuild';
import { callbackNamesIn, instrument } from './control-list.ts';

const root = resolve(import.meta.dirname, '../../../..');
const consoleFolder = resolve(root, 'clients/console');

/** The names of the callbacks of the console's own components. */
const callbacks = new Set(
  globSync('**/*.tsx', { cwd: consoleFolder }).flatMap((file) =>
    callbackNamesIn(readFileSync(resolve(consoleFolder, file), 'utf8')),
  ),
);

/** The controls in the source of a component, as if it were a file of the console. */
export const controlsIn = (source: string): string[] => instrument('planted.tsx', source, callbacks).controls;

/** The bundle's path, and every control in it. */
export interface ConsoleBundle {
  path: string;
  controls: string[];
}

/** @param name of the file to write */
export async function bundleConsole(name: string): Promise<ConsoleBundle> {
  const path = resolve(root, `node_modules/.cache/console-controls/${name}.mjs`);
  const controls: string[] = [];
  mkdirSync(resolve(path, '..'), { recursive: true });
  await build({
    entryPoints: [resolve(import.meta.dirname, 'console-parts.ts')],
    outfile: path,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    logLevel: 'warning',
    loader: { '.css': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'controls',
        setup({ onLoad }) {
          onLoad({ filter: /\/console\/.*\.tsx$/ }, (args) => {
            const file = relative(consoleFolder, args.path);
            const found = instrument(file, readFileSync(args.path, 'utf8'), callbacks);
            controls.push(...found.controls);
            return { contents: found.code, loader: 'tsx' };
          });
        },
      },
    ],
  });
  // The compiler is a process of its own, and would keep Jest's from ending in time.
  await stop();
  return { path, controls: controls.sort() };
}
