/** The page under /console, for operators. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildConsole } from './console-build.ts';
import type { Site } from './site.ts';

/** Builds the console if it changed, and reads its files. */
export function consoleSite(): Site {
  const folder = buildConsole();
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path))]));
}
