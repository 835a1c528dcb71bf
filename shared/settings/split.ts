/** The setting `split`: whether, and how, a delivery is published as an event for each of its items. */
import * as z from 'zod/mini';
import { pointerSchema } from '../base/json-pointer.ts';
import { schema } from '../base/schema.ts';

/** What stands for many in one delivery. */
export interface Batch {
  /** A JSON pointer to the list; empty where the body itself is the list. */
  items: string;
  /** JSON pointers inside of an item. */
  id?: string | undefined;
  type?: string | undefined;
}

/** Where the items are, and what each says of itself; the empty pointer says that the body itself is the list. */
export const batchSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    items: z.union([z.literal(''), pointerSchema]),
    id: z.optional(pointerSchema),
    type: z.optional(pointerSchema),
  }),
);

/** Whether an endpoint's deliveries are split: `true` is what the provider's preset says of its items. */
export const splitSchema = /* @__PURE__ */ schema(() =>
  z.union([z.boolean(), batchSchema], {
    error: 'must be true, false or {items, id?, type?}: JSON pointers, of which items may be empty',
  }),
);
export type Split = z.infer<typeof splitSchema>;

/** What is split by, or undefined when nothing is. @param batch what the provider's preset says of its items */
export function splitInForce(split: Split, batch: Batch | undefined): Batch | undefined {
  if (split === true) return batch;
  return split === false ? undefined : split;
}

/** Why this can't be configured, or undefined when it can. @param batch what the provider's preset says of its items */
export const objectionToSplit = (split: Split, batch: Batch | undefined): string | undefined =>
  split === true && batch === undefined
    ? 'Nothing is known of items in what this provider delivers. Say where they are, such as "split": {"items": "/events", "id": "/id", "type": "/type"}.'
    : undefined;

/**
 * The most items that a delivery is split into, which is the most that Azure's Event Grid sends at once. All of them have to
 * reach the bus, ten a call and one call after the other, within one run of the relay.
 */
export const maxSplitItems = 5_000;
