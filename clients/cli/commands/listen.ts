import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { type ListEvents, liveEvents, positionNow } from '../../../shared/operators/wait/live-events.ts';
import { type ReadPosition, startAt } from '../../../shared/operators/wait/read-position.ts';
import { matcherOf, wantedFault } from '../../../shared/operators/wait/waited-event.ts';
import { UsageError } from '../command-error.ts';
import { cursorFile, type ListenCursor, saveStart } from '../listen/cursor-file.ts';
import { forwardTarget } from '../listen/forward-target.ts';
import { forwarder } from '../listen/forwarder.ts';
import { progressReporter } from '../listen/progress-reporter.ts';
import { readyFile } from '../listen/ready-file.ts';
import { sendRequest } from '../listen/send-request.ts';
import { signatureWindowOf } from '../listen/signature-window.ts';
import { type Interruption, untilInterrupted } from '../live/interruption.ts';
import { readSchedule } from '../live/read-schedule.ts';
import { type ReconnectOptions, reconnect } from '../live/reconnect.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { positiveNumber } from './listing.ts';
import { eventLister } from './live-options.ts';
import { type MatchOptions, matchOf, withMatchOptions } from './match-options.ts';
import { parseTime } from './time-option.ts';

interface ListenOptions extends MatchOptions {
  forward: string;
  path?: string;
  from?: string;
  type?: string;
  readyFile?: string;
  attempts: number;
  timeout: number;
}

/** After so many failed attempts, an event is given up. */
const defaultAttempts = 5;

/**
 * Reads a number of seconds. A timer takes no more than some weeks.
 * @throws InvalidArgumentError if it is none of a day
 */
function secondsOfADay(text: string): number {
  const seconds = positiveNumber(text);
  if (seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('It must be at most 86400, a day.');
}

/** Reads an event. Undefined if it is gone. */
const eventReader = (api: ApiClient, name: string, options: ReconnectOptions) => async (id: string) => {
  try {
    const key = 'GET /v1/connections/{name}/events/{id}';
    const read = (beginsWithinMs: number) => api.call(key, { params: { name, id }, beginsWithinMs });
    return await reconnect(read, options);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'event_not_found') return undefined;
    throw error;
  }
};

/** Where to begin: at `from`, or where the last run ended, or now. */
async function startOf(list: ListEvents, from: string | undefined, saved: ListenCursor | undefined) {
  if (from !== undefined) return startAt(from);
  return saved?.position ?? (await positionNow(list));
}

/** The events that a run sends, in words. A position itself lies earlier, because events are listed late. */
function beginningOf(start: ReadPosition, { from }: ListenOptions, saved: ListenCursor | undefined): string {
  if (from !== undefined) return `those since ${start.from}`;
  if (!saved) return 'those from now on';
  const { sending, sentUpTo } = saved;
  if (sending) return `first ${sending.id}, in attempt ${sending.attempts + 1}, then those after it`;
  return sentUpTo === undefined ? `those since ${start.from}` : `those after ${sentUpTo}`;
}

async function listen(session: Session, name: string, options: ListenOptions, interruption: Interruption) {
  const { terminal, tell } = session;
  const to = forwardTarget(options.forward, options.path);
  const { type } = options;
  const wanted = { type, match: await matchOf(session, options) };
  const fault = wantedFault(wanted);
  if (fault !== undefined) throw new UsageError(fault);
  const ready = { ready: true, connection: name, forward: to.shown };
  const fileOfReadiness = options.readyFile === undefined ? undefined : readyFile(options.readyFile, ready);
  const api = session.apiUntil(interruption.stopped);
  const connection = await api.call('GET /v1/connections/{name}', { params: { name } });
  const windowSeconds = await signatureWindowOf(api, connection);
  const file = cursorFile(join(terminal.stateFolder, 'listen'), [session.url, name, to.key]);
  const saved = file.read();
  const reconnecting = { wait: terminal.wait, stopped: interruption.stopped, tell };
  const list = eventLister(api, name, { ...(type !== undefined && { type }) }, reconnecting);
  const start = await startOf(list, options.from, saved);
  const cursor: ListenCursor = { ...saved, position: start };
  saveStart(file, cursor);
  const beginning = beginningOf(start, options, saved);
  tell(`Sends the events of ${name} to ${to.shown}: ${beginning}. Ctrl-C ends it; the next start goes on from there.`);
  fileOfReadiness?.write();
  if (session.isJson) session.printEach(ready, '');
  const forward = forwarder({
    to,
    matcher: wanted.match && matcherOf(wanted),
    file,
    cursor,
    windowSeconds,
    interruption,
    tell,
    send: sendRequest,
    wait: terminal.wait,
    now: terminal.now,
    random: terminal.random,
    read: eventReader(api, name, reconnecting),
    repeatsUpTo: options.from === undefined ? undefined : saved?.sentUpTo,
    attempts: options.attempts,
    timeoutMs: options.timeout * 1000,
    report: progressReporter(session, windowSeconds),
  });
  const pause = readSchedule(terminal, interruption.stopped);
  for await (const arrival of liveEvents({ list, start, pause })) {
    await forward(arrival);
    if (interruption.stopped.aborted) return;
  }
}

/** `listen`: live events for a local program. */
export function addListen(program: Command, open: OpenSession): void {
  const command = program
    .command('listen <name>')
    .description('send events to a local program as they arrive, with the exact bytes and headers of the sender')
    .requiredOption('--forward <url>', 'the URL of the program, or its port on this machine')
    .option('--path <path>', 'the path at the program, if the URL has none')
    .option('--type <type>', 'only of this type, such as push or invoice.*');
  withMatchOptions(command)
    .option(
      '--from <time>',
      'begin with the events that arrived then (default: where the last run ended, or now)',
      parseTime,
    )
    .option('--attempts <n>', 'give an event up after so many failed attempts', positiveNumber, defaultAttempts)
    .option('--timeout <seconds>', 'how long the program may take to answer', secondsOfADay, 30)
    .option('--ready-file <path>', 'write this file once every later event will be sent')
    .addHelpText(
      'after',
      examples(
        'hooklatch listen orders --forward http://localhost:3000/hook',
        'hooklatch listen orders --forward 3000 --path /hook',
        'hooklatch listen orders --forward http://localhost:3000/hook --from 2026-03-01T12:00:00Z',
      ),
    )
    .action(async (name: string, options: ListenOptions, ran: Command) => {
      const session = open(ran);
      await untilInterrupted(session.terminal, (interruption) => listen(session, name, options, interruption));
    });
}
