/**
 * One attempt of a delivery: what is sent is made from the event, the request is signed and sent, and the result is read. Everything that
 * takes time comes first. An attempt begins with a read of its destination, so a pause or a deletion binds each attempt that begins
 * after its answer.
 */

import type { StoredEvent } from '../../events/event/event.ts';
import { retryAfterMs } from '../../ground/base/retry-after.ts';
import type { OutboundResult, SendOutbound } from '../../ground/outbound/outbound-request.ts';
import {
  type AuthorizedResult,
  type ReadyProof,
  readyProof,
  sendAuthorized,
} from '../destination/authorized-request.ts';
import { type DeliveryMessage, deliveryRequest } from '../destination/delivery-request.ts';
import { type Destination, hasSigningGrace, isPaused } from '../destination/destination.ts';
import { type DestinationValue, secretsOf } from '../destination/destination-value.ts';
import type { GetToken } from '../destination/oauth-token.ts';
import { shownAnswer } from '../destination/strike-out.ts';
import { type AttemptResult, kindOfStatus, type UnsentAttempt } from './attempt-result.ts';
import type { DeliveryJob } from './delivery-job.ts';
import type { AttemptNote } from './delivery-row.ts';
import type { Attempt, DispatchPorts } from './ports.ts';

export interface AttemptPorts extends Pick<DispatchPorts, 'readDestination' | 'clock'> {
  /** The event that came at this time. If there is none, what it answers is as strongly consistent as a read can be. */
  readEvent(id: string, receivedAt: string): Promise<StoredEvent | undefined>;
  /** What is sent of the event, or why nothing is. `madeInMs` is how long its transform took. */
  messageOf(
    job: DeliveryJob,
    event: StoredEvent,
    to: Destination,
  ): Promise<(DeliveryMessage & { madeInMs?: number }) | UnsentAttempt>;
  readValue(destination: Destination): Promise<DestinationValue>;
  getToken: GetToken;
  send: SendOutbound;
}

/** The time for a token, a transform and the request together, in milliseconds. */
const deadlineMs = 45_000;
/** The longest answer that is kept, in characters. */
const maxKeptAnswer = 4_096;
/** A destination is read again so often if operators change its proof while an attempt is prepared. */
const maxPreparations = 3;

/** Everything that an attempt needs of its destination. */
interface Prepared {
  destination: Destination;
  value: DestinationValue;
  ready: ReadyProof;
  /** How long its token took, in milliseconds. */
  readyInMs: number;
}

/**
 * Reads the value, asks for a token, and only then reads the destination: what it says then is what counts. If its value is another one by
 * then, all is prepared again.
 */
async function prepare(
  job: DeliveryJob,
  first: Destination,
  { readDestination, readValue, getToken, clock }: AttemptPorts,
): Promise<Prepared | UnsentAttempt> {
  let destination = first;
  for (let preparation = 0; preparation < maxPreparations; preparation += 1) {
    const value = await readValue(destination);
    const asked = clock.now();
    const ready = await readyProof(value.auth, destination.valueId, getToken);
    const readyInMs = clock.now() - asked;
    const now = await readDestination(job.to);
    if (!now) return { kind: 'cancelled', reason: 'destination_deleted' };
    if (isPaused(now)) return { kind: 'paused' };
    if (now.valueId === destination.valueId) return { destination: now, value, ready, readyInMs };
    destination = now;
  }
  return { kind: 'later', fault: 'the destination changes all the time' };
}

/** What is kept of a result. A failing token URL is a failure of the destination. */
function noteOf(outcome: AuthorizedResult, secrets: readonly string[], at: number, ms: number): AttemptNote {
  if ('noToken' in outcome) return { at, ms, outcome: 'token', cause: outcome.noToken };
  const { result } = outcome;
  if (result.outcome !== 'answered') return { at, ms, outcome: result.outcome, cause: result.reason };
  const answer = shownAnswer(result, [...secrets, ...outcome.secrets], maxKeptAnswer);
  return { at, ms, outcome: 'answered', status: result.status, ...(answer !== '' && { answer }) };
}

const isLoop = (result: OutboundResult): boolean => result.outcome === 'forbidden' && result.rule === 'hops';

function resultOf(outcome: AuthorizedResult, note: AttemptNote, generation: number, ended: number): AttemptResult {
  const sent = { note, generation, ended };
  if ('noToken' in outcome || outcome.result.outcome !== 'answered') {
    if ('result' in outcome && isLoop(outcome.result)) return { kind: 'failed', reason: 'loop' };
    return { kind: 'broken', ...sent };
  }
  const { status, headers } = outcome.result;
  const retryAfter = retryAfterMs(headers['retry-after'], new Date(ended));
  return { kind: kindOfStatus(status), ...sent, ...(retryAfter !== undefined && { retryAfter }) };
}

const isUnsent = (made: object): made is UnsentAttempt => 'kind' in made;

/** Creates what attempts deliveries. A fault of ours is a result, so that the delivery is tried again. */
export function deliveryAttempt(ports: AttemptPorts): Attempt {
  const { clock } = ports;

  async function attempt(job: DeliveryJob, seen: Destination, mayBegin: () => boolean): Promise<AttemptResult> {
    const until = clock.now() + deadlineMs;
    const left = () => Math.max(1, until - clock.now());
    const event = await ports.readEvent(job.event, job.receivedAt);
    // After its end, another event can have this id.
    if (event?.receivedAt !== job.receivedAt || clock.now() >= job.expiresAt * 1000) return { kind: 'expired' };
    const message = await ports.messageOf(job, event, seen);
    if (isUnsent(message)) return message;
    const prepared = await prepare(job, seen, ports);
    if (isUnsent(prepared)) return prepared;
    if (!mayBegin()) return { kind: 'fenced' };
    const { destination, value, ready, readyInMs } = prepared;
    const at = clock.now();
    const limit = Math.min(destination.timeoutSeconds * 1000, left());
    const outcome: AuthorizedResult =
      'noToken' in ready
        ? ready
        : await sendAuthorized(
            ready,
            { auth: value.auth, valueId: destination.valueId, getToken: ports.getToken, left },
            (proof) => {
              const signedAt = new Date(clock.now());
              const isInGrace = hasSigningGrace(destination, signedAt);
              const request = deliveryRequest(destination, value, message, { proof, at: signedAt, isInGrace });
              return ports.send(request, { timeoutMs: Math.min(limit, left()) });
            },
          );
    const ended = clock.now();
    // All that its destination and its rule made the batch wait for. What was ours, such as the wait for a turn, is no fault of theirs.
    const ms = (message.madeInMs ?? 0) + readyInMs + ended - at;
    return resultOf(outcome, noteOf(outcome, secretsOf(value), at, ms), destination.generation, ended);
  }

  return async (job, seen, mayBegin) => {
    try {
      return await attempt(job, seen, mayBegin);
    } catch (error) {
      return { kind: 'later', fault: (error as Error).name };
    }
  };
}
