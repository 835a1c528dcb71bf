/** The commands for jobs of one kind: start, list, show and cancel. */
import type { Command } from 'commander';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { BadResult } from '../command-error.ts';
import { countCells, countHeaders, type JobView, stateCell } from '../output/job-text.ts';
import { table } from '../output/table.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { type RangeOptions, withRangeOptions } from './journal.ts';
import { type ListedPage, type ListOptions, noteMore, positiveNumber, readPages, withListOptions } from './listing.ts';
import { isWatched, watchJob } from './watch-job.ts';

/** The options of every command that starts a job. */
export interface StartOptions extends RangeOptions {
  from: string;
  rate?: number;
  dryRun?: boolean;
  wait?: boolean;
}

/** What every job is started with. */
export const bodyOfStart = ({ from, to, rate, dryRun }: StartOptions) => ({
  from,
  ...(to !== undefined && { to }),
  ...(rate !== undefined && { ratePerSecond: rate }),
  ...(dryRun && { dryRun }),
});

/** One kind of job, and what its commands say. */
interface JobKind<View extends JobView, Plan, Options extends StartOptions> {
  /** The command, one job of it, and one thing that the job does. */
  command: string;
  job: string;
  thing: string;
  /** Whose jobs they are, in the usage and in the examples. */
  owner: string;
  exampleOwner: string;
  description: string;
  descriptions: Record<'start' | 'dryRun' | 'list' | 'show' | 'cancel', string>;
  startExamples: string[];
  withStartOptions(start: Command): Command;
  start(api: ApiClient, name: string, options: Options): Promise<{ id: string } | Plan>;
  list(api: ApiClient, name: string, query: { limit: string; cursor?: string }): Promise<ListedPage<View>>;
  show(api: ApiClient, name: string, id: string): Promise<View>;
  cancel(api: ApiClient, name: string, id: string): Promise<View>;
  lines(view: View, isColoured: boolean): string[];
  planLines(plan: Plan, isColoured: boolean): string[];
  /** The column of its list that other kinds do not have. */
  column: { header: string; cell(view: View): string };
  /** What is said if not all was done. */
  failure: string;
}

/** What the commands of a kind do. */
function actionsOf<View extends JobView, Plan extends object, Options extends StartOptions>(
  kind: JobKind<View, Plan, Options>,
) {
  const { command, job, column } = kind;
  const showText = (name: string, id: string) => `hooklatch ${command} show ${name} ${id}`;
  const print = (session: Session, view: View) => session.print(view, (isColoured) => kind.lines(view, isColoured));
  /** Shows the progress until the job ends, or until Ctrl-C. */
  const watch = (session: Session, name: string, id: string) =>
    watchJob(session, showText(name, id), (api) => kind.show(api, name, id));

  /** @throws BadResult if the job ended with failures */
  function printResult(session: Session, view: View): void {
    print(session, view);
    if (view.state === 'failed' || view.failed > 0) throw new BadResult(kind.failure);
  }

  return {
    async start(session: Session, name: string, options: Options): Promise<void> {
      const started = await kind.start(session.api, name, options);
      if (!('id' in started)) return session.print(started, (isColoured) => kind.planLines(started, isColoured));
      if (isWatched(session, options)) return printResult(session, await watch(session, name, started.id));
      session.print(started, `Started the ${job} ${started.id}: ${showText(name, started.id)}`);
    },

    async list(session: Session, name: string, options: ListOptions): Promise<void> {
      const list = await readPages<View, ListedPage<View>>(options, (query) => kind.list(session.api, name, query));
      const headers = ['ID', column.header, 'STATE', 'STARTED', ...countHeaders];
      const rowOf = (view: View) => [view.id, column.cell(view), stateCell(view), view.startedAt, ...countCells(view)];
      session.print(list, (isColoured) => table(headers, list.items.map(rowOf), isColoured));
      noteMore(session, list);
    },

    show: async (session: Session, name: string, id: string, { wait }: { wait?: boolean }) =>
      printResult(session, wait ? await watch(session, name, id) : await kind.show(session.api, name, id)),

    cancel: async (session: Session, name: string, id: string) =>
      print(session, await kind.cancel(session.api, name, id)),
  };
}

/** Adds the commands of a kind. */
export function addJobCommands<View extends JobView, Plan extends object, Options extends StartOptions>(
  program: Command,
  open: OpenSession,
  kind: JobKind<View, Plan, Options>,
): void {
  const { job, thing, owner, descriptions } = kind;
  const { start, list, show, cancel } = actionsOf(kind);
  const group = program.command(kind.command).description(kind.description);
  const jobId = `${job.toUpperCase()}_ID`;
  const example = (command: string, rest = '') => `hooklatch ${kind.command} ${command} ${kind.exampleOwner}${rest}`;

  kind
    .withStartOptions(withRangeOptions(group.command(`start <${owner}>`), { isFromRequired: true }))
    .description(descriptions.start)
    .option('--rate <n>', 'at most so many a second (default: 50)', positiveNumber)
    .option('--dry-run', descriptions.dryRun)
    .option('--wait', `show the progress until it ends (default: at a terminal); exits with 1 if ${thing} failed`)
    .option('--no-wait', 'end at once')
    .addHelpText('after', examples(...kind.startExamples))
    .action((name: string, options: Options, command: Command) => start(open(command), name, options));
  withListOptions(group.command(`list <${owner}>`))
    .description(descriptions.list)
    .addHelpText('after', examples(example('list')))
    .action((name: string, options: ListOptions, command: Command) => list(open(command), name, options));
  group
    .command(`show <${owner}> <id>`)
    .description(descriptions.show)
    .option('--wait', `show the progress until it ends; exits with 1 if ${thing} failed`)
    .addHelpText('after', examples(example('show', ` ${jobId}`), example('show', ` ${jobId} --wait`)))
    .action((name: string, id: string, options: object, command: Command) => show(open(command), name, id, options));
  group
    .command(`cancel <${owner}> <id>`)
    .description(descriptions.cancel)
    .addHelpText('after', examples(example('cancel', ` ${jobId}`)))
    .action((name: string, id: string, _options: object, command: Command) => cancel(open(command), name, id));
}
