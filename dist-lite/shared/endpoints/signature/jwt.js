/** A JWT (RFC 7519) as a request's signature. The scheme sets the algorithm; the token can't choose it. */
import { fieldReader } from "../../ground/base/json-pointer.js";
import { decodeExactly } from "./key.js";
import { signaturesIn, valuesAt, } from "./signed-message.js";
export const jwtMethod = (scheme) => scheme.algorithm === 'HS256'
    ? { kind: 'hmac', algorithm: 'sha256', key: scheme.key, encoding: 'base64url' }
    : { kind: 'publicKey', algorithm: 'rsa-sha256', key: scheme.key, encoding: 'base64url' };
const segmentReader = (segment) => fieldReader(decodeExactly(segment, 'base64url') ?? Buffer.alloc(0), 'application/json');
/** Whether the token has the audience and the issuer that the scheme demands. */
function isForAudience(read, { aud, iss }) {
    const audiences = [read('/aud')].flat();
    return (aud === undefined || audiences.includes(aud)) && (iss === undefined || read('/iss') === iss);
}
function jwtTimeRejection(read, tolerance, now) {
    const seconds = now.getTime() / 1000;
    const [expires, from, issued] = [read('/exp'), read('/nbf'), read('/iat')];
    if (expires === undefined)
        return 'timestamp_missing';
    if ([expires, from, issued].some((time) => time !== undefined && typeof time !== 'number'))
        return 'timestamp_malformed';
    if (seconds > Number(expires) + tolerance)
        return 'timestamp_too_old';
    return [from, issued].some((time) => Number(time ?? 0) > seconds + tolerance) ? 'timestamp_in_future' : undefined;
}
/**
 * Reads the token of a request. Rejects a token with `crit`: this header demands extensions, and no extension is
 * supported here.
 */
export function readJwt(scheme, request) {
    const [token, ...more] = valuesAt(scheme.token, request);
    if (!token)
        return 'signature_missing';
    const segments = token.split('.');
    if (more.length > 0 || segments.length !== 3)
        return 'signature_malformed';
    const [header, claims, signature] = segments;
    const method = jwtMethod(scheme);
    const signatures = signaturesIn(method, [signature]);
    if (typeof signatures === 'string')
        return signatures;
    const head = segmentReader(header);
    if (head('/alg') !== scheme.algorithm || head('/crit') !== undefined)
        return 'signature_unsupported';
    const message = Buffer.from(`${header}.${claims}`);
    const read = segmentReader(claims);
    const refused = isForAudience(read, scheme)
        ? jwtTimeRejection(read, scheme.tolerance, request.now)
        : 'claim_mismatch';
    return refused ?? { method, checks: [{ signatures, messages: () => [message] }] };
}
