/** An entry of a connection's history: who did what, when, and the status before and after. */
import * as z from 'zod/mini';
import { vias } from '../../ground/base/actor.ts';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { statuses, verbs } from './lifecycle.ts';

/** How a list of rules differs from the one before it: the ids of rules. */
export const ruleChangesSchema = /* @__PURE__ */ schema(() =>
  z.object({
    added: z.optional(z.array(z.string())),
    changed: z.optional(z.array(z.string())),
    removed: z.optional(z.array(z.string())),
    /** How many further rules were added, changed or removed. */
    more: z.optional(z.int()),
    /** The rules that stayed have another order. */
    reordered: z.optional(z.boolean()),
    /** Another mode: whether all rules that match count, or the first. */
    mode: z.optional(z.string()),
  }),
);
export type RuleChanges = z.infer<typeof ruleChangesSchema>;

/** A history entry. A change writes its entry into the record. From there, the entry is copied to the history. */
export const historyEntrySchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** `adopt`: from now on a stack manages the connection. `detach`: no longer. `setRoutes`: other rules route its events. */
    verb: z.enum(['create', 'adopt', 'detach', 'setRoutes', ...verbs]),
    /**
     * Set for a verb that makes a secret, as long as the new secret is not live. `begin` is the first of two writes.
     * `abandon` means that the second write will not come. `deliver` means that the secret waits for an operator.
     */
    step: z.optional(z.enum(['begin', 'abandon', 'deliver'])),
    by: z.string(),
    /** By which program, as that program says. Absent if it says nothing. */
    via: z.optional(z.enum(vias)),
    at: timeSchema,
    from: z.enum(statuses),
    to: z.enum(statuses),
    /** Only on `hold` and `release`: the hold's id, and when it began. A release publishes the events of this hold. */
    hold: z.optional(z.string()),
    heldSince: z.optional(timeSchema),
    /** The names of the settings that the change set to other values. With `edit`, those of the connection itself, such as `description`. */
    settings: z.optional(z.array(z.string())),
    /** Only on `test`: a real arrival was sent in the sender's name, without the mark of a test. */
    real: z.optional(z.literal(true)),
    /** Only on `setRoutes`. */
    rules: z.optional(ruleChangesSchema),
  }),
);
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
