import { EventEmitter, once } from 'node:events';
import type { Wait } from '../eventbridge/abortable-wait.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { MessageQueue, ReceivedMessage } from '../sqs/message-queue.ts';
import { readBatchResponse } from './batch-response.ts';
import { type Poller, repeat } from './poller.ts';
import { errorCodeOf } from './process-batch.ts';
import { filteredRecord, type QueueRecord, queueRecord } from './queue-record.ts';

/** How the messages of a queue reach a function. */
export interface QueueMapping {
  queue: MessageQueue;
  region: string;
  function: LambdaFunction;
  batchSize: number;
  /** The batching window: milliseconds that a batch may wait for more messages after its first. */
  window: number;
  /** The most batches at once. */
  maxConcurrency: number;
  /** Whether a message passes the mapping's filters. */
  matches(record: object): boolean;
  reportsFailures: boolean;
  now: () => Date;
  wait: Wait;
  log: (message: string) => void;
}

/** A message in a batch. */
interface BatchMessage {
  handle: string;
  record: QueueRecord;
  bytes: number;
  /** When it can be received again, in milliseconds since 1970. */
  visibleAt: number;
}

/** The most messages that a receive returns. */
const maxReceived = 10;
/** The maximum payload of an invocation: 6 MiB. */
const maxBatchBytes = 6 * 1024 * 1024;
const envelopeBytes = Buffer.byteLength('{"Records":[]}');
const throttleDelayMs = 1_000;

/** Starts polling a queue. Batches run at once, because a standard queue promises no order. */
export function startQueuePoller(mapping: QueueMapping): Poller {
  const { queue, log, maxConcurrency } = mapping;
  const closing = new AbortController();
  const { signal } = closing;
  const moves = new EventEmitter<{ move: [] }>().setMaxListeners(0);
  const running = new Set<Promise<void>>();
  /** Whether a batch is on its way from the queue. */
  let isGathering = false;
  let waiting = 0;
  let hurry = new AbortController();

  // Dead letters leave the queue too, without a batch.
  queue.onChange(() => moves.emit('move'));
  const start = (batch: ReceivedMessage[]): void => {
    const work = handleBatch(batch, mapping, signal)
      .catch((error) => log(`a batch was not finished: ${errorCodeOf(error)}`))
      .finally(() => {
        running.delete(work);
        moves.emit('move');
      });
    running.add(work);
  };
  const step = async (): Promise<void> => {
    // The visibility timeout of a message begins when it is received.
    await mapping.function.ready.catch(() => undefined);
    while (running.size >= maxConcurrency) await Promise.race(running);
    if (waiting === 0 && hurry.signal.aborted) hurry = new AbortController();
    const onChosen = (): void => {
      isGathering = true;
    };
    try {
      const limit = Math.min(mapping.batchSize, maxReceived);
      const first = await queue.receive({ limit, waitMs: Number.POSITIVE_INFINITY, signal, onChosen });
      if (first.length > 0) start(await gatherBatch(first, mapping, AbortSignal.any([signal, hurry.signal])));
    } finally {
      isGathering = false;
      moves.emit('move');
    }
  };
  const polling = repeat(step, signal, (code) => log(`polling the queue failed: ${code}`));
  return {
    settled: async () => {
      waiting += 1;
      hurry.abort();
      queue.wake();
      try {
        await untilIdle(() => isGathering || running.size > 0 || queue.counts().visible > 0, moves, signal);
      } finally {
        waiting -= 1;
      }
    },
    close: async () => {
      closing.abort();
      await polling;
      await Promise.all(running);
      moves.emit('move');
    },
  };
}

/** @throws Error if the poller is closed before */
async function untilIdle(isBusy: () => boolean, moves: EventEmitter, closed: AbortSignal): Promise<void> {
  while (isBusy()) {
    if (closed.aborted) throw new Error('The queue was closed before its messages were processed');
    await once(moves, 'move');
  }
}

/** Receives more messages for a batch until it is full, its batching window is over, or the signal comes. */
async function gatherBatch(
  first: readonly ReceivedMessage[],
  { queue, batchSize, window, now }: QueueMapping,
  signal: AbortSignal,
): Promise<ReceivedMessage[]> {
  const batch = [...first];
  const end = now().getTime() + window;
  while (window > 0 && batch.length < batchSize) {
    const waitMs = signal.aborted ? 0 : Math.max(0, end - now().getTime());
    const more = await queue.receive({ limit: Math.min(batchSize - batch.length, maxReceived), waitMs, signal });
    if (more.length === 0) break;
    batch.push(...more);
  }
  return batch;
}

/** Deletes what the filters leave out, and calls the function with the rest, in calls of at most 6 MiB. */
async function handleBatch(
  messages: readonly ReceivedMessage[],
  mapping: QueueMapping,
  signal: AbortSignal,
): Promise<void> {
  const { queue, region, matches } = mapping;
  const batch = messages.map((message): BatchMessage => {
    const record = queueRecord(message, queue.arn, region);
    const bytes = Buffer.byteLength(JSON.stringify(record)) + 1;
    return { handle: message.handle, record, bytes, visibleAt: message.state.visibleAt };
  });
  const [passed, filtered] = [true, false].map((wanted) =>
    batch.filter(({ record }) => matches(filteredRecord(record)) === wanted),
  );
  await deleteAll(queue, filtered ?? []);
  for (const part of splitBySize(passed ?? [])) await callFunction(part, mapping, signal);
}

function splitBySize(batch: readonly BatchMessage[]): BatchMessage[][] {
  const parts: BatchMessage[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const message of batch) {
    if (bytes + message.bytes > maxBatchBytes) {
      parts.push([]);
      bytes = envelopeBytes;
    }
    parts.at(-1)?.push(message);
    bytes += message.bytes;
  }
  return parts;
}

/**
 * Calls the function, and deletes the messages that it has processed. The others become visible when their visibility timeout is over,
 * as on AWS.
 */
async function callFunction(
  batch: readonly BatchMessage[],
  { queue, function: called, reportsFailures, now, wait, log }: QueueMapping,
  signal: AbortSignal,
): Promise<void> {
  const records = batch.map(({ record }) => record);
  const ids = records.map(({ messageId }) => messageId);
  const deadline = Math.min(...batch.map(({ visibleAt }) => visibleAt));
  for (;;) {
    const result = readBatchResponse(await called.invoke({ Records: records }), ids, reportsFailures);
    if (result.kind === 'done') return deleteAll(queue, batch);
    const reason = result.kind === 'partial' ? 'the function reported failures' : result.reason;
    const failed = result.kind === 'partial' ? result.failed : batch.map((_, at) => at);
    log(`${failed.length} of ${batch.length} messages failed: ${reason}`);
    if (result.kind !== 'not_invoked')
      return deleteAll(
        queue,
        batch.filter((_, at) => !failed.includes(at)),
      );
    await wait(throttleDelayMs, signal);
    // Somebody else may receive the messages now.
    if (signal.aborted || now().getTime() >= deadline) return;
  }
}

async function deleteAll(queue: MessageQueue, messages: readonly BatchMessage[]): Promise<void> {
  await Promise.all(messages.map(({ handle }) => queue.delete(handle)));
}
