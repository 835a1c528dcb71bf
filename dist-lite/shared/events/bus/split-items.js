/** Splits an arrival that contains many items. The relay publishes each item as a separate event. */
import { deliveryIdFrom, typeFrom } from "../../endpoints/settings/delivery-metadata.js";
import { maxSplitItems } from "../../endpoints/settings/split.js";
import { atPointer, pointerKeys } from "../../ground/base/json-pointer.js";
import { itemTexts, valueTextAt } from "../../ground/base/json-text.js";
import { parseJson } from "../../ground/base/parse-json.js";
/** The value at a pointer in an item. A number is returned as its text, because two large ids could be rounded to the same number. */
function itemValueAt(text, item, pointer) {
    if (pointer === undefined)
        return undefined;
    const found = atPointer(item, pointer);
    return typeof found === 'number' ? (valueTextAt(text, pointerKeys(pointer)) ?? found) : found;
}
/**
 * The items of a form, if one field of the form contains them as JSON. The pointer in `batch.items` begins with that
 * field. See `splitItemsOf`.
 */
export function splitItemsOfForm(form, batch) {
    const [field = ''] = /^\/[^/]+/.exec(batch.items) ?? [];
    // Without a field this is the whole form, which is never a text.
    const text = atPointer(form, field);
    return typeof text === 'string'
        ? splitItemsOf(text, { ...batch, items: batch.items.slice(field.length) })
        : undefined;
}
/**
 * The items of a body.
 * @param text the body
 * @returns undefined if the body is not JSON, or its list is missing, empty or too long. The event is then published whole.
 */
export function splitItemsOf(text, { items, id, type }) {
    const list = atPointer(parseJson(text), items);
    if (!Array.isArray(list) || list.length === 0 || list.length > maxSplitItems)
        return undefined;
    // The result is undefined if the list is inside a JSON string, because no part of the body is then the exact text of an item.
    return itemTexts(text, pointerKeys(items))?.map((item, at) => ({
        text: item,
        id: deliveryIdFrom(itemValueAt(item, list[at], id)),
        type: typeFrom(itemValueAt(item, list[at], type)),
    }));
}
