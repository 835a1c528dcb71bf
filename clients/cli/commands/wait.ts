import { type Command, InvalidArgumentError } from 'commander';
import { missedLines } from '../../../shared/operators/wait/missed-text.ts';
import { type WaitRequest, waitForEvents } from '../../../shared/operators/wait/wait-for-events.ts';
import { type WaitedEvent, wantedFault } from '../../../shared/operators/wait/waited-event.ts';
import { textsAbout } from '../answer-words.ts';
import { TimedOut, UsageError } from '../command-error.ts';
import { eventViewLines } from '../output/event-text.ts';
import type { OpenSession, Session } from '../session.ts';
import { duration } from './duration-option.ts';
import { examples } from './examples.ts';
import { positiveNumber } from './listing.ts';
import { type MatchOptions, matchOf, withMatchOptions } from './match-options.ts';
import { parseTime } from './time-option.ts';

interface WaitOptions extends MatchOptions {
  type?: string;
  count: number;
  since?: string | number;
  timeout: number;
}

/** Reads a time, or how long ago it was, in ms. */
function timeOrAge(text: string): string | number {
  if (/^\d+(ms|s|m|h)$/.test(text)) return duration(text);
  try {
    return parseTime(text);
  } catch {
    throw new InvalidArgumentError(
      'It must be a time with its zone, such as 2026-03-01T12:00:00Z, or an age such as 5m.',
    );
  }
}

async function requestOf(session: Session, connection: string, options: WaitOptions): Promise<WaitRequest> {
  const { type, count, since = 0, timeout: timeoutMs } = options;
  const wanted = { type, match: await matchOf(session, options) };
  const fault = wantedFault(wanted);
  if (fault !== undefined) throw new UsageError(fault);
  return { ...wanted, connection, count, since, timeoutMs };
}

/** JSON can be read at any depth, but not written: then the event has only its body as text. */
function printed({ data, ...event }: WaitedEvent): object {
  try {
    JSON.stringify(data);
    return { ...event, ...(data !== undefined && { data }) };
  } catch {
    return event;
  }
}

async function waitFor(session: Session, name: string, options: WaitOptions): Promise<void> {
  const request = await requestOf(session, name, options);
  const { uptime, wait } = session.terminal;
  const { events, missed } = await waitForEvents(session.api, request, {
    now: uptime,
    wait,
    // The program was started before it could ask anything.
    begun: 0,
    onEvent: (event) => session.printEach(printed(event), (isColoured) => eventViewLines(event, isColoured)),
  });
  if (!missed) return;
  const lines = missedLines({ events, missed }, request, textsAbout(name));
  const failure = { code: 'timed_out', message: lines[0] };
  if (session.isJson) session.printEach({ ...failure, timedOut: true, found: events.length, ...missed }, '');
  for (const line of lines) session.tell(line);
  throw new TimedOut();
}

/** `events wait`: ends when an event comes, for scripts and tests. */
export function addWait(events: Command, open: OpenSession): void {
  const command = events
    .command('wait <name>')
    .description('wait until an event has come, also if it came since the command was started, and print it')
    .option('--type <type>', 'only of this type, such as push or invoice.*');
  withMatchOptions(command)
    .option('--count <n>', 'wait for so many events', positiveNumber, 1)
    .option('--since <time>', 'look back to this time, or so long ago, such as 5m (default: the start)', timeOrAge)
    .option('--timeout <time>', 'exit with 8 after so long', duration, 30_000)
    .addHelpText(
      'after',
      examples(
        'hooklatch events wait orders',
        `hooklatch events wait code --type push --match '{"data": {"ref": ["refs/heads/main"]}}' --timeout 2m --json`,
      ),
    )
    .action((name: string, options: WaitOptions, ran: Command) => waitFor(open(ran), name, options));
}
