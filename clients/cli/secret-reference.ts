/** Reads the secrets to which references lead: variables of the environment, files, or secrets of Secrets Manager. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadSecret } from '../shared/manifest/apply-plan.ts';
import { UsageError } from './command-error.ts';
import { secretText } from './secrets-manager.ts';
import type { Terminal } from './terminal.ts';

function fromEnvironment(name: string, { env }: Terminal): string {
  const value = env[name];
  if (value === undefined) throw new UsageError(`env:${name} leads to no secret: ${name} is not set.`);
  return value;
}

/** A line break at the end is not a part of the secret. */
function fromFile(path: string, folder: string): string {
  try {
    return readFileSync(resolve(folder, path), 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
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
 * @param folder the folder from which the paths of references lead
 */
export function secretReader(terminal: Terminal, folder: string): ReadSecret {
  return async (reference) => {
    const [scheme, rest] = [reference.slice(0, reference.indexOf(':')), reference.slice(reference.indexOf(':') + 1)];
    const value =
      scheme === 'env'
        ? fromEnvironment(rest, terminal)
        : scheme === 'file'
          ? fromFile(rest, folder)
          : await fromSecretsManager(rest);
    if (value === '') throw new UsageError(`${reference} leads to no secret: it is empty.`);
    return value;
  };
}
