/**
 * Decodes keys and signatures, and checks a signature with a key. Decoding is strict: `Buffer.from` silently skips
 * invalid characters, so a text counts only if its bytes encode back to it.
 */
import { type KeyObject } from 'node:crypto';
import type { PublicKeyForm, SecretForm, TemplateScheme } from './scheme.ts';
export type SignatureEncoding = TemplateScheme['encoding'];
/** The algorithm, key form and encoding of a signature. Only SNS still uses RSA with SHA-1. */
export type SignatureMethod = {
    kind: 'hmac' | 'digest';
    algorithm: 'sha1' | 'sha256' | 'sha512';
    key: SecretForm;
    encoding: SignatureEncoding;
} | {
    kind: 'publicKey';
    algorithm: 'ed25519' | 'ecdsa-p256' | 'rsa-sha256' | 'rsa-sha1';
    key: PublicKeyForm;
    encoding: SignatureEncoding;
};
/** Decodes a text. Returns undefined if the bytes don't encode back to exactly this text. Hex may be in upper case. */
export declare function decodeExactly(text: string, encoding: SignatureEncoding | 'utf8'): Buffer | undefined;
/**
 * The bytes of a shared secret. Undefined if it is empty or not in this form. An HMAC pads its key with zeros, so a key
 * of only zeros counts as empty.
 */
export declare function secretBytes(key: SecretForm, secret: string): Buffer | undefined;
/** The shortest RSA key, in bits. */
export declare const minRsaBits = 2048;
/** Converts a secret to a key for this method. Undefined if the secret can't be a key for this method. */
export declare function importKey(method: SignatureMethod, secret: string): Buffer | KeyObject | undefined;
/** The bytes of a signature. Undefined if encoding or length don't fit this method. */
export declare function signatureBytes(method: SignatureMethod, text: string): Buffer | undefined;
/** Signs a message with a shared secret. Uses a KeyObject, because Node takes four times as long with a Buffer. */
export declare const symmetricSignature: (method: SignatureMethod, key: Buffer, message: Buffer) => Buffer;
/** Whether any of the signatures is valid for the message. Compares all of them, each in constant time. */
export declare function hasValidSignature(method: SignatureMethod, key: Buffer | KeyObject, message: Buffer, signatures: readonly Buffer[]): boolean;
