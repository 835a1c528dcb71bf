/**
 * The result of a self-test as operators read it. Separate from `self-test-mark.ts`, which must stay small for the
 * authorizer.
 */
import * as z from 'zod/mini';
import { said } from '../../ground/base/advice.ts';
import { type Advice, factsSchema } from '../../ground/base/advice-schema.ts';

/** The steps of a self-test, in order. */
export const testSteps = ['resolved', 'reached', 'authorized', 'verified', 'stored', 'published'] as const;

export const selfTestSchema = z.object({
  /** The event that the test made. Null if the test made no event. */
  eventId: z.nullable(z.string()),
  passed: z.boolean(),
  /** The facts that a passed test can't verify. */
  note: z.optional(z.string()),
  facts: factsSchema,
  steps: z.array(
    z.object({
      step: z.enum(testSteps),
      outcome: z.enum(['passed', 'failed', 'skipped']),
      /** The duration, if known. */
      ms: z.optional(z.number()),
      /** The advice if the step did not pass. */
      detail: z.optional(z.string()),
      facts: factsSchema,
    }),
  ),
});
export type SelfTest = z.infer<typeof selfTestSchema>;
export type TestStep = SelfTest['steps'][number];

/** The advice of a step that did not pass. */
export const advised = (advice: Advice) => ({ detail: said(advice), facts: [advice] });
