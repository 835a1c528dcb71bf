import type { LocalAws } from '../aws/local-aws.ts';
import type { PolicyStatement } from '../aws/policy-evaluation.ts';
import { evaluateOrDeny } from '../aws/principal.ts';
import type { Stack } from '../cloudformation/physical-ids.ts';
import { type DeclaredResource, resourcesOfType } from '../cloudformation/resource-properties.ts';
import { readRoles } from '../cloudformation/role-policies.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { logLine } from '../lambda/lambda-log.ts';
import { StartError } from '../start/start-error.ts';
import { compileFilterCriteria } from './filter-criteria.ts';
import { invocationRecordKey } from './invocation-record.ts';
import type { BatchProcessing } from './process-batch.ts';
import { type EventSourceMapping, type StreamPoller, startPoller } from './stream-poller.ts';

type Declaration = DeclaredResource<'AWS::Lambda::EventSourceMapping'>;

export interface MappingsOptions {
  /** By ARN. */
  functions: ReadonlyMap<string, LambdaFunction>;
  aws: Pick<LocalAws, 'stream' | 'putObject'>;
  /** The names of the buckets that can be on-failure destinations. */
  buckets: readonly string[];
  onLog: (functionName: string, line: string) => void;
  now: () => Date;
}

/** The two ends of a mapping: a stream and a function, with the policies of the function's role. */
interface MappingSource {
  id: string;
  stream: TableStream;
  function: LambdaFunction;
  statements: readonly PolicyStatement[];
}

/** AWS creates a mapping only if the function's role allows these actions on the stream. */
const readActions = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'];

/**
 * Starts the pollers of the stack's event source mappings. They pass the records of the tables' streams to the
 * functions.
 * @throws StartError if a mapping names something that does not exist, or the function's role may not read the stream
 * or write to the destination
 */
export async function startMappings(stack: Stack, options: MappingsOptions): Promise<StreamPoller> {
  const find = mappingSources(stack, options);
  const mappings = resourcesOfType(stack, 'AWS::Lambda::EventSourceMapping').map((declaration) => ({
    isEnabled: declaration.properties.Enabled,
    ...readMapping(find(declaration), declaration.properties, options),
  }));
  refuseDuplicateMappings(mappings);
  // A disabled mapping is registered too, so that its unprocessed records are kept.
  const checkpoints = await Promise.all(mappings.map(({ stream, mappingId }) => stream.register(mappingId)));
  const pollers = mappings.flatMap(({ isEnabled, ...mapping }, index) =>
    isEnabled ? [startPoller(mapping, checkpoints[index] ?? '')] : [],
  );
  return {
    settled: async () => void (await Promise.all(pollers.map((poller) => poller.settled()))),
    close: async () => void (await Promise.all(pollers.map((poller) => poller.close()))),
  };
}

function mappingSources(
  stack: Stack,
  { functions, aws }: MappingsOptions,
): (declaration: Declaration) => MappingSource {
  const roles = readRoles(stack);
  const roleOf = new Map(
    resourcesOfType(stack, 'AWS::Lambda::Function').map(({ id, properties }) => [
      stack.attribute(id, 'Arn'),
      properties.Role,
    ]),
  );
  return ({ id, properties: { FunctionName, EventSourceArn } }) => {
    const target = [...functions.values()].find(({ name, arn }) => FunctionName === name || FunctionName === arn);
    if (!target) throw new StartError(`${id}: there is no function ${FunctionName}`);
    const stream = aws.stream(EventSourceArn);
    if (!stream) throw new StartError(`${id}: no table of the template has the stream ${EventSourceArn}`);
    const { statements = [] } = roles.get(roleOf.get(target.arn) ?? '') ?? {};
    const mappingId = stack.attribute(id, 'Ref') ?? id;
    return { id: mappingId, stream, function: target, statements };
  };
}

function readMapping(
  source: MappingSource,
  properties: Declaration['properties'],
  options: MappingsOptions,
): EventSourceMapping {
  const { stream, function: target } = source;
  for (const action of readActions) requirePermission(source, `dynamodb:${action}`, stream.arn);
  const onFailure = readDestination(source, properties.DestinationConfig?.OnFailure?.Destination, options);
  return {
    mappingId: source.id,
    stream,
    streamArn: stream.arn,
    function: target,
    batchSize: properties.BatchSize,
    window: properties.MaximumBatchingWindowInSeconds * 1000,
    matches: compileFilterCriteria(source.function.name, properties.FilterCriteria?.Filters ?? []),
    reportsFailures: properties.FunctionResponseTypes.length > 0,
    bisects: properties.BisectBatchOnFunctionError,
    maxAge: orUnlimited(properties.MaximumRecordAgeInSeconds),
    maxRetries: orUnlimited(properties.MaximumRetryAttempts),
    ...(onFailure && { onFailure }),
    now: options.now,
    log: (message: string) =>
      options.onLog('local-stream', logLine('WARN', undefined, [`${target.name}: ${message}`], new Date())),
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
  const name = source.function.name;
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

function requirePermission({ function: { name }, statements }: MappingSource, action: string, resource: string): void {
  const { allowed, reason } = evaluateOrDeny(statements, { action, resource });
  if (allowed) return;
  throw new StartError(
    `AWS would refuse the event source mapping of ${name}: its role is not authorized to perform: ${action} on resource: ` +
      `${resource} ${reason}`,
  );
}

/** Refuses a second mapping of a stream to the same function, as AWS does. */
function refuseDuplicateMappings(mappings: readonly EventSourceMapping[]): void {
  const pairs = mappings.map(({ streamArn, function: { name } }) => `${name} consumes ${streamArn} twice`);
  const twin = pairs.find((pair, index) => pairs.indexOf(pair) !== index);
  if (twin) throw new StartError(`${twin}: AWS allows one mapping of a stream to a function`);
}
