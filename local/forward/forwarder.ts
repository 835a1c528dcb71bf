import { join } from 'node:path';
import type { Wait } from '../eventbridge/abortable-wait.ts';
import type { EventBuses } from '../eventbridge/eventbridge-service.ts';
import { isGivenUp, waitAfter } from './backoff.ts';
import { type ForwardProgress, openForwardProgress, type ProgressFile } from './forward-progress.ts';
import { type ForwardUrl, parseForwardUrl } from './forward-url.ts';
import { type PostResult, postEvent } from './post-event.ts';

export interface ForwardOptions {
  url: string;
  /** Takes a line for the terminal when forwarding begins, fails, is tried again, recovers or gives an event up. */
  onStatus: (line: string) => void;
  fetch?: typeof fetch;
  /** From 0 to 1, for the waits between tries. */
  random?: () => number;
  /** Milliseconds that a listener has to answer. */
  timeout?: number;
}

export interface ForwarderOptions extends ForwardOptions {
  buses: EventBuses;
  /** The folder of `forward.json`, which says how far each URL has come. */
  folder: string;
  wait: Wait;
  now: () => Date;
}

interface LoggedEvent {
  line: string;
  id: string;
  /** Where the one behind it begins. */
  next: number;
}

/**
 * Posts every event of the buses to a URL, one after the other in the order of the log, until each was answered with 2xx
 * or has had its tries. A URL that is new gets what comes from now on; one that is known, all since it was left.
 */
export class Forwarder {
  readonly #options: ForwarderOptions;
  readonly #url: ForwardUrl;
  readonly #file: ProgressFile;
  readonly #stop = new AbortController();
  #progress: ForwardProgress = { offset: 0, attempts: 0 };
  #arrival = Promise.withResolvers<void>();
  #running: Promise<void> | undefined;

  /** @throws StartError when the URL or `forward.json` can't be used */
  constructor(options: ForwarderOptions) {
    this.#options = options;
    this.#url = parseForwardUrl(options.url);
    this.#file = openForwardProgress(join(options.folder, 'forward.json'));
  }

  /** Goes to work. Rejects when the log can't be read. */
  async start(): Promise<void> {
    const { buses } = this.#options;
    this.#save(await this.#beginning(buses.log.end()));
    buses.subscribe(() => this.#arrival.resolve());
    this.#running = this.#run().catch((error) => this.#say(`stopped: bus.ndjson can't be read (${codeOf(error)})`));
  }

  /** Ends at once; an event that is under way goes out again after the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#arrival.resolve();
    await this.#running;
  }

  async #beginning(end: number): Promise<ForwardProgress> {
    const known = this.#file.read(this.#url.key);
    if (!known) {
      this.#say('sends every event from now on');
      return { offset: end, attempts: 0 };
    }
    if (await this.#options.buses.log.begins(known.offset)) {
      this.#say(known.offset < end ? 'goes on with the events that wait' : 'goes on with the next event');
      return known;
    }
    this.#say('bus.ndjson is not the file that it was, begins with its first event');
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

  /** Sends one event until it is taken or given up, or this ends. */
  async #forward(event: LoggedEvent): Promise<void> {
    const { now, wait } = this.#options;
    const begun = now().getTime();
    for (;;) {
      const outcome = await this.#post(event);
      if (outcome.isTaken) return this.#leave(event, this.#progress.attempts > 0 ? 'works again, sent' : undefined);
      if (this.#stop.signal.aborted) return;
      const attempts = this.#progress.attempts + 1;
      if (isGivenUp(attempts, now().getTime() - begun)) {
        return this.#leave(event, `${outcome.reason}, ${attempts} tries: gives up`);
      }
      this.#save({ ...this.#progress, attempts });
      await wait(this.#announceRetry(event, attempts, outcome), this.#stop.signal);
      if (this.#stop.signal.aborted) return;
    }
  }

  #post({ line }: LoggedEvent): Promise<PostResult> {
    const { fetch: send = fetch, timeout = 15_000, now } = this.#options;
    return postEvent(line, { url: this.#url, fetch: send, timeout, now, signal: this.#stop.signal });
  }

  #announceRetry(
    { id }: LoggedEvent,
    attempts: number,
    { reason, retryAfter }: PostResult & { isTaken: false },
  ): number {
    const delay = waitAfter(attempts, retryAfter, (this.#options.random ?? Math.random)());
    this.#say(`${reason}, event ${id}, try ${attempts}, next in ${(delay / 1000).toFixed(1)} s`);
    return delay;
  }

  #leave({ id, next }: LoggedEvent, news: string | undefined): void {
    this.#save({ offset: next, attempts: 0 });
    if (news) this.#say(`${news} event ${id}`);
  }

  #save(progress: ForwardProgress): void {
    this.#progress = progress;
    try {
      this.#file.write(this.#url.key, progress);
    } catch (error) {
      this.#say(`forward.json can't be written (${codeOf(error)}), so after a restart events may come again`);
    }
  }

  #say(text: string): void {
    this.#options.onStatus(`Forward to ${this.#url.shown}: ${text}`);
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? 'unexpected error');
}
