/** How operators read what came of a test; apart from the marking of it, which has to be light. */
import * as z from 'zod/mini';

/** The steps of a test, in their order. */
export const testSteps = ['resolved', 'reached', 'authorized', 'verified', 'stored', 'published'] as const;

export const selfTestSchema = z.object({
  /** The event that it made; null if it came to none. */
  eventId: z.nullable(z.string()),
  passed: z.boolean(),
  /** What the test can not know, where it passed. */
  note: z.optional(z.string()),
  steps: z.array(
    z.object({
      step: z.enum(testSteps),
      outcome: z.enum(['passed', 'failed', 'skipped']),
      /** How long it took; only where that is known. */
      ms: z.optional(z.number()),
      /** What to look at where it did not pass. */
      detail: z.optional(z.string()),
    }),
  ),
});
export type SelfTest = z.infer<typeof selfTestSchema>;
export type TestStep = SelfTest['steps'][number];
