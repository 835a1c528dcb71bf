import { eventSourceMappings } from '../cloudformation/mapping-properties.ts';
import type { Stack } from '../cloudformation/physical-ids.ts';
import type { MappingsOptions } from './mapping-options.ts';
import type { Poller } from './poller.ts';
import { startQueueMappings } from './queue-mappings.ts';
import { startStreamMappings } from './stream-mappings.ts';

/**
 * Starts the pollers of the stack's event source mappings. They pass the records of the tables' streams and the messages of the queues
 * to the functions.
 * @throws StartError if a mapping names something that does not exist, or the function's role may not read the source
 * or write to the destination
 */
export async function startMappings(stack: Stack, options: MappingsOptions): Promise<Poller> {
  const { streams, queues } = eventSourceMappings(stack);
  const startOfQueues = startQueueMappings(stack, queues, options);
  const pollers = [...(await startStreamMappings(stack, streams, options)), ...startOfQueues()];
  return {
    settled: async () => void (await Promise.all(pollers.map((poller) => poller.settled()))),
    close: async () => void (await Promise.all(pollers.map((poller) => poller.close()))),
  };
}
