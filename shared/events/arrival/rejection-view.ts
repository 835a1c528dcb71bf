/**
 * Rejections as operators read them. This file is separate from `rejection.ts`, because the functions that refuse requests must
 * start quickly and do not need it.
 */
import * as z from 'zod/mini';
import { said } from '../../ground/base/advice.ts';
import { type Advice, factsSchema } from '../../ground/base/advice-schema.ts';
import { faultAdvice, type Hint, hints } from '../../ground/base/advice-text.ts';
import { faultKinds, type RejectionSample, rejectionReasons } from './rejection.ts';

const isAdvised = (fault: string): fault is keyof typeof faultAdvice => Object.hasOwn(faultAdvice, fault);

/** The advice about a sample. Undefined if the reason's explanation is enough. */
export function sampleAdviceOf({ hint, faults }: RejectionSample) {
  const code = hint ?? faults.map(({ fault }) => fault).find(isAdvised);
  return code && { advice: said({ code }), facts: [{ code }] };
}

const sampleSchema = z.object({
  method: z.string(),
  sourceIp: z.string(),
  userAgent: z.optional(z.string()),
  headers: z.array(z.string()),
  faults: z.array(z.object({ placement: z.string(), fault: z.enum(faultKinds) })),
  hint: z.optional(z.enum(Object.keys(hints) as Hint[])),
});

/** Reads a stored sample. */
export const rejectionSampleFrom = (json: string): RejectionSample => sampleSchema.parse(JSON.parse(json));

/** The first webhook that was refused for a cause, what the cause means, and how many webhooks had it. */
const advisedSampleSchema = z.object({
  ...sampleSchema.shape,
  /** The hint, or the kinds of the faults. */
  cause: z.string(),
  count: z.int(),
  /** True if the count is a lower bound: some webhooks are not counted yet, or are counted without their cause. */
  atLeast: z.optional(z.literal(true)),
  advice: z.optional(z.string()),
  facts: factsSchema,
});

/** The number of webhooks that were refused in a minute for one reason. */
export const rejectionViewSchema = z.object({
  minute: z.string(),
  reason: z.enum(rejectionReasons),
  count: z.int(),
  /** True if the count is a lower bound: there were so many webhooks that some are not counted yet and may never be counted. */
  atLeast: z.optional(z.literal(true)),
  explanation: z.string(),
  facts: factsSchema,
  /** The ids that their senders gave some of them, as the requests claim: at most 20, of 128 characters. */
  deliveryIds: z.optional(z.array(z.string())),
  /** True if some of them had an id that is not kept, or the same id twice. */
  idsLeftOut: z.optional(z.literal(true)),
  sample: z.optional(advisedSampleSchema),
  /** The first samples of other causes. */
  otherSamples: z.optional(z.array(advisedSampleSchema)),
});
export type RejectionView = z.infer<typeof rejectionViewSchema>;

export const explained = (advice: Advice) => ({ explanation: said(advice), facts: [advice] });
