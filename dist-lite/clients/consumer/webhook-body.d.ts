import type { ReadBody } from './body-object.ts';
import type { BusEvent, Detail } from './bus-event.ts';
/**
 * Why the exact bytes can't be had. `masked`: a token in the body was masked. `item`: the event is one item of a delivery, and the digest
 * is of the whole delivery. `rewritten`: the bus gave the JSON parsed, and no way to write it again gives these bytes. `changed`: the bytes
 * are there, and are not those that were received.
 */
export type NotExactReason = 'masked' | 'item' | 'rewritten' | 'changed';
/** The bytes that the sender sent can't be had from this event. */
export declare class BytesNotExact extends Error {
    name: string;
    readonly reason: NotExactReason;
    constructor({ id, connection }: Detail, reason: NotExactReason);
}
/** The body is no longer in the bucket. */
export declare class BodyMissing extends Error {
    name: string;
    constructor({ id }: Detail);
}
/** The body as its bytes were found, and as near as the event has it. */
export interface FoundBody {
    /** The bytes with the event's digest. Undefined if there are none. */
    exact: Buffer | undefined;
    /** The exact bytes, or those nearest to them: masked, or with the JSON written in another way. */
    nearest: Buffer;
}
/**
 * Finds the body.
 * @throws BodyMissing if it was in the bucket, and is there no more
 */
export declare function findBody(event: BusEvent, readBody: ReadBody): Promise<FoundBody>;
/** Why the exact bytes of this event were not found. */
export declare function whyNotExact({ tokenIn, item, dataBase64, bodyLocation }: Detail): NotExactReason;
