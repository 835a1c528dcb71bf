/**
 * Waits until wanted events have come. Asks once a second, by requests that are answered at once. `read-position.ts` says how no event is
 * missed: what the reader has not handled since its start is read again until the list is complete up to there.
 */

import { settlingMs } from '../../events/event/ingest-timeout.ts';
import { inParallel } from '../../ground/base/parallel.ts';
import type { ApiClient } from '../api/api-client.ts';
import { UnreachableError } from '../api/api-error.ts';
import {
  type AskerClock,
  askEveryMs,
  ConnectionAsker,
  clockOf,
  type RejectionItem,
  TimeIsUp,
  type TimePorts,
} from './connection-asker.ts';
import { type ListedEvent, liveBatches } from './live-events.ts';
import { startAt } from './read-position.ts';
import { type Matcher, type MissReason, matcherOf, type WaitedEvent, type Wanted } from './waited-event.ts';

export interface WaitRequest extends Wanted {
  connection: string;
  /** How many events are waited for. */
  count: number;
  /** Events that arrived since then, as `Date.toISOString` writes it, or so many ms before the start. */
  since: string | number;
  timeoutMs: number;
}

export interface WaitPorts extends TimePorts {
  /** When the waiting began, such as when the program was started. By default now. */
  begun?: number;
  /** Gets each wanted event as soon as it is found. */
  onEvent?: (event: WaitedEvent) => void;
}

/** An event that came, and was not the wanted one. */
export type NearMiss = Pick<ListedEvent, 'id' | 'receivedAt' | 'type'> & MissReason;

/** What came instead of what was waited for. */
export interface Missed {
  /** How many events came that were not wanted. */
  others: number;
  /** The nearest of them, at most five: those of the wanted type first, then the newest. */
  nearMisses: NearMiss[];
  /** What was refused in these minutes. Undefined if that could not be read. */
  rejections: RejectionItem[] | undefined;
  /** The last fault, if the API did not answer at the end. */
  fault?: string;
}

/** The wanted events in the order in which they arrived. `missed` if the time was up before all had come. */
export interface WaitResult {
  events: WaitedEvent[];
  missed?: Missed;
}

/** The most events that are read at the same time. */
const readsAtOnce = 8;
const maxNearMisses = 5;

/** The server's own time, which a list tells: it is complete up to a fixed time before that. The caller's clock may be wrong. */
async function timeOf({ list }: ConnectionAsker): Promise<number> {
  const { upTo } = await list({ order: 'desc', limit: '1' });
  if (upTo === undefined) throw new UnreachableError('The list of events does not say up to when it is complete.');
  return Date.parse(upTo) + settlingMs;
}

/**
 * The time by the server's clock.
 * @throws UnreachableError if the API does not answer in time
 */
export async function serverTime(
  client: ApiClient,
  { connection, timeoutMs }: Pick<WaitRequest, 'connection' | 'timeoutMs'>,
  ports: WaitPorts,
): Promise<string> {
  const clock = clockOf(ports, timeoutMs);
  try {
    return new Date(await timeOf(new ConnectionAsker(client, connection, clock))).toISOString();
  } catch (error) {
    throw error instanceof TimeIsUp ? error.fault : error;
  }
}

/**
 * From when on events count, by the server's clock.
 * @param passed what has passed since the waiting began, in ms
 */
async function sinceOf({ since }: WaitRequest, asker: ConnectionAsker, passed: () => number): Promise<string> {
  if (typeof since === 'string') return since;
  const answered = await timeOf(asker);
  // The answer took some time, too, so this is never later than the true beginning.
  return new Date(answered - passed() - since).toISOString();
}

/** An event that was looked at: the wanted one, or how it differs. */
type Looked = { row: ListedEvent } & ({ event: WaitedEvent } | { difference: MissReason });

const lookAt =
  (asker: ConnectionAsker, matcher: Matcher) =>
  async (row: ListedEvent): Promise<Looked> => {
    const known = matcher.ofRow(row);
    if (known) return { row, difference: known };
    try {
      const event = await asker.read(row.id);
      if (!event) return { row, difference: { why: 'gone' } };
      const difference = matcher.of(event);
      return difference ? { row, difference } : { row, event };
    } catch (error) {
      // The others of its batch may have been read in time.
      if (error instanceof TimeIsUp) return { row, difference: { why: 'unread' } };
      throw error;
    }
  };

const isOfWantedType = (miss: NearMiss): boolean => miss.why !== 'differs' || miss.at !== '/type';

/** The nearest first. */
const nearest = (misses: readonly NearMiss[]): NearMiss[] =>
  [...misses]
    .sort(
      (one, other) =>
        Number(isOfWantedType(other)) - Number(isOfWantedType(one)) || (one.receivedAt < other.receivedAt ? 1 : -1),
    )
    .slice(0, maxNearMisses);

/** Waits until the next read is due, and looks a last time when the time is up. */
function schedule({ now, wait, end }: AskerClock): () => Promise<boolean> {
  let begun = now();
  return async () => {
    if (begun >= end) return false;
    await wait(Math.max(0, Math.min(begun + askEveryMs, end) - now()));
    begun = now();
    return true;
  };
}

/**
 * Waits for events.
 * @param request one without a fault
 * @throws ApiError if the token is refused, there is no such connection, or the request is wrong
 * @throws UnreachableError if the API never answered
 */
export async function waitForEvents(client: ApiClient, request: WaitRequest, ports: WaitPorts): Promise<WaitResult> {
  const { now, begun = now(), onEvent } = ports;
  const clock = clockOf(ports, request.timeoutMs);
  const asker = new ConnectionAsker(client, request.connection, clock);
  const matcher = matcherOf(request);
  const events: WaitedEvent[] = [];
  let nearMisses: NearMiss[] = [];
  let from: string | undefined;
  let others = 0;
  let fault: Error | undefined;
  try {
    from = await sinceOf(request, asker, () => now() - begun);
    const reading = { list: asker.list, start: startAt(from), pause: schedule(clock) };
    for await (const batch of liveBatches(reading)) {
      for (const looked of await inParallel(batch.events, readsAtOnce, lookAt(asker, matcher))) {
        if ('event' in looked) {
          events.push(looked.event);
          onEvent?.(looked.event);
          if (events.length === request.count) return { events };
          continue;
        }
        others += 1;
        const { id, receivedAt, type } = looked.row;
        // A busy connection may bring thousands, so no others are kept.
        nearMisses = nearest([...nearMisses, { id, receivedAt, type, ...looked.difference }]);
      }
    }
  } catch (error) {
    if (!(error instanceof TimeIsUp)) throw error;
    fault = error.fault;
    if (!asker.hasAnswered) throw fault;
  }
  const rejections = from === undefined ? undefined : await asker.rejections(from);
  return {
    events,
    missed: { others, nearMisses, rejections, ...(fault && { fault: fault.message }) },
  };
}
