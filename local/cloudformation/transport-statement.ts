import { z } from 'zod';

const everyone = z.union([z.literal('*'), z.strictObject({ AWS: z.literal('*') })]);

/**
 * A statement of a resource's policy that denies requests without TLS or with an old version of TLS. Here the loopback interface
 * replaces TLS.
 */
const demandsTls = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.literal('Deny'),
  Principal: everyone,
  Action: z.unknown(),
  Resource: z.unknown(),
  Condition: z.union([
    z.strictObject({ Bool: z.strictObject({ 'aws:SecureTransport': z.literal(['false', false]) }) }),
    z.strictObject({ NumericLessThan: z.strictObject({ 's3:TlsVersion': z.coerce.number() }) }),
  ]),
});

/** Whether a statement only denies requests without TLS. */
export const onlyDemandsTls = (statement: unknown): boolean => demandsTls.safeParse(statement).success;
