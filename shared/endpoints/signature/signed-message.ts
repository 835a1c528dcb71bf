/** Reads signatures, the time of signing and the signed message from a request. */
import { crc32 } from 'node:zlib';
import { documentOf, type FieldReader, fieldReader, formFieldsOf, isFormType } from '../../ground/base/json-pointer.ts';
import { type SignatureMethod, signatureBytes } from './key.ts';
import { boundariesOf, isUnambiguous } from './message-boundary.ts';
import type { MessagePart, TemplateScheme, Timestamp, ValueSource } from './scheme.ts';
import { timeRejection } from './timestamp.ts';

/** A received request. Header names are in lower case. `url` is the URL as the sender has it, with its query. */
export interface Signable {
  method: string;
  url: string;
  headers: Record<string, string | undefined>;
  body: Buffer;
  now: Date;
}

/** The reason why a signature is rejected. */
export type SignatureRejection =
  | 'secret_missing'
  | 'secret_malformed'
  | 'signature_missing'
  | 'signature_malformed'
  | 'signature_unsupported'
  | 'signature_mismatch'
  | 'timestamp_missing'
  | 'timestamp_malformed'
  | 'timestamp_too_old'
  | 'timestamp_in_future'
  | 'message_incomplete'
  | 'message_ambiguous'
  | 'claim_mismatch'
  | 'topic_not_allowed'
  | 'certificate_refused'
  | 'certificate_unavailable';

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

/** The most signatures that are checked. Each signature costs a computation, and no sender has that many keys. */
const maxSignatures = 100;

/** A header's value. Undefined if the header is absent or empty. */
export const headerOf = (request: Signable, name: string): string | undefined =>
  Object.hasOwn(request.headers, name) ? request.headers[name] || undefined : undefined;

/** The body's content type. Default: JSON. */
export const contentTypeOf = (request: Signable): string => headerOf(request, 'content-type') ?? 'application/json';

/** The body, parsed by its content type. */
export const bodyDocumentOf = (request: Signable): unknown => documentOf(request.body, contentTypeOf(request));

/** Parses a body once, even if a scheme reads several of its fields. */
const readers = new WeakMap<Signable, FieldReader>();

/** The value at a pointer in the body. `duplicateKey` if a key on the way occurs twice. */
export function bodyField(request: Signable, pointer: string): unknown {
  const read = readers.get(request) ?? fieldReader(request.body, contentTypeOf(request));
  readers.set(request, read);
  return read(pointer);
}

/** A field as the sender signed it. Undefined for fractions, because they can be written in several ways. */
export function signedTextOf(value: unknown): string | undefined {
  // A malformed string has no UTF-8 form. Two such strings would have the same signature.
  if (typeof value === 'string') return value.isWellFormed() ? value || undefined : undefined;
  return Number.isSafeInteger(value) || typeof value === 'boolean' ? String(value) : undefined;
}

function numberedHeaders(request: Signable, name: string): string[] {
  const values: string[] = [];
  for (let value = headerOf(request, `${name}1`); value !== undefined; ) {
    values.push(value);
    value = headerOf(request, `${name}${values.length + 1}`);
  }
  return values;
}

function rawValuesAt(source: ValueSource, request: Signable): string[] {
  if (source.in === 'numberedHeaders') return numberedHeaders(request, source.name);
  if (source.in === 'header') return [headerOf(request, source.name) ?? []].flat();
  if (source.path === undefined) return request.body.length > 0 ? [request.body.toString('utf8')] : [];
  return [signedTextOf(bodyField(request, source.path)) ?? []].flat();
}

function listElements(source: ValueSource, written: string): string[] {
  const { separator, prefix = '' } = source;
  const elements = separator === undefined ? [written] : written.split(separator).map((element) => element.trim());
  return elements.flatMap((element) => {
    if (element.startsWith(prefix)) return [element.slice(prefix.length)];
    return source.bare ? [element] : [];
  });
}

/** All values at a source. */
export const valuesAt = (source: ValueSource, request: Signable): string[] =>
  rawValuesAt(source, request).flatMap((written) => listElements(source, written));

/** Decodes signatures. Skips malformed ones, because the others may be from other keys. */
export function signaturesIn(method: SignatureMethod, texts: readonly string[]): Buffer[] | SignatureRejection {
  if (texts.length > maxSignatures) return 'signature_malformed';
  const signatures = texts.flatMap((text) => signatureBytes(method, text) ?? []);
  return signatures.length > 0 ? signatures : 'signature_malformed';
}

/** Whether a request's content type says that the body is form-encoded. */
export const isFormRequest = (request: Signable): boolean => isFormType(contentTypeOf(request));

/**
 * The fields of a form body, joined as the part `sortedForm` says. Undefined if the body is no form, or if the form has
 * another field than `only`.
 */
export function sortedForm(request: Signable, only?: string): Buffer | undefined {
  const pairs = isFormRequest(request) ? formFieldsOf(request.body) : undefined;
  if (pairs === undefined) return undefined;
  if (only !== undefined && (pairs.size !== 1 || !pairs.has(only))) return undefined;
  pairs.sort();
  const fields = new Map<string, Set<string>>();
  for (const [name, value] of pairs) fields.set(name, (fields.get(name) ?? new Set()).add(value));
  const written = [...fields].flatMap(([name, values]) => [...values].sort().map((one) => name + one));
  return Buffer.from(written.join(''));
}

/** Decodes the escapes that HubSpot decodes in a URL before signing it. */
const decodedUrl = (url: string): string =>
  url.replace(/%(3a|2f|3f|40|21|24|27|28|29|2a|2c|3b)/gi, (escaped) => decodeURIComponent(escaped));

/** The accepted methods. No method begins or ends with another one, so a message shows where its method ends. */
const methods = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;

/** The bytes of one part. `secret` stands for the secret's bytes. Undefined if the request lacks the part. */
function partBytes(part: MessagePart, timestamp: string | undefined, request: Signable): Buffer | 'secret' | undefined {
  switch (part.part) {
    case 'body':
      return request.body;
    case 'bodyCrc32':
      return Buffer.from(String(crc32(request.body)));
    case 'sortedForm':
      return sortedForm(request, part.only);
    case 'timestamp':
      return timestamp === undefined ? undefined : Buffer.from(timestamp);
    case 'value': {
      const [value, ...more] = valuesAt(part.source, request);
      return value?.isWellFormed() && more.length === 0 ? Buffer.from(value) : undefined;
    }
    case 'url':
      return Buffer.from(part.decoded ? decodedUrl(request.url) : request.url);
    case 'method':
      return methods.test(request.method) ? Buffer.from(request.method) : undefined;
    case 'secret':
      return 'secret';
    case 'literal':
      return Buffer.from(part.text);
  }
}

/** Messages that do not depend on the secret, each joined from its parts. */
export const fixedMessages = (...texts: readonly (string | Buffer)[][]): SignatureCheck['messages'] => {
  const messages = texts.map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part))));
  return () => messages;
};

/**
 * The message that a request's signature must cover, as a function of the secret. Or the reason why no such message
 * exists.
 */
export function messageOf(scheme: TemplateScheme, request: Signable): SignatureCheck['messages'] | SignatureRejection {
  const [timestamp] = scheme.timestamp ? valuesAt(scheme.timestamp.source, request) : [];
  const parts = scheme.message.flatMap((part) => partBytes(part, timestamp, request) ?? []);
  if (parts.length !== scheme.message.length) return 'message_incomplete';
  if (!isUnambiguous(boundariesOf(scheme), parts)) return 'message_ambiguous';
  return (secret) => [Buffer.concat(parts.map((part) => (part === 'secret' ? secret : part)))];
}

function templateTimeRejection(
  { source, unit, tolerance }: Timestamp,
  request: Signable,
): SignatureRejection | undefined {
  const [text, ...more] = valuesAt(source, request);
  if (!text) return 'timestamp_missing';
  return more.length > 0 ? 'timestamp_malformed' : timeRejection(text, unit, tolerance, request.now);
}

/** Reads a request by a template scheme. */
export function readByTemplate(scheme: TemplateScheme, request: Signable): ParsedSignature | SignatureRejection {
  const isSupported = scheme.requires?.every((one) => headerOf(request, one.header) === one.equals) ?? true;
  if (scheme.signatures.every((source) => rawValuesAt(source, request).length === 0)) return 'signature_missing';
  if (!isSupported) return 'signature_unsupported';
  const signatures = signaturesIn(
    scheme,
    scheme.signatures.flatMap((source) => valuesAt(source, request)),
  );
  if (typeof signatures === 'string') return signatures;
  const refused = scheme.timestamp && templateTimeRejection(scheme.timestamp, request);
  if (refused) return refused;
  const messages = messageOf(scheme, request);
  return typeof messages === 'string' ? messages : { method: scheme, checks: [{ signatures, messages }] };
}
