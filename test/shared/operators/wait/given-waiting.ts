/** A deployment with a clock of its own, whose requests take time, fail and hang, and whose list shows events late. */
import type { ApiClient } from '../../../../shared/operators/api/api-client.ts';
import { ApiError, UnreachableError } from '../../../../shared/operators/api/api-error.ts';
import type { EventDetail } from '../../../../shared/operators/wait/waited-event.ts';
import { aMoment } from '../../../support/a-moment.ts';
import { anEventList, at, listed, type TimedEvent } from './given-event-list.ts';

/** A clock that goes on to the next wait as soon as nothing else is to do. */
export class EagerClock {
  #now = 0;
  readonly #waits = new Set<{ due: number; end: () => void }>();

  readonly now = (): number => this.#now;

  readonly wait = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const end = () => {
        this.#waits.delete(waiting);
        resolve();
      };
      const waiting = { due: this.#now + ms, end };
      if (signal?.aborted) return resolve();
      this.#waits.add(waiting);
      signal?.addEventListener('abort', end);
    });

  readonly timeout = (ms: number): AbortSignal => {
    const end = new AbortController();
    void this.wait(ms).then(() => end.abort());
    return end.signal;
  };

  /** Runs until this is done. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const end = () => {
      isDone = true;
    };
    work.then(end, end);
    for (;;) {
      await aMoment();
      if (isDone) return work;
      const [next] = [...this.#waits].sort((one, other) => one.due - other.due);
      if (!next) throw new Error('Nothing is waited for, and nothing ends');
      this.#now = Math.max(this.#now, next.due);
      next.end();
    }
  }
}

/** What becomes of a request: it takes `ms`, and is then lost on the way, answered, or never answered. */
export interface Fate {
  ms: number;
  fault?: 'lost' | 'answer lost' | 'hangs' | 503 | 429 | 401 | 403 | 404;
}

export interface WaitedTimedEvent extends TimedEvent {
  type?: string;
  /** JSON by default. */
  body?: string;
  withheld?: boolean;
  tokenIn?: string[];
  /** It has expired when it is read. */
  isGone?: boolean;
}

export const viewOf = (event: WaitedTimedEvent): EventDetail => ({
  ...listed(event),
  type: event.type ?? 'webhook',
  contentType: 'application/json',
  connection: 'orders',
  provider: 'generic',
  path: '',
  sourceIp: '192.0.2.1',
  sha256: '',
  verifiedBy: 'token',
  bytesAltered: false,
  expiresAt: at(1e9),
  publication: 'published',
  publicationAsOf: at(0),
  headers: { 'x-shop': 'berlin' },
  query: '',
  ...(event.tokenIn && { tokenIn: event.tokenIn }),
  ...(event.withheld ? { bodyWithheld: 'The body contains a token.' } : { body: event.body ?? '{}' }),
});

/**
 * @param serverNow the server's own time, which may differ from that of the clock
 * @param fates those of the first requests; every later one is answered after 50 ms
 */
export function aSlowDeployment(
  events: readonly WaitedTimedEvent[],
  {
    clock,
    serverNow = clock.now,
    fates = [],
  }: { clock: EagerClock; serverNow?: () => number; fates?: readonly Fate[] },
) {
  const asked: { key: string; name: string | undefined; at: number; query: Record<string, string> }[] = [];
  const left = [...fates];
  const list = anEventList(events, { now: serverNow, pageSize: 50 });
  const answer = async (key: string, { params, query = {} }: Request): Promise<unknown> => {
    if (key.endsWith('/rejections')) {
      const { from = at(serverNow() - 3_600_000) } = query;
      const isShort = Date.parse(from) < Date.parse(at(serverNow())) && from >= at(serverNow() - 31 * 86_400_000);
      if (!isShort) throw new ApiError(400, { code: 'invalid_range', detail: 'At most 31 days.' }, undefined);
      return { items: [], nextCursor: null, asOf: at(serverNow()) };
    }
    if (key.endsWith('/{id}')) {
      const found = events.find(({ id }) => id === params['id']);
      if (found && !found.isGone) return viewOf(found);
      throw new ApiError(404, { code: 'event_not_found', detail: 'gone' }, undefined);
    }
    const page = await list({ ...query, limit: String(Math.min(Number(query['limit']), 7)) });
    const items = page.items.map((item) => ({
      ...item,
      type: events.find(({ id }) => id === item.id)?.type ?? 'webhook',
    }));
    return { ...page, items };
  };
  const call = async (key: string, request: Request): Promise<unknown> => {
    asked.push({ key, name: request.params['name'], at: clock.now(), query: request.query ?? {} });
    const { ms, fault } = left.shift() ?? { ms: 50 };
    // The answer is made half way.
    await clock.wait(ms / 2);
    if (fault === 'lost') throw new UnreachableError('The request was lost.');
    if (typeof fault === 'number') throw new ApiError(fault, { code: 'some_code', detail: 'Why.' }, undefined);
    if (fault === 'hangs') await clock.wait(1e9, request.signal);
    const answered = await answer(key, request);
    await clock.wait(ms / 2);
    if (fault === 'answer lost' || fault === 'hangs') throw new UnreachableError('The answer was lost.');
    return answered;
  };
  return { client: { call } as unknown as ApiClient, asked };
}

interface Request {
  params: Record<string, string>;
  query?: Record<string, string>;
  signal?: AbortSignal;
}
