import type { Command } from 'commander';
import type { ApiBody } from '../../shared/api/api-client.ts';
import { BadResult } from '../command-error.ts';
import { countCells, countHeaders, stateCell } from '../output/job-text.ts';
import { type ReplayView, replayLines } from '../output/replay-text.ts';
import { fields, table } from '../output/table.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { type RangeOptions, withRangeOptions } from './journal.ts';
import { type ListOptions, noteMore, positiveNumber, readPages, withListOptions } from './listing.ts';
import { isWatched, watchJob } from './watch-job.ts';

const oneReplay = 'GET /v1/connections/{name}/replays/{id}';

const showText = (name: string, id: string): string => `hooklatch replays show ${name} ${id}`;

/** Shows the progress until the replay ends, or until Ctrl-C. */
const watch = (session: Session, name: string, id: string): Promise<ReplayView> =>
  watchJob(session, showText(name, id), (api) => api.call(oneReplay, { params: { name, id } }));

/**
 * Prints a replay.
 * @throws BadResult if it ended with failures
 */
function print(session: Session, view: ReplayView): void {
  session.print(view, (isColoured) => replayLines(view, isColoured));
  if (view.state === 'failed' || view.failed > 0) throw new BadResult('Not every event was published.');
}

interface StartOptions extends RangeOptions {
  from: string;
  type?: string;
  rate?: number;
  dryRun?: boolean;
  wait?: boolean;
}

const bodyOf = ({ from, to, type, rate, dryRun }: StartOptions): ApiBody<'POST /v1/connections/{name}/replays'> => ({
  from,
  ...(to !== undefined && { to }),
  ...(type !== undefined && { type }),
  ...(rate !== undefined && { ratePerSecond: rate }),
  ...(dryRun && { dryRun }),
});

async function start(session: Session, name: string, options: StartOptions): Promise<void> {
  const { api } = session;
  const started = await api.call('POST /v1/connections/{name}/replays', { params: { name }, body: bodyOf(options) });
  if (!('id' in started)) {
    const { count, complete, skipped, first, last, writeUnits } = started;
    return session.print(started, (isColoured) =>
      fields(
        [
          ['events', `${complete ? '' : 'at least '}${count}`],
          ['skipped', String(skipped)],
          ['first', first ?? undefined],
          ['last', last ?? undefined],
          ['write units', String(writeUnits)],
        ],
        isColoured,
      ),
    );
  }
  if (isWatched(session, options)) return print(session, await watch(session, name, started.id));
  session.print(started, `Started the replay ${started.id}: ${showText(name, started.id)}`);
}

function addStart(replays: Command, open: OpenSession): void {
  withRangeOptions(replays.command('start <name>'), { isFromRequired: true })
    .description('publish the events of a range of time again, the oldest first')
    .option('--type <type>', 'only of this type')
    .option('--rate <n>', 'at most so many a second (default: 50)', positiveNumber)
    .option('--dry-run', 'only count the events')
    .option('--wait', 'show the progress until it ends (default: at a terminal); exits with 1 if an event failed')
    .option('--no-wait', 'end at once')
    .addHelpText(
      'after',
      examples(
        'hooklatch replays start orders --from 2026-03-01T12:00:00Z --dry-run',
        'hooklatch replays start orders --from 2026-03-01T12:00:00Z --to 2026-03-01T13:00:00Z --rate 20',
      ),
    )
    .action((name: string, options: StartOptions, command: Command) => start(open(command), name, options));
}

function addList(replays: Command, open: OpenSession): void {
  withListOptions(replays.command('list <name>'))
    .description('list the replays and releases of the last 30 days, the newest first')
    .addHelpText('after', examples('hooklatch replays list orders'))
    .action(async (name: string, options: ListOptions, command: Command) => {
      const session = open(command);
      const { api } = session;
      const key = 'GET /v1/connections/{name}/replays';
      const list = await readPages(options, (query) => api.call(key, { params: { name }, query }));
      session.print(list, (isColoured) =>
        table(
          ['ID', 'KIND', 'STATE', 'STARTED', ...countHeaders],
          list.items.map((view) => [view.id, view.kind, stateCell(view), view.startedAt, ...countCells(view)]),
          isColoured,
        ),
      );
      noteMore(session, list);
    });
}

function addShow(replays: Command, open: OpenSession): void {
  replays
    .command('show <name> <id>')
    .description('show how far a replay or a release is')
    .option('--wait', 'show the progress until it ends; exits with 1 if an event failed')
    .addHelpText(
      'after',
      examples('hooklatch replays show orders REPLAY_ID', 'hooklatch replays show orders REPLAY_ID --wait'),
    )
    .action(async (name: string, id: string, options: { wait?: boolean }, command: Command) => {
      const session = open(command);
      const read = () => session.api.call(oneReplay, { params: { name, id } });
      print(session, options.wait ? await watch(session, name, id) : await read());
    });
}

function addCancel(replays: Command, open: OpenSession): void {
  replays
    .command('cancel <name> <id>')
    .description('end a replay; what it has published stays published')
    .addHelpText('after', examples('hooklatch replays cancel orders REPLAY_ID'))
    .action(async (name: string, id: string, _options: object, command: Command) => {
      const session = open(command);
      const view = await session.api.call('DELETE /v1/connections/{name}/replays/{id}', { params: { name, id } });
      session.print(view, (isColoured) => replayLines(view, isColoured));
    });
}

/** `replays`: many events, published again. */
export function addReplays(program: Command, open: OpenSession): void {
  const replays = program.command('replays').description('publish many events again: start, list, show and cancel');
  for (const add of [addStart, addList, addShow, addCancel]) add(replays, open);
}
