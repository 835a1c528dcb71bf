import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultDataFolder, defaultHost, defaultPort } from '../../../local/start/defaults.ts';
import { CannotStart } from '../command-error.ts';
import { examples } from './examples.ts';
import { repeated } from './repeated-option.ts';

interface LocalOptions {
  app: string;
  stack?: string;
  without: string[];
  port: string;
  host: string;
  data: string;
  forward?: string;
  verbose: boolean;
}

/**
 * `local`: runs the stack of a CDK app on this machine. The runtime is loaded by this command alone, because the others are
 * clients of the API and start faster without it.
 */
export function addLocal(program: Command): void {
  program
    .command('local')
    .description('run the synthesized stack of a CDK app on this machine, without AWS')
    .option('--app <folder>', 'the folder that cdk synth has written', 'cdk.out')
    .option('--stack <name>', 'the stack to run, if the app has several')
    .option('--without <name>', 'a resource or construct to leave out; can be repeated', repeated, [])
    .option('--port <port>', 'where to listen; 0 picks a free port', defaultPort)
    .option('--host <host>', 'on which address; others can reach any but this machine', defaultHost)
    .option('--data <folder>', 'the folder for tables and secrets, new or from an earlier run', defaultDataFolder)
    .option('--forward <url>', 'post every event of the bus to this URL, until it is accepted')
    .option('--verbose', "show every request, also those that only read, such as a console's", false)
    .addHelpText('after', examples('npx cdk synth && npx hooklatch local', 'hooklatch local --app cdk.out --port 4000'))
    .action(async ({ app, stack, without, port, host, data, forward, verbose }: LocalOptions) => {
      const [{ readPort }, { serve }, { StartError }] = await Promise.all([
        import('../../../local/start/command-flags.ts'),
        import('../../../local/start/serve.ts'),
        import('../../../local/start/start-error.ts'),
      ]);
      try {
        const folders = { assembly: resolve(app), dataDir: resolve(data) };
        const given = { stack, without, port: readPort(port), host, forward, verbose };
        await serve({ command: 'hooklatch local', ...folders, ...given });
      } catch (error) {
        throw error instanceof StartError ? new CannotStart(error.message, { cause: error }) : error;
      }
    });
}
