import type { Command } from 'commander';
import type { ConnectionView } from '../../../shared/endpoints/endpoint/connection-view.ts';
import { UsageError } from '../command-error.ts';
import { connectionLines, statusCell } from '../output/connection-text.ts';
import { painted, table } from '../output/table.ts';
import { confirm } from '../prompt.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { type ListOptions, noteMore, readPages, withListOptions } from './listing.ts';
import { type VersionOptions, versionOf, withVersionOption } from './record-version.ts';

interface ConnectionOptions extends VersionOptions {
  provider?: string;
  description?: string;
}

/** Prints a connection. */
export const printConnection = ({ print }: Session, view: ConnectionView): void =>
  print(view, (isColoured) => connectionLines(view, isColoured));

function addList(connections: Command, open: OpenSession): void {
  withListOptions(connections.command('list'))
    .description('list connections by name')
    .option('--stats', 'count the events and rejections of the last hour too')
    .addHelpText('after', examples('hooklatch connections list', 'hooklatch connections list --stats --json'))
    .action(async ({ stats, ...options }: ListOptions & { stats?: boolean }, command: Command) => {
      const session = open(command);
      const { api } = session;
      const list = await readPages(options, (page) =>
        api.call('GET /v1/connections', { query: { ...page, ...(stats && { include: 'stats' as const }) } }),
      );
      session.print(list, (isColoured) =>
        table(
          ['NAME', 'STATUS', 'PROVIDER', ...(stats ? ['EVENTS/H', 'REJECTED/H'] : []), 'DESCRIPTION'],
          list.items.map((view) => [
            painted('bold', view.name),
            statusCell(view),
            view.provider,
            ...(view.stats ? [String(view.stats.lastHour.events), String(view.stats.lastHour.rejections)] : []),
            view.description,
          ]),
          isColoured,
        ),
      );
      noteMore(session, list);
    });
}

function addShow(connections: Command, open: OpenSession): void {
  connections
    .command('show <name>')
    .description('show a connection and its endpoint')
    .addHelpText('after', examples('hooklatch connections show orders'))
    .action(async (name: string, _options: object, command: Command) => {
      const session = open(command);
      printConnection(session, await session.api.call('GET /v1/connections/{name}', { params: { name } }));
    });
}

const changeOf = ({ provider, description }: ConnectionOptions) => ({
  ...(provider !== undefined && { provider }),
  ...(description !== undefined && { description }),
});

function addCreate(connections: Command, open: OpenSession): void {
  connections
    .command('create <name>')
    .description('open a connection; its name stays for life')
    .option('--provider <id>', 'the sender, as in hooklatch providers list (default: generic)')
    .option('--description <text>', 'a text for people')
    .addHelpText(
      'after',
      examples('hooklatch connections create orders', 'hooklatch connections create code --provider github'),
    )
    .action(async (name: string, options: ConnectionOptions, command: Command) => {
      const session = open(command);
      const body = { name, ...changeOf(options) };
      printConnection(session, await session.api.call('POST /v1/connections', { body }));
    });
}

function addEdit(connections: Command, open: OpenSession): void {
  withVersionOption(connections.command('edit <name>'))
    .description('change the provider, while there is no endpoint, or the description')
    .option('--provider <id>', 'the sender, as in hooklatch providers list')
    .option('--description <text>', 'a text for people')
    .addHelpText('after', examples("hooklatch connections edit orders --description 'orders of the shop'"))
    .action(async (name: string, options: ConnectionOptions, command: Command) => {
      const session = open(command);
      const body = changeOf(options);
      if (Object.keys(body).length === 0) throw new UsageError('Say what to change: --provider or --description.');
      const request = { params: { name }, body, ...versionOf(options) };
      printConnection(session, await session.api.call('PATCH /v1/connections/{name}', request));
    });
}

function addDelete(connections: Command, open: OpenSession): void {
  withVersionOption(connections.command('delete <name>'))
    .description('delete a connection without an endpoint; its events and its history can no longer be read')
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('hooklatch connections delete orders', 'hooklatch connections delete orders --yes'))
    .action(async (name: string, options: VersionOptions & { yes?: boolean }, command: Command) => {
      const session = open(command);
      const { api } = session;
      await session.warnIfManaged(name, 'DELETE /v1/connections/{name}');
      await confirm(
        session.terminal,
        `Delete the connection ${name}? Its events and its history can't be read after that.`,
        options,
      );
      await api.call('DELETE /v1/connections/{name}', { params: { name }, ...versionOf(options) });
      session.print({ name, deleted: true }, `Deleted the connection ${name}.`);
    });
}

function addDetach(connections: Command, open: OpenSession): void {
  connections
    .command('detach <name>')
    .description('leave a connection to operators that a file manages; nothing else of it changes')
    .addHelpText('after', examples('hooklatch connections detach orders'))
    .action(async (name: string, _options: object, command: Command) => {
      const session = open(command);
      const request = { params: { name }, body: { managedBy: null } };
      printConnection(session, await session.api.call('PATCH /v1/connections/{name}', request));
    });
}

/** `connections`: the named links to senders. */
export function addConnections(program: Command, open: OpenSession): void {
  const connections = program
    .command('connections')
    .description('list, show, create, edit, detach and delete connections');
  for (const add of [addList, addShow, addCreate, addEdit, addDetach, addDelete]) add(connections, open);
}
