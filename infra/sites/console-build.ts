/** Builds the console with Vite. A build whose sources have not changed is used again. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cacheFolder = join(root, 'node_modules/.cache/hooklatch-console');

/** The sources of a build. The lock file names the versions of the packages, and clients/console/tsconfig.json extends the other one. */
export const sources = ['clients/console', 'shared', 'tsconfig.json', 'package-lock.json'];

/** The files below a folder, or the file itself, in an order that is always the same. */
function filesIn(path: string): string[] {
  const below = readdirSync(path, { recursive: true, withFileTypes: true });
  return below
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** @param root the folder of the project */
export function digestOfSources(root: string): string {
  const digest = createHash('sha256').update(`production ${process.version}`);
  for (const source of sources) {
    const path = join(root, source);
    for (const file of source.includes('.') ? [path] : filesIn(path)) {
      const content = readFileSync(file);
      digest.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
    }
  }
  return digest.digest('hex').slice(0, 32);
}

const buildFolder = (): string => join(cacheFolder, digestOfSources(root));

/** Whether `buildConsole` would use an earlier build. */
export const isConsoleBuilt = (): boolean => existsSync(buildFolder());

/**
 * Builds the console if it changed.
 * @returns the folder with the files
 * @throws with Vite's message if the console can't be built
 */
export function buildConsole(): string {
  const folder = buildFolder();
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder, { recursive: true });
  const draft = mkdtempSync(join(cacheFolder, 'draft-'));
  try {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const config = join(root, 'clients/console/vite.config.ts');
    const flags = ['--config', config, '--outDir', draft, '--emptyOutDir', '--logLevel', 'error'];
    // Under a test's NODE_ENV, Vite would build for development: slower, and with the paths of this machine.
    const env = { ...process.env, NODE_ENV: 'production' };
    execFileSync(process.execPath, [vite, 'build', ...flags], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    renameSync(draft, folder);
  } catch (error) {
    // Another process made the same build in the meantime, and its folder is as good.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}
