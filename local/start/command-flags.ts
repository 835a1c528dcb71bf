import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { StartError } from './start-error.ts';

/**
 * Reads a command's flags.
 * @throws StartError, in one line, if the command does not have the flag
 */
export function readFlags<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs<{ args: string[]; options: T }>({ args, options }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message.split('\n')[0]} (--help shows the options)`);
  }
}

/**
 * Reads a port number; 0 picks a free port.
 * @throws StartError if the text is not a port number
 */
export function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new StartError(`--port must be a number from 0 to 65535, not ${text}`);
}
