#!/usr/bin/env node
/** `hooklatch`, in a clone `npm run hooklatch`: the command line for operators. */
import { run } from './program.ts';
import { processTerminal } from './terminal.ts';

/** Ends quietly if nobody reads the output any more, as in `hooklatch events list orders | head -1`. */
function endAtBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  throw error;
}

/** Resolves when all that was written to the stream is with its reader. */
const written = (stream: NodeJS.WriteStream) => new Promise<void>((resolve) => stream.write('', () => resolve()));

process.stdout.on('error', endAtBrokenPipe);
process.stderr.on('error', endAtBrokenPipe);
const exitCode = await run(process.argv.slice(2), processTerminal());
await Promise.all([process.stdout, process.stderr].map(written));
// Not by an empty event loop: before such an end Node takes the listeners for signals away, and a Ctrl-C would kill it.
process.exit(exitCode);
