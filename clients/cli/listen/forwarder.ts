/** Sends events to a local program, one at a time, and keeps how far it is. */
import { waitAfter } from '../../../shared/ground/base/backoff.ts';
import type { ForwardUrl } from '../../../shared/ground/base/forward-url.ts';
import type { ArrivedEvent, ListedEvent } from '../../../shared/operators/wait/live-events.ts';
import type { EventDetail } from '../../../shared/operators/wait/waited-event.ts';
import { type Matcher, waitedEventOf } from '../../../shared/operators/wait/waited-event.ts';
import { Interrupted } from '../command-error.ts';
import type { Interruption } from '../live/interruption.ts';
import type { Terminal } from '../terminal.ts';
import { askedWait, type Outcome, outcomeOf } from './attempt-result.ts';
import type { CursorFile, ListenCursor } from './cursor-file.ts';
import { bodyBytesOf, type ForwardedRequest, forwardedRequest, numbered } from './forwarded-request.ts';
import type { SendRequest } from './send-request.ts';
import { isTooOld } from './signature-window.ts';

/** Why an event is not sent. */
export type SkipReason = 'expired' | 'body_withheld' | 'unpublished_test' | 'path_outside';

/** What happened to an event: one line for the operator. */
export interface ForwardReport {
  id: string;
  receivedAt: string;
  type: string;
  outcome: Outcome;
  /** From 2 on, the program may have got the event before. */
  attempt?: number;
  status?: number;
  /** Why there is no status. */
  reason?: string;
  /** How long the program took. */
  ms?: number;
  nextAttemptInMs?: number;
  /** The headers and the parts of the URL that the program does not get. */
  withheld?: string[];
  /** The sender's signature may no longer be accepted. */
  isTooOld?: true;
}

export interface ForwarderOptions extends Pick<Terminal, 'wait' | 'now' | 'random'> {
  to: ForwardUrl;
  /** Which events the program gets. By default all. */
  matcher?: Matcher | undefined;
  /** Reads an event. Undefined if it is gone. */
  read: (id: string) => Promise<EventDetail | undefined>;
  send: SendRequest;
  file: CursorFile;
  cursor: ListenCursor;
  /** Events that arrived until then may have been sent by an earlier run. */
  repeatsUpTo: string | undefined;
  /** How long the sender's signature is accepted. */
  windowSeconds: number | undefined;
  /** After so many failed attempts an event is given up. */
  attempts: number;
  timeoutMs: number;
  interruption: Interruption;
  report: (progress: ForwardReport) => void;
  tell: (text: string) => void;
}

/** What to send for an event, or why it is not sent. Undefined if nobody wants it. */
function requestFor(
  event: EventDetail | undefined,
  { to, matcher }: Pick<ForwarderOptions, 'to' | 'matcher'>,
): ForwardedRequest | SkipReason | undefined {
  if (!event) return 'expired';
  const difference = matcher?.of(waitedEventOf(event));
  if (difference) return difference.why === 'withheld' ? 'body_withheld' : undefined;
  if (event.publication === 'none') return 'unpublished_test';
  const body = bodyBytesOf(event);
  return body ? (forwardedRequest(event, body, to) ?? 'path_outside') : 'body_withheld';
}

function write(cursor: ListenCursor, { file, tell }: Pick<ForwarderOptions, 'file' | 'tell'>): void {
  try {
    file.write(cursor);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    tell(`${file.path} can't be written (${code}). After a restart, events may be sent again.`);
  }
}

/** Starts a forwarder. It sends an arrival until the program takes it, or it is refused or given up. */
export function forwarder(options: ForwarderOptions): (arrival: ArrivedEvent) => Promise<void> {
  const { read, send, timeoutMs, now, report } = options;
  const { stopped, abandoned } = options.interruption;
  let cursor = options.cursor;

  function save(next: ListenCursor): void {
    cursor = next;
    write(next, options);
  }

  function finish({ event, position }: ArrivedEvent): void {
    const { sentUpTo = '' } = cursor;
    save({ position, sentUpTo: [sentUpTo, event.receivedAt].sort().at(-1) ?? '' });
  }

  /** How often the event was sent before, as far as it is known. */
  function earlierAttempts({ id, receivedAt }: ListedEvent): number {
    if (cursor.sending?.id === id) return cursor.sending.attempts;
    return options.repeatsUpTo !== undefined && receivedAt <= options.repeatsUpTo ? 1 : 0;
  }

  async function attempt(event: ListedEvent, number: number, request: ForwardedRequest) {
    const begun = now().getTime();
    save({ ...cursor, sending: { id: event.id, attempts: number } });
    const answer = await send(request, { timeoutMs, signal: abandoned });
    if (abandoned.aborted) throw new Interrupted();
    const ended = now();
    const tooOld = isTooOld(event.receivedAt, options.windowSeconds, ended);
    const progress = { ...described(event), attempt: number, ms: ended.getTime() - begun };
    return {
      answer,
      progress: { ...progress, ...toldOf(answer, request), ...(tooOld && { isTooOld: true as const }) },
    };
  }

  return async (arrival) => {
    const { event } = arrival;
    const request = requestFor(await read(event.id), options);
    if (!request) return finish(arrival);
    if (typeof request === 'string') {
      report({ ...described(event), outcome: 'skipped', reason: request });
      return finish(arrival);
    }
    const earlier = earlierAttempts(event);
    let failed = 0;
    for (let run = 1; ; run += 1) {
      const { answer, progress } = await attempt(event, earlier + run, numbered(request, earlier + run));
      if (answer.status !== undefined || answer.isThere) failed += 1;
      const outcome = outcomeOf(answer, failed, options.attempts);
      if (outcome !== 'retry') {
        report({ ...progress, outcome });
        return finish(arrival);
      }
      const nextAttemptInMs = waitAfter(run, askedWait(answer, now()), options.random());
      report({ ...progress, outcome, nextAttemptInMs });
      await options.wait(nextAttemptInMs, stopped);
      if (stopped.aborted) throw new Interrupted();
    }
  };
}

const toldOf = (answer: Awaited<ReturnType<SendRequest>>, { withheld }: ForwardedRequest) => ({
  ...(answer.status === undefined ? { reason: answer.reason } : { status: answer.status }),
  ...(withheld.length > 0 && { withheld }),
});

const described = ({ id, receivedAt, type }: ListedEvent) => ({ id, receivedAt, type });
