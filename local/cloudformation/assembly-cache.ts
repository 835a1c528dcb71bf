import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from '../../shared/ground/file/private-folder.ts';
import { folderDigest } from './folder-digest.ts';

/** The inputs of a synthesis. The lock file in node_modules names the versions that are installed. */
const inputs = [
  'clients/console',
  'infra',
  'functions',
  'shared',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];

/** The key of an app's assembly: the digest of what it is made from. @param environment the context of the app */
export const keyOf = (projectDir: string, environment: string): string =>
  folderDigest(projectDir, inputs, [environment, process.version]);

/** Assemblies of earlier syntheses, by the digest of their inputs. */
export interface AssemblyCache {
  /** Replaces `outDir` by a copy of the assembly stored under `key`. Returns false if there is none. */
  take(key: string, outDir: string): boolean;
  /** Creates a new folder to synthesize into. No other process uses it, not even a killed one. */
  draft(): string;
  /** Moves the assembly from a draft into the cache. */
  keep(draft: string, key: string): void;
}

/** Enough for the branches and settings that a developer switches between. */
const maxCachedAssemblies = 6;
/** A draft of this age was left by a killed run. */
const abandonedAfterMs = 3_600_000;

/**
 * Opens the cache in `folder`, which only this user can enter. If that is impossible, nothing is cached, which only
 * costs time.
 */
export function openCache(folder: string): AssemblyCache {
  try {
    claimFolder(folder);
  } catch {
    return { take: () => false, draft: () => mkdtempSync(join(tmpdir(), 'hooklatch-draft-')), keep: () => undefined };
  }
  return {
    take: (key, outDir) => readdirSync(folder).some((name) => isOf(name, key) && take(join(folder, name), outDir)),
    draft: () => mkdtempSync(join(folder, 'draft-')),
    keep(draft, key) {
      keep(draft, join(folder, nameOf(key, draft)));
      prune(folder);
    },
  };
}

/**
 * The name of a cached assembly ends in the digest of its files. The digest shows whether the files are complete and
 * unchanged.
 */
const nameOf = (key: string, assembly: string): string => `${key}-${folderDigest(assembly, ['.'])}`;
const isOf = (name: string, key: string): boolean => name.startsWith(`${key}-`);

/** Copies a cached assembly. Returns false if it is damaged, or another process is removing it. */
function take(kept: string, outDir: string): boolean {
  try {
    copyFolder(kept, outDir);
    if (kept.endsWith(folderDigest(outDir, ['.']))) {
      utimesSync(kept, new Date(), new Date());
      return true;
    }
  } catch {
    // The app is then synthesized again, and the synthesis reports any problem with `outDir`.
  }
  rmSync(kept, { recursive: true, force: true });
  return false;
}

/** Replaces a folder by a copy of another. Node's own copy does not keep the modes of folders. */
export function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const copy = entry.isDirectory() ? copyFolder : copyFileSync;
    copy(join(from, entry.name), join(to, entry.name));
  }
}

function keep(draft: string, kept: string): void {
  try {
    renameSync(draft, kept);
  } catch (error) {
    // Another process has just stored the same assembly.
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Removes the least recently used assemblies and the drafts of killed runs. */
function prune(folder: string): void {
  const found = readdirSync(folder).flatMap((name) => {
    const stat = statSync(join(folder, name), { throwIfNoEntry: false });
    return stat ? [{ path: join(folder, name), isDraft: name.startsWith('draft-'), usedAt: stat.mtimeMs }] : [];
  });
  const kept = found.filter(({ isDraft }) => !isDraft).sort((one, other) => other.usedAt - one.usedAt);
  const abandoned = found.filter(({ isDraft, usedAt }) => isDraft && usedAt < Date.now() - abandonedAfterMs);
  for (const { path } of [...kept.slice(maxCachedAssemblies), ...abandoned])
    rmSync(path, { recursive: true, force: true });
}
