import type { StreamMappingDeclaration } from '../cloudformation/mapping-properties.ts';
import type { Stack } from '../cloudformation/physical-ids.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';
import { logLine } from '../lambda/lambda-log.ts';
import { StartError } from '../start/start-error.ts';
import { compileFilterCriteria } from './filter-criteria.ts';
import { invocationRecordKey } from './invocation-record.ts';
import { type MappedFunction, mappedFunctions, refuseDuplicateMappings, requirePermission } from './mapped-function.ts';
import type { MappingsOptions } from './mapping-options.ts';
import type { Poller } from './poller.ts';
import type { BatchProcessing } from './process-batch.ts';
import { type EventSourceMapping, startPoller } from './stream-poller.ts';

/** The two ends of a mapping: a stream and a function. */
interface MappingSource extends MappedFunction {
  id: string;
  stream: TableStream;
}

/** AWS creates a mapping only if the function's role allows these actions on the stream. */
const readActions = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'];

/** Starts the pollers of the streams. */
export async function startStreamMappings(
  stack: Stack,
  declarations: readonly StreamMappingDeclaration[],
  options: MappingsOptions,
): Promise<Poller[]> {
  const find = mappedFunctions(stack, options.functions);
  const mappings = declarations.map(({ id, properties }) => {
    const { FunctionName, EventSourceArn } = properties;
    const found = find(id, FunctionName);
    const stream = options.aws.stream(EventSourceArn);
    if (!stream) throw new StartError(`${id}: no table of the template has the stream ${EventSourceArn}`);
    const source = { ...found, id: stack.attribute(id, 'Ref') ?? id, stream };
    return { isEnabled: properties.Enabled, ...readMapping(source, properties, options) };
  });
  refuseDuplicateMappings(
    'stream',
    mappings.map(({ streamArn, function: called }) => ({ sourceArn: streamArn, function: called })),
  );
  // A disabled mapping is registered too, so that its unprocessed records are kept.
  const checkpoints = await Promise.all(mappings.map(({ stream, mappingId }) => stream.register(mappingId)));
  return mappings.flatMap(({ isEnabled, ...mapping }, index) =>
    isEnabled ? [startPoller(mapping, checkpoints[index] ?? '')] : [],
  );
}

function readMapping(
  source: MappingSource,
  properties: StreamMappingDeclaration['properties'],
  options: MappingsOptions,
): EventSourceMapping {
  const { stream, called } = source;
  for (const action of readActions) requirePermission(source, `dynamodb:${action}`, stream.arn);
  const onFailure = readDestination(source, properties.DestinationConfig?.OnFailure?.Destination, options);
  return {
    mappingId: source.id,
    stream,
    streamArn: stream.arn,
    function: called,
    batchSize: properties.BatchSize,
    window: properties.MaximumBatchingWindowInSeconds * 1000,
    matches: compileFilterCriteria(called.name, properties.FilterCriteria?.Filters ?? []),
    reportsFailures: properties.FunctionResponseTypes.length > 0,
    bisects: properties.BisectBatchOnFunctionError,
    maxAge: orUnlimited(properties.MaximumRecordAgeInSeconds),
    maxRetries: orUnlimited(properties.MaximumRetryAttempts),
    ...(onFailure && { onFailure }),
    now: options.now,
    log: (message: string) =>
      options.onLog('local-stream', logLine('WARN', undefined, [`${called.name}: ${message}`], new Date())),
  };
}

function orUnlimited(limit: number): number {
  return limit === -1 ? Number.POSITIVE_INFINITY : limit;
}

function readDestination(
  source: MappingSource,
  arn: string | undefined,
  { aws, buckets }: MappingsOptions,
): BatchProcessing['onFailure'] {
  if (arn === undefined) return undefined;
  const { name } = source.called;
  const bucket = /^arn:aws:s3:::([^/]+)$/.exec(arn)?.[1];
  if (!bucket)
    throw new StartError(`The on-failure destination of ${name}'s stream must be an S3 bucket here, not ${arn}`);
  if (!buckets.includes(bucket)) {
    throw new StartError(`The on-failure destination of ${name}'s stream is not a bucket of the template: ${arn}`);
  }
  requirePermission(source, 's3:ListBucket', arn);
  requirePermission(source, 's3:PutObject', `${arn}/${invocationRecordKey(source.id, new Date(0), source.id)}`);
  return (key, body) => aws.putObject(bucket, key, body);
}
