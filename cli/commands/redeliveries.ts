import { type Command, Option } from 'commander';
import type { ApiBody } from '../../shared/api/api-client.ts';
import { type RedeliverableState, redeliverableStates } from '../../shared/dispatch/redelivery-job.ts';
import { BadResult } from '../command-error.ts';
import { countCells, countHeaders, stateCell } from '../output/job-text.ts';
import { planLines, type RedeliveryView, redeliveryLines, statusesText } from '../output/redelivery-text.ts';
import { table } from '../output/table.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { type RangeOptions, withRangeOptions } from './journal.ts';
import { type ListOptions, noteMore, positiveNumber, readPages, withListOptions } from './listing.ts';
import { isWatched, watchJob } from './watch-job.ts';

const all = 'GET /v1/destinations/{name}/redeliveries';
const one = 'GET /v1/destinations/{name}/redeliveries/{id}';
const toStart = 'POST /v1/destinations/{name}/redeliveries';

const showText = (name: string, id: string): string => `hooklatch redeliveries show ${name} ${id}`;

const watch = (session: Session, name: string, id: string): Promise<RedeliveryView> =>
  watchJob(session, showText(name, id), (api) => api.call(one, { params: { name, id } }));

/**
 * Prints a redelivery.
 * @throws BadResult if it ended with failures
 */
function print(session: Session, view: RedeliveryView): void {
  session.print(view, (isColoured) => redeliveryLines(view, isColoured));
  if (view.state === 'failed' || view.failed > 0) throw new BadResult('Not every delivery was redelivered.');
}

interface StartOptions extends RangeOptions {
  from: string;
  status?: RedeliverableState[];
  connection?: string;
  rule?: string;
  rate?: number;
  dryRun?: boolean;
  wait?: boolean;
}

const bodyOf = ({ from, to, status, connection, rule, rate, dryRun }: StartOptions): ApiBody<typeof toStart> => ({
  from,
  ...(to !== undefined && { to }),
  ...(status !== undefined && { statuses: status }),
  ...(connection !== undefined && { connection }),
  ...(rule !== undefined && { rule }),
  ...(rate !== undefined && { ratePerSecond: rate }),
  ...(dryRun && { dryRun }),
});

async function start(session: Session, name: string, options: StartOptions): Promise<void> {
  const started = await session.api.call(toStart, { params: { name }, body: bodyOf(options) });
  if (!('id' in started)) return session.print(started, (isColoured) => planLines(started, isColoured));
  if (isWatched(session, options)) return print(session, await watch(session, name, started.id));
  session.print(started, `Started the redelivery ${started.id}: ${showText(name, started.id)}`);
}

function addStart(redeliveries: Command, open: OpenSession): void {
  withRangeOptions(redeliveries.command('start <destination>'), { isFromRequired: true })
    .description('send what was made for ended deliveries again, those of the oldest events first')
    .addOption(
      new Option(
        '--status <status...>',
        'only those with these statuses (default: failed, given_up and cancelled)',
      ).choices(redeliverableStates),
    )
    .option('--connection <name>', 'only those of events of this connection')
    .option('--rule <id>', 'only those by this rule')
    .option('--rate <n>', 'at most so many a second (default: 50)', positiveNumber)
    .option('--dry-run', 'only count the deliveries, and show the first of them')
    .option('--wait', 'show the progress until it ends (default: at a terminal); exits with 1 if a delivery failed')
    .option('--no-wait', 'end at once')
    .addHelpText(
      'after',
      examples(
        'hooklatch redeliveries start shop --from 2026-03-01T12:00:00Z --dry-run',
        'hooklatch redeliveries start shop --from 2026-03-01 --status given_up --connection orders --rate 20',
      ),
    )
    .action((name: string, options: StartOptions, command: Command) => start(open(command), name, options));
}

function addList(redeliveries: Command, open: OpenSession): void {
  withListOptions(redeliveries.command('list <destination>'))
    .description('list the redeliveries of many of the last 30 days, the newest first')
    .addHelpText('after', examples('hooklatch redeliveries list shop'))
    .action(async (name: string, options: ListOptions, command: Command) => {
      const session = open(command);
      const list = await readPages(options, (query) => session.api.call(all, { params: { name }, query }));
      session.print(list, (isColoured) =>
        table(
          ['ID', 'STATUSES', 'STATE', 'STARTED', ...countHeaders],
          list.items.map((view) => [
            view.id,
            statusesText(view.statuses),
            stateCell(view),
            view.startedAt,
            ...countCells(view),
          ]),
          isColoured,
        ),
      );
      noteMore(session, list);
    });
}

function addShow(redeliveries: Command, open: OpenSession): void {
  redeliveries
    .command('show <destination> <id>')
    .description('show how far a redelivery of many is')
    .option('--wait', 'show the progress until it ends; exits with 1 if a delivery failed')
    .addHelpText(
      'after',
      examples(
        'hooklatch redeliveries show shop REDELIVERY_ID',
        'hooklatch redeliveries show shop REDELIVERY_ID --wait',
      ),
    )
    .action(async (name: string, id: string, options: { wait?: boolean }, command: Command) => {
      const session = open(command);
      const read = () => session.api.call(one, { params: { name, id } });
      print(session, options.wait ? await watch(session, name, id) : await read());
    });
}

function addCancel(redeliveries: Command, open: OpenSession): void {
  redeliveries
    .command('cancel <destination> <id>')
    .description('end a redelivery of many; what it has sent stays sent')
    .addHelpText('after', examples('hooklatch redeliveries cancel shop REDELIVERY_ID'))
    .action(async (name: string, id: string, _options: object, command: Command) => {
      const session = open(command);
      const view = await session.api.call('DELETE /v1/destinations/{name}/redeliveries/{id}', { params: { name, id } });
      session.print(view, (isColoured) => redeliveryLines(view, isColoured));
    });
}

/** `redeliveries`: many ended deliveries of a destination, sent again. */
export function addRedeliveries(program: Command, open: OpenSession): void {
  const redeliveries = program
    .command('redeliveries')
    .description('send what was made for many deliveries again: start, list, show and cancel');
  for (const add of [addStart, addList, addShow, addCancel]) add(redeliveries, open);
}
