/**
 * The body of a webhook. The bus gives a JSON body parsed, so the sender's bytes have to be found again: in the text of the message, or by
 * writing the value as senders do. Only bytes with the event's digest count.
 */
import { hash } from 'node:crypto';
import { maskedBody } from "../../shared/events/bus/body-mask.js";
import { valueTextAt } from "../../shared/ground/base/json-text.js";
const explanations = {
    masked: () => 'a token in the body was masked',
    item: () => 'the event is one item of a delivery that was split',
    rewritten: (connection) => `the bus gave the JSON parsed, and these bytes can't be told from it; the setting raw of ${connection} sends them too`,
    changed: () => 'the body is not the one that was received',
};
/** The bytes that the sender sent can't be had from this event. */
export class BytesNotExact extends Error {
    name = 'BytesNotExact';
    reason;
    constructor({ id, connection }, reason) {
        super(`The exact bytes of ${id} can't be had: ${explanations[reason](connection)}.`);
        this.reason = reason;
    }
}
/** The body is no longer in the bucket. */
export class BodyMissing extends Error {
    name = 'BodyMissing';
    constructor({ id }) {
        super(`The body of ${id} is in the bucket no more: the event is older than its connection's retention.`);
    }
}
/** The ways in which `data` may have been written: as the message has it, then compact, then as Stripe writes it. */
function* writingsOf({ detail: { data }, text }) {
    const written = text === undefined ? undefined : valueTextAt(text, ['detail', 'data']);
    if (written !== undefined)
        yield Buffer.from(written);
    yield Buffer.from(JSON.stringify(data));
    yield Buffer.from(JSON.stringify(data, null, 2));
}
async function bytesInBucket(detail, readBody) {
    const { bodyLocation, headers, tokenIn = [] } = detail;
    const stored = bodyLocation && (await readBody(bodyLocation));
    if (stored === undefined)
        throw new BodyMissing(detail);
    return maskedBody(Buffer.from(stored), headers['content-type'] ?? '', tokenIn);
}
async function candidatesFor(event, readBody) {
    const { detail } = event;
    if (detail.dataBase64 !== undefined)
        return [Buffer.from(detail.dataBase64, 'base64')];
    return detail.bodyLocation === undefined ? writingsOf(event) : [await bytesInBucket(detail, readBody)];
}
/**
 * Finds the body.
 * @throws BodyMissing if it was in the bucket, and is there no more
 */
export async function findBody(event, readBody) {
    const { size, sha256 } = event.detail;
    let nearest;
    for (const bytes of await candidatesFor(event, readBody)) {
        if (bytes.length === size && hash('sha256', bytes) === sha256)
            return { exact: bytes, nearest: bytes };
        nearest ??= bytes;
    }
    return { exact: undefined, nearest: nearest ?? Buffer.alloc(0) };
}
/** Why the exact bytes of this event were not found. */
export function whyNotExact({ tokenIn = [], item, dataBase64, bodyLocation }) {
    if (tokenIn.length > 0)
        return 'masked';
    if (item)
        return 'item';
    return dataBase64 === undefined && bodyLocation === undefined ? 'rewritten' : 'changed';
}
