/** The requests that create and edit a destination. */
import * as z from 'zod/mini';
import { maxConnectionName, newConnectionNameForm } from '../../endpoints/endpoint/connection-name.ts';
import { graceSchema } from '../../endpoints/endpoint/secret-value-request.ts';
import { schema } from '../../ground/base/schema.ts';
import { defaultGiveUpAfterHours, destinationMethods } from './destination.ts';
import { destinationAuthSchema } from './destination-auth.ts';
import { destinationHeaderSchema, foldedName, forwardHeadersSchema, headerValueSchema } from './destination-header.ts';
import { destinationManagerRequestSchema } from './destination-manager.ts';
import { destinationRateSchema } from './destination-rate.ts';
import { destinationUrlSchema } from './destination-url.ts';
import { retryOnSchema, scheduleSchema } from './retry-settings.ts';
import { signingSecretSchema } from './signing-secret.ts';

/** The longest description, in characters. */
const maxDescription = 256;
/** The most configured headers. */
const maxHeaders = 16;
/** How long a request may take, in seconds, from the look-up of the host to the status line. */
const defaultTimeoutSeconds = 15;
const maxTimeoutSeconds = 30;
/** The most requests at once. */
const maxConcurrency = 100;
/** The longest time in which a delivery is tried, in hours: 30 days. */
const maxGiveUpAfterHours = 720;

const headersSchema = /* @__PURE__ */ schema(() =>
  z.record(destinationHeaderSchema, headerValueSchema).check(
    z.refine((headers) => Object.keys(headers).length <= maxHeaders, { error: `can be at most ${maxHeaders}` }),
    z.refine((headers) => new Set(Object.keys(headers).map(foldedName)).size === Object.keys(headers).length, {
      error: 'must not name a header twice, also not with _ in place of -',
    }),
  ),
);

const fields = /* @__PURE__ */ schema(() => ({
  description: z.string().check(z.maxLength(maxDescription)),
  url: destinationUrlSchema,
  method: z.enum(destinationMethods),
  headers: headersSchema,
  auth: destinationAuthSchema,
  timeoutSeconds: z.int().check(z.minimum(1), z.maximum(maxTimeoutSeconds)),
  /** Null removes a limit. */
  rate: z.nullable(destinationRateSchema),
  concurrency: z.nullable(z.int().check(z.minimum(1), z.maximum(maxConcurrency))),
  giveUpAfterHours: z.int().check(z.minimum(1), z.maximum(maxGiveUpAfterHours)),
  /** Null returns to what is usual. */
  schedule: z.nullable(scheduleSchema),
  retryOn: z.nullable(retryOnSchema),
  /** Null forwards what is usual. */
  forwardHeaders: z.nullable(forwardHeadersSchema),
}));

/** The request that creates a destination. */
export const newDestinationSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    name: z
      .string()
      .check(
        z.regex(
          newConnectionNameForm,
          `must be 2 to ${maxConnectionName} characters: a letter, then letters, digits and dashes, all lower case`,
        ),
      ),
    url: fields.url,
    description: z._default(fields.description, ''),
    method: z._default(fields.method, 'POST'),
    headers: z._default(fields.headers, {}),
    auth: z._default(fields.auth, { kind: 'none' }),
    timeoutSeconds: z._default(fields.timeoutSeconds, defaultTimeoutSeconds),
    rate: z.optional(fields.rate),
    concurrency: z.optional(fields.concurrency),
    giveUpAfterHours: z._default(fields.giveUpAfterHours, defaultGiveUpAfterHours),
    schedule: z.optional(fields.schedule),
    retryOn: z.optional(fields.retryOn),
    forwardHeaders: z.optional(fields.forwardHeaders),
    /** A secret that an operator brings along. By default one is made. */
    signingSecret: z.optional(signingSecretSchema),
    /** The file that manages the destination from the beginning. */
    managedBy: z.optional(destinationManagerRequestSchema),
  }),
);
export type NewDestination = z.infer<typeof newDestinationSchema>;

/**
 * The request that edits a destination. What it does not name stays; `headers` and `auth` are replaced whole. `managedBy` makes a file manage
 * it, and null leaves it to operators.
 */
export const destinationChangeSchema = /* @__PURE__ */ schema(() =>
  z.partial(z.strictObject({ ...fields, managedBy: z.nullable(destinationManagerRequestSchema) })),
);
export type DestinationChange = z.infer<typeof destinationChangeSchema>;

/** The request that replaces the signing secret. */
export const signingRotationSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({ ...graceSchema.shape, value: z.optional(signingSecretSchema) }),
);
