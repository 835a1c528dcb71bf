/**
 * A header's value without the prefix. With a separator, the value is a list, and each element with the prefix counts.
 */
/* @__NO_SIDE_EFFECTS__ */
export const header = (name, prefix, separator) => ({
    in: 'header',
    name,
    ...(prefix && { prefix }),
    ...(separator && { separator }),
});
/** The place that a text names. */
/* @__NO_SIDE_EFFECTS__ */
export const sourceOf = (at) => {
    if (typeof at !== 'string')
        return at;
    return at.startsWith('/') ? { in: 'body', path: at } : header(...at.split(': '));
};
export const body = { part: 'body' };
export const timestamp = { part: 'timestamp' };
export const url = { part: 'url' };
/* @__NO_SIDE_EFFECTS__ */
export const literal = (text) => ({ part: 'literal', text });
/* @__NO_SIDE_EFFECTS__ */
export const value = (at) => ({ part: 'value', source: sourceOf(at) });
/** HMAC-SHA256 of the body, written in hex. The secret's text is the key. `more` replaces any of these defaults. */
/* @__NO_SIDE_EFFECTS__ */
export const hmac = (signatures, more = {}) => ({
    kind: 'hmac',
    algorithm: 'sha256',
    key: { form: 'utf8' },
    encoding: 'hex',
    message: [body],
    signatures: [signatures].flat().map(sourceOf),
    ...more,
});
/** Like `hmac`, but written in base64. */
/* @__NO_SIDE_EFFECTS__ */
export const hmac64 = (signatures, more = {}) => hmac(signatures, { encoding: 'base64', ...more });
/**
 * The time of signing. Without a tolerance, a delivery of any age is accepted, although the time is part of the
 * message.
 */
/* @__NO_SIDE_EFFECTS__ */
export const time = (at, tolerance = 0, unit = 's') => ({
    source: sourceOf(at),
    unit,
    ...(tolerance && { tolerance }),
});
/** Stripe's form: one header `t=…,v1=…`. The signature covers the time, a dot and the body. */
/* @__NO_SIDE_EFFECTS__ */
export const stripeLike = (name, { tolerance = 300, unit, prefix = 'v1=', ...more } = {}) => hmac(header(name, prefix, ','), {
    timestamp: time(header(name, 't=', ','), tolerance, unit),
    message: [timestamp, literal('.'), body],
    ...more,
});
/** Slack's form: the signature covers `v0:`, the time, a colon and the body. */
/* @__NO_SIDE_EFFECTS__ */
export const slackLike = (signature, at, tolerance) => hmac(signature, {
    timestamp: time(at, tolerance),
    message: [literal('v0:'), timestamp, literal(':'), body],
});
/** Standard Webhooks 1.0. The headers begin with `webhook-`. Svix uses the same form with `svix-`. */
/* @__NO_SIDE_EFFECTS__ */
export const standardWebhooks = (prefix, key = { form: 'base64', prefix: 'whsec_' }) => hmac64(header(`${prefix}-signature`, 'v1,', ' '), {
    key,
    timestamp: time(`${prefix}-timestamp`, 300),
    message: [value(`${prefix}-id`), literal('.'), timestamp, literal('.'), body],
});
/** A plain digest, in hex, of a message that contains the secret. */
/* @__NO_SIDE_EFFECTS__ */
export const digest = (algorithm, signature, more) => ({ ...hmac(signature), kind: 'digest', algorithm, ...more });
/** A signature over the time and the body. The sender's public key verifies it. */
/* @__NO_SIDE_EFFECTS__ */
export const publicKey = (algorithm, form, encoding, signature, at) => ({
    ...hmac(signature, { encoding, timestamp: at, message: [timestamp, body] }),
    kind: 'publicKey',
    algorithm,
    key: { form },
});
