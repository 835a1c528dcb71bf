/** A sender as the API shows it: its preset and its guide. */

import * as z from 'zod/mini';
import { placementSchema } from '../credential/token-placement.ts';
import { answerSchema, dedupeSchema } from '../settings/settings.ts';
import type { Batch } from '../settings/split.ts';
import type { ValueLocation } from '../settings/value-location.ts';
import { schemeSchema } from '../signature/scheme.ts';
import type { Handshake } from './preset.ts';

const told = {
  id: z.string(),
  name: z.string(),
  docs: z.url(),
  kind: z.enum(['token', 'signature', 'both']),
  /** Whether the sender's signature covers the whole body; absent if the sender does not sign. */
  coversBody: z.optional(z.boolean()),
  secretFrom: z.enum(['operator', 'sender', 'handshake']),
  confidence: z.enum(['stated', 'known']),
};

export const providerSummarySchema = z.object(told);
export type ProviderSummary = z.infer<typeof providerSummarySchema>;

export const providerViewSchema = z.object({
  ...told,
  url: z.string(),
  secret: z.string(),
  /** The same sentences, with the words in braces that a client has its own of. */
  guide: z.object({
    url: z.string(),
    secret: z.string(),
    contentType: z.optional(z.string()),
    test: z.optional(z.string()),
  }),
  secretPrefix: z.optional(z.string()),
  contentType: z.optional(z.string()),
  /** What the sender sends as a test, by itself or on request. */
  test: z.optional(z.string()),
  deadlineSeconds: z.optional(z.number()),
  accept: z.optional(z.array(placementSchema)),
  scheme: z.optional(schemeSchema),
  /** The names of the sender's older schemes. */
  older: z.array(z.string()),
  dedupe: z.optional(dedupeSchema),
  /** Further places of the delivery id: the one that the chosen scheme signs counts. */
  otherIds: z.optional(z.array(dedupeSchema)),
  /** The sender signs, but not the delivery id: whoever captures a delivery can repeat it under another id. */
  unsignedId: z.optional(z.literal(true)),
  type: z.optional(z.array(z.custom<ValueLocation>())),
  batch: z.optional(z.custom<Batch>()),
  handshakes: z.optional(z.array(z.custom<Handshake>())),
  answer: z.optional(answerSchema),
  rejectionStatus: z.optional(z.int()),
});
export type ProviderView = z.infer<typeof providerViewSchema>;
