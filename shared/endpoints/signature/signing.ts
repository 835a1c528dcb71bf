/** Signs a request as a sender would. Used by tests, and to check that a custom scheme works. */

import { boundaryOf, formPartsOf, pairsOf, pointerKeys } from '../../ground/base/json-pointer.ts';
import { parseJson } from '../../ground/base/parse-json.ts';
import { adyenItems, adyenMessage, adyenMethod } from './adyen.ts';
import { needsSecret } from './certificate-scheme.ts';
import { contentfulMessages, contentfulMethod } from './contentful.ts';
import { jwtMethod } from './jwt.ts';
import { importKey, type SignatureMethod, symmetricSignature } from './key.ts';
import type { JwtScheme, Scheme, TemplateScheme, Timestamp, ValueSource } from './scheme.ts';
import {
  bodyDocumentOf,
  contentTypeOf,
  headerOf,
  isFormRequest,
  messageOf,
  type Signable,
  type SignatureCheck,
  type SignatureRejection,
  valuesAt,
} from './signed-message.ts';
import { twilioMessages, twilioMethod } from './twilio.ts';

/** Signs the first message. Undefined if there is none, or if the key is public or malformed. */
function signatureOf(
  method: SignatureMethod,
  secret: string,
  made: SignatureCheck['messages'] | SignatureRejection | undefined,
): string | undefined {
  const key = importKey(method, secret);
  if (typeof made !== 'function' || !Buffer.isBuffer(key)) return undefined;
  const [message] = made(key);
  return message && symmetricSignature(method, key, message).toString(method.encoding);
}

const withHeader = (request: Signable, name: string, value: string): Signable => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

/** A copy of a document with a field set. Replaces values on the way that are not objects. */
function withDocumentField(document: unknown, [key, ...rest]: readonly string[], value: string): unknown {
  if (key === undefined) return value;
  const isIndex = Array.isArray(document) && /^\d{1,4}$/.test(key);
  const copy = isIndex ? [...document] : { ...(typeof document === 'object' ? document : {}) };
  const inner = Object.hasOwn(copy, key) ? Reflect.get(copy, key) : undefined;
  // Define the field instead of assigning it, because the key may be __proto__.
  return Object.defineProperty(copy, key, { value: withDocumentField(inner, rest, value), enumerable: true });
}

/** The text of a form's field with a value set inside it, so that the field contains JSON, or with the value alone. */
function fieldText(before: string | null | undefined, rest: readonly string[], value: string): string {
  const field = withDocumentField(parseJson(String(before)), rest, value);
  return typeof field === 'string' ? field : JSON.stringify(field);
}

function withFormField(form: URLSearchParams, [name, ...rest]: [string, ...string[]], value: string): URLSearchParams {
  form.set(name, fieldText(form.get(name), rest, value));
  return form;
}

/** A multipart form with a field set. A new field becomes its last part. */
function withPart(body: Buffer, boundary: string, [name, ...rest]: [string, ...string[]], value: string): Buffer {
  const latin1 = (text: string) => Buffer.from(text).toString('latin1');
  const parts = formPartsOf(body, boundary);
  const at = parts.findIndex((part, index) => index > 0 && part.name === name);
  const { head, value: before } = parts[at] ?? {
    head: `\r\nContent-Disposition: form-data; name="${latin1(name)}"\r\n\r\n`,
    value: undefined,
  };
  const text = before === undefined ? undefined : Buffer.from(before, 'latin1').toString();
  const part = { name, head, value: latin1(fieldText(text, rest, value)) };
  // The last piece is what closes the form.
  const written = at < 0 ? parts.toSpliced(-1, 0, part) : parts.with(at, part);
  const pieces = written.map((each) => each.head + each.value);
  return Buffer.from(pieces.join(`\r\n--${boundary}`).slice(2), 'latin1');
}

/** The request with a field set in its body: JSON, or a form of either kind. The rest of a path is inside the form's field. */
export function withBodyField(request: Signable, pointer: string, value: string): Signable {
  const path = pointerKeys(pointer) as [string, ...string[]];
  const boundary = boundaryOf(contentTypeOf(request));
  if (boundary !== undefined) return { ...request, body: withPart(request.body, boundary, path, value) };
  const text = isFormRequest(request)
    ? String(withFormField(pairsOf(request.body.toString()), path, value))
    : JSON.stringify(withDocumentField(bodyDocumentOf(request), path, value));
  return { ...request, body: Buffer.from(text) };
}

/** The request with a value at a source. Appends to an existing list. */
function withValueAt(request: Signable, source: ValueSource, value: string): Signable {
  const element = `${source.prefix ?? ''}${value}`;
  if (source.in === 'body')
    return source.path === undefined
      ? { ...request, body: Buffer.from(element) }
      : withBodyField(request, source.path, element);
  const name = source.in === 'header' ? source.name : `${source.name}1`;
  const list = source.separator && headerOf(request, name);
  return withHeader(request, name, list ? `${list}${source.separator}${element}` : element);
}

function timestampText(now: Date, unit: Timestamp['unit']): string {
  if (unit === 'rfc3339') return now.toISOString();
  if (unit === 'imf') return now.toUTCString();
  return String(unit === 's' ? Math.floor(now.getTime() / 1000) : now.getTime());
}

/** The request without its existing signatures and time. */
function withoutSignatures(scheme: TemplateScheme, request: Signable): Signable {
  const { signatures, timestamp } = scheme;
  const sources = timestamp ? [...signatures, timestamp.source] : signatures;
  const isOurs = (name: string) =>
    sources.some((one) => 'name' in one && (one.in === 'header' ? one.name === name : name.startsWith(one.name)));
  return { ...request, headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => !isOurs(name))) };
}

function signByTemplate(scheme: TemplateScheme, secret: string, request: Signable): Signable | undefined {
  let signed = withoutSignatures(scheme, request);
  const { timestamp, requires = [], signatures, message } = scheme;
  if (timestamp) signed = withValueAt(signed, timestamp.source, timestampText(request.now, timestamp.unit));
  for (const one of requires) signed = withHeader(signed, one.header, one.equals);
  for (const part of message)
    if (part.part === 'value' && valuesAt(part.source, signed).length === 0)
      signed = withValueAt(signed, part.source, 'sample');
  const signature = signatureOf(scheme, secret, messageOf(scheme, signed));
  const [source] = signatures;
  return signature && source ? withValueAt(signed, source, signature) : undefined;
}

function signJwt(scheme: JwtScheme, secret: string, request: Signable): Signable | undefined {
  const iat = Math.floor(request.now.getTime() / 1000);
  const segments = [
    { alg: scheme.algorithm, typ: 'JWT' },
    { iat, exp: iat + 300, ...(scheme.aud && { aud: scheme.aud }), ...(scheme.iss && { iss: scheme.iss }) },
  ];
  const text = segments.map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.');
  const signature = signatureOf(jwtMethod(scheme), secret, () => [Buffer.from(text)]);
  return signature === undefined ? undefined : withValueAt(request, scheme.token, `${text}.${signature}`);
}

function signAdyen(secret: string, request: Signable): Signable | undefined {
  let signed: Signable | undefined = request;
  for (const [index, item] of adyenItems(request).entries()) {
    const signature = signatureOf(adyenMethod, secret, adyenMessage(item));
    const path = `/notificationItems/${index}/NotificationRequestItem/additionalData/hmacSignature`;
    signed = signature === undefined ? undefined : signed && withBodyField(signed, path, signature);
  }
  return signed;
}

function signContentful(secret: string, request: Signable): Signable | undefined {
  let signed = withHeader(request, 'x-contentful-timestamp', String(request.now.getTime()));
  signed = withHeader(signed, 'x-contentful-signed-headers', 'x-contentful-signed-headers,x-contentful-timestamp');
  const signature = signatureOf(contentfulMethod, secret, contentfulMessages(signed));
  return signature === undefined ? undefined : withHeader(signed, 'x-contentful-signature', signature);
}

/**
 * Signs a request: adds the signature, the time and whatever else the scheme demands.
 * @returns undefined if it can't be signed, because the key is public or the secret is not in the scheme's form
 */
export function sign(scheme: Scheme, secret: string, request: Signable): Signable | undefined {
  if ('message' in scheme) return signByTemplate(scheme, secret, request);
  if (scheme.kind === 'jwt') return signJwt(scheme, secret, request);
  if (scheme.kind === 'adyen') return signAdyen(secret, request);
  if (scheme.kind === 'contentful') return signContentful(secret, request);
  if (!needsSecret(scheme)) return undefined;
  const signature = signatureOf(twilioMethod, secret, twilioMessages(request));
  return signature === undefined ? undefined : withHeader(request, 'x-twilio-signature', signature);
}
