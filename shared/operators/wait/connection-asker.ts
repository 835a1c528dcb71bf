/**
 * Asks the API about one connection until a time is up, by requests that are answered at once. While the API does not answer, a request is
 * sent again once a second.
 */
import type { ApiAnswer, ApiClient } from '../api/api-client.ts';
import { ApiError, isPassing, UnreachableError } from '../api/api-error.ts';
import type { ListEvents } from './live-events.ts';
import { type WaitedEvent, waitedEventOf } from './waited-event.ts';

export interface TimePorts {
  /** Milliseconds since some fixed moment. */
  now: () => number;
  wait: (ms: number) => Promise<void>;
  /** Aborts after so many ms. By default that of Node. */
  timeout?: (ms: number) => AbortSignal;
}

export type RejectionItem = ApiAnswer<'GET /v1/connections/{name}/rejections'>['items'][number];

/** The time from the beginning of a read to that of the next one, in ms. */
export const askEveryMs = 1_000;
/** How long one request may take, in ms. After that it is sent again. */
const requestMs = 10_000;
/** How long a request may take that is sent at the end. */
const lastRequestMs = 3_000;
/** The most events of a page of the API. */
const pageSize = '200';
const maxRejections = '5';

/** The time is up. */
export class TimeIsUp extends Error {
  /** Why there was no answer. */
  readonly fault: Error;

  constructor(fault: Error) {
    super();
    this.fault = fault;
  }
}

export const clockOf = ({ now, wait, timeout = AbortSignal.timeout }: TimePorts, timeoutMs: number): AskerClock => ({
  ...{ now, wait, timeout },
  end: now() + timeoutMs,
});

export interface AskerClock extends Required<TimePorts> {
  /** When the waiting ends. */
  end: number;
}

/** Fails when the signal aborts. */
const failureOn = (signal: AbortSignal, ms: number): Promise<never> =>
  new Promise((_, reject) => {
    const fail = () => reject(new UnreachableError(`The API did not answer within ${ms / 1_000} s.`));
    signal.addEventListener('abort', fail);
  });

/** The answer of a request. A request that takes too long is ended and counts as a fault that passes. */
function withinTime<T>(ask: (signal: AbortSignal) => Promise<T>, { now, end, timeout }: AskerClock): Promise<T> {
  // A timer takes whole milliseconds alone, and the time of a process has fractions.
  const ms = Math.ceil(Math.min(requestMs, Math.max(lastRequestMs, end - now())));
  const signal = timeout(ms);
  return Promise.race([ask(signal), failureOn(signal, ms)]);
}

/**
 * Repeats a request once a second while the API does not answer.
 * @throws TimeIsUp, and every error that does not pass, such as that of a revoked token
 */
async function persistently<T>(ask: (signal: AbortSignal) => Promise<T>, clock: AskerClock): Promise<T> {
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
export class ConnectionAsker {
  readonly #client: ApiClient;
  readonly #params: { name: string };
  readonly #clock: AskerClock;
  hasAnswered = false;

  constructor(client: ApiClient, name: string, clock: AskerClock) {
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

  /** What was refused since the minute of this time, or in the last hour. Undefined if the API does not answer. */
  async rejections(since: string | undefined): Promise<RejectionItem[] | undefined> {
    const key = 'GET /v1/connections/{name}/rejections';
    const query = { limit: maxRejections, ...(since !== undefined && { from: `${since.slice(0, 16)}:00.000Z` }) };
    const ask = (signal: AbortSignal) => this.#client.call(key, { params: this.#params, query, signal });
    try {
      return (await withinTime(ask, this.#clock)).items;
    } catch (error) {
      // It tells those of 31 days at most, and none of a time that is to come by its clock.
      if (since !== undefined && error instanceof ApiError && error.code === 'invalid_range')
        return this.rejections(undefined);
      if (isPassing(error)) return undefined;
      throw error;
    }
  }
}
