/**
 * Verifies that a request was signed with one of a connection's secrets. `signed-message.ts` reads signatures and the
 * signed message from the request; this file verifies them.
 *
 * Never throws because of a request: a request that can't be parsed is rejected.
 */
import { readJwt } from "./jwt.js";
import { hasValidSignature, importKey } from "./key.js";
import { readBySender } from "./sender-scheme.js";
import { readByTemplate } from "./signed-message.js";
/** Parses a request's signature by its scheme, or says why it is rejected. */
function parseSignature(scheme, request) {
    if (scheme.kind === 'jwt')
        return readJwt(scheme, request);
    return 'message' in scheme ? readByTemplate(scheme, request) : readBySender(scheme, request);
}
function isProved({ method, checks }, key) {
    const secret = Buffer.isBuffer(key) ? key : Buffer.alloc(0);
    const proofs = checks.map(({ signatures, messages }) => messages(secret)
        .map((message) => hasValidSignature(method, key, message, signatures))
        .includes(true));
    return !proofs.includes(false);
}
/**
 * Verifies a request's signature. Tries every secret with every signature, each in constant time, so that the response
 * time does not reveal whether a signature was nearly right.
 * @param secrets the live secrets; a secret that is not in the scheme's form is ignored
 */
export function verifyWithSecrets(scheme, secrets, request) {
    if (secrets.every((secret) => secret === ''))
        return { verified: false, reason: 'secret_missing' };
    const reading = parseSignature(scheme, request);
    if (typeof reading === 'string')
        return { verified: false, reason: reading };
    const keys = secrets.map((secret) => importKey(reading.method, secret));
    if (keys.every((key) => key === undefined))
        return { verified: false, reason: 'secret_malformed' };
    const secretIndex = keys.map((key) => key !== undefined && isProved(reading, key)).indexOf(true);
    if (secretIndex < 0)
        return { verified: false, reason: 'signature_mismatch' };
    return reading.rejection ? { verified: false, reason: reading.rejection } : { verified: true, secretIndex };
}
