/** An event as routes see it: as patterns match it, and as transforms read it. */
import { maskedBody } from "./body-mask.js";
import { jsonTextIn } from "./publication.js";
/** The body as it may leave: a token in it is masked, because no third party may get a live one. */
export const routedBodyOf = ({ headers, tokenIn }, body) => maskedBody(body, headers['content-type'] ?? '', tokenIn);
/**
 * An event as routes see it.
 * @param body the exact body, also if it is in the bodies bucket
 */
export function routedEventOf(event, body) {
    const { type, provider, headers, query, path, sourceIp } = event;
    const text = jsonTextIn(routedBodyOf(event, body), event.contentType ?? '');
    return { type, provider, headers, query, path, sourceIp, ...(text === undefined ? {} : { data: JSON.parse(text) }) };
}
