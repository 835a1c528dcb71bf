/** Deliveries as each sender makes and proves them, with secrets that are made up at run time. */
import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign as signWith } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Placement } from '../../../../shared/endpoints/credential/token-placement.ts';
import { type ProviderId, presetOf } from '../../../../shared/endpoints/provider/presets.ts';
import { samples } from '../../../../shared/endpoints/provider/samples.ts';
import { guides } from '../../../../shared/endpoints/provider/secret-guide.ts';
import type { PublicKeyForm, Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { sign } from '../../../../shared/endpoints/signature/signing.ts';

/** A delivery before it is signed, or carries a token. */
export interface Unsigned {
  method: 'POST';
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  type: string | undefined;
  deliveryId: string | undefined;
}

/** The sample in the sender's file, with its body as bytes. */
export function sampleOf(id: ProviderId): Unsigned {
  const { headers, body, type, deliveryId } = samples[id];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { method: 'POST', headers, body: Buffer.from(text), type, deliveryId };
}

const bearer: Placement[] = [{ in: 'header', name: 'authorization', scheme: 'Bearer' }];

/** The webhook id that a PayPal sample is signed with. */
export const paypalWebhookId = 'WH-SAMPLE';

/** The private key for each public key that `fakeSecret` returned. */
const privateKeys = new Map<string, KeyObject>();

function publicKeyText(form: PublicKeyForm['form'], key: KeyObject): string {
  if (form === 'pem') return key.export({ format: 'pem', type: 'spki' }).toString();
  const der = key.export({ format: 'der', type: 'spki' });
  if (form === 'spki') return der.toString('base64');
  return der.subarray(-32).toString(form === 'rawHex' ? 'hex' : 'base64');
}

interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

const anRsaPair = (): KeyPair => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A key pair, if the sender signs with one. */
function keyPairFor(id: ProviderId, scheme: Scheme | undefined): KeyPair | undefined {
  if (id === 'paypal' || id === 'aws-sns') return anRsaPair();
  if (scheme?.kind === 'jwt') return scheme.algorithm === 'RS256' ? anRsaPair() : undefined;
  if (scheme?.kind !== 'publicKey') return undefined;
  if (scheme.algorithm === 'ed25519') return generateKeyPairSync('ed25519');
  return scheme.algorithm === 'ecdsa-p256' ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' }) : anRsaPair();
}

/** How the public key is written. */
const publicKeyForm = (scheme: Scheme | undefined): PublicKeyForm['form'] =>
  scheme?.kind === 'publicKey' ? scheme.key.form : 'pem';

/** A new secret in the form that the scheme demands. For a sender with a key pair, it is the public key. */
export function fakeSecret(id: ProviderId, scheme: Scheme | undefined = presetOf(id).scheme): string {
  const pair = keyPairFor(id, scheme);
  if (pair) {
    const text = publicKeyText(publicKeyForm(scheme), pair.publicKey);
    privateKeys.set(text, pair.privateKey);
    return text;
  }
  const form = scheme && 'key' in scheme ? scheme.key.form : scheme?.kind === 'adyen' ? 'hex' : 'utf8';
  const { secretPrefix = '' } = guides[id];
  const prefix = (scheme && 'key' in scheme && scheme.key.prefix) || secretPrefix;
  return `${prefix}${randomBytes(24).toString(form === 'utf8' ? 'base64url' : form === 'hex' ? 'hex' : 'base64')}`;
}

type Signer = (request: Signable, key: KeyObject, secret: string) => Signable;

const withHeaders = (request: Signable, headers: Record<string, string>): Signable => ({
  ...request,
  headers: { ...request.headers, ...headers },
});
const secondsOf = ({ now }: Signable): string => String(Math.floor(now.getTime() / 1000));
const over = (text: string, { body }: Signable): Buffer => Buffer.concat([Buffer.from(text), body]);

/** Signers for private keys, and for forms that our own signer does not write. */
const signers: Partial<Record<ProviderId, Signer>> = {
  discord: (request, key) =>
    withHeaders(request, {
      'x-signature-timestamp': secondsOf(request),
      'x-signature-ed25519': signWith(null, over(secondsOf(request), request), key).toString('hex'),
    }),
  sendgrid: (request, key) =>
    withHeaders(request, {
      'x-twilio-email-event-webhook-timestamp': secondsOf(request),
      'x-twilio-email-event-webhook-signature': signWith('sha256', over(secondsOf(request), request), key).toString(
        'base64',
      ),
    }),
  wix: (request, key) => {
    const iat = Number(secondsOf(request));
    const data = JSON.stringify({ eventType: 'wix.sample', instanceId: 'i1' });
    const text = [{ alg: 'RS256' }, { data, iat, exp: iat + 300 }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = signWith('sha256', Buffer.from(text), key).toString('base64url');
    return { ...request, body: Buffer.from(`${text}.${signature}`) };
  },
  paypal: (request, key) => {
    const time = `${request.now.toISOString().slice(0, 19)}Z`;
    const message = `${request.headers['paypal-transmission-id']}|${time}|${paypalWebhookId}|${crc32(request.body)}`;
    const signature = signWith('sha256', Buffer.from(message), key).toString('base64');
    return withHeaders(request, { 'paypal-transmission-time': time, 'paypal-transmission-sig': signature });
  },
  'aws-sns': (request, key) => {
    const message = JSON.parse(request.body.toString()) as Record<string, string>;
    const names = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
    const text = names.flatMap((name) => (message[name] === undefined ? [] : `${name}\n${message[name]}\n`)).join('');
    const Signature = signWith('sha256', Buffer.from(text), key).toString('base64');
    return { ...request, body: Buffer.from(JSON.stringify({ ...message, Signature })) };
  },
  'dropbox-sign': (request, _, secret) => {
    const event = { event_time: secondsOf(request), event_type: 'signature_request_sent' };
    const hmac = createHmac('sha256', secret).update(`${event.event_time}${event.event_type}`);
    const json = JSON.stringify({ event: { ...event, event_hash: hmac.digest('hex') } });
    return { ...request, body: Buffer.from(request.body.toString().replace(/\{.*\}/, json)) };
  },
};

/** The request with a token at a placement. */
function carrying(placement: Placement, token: string, request: Signable): Signable {
  switch (placement.in) {
    case 'header':
      return withHeaders(request, { [placement.name]: `${placement.scheme ? `${placement.scheme} ` : ''}${token}` });
    case 'basic': {
      const credentials = Buffer.from(`${placement.username}:${token}`).toString('base64');
      return withHeaders(request, { authorization: `Basic ${credentials}` });
    }
    case 'body': {
      const document = { ...JSON.parse(request.body.toString()), [placement.path.slice(1)]: token };
      return { ...request, body: Buffer.from(JSON.stringify(document)) };
    }
    case 'query':
      return { ...request, url: `${request.url}?${placement.name}=${encodeURIComponent(token)}` };
    case 'path':
      return { ...request, url: `${request.url}/${token}` };
  }
}

/**
 * A sender's delivery with its proof.
 * @param secret a secret from `fakeSecret` if the sender signs, else the token
 * @param url the URL at the sender. It contains the token if the sender signs and sends a token too
 */
export function signedSample(id: ProviderId, secret: string, url: string, now: Date): Signable {
  const { method, headers, body } = sampleOf(id);
  const request: Signable = { method, url, headers, body, now };
  const { kind, accept = bearer, scheme } = presetOf(id);
  const [placement] = accept;
  if (kind === 'token') return placement ? carrying(placement, secret, request) : request;
  const signer = signers[id];
  const key = privateKeys.get(secret);
  if (signer) return signer(request, key ?? generateKeyPairSync('ed25519').privateKey, secret);
  const signed = scheme && sign(scheme, secret, request);
  if (signed === undefined) throw new Error(`The sample of ${id} can not be signed with this secret`);
  return signed;
}

/** The delivery of a sender that signs with a published certificate. @param key the private key of the certificate */
export function signedWithKey(id: 'paypal' | 'aws-sns', key: KeyObject, url: string, now: Date): Signable {
  const { method, headers, body } = sampleOf(id);
  const request: Signable = { method, url, headers, body, now };
  return signers[id]?.(request, key, '') ?? request;
}

/** The schemes that operators have to complete. */
export const completedSchemes: Partial<Record<ProviderId, Scheme>> = {
  paypal: { kind: 'paypal', webhookId: paypalWebhookId },
  'aws-sns': { kind: 'sns', topicArns: ['arn:aws:sns:eu-central-1:123456789012:sample'] },
};
/** The request without the last two characters of its signature. */
export function withCutSignature(scheme: Scheme, request: Signable): Signable {
  const names = ['x-twilio-signature', 'x-contentful-signature', 'authorization', 'x-docusign-signature-1'];
  const [source] = 'signatures' in scheme ? scheme.signatures : [];
  const name = [source?.in === 'header' ? source.name : '', ...names].find((one) => request.headers[one]);
  if (name) return { ...request, headers: { ...request.headers, [name]: request.headers[name]?.slice(0, -2) } };
  const text = request.body.toString();
  const cut = text.replace(/("(?:hmacSignature|signature|Signature|event_hash)":"[^"]+?)..(?=")/, '$1');
  return { ...request, body: Buffer.from(cut === text ? text.slice(0, -2) : cut) };
}

/** Another body, which the sender did not write. */
export function withOtherBody(request: Signable): Signable {
  const isForm = request.headers['content-type']?.includes('urlencoded');
  if (!request.body.includes('"Type":"Notification"'))
    return { ...request, body: Buffer.concat([request.body, Buffer.from(isForm ? '&extra=1' : ' ')]) };
  return { ...request, body: Buffer.from(request.body.toString().replace('hello', 'goodbye')) };
}

/** How long a signature is valid, in seconds. Undefined if it never expires. */
export const toleranceOf = (scheme: Scheme): number | undefined => {
  if (scheme.kind === 'contentful') return scheme.tolerance;
  // PayPal's tolerance is in days, because it covers the retries.
  if (scheme.kind === 'paypal') return 4 * 86_400;
  // A JWT of the samples is valid for five minutes.
  if (scheme.kind === 'jwt') return scheme.tolerance + 300;
  return 'timestamp' in scheme ? scheme.timestamp?.tolerance : undefined;
};
