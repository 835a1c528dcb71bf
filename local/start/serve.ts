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
    Pick<RuntimeOptions, 'answerFirst' | 'without'> {
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
export async function serve(given: ServeOptions): Promise<void> {
  const { forward, verbose, onReady, ...options } = given;
  // Only this user may read the files that the runtime writes.
  process.umask(0o077);
  if (forward !== undefined) parseForwardUrl(forward);
  if (!/^(127\.|::1$|localhost$)/.test(options.host)) {
    printError(`Warning: --host ${options.host} lets other machines reach this one.`);
  }
  const runtime = await startRuntime({ ...options, onStage: reportStage, ...terminal(forward, verbose) });
  const stopping = signalOfUser();
  await announce(runtime, given);
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

/** How the command line is typed where the runtime was started. */
const commandLine = { 'npm start': 'npm run --silent hooklatch --', 'hooklatch local': 'npx hooklatch' } as const;

/** What to do when the first token no longer works. */
function closedBootstrap({ command, dataDir, assembly, stack }: ServeOptions): string {
  const folder = (path: string) => relative(process.cwd(), path) || '.';
  // Without an assembly of its own, the command finds the one that this start has made.
  const app = typeof assembly === 'string' ? ` --app ${folder(assembly)}` : '';
  const options = `--local --data ${folder(dataDir)}${app}${stack === undefined ? '' : ` --stack ${stack}`}`;
  return `your own: the first one was closed when an admin used a token of their own
                   If every admin's token is lost, stop this and run:
                   ${commandLine[command]} operators reset ${options}`;
}

/** The address of the console. The root leads to it, unless the gateway is without one. */
async function consoleLine({ url }: Runtime): Promise<string> {
  const { status } = await fetch(url, { method: 'HEAD', redirect: 'manual' });
  return status === 302 ? `  Console          ${url}/\n` : '';
}

async function announce(runtime: Runtime, options: ServeOptions): Promise<void> {
  const { command } = options;
  const isClosed = await isBootstrapClosed(runtime);
  const token = isClosed ? undefined : await readBootstrapToken(runtime);
  const missing = isClosed ? closedBootstrap(options) : 'none: the template has no bootstrap secret';
  const outputs = command === 'hooklatch local' ? outputList(runtime) : '';
  print(`
Hooklatch is ready at ${runtime.url} after ${(performance.now() / 1000).toFixed(1)} s

  Data folder      ${runtime.dataDir}
  Operator token   ${token ?? missing}
${await consoleLine(runtime)}${outputs}${firstCommands(command, runtime, token)}${updateReport(runtime)}
Press Ctrl+C to stop.
`);
  if (runtime.repairedIndexRows > 0)
    print(`Repaired ${runtime.repairedIndexRows} index rows that a crash had left wrong.\n`);
}

/** The outputs of an app of one's own, as `cdk deploy` shows them. */
const outputList = ({ outputs }: Runtime): string =>
  `\nOutputs:\n${Object.entries(outputs)
    .map(([name, value]) => `  ${name} = ${value}\n`)
    .join('')}`;

/** What to do next. */
const firstCommands = (command: ServeOptions['command'], { url }: Runtime, token = '…'): string => `
Use the command line in another terminal:
  export HOOKLATCH_URL=${url} HOOKLATCH_TOKEN=${token}
  ${commandLine[command]} connections list
`;

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
