/** Reads the secrets to which references lead: variables of the environment, files, or secrets of Secrets Manager. */
import { readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, parse, relative, resolve, sep } from 'node:path';
import type { ReadSecret } from '../../shared/operators/manifest/plan-secrets.ts';
import { splitReference } from '../../shared/operators/manifest/secret-reference.ts';
import { UsageError } from './command-error.ts';
import { secretText } from './secrets-manager.ts';
import type { Terminal } from './terminal.ts';

function fromEnvironment(name: string, { env }: Terminal): string {
  const value = env[name];
  if (value === undefined) throw new UsageError(`env:${name} leads to no secret: ${name} is not set.`);
  return value;
}

/** Where a reference to a file leads. @throws if it may not lead there */
type PathOf = (path: string) => string;

/**
 * Paths of files below a folder, wherever symbolic links lead. Nobody keeps secrets for a file in the root folder: everything is below it,
 * the environments of processes too.
 */
export function fileBelow(folder: string): PathOf {
  return (path) => {
    const top = realpathSync(folder);
    const real = realpathSync(resolve(top, path));
    const [first] = relative(top, real).split(sep);
    if (top !== parse(top).root && first !== '..' && !isAbsolute(relative(top, real))) return real;
    throw new UsageError(`file:${path} leads to no secret: it is outside of the folder of the file.`);
  };
}

/** A line break at the end is not a part of the secret. */
function fromFile(path: string, pathOf: PathOf): string {
  try {
    return readFileSync(pathOf(path), 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`file:${path} leads to no secret: it can't be read (${code}).`);
  }
}

/** A field of a secret that is a JSON object. */
function fieldIn(text: string, id: string, field: string): string {
  let found: unknown;
  try {
    found = new Map(Object.entries(JSON.parse(text))).get(field);
  } catch {}
  if (typeof found === 'string') return found;
  throw new UsageError(`secretsmanager:${id}#${field} leads to no secret: it is no text in a JSON object.`);
}

async function fromSecretsManager(rest: string): Promise<string> {
  const [id = '', field] = rest.split('#');
  const text = await secretText(id);
  return field === undefined ? text : fieldIn(text, id, field);
}

/**
 * Reads what references lead to. No message quotes a value.
 * @param pathOf by default any path, from the working folder on: whoever types it may read it
 */
export function referenceReader(terminal: Terminal, pathOf: PathOf = (path) => path): ReadSecret {
  return async (reference) => {
    const [scheme, rest] = splitReference(reference);
    const value =
      scheme === 'env'
        ? fromEnvironment(rest, terminal)
        : scheme === 'file'
          ? fromFile(rest, pathOf)
          : await fromSecretsManager(rest);
    if (value === '') throw new UsageError(`${reference} leads to no secret: it is empty.`);
    return value;
  };
}
