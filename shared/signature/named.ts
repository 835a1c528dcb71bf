/** The senders whose signed message no template says: it depends on the request, or one body holds several of them. */
import { hash } from 'node:crypto';
import {
  atPointer,
  duplicateKey,
  type FieldReader,
  fieldText,
  jsonOf,
  jsonReader,
  pairsOf,
} from '../base/json-pointer.ts';
import { itemTexts, onlyMembers } from '../base/json-text.ts';
import { paypalGuard } from './certificate-scheme.ts';
import type { SignatureMethod } from './key.ts';
import {
  contentTypeOf,
  headerOf,
  type ParsedSignature,
  readByTemplate,
  type Signable,
  type SignatureCheck,
  type SignatureRejection,
  signaturesIn,
  signedTextOf,
  sortedForm,
  timeRejection,
} from './message.ts';
import type { NamedScheme, TemplateScheme, ValueSource } from './scheme.ts';

const hmacMethod = (
  algorithm: 'sha1' | 'sha256',
  form: 'utf8' | 'hex',
  encoding: SignatureMethod['encoding'],
): SignatureMethod => ({
  kind: 'hmac',
  algorithm,
  key: { form },
  encoding,
});
export const twilioMethod = hmacMethod('sha1', 'utf8', 'base64');
export const adyenMethod = hmacMethod('sha256', 'hex', 'base64');
export const contentfulMethod = hmacMethod('sha256', 'utf8', 'hex');

const fixedMessages = (...texts: readonly (string | Buffer)[][]): SignatureCheck['messages'] => {
  const messages = texts.map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part))));
  return () => messages;
};

/** A URL as it is, without its port, and with its scheme's own; Twilio signs any of them. Its case stays. */
function urlsOf(url: string): string[] {
  const [, start = '', host = '', port = '', rest = ''] = /^(https?:\/\/)([^/?#]*?)(:\d+)?([/?#].*)?$/s.exec(url) ?? [];
  if (start === '') return [url];
  const own = start === 'https://' ? ':443' : ':80';
  return [url, `${start}${host}${rest}`, `${start}${host}${port || own}${rest}`];
}

/** What Twilio signs; undefined for a body that neither the form nor a hash in the URL covers. */
export function twilioMessages(request: Signable): SignatureCheck['messages'] | undefined {
  const query = request.url.split('#')[0]?.split('?').slice(1).join('?') ?? '';
  const hashes = pairsOf(query).getAll('bodySHA256');
  const isHashed = hashes.length > 0;
  if (isHashed && hashes.some((one) => one.toLowerCase() !== hash('sha256', request.body))) return undefined;
  const form = isHashed || request.body.length === 0 ? Buffer.alloc(0) : sortedForm(request);
  return form && fixedMessages(...urlsOf(request.url).map((url) => [url, form]));
}

function readTwilio(request: Signable): ParsedSignature | SignatureRejection {
  const written = headerOf(request, 'x-twilio-signature');
  if (written === undefined) return 'signature_missing';
  const signatures = signaturesIn(twilioMethod, [written]);
  if (typeof signatures === 'string') return signatures;
  const messages = twilioMessages(request);
  return messages ? { method: twilioMethod, checks: [{ signatures, messages }] } : 'message_incomplete';
}

const adyenFields = [
  '/pspReference',
  '/originalReference',
  '/merchantAccountCode',
  '/merchantReference',
  '/amount/value',
  '/amount/currency',
  '/eventCode',
  '/success',
];

/** A field as Adyen signs it, where one that is absent is empty; undefined for what Adyen does not write there. */
function adyenText(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? '' : signedTextOf(value);
}

/**
 * What Adyen signs of one item of its body, or why there is no such message. The merchant makes up its own reference;
 * a colon in any other field could be the one that separates two.
 */
export function adyenMessage(read: FieldReader): SignatureCheck['messages'] | SignatureRejection {
  const texts = adyenFields.map((field) => adyenText(read(field)));
  if (texts.includes(undefined)) return 'message_incomplete';
  const isClear = texts.every((text, at) => adyenFields[at] === '/merchantReference' || !text?.includes(':'));
  return isClear ? fixedMessages([texts.join(':')]) : 'message_ambiguous';
}

/** What reads the fields of each item of an Adyen body. */
export function adyenItems(request: Signable): FieldReader[] {
  const json = jsonOf(request.body, contentTypeOf(request));
  const list = json === undefined ? undefined : fieldText(json, '/notificationItems');
  const items = typeof list === 'string' ? (itemTexts(list, []) ?? []) : [];
  return items.map((item) => jsonReader(fieldText(item, '/NotificationRequestItem') ?? 'null'));
}

/** Adyen sends one item, or few; each one costs a computation. */
const maxAdyenItems = 100;

function readAdyen(request: Signable): ParsedSignature | SignatureRejection {
  const items = adyenItems(request);
  if (items.length > maxAdyenItems) return 'signature_malformed';
  const claims: SignatureCheck[] = [];
  for (const read of items) {
    const written = signedTextOf(read('/additionalData/hmacSignature'));
    if (written === undefined) return 'signature_missing';
    const signatures = signaturesIn(adyenMethod, [written]);
    if (typeof signatures === 'string') return signatures;
    const messages = adyenMessage(read);
    if (typeof messages === 'string') return messages;
    claims.push({ signatures, messages });
  }
  return claims.length > 0 ? { method: adyenMethod, checks: claims } : 'signature_missing';
}

/**
 * The path and query as Contentful's own library writes them, with the query escaped twice. The library leaves out what
 * stands behind a second question mark, so that it would not be signed: a URL with one has no path.
 */
function contentfulPath(url: string): string | undefined {
  const [path = '', query, ...more] = url.replace(/^https?:\/\/[^/?#]*/, '').split('?');
  if (more.length > 0) return undefined;
  try {
    return encodeURI(query ? `${path}?${encodeURIComponent(query)}` : path);
  } catch {
    // A lone surrogate has no UTF-8.
    return undefined;
  }
}

/** What a header must not have in it: the beginning of the next one, or of the body. */
const nextHeader = /;[!#$%&'*+.^_`|~\w-]+:|[\r\n]/;

/** What Contentful signs, or why there is no such message: the time must be among the headers that are signed. */
export function contentfulMessages(request: Signable): SignatureCheck['messages'] | SignatureRejection {
  const names = headerOf(request, 'x-contentful-signed-headers')?.split(',') ?? [];
  const headers = [...new Set(names)]
    .sort()
    .map((name) => [name, headerOf(request, name)?.replace(/^[ \t]+|[ \t]+$/g, '')] as const);
  const path = contentfulPath(request.url);
  const covers = ['x-contentful-timestamp', 'x-contentful-signed-headers'].every((name) => names.includes(name));
  if (!covers || path === undefined || headers.some(([, value]) => value === undefined)) return 'message_incomplete';
  if (headers.some(([, value]) => value && nextHeader.test(value))) return 'message_ambiguous';
  const written = headers.map(([name, value]) => `${name}:${value}`).join(';');
  return fixedMessages([`${request.method}\n${path}\n${written}\n`, request.body]);
}

function readContentful(tolerance: number, request: Signable): ParsedSignature | SignatureRejection {
  const written = headerOf(request, 'x-contentful-signature');
  if (written === undefined) return 'signature_missing';
  const signatures = signaturesIn(contentfulMethod, [written]);
  if (typeof signatures === 'string') return signatures;
  const timestamp = headerOf(request, 'x-contentful-timestamp');
  if (timestamp === undefined) return 'timestamp_missing';
  const refused = timeRejection(timestamp, 'ms', tolerance, request.now);
  if (refused) return refused;
  const messages = contentfulMessages(request);
  return typeof messages === 'string' ? messages : { method: contentfulMethod, checks: [{ signatures, messages }] };
}

const notificationFields = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const confirmationFields = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** What SNS signs: each field as a line with its name and one with its value. */
function snsMessage(document: unknown): SignatureCheck['messages'] | undefined {
  const isNotification = atPointer(document, '/Type') === 'Notification';
  const lines: string[] = [];
  for (const name of isNotification ? notificationFields : confirmationFields) {
    const value = atPointer(document, `/${name}`);
    if (name === 'Subject' && (value === undefined || value === null)) continue;
    // A line break elsewhere could make one field look like two.
    if (typeof value !== 'string' || !value.isWellFormed() || (name !== 'Message' && value.includes('\n')))
      return undefined;
    lines.push(`${name}\n${value}\n`);
  }
  return fixedMessages(lines);
}

const snsFields = new Set([
  ...notificationFields,
  ...confirmationFields,
  'SignatureVersion',
  'Signature',
  'SigningCertURL',
]);

/** What of an SNS message counts for its signature; SNS says text/plain, and sends JSON. What stands twice is `twice`. */
export function snsDocument(body: Buffer): Record<string, unknown> {
  const json = jsonOf(body, 'application/json');
  const members = json === undefined ? [] : [...onlyMembers(json, snsFields)];
  return Object.fromEntries(members.map(([name, text]) => [name, text === null ? duplicateKey : JSON.parse(text)]));
}

function readSns(topicArns: readonly string[], request: Signable): ParsedSignature | SignatureRejection {
  const document = snsDocument(request.body);
  const version = atPointer(document, '/SignatureVersion');
  const written = signedTextOf(atPointer(document, '/Signature'));
  if (written === undefined) return 'signature_missing';
  if (version !== '1' && version !== '2') return 'signature_unsupported';
  const algorithm = version === '1' ? 'rsa-sha1' : 'rsa-sha256';
  const method: SignatureMethod = { kind: 'publicKey', algorithm, key: { form: 'pem' }, encoding: 'base64' };
  const signatures = signaturesIn(method, [written]);
  if (typeof signatures === 'string') return signatures;
  const messages = snsMessage(document);
  if (messages === undefined) return 'message_incomplete';
  const isAllowed = topicArns.some((topicArn) => topicArn === atPointer(document, '/TopicArn'));
  return { method, checks: [{ signatures, messages }], ...(isAllowed ? {} : { rejection: 'topic_not_allowed' }) };
}

const paypalHeader = (name: string): ValueSource => ({ in: 'header', name: `paypal-${name}` });

/** PayPal's scheme as data. PayPal does not say whether a retry has a new time, so the tolerance covers all its retries. */
const paypalTemplate = (webhookId: string, tolerance: number): TemplateScheme => ({
  kind: 'publicKey',
  algorithm: 'rsa-sha256',
  key: { form: 'pem' },
  encoding: 'base64',
  requires: [{ header: 'paypal-auth-algo', equals: 'SHA256withRSA' }],
  signatures: [paypalHeader('transmission-sig')],
  timestamp: { source: paypalHeader('transmission-time'), unit: 'rfc3339', tolerance },
  message: [
    { part: 'value', source: paypalHeader('transmission-id') },
    { part: 'literal', text: '|' },
    { part: 'timestamp' },
    { part: 'literal', text: `|${webhookId}|` },
    { part: 'bodyCrc32' },
  ],
});

/** Seconds by which PayPal's clock may be ahead of ours. */
const maxClockLeadSeconds = 300;

function readPaypal(scheme: NamedScheme & { kind: 'paypal' }, request: Signable): ParsedSignature | SignatureRejection {
  const { days } = paypalGuard(scheme);
  const reading = readByTemplate(paypalTemplate(scheme.webhookId, days * 86_400), request);
  if (typeof reading === 'string') return reading;
  const time = headerOf(request, 'paypal-transmission-time') ?? '';
  // The tolerance is for the past alone: a time of tomorrow would be accepted for longer than its id is remembered.
  const refused = timeRejection(time, 'rfc3339', maxClockLeadSeconds, request.now);
  return refused === 'timestamp_in_future' ? refused : reading;
}

/** Reads a request of a sender that has a reader of its own. */
export function readNamed(scheme: NamedScheme, request: Signable): ParsedSignature | SignatureRejection {
  switch (scheme.kind) {
    case 'twilio':
      return readTwilio(request);
    case 'adyen':
      return readAdyen(request);
    case 'contentful':
      return readContentful(scheme.tolerance, request);
    case 'sns':
      return readSns(scheme.topicArns, request);
    case 'paypal':
      return readPaypal(scheme, request);
  }
}
