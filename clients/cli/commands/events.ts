import { type Command, Option } from 'commander';
import { refusalsOfDelivery } from '../../../shared/operators/api/refused-delivery.ts';
import { ForbiddenError, UsageError } from '../command-error.ts';
import { bodyBytesOf } from '../listen/forwarded-request.ts';
import { eventCells, eventHeadings, eventViewLines } from '../output/event-text.ts';
import { table } from '../output/table.ts';
import { timelineTable } from '../output/timeline-text.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { type RangeOptions, withRangeOptions } from './journal.ts';
import { type ListOptions, noteMore, readPages, withListOptions } from './listing.ts';
import { addSearch } from './search.ts';
import { addTail } from './tail.ts';
import { addWait } from './wait.ts';

interface EventListOptions extends ListOptions, RangeOptions {
  type?: string;
  deliveryId?: string;
  order?: 'asc' | 'desc';
}

function addList(events: Command, open: OpenSession): void {
  withRangeOptions(withListOptions(events.command('list <name>')))
    .description('list events by their time of arrival; those of the last 15 seconds may be missing')
    .option('--type <type>', 'only of this type')
    .option('--delivery-id <id>', 'only the first event with this id of the sender')
    .addOption(new Option('--order <order>', 'the oldest or the newest first (default: desc)').choices(['asc', 'desc']))
    .addHelpText('after', examples('hooklatch events list orders', 'hooklatch events list code --type push --json'))
    .action(async (name: string, { limit, cursor, ...filter }: EventListOptions, command: Command) => {
      const session = open(command);
      const { api } = session;
      const key = 'GET /v1/connections/{name}/events';
      const options = { limit, ...(cursor !== undefined && { cursor }) };
      const list = await readPages(options, (page) =>
        api.call(key, { params: { name }, query: { ...page, ...filter } }),
      );
      session.print(list, (isColoured) => table(eventHeadings, list.items.map(eventCells), isColoured));
      noteMore(session, list);
      if (filter.deliveryId !== undefined && list.items.length === 0 && !session.isJson)
        for (const line of await refusalsOfDelivery(api, name, filter.deliveryId, session.terminal.now()))
          session.tell(line);
      if (filter.order === 'asc' && list.nextCursor === null && list.upTo && !session.isJson)
        session.tell(`The list ends at ${list.upTo}. Later events are in it some seconds later.`);
    });
}

interface ShowOptions {
  body?: boolean;
}

/** @throws UsageError at a terminal, because the sender's bytes could write anything to it */
function refuseTerminal({ terminal, isJson }: Session): void {
  if (isJson) throw new UsageError('Use either --body or --json.');
  if (terminal.stdout.isTTY)
    throw new UsageError('The bytes are as the sender sent them. Write them to a file: > file');
}

function addShow(events: Command, open: OpenSession): void {
  events
    .command('show <name> <id>')
    .description('show an event with its headers and its body')
    .option('--body', 'write only the exact bytes of the body')
    .addHelpText(
      'after',
      examples('hooklatch events show orders EVENT_ID', 'hooklatch events show orders EVENT_ID --body > body.bin'),
    )
    .action(async (name: string, id: string, { body: isRaw }: ShowOptions, command: Command) => {
      const session = open(command);
      if (isRaw) refuseTerminal(session);
      const view = await session.api.call('GET /v1/connections/{name}/events/{id}', { params: { name, id } });
      if (!isRaw) return session.print(view, (isColoured) => eventViewLines(view, isColoured));
      const bytes = bodyBytesOf(view);
      if (!bytes) throw new ForbiddenError(view.bodyWithheld ?? '');
      session.terminal.stdout.write(bytes);
    });
}

function addTimeline(events: Command, open: OpenSession): void {
  events
    .command('timeline <name> <id>')
    .description('show what happened to an event, up to the attempts at its destinations')
    .addHelpText('after', examples('hooklatch events timeline orders EVENT_ID'))
    .action(async (name: string, id: string, _options: object, command: Command) => {
      const session = open(command);
      const timeline = await session.api.call('GET /v1/connections/{name}/events/{id}/timeline', {
        params: { name, id },
      });
      session.print(timeline, (isColoured) => timelineTable(timeline.items, isColoured));
    });
}

function addReplay(events: Command, open: OpenSession): void {
  events
    .command('replay <name> <id>')
    .description('publish an event again')
    .addHelpText('after', examples('hooklatch events replay orders EVENT_ID'))
    .action(async (name: string, id: string, _options: object, command: Command) => {
      const session = open(command);
      const key = 'POST /v1/connections/{name}/events/{id}/replay';
      const answer = await session.api.call(key, { params: { name, id } });
      session.print(answer, `Published the event ${answer.id} again. This is replay ${answer.replay}.`);
    });
}

/** `events`: the webhooks that were accepted. */
export function addEvents(program: Command, open: OpenSession): void {
  const events = program
    .command('events')
    .description('list, search, watch, wait for, show and replay the events of a connection');
  for (const add of [addList, addSearch, addTail, addWait, addShow, addTimeline, addReplay]) add(events, open);
}
