/** The setting `split`: whether and how each item of an arrival is published as its own event. */
import * as z from 'zod/mini';
import { pointerSchema } from "../../ground/base/json-pointer.js";
import { schema } from "../../ground/base/schema.js";
/**
 * The location of the items, and of each item's id and type. The empty pointer means that the body itself is the list.
 */
export const batchSchema = /* @__PURE__ */ schema(() => z.strictObject({
    items: z.union([z.literal(''), pointerSchema]),
    id: z.optional(pointerSchema),
    type: z.optional(pointerSchema),
}));
/** Whether arrivals are split. `true` uses the item locations of the provider's preset. */
export const splitSchema = /* @__PURE__ */ schema(() => z.union([z.boolean(), batchSchema], {
    error: 'must be true, false or {items, id?, type?} with JSON pointers; items may be empty',
}));
/**
 * The item locations to split by. Undefined if arrivals are not split.
 * @param batch of the provider's preset
 */
export function splitInForce(split, batch) {
    if (split === true)
        return batch;
    return split === false ? undefined : split;
}
/**
 * The reason why the operator can't configure this split, or undefined if it is possible.
 * @param batch of the
 * provider's preset
 */
export const objectionToSplit = (split, batch) => split === true && batch === undefined
    ? 'The preset of this provider does not say where the items are. Name the pointers, such as "split": {"items": "/events", "id": "/id", "type": "/type"}.'
    : undefined;
/**
 * The reason why these settings exclude each other. An item of an arrival has no bytes that a digest or a signature is of.
 * @param batch of the provider's preset
 */
export const objectionToRaw = (raw, split, batch) => raw && splitInForce(split, batch)
    ? 'excludes split: an item has no bytes that the sender signed. Send raw or split, and null for the other'
    : undefined;
/**
 * The most items that an arrival is split into. Azure's Event Grid sends at most this many at once. One run of the
 * relay publishes all of them, ten per call, one call after another.
 */
export const maxSplitItems = 5_000;
