import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A digest of files and folders by their names and bytes: another one when a file is added, changed, renamed or removed.
 * @param paths within `folder`; one that is missing counts as missing
 * @param more texts that count as well
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

/** The lengths keep the end of one part from passing for the beginning of the next. */
function add(hash: Hash, name: string, bytes: Buffer | undefined): void {
  hash.update(`${name.length} ${name} ${bytes?.length ?? 'missing'} `);
  if (bytes) hash.update(bytes);
}
