import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../shared/ground/file/replace-file.ts';
import { syncFolder } from '../../shared/ground/file/sync-folder.ts';
import { type StoredSecret, storedSecretSchema } from './stored-secret.ts';

/**
 * Reads all secrets of a folder, which is created (mode 0700) if it is missing. Removes incomplete files that a crash
 * left. Throws an Error that names a file that can't be read, and quotes nothing of it.
 */
export function readSecrets(folder: string): Map<string, StoredSecret> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = readdirSync(folder);
  for (const file of files.filter((name) => name.endsWith('.tmp'))) rmSync(join(folder, file));
  const secrets = files.filter((name) => name.endsWith('.json')).map((name) => readSecret(join(folder, name)));
  return new Map(secrets.map((secret) => [secret.name, secret]));
}

/** Writes a secret. After a crash at any moment, either the old or the new file is there, whole. */
export function writeSecret(folder: string, secret: StoredSecret): void {
  replaceFile(pathOf(folder, secret.name), JSON.stringify(secret));
}

/** Removes a secret permanently. */
export function removeSecret(folder: string, name: string): void {
  rmSync(pathOf(folder, name), { force: true });
  syncFolder(folder);
}

function readSecret(path: string): StoredSecret {
  try {
    return storedSecretSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    // The error has no cause, because both parsers quote the text.
    const code = (error as { code?: unknown }).code;
    throw new Error(
      `The secret's file ${path} can't be read (${typeof code === 'string' ? code : 'it is damaged'}). ` +
        'Restore it from a backup, or remove it to lose that secret.',
    );
  }
}

/**
 * The path of a secret's file. The file's name is a hash, because secret names contain slashes, have up to 512
 * characters and may differ only in case. No file system accepts all of them.
 */
function pathOf(folder: string, name: string): string {
  return join(folder, `${createHash('sha256').update(name).digest('hex').slice(0, 40)}.json`);
}
