import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A digest of files and folders, over their names and bytes. The digest changes when a file is added, changed, renamed
 * or removed.
 * @param paths relative to `folder`; a missing path is part of the digest too
 * @param more further texts
 * that are part of the digest
 */
export function folderDigest(folder: string, paths: string[], more: string[] = []): string {
  const hash = createHash('sha256');
  for (const text of more) add(hash, 'text', Buffer.from(text));
  for (const path of paths) addPath(hash, folder, path);
  return hash.digest('hex');
}

function addPath(hash: Hash, folder: string, path: string): void {
  const found = statSync(join(folder, path), { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    for (const name of readdirSync(join(folder, path)).sort()) addPath(hash, folder, join(path, name));
  } else {
    add(hash, path, found && readFileSync(join(folder, path)));
  }
}

/** The lengths separate a part's end from the next part's start. */
function add(hash: Hash, name: string, bytes: Buffer | undefined): void {
  hash.update(`${name.length} ${name} ${bytes?.length ?? 'missing'} `);
  if (bytes) hash.update(bytes);
}
