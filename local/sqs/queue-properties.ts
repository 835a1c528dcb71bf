import { z } from 'zod';

/** Properties without effect here: who encrypts the messages on AWS's disks, and tags. */
const inert = z.unknown().optional();

/** The largest message in bytes, and the most that the messages of a batch may have together. */
export const maxMessageBytes = 1_048_576;

/**
 * The supported properties of an AWS::SQS::Queue, all times in seconds. Any other property could change how the queue
 * behaves, such as FifoQueue or KmsMasterKeyId, so it is refused.
 */
const schema = z.strictObject({
  QueueName: z.string().regex(/^[\w-]{1,80}$/, 'is not a valid name of a standard queue'),
  DelaySeconds: z.int().min(0).max(900).default(0),
  MaximumMessageSize: z.int().min(1_024).max(maxMessageBytes).default(maxMessageBytes),
  MessageRetentionPeriod: z.int().min(60).max(1_209_600).default(345_600),
  ReceiveMessageWaitTimeSeconds: z.int().min(0).max(20).default(0),
  VisibilityTimeout: z.int().min(0).max(43_200).default(30),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int().min(1).max(1_000) })
    .optional(),
  RedriveAllowPolicy: z
    .strictObject({
      redrivePermission: z.enum(['allowAll', 'denyAll', 'byQueue']),
      sourceQueueArns: z.array(z.string()).max(10).default([]),
    })
    .optional(),
  FifoQueue: z.literal(false).optional(),
  SqsManagedSseEnabled: inert,
  Tags: inert,
});

export type QueueProperties = z.infer<typeof schema>;

/** Validates the properties. Throws an Error that names the queue and each unsupported property. */
export function queueProperties(properties: Record<string, unknown>): QueueProperties {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  const problems = z.prettifyError(parsed.error);
  throw new Error(`The local runtime can't make the queue ${properties['QueueName']}: ${problems}`);
}

/** Whether a queue lets another one move dead letters into it. */
export function takesDeadLettersOf({ RedriveAllowPolicy: policy }: QueueProperties, sourceArn: string): boolean {
  if (policy === undefined || policy.redrivePermission === 'allowAll') return true;
  return policy.redrivePermission === 'byQueue' && policy.sourceQueueArns.includes(sourceArn);
}
