import { z } from 'zod';
import { cannotRun } from './cannot-run.ts';
import type { Stack } from './physical-ids.ts';
import { resourcesOfType } from './resource-properties.ts';
import { onlyDemandsTls } from './transport-statement.ts';

const allowsRole = z.strictObject({
  Effect: z.literal('Allow'),
  Principal: z.strictObject({ AWS: z.string() }),
  Action: z.unknown(),
  Resource: z.unknown(),
});

/**
 * Refuses a bucket policy that would change who may use the bucket, because only the roles' own policies are evaluated
 * here. The permissions of CDK's `autoDeleteObjects` provider are accepted: it runs only when the stack is deleted.
 * @throws StartError that names the policy and the statement
 */
export function checkBucketPolicies(stack: Stack): void {
  const emptyingRoles = readEmptyingRoles(stack);
  for (const { id, properties } of resourcesOfType(stack, 'AWS::S3::BucketPolicy')) {
    const other = properties.PolicyDocument.Statement.find((statement) => {
      const role = allowsRole.safeParse(statement).data?.Principal.AWS;
      return !onlyDemandsTls(statement) && !(role !== undefined && emptyingRoles.has(role));
    });
    if (!other) continue;
    const supported =
      'it supports only statements that require TLS. Give the permission to the role of a function instead of';
    throw cannotRun(id, 'AWS::S3::BucketPolicy', `${supported} ${JSON.stringify(other)}`);
  }
}

/** The roles of the functions that empty buckets. */
function readEmptyingRoles(stack: Stack): Set<string> {
  const providers = resourcesOfType(stack, 'Custom::S3AutoDeleteObjects').map(
    ({ properties }) => properties.ServiceToken,
  );
  const functions = resourcesOfType(stack, 'AWS::Lambda::Function').filter(({ id }) =>
    providers.includes(stack.attribute(id, 'Arn') ?? ''),
  );
  return new Set(functions.map(({ properties }) => properties.Role));
}
