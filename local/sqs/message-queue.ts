import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Wait } from '../eventbridge/abortable-wait.ts';
import { FairOrder } from './fair-order.ts';
import { type HeldMessage, HeldMessages } from './held-messages.ts';
import type { MessageChange, MessageStore } from './message-store.ts';
import type { QueueProperties } from './queue-properties.ts';
import { formatReceiptHandle, parseReceiptHandle } from './receipt-handle.ts';
import { invalidValue, sqsError } from './sqs-error.ts';
import type { MessageContent, MessageState } from './stored-message.ts';

/** A message to send. */
export interface NewMessage {
  content: MessageContent;
  /** Default: that of the queue. */
  delaySeconds?: number | undefined;
  group?: string | undefined;
}

/** A message as a receive gives it. */
export interface ReceivedMessage {
  id: string;
  handle: string;
  content: MessageContent;
  state: Readonly<MessageState>;
}

export interface ReceiveRequest {
  /** The most messages. */
  limit: number;
  /** Default: that of the queue. */
  visibilitySeconds?: number | undefined;
  /** The time to wait until there is a message. */
  waitMs: number;
  /** Ends the waiting. */
  signal?: AbortSignal | undefined;
  /** Called as soon as messages are hidden from others, before they are on their way. */
  onChosen?: (() => void) | undefined;
}

export interface MessageQueueOptions {
  arn: string;
  properties: QueueProperties;
  store: MessageStore;
  /** The queue's messages on the disk, by id. */
  states: ReadonlyMap<string, MessageState>;
  /** Finds the dead-letter queue. */
  find: (arn: string) => MessageQueue | undefined;
  now: () => Date;
  wait: Wait;
  /** Ends all waiting when the runtime stops. */
  signal: AbortSignal;
  /** The most messages in flight. Default: that of SQS. */
  maxInFlight?: number | undefined;
}

/** With more messages in flight, SQS hands none out. */
const maxInFlight = 120_000;

/** A message can be in flight for this long after its last receive, however often its visibility is changed. */
const maxInFlightSeconds = 43_200;

/** A standard queue: its messages are received at least once, in no promised order. */
export class MessageQueue {
  readonly arn: string;
  readonly name: string;
  readonly properties: QueueProperties;
  readonly #options: MessageQueueOptions;
  readonly #messages: HeldMessages;
  readonly #order = new FairOrder();
  readonly #changes = new EventEmitter<{ change: [] }>().setMaxListeners(0);

  constructor(options: MessageQueueOptions) {
    this.arn = options.arn;
    this.properties = options.properties;
    this.name = options.properties.QueueName;
    this.#options = options;
    this.#messages = new HeldMessages(options.states, options.properties.MessageRetentionPeriod * 1_000);
  }

  /** Resolves with the ids of the messages when all of them are on the disk. */
  async send(messages: readonly NewMessage[]): Promise<string[]> {
    const now = this.#now();
    const held = messages.map(({ delaySeconds = this.properties.DelaySeconds, group }) => ({
      id: randomUUID(),
      sentAt: now,
      visibleAt: now + delaySeconds * 1_000,
      receives: 0,
      ...(group !== undefined && { group }),
    }));
    const contents = messages.map(({ content }, at): MessageChange => {
      return { type: 'content', id: held[at]?.id ?? '', content };
    });
    await this.#options.store.write([...contents, ...held.map((each) => this.#stateChange(each))]);
    this.#add(held);
    return held.map(({ id }) => id);
  }

  /**
   * Receives messages, and hides them from other receives. Waits if there is none.
   * @throws ServiceError if too many are in flight and it should not wait
   */
  async receive({ limit, visibilitySeconds, waitMs, signal, onChosen }: ReceiveRequest): Promise<ReceivedMessage[]> {
    const over = signal ? AbortSignal.any([this.#options.signal, signal]) : this.#options.signal;
    const end = this.#now() + waitMs;
    for (;;) {
      const isFull = this.#messages.inFlight(this.#now()).length >= (this.#options.maxInFlight ?? maxInFlight);
      if (isFull && waitMs === 0) throw sqsError('OverLimit', 'Too many messages of the queue are in flight.');
      if (!isFull) {
        const seconds = visibilitySeconds ?? this.properties.VisibilityTimeout;
        const taken = await this.#take(limit, seconds, onChosen);
        if (taken.length > 0) return taken;
      }
      const now = this.#now();
      if (now >= end || over.aborted) return [];
      // A queue that is full has to wait until a message that is in flight becomes visible.
      const next = this.#messages.nextVisible(isFull ? now : Number.NEGATIVE_INFINITY);
      await this.#untilChange(Math.min(end, next) - now, over);
    }
  }

  /**
   * Deletes the message that was received with this handle. An older handle deletes nothing if the message was received again since.
   * @throws ServiceError if it is no handle of this queue
   */
  async delete(handle: string): Promise<void> {
    const message = this.#find(handle);
    if (message) await this.#removeAll([message], deletion);
  }

  /**
   * Hides a received message for this long from now. 0 makes it visible.
   * @throws ServiceError if it is not in flight
   */
  async changeVisibility(handle: string, seconds: number): Promise<void> {
    const message = this.#find(handle);
    if (!message) {
      throw invalidValue('ReceiptHandle', 'Message does not exist or is not available for visibility timeout change.');
    }
    const now = this.#now();
    if (message.visibleAt <= now) throw sqsError('MessageNotInflight', 'The message referred to is not in flight.');
    if (now + seconds * 1_000 > (message.receivedAt ?? now) + maxInFlightSeconds * 1_000) {
      const limit = `Total VisibilityTimeout for the message is beyond the limit [${maxInFlightSeconds} seconds].`;
      throw invalidValue('VisibilityTimeout', limit);
    }
    message.visibleAt = now + seconds * 1_000;
    await this.#options.store.write([this.#stateChange(message)]);
    this.wake();
  }

  /** The number of messages: those that can be received, those in flight, and those that are delayed. */
  counts(): ReturnType<HeldMessages['counts']> {
    return this.#messages.counts(this.#now());
  }

  /** Lets those who wait for messages look again: there is one, or a test has moved the clock. */
  wake(): void {
    this.#changes.emit('change');
  }

  /** Calls the listener after each change of what can be received. */
  onChange(listener: () => void): void {
    this.#changes.on('change', listener);
  }

  /** Deletes the messages that are older than the retention period. */
  async expire(): Promise<void> {
    const expired = this.#messages.expired(this.#now());
    if (expired.length > 0) await this.#removeAll(expired, deletion);
  }

  async #take(limit: number, visibilitySeconds: number, onChosen?: () => void): Promise<ReceivedMessage[]> {
    const now = this.#now();
    await Promise.all([this.expire(), this.#moveDeadLetters(now)]);
    const alive = this.#messages.visible(now).filter((message) => !this.#isDead(message));
    const chosen = this.#order.choose(alive, limit);
    for (const message of chosen) {
      message.visibleAt = now + visibilitySeconds * 1_000;
      message.receives += 1;
      message.firstReceivedAt ??= now;
      message.receivedAt = now;
      message.receipt = randomUUID();
    }
    if (chosen.length === 0) return [];
    onChosen?.();
    const received = chosen.map((message) => ({ ...message }));
    await this.#options.store.write(chosen.map((message) => this.#stateChange(message)));
    const withContent = await Promise.all(received.map((message) => this.#received(message)));
    return withContent.filter((message) => message !== undefined);
  }

  async #received({ id, ...state }: HeldMessage): Promise<ReceivedMessage | undefined> {
    const content = await this.#options.store.content(id);
    // It was deleted meanwhile.
    if (!content) return undefined;
    return { id, handle: formatReceiptHandle({ queue: this.name, id, receipt: state.receipt ?? '' }), content, state };
  }

  /**
   * Moves the messages that would be received once too often. The time at which a message was sent stays, so its age counts
   * in the dead-letter queue too.
   */
  async #moveDeadLetters(now: number): Promise<void> {
    const dead = this.#messages.visible(now).filter((message) => this.#isDead(message));
    const target = this.#deadLetterQueue();
    if (dead.length === 0 || !target) return;
    const moved = dead.map(({ receipt: _, ...message }) => ({
      ...message,
      visibleAt: now,
      earlierReceives: message.receives,
      deadLetterOf: this.arn,
    }));
    await this.#removeAll(dead, () => moved.map((message) => target.#stateChange(message)));
    target.#add(moved);
  }

  #isDead({ receives, earlierReceives = 0 }: MessageState): boolean {
    const { maxReceiveCount = Number.POSITIVE_INFINITY } = this.properties.RedrivePolicy ?? {};
    return receives - earlierReceives >= maxReceiveCount && this.#deadLetterQueue() !== undefined;
  }

  #deadLetterQueue(): MessageQueue | undefined {
    const { RedrivePolicy: policy } = this.properties;
    return policy && this.#options.find(policy.deadLetterTargetArn);
  }

  /** Removes messages in memory, so that nobody receives them, and then on the disk. They come back if that fails. */
  async #removeAll(
    messages: readonly HeldMessage[],
    also: (messages: readonly HeldMessage[]) => MessageChange[],
  ): Promise<void> {
    this.#messages.remove(messages);
    try {
      const leave = messages.map(({ id }): MessageChange => ({ type: 'leave', queue: this.name, id }));
      await this.#options.store.write([...leave, ...also(messages)]);
    } catch (error) {
      this.#add(messages);
      throw error;
    }
    this.wake();
  }

  #add(messages: readonly HeldMessage[]): void {
    this.#messages.add(messages);
    this.wake();
  }

  /** The message of a handle. Undefined if it is gone, or was received again since. */
  #find(handle: string): HeldMessage | undefined {
    const { id, receipt } = parseReceiptHandle(this.name, handle);
    const message = this.#messages.find(id, this.#now());
    return message?.receipt === receipt ? message : undefined;
  }

  /** Resolves at the next change, after this many milliseconds, or when the signal comes. */
  async #untilChange(milliseconds: number, signal: AbortSignal): Promise<void> {
    const changed = new AbortController();
    const wake = (): void => changed.abort();
    this.#changes.once('change', wake);
    await this.#options.wait(milliseconds, AbortSignal.any([signal, changed.signal]));
    this.#changes.off('change', wake);
  }

  #stateChange({ id, ...state }: HeldMessage): MessageChange {
    return { type: 'state', queue: this.name, id, state };
  }

  #now(): number {
    return this.#options.now().getTime();
  }
}

const deletion = (messages: readonly HeldMessage[]): MessageChange[] =>
  messages.map(({ id }) => ({ type: 'forget', id }));
