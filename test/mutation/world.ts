/**
 * Loads the project's modules again and again in one process. Each import with a new world number gets new instances of
 * all modules of the project, so no mutant leaves a trace. Packages are loaded once.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { keepKeyPairs } from '../support/key-pairs.ts';

const parameter = 'world';
const jestGlobals = new URL('./jest-globals.ts', import.meta.url).href;

/** The paths that a module's imports lead to, and JavaScript of each file: reading both is most of the time of an import. */
const resolved = new Map<string, string>();
const sources = new Map<string, string>();

function javascriptOf(path: string): string {
  const known = sources.get(path);
  if (known !== undefined) return known;
  const source = stripTypeScriptTypes(readFileSync(path, 'utf8'));
  sources.set(path, source);
  return source;
}

/**
 * Starts to load the modules below `folder` in worlds. Returns a function that imports a file in a new world.
 * Test files get the `test` and `expect` of `jest-globals.ts` instead of those of jest.
 */
export function openWorlds(folder: string): (path: string) => Promise<void> {
  const root = `${pathToFileURL(folder).href}/`;
  const isOurs = (url: string) => url.startsWith(root) && url.endsWith('.ts');
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === '@jest/globals') return { url: jestGlobals, shortCircuit: true };
      const [parent, world] = (context.parentURL ?? '').split(`?${parameter}=`);
      const key = `${specifier} ${parent}`;
      const known = resolved.get(key);
      if (world === undefined) return next(specifier, context);
      if (known !== undefined) return { url: `${known}?${parameter}=${world}`, format: 'module', shortCircuit: true };
      const found = next(specifier, context);
      if (!isOurs(found.url)) return found;
      resolved.set(key, found.url);
      return { ...found, url: `${found.url}?${parameter}=${world}` };
    },
    load(url, context, next) {
      const [file, world] = url.split(`?${parameter}=`);
      if (world === undefined || file === undefined) return next(url, context);
      return { format: 'module', source: javascriptOf(fileURLToPath(file)), shortCircuit: true };
    },
  });
  const startKeyPairs = keepKeyPairs();
  let world = 0;
  return async (path) => {
    world += 1;
    startKeyPairs();
    await import(`${pathToFileURL(path).href}?${parameter}=${world}`);
  };
}
