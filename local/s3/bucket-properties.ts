import { z } from 'zod';

/**
 * Properties without effect here. There is no other encryption key, no other account, no multipart upload and no object
 * version.
 */
const inert = z.unknown().optional();

const lifecycleRule = z.strictObject({
  Id: inert,
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().optional(),
  ExpirationInDays: z.number().int().positive().optional(),
  AbortIncompleteMultipartUpload: inert,
  ExpiredObjectDeleteMarker: inert,
  NoncurrentVersionExpiration: inert,
});

/**
 * The supported properties of an AWS::S3::Bucket. Any other property could change how the bucket behaves, so it is
 * refused.
 */
const schema = z.strictObject({
  BucketName: z.string().regex(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not a valid bucket name'),
  PublicAccessBlockConfiguration: z.strictObject({
    BlockPublicAcls: z.literal(true),
    BlockPublicPolicy: z.literal(true),
    IgnorePublicAcls: z.literal(true),
    RestrictPublicBuckets: z.literal(true),
  }),
  LifecycleConfiguration: z.strictObject({ Rules: z.array(lifecycleRule) }).optional(),
  OwnershipControls: z
    .strictObject({ Rules: z.array(z.strictObject({ ObjectOwnership: z.literal('BucketOwnerEnforced') })) })
    .optional(),
  BucketEncryption: inert,
  VersioningConfiguration: inert,
  Tags: inert,
});

/** Validates the properties. Throws an Error that names the bucket and each unsupported property. */
export function bucketProperties(properties: Record<string, unknown>): z.infer<typeof schema> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  const problems = z.prettifyError(parsed.error);
  throw new Error(`The local runtime can't make the bucket ${properties['BucketName']}: ${problems}`);
}
