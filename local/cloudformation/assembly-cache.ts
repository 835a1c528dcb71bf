import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from '../../shared/base/private-folder.ts';
import { folderDigest } from './folder-digest.ts';

/** Assemblies of earlier syntheses, by the digest of all that each was made of. */
export interface AssemblyCache {
  /** Puts a copy of the assembly that was kept under `key` in place of `outDir`. False when there is none. */
  take(key: string, outDir: string): boolean;
  /** A new folder to synthesize into. No other process has it, not even one that a killed run left behind. */
  draft(): string;
  /** Moves the assembly out of a draft into the cache. */
  keep(draft: string, key: string): void;
}

/** Enough for the branches and settings that somebody goes back and forth between. */
const mostKept = 6;
/** A draft this old, in ms, was left behind by a run that was killed. */
const abandonedAfter = 3_600_000;

/** Opens the cache in `folder`, for this user alone. Where that can't be had, nothing is kept, which only costs time. */
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

/** A name ends in the digest of what is kept there, which tells whether all of it is there still, and unchanged. */
const nameOf = (key: string, assembly: string): string => `${key}-${folderDigest(assembly, ['.'])}`;
const isOf = (name: string, key: string): boolean => name.startsWith(`${key}-`);

/** Copies an assembly. One that was damaged, or is removed just now, does not count. */
function take(kept: string, outDir: string): boolean {
  try {
    copyFolder(kept, outDir);
    if (kept.endsWith(folderDigest(outDir, ['.']))) {
      utimesSync(kept, new Date(), new Date());
      return true;
    }
  } catch {
    // What can't be copied is synthesized again, and whatever is wrong with `outDir` is told then.
  }
  rmSync(kept, { recursive: true, force: true });
  return false;
}

/** Puts a copy of a folder in place of another; Node's own copy does not keep the modes of folders. */
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
    // Another process has kept the same just now.
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Removes what was not used for longest, and what killed runs left. */
function prune(folder: string): void {
  const found = readdirSync(folder).flatMap((name) => {
    const stat = statSync(join(folder, name), { throwIfNoEntry: false });
    return stat ? [{ path: join(folder, name), isDraft: name.startsWith('draft-'), usedAt: stat.mtimeMs }] : [];
  });
  const kept = found.filter(({ isDraft }) => !isDraft).sort((one, other) => other.usedAt - one.usedAt);
  const abandoned = found.filter(({ isDraft, usedAt }) => isDraft && usedAt < Date.now() - abandonedAfter);
  for (const { path } of [...kept.slice(mostKept), ...abandoned]) rmSync(path, { recursive: true, force: true });
}
