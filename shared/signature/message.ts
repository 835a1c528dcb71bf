/** What a request says of its signature: the signatures, the time of signing, and the bytes that were signed. */
import { crc32 } from 'node:zlib';
import { documentOf, type FieldReader, fieldReader, formFieldsOf } from '../base/json-pointer.ts';
import { boundariesOf, isUnambiguous } from './boundary.ts';
import { type SignatureMethod, signatureBytes } from './key.ts';
import type { MessagePart, TemplateScheme, Timestamp, ValueSource } from './scheme.ts';

/** A request as it came. Header names are in lower case; `url` is the URL that the sender was given, with its query. */
export interface Signable {
  method: string;
  url: string;
  headers: Record<string, string | undefined>;
  body: Buffer;
  now: Date;
}

/** Why a signature is not accepted. */
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

/** Something that is proved by any of its signatures over any of its messages. */
export interface SignatureCheck {
  signatures: Buffer[];
  messages: (secret: Buffer) => Buffer[];
}

/** All that has to be judged of a request: each claim must hold. */
export interface ParsedSignature {
  method: SignatureMethod;
  checks: SignatureCheck[];
  /** Why the request is refused even if every claim holds. */
  rejection?: SignatureRejection;
}

/** More signatures than any sender has keys; each one costs a computation. */
const maxSignatures = 100;

/** A header's value; one that is there and empty is as good as none. */
export const headerOf = (request: Signable, name: string): string | undefined =>
  Object.hasOwn(request.headers, name) ? request.headers[name] || undefined : undefined;

/** The content type that a body is read by. */
export const contentTypeOf = (request: Signable): string => headerOf(request, 'content-type') ?? 'application/json';

/** The body as a document, by its content type. */
export const bodyDocumentOf = (request: Signable): unknown => documentOf(request.body, contentTypeOf(request));

/** A scheme may read several fields of one body, which is parsed once for all of them. */
const readers = new WeakMap<Signable, FieldReader>();

/** What stands at a pointer in the body, or what no field can be where a key on the way stands twice. */
export function bodyField(request: Signable, pointer: string): unknown {
  const read = readers.get(request) ?? fieldReader(request.body, contentTypeOf(request));
  readers.set(request, read);
  return read(pointer);
}

/** A field as the sender will have signed it. Other numbers than integers have no one way to be written. */
export function signedTextOf(value: unknown): string | undefined {
  // What is not well-formed has no UTF-8: two such texts would be signed alike.
  if (typeof value === 'string') return value.isWellFormed() ? value || undefined : undefined;
  return Number.isSafeInteger(value) || typeof value === 'boolean' ? String(value) : undefined;
}

function numberedHeaders(request: Signable, name: string): string[] {
  const values: string[] = [];
  for (let value = headerOf(request, `${name}1`); value !== undefined && values.length <= maxSignatures; ) {
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

/** Every value that stands at a source. */
export const valuesAt = (source: ValueSource, request: Signable): string[] =>
  rawValuesAt(source, request).flatMap((written) => listElements(source, written));

/** The signatures among these texts. One that can't be read does not spoil the others, which other keys made. */
export function signaturesIn(method: SignatureMethod, texts: readonly string[]): Buffer[] | SignatureRejection {
  if (texts.length > maxSignatures) return 'signature_malformed';
  const signatures = texts.flatMap((text) => signatureBytes(method, text) ?? []);
  return signatures.length > 0 ? signatures : 'signature_malformed';
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** The milliseconds since 1970 of a written time, or NaN. Zeros before a number would be another way to write it. */
function millisecondsOf(text: string, unit: Timestamp['unit']): number {
  if (unit === 's' || unit === 'ms')
    return /^[1-9]\d{0,14}$/.test(text) ? Number(text) * (unit === 's' ? 1000 : 1) : NaN;
  const time = Date.parse(text);
  if (unit === 'rfc3339') return rfc3339.test(text) ? time : NaN;
  return text.length === 29 && Number.isFinite(time) && new Date(time).toUTCString() === text ? time : NaN;
}

/** Why a time is not accepted, or undefined if it is; `tolerance` in seconds, none if the time is only read. */
export function timeRejection(text: string, unit: Timestamp['unit'], tolerance: number | undefined, now: Date) {
  const age = now.getTime() - millisecondsOf(text, unit);
  if (Number.isNaN(age)) return 'timestamp_malformed';
  if (tolerance !== undefined && age > tolerance * 1000) return 'timestamp_too_old';
  return tolerance !== undefined && age < -tolerance * 1000 ? 'timestamp_in_future' : undefined;
}

/** Whether a body says that it is form-encoded. */
export const isFormRequest = (request: Signable): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(headerOf(request, 'content-type') ?? '');

/** The fields of a form-encoded body as `sortedForm` says, or undefined where the body is something else or has others. */
export function sortedForm(request: Signable, only?: string): Buffer | undefined {
  const pairs = isFormRequest(request) ? formFieldsOf(request.body) : undefined;
  if (pairs === undefined) return undefined;
  if (only !== undefined && (pairs.size !== 1 || !pairs.has(only))) return undefined;
  const fields = new Map<string, Set<string>>();
  for (const [name, value] of pairs) fields.set(name, (fields.get(name) ?? new Set()).add(value));
  const written = [...fields.keys()]
    .sort()
    .flatMap((name) => [...(fields.get(name) ?? [])].sort().map((one) => name + one));
  return Buffer.from(written.join(''), 'utf8');
}

/** The escapes that HubSpot takes out of a URL before it signs it. */
const decodedUrl = (url: string): string =>
  url.replace(/%(3a|2f|3f|40|21|24|27|28|29|2a|2c|3b)/gi, (escaped) => decodeURIComponent(escaped));

/** None of them begins or ends with another one. */
const methods = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;

/** The bytes of one part; `secret` for the secret's, undefined where the request lacks it. */
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
      return value?.isWellFormed() && more.length === 0 ? Buffer.from(value, 'utf8') : undefined;
    }
    case 'url':
      return Buffer.from(part.decoded ? decodedUrl(request.url) : request.url, 'utf8');
    case 'method':
      return methods.test(request.method) ? Buffer.from(request.method) : undefined;
    case 'secret':
      return 'secret';
    case 'literal':
      return Buffer.from(part.text, 'utf8');
  }
}

/** What a request's signature must be made over, as a function of the secret; or why there is no such message. */
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

/** Reads a request by a scheme that is data alone. */
export function readByTemplate(scheme: TemplateScheme, request: Signable): ParsedSignature | SignatureRejection {
  const isSupported = (scheme.requires ?? []).every((one) => headerOf(request, one.header) === one.equals);
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
