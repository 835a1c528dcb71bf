/** Sends events to a local program, one at a time, and keeps how far it is. */
import { waitAfter } from '../../shared/base/backoff.ts';
import type { ForwardUrl } from '../../shared/base/forward-url.ts';
import type { Arrival, ListedEvent } from '../../shared/wait/live-events.ts';
import { type Matcher, waitedEventOf } from '../../shared/wait/waited-event.ts';
import { Interrupted } from '../command-error.ts';
import type { Interruption } from '../live/interruption.ts';
import type { Terminal } from '../terminal.ts';
import { askedWait, type Outcome, outcomeOf } from './attempt-result.ts';
import type { CursorFile, ListenCursor } from './cursor-file.ts';
import { bodyOf, type EventView, type ForwardedRequest, forwardedRequest, numbered } from './forwarded-request.ts';
import type { SendRequest } from './send-request.ts';
import { isTooOld } from './signature-window.ts';

/** Why an event is not sent. */
export type SkipReason = 'expired' | 'body_withheld' | 'unpublished_test' | 'path_outside';

/** What happened to an event: one line for the operator. */
export interface Progress {
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
  read: (id: string) => Promise<EventView | undefined>;
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
  report: (progress: Progress) => void;
  tell: (text: string) => void;
}

/** What to send for an event, or why it is not sent. Undefined if nobody wants it. */
function requestFor(
  event: EventView | undefined,
  { to, matcher }: Pick<ForwarderOptions, 'to' | 'matcher'>,
): ForwardedRequest | SkipReason | undefined {
  if (!event) return 'expired';
  const difference = matcher?.of(waitedEventOf(event));
  if (difference) return difference.why === 'withheld' ? 'body_withheld' : undefined;
  if (event.publication === 'none') return 'unpublished_test';
  const body = bodyOf(event);
  return body ? (forwardedRequest(event, body, to) ?? 'path_outside') : 'body_withheld';
}

/** Starts a forwarder. It sends an arrival until the program takes it, or it is refused or given up. */
export function forwarder(options: ForwarderOptions): (arrival: Arrival) => Promise<void> {
  const { file, read, send, timeoutMs, now, report, tell } = options;
  const { stopped, abandoned } = options.interruption;
  let cursor = options.cursor;

  function save(next: ListenCursor): void {
    cursor = next;
    try {
      file.write(next);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      tell(`${file.path} can't be written (${code}). After a restart, events may be sent again.`);
    }
  }

  function finish({ event, position }: Arrival): void {
    const { sentUpTo = '' } = cursor;
    const [, latest = ''] = [sentUpTo, event.receivedAt].sort();
    save({ position, sentUpTo: latest });
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
    const tooOld = isTooOld(event.receivedAt, options.windowSeconds, now());
    const progress = {
      ...described(event),
      attempt: number,
      ms: now().getTime() - begun,
      ...(answer.status === undefined ? { reason: answer.reason } : { status: answer.status }),
      ...(request.withheld.length > 0 && { withheld: request.withheld }),
      ...(tooOld && { isTooOld: true as const }),
    };
    return { answer, progress };
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

const described = ({ id, receivedAt, type }: ListedEvent) => ({ id, receivedAt, type });
