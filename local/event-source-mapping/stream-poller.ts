import { EventEmitter, once } from 'node:events';
import { type BatchingOptions, gatherBatch, waitForRecords } from './batching.ts';
import { type Poller, repeat } from './poller.ts';
import { type BatchProcessing, processBatch } from './process-batch.ts';

/** An event source mapping: how its batches are formed and processed. */
export type EventSourceMapping = BatchingOptions & Omit<BatchProcessing, 'signal'>;

/** @param from the checkpoint: the sequence number of the last finished record */
export function startPoller(mapping: EventSourceMapping, from: string): Poller {
  const { stream, mappingId, log } = mapping;
  const closing = new AbortController();
  const { signal } = closing;
  const moves = new EventEmitter<{ move: [] }>().setMaxListeners(0);
  let position = from;
  let waiting = 0;
  let hurry = new AbortController();
  const pass = async (to: string): Promise<void> => {
    await stream.checkpoint(mappingId, to);
    position = to;
    moves.emit('move');
  };
  const step = async (): Promise<void> => {
    if (!(await waitForRecords(stream, position, signal))) return;
    if (stream.trimHorizon > position) {
      log(
        `records up to ${stream.trimHorizon} are lost: they were older than a day and the function had not processed them`,
      );
      position = stream.trimHorizon;
    }
    if (waiting === 0 && hurry.signal.aborted) hurry = new AbortController();
    const batch = await gatherBatch(mapping, position, AbortSignal.any([signal, hurry.signal]));
    if (batch.records.length === 0) await pass(batch.end);
    else await processBatch(batch, { ...mapping, signal }, pass);
  };
  const running = repeat(step, signal, (code) => log(`polling the stream failed: ${code}`));
  return {
    settled: async () => {
      const { lastAssigned: last } = stream;
      waiting += 1;
      hurry.abort();
      try {
        while (position < last) {
          if (signal.aborted) throw new Error('The stream was closed before its records were processed');
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
