import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { StartError } from './start-error.ts';

/**
 * Reads a command's flags.
 * @param command as the user types it
 * @throws StartError, in one line, if the command does not have the flag, or if an argument is not a flag
 */
export function readFlags<T extends ParseArgsOptionsConfig>(args: string[], options: T, command: string) {
  try {
    return parseArgs<{ args: string[]; options: T }>({ args, options }).values;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [line = ''] = message.split('\n');
    // npm takes the flags before -- for itself and passes only their values on.
    const advice = `Options go after --: ${command} -- --port 4000`;
    const reason = code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL' ? line.replace(/\. .*/, `. ${advice}`) : line;
    throw new StartError(`${reason} (--help shows the options)`);
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
