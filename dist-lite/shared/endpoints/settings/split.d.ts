/** The setting `split`: whether and how each item of an arrival is published as its own event. */
import * as z from 'zod/mini';
/** The location of the items of an arrival. */
export interface Batch {
    /** A JSON pointer to the list. Empty if the body itself is the list. */
    items: string;
    /** JSON pointers inside an item. */
    id?: string | undefined;
    type?: string | undefined;
}
/**
 * The location of the items, and of each item's id and type. The empty pointer means that the body itself is the list.
 */
export declare const batchSchema: z.ZodMiniObject<{
    items: z.ZodMiniUnion<readonly [z.ZodMiniLiteral<"">, z.ZodMiniString<string>]>;
    id: z.ZodMiniOptional<z.ZodMiniString<string>>;
    type: z.ZodMiniOptional<z.ZodMiniString<string>>;
}, z.core.$strict>;
/** Whether arrivals are split. `true` uses the item locations of the provider's preset. */
export declare const splitSchema: z.ZodMiniUnion<readonly [z.ZodMiniBoolean<boolean>, z.ZodMiniObject<{
    items: z.ZodMiniUnion<readonly [z.ZodMiniLiteral<"">, z.ZodMiniString<string>]>;
    id: z.ZodMiniOptional<z.ZodMiniString<string>>;
    type: z.ZodMiniOptional<z.ZodMiniString<string>>;
}, z.core.$strict>]>;
export type Split = z.infer<typeof splitSchema>;
/**
 * The item locations to split by. Undefined if arrivals are not split.
 * @param batch of the provider's preset
 */
export declare function splitInForce(split: Split, batch: Batch | undefined): Batch | undefined;
/**
 * The reason why the operator can't configure this split, or undefined if it is possible.
 * @param batch of the
 * provider's preset
 */
export declare const objectionToSplit: (split: Split, batch: Batch | undefined) => string | undefined;
/**
 * The reason why these settings exclude each other. An item of an arrival has no bytes that a digest or a signature is of.
 * @param batch of the provider's preset
 */
export declare const objectionToRaw: (raw: boolean, split: Split, batch: Batch | undefined) => string | undefined;
/**
 * The most items that an arrival is split into. Azure's Event Grid sends at most this many at once. One run of the
 * relay publishes all of them, ten per call, one call after another.
 */
export declare const maxSplitItems = 5000;
