/** Mistakes of other webhook verifiers, and of lenient parsers. All of these requests are rejected. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  body,
  header,
  hmac,
  literal,
  standardWebhooks,
  stripeLike,
  timestamp,
  value,
} from '../../../../shared/endpoints/provider/common-schemes.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { accepted, aRequest, later, refused, signed, withHeaders } from './given-signature.ts';
import { schemes } from './schemes.ts';

const secret = 'a secret';

describe('a signature', () => {
  const whsec = 'whsec_c2Vj';
  const standard = signed(schemes.standardWebhooks, whsec);
  const right = standard.headers['webhook-signature'] ?? '';
  const given = (text: string) => withHeaders(standard, { 'webhook-signature': text });

  // CVE-2024-21491: a comparison up to the shorter length accepted an empty signature.
  test.each(['v1,', 'v1, ', 'v1', 'v1,,', ' '])('is rejected if it is only the prefix %p', (text) => {
    expect(verifyWithSecrets(schemes.standardWebhooks, [whsec], given(text))).toEqual(refused('signature_malformed'));
  });

  test('is rejected if it is truncated', () => {
    for (let length = 0; length < right.length; length += 1)
      expect(verifyWithSecrets(schemes.standardWebhooks, [whsec], given(right.slice(0, length))).verified).toBe(false);
  });

  // timingSafeEqual throws if the lengths differ, and the answer became a 500.
  test.each([1, 20, 31, 33, 48, 64])('of %p bytes in base64 is rejected without a throw', (length) => {
    const text = `v1,${Buffer.alloc(length, 7).toString('base64')}`;
    expect(verifyWithSecrets(schemes.standardWebhooks, [whsec], given(text))).toEqual(refused('signature_malformed'));
  });

  const github = signed(schemes.github, secret);
  const given256 = github.headers['x-hub-signature-256'] ?? '';

  test.each([
    ['only the prefix', 'sha256='],
    ['no prefix', given256.slice(7)],
    ['one more character', `${given256}0`],
    ['one more byte', `${given256}00`],
    ['one byte less', given256.slice(0, -2)],
    ['a character that a lenient decoder drops', `${given256}!`],
    ['the same signature twice', `${given256},${given256}`],
  ])('with %s is malformed', (_, signature) => {
    const request = withHeaders(github, { 'x-hub-signature-256': signature });
    expect(verifyWithSecrets(schemes.github, [secret], request)).toEqual(refused('signature_malformed'));
  });

  test('in base64 must be in canonical form', () => {
    const line = signed(schemes.line, secret);
    const signature = line.headers['x-line-signature'] ?? '';
    const bytes = Buffer.from(signature, 'base64');
    const others = [signature.replace('=', ''), bytes.toString('base64url'), ` ${signature}`, `${signature}=`];
    for (const other of others)
      expect(verifyWithSecrets(schemes.line, [secret], withHeaders(line, { 'x-line-signature': other }))).toEqual(
        other === signature ? accepted() : refused('signature_malformed'),
      );
  });

  // 43 base64url characters hold 258 bits, two more than the signature.
  test('that differs only in unused bits is rejected', () => {
    const request = signed(schemes.sanity, secret);
    const written = request.headers['sanity-webhook-signature'] ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(written.slice(-1));
    for (const bits of [1, 2, 3]) {
      const other = `${written.slice(0, -1)}${alphabet[last ^ bits]}`;
      expect(Buffer.from(other.slice(-43), 'base64url')).toEqual(Buffer.from(written.slice(-43), 'base64url'));
      const changed = withHeaders(request, { 'sanity-webhook-signature': other });
      expect(verifyWithSecrets(schemes.sanity, [secret], changed)).toEqual(refused('signature_malformed'));
    }
  });

  test('is accepted if one signature in the list is valid', () => {
    const scheme = standardWebhooks('webhook');
    const request = signed(scheme, 'whsec_c2Vj');
    const list = `v1,AAAA v2,x v1a,zz ${request.headers['webhook-signature']} v1,`;
    expect(verifyWithSecrets(scheme, ['whsec_c2Vj'], withHeaders(request, { 'webhook-signature': list }))).toEqual(
      accepted(),
    );
  });
});

describe('a secret', () => {
  // GHSA-hh59-fgrr-93hf, and argo-events: without a secret, nothing was compared.
  test('accepts nothing if it is missing or empty', () => {
    const empty = hmac([header('x-signature')]);
    expect(verifyWithSecrets(empty, [], aRequest())).toEqual(refused('secret_missing'));
    expect(verifyWithSecrets(empty, ['', ''], aRequest())).toEqual(refused('secret_missing'));
    const whsec = signed(schemes.standardWebhooks, 'whsec_c2Vj');
    expect(
      verifyWithSecrets(schemes.standardWebhooks, ['whsec_', 'whsec_A', 'whsec_AAA!', 'whsec_AAAA'], whsec),
    ).toEqual(refused('secret_malformed'));
  });

  test('accepts nothing if it is empty, even if the request is signed with the empty key', () => {
    const signature = createHmac('sha256', '').update(aRequest().body).digest('hex');
    const request = withHeaders(aRequest(), { 'x-hub-signature-256': `sha256=${signature}` });
    for (const secrets of [[''], ['\0'], ['', 'another']])
      expect(verifyWithSecrets(schemes.github, secrets, request).verified).toBe(false);
  });

  test('in the wrong form does not affect a right secret beside it', () => {
    const request = signed(schemes.standardWebhooks, 'whsec_c2Vj');
    expect(verifyWithSecrets(schemes.standardWebhooks, ['no base64!', 'whsec_c2Vj'], request)).toEqual(accepted(1));
  });
});

describe('a time', () => {
  // Libraries of Paddle, Stripe, WorkOS and Slack accept any time in the future.
  test('is rejected if it is too far in the past or in the future', () => {
    const scheme = stripeLike('x-signature');
    const request = signed(scheme, secret);
    const at = (seconds: number) => verifyWithSecrets(scheme, [secret], { ...request, now: later(seconds) });
    expect([at(300), at(-300)]).toEqual([accepted(), accepted()]);
    expect([at(301), at(-301)]).toEqual([refused('timestamp_too_old'), refused('timestamp_in_future')]);
  });

  test.each(['1772366400suffix', ' 1772366400', '1.7723664e9', '0x69', '-1', '', '1772366400,t=1772366400'])(
    'is rejected if its text is %p',
    (time) => {
      const scheme = stripeLike('x-signature');
      const request = signed(scheme, secret);
      const written = (request.headers['x-signature'] ?? '').replace(/^t=\d+/, `t=${time.trimEnd()}`);
      const verdict = verifyWithSecrets(scheme, [secret], withHeaders(request, { 'x-signature': written }));
      expect(verdict).toEqual(
        // List elements are trimmed as a whole, including their name.
        refused(time === '' ? 'timestamp_missing' : 'timestamp_malformed'),
      );
    },
  );

  test('is rejected if a text follows it, even with a valid signature', () => {
    const written = String(Math.floor(aRequest().now.getTime() / 1000));
    const sign = (text: string) => createHmac('sha256', secret).update(`v0:${text}:{}`).digest('hex');
    const slack = (text: string) =>
      aRequest({
        body: Buffer.from('{}'),
        headers: { 'x-slack-request-timestamp': text, 'x-slack-signature': `v0=${sign(text)}` },
      });
    expect(verifyWithSecrets(schemes.slack, [secret], slack(written))).toEqual(accepted());
    expect(verifyWithSecrets(schemes.slack, [secret], slack(`${written}suffix`))).toEqual(
      refused('timestamp_malformed'),
    );
  });
});

describe('a signed header', () => {
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('hex');

  test.each([
    ['is accepted with its value once', 'id=a', accepted()],
    ['is accepted beside an element with another name', 'id=a,n=1', accepted()],
    ['is accepted beside an element whose name ends in the same way', 'id=a,uuid=b', accepted()],
    ['is rejected with the same value twice', 'id=a,id=a', refused('message_incomplete')],
    ['is rejected if a second value follows the signed value', 'id=a,id=b', refused('message_incomplete')],
    ['is rejected if a second value comes before the signed value', 'id=b,id=a', refused('message_incomplete')],
    ['is rejected without a value', 'n=1', refused('message_incomplete')],
  ])('%s', (_, written, expected) => {
    const scheme = hmac('x-signature', { message: [value(header('x-id', 'id=', ',')), literal('.'), body] });
    const request = aRequest({ body: Buffer.from('{}'), headers: { 'x-id': written, 'x-signature': sign('a.{}') } });
    expect(verifyWithSecrets(scheme, [secret], request)).toEqual(expected);
  });

  test('is rejected if it was sent twice, because API Gateway joins both values', () => {
    const whsec = 'whsec_c2Vj';
    const request = signed(schemes.standardWebhooks, whsec, aRequest({ headers: { 'webhook-id': 'msg_1' } }));
    const twice = withHeaders(request, { 'webhook-id': 'msg_1,msg_1' });
    expect(verifyWithSecrets(schemes.standardWebhooks, [whsec], request)).toEqual(accepted());
    expect(verifyWithSecrets(schemes.standardWebhooks, [whsec], twice)).toEqual(refused('signature_mismatch'));
  });
});

describe('a signed URL', () => {
  test.each(['square', 'mandrill', 'twilio', 'hubspot2', 'hubspot3'] as const)(
    'is the URL at the sender, and no header of the request can change it: %s',
    (name) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const form = { headers, body: Buffer.from('mandrill_events=%5B%5D') };
      const isForm = name === 'mandrill' || name === 'twilio';
      const request = signed(schemes[name], secret, aRequest(isForm ? form : {}));
      const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
      const forwarded = { ...evil, forwarded: 'host=evil.example;proto=http', 'x-original-url': '/evil' };
      expect(verifyWithSecrets(schemes[name], [secret], withHeaders(request, forwarded))).toEqual(accepted());
      for (const url of ['https://evil.example/hooks/orders/ep_1?a=1', `${request.url}&b=2`])
        expect(verifyWithSecrets(schemes[name], [secret], { ...request, url })).toEqual(refused('signature_mismatch'));
    },
  );
});

describe('a request', () => {
  test('is verified with headers that are numbered from 1 without a gap', () => {
    const request = signed(schemes.docusign, secret);
    const right = request.headers['x-docusign-signature-1'];
    const wrong = Buffer.alloc(32).toString('base64');
    const second = { 'x-docusign-signature-1': wrong, 'x-docusign-signature-2': right };
    expect(verifyWithSecrets(schemes.docusign, [secret], withHeaders(request, second))).toEqual(accepted());
    const gap = { 'x-docusign-signature-1': wrong, 'x-docusign-signature-3': right };
    expect(verifyWithSecrets(schemes.docusign, [secret], withHeaders(request, gap))).toEqual(
      refused('signature_mismatch'),
    );
  });

  test('of Adyen is rejected if one item of its batch is', () => {
    const item = (pspReference: string) => ({ NotificationRequestItem: { pspReference } });
    const text = JSON.stringify({ notificationItems: [item('a'), item('b')] });
    const request = signed(schemes.adyen, 'abcd', aRequest({ body: Buffer.from(text) }));
    expect(verifyWithSecrets(schemes.adyen, ['abcd'], request)).toEqual(accepted());
    const changed = Buffer.from(request.body.toString().replace('"b"', '"c"'));
    expect(verifyWithSecrets(schemes.adyen, ['abcd'], { ...request, body: changed })).toEqual(
      refused('signature_mismatch'),
    );
  });

  test('of Twilio with JSON is rejected if the URL lacks the hash of the body', () => {
    const empty = signed(schemes.twilio, secret, aRequest({ body: Buffer.alloc(0) }));
    expect(verifyWithSecrets(schemes.twilio, [secret], empty)).toEqual(accepted());
    expect(verifyWithSecrets(schemes.twilio, [secret], { ...empty, body: Buffer.from('{}') })).toEqual(
      refused('message_incomplete'),
    );
  });

  test('with a JWT is rejected if the JWT has another algorithm or has expired', () => {
    const request = signed(schemes.monday, secret);
    const [, claims, signature] = (request.headers['authorization'] ?? '').split('.');
    for (const alg of ['none', 'HS512', 'RS256', undefined]) {
      const head = Buffer.from(JSON.stringify({ alg })).toString('base64url');
      const forged = withHeaders(request, { authorization: `${head}.${claims}.${signature}` });
      expect(verifyWithSecrets(schemes.monday, [secret], forged)).toEqual(refused('signature_unsupported'));
    }
    expect(verifyWithSecrets(schemes.monday, [secret], { ...request, now: later(361) })).toEqual(
      refused('timestamp_too_old'),
    );
    expect(verifyWithSecrets(schemes.monday, [secret], { ...request, now: later(-61) })).toEqual(
      refused('timestamp_in_future'),
    );
  });

  test('of Contentful is rejected if the signed headers do not include the time', () => {
    const request = signed(schemes.contentful, secret);
    expect(verifyWithSecrets(schemes.contentful, [secret], request)).toEqual(accepted());
    const stripped = withHeaders(request, { 'x-contentful-signed-headers': 'x-contentful-signed-headers' });
    expect(verifyWithSecrets(schemes.contentful, [secret], stripped)).toEqual(refused('message_incomplete'));
  });

  test('does not have an inherited property as a header', () => {
    expect(verifyWithSecrets(hmac([header('constructor')]), [secret], aRequest())).toEqual(
      refused('signature_missing'),
    );
    expect(
      verifyWithSecrets(
        hmac([header('x')], { message: [timestamp, body] }),
        [secret],
        withHeaders(aRequest(), { x: 'a'.repeat(64) }),
      ),
    ).toEqual(refused('message_incomplete'));
  });
});
