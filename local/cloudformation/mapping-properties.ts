/** The properties of event source mappings. Those of a queue have other properties than those of a stream. */
import { z } from 'zod';
import type { Stack } from './physical-ids.ts';
import { type Declared, declarationsOf, inert, understand } from './resource-properties.ts';

/** The properties of every mapping. */
const anyMapping = {
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  MaximumBatchingWindowInSeconds: z.int().min(0).max(300).default(0),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })).default([]) }).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  Enabled: z.boolean().default(true),
  MetricsConfig: inert,
  Tags: inert,
};

const streamMapping = z.strictObject({
  ...anyMapping,
  BatchSize: z.int().min(1).max(10_000).default(100),
  /** LATEST would lose the records that are written while a mapping is created. */
  StartingPosition: z.literal('TRIM_HORIZON'),
  BisectBatchOnFunctionError: z.boolean().default(false),
  /** -1 means no limit, both here and for MaximumRetryAttempts. */
  MaximumRecordAgeInSeconds: z.union([z.literal(-1), z.int().min(60).max(604_800)]).default(-1),
  MaximumRetryAttempts: z.int().min(-1).max(10_000).default(-1),
  /**
   * Ignored: batches run one at a time here, so the changes of each item stay in order. With a factor above 1, AWS
   * guarantees only this order.
   */
  ParallelizationFactor: z.int().min(1).max(10).default(1),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() }).optional(),
});

const queueMapping = z.strictObject({
  ...anyMapping,
  BatchSize: z.int().min(1).max(10_000).default(10),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().min(2).max(1_000).optional() }).default({}),
});

export type StreamMappingDeclaration = Declared<z.infer<typeof streamMapping>>;
export type QueueMappingDeclaration = Declared<z.infer<typeof queueMapping>>;

const isOfQueue = ({ properties }: Declared<Record<string, unknown>>): boolean =>
  /^arn:[\w-]+:sqs:/.test(String(properties['EventSourceArn']));

/**
 * The stack's event source mappings.
 * @throws StartError that names the resource and each unsupported property
 */
export function eventSourceMappings(stack: Stack): {
  streams: StreamMappingDeclaration[];
  queues: QueueMappingDeclaration[];
} {
  const type = 'AWS::Lambda::EventSourceMapping';
  const all = declarationsOf(stack, type);
  const read = <S extends z.ZodType>(mappings: typeof all, schema: S) =>
    mappings.map(({ id, properties }) => ({ id, properties: understand(id, type, schema, properties) }));
  const streams = all.filter((mapping) => !isOfQueue(mapping));
  return { streams: read(streams, streamMapping), queues: read(all.filter(isOfQueue), queueMapping) };
}
