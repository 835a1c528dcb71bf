/** A delivery that stands for many: the items in it, each of which the relay publishes as an event of its own. */

import { atPointer, parseJson, pointerKeys } from '../base/json-pointer.ts';
import { itemTexts, valueTextAt } from '../base/json-text.ts';
import { deliveryIdFrom, typeFrom } from '../settings/delivery-metadata.ts';
import { type Batch, maxSplitItems } from '../settings/split.ts';

/** One item of a delivery. */
export interface SplitItem {
  /** Its JSON text, exactly as it came. */
  text: string;
  id: string | undefined;
  type: string | undefined;
}

/** What stands at a pointer within an item. A number is its own text: two ids must not look the same because they are large. */
function within(text: string, item: unknown, pointer: string | undefined): unknown {
  if (pointer === undefined) return undefined;
  const found = atPointer(item, pointer);
  return typeof found === 'number' ? (valueTextAt(text, pointerKeys(pointer)) ?? found) : found;
}

/** The items of a form that has them as JSON in one of its fields, which the pointer begins with. See `itemsOf`. */
export function splitItemsOfForm(form: unknown, batch: Batch): SplitItem[] | undefined {
  const [field = ''] = /^\/[^/]+/.exec(batch.items) ?? [];
  const text = field === '' ? undefined : atPointer(form, field);
  return typeof text === 'string'
    ? splitItemsOf(text, { ...batch, items: batch.items.slice(field.length) })
    : undefined;
}

/**
 * The items of a body.
 * @param text the body
 * @returns undefined when it is no JSON, has no list there, an empty one, or one of too many: then it is published whole
 */
export function splitItemsOf(text: string, { items, id, type }: Batch): SplitItem[] | undefined {
  const list = atPointer(parseJson(text), items);
  if (!Array.isArray(list) || list.length === 0 || list.length > maxSplitItems) return undefined;
  // Undefined for a list that stands within a text: no slice of the body is an item of it.
  return itemTexts(text, pointerKeys(items))?.map((item, at) => ({
    text: item,
    id: deliveryIdFrom(within(item, list[at], id)),
    type: typeFrom(within(item, list[at], type)),
  }));
}
