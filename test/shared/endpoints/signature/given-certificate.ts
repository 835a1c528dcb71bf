/** Deliveries of SNS and PayPal, signed with a certificate that the test makes. */
import { createPublicKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { crc32 } from 'node:zlib';
import { bySubject } from '../../../../shared/endpoints/signature/certificate-chain.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { aRequest, now } from './given-signature.ts';

/** The subjects of the certificates of SNS and PayPal. */
export const snsName = 'sns.amazonaws.com';
export const paypalName = 'messageverificationcerts.paypal.com';

export const topicArn = 'arn:aws:sns:eu-central-1:123456789012:orders';
export const snsCertificateUrl = 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0f1e2d3c.pem';
export const webhookId = '8PT597110X687430LKGECATA';
export const paypalCertificateUrl = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-2f1e8d33';

/** A DER value (X.690): tag, length and content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const time = (at: Date): Buffer => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
/** The object identifiers of sha256WithRSAEncryption and of the common name. */
const rsaSha256 = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'));
const nameOf = (commonName: string): Buffer =>
  sequence(der(0x31, sequence(Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(commonName)))));

export interface Certificate {
  pem: string;
  name: string;
  privateKey: KeyObject;
}

const day = 86_400_000;

interface CertificateOptions {
  from?: Date;
  to?: Date;
  bits?: number;
  /** The issuer. Default: a root that only the tests trust. `self` for a self-signed certificate. */
  issuer?: Certificate | 'self';
  /** The URL of the issuer's certificate. */
  issuerUrl?: string;
  isAuthority?: boolean;
  /** Another certificate for the same key. */
  keyOf?: Certificate;
  /** The host names and IPv4 addresses that it is for. */
  hosts?: readonly string[];
  /** The public key in DER. Default: that of the private key. */
  spki?: Buffer;
}

/** X.509 extensions: pairs of an object identifier and a value. */
const extension = (oid: string, value: Buffer): Buffer => sequence(Buffer.from(oid, 'hex'), der(0x04, value));
const basicConstraints = extension('0603551d13', Buffer.from('30030101ff', 'hex'));
const issuerAt = (url: string): Buffer =>
  extension(
    '06082b06010505070101',
    sequence(sequence(Buffer.from('06082b06010505073002', 'hex'), der(0x86, Buffer.from(url)))),
  );

const subjectAltName = (hosts: readonly string[]): Buffer =>
  extension(
    '0603551d11',
    sequence(
      ...hosts.map((host) =>
        isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host)),
      ),
    ),
  );

function extensionsOf({ isAuthority, issuerUrl, hosts }: CertificateOptions): Buffer[] {
  const extensions = [
    ...(isAuthority ? [basicConstraints] : []),
    ...(issuerUrl ? [issuerAt(issuerUrl)] : []),
    ...(hosts ? [subjectAltName(hosts)] : []),
  ];
  return extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))];
}

/** A certificate (RFC 5280). By default it is valid around the time of `aRequest`. */
export function aCertificate(name: string, options: CertificateOptions = {}): Certificate {
  const { from = new Date(now.getTime() - day), to = new Date(now.getTime() + day), bits = 2048 } = options;
  const privateKey = options.keyOf?.privateKey ?? generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
  const { issuer = root } = options;
  const signer = issuer === 'self' ? { name, privateKey } : issuer;
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]));
  const key = options.spki ?? createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const validity = sequence(time(from), time(to));
  const names = [nameOf(signer.name), validity, nameOf(name)];
  const content = sequence(version, serial, rsaSha256, ...names, key, ...extensionsOf(options));
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, signer.privateKey));
  const text = sequence(content, rsaSha256, signature).toString('base64');
  const lines = text.match(/.{1,64}/g)?.join('\n');
  return { pem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`, name, privateKey };
}

/** A certificate authority that is valid for years. */
export const anAuthority = (name: string, options: CertificateOptions = {}): Certificate =>
  aCertificate(name, { from: new Date(0), to: new Date('2049-01-01'), isAuthority: true, ...options });

/** The root that the tests trust. */
export const root: Certificate = anAuthority('Root of the tests', { issuer: 'self' });

export const rootsOf = (...authorities: Certificate[]) =>
  bySubject(authorities.map(({ pem }) => new X509Certificate(pem)));

const signedFields = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** A signed SNS message. `unsigned` fields are added after signing. */
export function anSnsMessage(
  { privateKey }: Certificate,
  fields: Record<string, string> = {},
  unsigned: Record<string, unknown> = {},
): Signable {
  const message: Record<string, string> = {
    Type: 'Notification',
    MessageId: 'm-1',
    TopicArn: topicArn,
    Message: 'hello\nworld',
    Timestamp: '2026-03-01T12:00:00.000Z',
    SignatureVersion: '2',
    SigningCertURL: snsCertificateUrl,
    ...fields,
  };
  const lines = signedFields.filter((name) => message[name] !== undefined).map((name) => `${name}\n${message[name]}\n`);
  const digest = message['SignatureVersion'] === '1' ? 'sha1' : 'sha256';
  const signature = sign(digest, Buffer.from(lines.join('')), privateKey).toString('base64');
  return aRequest({
    headers: { 'content-type': 'text/plain; charset=UTF-8' },
    body: Buffer.from(JSON.stringify({ ...message, Signature: signature, ...unsigned })),
  });
}

/** The message with which SNS asks to confirm a subscription. */
export const anSnsConfirmation = (certificate: Certificate, fields: Record<string, string> = {}): Signable =>
  anSnsMessage(certificate, {
    Type: 'SubscriptionConfirmation',
    Token: '2336412f37',
    SubscribeURL: `https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=2336412f37`,
    ...fields,
  });

/** A PayPal delivery. `headers` replace its own headers after signing. `id` and `body` are signed. */
export function aPaypalDelivery(
  { privateKey }: Certificate,
  headers: Signable['headers'] = {},
  at = now,
  { id = 't-1', body = '{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED"}' } = {},
): Signable {
  const time = `${at.toISOString().slice(0, 19)}Z`;
  const request = aRequest({ body: Buffer.from(body) });
  const message = `${id}|${time}|${webhookId}|${crc32(request.body)}`;
  const paypal = {
    'paypal-transmission-id': id,
    'paypal-transmission-time': time,
    'paypal-transmission-sig': sign('sha256', Buffer.from(message), privateKey).toString('base64'),
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-cert-url': paypalCertificateUrl,
  };
  return { ...request, headers: { ...request.headers, ...paypal, ...headers } };
}
