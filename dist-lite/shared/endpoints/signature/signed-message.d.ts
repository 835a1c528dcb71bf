import { type SignatureMethod } from './key.ts';
import type { TemplateScheme, ValueSource } from './scheme.ts';
/** A received request. Header names are in lower case. `url` is the URL as the sender has it, with its query. */
export interface Signable {
    method: string;
    url: string;
    headers: Record<string, string | undefined>;
    body: Buffer;
    now: Date;
}
/** The reason why a signature is rejected. */
export type SignatureRejection = 'secret_missing' | 'secret_malformed' | 'signature_missing' | 'signature_malformed' | 'signature_unsupported' | 'signature_mismatch' | 'timestamp_missing' | 'timestamp_malformed' | 'timestamp_too_old' | 'timestamp_in_future' | 'message_incomplete' | 'message_ambiguous' | 'claim_mismatch' | 'topic_not_allowed' | 'certificate_refused' | 'certificate_unavailable';
/** Passes if any of the signatures is valid for any of the messages. */
export interface SignatureCheck {
    signatures: Buffer[];
    messages: (secret: Buffer) => Buffer[];
}
/** A request's signatures, ready to verify. The request is valid only if every check passes. */
export interface ParsedSignature {
    method: SignatureMethod;
    checks: readonly [SignatureCheck, ...SignatureCheck[]];
    /** Rejects the request even if every check passes. */
    rejection?: SignatureRejection;
}
/** A header's value. Undefined if the header is absent or empty. */
export declare const headerOf: (request: Signable, name: string) => string | undefined;
/** The body's content type. Default: JSON. */
export declare const contentTypeOf: (request: Signable) => string;
/** The body, parsed by its content type. */
export declare const bodyDocumentOf: (request: Signable) => unknown;
/** The value at a pointer in the body. `duplicateKey` if a key on the way occurs twice. */
export declare function bodyField(request: Signable, pointer: string): unknown;
/** A field as the sender signed it. Undefined for fractions, because they can be written in several ways. */
export declare function signedTextOf(value: unknown): string | undefined;
/** All values at a source. */
export declare const valuesAt: (source: ValueSource, request: Signable) => string[];
/** Decodes signatures. Skips malformed ones, because the others may be from other keys. */
export declare function signaturesIn(method: SignatureMethod, texts: readonly string[]): Buffer[] | SignatureRejection;
/** Whether a request's content type says that the body is form-encoded. */
export declare const isFormRequest: (request: Signable) => boolean;
/**
 * The fields of a form body, joined as the part `sortedForm` says. Undefined if the body is no form, or if the form has
 * another field than `only`.
 */
export declare function sortedForm(request: Signable, only?: string): Buffer | undefined;
/** Messages that do not depend on the secret, each joined from its parts. */
export declare const fixedMessages: (...texts: readonly (string | Buffer)[][]) => SignatureCheck["messages"];
/**
 * The message that a request's signature must cover, as a function of the secret. Or the reason why no such message
 * exists.
 */
export declare function messageOf(scheme: TemplateScheme, request: Signable): SignatureCheck['messages'] | SignatureRejection;
/** Reads a request by a template scheme. */
export declare function readByTemplate(scheme: TemplateScheme, request: Signable): ParsedSignature | SignatureRejection;
