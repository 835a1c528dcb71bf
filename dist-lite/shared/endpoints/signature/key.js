/**
 * Decodes keys and signatures, and checks a signature with a key. Decoding is strict: `Buffer.from` silently skips
 * invalid characters, so a text counts only if its bytes encode back to it.
 */
import { createHmac, createPublicKey, createSecretKey, hash, timingSafeEqual, verify, } from 'node:crypto';
/** Decodes a text. Returns undefined if the bytes don't encode back to exactly this text. Hex may be in upper case. */
export function decodeExactly(text, encoding) {
    const bytes = Buffer.from(text, encoding);
    const isExact = bytes.toString(encoding) === (encoding === 'hex' ? text.toLowerCase() : text);
    return isExact && bytes.length > 0 ? bytes : undefined;
}
const withoutPrefix = (text, prefix) => prefix && text.startsWith(prefix) ? text.slice(prefix.length) : text;
/**
 * The bytes of a shared secret. Undefined if it is empty or not in this form. An HMAC pads its key with zeros, so a key
 * of only zeros counts as empty.
 */
export function secretBytes(key, secret) {
    const text = withoutPrefix(secret, key.prefix);
    const bytes = decodeExactly(text, key.form);
    return bytes?.some((byte) => byte !== 0) ? bytes : undefined;
}
/** The SPKI prefix before the 32 bytes of an Ed25519 key (RFC 8410, 4). */
const ed25519Spki = Buffer.from('302a300506032b6570032100', 'hex');
function publicKeyOf(form, text) {
    if (form === 'pem')
        return createPublicKey(text);
    const bytes = decodeExactly(text, form === 'rawHex' ? 'hex' : 'base64');
    if (bytes === undefined)
        return undefined;
    const der = form === 'spki' ? bytes : Buffer.concat([ed25519Spki, bytes]);
    return createPublicKey({ key: der, format: 'der', type: 'spki' });
}
/** The shortest RSA key, in bits. */
export const minRsaBits = 2048;
/**
 * Whether a key has the algorithm's type and is strong enough. With a key of another type, verification would fail or
 * use another algorithm.
 */
function isKeyFor(algorithm, key) {
    const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
    if (algorithm === 'ed25519')
        return key.asymmetricKeyType === 'ed25519';
    if (algorithm === 'ecdsa-p256')
        return namedCurve === 'prime256v1';
    return key.asymmetricKeyType === 'rsa' && modulusLength >= minRsaBits;
}
/** Converts a secret to a key for this method. Undefined if the secret can't be a key for this method. */
export function importKey(method, secret) {
    if (method.kind !== 'publicKey')
        return secretBytes(method.key, secret);
    try {
        const key = publicKeyOf(method.key.form, withoutPrefix(secret, method.key.prefix));
        return key && isKeyFor(method.algorithm, key) ? key : undefined;
    }
    catch {
        // OpenSSL gives no further details.
        return undefined;
    }
}
/** Signature lengths in bytes. */
const signatureLengths = {
    sha1: 20,
    sha256: 32,
    sha512: 64,
    ed25519: 64,
};
/** The bytes of a signature. Undefined if encoding or length don't fit this method. */
export function signatureBytes(method, text) {
    const bytes = decodeExactly(text, method.encoding);
    return bytes === undefined || bytes.length === (signatureLengths[method.algorithm] ?? bytes.length)
        ? bytes
        : undefined;
}
/** Signs a message with a shared secret. Uses a KeyObject, because Node takes four times as long with a Buffer. */
export const symmetricSignature = (method, key, message) => method.kind === 'hmac'
    ? createHmac(method.algorithm, createSecretKey(key)).update(message).digest()
    : hash(method.algorithm, message, 'buffer');
/** The digest that a signature with a private key signs. Ed25519 signs the message itself. */
function digestOf({ algorithm }) {
    if (algorithm === 'ed25519')
        return null;
    return algorithm === 'rsa-sha1' ? 'sha1' : 'sha256';
}
/** Whether any of the signatures is valid for the message. Compares all of them, each in constant time. */
export function hasValidSignature(method, key, message, signatures) {
    if (!Buffer.isBuffer(key))
        return signatures.map((one) => verify(digestOf(method), message, key, one)).includes(true);
    const expected = symmetricSignature(method, key, message);
    return signatures.map((one) => one.length === expected.length && timingSafeEqual(one, expected)).includes(true);
}
