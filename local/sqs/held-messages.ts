import type { MessageState } from './stored-message.ts';

/** A message of a queue, without its content. */
export interface HeldMessage extends MessageState {
  id: string;
}

/** The messages of a queue in memory, and what they are at a time: visible, delayed, in flight or too old. */
export class HeldMessages {
  readonly #messages: Map<string, HeldMessage>;
  readonly #retentionMs: number;

  constructor(states: ReadonlyMap<string, MessageState>, retentionMs: number) {
    this.#messages = new Map([...states].map(([id, state]) => [id, { ...state, id }]));
    this.#retentionMs = retentionMs;
  }

  /** Undefined if there is none, or it is too old. */
  find(id: string, now: number): HeldMessage | undefined {
    const message = this.#messages.get(id);
    return message && this.#isExpired(message, now) ? undefined : message;
  }

  add(messages: readonly HeldMessage[]): void {
    for (const message of messages) this.#messages.set(message.id, message);
  }

  remove(messages: readonly HeldMessage[]): void {
    for (const { id } of messages) this.#messages.delete(id);
  }

  expired(now: number): HeldMessage[] {
    return this.#filter((message) => this.#isExpired(message, now));
  }

  /** The messages that are neither delayed nor in flight. */
  visible(now: number): HeldMessage[] {
    return this.#filter(({ visibleAt }) => visibleAt <= now);
  }

  inFlight(now: number): HeldMessage[] {
    return this.#filter(({ visibleAt, receipt }) => receipt !== undefined && visibleAt > now);
  }

  /** The number of messages of each kind. */
  counts(now: number): { visible: number; inFlight: number; delayed: number } {
    const present = this.#filter((message) => !this.#isExpired(message, now));
    const hidden = present.filter(({ visibleAt }) => visibleAt > now);
    const inFlight = hidden.filter(({ receipt }) => receipt !== undefined).length;
    return { visible: present.length - hidden.length, inFlight, delayed: hidden.length - inFlight };
  }

  /** The first time after this one at which a message becomes visible. */
  nextVisible(after: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { visibleAt } of this.#messages.values()) if (visibleAt > after) next = Math.min(next, visibleAt);
    return next;
  }

  #filter(test: (message: HeldMessage) => boolean): HeldMessage[] {
    return [...this.#messages.values()].filter(test);
  }

  #isExpired({ sentAt }: MessageState, now: number): boolean {
    return sentAt + this.#retentionMs <= now;
  }
}
