import { EventEmitter, once } from 'node:events';
import { type BatchingOptions, gatherBatch, waitForRecords } from './batching.ts';
import { type BatchProcessing, errorCodeOf, pause, processBatch } from './process-batch.ts';

/** What carries the records of a stream to a function, one batch at a time. */
export interface StreamPoller {
  /**
   * Resolves once all records that are in the stream now were taken or given up. Until then a batch waits for no more
   * records, as its window is only the longest that it may. Rejects if it is closed before that.
   */
  settled(): Promise<void>;
  /** Takes no further batch, and waits for the one that the function has. */
  close(): Promise<void>;
}

/** What a pump carries, and how. */
export type EventSourceMapping = BatchingOptions & Omit<BatchProcessing, 'signal'>;

/** @param from the place of the last record that the function is done with */
export function startPoller(mapping: EventSourceMapping, from: string): StreamPoller {
  const { stream, mappingId, log } = mapping;
  const closing = new AbortController();
  const { signal } = closing;
  const moves = new EventEmitter<{ move: [] }>().setMaxListeners(0);
  let place = from;
  let waiting = 0;
  let hurry = new AbortController();
  const pass = async (to: string): Promise<void> => {
    await stream.checkpoint(mappingId, to);
    place = to;
    moves.emit('move');
  };
  const step = async (): Promise<void> => {
    if (!(await waitForRecords(stream, place, signal))) return;
    if (stream.trimHorizon > place) {
      log(
        `records up to ${stream.trimHorizon} were older than a day and are gone: the function was not done with them`,
      );
      place = stream.trimHorizon;
    }
    if (waiting === 0 && hurry.signal.aborted) hurry = new AbortController();
    const batch = await gatherBatch(mapping, place, AbortSignal.any([signal, hurry.signal]));
    if (batch.records.length === 0) await pass(batch.end);
    else await processBatch(batch, { ...mapping, signal }, pass);
  };
  const running = repeat(step, signal, log);
  return {
    settled: async () => {
      const { last } = stream;
      waiting += 1;
      hurry.abort();
      try {
        while (place < last) {
          if (signal.aborted) throw new Error('The stream was closed before its records were taken');
          await once(moves, 'move');
        }
      } finally {
        waiting -= 1;
      }
    },
    close: async () => {
      closing.abort();
      await running;
      moves.emit('move');
    },
  };
}

/** A store that fails now may be well again later. */
async function repeat(step: () => Promise<void>, signal: AbortSignal, log: BatchProcessing['log']): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      await step();
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      log(`the stream can't be carried on: ${errorCodeOf(error)}`);
      await pause(failures, signal);
    }
  }
}
