/** Steps for tests of an assembly's files. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Each kind of file with its mode. `code` stands for the functions' code. Lambda reads it as another user, from a zip
 * that keeps the mode. Here the folder around it keeps other users out.
 */
export function modesIn(folder: string): string[] {
  const names = ['.', ...(readdirSync(folder, { recursive: true }) as string[])];
  const modes = names.map((name) => {
    const found = statSync(join(folder, name));
    const kind = found.isDirectory() ? 'folder' : name.startsWith('asset.') ? 'code' : 'file';
    return `${kind} ${(found.mode & 0o777).toString(8)}`;
  });
  return [...new Set(modes)].sort();
}

/** What `modesIn` says of an assembly that is private to the user. */
export const closed = ['code 644', 'file 600', 'folder 700'];
