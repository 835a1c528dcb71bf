#!/usr/bin/env node
/** `hooklatch`, in a clone `npm run hooklatch`: the command line for operators. */
import { run } from './program.ts';
import { processTerminal } from './terminal.ts';

/** Ends quietly if nobody reads the output any more, as in `hooklatch events list orders | head -1`. */
function endAtBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  throw error;
}

process.stdout.on('error', endAtBrokenPipe);
process.stderr.on('error', endAtBrokenPipe);
process.exitCode = await run(process.argv.slice(2), processTerminal());
