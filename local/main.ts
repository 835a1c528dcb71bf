/** `npm start`: runs the deployment on this machine. */
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synthesize } from './cloudformation/synthesis.ts';
import { summarizeEvent } from './eventbridge/event-envelope.ts';
import { parseForwardUrl } from './forward/forward-url.ts';
import { type Runtime, type RuntimeOptions, startRuntime } from './runtime.ts';
import { isBootstrapClosed, readBootstrapToken } from './start/bootstrap-token.ts';
import { readFlags, readPort } from './start/command-flags.ts';
import { StartError } from './start/start-error.ts';

const help = `Runs Hooklatch on this machine: synthesizes the CDK app and runs the synthesized template.

  npm start -- [options]

  --port PORT      where to listen; 0 picks a free port (default 3000)
  --host HOST      on which address (default 127.0.0.1, this machine only)
  --data DIR       the folder for tables and secrets, new or from an earlier run (default .hooklatch)
  --assembly DIR   run this synthesized assembly instead of synthesizing
  --forward URL    post every event of the event bus to this URL, until it is accepted
  --help           show this
`;

interface StartOptions {
  port: number;
  host: string;
  dataDir: string;
  assembly?: string;
  forward?: string;
}

const projectDir = fileURLToPath(new URL('..', import.meta.url));

const flags = {
  port: { type: 'string', default: '3000' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string', default: '.hooklatch' },
  assembly: { type: 'string' },
  forward: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * Reads the command's arguments. Returns 'help' for --help.
 * @throws StartError if a flag can't be used
 */
function readStartOptions(args: string[]): StartOptions | 'help' {
  const values = readFlags(args, flags, 'npm start');
  if (values.help) return 'help';
  const port = readPort(values.port);
  const { host, data, assembly, forward } = values;
  if (forward !== undefined) parseForwardUrl(forward);
  return {
    port,
    host,
    dataDir: resolve(data),
    ...(assembly !== undefined && { assembly: resolve(assembly) }),
    ...(forward !== undefined && { forward }),
  };
}

async function start({ port, host, dataDir, assembly, forward }: StartOptions): Promise<Runtime> {
  if (!/^(127\.|::1$|localhost$)/.test(host)) {
    console.error(`Warning: --host ${host} lets other machines reach this one.`);
  }
  return startRuntime({
    assembly: assembly ?? (() => synthesizeInto(join(dataDir, 'assembly'))),
    dataDir,
    host,
    port,
    onStage,
    ...terminal(forward),
  });
}

async function synthesizeInto(folder: string): Promise<string> {
  await synthesize(projectDir, folder, { onStage });
  return folder;
}

/** Prints a step of the start, with the time at which it began. */
function onStage(line: string): void {
  console.log(`${(performance.now() / 1000).toFixed(1).padStart(5)} s  ${line}`);
}

/** The lines that the terminal shows while the runtime runs. */
function terminal(forward: string | undefined): Pick<RuntimeOptions, 'onLog' | 'onEvent' | 'forward'> {
  return {
    onLog: (_, line) => console.log(line),
    onEvent: (line) => console.log(summarizeEvent(line)),
    ...(forward !== undefined && { forward: { url: forward, onStatus: (line) => console.log(line) } }),
  };
}

/** What to do when the first token no longer works. */
const closedBootstrap = ({
  dataDir,
}: Runtime): string => `your own: the first one was closed when an admin used a token of their own
                   If every admin's token is lost, stop this and run:
                   npm run operator:reset -- --local --data ${relative(process.cwd(), dataDir) || '.'}`;

async function announce(runtime: Runtime): Promise<void> {
  const isClosed = await isBootstrapClosed(runtime);
  const token = isClosed ? undefined : await readBootstrapToken(runtime);
  const missing = isClosed ? closedBootstrap(runtime) : 'none: the template has no bootstrap secret';
  const curl = `curl -H 'Authorization: Bearer ${token ?? '<operator token>'}' ${runtime.url}/v1/connections`;
  const variables =
    token === undefined
      ? ''
      : `\nSet the variables of the README in another terminal:\n  export API=${runtime.url}/v1 TOKEN=${token}\n`;
  console.log(`
Hooklatch is ready at ${runtime.url} after ${(performance.now() / 1000).toFixed(1)} s

  Data folder      ${runtime.dataDir}
  Operator token   ${token ?? missing}
${variables}
List the connections:
  ${curl}

Press Ctrl+C to stop.
`);
  reportUpdate(runtime);
  if (runtime.repairedIndexRows > 0)
    console.log(`Repaired ${runtime.repairedIndexRows} index rows that a crash had left wrong.\n`);
}

/** Says what of the custom resources is not as the template has it. */
function reportUpdate({ update: { failure, leftovers } }: Runtime): void {
  if (failure !== undefined) {
    console.error(`The custom resources are as before, because one of them failed and all were rolled back:
  ${failure}
Correct it, and start again.
`);
  }
  for (const leftover of leftovers) console.error(`${leftover}\nThe next start tries it again.\n`);
}

function stopOnSignal(runtime: Runtime): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    runtime.close().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function fail(error: unknown): never {
  // A StartError is the user's to fix: one line is enough. Any other error is a bug, so its stack is printed.
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}

// Only this user may read the files that the runtime writes.
process.umask(0o077);
try {
  const settings = readStartOptions(process.argv.slice(2));
  if (settings === 'help') {
    console.log(help);
  } else {
    const runtime = await start(settings);
    stopOnSignal(runtime);
    await announce(runtime);
  }
} catch (error) {
  fail(error);
}
