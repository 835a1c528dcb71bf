/** Queues: at least once, in no order, with delays, duplicates, refused entries and dead letters. */
import type { Fleet, Instance, Trouble } from './fleet.ts';
import { minute, second, type VirtualTime } from './virtual-time.ts';

/** A message and how long the queue keeps it back. */
interface Outgoing<T> {
  body: T;
  delayMs?: number;
}

export interface Message<T> {
  id: string;
  body: T;
  receives: number;
  /** How long the chain was that sent it. */
  chainLength: number;
}

/** The longest delay that SQS knows. */
const longestDelay = 15 * minute;

/** Functions that share a number of executions. */
export class Executions {
  running = 0;
  readonly most: number;
  readonly queues: { poll(): void }[] = [];

  constructor(most: number) {
    this.most = most;
  }
}

interface QueueOptions<T> {
  name: string;
  executions: Executions;
  fleet: Fleet;
  /** @returns the ids of the messages that have to come again */
  handle: (instance: Instance, messages: readonly Message<T>[]) => Promise<readonly string[]>;
  batch: number;
  timeoutMs: number;
  visibilityMs: number;
  maxReceives: number;
  onFailure: (error: unknown) => void;
  onInvocation: (instance: Instance) => void;
  /** If the queue is fair: the group of a message. A group with a backlog does not keep back the others. */
  groupOf?: ((body: T) => string) | undefined;
}

/** Messages that can be received, roughly in their order. */
class Backlog<T> {
  #messages: Message<T>[] = [];
  #first = 0;

  get size(): number {
    return this.#messages.length - this.#first;
  }

  put(message: Message<T>): void {
    this.#messages.push(message);
  }

  take(choose: (size: number) => number): Message<T> {
    const place = this.#first + choose(this.size);
    const message = this.#messages[place] as Message<T>;
    this.#messages[place] = this.#messages[this.#first] as Message<T>;
    this.#first += 1;
    if (this.#first > 1_000 && 2 * this.#first > this.#messages.length) {
      this.#messages = this.#messages.slice(this.#first);
      this.#first = 0;
    }
    return message;
  }
}

export class Queue<T> {
  readonly dead: Message<T>[] = [];
  readonly #time: VirtualTime;
  readonly #trouble: Trouble;
  readonly #options: QueueOptions<T>;
  /** What can be received, by groups. */
  readonly #ready = new Map<string, Backlog<T>>();
  #sent = 0;

  constructor(time: VirtualTime, trouble: Trouble, options: QueueOptions<T>) {
    this.#time = time;
    this.#trouble = trouble;
    this.#options = options;
    options.executions.queues.push(this);
  }

  /** Sends as an instance does. @returns those that the queue did not take */
  readonly send =
    (instance: Instance) =>
    async (messages: readonly Outgoing<T>[]): Promise<Outgoing<T>[]> => {
      if (messages.length === 0) return [];
      const { chainLength } = instance;
      try {
        return await instance.call(() => messages.filter((message) => !this.#takes(message, chainLength)));
      } catch {
        return [...messages];
      }
    };

  #takes({ body, delayMs = 0 }: Outgoing<T>, chainLength: number): boolean {
    if (!(delayMs >= 0 && delayMs <= longestDelay)) throw new Error(`no queue waits ${delayMs} ms`);
    if (this.#trouble.has('refuse')) return false;
    this.put(body, delayMs, chainLength);
    if (this.#trouble.has('duplicate'))
      this.put(body, delayMs + this.#time.pick([0, this.#time.between(0, 10 * minute)]), chainLength);
    return true;
  }

  put(body: T, delayMs: number, chainLength: number): void {
    this.#sent += 1;
    const id = `${this.#options.name}-${this.#sent}`;
    this.#show({ id, body, receives: 0, chainLength }, Math.ceil(delayMs / second) * second);
  }

  #show(message: Message<T>, ms: number): void {
    this.#time.in(ms + this.#time.between(1, 50), () => {
      const group = this.#options.groupOf?.(message.body) ?? '';
      const backlog = this.#ready.get(group) ?? new Backlog<T>();
      this.#ready.set(group, backlog);
      backlog.put(message);
      this.poll();
    });
  }

  #receive(): Message<T>[] {
    const { batch, maxReceives } = this.#options;
    const taken: Message<T>[] = [];
    const backlogs = [...this.#ready.values()].sort((one, other) => one.size - other.size);
    for (const backlog of backlogs)
      while (taken.length < batch && backlog.size > 0) {
        const message = backlog.take((size) => this.#time.below(Math.min(4 * batch, size)));
        const received = { ...message, receives: message.receives + 1 };
        if (received.receives > maxReceives) this.dead.push(received);
        else taken.push(received);
      }
    return taken;
  }

  poll(): void {
    const { executions, fleet, handle, timeoutMs, visibilityMs, onFailure, onInvocation } = this.#options;
    while (executions.running < executions.most) {
      const messages = this.#receive();
      if (messages.length === 0) return;
      executions.running += 1;
      const until = this.#time.now + visibilityMs;
      const work = (instance: Instance) => {
        // AWS does not say which message of a batch counts, so the longest chain does.
        instance.chainLength = 1 + Math.max(...messages.map(({ chainLength }) => chainLength));
        onInvocation(instance);
        return handle(instance, messages);
      };
      fleet.invoke(work, timeoutMs, (ending) => {
        executions.running -= 1;
        if (typeof ending === 'object' && 'error' in ending) onFailure(ending.error);
        const failed = typeof ending === 'object' && 'value' in ending ? new Set(ending.value) : undefined;
        for (const message of messages)
          if (!failed || failed.has(message.id) || this.#trouble.has('lost'))
            this.#show(message, Math.max(0, until - this.#time.now));
        for (const queue of executions.queues) this.#time.in(this.#time.between(0, 20), () => queue.poll());
      });
    }
  }

  redrive(): void {
    for (const { body, chainLength } of this.dead.splice(0)) this.put(body, 0, chainLength);
  }
}
