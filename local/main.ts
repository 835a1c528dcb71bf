/** `npm start`: synthesizes the deployment and runs it on this machine. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFlags, readPort } from './start/command-flags.ts';
import { consoleBeside } from './start/console-beside.ts';
import { defaultDataFolder, defaultHost, defaultPort } from './start/defaults.ts';
import { fail, reportStage, serve } from './start/serve.ts';
import { print } from './start/terminal-output.ts';

const help = `Runs Hooklatch on this machine: synthesizes the CDK app and runs the synthesized template.

  npm start -- [options]

  --port PORT      where to listen; 0 picks a free port (default 3000)
  --host HOST      on which address (default 127.0.0.1, this machine only)
  --data DIR       the folder for tables and secrets, new or from an earlier run (default .hooklatch)
  --assembly DIR   run this synthesized assembly instead of synthesizing
  --stack NAME     the stack to run, if the assembly has several
  --without NAME   a resource or construct to leave out; can be repeated
  --forward URL    post every event of the event bus to this URL, until it is accepted
  --verbose        show every request, also those that only read, such as a console's
  --help           show this
`;

const projectDir = fileURLToPath(new URL('..', import.meta.url));

const flags = {
  port: { type: 'string', default: defaultPort },
  host: { type: 'string', default: defaultHost },
  data: { type: 'string', default: defaultDataFolder },
  assembly: { type: 'string' },
  stack: { type: 'string' },
  without: { type: 'string', multiple: true },
  forward: { type: 'string' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

async function start(args: string[]): Promise<void> {
  const values = readFlags(args, flags, 'npm start');
  if (values.help) return print(help);
  const { host, data, assembly, stack, without = [], forward, verbose } = values;
  const dataDir = resolve(data);
  const options = {
    command: 'npm start',
    stack,
    without,
    dataDir,
    host,
    port: readPort(values.port),
    forward,
    verbose,
  } as const;
  if (assembly !== undefined) return serve({ ...options, assembly: resolve(assembly) });
  const { build, ...beside } = consoleBeside({
    projectDir,
    assembly: join(dataDir, 'assembly'),
    onStage: reportStage,
    print,
  });
  await serve({ ...options, ...beside, onReady: build });
}

await start(process.argv.slice(2)).catch(fail);
process.exit();
