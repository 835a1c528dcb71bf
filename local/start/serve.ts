/** Runs the runtime until the user stops it, and says at the terminal what happens. */
import { once } from 'node:events';
import { relative } from 'node:path';
import { summarizeEvent } from '../eventbridge/event-envelope.ts';
import { parseForwardUrl } from '../forward/forward-url.ts';
import { type Runtime, startRuntime } from '../runtime.ts';
import type { RuntimeOptions } from '../runtime-options.ts';
import { isBootstrapClosed, readBootstrapToken } from './bootstrap-token.ts';
import { isRead } from './is-read.ts';
import { StartError } from './start-error.ts';
import { print, printError } from './terminal-output.ts';

export interface ServeOptions
  extends Required<Pick<RuntimeOptions, 'assembly' | 'dataDir' | 'host' | 'port'>>,
    Pick<RuntimeOptions, 'answerFirst'> {
  /** The command that the user started. */
  command: 'npm start' | 'hooklatch local';
  /** The stack to run, if the assembly has several. */
  stack?: string | undefined;
  /** The URL to which each event of the bus is posted. */
  forward?: string | undefined;
  /** Whether the terminal shows every request, also those that only read. */
  verbose: boolean;
  /** Called when the runtime is ready and announced. The signal aborts when it stops. */
  onReady?: (runtime: Runtime, signal: AbortSignal) => void;
}

/**
 * Starts the runtime, and stops it when the user presses Ctrl+C. Resolves when it has stopped: the caller then calls
 * process.exit, because signals are handled until then.
 * @throws StartError if something can't run, or an option can't be used
 */
export async function serve({ forward, command, verbose, onReady, ...options }: ServeOptions): Promise<void> {
  // Only this user may read the files that the runtime writes.
  process.umask(0o077);
  if (forward !== undefined) parseForwardUrl(forward);
  if (!/^(127\.|::1$|localhost$)/.test(options.host)) {
    printError(`Warning: --host ${options.host} lets other machines reach this one.`);
  }
  const runtime = await startRuntime({ ...options, command, onStage: reportStage, ...terminal(forward, verbose) });
  const stopping = signalOfUser();
  await announce(runtime, command);
  onReady?.(runtime, stopping);
  if (!stopping.aborted) await once(stopping, 'abort');
  await runtime.close();
}

/** Prints a step of the start, with the time at which it began. */
export function reportStage(line: string): void {
  print(`${(performance.now() / 1000).toFixed(1).padStart(5)} s  ${line}`);
}

/** Reports an error and ends the process. A StartError is the user's to fix: one line is enough. */
export function fail(error: unknown): never {
  // Any other error is a bug, so its stack is printed.
  printError(error instanceof StartError ? error.message : error);
  process.exit(1);
}

/** The lines that the terminal shows while the runtime runs. */
function terminal(
  forward: string | undefined,
  verbose: boolean,
): Pick<RuntimeOptions, 'onLog' | 'onEvent' | 'forward'> {
  return {
    onLog: (_, line) => (verbose || !isRead(line)) && print(line),
    onEvent: (line) => print(summarizeEvent(line)),
    ...(forward !== undefined && { forward: { url: forward, onStatus: print } }),
  };
}

/** What to do when the first token no longer works. */
const closedBootstrap = ({
  dataDir,
}: Runtime): string => `your own: the first one was closed when an admin used a token of their own
                   If every admin's token is lost, stop this and run, in a clone of the repository:
                   npm run operator:reset -- --local --data ${relative(process.cwd(), dataDir) || '.'}`;

/** The address of the console. The root leads to it, unless the gateway is without one. */
async function consoleLine({ url }: Runtime): Promise<string> {
  const { status } = await fetch(url, { method: 'HEAD', redirect: 'manual' });
  return status === 302 ? `  Console          ${url}/\n` : '';
}

async function announce(runtime: Runtime, command: ServeOptions['command']): Promise<void> {
  const isClosed = await isBootstrapClosed(runtime);
  const token = isClosed ? undefined : await readBootstrapToken(runtime);
  const missing = isClosed ? closedBootstrap(runtime) : 'none: the template has no bootstrap secret';
  const next = command === 'npm start' ? curlStep : commandLineStep;
  print(`
Hooklatch is ready at ${runtime.url} after ${(performance.now() / 1000).toFixed(1)} s

  Data folder      ${runtime.dataDir}
  Operator token   ${token ?? missing}
${await consoleLine(runtime)}${next(runtime, token)}${updateReport(runtime)}
Press Ctrl+C to stop.
`);
  if (runtime.repairedIndexRows > 0)
    print(`Repaired ${runtime.repairedIndexRows} index rows that a crash had left wrong.\n`);
}

/** What to do next in a clone, as the README says. */
function curlStep({ url }: Runtime, token: string | undefined): string {
  const variables = `\nSet the variables of the README in another terminal:\n  export HOOKLATCH_URL=${url} HOOKLATCH_TOKEN=${token}\n`;
  return `${token === undefined ? '' : variables}
List the connections:
  curl -H 'Authorization: Bearer ${token ?? '<operator token>'}' ${url}/v1/connections
`;
}

/** What to do next with an app of one's own: its outputs, as `cdk deploy` shows them, and the command line. */
function commandLineStep({ url, outputs }: Runtime, token: string | undefined): string {
  const lines = Object.entries(outputs).map(([name, value]) => `  ${name} = ${value}\n`);
  return `
Outputs:
${lines.join('')}
Use the command line in another terminal:
  export HOOKLATCH_URL=${url} HOOKLATCH_TOKEN=${token ?? '<operator token>'}
  npx hooklatch connections list
`;
}

/** What of the custom resources is not as the template has it. */
function updateReport({ update: { failure, leftovers } }: Runtime): string {
  const failed =
    failure === undefined
      ? ''
      : `
The custom resources are as before. One of them failed, so all were rolled back:
  ${failure}
Correct it, and start again.
`;
  const left = leftovers.map((leftover) => `\n${leftover}\nThe next start tries it again.\n`);
  return `${failed}${left.join('')}`;
}

/** Aborts at the first SIGINT or SIGTERM. The second one ends the process at once. */
function signalOfUser(): AbortSignal {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  return stopping.signal;
}
