/**
 * What the package exports as `hooklatch/testing`: waits for webhooks in tests. It works in Jest, Vitest, Playwright and every other
 * runner, because it needs none of them.
 */
import { setTimeout as timer } from 'node:timers/promises';
import { apiWords } from '../../shared/ground/base/advice.ts';
import { nearest } from '../../shared/ground/base/nearest.ts';
import { answerTexts } from '../../shared/operators/api/answer-text.ts';
import type { ApiClient } from '../../shared/operators/api/api-client.ts';
import { ApiError } from '../../shared/operators/api/api-error.ts';
import { connectionNames } from '../../shared/operators/api/connection-names.ts';
import { missedLines } from '../../shared/operators/wait/missed-text.ts';
import {
  type Missed,
  serverTime,
  type WaitRequest,
  waitForEvents,
} from '../../shared/operators/wait/wait-for-events.ts';
import { type WaitedEvent, type Wanted, wantedFault } from '../../shared/operators/wait/waited-event.ts';

export { ApiError, UnreachableError } from '../../shared/operators/api/api-error.ts';
export type { HooklatchClientOptions } from '../../shared/operators/api/client.ts';
export { hooklatchClient } from '../../shared/operators/api/client.ts';
export type { Missed, NearMiss } from '../../shared/operators/wait/wait-for-events.ts';
export type { WaitedEvent } from '../../shared/operators/wait/waited-event.ts';
export type { ApiClient };

export interface WaitForOptions extends Wanted {
  /** The name of the connection. */
  connection: string;
  /** Looks back to this time, by the clock of the deployment. By default to the call. */
  since?: Date | string | undefined;
  /** How long to wait, in ms. By default 30 s. */
  timeoutMs?: number | undefined;
}

export interface WaitForAllOptions extends WaitForOptions {
  /** How many events to wait for. */
  count: number;
}

export interface CaptureOptions extends Omit<WaitForOptions, 'since'> {
  /** How many events to wait for after the run. By default one. */
  count?: number;
}

/** The events did not come in time. The message says what came instead. */
export class TimeoutError extends Error {
  override name = 'TimeoutError';
  /** The wanted events that came, if there were several to come. */
  readonly events: readonly WaitedEvent[];
  readonly missed: Missed;

  constructor(message: string, events: readonly WaitedEvent[], missed: Missed) {
    super(message);
    this.events = events;
    this.missed = missed;
  }
}

const defaultTimeoutMs = 30_000;
const words = (name: string) => answerTexts(apiWords, name, () => undefined);

const ports = { now: () => performance.now(), wait: (ms: number) => timer(ms) };

/** @throws TypeError if no time is meant */
function sinceOf(since: Date | string | undefined): string | number {
  if (since === undefined) return 0;
  const time = new Date(since);
  // A text without a zone would mean another time on another machine.
  const isTime = !Number.isNaN(time.getTime()) && (since instanceof Date || /(Z|[+-]\d\d:\d\d)$/.test(since));
  if (!isTime) throw new TypeError('since must be a Date, or a time with its zone, such as 2026-03-01T12:00:00Z.');
  return time.toISOString();
}

/** @throws TypeError if an option is wrong */
function requestOf({ since, timeoutMs = defaultTimeoutMs, count, ...wanted }: WaitForAllOptions): WaitRequest {
  const fault = wantedFault(wanted);
  if (fault !== undefined) throw new TypeError(fault);
  if (!Number.isInteger(count) || count < 1) throw new TypeError('count must be a whole number of at least 1.');
  if (!(timeoutMs >= 0 && timeoutMs <= 86_400_000)) throw new TypeError('timeoutMs must be from 0 to a day.');
  return { ...wanted, count, timeoutMs, since: sinceOf(since) };
}

/** Asks, and says of a connection that is not there which name may have been meant. */
async function suggesting<T>(client: ApiClient, name: string, asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'connection_not_found')) throw error;
    // Who may not list the connections learns that there is none of this name.
    const meant = nearest(name, await connectionNames(client).catch(() => []));
    const suggestion = meant === undefined ? '' : ` Did you mean “${meant}”?`;
    const problem = { ...error.problem, detail: `There is no connection “${name}”.${suggestion}` };
    throw new ApiError(error.status, problem, error.requestId);
  }
}

/**
 * Waits until so many wanted events have arrived, and looks back first.
 * @returns them in the order of their arrival
 * @throws TimeoutError if they do not come in time
 * @throws ApiError at once if the token is refused, or there is no such connection
 */
export async function waitForAll(client: ApiClient, options: WaitForAllOptions): Promise<WaitedEvent[]> {
  const request = requestOf(options);
  const { events, missed } = await suggesting(client, request.connection, waitForEvents(client, request, ports));
  if (!missed) return events;
  const lines = missedLines({ events, missed }, request, words(request.connection));
  throw new TimeoutError(lines.join('\n'), events, missed);
}

/** Waits for one event, as `waitForAll` does for several. */
export async function waitFor(client: ApiClient, options: WaitForOptions): Promise<WaitedEvent> {
  const [event] = await waitForAll(client, { ...options, count: 1 });
  return event as WaitedEvent;
}

/**
 * Runs a step, and waits for the events that it causes: those that arrive from the moment before it on.
 * @param run what causes them. They need not have come when it ends.
 */
export async function captureDuring(
  client: ApiClient,
  { count = 1, ...options }: CaptureOptions,
  run: () => unknown,
): Promise<WaitedEvent[]> {
  const { timeoutMs = defaultTimeoutMs } = requestOf({ ...options, count });
  const { connection } = options;
  const since = await suggesting(client, connection, serverTime(client, { connection, timeoutMs }, ports));
  await run();
  return waitForAll(client, { ...options, count, since });
}
