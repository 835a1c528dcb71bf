import type { QueueMappingDeclaration } from '../cloudformation/mapping-properties.ts';
import type { Stack } from '../cloudformation/physical-ids.ts';
import { logLine } from '../lambda/lambda-log.ts';
import { StartError } from '../start/start-error.ts';
import { compileFilterCriteria } from './filter-criteria.ts';
import { type MappedFunction, mappedFunctions, refuseDuplicateMappings, requirePermission } from './mapped-function.ts';
import type { MappingsOptions } from './mapping-options.ts';
import type { Poller } from './poller.ts';
import { type QueueMapping, startQueuePoller } from './queue-poller.ts';

/** AWS creates a mapping only if the function's role allows these actions on the queue. */
const readActions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

/** The number of batches that Lambda begins with. It may start more later. */
const usualConcurrency = 5;

/** AWS takes larger batches only with a batching window. */
const maxBatchWithoutWindow = 10;

/**
 * Checks the mappings of queues.
 * @returns a function that starts their pollers
 */
export function startQueueMappings(
  stack: Stack,
  declarations: readonly QueueMappingDeclaration[],
  options: MappingsOptions,
): () => Poller[] {
  const find = mappedFunctions(stack, options.functions);
  const mappings = declarations.map((declaration) => ({
    isEnabled: declaration.properties.Enabled,
    ...readMapping(declaration, find(declaration.id, declaration.properties.FunctionName), options),
  }));
  refuseDuplicateMappings(
    'queue',
    mappings.map(({ queue, function: called }) => ({ sourceArn: queue.arn, function: called })),
  );
  return () => mappings.flatMap(({ isEnabled, ...mapping }) => (isEnabled ? [startQueuePoller(mapping)] : []));
}

function readMapping(
  { id, properties }: QueueMappingDeclaration,
  found: MappedFunction,
  { aws, maxInstances, now, wait, onLog }: MappingsOptions,
): QueueMapping {
  const { EventSourceArn, BatchSize: batchSize, ScalingConfig } = properties;
  const { called } = found;
  const queue = aws.queue(EventSourceArn);
  if (!queue) throw new StartError(`${id}: ${EventSourceArn} is not a queue of the template`);
  for (const action of readActions) requirePermission(found, `sqs:${action}`, queue.arn);
  const window = properties.MaximumBatchingWindowInSeconds * 1000;
  const visibilitySeconds = queue.properties.VisibilityTimeout;
  if (visibilitySeconds < found.timeoutSeconds) {
    throw new StartError(
      `AWS would refuse the event source mapping of ${called.name}: the visibility timeout of its queue (${visibilitySeconds} s) ` +
        `is less than the timeout of the function (${found.timeoutSeconds} s)`,
    );
  }
  if (batchSize > maxBatchWithoutWindow && window === 0) {
    throw new StartError(
      `AWS would refuse the event source mapping of ${called.name}: a BatchSize over ${maxBatchWithoutWindow} needs a ` +
        'MaximumBatchingWindowInSeconds',
    );
  }
  return {
    queue,
    region: aws.region,
    function: called,
    batchSize,
    window,
    // More calls at once would wait for an instance while the visibility timeout of their messages runs.
    maxConcurrency: Math.min(ScalingConfig.MaximumConcurrency ?? usualConcurrency, maxInstances),
    matches: compileFilterCriteria(called.name, properties.FilterCriteria?.Filters ?? []),
    reportsFailures: properties.FunctionResponseTypes.length > 0,
    now,
    wait,
    log: (message) => onLog('local-queue', logLine('WARN', undefined, [`${called.name}: ${message}`], new Date())),
  };
}
