import { join } from 'node:path';
import { waitAfter } from '../../shared/ground/base/backoff.ts';
import type { ForwardUrl } from '../../shared/ground/base/forward-url.ts';
import type { Wait } from '../eventbridge/abortable-wait.ts';
import type { EventBuses } from '../eventbridge/eventbridge-service.ts';
import { isGivenUp } from './backoff.ts';
import { type ForwardProgress, openForwardProgress, type ProgressFile } from './forward-progress.ts';
import { parseForwardUrl } from './forward-url.ts';
import { type PostResult, postEvent } from './post-event.ts';

export interface ForwardOptions {
  url: string;
  /** Receives a line for the terminal when forwarding starts, fails, is retried, recovers or gives an event up. */
  onStatus: (line: string) => void;
  fetch?: typeof fetch;
  /** Returns a number from 0 to 1, for the waits between attempts. */
  random?: () => number;
  /** Milliseconds that a listener has to answer. */
  timeout?: number;
}

export interface ForwarderOptions extends ForwardOptions {
  buses: EventBuses;
  /** The folder of `forward.json`, which stores the progress of each URL. */
  folder: string;
  wait: Wait;
  now: () => Date;
}

const defaultTimeoutMs = 15_000;

interface LoggedEvent {
  line: string;
  id: string;
  /** The offset of the next event in the log. */
  next: number;
}

/**
 * Posts all events of the buses to a URL, one at a time and in the order of the log. The forwarder repeats each event
 * until the listener answers 2xx or the attempts run out. A new URL gets the events from now on. A known URL continues
 * after its last event.
 */
export class Forwarder {
  readonly #options: ForwarderOptions;
  readonly #url: ForwardUrl;
  readonly #file: ProgressFile;
  readonly #stop = new AbortController();
  #progress: ForwardProgress = { offset: 0, attempts: 0 };
  #arrival = Promise.withResolvers<void>();
  #running: Promise<void> | undefined;

  /** @throws StartError if the URL or `forward.json` can't be used */
  constructor(options: ForwarderOptions) {
    this.#options = options;
    this.#url = parseForwardUrl(options.url);
    this.#file = openForwardProgress(join(options.folder, 'forward.json'));
  }

  /** Starts forwarding. Rejects if the log can't be read. */
  async start(): Promise<void> {
    const { buses } = this.#options;
    this.#save(await this.#startingPoint(buses.log.end()));
    buses.subscribe(() => this.#arrival.resolve());
    this.#running = this.#run().catch((error) => this.#report(`stopped: bus.ndjson can't be read (${codeOf(error)})`));
  }

  /** Stops at once. An event that is being sent is sent again after the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#arrival.resolve();
    await this.#running;
  }

  async #startingPoint(end: number): Promise<ForwardProgress> {
    const known = this.#file.read(this.#url.key);
    if (!known) {
      this.#report('sends every event from now on');
      return { offset: end, attempts: 0 };
    }
    if (await this.#options.buses.log.begins(known.offset)) {
      this.#report(known.offset < end ? 'continues with the waiting events' : 'continues with the next event');
      return known;
    }
    this.#report('bus.ndjson was replaced, starts with its first event');
    return { offset: 0, attempts: 0 };
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#arrival = Promise.withResolvers();
      const event = await this.#next();
      if (event) await this.#forward(event);
      else await this.#arrival.promise;
    }
  }

  async #next(): Promise<LoggedEvent | undefined> {
    const found = await this.#options.buses.log.read(this.#progress.offset);
    return found && { ...found, id: String((JSON.parse(found.line) as { id?: unknown }).id) };
  }

  /** Sends one event until it is accepted or given up, or the forwarder stops. */
  async #forward(event: LoggedEvent): Promise<void> {
    const { now, wait } = this.#options;
    const begun = now().getTime();
    for (;;) {
      const outcome = await this.#post(event);
      if (outcome.isTaken) return this.#finish(event, this.#progress.attempts > 0 ? 'works again, sent' : undefined);
      if (this.#stop.signal.aborted) return;
      const attempts = this.#progress.attempts + 1;
      if (isGivenUp(attempts, now().getTime() - begun)) {
        return this.#finish(event, `${outcome.reason}, ${attempts} attempts: gives up`);
      }
      this.#save({ ...this.#progress, attempts });
      await wait(this.#announceRetry(event, attempts, outcome), this.#stop.signal);
      if (this.#stop.signal.aborted) return;
    }
  }

  #post({ line }: LoggedEvent): Promise<PostResult> {
    const { fetch: send = fetch, timeout = defaultTimeoutMs, now } = this.#options;
    return postEvent(line, { url: this.#url, fetch: send, timeout, now, signal: this.#stop.signal });
  }

  #announceRetry(
    { id }: LoggedEvent,
    attempts: number,
    { reason, retryAfter }: PostResult & { isTaken: false },
  ): number {
    const delay = waitAfter(attempts, retryAfter, (this.#options.random ?? Math.random)());
    this.#report(`${reason}, event ${id}, attempt ${attempts}, next in ${(delay / 1000).toFixed(1)} s`);
    return delay;
  }

  #finish({ id, next }: LoggedEvent, news: string | undefined): void {
    this.#save({ offset: next, attempts: 0 });
    if (news) this.#report(`${news} event ${id}`);
  }

  #save(progress: ForwardProgress): void {
    this.#progress = progress;
    try {
      this.#file.write(this.#url.key, progress);
    } catch (error) {
      this.#report(`forward.json can't be written (${codeOf(error)}): after a restart, events may be sent again`);
    }
  }

  #report(text: string): void {
    this.#options.onStatus(`Forward to ${this.#url.shown}: ${text}`);
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? 'unexpected error');
}
