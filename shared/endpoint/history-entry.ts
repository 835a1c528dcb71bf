/** What is noted of each change of a connection: who did what, when, and where it led. */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { timeSchema } from '../base/time.ts';
import { statuses, verbs } from './lifecycle.ts';

/** Who does it, and when. */
export interface Actor {
  by: string;
  now: Date;
}

/** One line of a connection's history: kept on the record that it made, and copied from there. */
export const historyEntrySchema = /* @__PURE__ */ schema(() =>
  z.object({
    verb: z.enum(['create', ...verbs]),
    /** The first of the two writes of a verb that makes a secret, that there will be no second, or that it waits for an operator; nothing is live yet. */
    step: z.optional(z.enum(['begin', 'abandon', 'deliver'])),
    by: z.string(),
    at: timeSchema,
    from: z.enum(statuses),
    to: z.enum(statuses),
    /** Only of `hold` and `release`: the hold's id, and when it began. What was held is published by what its release says. */
    hold: z.optional(z.string()),
    heldSince: z.optional(timeSchema),
  }),
);
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
