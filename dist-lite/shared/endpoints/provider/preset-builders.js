/**
 * Builds presets from short descriptions, because all presets travel in the bundle that senders wait for. A place is
 * written as a text: `/data/id` is a field of the body, `?challenge` is a parameter of the query, and anything else is
 * the name of a header. A `Mark` is a place with a condition: `/type=url_verification` demands this value,
 * `content-type^=text/` demands this beginning, and `!x-id` demands that the place is absent.
 */
import { sourceOf, standardWebhooks } from "./common-schemes.js";
/* @__NO_SIDE_EFFECTS__ */
const placeOf = (text) => text.startsWith('?') ? { in: 'query', name: text.slice(1) } : sourceOf(text);
/* @__NO_SIDE_EFFECTS__ */
function markOf(text) {
    const [, not, at = '', how, what] = /^(!?)(.*?)(?:(\^?=)(.*))?$/.exec(text) ?? [];
    return {
        ...placeOf(at),
        ...(not && { absent: true }),
        ...(how && { [how === '=' ? 'equals' : 'begins']: what }),
    };
}
/* @__NO_SIDE_EFFECTS__ */
const dedupeAt = ({ in: by, ...at }) => ({ by, ...at });
/* @__NO_SIDE_EFFECTS__ */
const restOf = ({ accept, id, type, ...rest }) => {
    const [dedupe, ...otherIds] = [id ?? []].flat().map((at) => dedupeAt(placeOf(at)));
    return {
        ...rest,
        ...(accept && { accept: accept.map(sourceOf) }),
        ...(dedupe && { dedupe }),
        ...(otherIds.length > 0 && { otherIds }),
        ...(type && { type: [type].flat().map(placeOf) }),
    };
};
/** For senders that accept only 200 as success, or that read the body of an answer as an instruction. */
export const ok = { status: 200 };
/** Answers a handshake with its challenge, as plain text. */
export const asText = { with: 'text' };
/** For senders that sign with a secret that the operator enters in their settings. */
/* @__NO_SIDE_EFFECTS__ */
export const signed = (scheme, rest = {}) => ({
    kind: 'signature',
    ...(scheme && { scheme }),
    ...restOf(rest),
});
/** For senders that sign with a secret that they show to the operator, or with their own key pair. */
/* @__NO_SIDE_EFFECTS__ */
export const selfSigned = (scheme, rest = {}) => signed(scheme, { secretFrom: 'sender', ...rest });
/**
 * For senders that follow Standard Webhooks. `key` says how the secret is written. The default is `whsec_` and base64.
 */
/* @__NO_SIDE_EFFECTS__ */
export const standard = ({ key, ...rest } = {}, prefix = 'webhook') => selfSigned(standardWebhooks(prefix, key), { id: `${prefix}-id`, type: '/type', ...rest });
/** For senders that carry a token. */
/* @__NO_SIDE_EFFECTS__ */
export const tokened = (accept, rest = {}) => ({
    kind: 'token',
    ...restOf({ accept, ...rest }),
});
/** A request by which a sender checks that the URL answers. Everybody gets the answer. */
/* @__NO_SIDE_EFFECTS__ */
export const check = (method, when = []) => handshake(method, when, { with: 'nothing' }, '', 'none');
/** A handshake that is recognized by its challenge. */
/* @__NO_SIDE_EFFECTS__ */
export const challenged = (method, challenge, answer, proof) => handshake(method, challenge, answer, challenge, proof);
/** Any other handshake. */
/* @__NO_SIDE_EFFECTS__ */
export function handshake(method, when, answer, challenge = '', proof = 'delivery') {
    return {
        method,
        when: [when].flat().map(markOf),
        proof,
        answer,
        ...(challenge && { challenge: placeOf(challenge) }),
    };
}
