/** An entry of a connection's history: who did what, when, and the status before and after. */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { timeSchema } from '../base/time.ts';
import { statuses, verbs } from './lifecycle.ts';

/** A history entry. A change writes its entry into the record. From there, the entry is copied to the history. */
export const historyEntrySchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** `adopt`: from now on a stack manages the connection. `detach`: no longer. */
    verb: z.enum(['create', 'adopt', 'detach', ...verbs]),
    /**
     * Set for a verb that makes a secret, as long as the new secret is not live. `begin` is the first of two writes.
     * `abandon` means that the second write will not come. `deliver` means that the secret waits for an operator.
     */
    step: z.optional(z.enum(['begin', 'abandon', 'deliver'])),
    by: z.string(),
    at: timeSchema,
    from: z.enum(statuses),
    to: z.enum(statuses),
    /** Only on `hold` and `release`: the hold's id, and when it began. A release publishes the events of this hold. */
    hold: z.optional(z.string()),
    heldSince: z.optional(timeSchema),
    /** The names of the settings that the change set to other values. With `edit`, those of the connection itself, such as `description`. */
    settings: z.optional(z.array(z.string())),
  }),
);
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
