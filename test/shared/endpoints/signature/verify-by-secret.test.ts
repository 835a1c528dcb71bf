import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { body, header, standardWebhooks } from '../../../../shared/endpoints/provider/common-schemes.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import {
  aCertificate,
  anSnsConfirmation,
  anSnsMessage,
  aPaypalDelivery,
  paypalName,
  snsName,
  topicArn,
} from './given-certificate.ts';
import { accepted, aRequest, later, now, refused, withHeaders } from './given-signature.ts';
import { schemes } from './schemes.ts';
import { given, vectors } from './vectors.ts';

/** Why a published vector is rejected, if its description says it exactly. */
const reasonOf: Record<string, string> = {
  stale: 'timestamp_too_old',
  future: 'timestamp_in_future',
  'signature-header-missing': 'signature_missing',
  'empty-secret': 'secret_missing',
  'wrong-secret': 'signature_mismatch',
  'malformed-timestamp': 'timestamp_malformed',
  'odd-length-hex': 'signature_malformed',
  'not-hex': 'signature_malformed',
  'signature-empty': 'signature_missing',
};

describe('published vectors', () => {
  for (const vector of vectors) {
    test(vector.name, () => {
      const { scheme, secrets, request } = given(vector);
      const verdict = verifyWithSecrets(scheme, secrets, request);
      const reason = reasonOf[vector.reason ?? ''] ?? expect.stringMatching(/^(signature|message|timestamp|secret)_/);
      expect(verdict).toMatchObject(vector.valid ? { verified: true } : { verified: false, reason });
    });
  }

  // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries (docs: CC-BY-4.0)
  test("the example in GitHub's documentation", () => {
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const request = aRequest({ body: Buffer.from('Hello, World!'), headers: { 'x-hub-signature-256': signature } });
    expect(verifyWithSecrets(schemes.github, ["It's a Secret to Everybody"], request)).toEqual(accepted());
  });

  // https://github.com/standard-webhooks/standard-webhooks (MIT), libraries' test of a signature
  test('the example of the Standard Webhooks libraries', () => {
    const request = aRequest({
      body: Buffer.from('{"test": 2432232314}'),
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
      now: new Date(1_614_265_330_000),
    });
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(verifyWithSecrets(standardWebhooks('webhook'), [secret], request)).toEqual(accepted());
  });
});

describe('public keys', () => {
  const message = (request: Signable) => Buffer.concat([Buffer.from(String(now.getTime() / 1000)), request.body]);

  test('an Ed25519 signature is valid only with its own raw key', () => {
    const pair = generateKeyPairSync('ed25519');
    const key = (one: typeof pair) =>
      one.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
    const signature = signWith(null, message(aRequest()), pair.privateKey).toString('hex');
    const headers = { 'x-signature-ed25519': signature, 'x-signature-timestamp': String(now.getTime() / 1000) };
    const request = withHeaders(aRequest(), headers);
    expect(verifyWithSecrets(schemes.discord, [key(pair)], request)).toEqual(accepted());
    expect(verifyWithSecrets(schemes.discord, [key(generateKeyPairSync('ed25519'))], request)).toEqual(
      refused('signature_mismatch'),
    );
    expect(verifyWithSecrets(schemes.discord, [key(pair)], { ...request, body: Buffer.from('{}') })).toEqual(
      refused('signature_mismatch'),
    );
    expect(verifyWithSecrets(schemes.discord, [key(pair).slice(2)], request)).toEqual(refused('secret_malformed'));
  });

  test('a key of another type, or a weak one, is invalid', () => {
    const scheme: Scheme = {
      kind: 'publicKey',
      algorithm: 'rsa-sha256',
      key: { form: 'pem' },
      encoding: 'base64',
      signatures: [header('x-signature')],
      message: [body],
    };
    const request = withHeaders(aRequest(), { 'x-signature': 'AAAA' });
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    for (const key of [weak, generateKeyPairSync('ed25519').publicKey]) {
      const pem = key.export({ format: 'pem', type: 'spki' }).toString();
      expect(verifyWithSecrets(scheme, [pem], request)).toEqual(refused('secret_malformed'));
    }
  });

  test.each([
    ['prime256v1', 'signature_mismatch'],
    ['secp384r1', 'secret_malformed'],
    ['secp521r1', 'secret_malformed'],
    ['secp256k1', 'secret_malformed'],
  ])('an EC key must be of the curve P-256: %s', (namedCurve, reason) => {
    const scheme: Scheme = {
      kind: 'publicKey',
      algorithm: 'ecdsa-p256',
      key: { form: 'pem' },
      encoding: 'base64',
      signatures: [header('x-signature')],
      message: [body],
    };
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
    const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const signatureOf = (bytes: Buffer) => signWith('sha256', bytes, privateKey).toString('base64');
    const sent = (bytes: Buffer) => withHeaders(aRequest(), { 'x-signature': signatureOf(bytes) });
    expect(verifyWithSecrets(scheme, [pem], sent(Buffer.from('another body')))).toEqual(refused(reason));
    expect(verifyWithSecrets(scheme, [pem], sent(aRequest().body)).verified).toBe(namedCurve === 'prime256v1');
  });

  test.each(['1', '2'])('an SNS message of version %s is verified by its fields and its topic', (version) => {
    const certificate = aCertificate(snsName);
    const verdictOf = (fields: Record<string, string>, unsigned = {}) =>
      verifyWithSecrets(
        schemes.sns,
        [certificate.pem],
        anSnsMessage(certificate, { SignatureVersion: version, ...fields }, unsigned),
      );
    expect(verdictOf({})).toEqual(accepted());
    expect(verdictOf({ Subject: 's' })).toEqual(accepted());
    expect(verdictOf({}, { MessageAttributes: {} })).toEqual(accepted());
    expect(verdictOf({}, { Subject: null })).toEqual(accepted());
    const changed = { Subject: 's', Message: 'other', MessageId: 'm-2', Type: 'SubscriptionConfirmation' };
    for (const [name, value] of Object.entries({ ...changed, TopicArn: `${topicArn}2` }))
      expect(verdictOf({}, { [name]: value })).toEqual(
        refused(name === 'Type' ? 'message_incomplete' : 'signature_mismatch'),
      );
    expect(verdictOf({}, { SignatureVersion: 'constructor' })).toEqual(refused('signature_unsupported'));
    for (const other of [`${topicArn}2`, topicArn.toUpperCase(), topicArn.replace('1234', '4321'), 'orders'])
      expect(verdictOf({ TopicArn: other })).toEqual(refused('topic_not_allowed'));
  });

  test('a line break in any field of an SNS message but Message is rejected: one field could look like two', () => {
    const certificate = aCertificate(snsName);
    const verdictOf = (request: Signable) => verifyWithSecrets(schemes.sns, [certificate.pem], request);
    expect(verdictOf(anSnsMessage(certificate, { Message: 'a\nSubject\nb' }))).toEqual(accepted());
    for (const name of ['MessageId', 'Subject', 'Timestamp', 'TopicArn'])
      expect(verdictOf(anSnsMessage(certificate, { [name]: 'a\nb' }))).toEqual(refused('message_incomplete'));
    for (const name of ['MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'])
      expect(verdictOf(anSnsConfirmation(certificate, { [name]: 'a\nb' }))).toEqual(refused('message_incomplete'));
  });

  test('a text without a UTF-8 form in an SNS message is rejected, because all such texts have the same signature', () => {
    const certificate = aCertificate(snsName);
    const message = anSnsMessage(certificate, { Message: 'a\ud800' });
    expect(verifyWithSecrets(schemes.sns, [certificate.pem], message)).toEqual(refused('message_incomplete'));
  });

  test('a PayPal delivery is verified by its body, id, time and webhook', () => {
    const certificate = aCertificate(paypalName);
    const verdictOf = (headers: Signable['headers'], more: Partial<Signable> = {}) =>
      verifyWithSecrets(schemes.paypal, [certificate.pem], { ...aPaypalDelivery(certificate, headers), ...more });
    expect(verdictOf({})).toEqual(accepted());
    expect(verdictOf({}, { now: later(3 * 86_400) })).toEqual(accepted());
    expect(verdictOf({}, { body: Buffer.from('{}') })).toEqual(refused('signature_mismatch'));
    expect(verdictOf({ 'paypal-transmission-id': 't-2' })).toEqual(refused('signature_mismatch'));
    expect(verdictOf({ 'paypal-transmission-id': undefined })).toEqual(refused('message_incomplete'));
    expect(verdictOf({ 'paypal-transmission-time': '2026-03-01T12:00:01Z' })).toEqual(refused('signature_mismatch'));
    expect(verdictOf({ 'paypal-transmission-time': undefined })).toEqual(refused('timestamp_missing'));
    expect(verdictOf({ 'paypal-transmission-sig': undefined })).toEqual(refused('signature_missing'));
    for (const algorithm of ['SHA1withRSA', 'sha256withrsa', undefined])
      expect(verdictOf({ 'paypal-auth-algo': algorithm })).toEqual(refused('signature_unsupported'));
    const delivery = aPaypalDelivery(certificate);
    expect(verifyWithSecrets({ kind: 'paypal', webhookId: 'ANOTHER' }, [certificate.pem], delivery)).toEqual(
      refused('signature_mismatch'),
    );
    expect(verifyWithSecrets(schemes.paypal, [aCertificate(paypalName).pem], delivery)).toEqual(
      refused('signature_mismatch'),
    );
  });
});
