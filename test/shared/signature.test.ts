import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { body, header, standardWebhooks } from '../../shared/provider/scheme-of.ts';
import type { Scheme } from '../../shared/scheme.ts';
import { verify } from '../../shared/signature.ts';
import type { Signable } from '../../shared/signature-message.ts';
import { accepted, aRequest, now, refused, withHeaders } from './given-signature.ts';
import { schemes } from './schemes.ts';
import { given, vectors } from './signature-vectors.ts';

/** Why a published vector is refused, where its description says more than that it is. */
const reasonOf: Record<string, string> = {
  stale: 'timestamp_too_old',
  future: 'timestamp_in_future',
  'signature-header-missing': 'signature_missing',
  'empty-secret': 'secret_missing',
  'malformed-timestamp': 'timestamp_malformed',
  'odd-length-hex': 'signature_malformed',
  'not-hex': 'signature_malformed',
  'signature-empty': 'signature_missing',
};

describe('published vectors', () => {
  for (const vector of vectors) {
    test(vector.name, () => {
      const { scheme, secrets, request } = given(vector);
      const verdict = verify(scheme, secrets, request);
      expect(verdict.verified).toBe(vector.valid);
      const reason = reasonOf[vector.reason ?? ''];
      if (reason) expect(verdict).toEqual(refused(reason));
    });
  }

  // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries (docs: CC-BY-4.0)
  test("GitHub's documentation", () => {
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const request = aRequest({ body: Buffer.from('Hello, World!'), headers: { 'x-hub-signature-256': signature } });
    expect(verify(schemes.github, ["It's a Secret to Everybody"], request)).toEqual(accepted());
  });

  // https://github.com/standard-webhooks/standard-webhooks (MIT), libraries' test of a signature
  test('Standard Webhooks', () => {
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
    expect(verify(standardWebhooks('webhook'), [secret], request)).toEqual(accepted());
  });
});

describe('public keys', () => {
  const message = (request: Signable) => Buffer.concat([Buffer.from(String(now.getTime() / 1000)), request.body]);

  test('an Ed25519 signature holds under its raw key alone', () => {
    const pair = generateKeyPairSync('ed25519');
    const key = (one: typeof pair) =>
      one.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
    const signature = signWith(null, message(aRequest()), pair.privateKey).toString('hex');
    const headers = { 'x-signature-ed25519': signature, 'x-signature-timestamp': String(now.getTime() / 1000) };
    const request = withHeaders(aRequest(), headers);
    expect(verify(schemes.discord, [key(pair)], request)).toEqual(accepted());
    expect(verify(schemes.discord, [key(generateKeyPairSync('ed25519'))], request)).toEqual(
      refused('signature_mismatch'),
    );
    expect(verify(schemes.discord, [key(pair)], { ...request, body: Buffer.from('{}') })).toEqual(
      refused('signature_mismatch'),
    );
    expect(verify(schemes.discord, [key(pair).slice(2)], request)).toEqual(refused('secret_malformed'));
  });

  test('a key of another kind, or a weak one, is no key', () => {
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
      expect(verify(scheme, [pem], request)).toEqual(refused('secret_malformed'));
    }
  });

  test('an SNS message is judged by its fields and its version', () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const fields = { Message: 'hello', MessageId: 'm-1', Timestamp: 't', TopicArn: 'arn', Type: 'Notification' };
    const text = 'Message\nhello\nMessageId\nm-1\nTimestamp\nt\nTopicArn\narn\nType\nNotification\n';
    const send = (more: object) => aRequest({ body: Buffer.from(JSON.stringify({ ...fields, ...more })) });
    for (const [version, algorithm] of [
      ['1', 'sha1'],
      ['2', 'sha256'],
    ] as const) {
      const made = {
        SignatureVersion: version,
        Signature: signWith(algorithm, Buffer.from(text), pair.privateKey).toString('base64'),
      };
      expect(verify(schemes.sns, [pem], send(made))).toEqual(accepted());
      expect(verify(schemes.sns, [pem], send({ ...made, Subject: 's' }))).toEqual(refused('signature_mismatch'));
      expect(verify(schemes.sns, [pem], send({ ...made, TopicArn: 'other' }))).toEqual(refused('signature_mismatch'));
      expect(verify(schemes.sns, [pem], send({ ...made, SignatureVersion: 'constructor' }))).toEqual(
        refused('signature_unsupported'),
      );
    }
  });
});
