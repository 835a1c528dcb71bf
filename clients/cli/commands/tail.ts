import type { Command } from 'commander';
import { liveEvents, positionNow } from '../../../shared/operators/wait/live-events.ts';
import { startAt } from '../../../shared/operators/wait/read-position.ts';
import { type Interruption, untilInterrupted } from '../live/interruption.ts';
import { readSchedule } from '../live/read-schedule.ts';
import { eventLine } from '../output/event-text.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { eventLister } from './live-options.ts';
import { parseTime } from './time-option.ts';

interface TailOptions {
  from?: string;
  type?: string;
}

async function tail(session: Session, name: string, { from, type }: TailOptions, { stopped }: Interruption) {
  const reconnecting = { wait: session.terminal.wait, stopped, tell: session.tell };
  const api = session.apiUntil(stopped);
  // Fails at once if there is no such connection.
  await api.call('GET /v1/connections/{name}', { params: { name } });
  const list = eventLister(api, name, { ...(type !== undefined && { type }) }, reconnecting);
  const start = from === undefined ? await positionNow(list) : startAt(from);
  session.tell(`Shows the events of ${name} as they arrive. Ctrl-C ends it.`);
  const pause = readSchedule(session.terminal, stopped);
  for await (const { event } of liveEvents({ list, start, pause })) {
    session.printEach(event, (isColoured) => [eventLine(event, isColoured)]);
  }
}

/** `events tail`: events as they arrive. */
export function addTail(events: Command, open: OpenSession): void {
  events
    .command('tail <name>')
    .description('show events as they arrive')
    .option('--from <time>', 'begin with the events that arrived then (default: now)', parseTime)
    .option('--type <type>', 'only of this type')
    .addHelpText('after', examples('hooklatch events tail orders', 'hooklatch events tail code --type push --json'))
    .action(async (name: string, options: TailOptions, command: Command) => {
      const session = open(command);
      await untilInterrupted(session.terminal, (interruption) => tail(session, name, options, interruption));
    });
}
