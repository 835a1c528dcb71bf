/** `npm run demo`: shows the life of an endpoint on this machine, and checks every answer. */

import { readFlags, readPort } from '../../local/start/command-flags.ts';
import { Interrupted, inSandbox, type Sandbox } from '../../local/start/sandbox.ts';
import { StartError } from '../../local/start/start-error.ts';
import { withoutTokens } from '../../shared/endpoints/credential/token.ts';
import { operator, Unexpected } from './exchange.ts';
import { createLog, type Log } from './log.ts';
import { createPage } from './page.ts';
import { procedure } from './procedure.ts';
import { sender } from './sender.ts';

const isColoured = process.stdout.isTTY === true && !process.env['NO_COLOR'];

async function show({ runtime, operatorToken }: Sandbox, log: Log): Promise<void> {
  const page = createPage(console.log, isColoured);
  const ask = operator(runtime.url, operatorToken, page);
  await procedure({ page, ask, deliver: sender(page), log, settled: () => runtime.settled() });
}

const command = 'npm run demo';

const help = `Shows the life of an endpoint on this machine, and checks every answer.

  npm run demo -- [options]

  --port PORT   the port to listen on; 0 picks a free port (default 0)
  --help        show this
`;

const flags = { port: { type: 'string', default: '0' }, help: { type: 'boolean', default: false } } as const;

async function run(port: number): Promise<void> {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const log = createLog();
  const shown = inSandbox({ port, command, onLog: (_, line) => log.take(line) }, async (sandbox) => {
    console.log(`Ready at ${sandbox.runtime.url} after ${seconds()}.`);
    await show(sandbox, log);
  });
  // Printed once the sandbox handles signals. So after this line, an interruption leaves nothing behind.
  console.log('The life of an endpoint. Synthesizing the app and starting it in a temporary folder …');
  await shown;
  console.log(`\nEvery answer was as expected. Done after ${seconds()}; the temporary folder is removed.`);
}

/** Prints what went wrong. An error with an explanation needs no stack. */
function explain(error: unknown): void {
  const isExplained = error instanceof Unexpected || error instanceof StartError;
  const text = error instanceof Error ? ((isExplained ? error.message : error.stack) ?? error.message) : String(error);
  console.error(`\n${withoutTokens(text)}`);
}

// Only this user can read or change what the runtime writes.
process.umask(0o077);
try {
  const values = readFlags(process.argv.slice(2), flags, command);
  if (values.help) console.log(help);
  else await run(readPort(values.port));
} catch (error) {
  const isInterrupted = error instanceof Interrupted;
  if (!isInterrupted) explain(error);
  process.exitCode = isInterrupted ? 130 : 1;
}
process.exit();
