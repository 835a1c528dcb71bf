/** The senders whose signed message no template says: it depends on the request, or one body holds several of them. */
import { hash } from 'node:crypto';
import { atPointer, type FieldReader, fieldText, jsonOf, jsonReader, pairsOf, twice } from '../base/json-pointer.ts';
import { itemTexts, onlyMembers } from '../base/json-text.ts';
import { paypalGuard } from './certificate-scheme.ts';
import type { Method } from './key.ts';
import {
  type Claim,
  contentTypeOf,
  headerOf,
  type Reading,
  type Reason,
  readByTemplate,
  refusedTime,
  type Signable,
  signaturesIn,
  sortedForm,
  textOf,
} from './message.ts';
import type { NamedScheme, Source, TemplateScheme } from './scheme.ts';

const hmac = (algorithm: 'sha1' | 'sha256', form: 'utf8' | 'hex', encoding: Method['encoding']): Method => ({
  kind: 'hmac',
  algorithm,
  key: { form },
  encoding,
});
export const twilioMethod = hmac('sha1', 'utf8', 'base64');
export const adyenMethod = hmac('sha256', 'hex', 'base64');
export const contentfulMethod = hmac('sha256', 'utf8', 'hex');

const over = (...texts: readonly (string | Buffer)[][]): Claim['messages'] => {
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
export function twilioMessages(request: Signable): Claim['messages'] | undefined {
  const query = request.url.split('#')[0]?.split('?').slice(1).join('?') ?? '';
  const hashes = pairsOf(query).getAll('bodySHA256');
  const isHashed = hashes.length > 0;
  if (isHashed && hashes.some((one) => one.toLowerCase() !== hash('sha256', request.body))) return undefined;
  const form = isHashed || request.body.length === 0 ? Buffer.alloc(0) : sortedForm(request);
  return form && over(...urlsOf(request.url).map((url) => [url, form]));
}

function readTwilio(request: Signable): Reading | Reason {
  const written = headerOf(request, 'x-twilio-signature');
  if (written === undefined) return 'signature_missing';
  const signatures = signaturesIn(twilioMethod, [written]);
  if (typeof signatures === 'string') return signatures;
  const messages = twilioMessages(request);
  return messages ? { method: twilioMethod, claims: [{ signatures, messages }] } : 'message_incomplete';
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
  return value === undefined || value === null || value === '' ? '' : textOf(value);
}

/**
 * What Adyen signs of one item of its body, or why there is no such message. The merchant makes up its own reference;
 * a colon in any other field could be the one that separates two.
 */
export function adyenMessage(read: FieldReader): Claim['messages'] | Reason {
  const texts = adyenFields.map((field) => adyenText(read(field)));
  if (texts.includes(undefined)) return 'message_incomplete';
  const isClear = texts.every((text, at) => adyenFields[at] === '/merchantReference' || !text?.includes(':'));
  return isClear ? over([texts.join(':')]) : 'message_ambiguous';
}

/** What reads the fields of each item of an Adyen body. */
export function adyenItems(request: Signable): FieldReader[] {
  const json = jsonOf(request.body, contentTypeOf(request));
  const list = json === undefined ? undefined : fieldText(json, '/notificationItems');
  const items = typeof list === 'string' ? (itemTexts(list, []) ?? []) : [];
  return items.map((item) => jsonReader(fieldText(item, '/NotificationRequestItem') ?? 'null'));
}

/** Adyen sends one item, or few; each one costs a computation. */
const mostItems = 100;

function readAdyen(request: Signable): Reading | Reason {
  const items = adyenItems(request);
  if (items.length > mostItems) return 'signature_malformed';
  const claims: Claim[] = [];
  for (const read of items) {
    const written = textOf(read('/additionalData/hmacSignature'));
    if (written === undefined) return 'signature_missing';
    const signatures = signaturesIn(adyenMethod, [written]);
    if (typeof signatures === 'string') return signatures;
    const messages = adyenMessage(read);
    if (typeof messages === 'string') return messages;
    claims.push({ signatures, messages });
  }
  return claims.length > 0 ? { method: adyenMethod, claims } : 'signature_missing';
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
export function contentfulMessages(request: Signable): Claim['messages'] | Reason {
  const names = headerOf(request, 'x-contentful-signed-headers')?.split(',') ?? [];
  const headers = [...new Set(names)]
    .sort()
    .map((name) => [name, headerOf(request, name)?.replace(/^[ \t]+|[ \t]+$/g, '')] as const);
  const path = contentfulPath(request.url);
  const covers = ['x-contentful-timestamp', 'x-contentful-signed-headers'].every((name) => names.includes(name));
  if (!covers || path === undefined || headers.some(([, value]) => value === undefined)) return 'message_incomplete';
  if (headers.some(([, value]) => value && nextHeader.test(value))) return 'message_ambiguous';
  const written = headers.map(([name, value]) => `${name}:${value}`).join(';');
  return over([`${request.method}\n${path}\n${written}\n`, request.body]);
}

function readContentful(tolerance: number, request: Signable): Reading | Reason {
  const written = headerOf(request, 'x-contentful-signature');
  if (written === undefined) return 'signature_missing';
  const signatures = signaturesIn(contentfulMethod, [written]);
  if (typeof signatures === 'string') return signatures;
  const timestamp = headerOf(request, 'x-contentful-timestamp');
  if (timestamp === undefined) return 'timestamp_missing';
  const refused = refusedTime(timestamp, 'ms', tolerance, request.now);
  if (refused) return refused;
  const messages = contentfulMessages(request);
  return typeof messages === 'string' ? messages : { method: contentfulMethod, claims: [{ signatures, messages }] };
}

const notification = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const confirmation = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** What SNS signs: each field as a line with its name and one with its value. */
function snsMessage(document: unknown): Claim['messages'] | undefined {
  const isNotification = atPointer(document, '/Type') === 'Notification';
  const lines: string[] = [];
  for (const name of isNotification ? notification : confirmation) {
    const value = atPointer(document, `/${name}`);
    if (name === 'Subject' && (value === undefined || value === null)) continue;
    // A line break elsewhere could make one field look like two.
    if (typeof value !== 'string' || !value.isWellFormed() || (name !== 'Message' && value.includes('\n')))
      return undefined;
    lines.push(`${name}\n${value}\n`);
  }
  return over(lines);
}

const snsNames = new Set([...notification, ...confirmation, 'SignatureVersion', 'Signature', 'SigningCertURL']);

/** What of an SNS message counts for its signature; SNS says text/plain, and sends JSON. What stands twice is `twice`. */
export function snsDocument(body: Buffer): Record<string, unknown> {
  const json = jsonOf(body, 'application/json');
  const members = json === undefined ? [] : [...onlyMembers(json, snsNames)];
  return Object.fromEntries(members.map(([name, text]) => [name, text === null ? twice : JSON.parse(text)]));
}

function readSns(topicArns: readonly string[], request: Signable): Reading | Reason {
  const document = snsDocument(request.body);
  const version = atPointer(document, '/SignatureVersion');
  const written = textOf(atPointer(document, '/Signature'));
  if (written === undefined) return 'signature_missing';
  if (version !== '1' && version !== '2') return 'signature_unsupported';
  const algorithm = version === '1' ? 'rsa-sha1' : 'rsa-sha256';
  const method: Method = { kind: 'publicKey', algorithm, key: { form: 'pem' }, encoding: 'base64' };
  const signatures = signaturesIn(method, [written]);
  if (typeof signatures === 'string') return signatures;
  const messages = snsMessage(document);
  if (messages === undefined) return 'message_incomplete';
  const isAllowed = topicArns.some((topicArn) => topicArn === atPointer(document, '/TopicArn'));
  return { method, claims: [{ signatures, messages }], ...(isAllowed ? {} : { barred: 'topic_not_allowed' }) };
}

const paypalHeader = (name: string): Source => ({ in: 'header', name: `paypal-${name}` });

/** PayPal's scheme as data. PayPal does not say whether a retry has a new time, so the tolerance covers all its retries. */
const paypal = (webhookId: string, tolerance: number): TemplateScheme => ({
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
const paypalAhead = 300;

function readPaypal(scheme: NamedScheme & { kind: 'paypal' }, request: Signable): Reading | Reason {
  const { days } = paypalGuard(scheme);
  const reading = readByTemplate(paypal(scheme.webhookId, days * 86_400), request);
  if (typeof reading === 'string') return reading;
  const time = headerOf(request, 'paypal-transmission-time') ?? '';
  // The tolerance is for the past alone: a time of tomorrow would be accepted for longer than its id is remembered.
  const refused = refusedTime(time, 'rfc3339', paypalAhead, request.now);
  return refused === 'timestamp_in_future' ? refused : reading;
}

/** Reads a request of a sender that has a reader of its own. */
export function readNamed(scheme: NamedScheme, request: Signable): Reading | Reason {
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
