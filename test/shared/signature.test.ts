import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Scheme } from '../../shared/scheme.ts';
import { verify } from '../../shared/signature.ts';
import type { Signable } from '../../shared/signature-message.ts';
import { accepted, aRequest, later, now, refused, signed, withHeaders } from './given-signature.ts';
import { body, header, hmac, schemes, standardWebhooks, stripe, timestamp } from './schemes.ts';
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

describe('traps', () => {
  const secret = 'a secret';
  const github = signed(schemes.github, secret);
  const given256 = github.headers['x-hub-signature-256'] ?? '';

  test.each([
    ['a prefix alone', 'sha256='],
    ['no prefix', given256.slice(7)],
    ['a character more', `${given256}0`],
    ['a byte more', `${given256}00`],
    ['a byte less', given256.slice(0, -2)],
    ['garbage that a lenient decoder drops', `${given256}!`],
    ['the same twice', `${given256},${given256}`],
  ])('a signature with %s is malformed', (_, signature) => {
    const request = withHeaders(github, { 'x-hub-signature-256': signature });
    expect(verify(schemes.github, [secret], request)).toEqual(refused('signature_malformed'));
  });

  test('base64 must be the one way to write its bytes', () => {
    const line = signed(schemes.line, secret);
    const signature = line.headers['x-line-signature'] ?? '';
    const bytes = Buffer.from(signature, 'base64');
    const others = [signature.replace('=', ''), bytes.toString('base64url'), ` ${signature}`, `${signature}=`];
    for (const other of others)
      expect(verify(schemes.line, [secret], withHeaders(line, { 'x-line-signature': other }))).toEqual(
        other === signature ? accepted() : refused('signature_malformed'),
      );
  });

  test('no secret, or an empty one, accepts nothing', () => {
    const empty = hmac([header('x-signature')]);
    expect(verify(empty, [], aRequest())).toEqual(refused('secret_missing'));
    expect(verify(empty, ['', ''], aRequest())).toEqual(refused('secret_missing'));
    const whsec = signed(schemes.standardWebhooks, 'whsec_c2Vj');
    expect(verify(schemes.standardWebhooks, ['whsec_', 'whsec_A', 'whsec_AAA!', 'whsec_AAAA'], whsec)).toEqual(
      refused('secret_malformed'),
    );
  });

  test('a secret in the wrong form does not spoil the one that is right', () => {
    const request = signed(schemes.standardWebhooks, 'whsec_c2Vj');
    expect(verify(schemes.standardWebhooks, ['no base64!', 'whsec_c2Vj'], request)).toEqual(accepted(1));
  });

  test.each(['1772366400suffix', ' 1772366400', '1.7723664e9', '0x69', '-1', '', '1772366400,t=1772366400'])(
    'a time of %p is none',
    (time) => {
      const scheme = stripe('x-signature');
      const request = signed(scheme, secret);
      const written = (request.headers['x-signature'] ?? '').replace(/^t=\d+/, `t=${time.trimEnd()}`);
      const verdict = verify(scheme, [secret], withHeaders(request, { 'x-signature': written }));
      expect(verdict).toEqual(
        // Elements of a list are trimmed, but this one is trimmed with its name.
        refused(time === '' ? 'timestamp_missing' : 'timestamp_malformed'),
      );
    },
  );

  test('one signature of a rotation is enough, and the others may be anything', () => {
    const scheme = standardWebhooks('webhook');
    const request = signed(scheme, 'whsec_c2Vj');
    const list = `v1,AAAA v2,x v1a,zz ${request.headers['webhook-signature']} v1,`;
    expect(verify(scheme, ['whsec_c2Vj'], withHeaders(request, { 'webhook-signature': list }))).toEqual(accepted());
  });

  test('numbered headers are read from the first without a gap', () => {
    const request = signed(schemes.docusign, secret);
    const right = request.headers['x-docusign-signature-1'];
    const wrong = Buffer.alloc(32).toString('base64');
    const second = { 'x-docusign-signature-1': wrong, 'x-docusign-signature-2': right };
    expect(verify(schemes.docusign, [secret], withHeaders(request, second))).toEqual(accepted());
    const gap = { 'x-docusign-signature-1': wrong, 'x-docusign-signature-3': right };
    expect(verify(schemes.docusign, [secret], withHeaders(request, gap))).toEqual(refused('signature_mismatch'));
  });

  test('a batch of Adyen is refused if one of its items is', () => {
    const item = (pspReference: string) => ({ NotificationRequestItem: { pspReference } });
    const text = JSON.stringify({ notificationItems: [item('a'), item('b')] });
    const request = signed(schemes.adyen, 'abcd', aRequest({ body: Buffer.from(text) }));
    expect(verify(schemes.adyen, ['abcd'], request)).toEqual(accepted());
    const changed = Buffer.from(request.body.toString().replace('"b"', '"c"'));
    expect(verify(schemes.adyen, ['abcd'], { ...request, body: changed })).toEqual(refused('signature_mismatch'));
  });

  test("Twilio's JSON is refused where the URL does not name its hash", () => {
    const empty = signed(schemes.twilio, secret, aRequest({ body: Buffer.alloc(0) }));
    expect(verify(schemes.twilio, [secret], empty)).toEqual(accepted());
    expect(verify(schemes.twilio, [secret], { ...empty, body: Buffer.from('{}') })).toEqual(
      refused('message_incomplete'),
    );
  });

  test('a JWT can not choose its algorithm, and must not have expired', () => {
    const request = signed(schemes.monday, secret);
    const [, claims, signature] = (request.headers['authorization'] ?? '').split('.');
    for (const alg of ['none', 'HS512', 'RS256', undefined]) {
      const head = Buffer.from(JSON.stringify({ alg })).toString('base64url');
      const forged = withHeaders(request, { authorization: `${head}.${claims}.${signature}` });
      expect(verify(schemes.monday, [secret], forged)).toEqual(refused('signature_unsupported'));
    }
    expect(verify(schemes.monday, [secret], { ...request, now: later(361) })).toEqual(refused('timestamp_too_old'));
    expect(verify(schemes.monday, [secret], { ...request, now: later(-61) })).toEqual(refused('timestamp_in_future'));
  });

  test('Contentful must name its time among the headers that it signs', () => {
    const request = signed(schemes.contentful, secret);
    expect(verify(schemes.contentful, [secret], request)).toEqual(accepted());
    const stripped = withHeaders(request, { 'x-contentful-signed-headers': 'x-contentful-signed-headers' });
    expect(verify(schemes.contentful, [secret], stripped)).toEqual(refused('message_incomplete'));
  });

  test('a name that every object inherits is no header', () => {
    expect(verify(hmac([header('constructor')]), [secret], aRequest())).toEqual(refused('signature_missing'));
    expect(
      verify(
        hmac([header('x')], { message: [timestamp, body] }),
        [secret],
        withHeaders(aRequest(), { x: 'a'.repeat(64) }),
      ),
    ).toEqual(refused('message_incomplete'));
  });
});
