import type { Command } from 'commander';
import { BadResult, ConflictError, UsageError } from '../command-error.ts';
import { selfTestLines } from '../output/self-test-text.ts';
import { confirm } from '../prompt.ts';
import type { OpenSession } from '../session.ts';
import { printConnection } from './connections.ts';
import { examples } from './examples.ts';
import { type VersionOptions, versionOf, withVersionOption } from './record-version.ts';
import { readSettings, type SettingsOptions, withSettingsOptions } from './settings-input.ts';

function addConfigure(endpoint: Command, open: OpenSession): void {
  withSettingsOptions(withVersionOption(endpoint.command('configure <name>')))
    .description('give a connection an endpoint, or change the settings that are named')
    .addHelpText(
      'after',
      examples(
        'hooklatch endpoint configure orders',
        'hooklatch endpoint configure orders --dedupe-header x-id --allow-from 192.0.2.0/24 --allow-from 198.51.100.7',
      ),
    )
    .action(async (name: string, options: SettingsOptions & VersionOptions, command: Command) => {
      const session = open(command);
      const body = (await readSettings(session, name, options)) ?? {};
      const request = { params: { name }, body, ...versionOf(options) };
      printConnection(session, await session.api.call('PUT /v1/connections/{name}/endpoint', request));
    });
}

function addUpdate(endpoint: Command, open: OpenSession): void {
  withSettingsOptions(withVersionOption(endpoint.command('update <name>')))
    .description('change settings of an endpoint; a setting that is not named stays, null in the file resets it')
    .addHelpText(
      'after',
      examples(
        'hooklatch endpoint update orders --retention-days 90',
        `echo '{"retentionDays": null}' | hooklatch endpoint update orders --file -`,
      ),
    )
    .action(async (name: string, options: SettingsOptions & VersionOptions, command: Command) => {
      const session = open(command);
      const { api } = session;
      const body = await readSettings(session, name, options);
      if (!body) throw new UsageError('Say what to change: --file, or an option of a setting. See --help.');
      const { endpoint: existing, version } = await api.call('GET /v1/connections/{name}', { params: { name } });
      if (!existing) throw new ConflictError(`There is no endpoint. First: hooklatch endpoint configure ${name}`);
      // Guards the look above: the endpoint that is changed is the one that was seen.
      const request = { params: { name }, body, ifMatch: version, ...versionOf(options) };
      printConnection(session, await api.call('PUT /v1/connections/{name}/endpoint', request));
    });
}

/** The verbs that need no input. */
const verbs = {
  activate: 'open the URL; it is the same at every activation',
  deactivate: 'close the URL, so that it refuses every webhook; it stays the same',
  hold: 'accept and store webhooks, but publish none until the release',
  release: 'publish new webhooks again, and those that were held, the oldest first',
} as const;

function addVerb(endpoint: Command, open: OpenSession, verb: keyof typeof verbs): void {
  withVersionOption(endpoint.command(`${verb} <name>`))
    .description(verbs[verb])
    // A script may give it to every command. These ask nothing, because each of them can be taken back.
    .option('--yes', 'for scripts; nothing is asked')
    .addHelpText('after', examples(`hooklatch endpoint ${verb} orders`))
    .action(async (name: string, options: VersionOptions, command: Command) => {
      const session = open(command);
      const key = `POST /v1/connections/{name}/endpoint/${verb}` as const;
      printConnection(session, await session.api.call(key, { params: { name }, ...versionOf(options) }));
    });
}

function addDeconfigure(endpoint: Command, open: OpenSession): void {
  withVersionOption(endpoint.command('deconfigure <name>'))
    .description('remove an inactive endpoint without a token; its URL never works again')
    .option('--discard-held', 'never publish the events that are held')
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('hooklatch endpoint deconfigure orders', 'hooklatch down orders --help'))
    .action(
      async (name: string, options: VersionOptions & { yes?: boolean; discardHeld?: boolean }, command: Command) => {
        const session = open(command);
        const { api, terminal } = session;
        await session.warnIfManaged(name, 'DELETE /v1/connections/{name}/endpoint');
        await confirm(terminal, `Deconfigure the endpoint of ${name}? Its URL never works again.`, options);
        const query = options.discardHeld ? { discardHeld: 'true' as const } : {};
        const request = { params: { name }, query, ...versionOf(options) };
        printConnection(session, await api.call('DELETE /v1/connections/{name}/endpoint', request));
      },
    );
}

function addTest(endpoint: Command, open: OpenSession): void {
  endpoint
    .command('test <name>')
    .description('send a sample through the public URL, as the sender would; exits with 1 if a step fails')
    .option('--publish', 'publish the sample on the bus too', false)
    .addHelpText('after', examples('hooklatch endpoint test orders', 'hooklatch endpoint test orders --publish'))
    .action(async (name: string, { publish }: { publish: boolean }, command: Command) => {
      const session = open(command);
      const key = 'POST /v1/connections/{name}/endpoint/test';
      const result = await session.api.call(key, { params: { name }, body: { publish } });
      session.print(result, (isColoured) => selfTestLines(result, name, isColoured));
      if (!result.passed) throw new BadResult('The test failed.');
    });
}

/** `endpoint`: the life of a connection's endpoint. */
export function addEndpoint(program: Command, open: OpenSession): void {
  const endpoint = program.command('endpoint').description('configure, activate, hold, test … an endpoint');
  addConfigure(endpoint, open);
  addUpdate(endpoint, open);
  for (const verb of Object.keys(verbs)) addVerb(endpoint, open, verb as keyof typeof verbs);
  addDeconfigure(endpoint, open);
  addTest(endpoint, open);
}
