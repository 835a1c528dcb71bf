/** The file of `plan` and `apply`: reads it, and the secrets to which its references lead. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ReadSecret } from '../shared/manifest/apply-plan.ts';
import type { Manifest } from '../shared/manifest/manifest.ts';
import { ManifestError, readManifest } from '../shared/manifest/read-manifest.ts';
import { FaultyFile, UsageError } from './command-error.ts';
import { readText } from './prompt.ts';
import { secretText } from './secrets-manager.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reads the file, or stdin if the path is `-`.
 * @throws FaultyFile with each mistake and its place, and UsageError if it can't be read
 */
export async function readManifestFile(terminal: Terminal, path: string): Promise<Manifest> {
  const text = await readText(terminal, path);
  try {
    return readManifest(text, path === '-' ? 'stdin' : path);
  } catch (error) {
    if (error instanceof ManifestError) throw new FaultyFile(error.message);
    throw error;
  }
}

function fromEnvironment(name: string, { env }: Terminal): string {
  const value = env[name];
  if (value === undefined) throw new UsageError(`The file takes a secret from env:${name}, and ${name} is not set.`);
  return value;
}

/** A path is that of the folder of the file. A line break at the end is not a part of the secret. */
function fromFile(path: string, folder: string): string {
  try {
    return readFileSync(resolve(folder, path), 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`The file takes a secret from file:${path}, which can't be read (${code}).`);
  }
}

/** A field of a secret that is a JSON object. */
function fieldIn(text: string, id: string, field: string): string {
  let found: unknown;
  try {
    found = new Map(Object.entries(JSON.parse(text))).get(field);
  } catch {}
  if (typeof found === 'string') return found;
  throw new UsageError(`secretsmanager:${id}#${field} is no text in a JSON object.`);
}

async function fromSecretsManager(rest: string): Promise<string> {
  const [id = '', field] = rest.split('#');
  const text = await secretText(id);
  return field === undefined ? text : fieldIn(text, id, field);
}

/** Reads what references lead to. No message quotes a value. */
export function secretReader(terminal: Terminal, path: string): ReadSecret {
  const folder = path === '-' ? '.' : dirname(path);
  return async (reference) => {
    const [scheme, rest] = [reference.slice(0, reference.indexOf(':')), reference.slice(reference.indexOf(':') + 1)];
    const value =
      scheme === 'env'
        ? fromEnvironment(rest, terminal)
        : scheme === 'file'
          ? fromFile(rest, folder)
          : await fromSecretsManager(rest);
    if (value === '') throw new UsageError(`The secret of ${reference} is empty.`);
    return value;
  };
}
