import type { Command } from 'commander';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { observeDestinations } from '../../../shared/operators/api/destination-reads.ts';
import { BadResult, ConflictError, UsageError } from '../command-error.ts';
import { healthLines, healthWord } from '../output/delivery-text.ts';
import {
  destinationLines,
  destinationTestLines,
  routesToLines,
  signingSecretLines,
  statusText,
} from '../output/destination-text.ts';
import { statusesText } from '../output/redelivery-text.ts';
import { painted, table } from '../output/table.ts';
import { confirm } from '../prompt.ts';
import type { OpenSession, Session } from '../session.ts';
import { type DestinationOptions, readFields, withDestinationOptions } from './destination-options.ts';
import { examples } from './examples.ts';
import { endsAtOnce, type GraceOptions, graceOf, withGraceOptions } from './grace-options.ts';
import { type ListOptions, noteMore, readPages, withListOptions } from './listing.ts';
import { type VersionOptions, versionOf, withVersionOption } from './record-version.ts';
import { readValues, type SecretOptions, withValueOption } from './secret-input.ts';

type HistoryItem = ApiAnswer<'GET /v1/destinations/{name}/history'>['items'][number];

/** The settings that changed, or which deliveries were sent again. */
const changeDetail = ({ settings = [], of, ...started }: HistoryItem): string =>
  [
    ...(settings.length > 0 ? [settings.join(', ')] : []),
    ...(of ? [of] : []),
    ...(started.eventsFrom && started.eventsTo ? [`${started.eventsFrom} to ${started.eventsTo}`] : []),
    ...(started.statuses ? [statusesText(started.statuses)] : []),
    ...(started.connection ? [started.connection] : []),
    ...(started.rule ? [started.rule] : []),
    ...(started.deliveryCount === undefined ? [] : [`(${started.deliveryCount} deliveries)`]),
  ].join(' ');

function addList(destinations: Command, open: OpenSession): void {
  withListOptions(destinations.command('list'))
    .description('list destinations by name')
    .addHelpText('after', examples('hooklatch destinations list', 'hooklatch destinations list --json'))
    .action(async (options: ListOptions, command: Command) => {
      const session = open(command);
      const { api } = session;
      const { items, ...list } = await readPages(options, (query) => api.call('GET /v1/destinations', { query }));
      const { observed } = await observeDestinations(api, items, items.length);
      const withHealth = observed.map(({ destination, health }) => ({ ...destination, health }));
      session.print({ ...list, items: withHealth }, (isColoured) =>
        table(
          ['NAME', 'STATUS', 'HEALTH', 'SINCE', 'WAITING', 'ORIGIN', 'METHOD', 'AUTH', 'DESCRIPTION'],
          withHealth.map(({ name, status, health, origin, method, authKind, description }) => [
            painted('bold', name),
            statusText(status),
            healthWord(health),
            health.since ?? health.alone?.since ?? '',
            `${health.waiting.count}${health.waiting.isMore ? '+' : ''}`,
            origin,
            method,
            authKind,
            description,
          ]),
          isColoured,
        ),
      );
      noteMore(session, list);
    });
}

function addShow(destinations: Command, open: OpenSession): void {
  destinations
    .command('show <name>')
    .description('show a destination; its URL beyond the origin and its credentials are not shown')
    .addHelpText('after', examples('hooklatch destinations show shop'))
    .action(async (name: string, _options: object, command: Command) => {
      const session = open(command);
      const request = { params: { name } };
      const view = await session.api.call('GET /v1/destinations/{name}', { ...request, query: { include: 'routes' } });
      const health = await session.api.call('GET /v1/destinations/{name}/health', request);
      session.print({ ...view, health }, (isColoured) => [
        ...destinationLines(view, isColoured),
        ...routesToLines(view, isColoured),
        ...healthLines(health, isColoured),
      ]);
    });
}

function addCreate(destinations: Command, open: OpenSession): void {
  withDestinationOptions(destinations.command('create <name>'))
    .description('create a destination: a URL that gets signed requests; its name stays for life')
    .addHelpText(
      'after',
      examples(
        'hooklatch destinations create shop --url https://shop.example.com/webhooks',
        'hooklatch destinations create shop --file shop.json',
      ),
    )
    .action(async (name: string, options: DestinationOptions, command: Command) => {
      const session = open(command);
      const { url, ...fields } = await readFields(session, options);
      if (url === undefined) throw new UsageError('Say where requests go: --url, or url in the file.');
      const view = await session.api.call('POST /v1/destinations', { body: { ...fields, name, url } });
      session.print(view, (isColoured) => destinationLines(view, isColoured));
      if (session.isJson) return;
      session.tell(`Send a signed request there: hooklatch destinations test ${name}`);
      session.tell(`The receiver verifies it with this secret: hooklatch destinations reveal ${name}`);
    });
}

function addEdit(destinations: Command, open: OpenSession): void {
  withVersionOption(withDestinationOptions(destinations.command('edit <name>')))
    .description('change a destination; headers and auth are replaced whole')
    .addHelpText('after', examples('hooklatch destinations edit shop --timeout-seconds 5'))
    .action(async (name: string, { ifVersion, ...options }: DestinationOptions & VersionOptions, command: Command) => {
      const session = open(command);
      const body = await readFields(session, options);
      if (Object.keys(body).length === 0) throw new UsageError('Say what to change, such as --url or --file.');
      const request = { params: { name }, body, ...versionOf(ifVersion === undefined ? {} : { ifVersion }) };
      const view = await session.api.call('PATCH /v1/destinations/{name}', request);
      session.print(view, (isColoured) => destinationLines(view, isColoured));
    });
}

/** @throws ConflictError if there is nothing to resume */
async function requirePaused({ api }: Session, name: string): Promise<void> {
  const { status } = await api.call('GET /v1/destinations/{name}', { params: { name } });
  if (status === 'paused') return;
  throw new ConflictError(`${name} is not paused. To attempt what waits: hooklatch destinations attempt ${name}`);
}

function addSteps(destinations: Command, open: OpenSession): void {
  const verbs = [
    ['pause', 'let deliveries wait; no time counts against them', 'Paused'],
    ['resume', 'resume a paused destination; what waits is attempted at once', 'Resumed'],
    ['attempt', 'attempt at once all that waits, also what waits for hours', 'All that waits is attempted:'],
  ] as const;
  for (const [verb, description, done] of verbs)
    withVersionOption(destinations.command(`${verb} <name>`))
      .description(description)
      .addHelpText('after', examples(`hooklatch destinations ${verb} shop`))
      .action(async (name: string, options: VersionOptions, command: Command) => {
        const session = open(command);
        if (verb === 'resume') await requirePaused(session, name);
        const request = { params: { name }, body: {}, ...versionOf(options) };
        const view = await session.api.call(`POST /v1/destinations/{name}/${verb}`, request);
        session.print(view, `${done} ${name}.`);
      });
}

function addTest(destinations: Command, open: OpenSession): void {
  destinations
    .command('test <name>')
    .description('send a signed request to the destination, and show what came back')
    .addHelpText('after', examples('hooklatch destinations test shop'))
    .action(async (name: string, _options: object, command: Command) => {
      const session = open(command);
      const found = await session.api.call('POST /v1/destinations/{name}/test', { params: { name }, body: {} });
      session.print(found, (isColoured) => destinationTestLines(found, isColoured));
      if (!found.delivered) throw new BadResult('The destination did not take the request.');
    });
}

function addReveal(destinations: Command, open: OpenSession): void {
  destinations
    .command('reveal <name>')
    .description('print the secret with which requests are signed; the history records it')
    .addHelpText('after', examples('hooklatch destinations reveal shop'))
    .action(async (name: string, _options: object, command: Command) => {
      const session = open(command);
      const secrets = await session.api.call('GET /v1/destinations/{name}/secret', { params: { name } });
      session.print(secrets, (isColoured) => signingSecretLines(secrets, isColoured));
    });
}

function addRotate(destinations: Command, open: OpenSession): void {
  withGraceOptions(withValueOption(destinations.command('rotate <name>')))
    .description('make a new signing secret; until the grace ends, requests are signed with both')
    .addHelpText('after', examples('hooklatch destinations rotate shop --grace-seconds 3600'))
    .action(async (name: string, options: SecretOptions & GraceOptions, command: Command) => {
      const session = open(command);
      const { terminal } = session;
      const values = await readValues(terminal, options);
      await session.warnIfManaged(name, 'POST /v1/destinations/{name}/secret/rotate');
      if (endsAtOnce(options))
        await confirm(
          terminal,
          `Rotate the secret of ${name}? A receiver with the old one refuses the next request.`,
          options,
        );
      const body = { ...values, ...graceOf(options) };
      const request = { params: { name }, body };
      const { previous } = await session.api.call('POST /v1/destinations/{name}/secret/rotate', request);
      const until = previous?.expiresAt ?? null;
      session.print({ name, rotated: true, previousUntil: until }, `Rotated the secret of ${name}.`);
      if (until !== null) session.tell(`The previous secret signs too until ${until}.`);
      session.tell(`To see the new secret: hooklatch destinations reveal ${name}`);
    });
}

function addDelete(destinations: Command, open: OpenSession): void {
  withVersionOption(destinations.command('delete <name>'))
    .description('delete a destination and its secret')
    .option('--force', 'also if routes lead to it; what they send there then fails')
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('hooklatch destinations delete shop', 'hooklatch destinations delete shop --yes'))
    .action(async (name: string, options: VersionOptions & { force?: boolean; yes?: boolean }, command: Command) => {
      const session = open(command);
      await session.warnIfManaged(name, 'DELETE /v1/destinations/{name}');
      await confirm(session.terminal, `Delete the destination ${name}? Its secret goes with it.`, options);
      const query = options.force ? { force: 'true' as const } : {};
      await session.api.call('DELETE /v1/destinations/{name}', { params: { name }, query, ...versionOf(options) });
      session.print({ name, deleted: true }, `Deleted the destination ${name}.`);
    });
}

function addDetach(destinations: Command, open: OpenSession): void {
  destinations
    .command('detach <name>')
    .description('leave a destination to operators that a file manages; nothing else of it changes')
    .addHelpText('after', examples('hooklatch destinations detach shop'))
    .action(async (name: string, _options: object, command: Command) => {
      const session = open(command);
      const request = { params: { name }, body: { managedBy: null } };
      const view = await session.api.call('PATCH /v1/destinations/{name}', request);
      session.print(view, (isColoured) => destinationLines(view, isColoured));
    });
}

function addHistory(destinations: Command, open: OpenSession): void {
  withListOptions(destinations.command('history <name>'))
    .description('list who changed the destination, revealed its secret or redelivered many, the newest first')
    .addHelpText('after', examples('hooklatch destinations history shop'))
    .action(async (name: string, options: ListOptions, command: Command) => {
      const session = open(command);
      const { api } = session;
      const list = await readPages(options, (query) =>
        api.call('GET /v1/destinations/{name}/history', { params: { name }, query }),
      );
      session.print(list, (isColoured) =>
        table(
          ['TIME', 'BY', 'CHANGE', 'DETAIL'],
          list.items.map((item) => [item.at, item.by, item.verb, changeDetail(item)]),
          isColoured,
        ),
      );
      noteMore(session, list);
    });
}

/** `destinations`: the URLs that get signed requests. */
export function addDestinations(program: Command, open: OpenSession): void {
  const destinations = program
    .command('destinations')
    .description('create, test, change, pause, attempt, detach and delete destinations');
  const changes = [addCreate, addEdit, addSteps, addReveal, addRotate, addDetach, addDelete];
  const commands = [addList, addShow, ...changes, addTest, addHistory];
  for (const add of commands) add(destinations, open);
}
