/** The test of a destination: the message that it sends, and what an operator reads about the answer. */
import * as z from 'zod/mini';
import { factsSchema } from '../../ground/base/advice-schema.ts';
import { schema } from '../../ground/base/schema.ts';

/** The most characters of an answer that are shown. */
export const maxShownAnswer = 256;

/** What a test found. */
export const destinationTestSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** Whether the receiver answered with a 2xx. */
    delivered: z.boolean(),
    /** The `webhook-id` of the request. */
    id: z.string(),
    /** How long it took, in milliseconds, from the look-up of the host to the status line. */
    ms: z.int(),
    status: z.optional(z.int()),
    /** Why there was no answer, or why the answer is none. */
    reason: z.optional(z.string()),
    /** A sentence about it, and its facts. */
    detail: z.optional(z.string()),
    facts: factsSchema,
    /** The beginning of what the receiver answered. Secrets of the destination are struck out. */
    answer: z.optional(z.string()),
  }),
);
export type DestinationTest = z.infer<typeof destinationTestSchema>;

/** The body of the request. It has the form that Standard Webhooks suggests. */
export const testBody = (name: string, at: Date): Buffer =>
  Buffer.from(JSON.stringify({ type: 'hooklatch.test', timestamp: at.toISOString(), data: { destination: name } }));
