/** A webhook as its handler gets it. */
import { readFromBucket } from "./body-object.js";
import { busEventIn } from "./bus-event.js";
import { BytesNotExact, findBody, whyNotExact } from "./webhook-body.js";
/** The same promise for each call, unless it fails. */
function once(make) {
    let made;
    return () => {
        made ??= make().catch((error) => {
            made = undefined;
            throw error;
        });
        return made;
    };
}
async function exactBytes(detail, found) {
    const { exact } = await found();
    if (!exact)
        throw new BytesNotExact(detail, whyNotExact(detail));
    return exact;
}
/**
 * Makes a webhook of what a consumer was given: an event of the bus, a message of SQS or a notification of SNS with one, or what Lambda
 * gives a function for one such message. A large body is fetched when it is asked for.
 * @throws NotAWebhook if it is not exactly one webhook
 */
export function webhookFrom(given, { readBody = readFromBucket } = {}) {
    const event = busEventIn(given);
    const { detail } = event;
    const { replay = 0, test = false, tokenIn: _, data, dataBase64: __, bodyLocation: ___, ...fields } = detail;
    const found = once(() => findBody(event, readBody));
    const text = async () => (await found()).nearest.toString('utf8');
    return {
        ...fields,
        replay,
        test,
        bytes: () => exactBytes(detail, found),
        text,
        json: async () => (data === undefined ? JSON.parse(await text()) : data),
    };
}
