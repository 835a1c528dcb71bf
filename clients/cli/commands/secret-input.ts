/** The options by which a command takes a secret: never as an argument. */
import type { Command } from 'commander';
import { UsageError } from '../command-error.ts';
import { readJson, readSecret } from '../prompt.ts';
import type { Terminal } from '../terminal.ts';

export interface SecretOptions {
  valueStdin?: boolean;
  file?: string;
}

export const withValueOption = (command: Command): Command =>
  command.option('--value-stdin', 'adopt the secret on stdin, or ask for it at a terminal, instead of generating one');

/** Adds the options of a command that takes one secret or, in a document, two. */
export const withSecretOptions = (command: Command): Command =>
  withValueOption(command).option(
    '--file <path>',
    'read {"value", "signingSecret"} as JSON from a file, or - for stdin',
  );

/**
 * The values that the operator chose. Empty if Hooklatch generates them.
 * @throws UsageError if both options are used
 */
export async function readValues(terminal: Terminal, { valueStdin, file }: SecretOptions): Promise<object> {
  if (valueStdin && file !== undefined) throw new UsageError('Use either --value-stdin or --file.');
  if (file !== undefined) return readJson(terminal, file);
  return valueStdin ? { value: await readSecret(terminal, 'Secret: ') } : {};
}
