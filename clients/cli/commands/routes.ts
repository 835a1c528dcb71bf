import type { Command } from 'commander';
import type { ApiBody } from '../../../shared/operators/api/api-client.ts';
import { UsageError } from '../command-error.ts';
import { modeText, routesTable, routesTestNotes, routesTestTable } from '../output/routes-text.ts';
import { readJson } from '../prompt.ts';
import type { OpenSession } from '../session.ts';
import { examples } from './examples.ts';
import { type VersionOptions, versionOf, withVersionOption } from './record-version.ts';

type RoutesBody = ApiBody<'PUT /v1/connections/{name}/routes'>;
type TestBody = ApiBody<'POST /v1/connections/{name}/routes/test'>;

/** A list as `routes get --json` prints it: with the version that it was read at. */
type RoutesFile = RoutesBody & { version?: number };

function addGet(routes: Command, open: OpenSession): void {
  routes
    .command('get <name>')
    .description('show the rules that route the events of a connection to destinations')
    .addHelpText('after', examples('hooklatch routes get orders', 'hooklatch routes get orders --json > routes.json'))
    .action(async (name: string, _options: object, command: Command) => {
      const session = open(command);
      const found = await session.api.call('GET /v1/connections/{name}/routes', { params: { name } });
      session.print(found, (isColoured) => routesTable(found, isColoured));
      if (!session.isJson && found.rules.length > 0) session.tell(modeText(found));
    });
}

function addSet(routes: Command, open: OpenSession): void {
  withVersionOption(routes.command('set <name>'))
    .description('replace all rules; a list that routes get --json printed is refused if it changed meanwhile')
    .requiredOption('--file <path>', 'read {"mode", "rules"} as JSON from a file, or - for stdin')
    .addHelpText('after', examples('hooklatch routes set orders --file routes.json'))
    .action(async (name: string, { file, ifVersion }: VersionOptions & { file: string }, command: Command) => {
      const session = open(command);
      const { version, ...body } = (await readJson(session.terminal, file)) as RoutesFile;
      const guard = ifVersion ?? version;
      const request = { params: { name }, body, ...versionOf(guard === undefined ? {} : { ifVersion: guard }) };
      const now = await session.api.call('PUT /v1/connections/{name}/routes', request);
      session.print(now, (isColoured) => routesTable(now, isColoured));
      if (session.isJson) return;
      if (now.rules.length === 0) session.tell(`${name} has no routes now.`);
      else {
        session.tell(modeText(now));
        session.tell(`To test them on an event: hooklatch routes test ${name} --event EVENT_ID`);
      }
    });
}

interface TestOptions {
  event?: string;
  file?: string;
  routes?: string;
}

function addTest(routes: Command, open: OpenSession): void {
  routes
    .command('test <name>')
    .description('say which rules match an event, and what would be sent; sends nothing')
    .option('--event <id>', 'a stored event')
    .option(
      '--file <path>',
      'read an event that nobody sent as JSON from a file, or - for stdin: {"type", "headers", "data"}',
    )
    .option('--routes <path>', 'test the rules of this file in place of those in force')
    .addHelpText(
      'after',
      examples('hooklatch routes test orders --event evt_…', 'hooklatch routes test orders --file event.json --json'),
    )
    .action(async (name: string, { event, file, routes: list }: TestOptions, command: Command) => {
      const session = open(command);
      const { terminal } = session;
      if ((event === undefined) === (file === undefined))
        throw new UsageError('Say which event: either --event or --file.');
      const body: TestBody = event === undefined ? { event: await readJson(terminal, file ?? '') } : { eventId: event };
      if (list !== undefined) {
        const { version: _, ...other } = (await readJson(terminal, list)) as RoutesFile;
        body.routes = other;
      }
      const found = await session.api.call('POST /v1/connections/{name}/routes/test', { params: { name }, body });
      session.print(found, (isColoured) => routesTestTable(found, isColoured));
      if (session.isJson) return;
      if (found.rules.length === 0) session.tell(`${name} has no routes.`);
      for (const note of routesTestNotes(found)) session.tell(note);
      if (found.rules.some(({ sent }) => sent)) session.tell('To see what would be sent: --json');
    });
}

/** `routes`: the rules that route events to destinations. */
export function addRoutes(program: Command, open: OpenSession): void {
  const routes = program
    .command('routes')
    .description('show, set and test the rules that route events to destinations');
  for (const add of [addGet, addSet, addTest]) add(routes, open);
}
