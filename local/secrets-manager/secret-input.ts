import { z } from 'zod';
import { ServiceError } from '../aws/aws-service.ts';

const maxValueBytes = 65_536;

const secretId = z.string().min(1).max(2048);
const token = z.string().min(32).max(64);
const label = z.string().min(1).max(256);
const value = {
  SecretString: z.string().refine((text) => hasValueSize(Buffer.byteLength(text)), 'must be 1 to 65536 bytes'),
  SecretBinary: z
    .base64()
    .refine((text) => hasValueSize(Buffer.from(text, 'base64').length), 'must be 1 to 65536 bytes'),
};
const tag = z.strictObject({
  Key: z
    .string()
    .min(1)
    .max(128)
    .refine((key) => !key.startsWith('aws:'), 'must not begin with aws:'),
  Value: z.string().max(256),
});

/** The input of each operation, as in the Secrets Manager API reference. */
export const secretInputs = {
  CreateSecret: z
    .strictObject({
      Name: z.string().regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/),
      ClientRequestToken: token,
      Description: z.string().max(2048),
      KmsKeyId: z.string().max(2048),
      Tags: z.array(tag).max(50),
      ...value,
    })
    .partial()
    .required({ Name: true }),
  PutSecretValue: z
    .strictObject({
      SecretId: secretId,
      ClientRequestToken: token,
      VersionStages: z.array(label).min(1).max(20),
      ...value,
    })
    .partial()
    .required({ SecretId: true }),
  GetSecretValue: z
    .strictObject({ SecretId: secretId, VersionId: token, VersionStage: label })
    .partial()
    .required({ SecretId: true }),
  UpdateSecretVersionStage: z
    .strictObject({ SecretId: secretId, VersionStage: label, MoveToVersionId: token, RemoveFromVersionId: token })
    .partial()
    .required({ SecretId: true, VersionStage: true }),
  DescribeSecret: z.strictObject({ SecretId: secretId }),
  DeleteSecret: z
    .strictObject({
      SecretId: secretId,
      RecoveryWindowInDays: z.number().int(),
      ForceDeleteWithoutRecovery: z.boolean(),
    })
    .partial()
    .required({ SecretId: true }),
  RestoreSecret: z.strictObject({ SecretId: secretId }),
  ListSecretVersionIds: z
    .strictObject({
      SecretId: secretId,
      IncludeDeprecated: z.boolean(),
      MaxResults: z.number().int().min(1).max(100),
      NextToken: z.string().regex(/^\d+$/),
    })
    .partial()
    .required({ SecretId: true }),
  ListSecrets: z
    .strictObject({
      Filters: z
        .array(
          z.strictObject({
            // Nothing here uses AWS's other filter keys. An ignored filter would return too much.
            Key: z.literal('name'),
            Values: z
              .array(z.string().regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/))
              .min(1)
              .max(10),
          }),
        )
        .max(10),
      IncludePlannedDeletion: z.boolean(),
      MaxResults: z.number().int().min(1).max(100),
      NextToken: z.string().min(1).max(4096),
      SortOrder: z.enum(['asc', 'desc']),
    })
    .partial(),
};

export type SecretOperation = keyof typeof secretInputs;
export type SecretInput<O extends SecretOperation> = z.infer<(typeof secretInputs)[O]>;

/** Parses an operation's input. Throws a ServiceError that names the wrong field, never its value. */
export function parseSecretInput<O extends SecretOperation>(operation: O, input: object): SecretInput<O> {
  const result = secretInputs[operation].safeParse(input);
  if (result.success) return result.data as SecretInput<O>;
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new ServiceError(
      'InvalidParameterException',
      `The local runtime does not know ${issue.keys.join(', ')} of ${operation}.`,
    );
  }
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value at '${issue?.path.join('.')}' failed to satisfy constraint: ${issue?.message}`,
  );
}

function hasValueSize(bytes: number): boolean {
  return bytes >= 1 && bytes <= maxValueBytes;
}
