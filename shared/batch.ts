/** A delivery that stands for many: the items in it, each of which the relay publishes as an event of its own. */
import * as z from 'zod/mini';
import { itemTexts, textAt } from './json-text.ts';
import { deliveryIdFrom, typeFrom } from './label.ts';
import { atPointer, keysOf, parsed, pointerSchema } from './pointer.ts';
import type { Batch } from './provider/preset.ts';
import { schema } from './schema.ts';

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
export function splitOf(split: Split, batch: Batch | undefined): Batch | undefined {
  if (split === true) return batch;
  return split === false ? undefined : split;
}

/** Why this can't be configured, or undefined when it can. @param batch what the provider's preset says of its items */
export const objectionToSplit = (split: Split, batch: Batch | undefined): string | undefined =>
  split === true && batch === undefined
    ? 'Nothing is known of items in what this provider delivers. Say where they are, such as "split": {"items": "/events", "id": "/id", "type": "/type"}.'
    : undefined;

/** One item of a delivery. */
export interface Item {
  /** Its JSON text, exactly as it came. */
  text: string;
  id: string | undefined;
  type: string | undefined;
}

/**
 * The most items that a delivery is split into, which is the most that Azure's Event Grid sends at once. All of them have to
 * reach the bus, ten a call and one call after the other, within one run of the relay.
 */
export const maxItems = 5_000;

/** What stands at a pointer within an item. A number is its own text: two ids must not look the same because they are large. */
function within(text: string, item: unknown, pointer: string | undefined): unknown {
  if (pointer === undefined) return undefined;
  const found = atPointer(item, pointer);
  return typeof found === 'number' ? (textAt(text, keysOf(pointer)) ?? found) : found;
}

/** The items of a form that has them as JSON in one of its fields, which the pointer begins with. See `itemsOf`. */
export function itemsOfForm(form: unknown, batch: Batch): Item[] | undefined {
  const [field = ''] = /^\/[^/]+/.exec(batch.items) ?? [];
  const text = field === '' ? undefined : atPointer(form, field);
  return typeof text === 'string' ? itemsOf(text, { ...batch, items: batch.items.slice(field.length) }) : undefined;
}

/**
 * The items of a body.
 * @param text the body
 * @returns undefined when it is no JSON, has no list there, an empty one, or one of too many: then it is published whole
 */
export function itemsOf(text: string, { items, id, type }: Batch): Item[] | undefined {
  const list = atPointer(parsed(text), items);
  if (!Array.isArray(list) || list.length === 0 || list.length > maxItems) return undefined;
  // Undefined for a list that stands within a text: no slice of the body is an item of it.
  return itemTexts(text, keysOf(items))?.map((item, at) => ({
    text: item,
    id: deliveryIdFrom(within(item, list[at], id)),
    type: typeFrom(within(item, list[at], type)),
  }));
}
