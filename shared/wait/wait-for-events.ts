/**
 * Waits until wanted events have come. Asks once a second, by requests that are answered at once. `read-position.ts` says how no event is
 * missed: what the reader has not handled since its start is read again until the list is complete up to there.
 */
import type { ApiAnswer, ApiClient } from '../api/api-client.ts';
import { ApiError, UnreachableError } from '../api/api-error.ts';
import { inParallel } from '../base/parallel.ts';
import { settlingMs } from '../event/ingest-timeout.ts';
import { type ListEvents, type ListedEvent, liveBatches } from './live-events.ts';
import { startAt } from './read-position.ts';
import {
  type Difference,
  type Matcher,
  matcherOf,
  type WaitedEvent,
  type Wanted,
  waitedEventOf,
} from './waited-event.ts';

export interface WaitRequest extends Wanted {
  connection: string;
  /** How many events are waited for. */
  count: number;
  /** Events that arrived since then, as `Date.toISOString` writes it, or so many ms before the start. */
  since: string | number;
  timeoutMs: number;
}

export interface WaitPorts {
  /** Milliseconds since some fixed moment. */
  now: () => number;
  wait: (ms: number) => Promise<void>;
  /** Aborts after so many ms. By default that of Node. */
  timeout?: (ms: number) => AbortSignal;
  /** When the waiting began, such as when the program was started. By default now. */
  begun?: number;
  /** Gets each wanted event as soon as it is found. */
  onEvent?: (event: WaitedEvent) => void;
}

/** An event that came, and was not the wanted one. */
export type NearMiss = Pick<ListedEvent, 'id' | 'receivedAt' | 'type'> & Difference;

type Rejection = ApiAnswer<'GET /v1/connections/{name}/rejections'>['items'][number];

/** What came instead of what was waited for. */
export interface Missed {
  /** How many events came that were not wanted. */
  others: number;
  /** The nearest of them, at most five: those of the wanted type first, then the newest. */
  nearMisses: NearMiss[];
  /** What was refused in these minutes. Undefined if that could not be read. */
  rejections: Rejection[] | undefined;
  /** The last fault, if the API did not answer at the end. */
  fault?: string;
}

/** The wanted events in the order in which they arrived. `missed` if the time was up before all had come. */
export interface WaitResult {
  events: WaitedEvent[];
  missed?: Missed;
}

/** The time from the beginning of a read to that of the next one, in ms. */
const askEveryMs = 1_000;
/** How long one request may take, in ms. After that it is sent again. */
const requestMs = 10_000;
/** How long a request may take that is sent at the end. */
const lastRequestMs = 3_000;
/** The most events that are read at the same time. */
const readsAtOnce = 8;
/** The most events of a page of the API. */
const pageSize = '200';
const maxNearMisses = 5;
const maxRejections = '5';

/** The time is up. */
class TimeIsUp extends Error {
  /** Why there was no answer. */
  readonly fault: Error;

  constructor(fault: Error) {
    super();
    this.fault = fault;
  }
}

const clockOf = ({ now, wait, timeout = AbortSignal.timeout }: WaitPorts, timeoutMs: number): Clock => ({
  ...{ now, wait, timeout },
  end: now() + timeoutMs,
});

const isPassing = (error: unknown): error is Error =>
  error instanceof UnreachableError || (error instanceof ApiError && (error.status === 429 || error.status >= 500));

interface Clock extends Required<Pick<WaitPorts, 'now' | 'wait' | 'timeout'>> {
  /** When the waiting ends. */
  end: number;
}

/** Fails when the signal aborts. */
const failureOn = (signal: AbortSignal, ms: number): Promise<never> =>
  new Promise((_, reject) => {
    const fail = () => reject(new UnreachableError(`The API did not answer within ${ms / 1_000} s.`));
    signal.addEventListener('abort', fail, { once: true });
  });

/** The answer of a request. A request that takes too long is ended and counts as a fault that passes. */
function withinTime<T>(ask: (signal: AbortSignal) => Promise<T>, { now, end, timeout }: Clock): Promise<T> {
  const ms = Math.min(requestMs, Math.max(lastRequestMs, end - now()));
  const signal = timeout(ms);
  return Promise.race([ask(signal), failureOn(signal, ms)]);
}

/**
 * Repeats a request once a second while the API does not answer.
 * @throws TimeIsUp, and every error that does not pass, such as that of a revoked token
 */
async function persistently<T>(ask: (signal: AbortSignal) => Promise<T>, clock: Clock): Promise<T> {
  const { now, wait, end } = clock;
  for (;;) {
    const begun = now();
    try {
      return await withinTime(ask, clock);
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (begun >= end) throw new TimeIsUp(error);
      await wait(Math.max(0, Math.min(begun + askEveryMs, end) - now()));
    }
  }
}

/** Asks the API about one connection. */
class Asker {
  readonly #client: ApiClient;
  readonly #params: { name: string };
  readonly #clock: Clock;
  hasAnswered = false;

  constructor(client: ApiClient, name: string, clock: Clock) {
    this.#client = client;
    this.#params = { name };
    this.#clock = clock;
  }

  readonly list: ListEvents = async (query) => {
    const request = { params: this.#params, query: { limit: pageSize, ...query } };
    const page = await persistently(
      (signal) => this.#client.call('GET /v1/connections/{name}/events', { ...request, signal }),
      this.#clock,
    );
    this.hasAnswered = true;
    return page;
  };

  /** An event. Undefined if it is gone. */
  async read(id: string): Promise<WaitedEvent | undefined> {
    const key = 'GET /v1/connections/{name}/events/{id}';
    try {
      const ask = (signal: AbortSignal) => this.#client.call(key, { params: { ...this.#params, id }, signal });
      return waitedEventOf(await persistently(ask, this.#clock));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'event_not_found') return undefined;
      throw error;
    }
  }

  /** What was refused since the minute of this time. Undefined if the API does not answer. */
  async rejections(since: string): Promise<Rejection[] | undefined> {
    const key = 'GET /v1/connections/{name}/rejections';
    const query = { from: `${since.slice(0, 16)}:00.000Z`, limit: maxRejections };
    const ask = (signal: AbortSignal) => this.#client.call(key, { params: this.#params, query, signal });
    try {
      return (await withinTime(ask, this.#clock)).items;
    } catch (error) {
      if (isPassing(error)) return undefined;
      throw error;
    }
  }
}

/** The server's own time, which a list tells: it is complete up to a fixed time before that. The caller's clock may be wrong. */
async function timeOf({ list }: Asker): Promise<number> {
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
    return new Date(await timeOf(new Asker(client, connection, clock))).toISOString();
  } catch (error) {
    throw error instanceof TimeIsUp ? error.fault : error;
  }
}

/**
 * From when on events count, by the server's clock.
 * @param passed what has passed since the waiting began, in ms
 */
async function sinceOf({ since }: WaitRequest, asker: Asker, passed: () => number): Promise<string> {
  if (typeof since === 'string') return since;
  const answered = await timeOf(asker);
  // The answer took some time, too, so this is never later than the true beginning.
  return new Date(answered - passed() - since).toISOString();
}

/** An event that was looked at: the wanted one, or how it differs. */
type Looked = { row: ListedEvent } & ({ event: WaitedEvent } | { difference: Difference });

const lookAt =
  (asker: Asker, matcher: Matcher) =>
  async (row: ListedEvent): Promise<Looked> => {
    const known = matcher.ofRow(row);
    if (known) return { row, difference: known };
    try {
      const event = await asker.read(row.id);
      const difference: Difference | undefined = event ? matcher.of(event) : { why: 'gone' };
      return event && !difference ? { row, event } : { row, difference: difference ?? { why: 'gone' } };
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
function schedule({ now, wait, end }: Clock): () => Promise<boolean> {
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
  const asker = new Asker(client, request.connection, clock);
  const matcher = matcherOf(request);
  const events: WaitedEvent[] = [];
  const misses: NearMiss[] = [];
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
        misses.push({ id, receivedAt, type, ...looked.difference });
        // A busy connection may bring thousands.
        if (misses.length > 2 * maxNearMisses) misses.splice(0, misses.length, ...nearest(misses));
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
    missed: { others, nearMisses: nearest(misses), rejections, ...(fault && { fault: fault.message }) },
  };
}
