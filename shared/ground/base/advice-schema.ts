/** Advice as facts, as the answers of the API have it beside each text. */
import * as z from 'zod/mini';
import { adviceCodes } from './advice-text.ts';

/** How the secret that only the sender can make gets here. */
const secretSchema = z.object({
  code: z.enum(['adopt_secret', 'await_secret']),
  /** The sentence of the sender's guide, or what is true for every sender. Words of a client are in braces. */
  where: z.string(),
  /** The field for the secret. If the endpoint has a token too, it is `signingSecret`. */
  field: z.enum(['value', 'signingSecret']),
  /** The verb that takes the field. */
  verb: z.enum(['generateToken', 'rotateToken', 'changeAuth']),
});
export type SecretAdvice = z.infer<typeof secretSchema>;

export const adviceSchema = z.object({
  code: z.enum(adviceCodes),
  secret: z.optional(secretSchema),
  /** The status with which the public URL, or a destination, answered a test. */
  status: z.optional(z.int()),
  /** Why the sample of a test was rejected. */
  reason: z.optional(z.enum(adviceCodes)),
  /** Why a destination was not asked, or gave no answer. It contains nothing of its URL. */
  fault: z.optional(z.string()),
  /** When a release goes on. */
  at: z.optional(z.string()),
  replayId: z.optional(z.string()),
  /** The known id that is most like an unknown one. */
  nearest: z.optional(z.string()),
  /** The version of the connection, and the one in If-Match. */
  version: z.optional(z.int()),
  wanted: z.optional(z.int()),
});
export type Advice = z.infer<typeof adviceSchema>;

/** Only if there is advice. A text of several sentences can have several. */
export const factsSchema = z.optional(z.array(adviceSchema));
