import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import {
  body,
  header,
  hmac,
  literal,
  stripeLike,
  url,
  value,
} from '../../../../shared/endpoints/provider/common-schemes.ts';
import { presets } from '../../../../shared/endpoints/provider/presets.ts';
import { hintOf } from '../../../../shared/endpoints/signature/hint.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import type { Signable, SignatureRejection } from '../../../../shared/endpoints/signature/signed-message.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { verifyProofs } from '../../../../shared/events/arrival/arrival-verification.ts';
import type { Hint } from '../../../../shared/ground/base/advice-text.ts';
import { anyUrl, codePoint } from '../../../support/any-text.ts';
import { count } from '../../../support/full-counts.ts';
import { aRequest, later, now, refused, signed, withHeaders } from './given-signature.ts';
import { schemes } from './schemes.ts';

const runs = { numRuns: count({ usual: 40, full: 300 }) };

/** The hint for a rejected request. */
function hintFor(scheme: Scheme, secret: string, request: Signable, older: Scheme[] = []): Hint | undefined {
  const verdict = verifyWithSecrets(scheme, [secret], request);
  if (verdict.verified) throw new Error('The request is accepted');
  return hintOf(scheme, [secret], request, verdict.reason, older);
}

const secret = 'a secret';
const form = { 'content-type': 'application/x-www-form-urlencoded' };
/** A form that every form scheme can sign. */
const aForm = { headers: form, body: Buffer.from('mandrill_events=%5B%5D') };
const idHeader = { 'webhook-id': 'msg_1' };
const withBody = (text: string, request = aRequest()): Signable => ({ ...request, body: Buffer.from(text) });

describe('a hint about the secret', () => {
  const utf8 = Object.entries<Scheme>(schemes).filter(([, scheme]) =>
    'key' in scheme ? scheme.key.form === 'utf8' : scheme.kind === 'twilio' || scheme.kind === 'contentful',
  );

  test.each(utf8)('says that the secret was copied with white space: %s', (_, scheme) => {
    const isForm = scheme === schemes.mandrill || scheme === schemes.twilio;
    const request = signed(scheme, secret, aRequest(isForm ? aForm : {}));
    for (const copied of [` ${secret}`, `${secret}\n`, `\t${secret} \r\n`])
      expect(hintFor(scheme, copied, request)).toBe('secret_spaces');
  });

  test.each(utf8)('says that the secret was entered with white space at the sender: %s', (_, scheme) => {
    const isForm = scheme === schemes.mandrill || scheme === schemes.twilio;
    const hintForEntered = (entered: string, mine: string) =>
      hintFor(scheme, mine, signed(scheme, entered, aRequest(isForm ? aForm : {})));
    for (const mine of [secret, '$& of $1'])
      for (const entered of [`${mine}\n`, `${mine}\r\n`, ` ${mine}`, `${mine} `])
        expect(hintForEntered(entered, mine)).toBe('sender_spaces');
    expect(hintForEntered(`${secret}\n`, 'another')).toBe(undefined);
  });

  test.each([
    ['text', { form: 'utf8' }, 'c2VjcmV0IQ=='],
    ['text with its prefix', { form: 'utf8' }, 'whsec_c2VjcmV0IQ=='],
    ['text without its prefix', { form: 'utf8', prefix: 'whsec_' }, 'whsec_no base64'],
    ['hex', { form: 'hex' }, 'ab01'],
    ['base64 without its prefix', { form: 'base64', prefix: 'whsec_' }, 'whsec_c2VjcmV0IQ=='],
  ] as const)('says that the sender reads the secret as %s', (_, key, written) => {
    const mine = [{ form: 'utf8' }, { form: 'hex' }, { form: 'base64' }, { form: 'base64', prefix: 'whsec_' }] as const;
    const scheme = hmac([header('x-signature')], { key });
    const request = signed(scheme, written);
    const hinted = mine
      .map((other) => ({ ...scheme, key: other }) as Scheme)
      .filter((other) => !verifyWithSecrets(other, [written], request).verified)
      .map((other) => hintFor(other, written, request));
    expect(hinted.length).toBeGreaterThan(1);
    expect(new Set(hinted)).toEqual(new Set(['secret_form']));
  });

  test('is given if the secret was copied without its prefix', () => {
    const request = signed(stripeLike('x-signature'), 'whsec_abc');
    expect(hintFor(stripeLike('x-signature'), 'abc', request)).toBe('secret_form');
  });

  test('is not given for an entirely different secret', () => {
    for (const scheme of [schemes.github, schemes.square, schemes.slack, schemes.twilio, schemes.contentful])
      expect(hintFor(scheme, 'another', signed(scheme, secret, aRequest(scheme === schemes.twilio ? aForm : {})))).toBe(
        undefined,
      );
  });
});

/** Secrets whose digests differ between base64 and padded base64url. */
const presetsByEncoding = {
  github: [schemes.github, 'x-hub-signature-256', secret],
  shopify: [presets.shopify.scheme, 'x-shopify-hmac-sha256', secret],
  stripe: [schemes.stripe, 'stripe-signature', 'whsec_2'],
  standardWebhooks: [schemes.standardWebhooks, 'webhook-signature', 'whsec_c2VjNQ=='],
  sanity: [schemes.sanity, 'sanity-webhook-signature', 'secret 1'],
} as const satisfies Record<string, readonly [Scheme, string, string]>;
type PresetName = keyof typeof presetsByEncoding;

/** A request with its signature in another form. `$` stands for the signature's text. */
function written(name: PresetName, form: string, encode: (digest: Buffer) => string): Signable {
  const [scheme, header, key] = presetsByEncoding[name];
  const request = signed(scheme, key, withHeaders(aRequest(), idHeader));
  const [digest = ''] = /[\w+/-]{40,}=*/.exec(request.headers[header] ?? '') ?? [];
  const bytes = Buffer.from(digest, digest.length === 64 ? 'hex' : 'base64');
  expect(bytes.length).toBe(32);
  return withHeaders(request, { [header]: form.replace('$', encode(bytes)) });
}
const hex = (digest: Buffer) => digest.toString('hex');
const base64 = (digest: Buffer) => digest.toString('base64');
const base64url = (digest: Buffer) => digest.toString('base64url');
const padded = (digest: Buffer) => `${base64url(digest)}=`;
const at = now.getTime() / 1000;

describe('a hint about the signature', () => {
  test.each<[PresetName, string, (digest: Buffer) => string, Hint]>([
    ['github', 'sha256=$', base64, 'base64_for_hex'],
    ['github', 'sha256=$', base64url, 'base64url_for_hex'],
    ['github', 'sha256=$', padded, 'base64url_for_hex'],
    ['github', '$', hex, 'prefix_missing'],
    ['github', '$', (digest) => hex(digest).toUpperCase(), 'prefix_missing'],
    ['github', '$', base64, 'base64_for_hex'],
    ['shopify', '$', hex, 'hex_for_base64'],
    ['shopify', '$', (digest) => hex(digest).toUpperCase(), 'hex_for_base64'],
    ['shopify', '$', base64url, 'base64url_for_base64'],
    ['shopify', '$', padded, 'base64url_for_base64'],
    ['shopify', 'sha256=$', base64, 'prefix_other'],
    ['shopify', 'sha256=$', hex, 'hex_for_base64'],
    ['stripe', `t=${at},v1=$`, base64, 'base64_for_hex'],
    ['stripe', `t=${at},v1=$`, padded, 'base64url_for_hex'],
    ['stripe', `t=${at},$`, hex, 'prefix_missing'],
    ['stripe', `t=${at},sha256=$`, hex, 'prefix_other'],
    ['standardWebhooks', 'v1,$', hex, 'hex_for_base64'],
    ['standardWebhooks', 'v1,$', base64url, 'base64url_for_base64'],
    ['standardWebhooks', 'v1,$ v1a,other', padded, 'base64url_for_base64'],
    ['standardWebhooks', '$', base64, 'prefix_missing'],
    ['sanity', `t=${now.getTime()},v1=$`, hex, 'hex_for_base64url'],
    ['sanity', `t=${now.getTime()},v1=$`, base64, 'base64_for_base64url'],
    ['sanity', `t=${now.getTime()},$`, base64url, 'prefix_missing'],
  ])('says in which form it came: %s, %s', (name, form, encode, hint) => {
    const [scheme, , key] = presetsByEncoding[name];
    expect(hintFor(scheme, key, written(name, form, encode))).toBe(hint);
    expect(hintFor(scheme, 'whsec_b3RoZXI=', written(name, form, encode))).toBe(undefined);
  });

  // No hint names the padding: the signature lacks neither its prefix nor its encoding.
  test('is not given for base64url with padding in place of base64url', () => {
    const [scheme, , key] = presetsByEncoding.sanity;
    expect(hintFor(scheme, key, written('sanity', `t=${now.getTime()},v1=$`, padded))).toBe(undefined);
  });

  test('is not needed for upper case hex, which is accepted', () => {
    const upper = (digest: Buffer) => hex(digest).toUpperCase();
    expect(verifyWithSecrets(schemes.github, [secret], written('github', 'sha256=$', upper)).verified).toBe(true);
  });

  test('is not given for too many copies without the prefix', () => {
    const [scheme, header, key] = presetsByEncoding.stripe;
    const request = written('stripe', '$', hex);
    const bare = request.headers[header];
    const more = (many: number) => withHeaders(request, { [header]: [`t=${at}`, ...Array(many).fill(bare)].join(',') });
    expect(hintFor(scheme, key, more(7))).toBe('prefix_missing');
    expect(hintFor(scheme, key, more(8))).toBe(undefined);
  });

  test('is not given for many = signs without a signature', () => {
    const [scheme, header, key] = presetsByEncoding.github;
    const request = withHeaders(aRequest(), { [header]: `sha256=${'='.repeat(1_000_000)}x` });
    // Work that grows with the square of their number would outlast the test's timeout.
    expect(hintFor(scheme, key, request)).toBe(undefined);
  });
});

describe('a hint about the body', () => {
  test.each([
    ['{"a":1}\n', '{"a":1}'],
    ['{"a":1}\r\n', '{"a":1}'],
    ['{"a":1}', '{"a":1}\n'],
    ['{"a":1}', '{"a":1}\r\n'],
    ['\u00e9', '\u00e9\n'],
    ['{\n"a":1}', '{\n"a":1}\n'],
  ])('says that it lost or gained a line break: %j became %j', (sent, came) => {
    const request = signed(schemes.github, secret, withBody(sent));
    expect(hintFor(schemes.github, secret, withBody(came, request))).toBe('body_line_break');
  });

  test('says that its JSON was rewritten', () => {
    const document = { name: 'J\u00fcrgen \u{1f600}', list: [1, 'two', null] };
    const request = signed(schemes.slack, secret, withBody(JSON.stringify(document)));
    for (const indent of [2, '\t'])
      expect(hintFor(schemes.slack, secret, withBody(JSON.stringify(document, null, indent), request))).toBe(
        'body_rewritten',
      );
  });

  test('says that it is a form instead of JSON, or JSON instead of a form', () => {
    const request = withHeaders(signed(schemes.linear, secret), form);
    expect(hintFor(schemes.linear, secret, withBody('a=1', request))).toBe('body_is_form');
    const mandrill = withHeaders(signed(schemes.mandrill, secret, aRequest(aForm)), {
      'content-type': 'application/json',
    });
    expect(hintFor(schemes.mandrill, secret, mandrill)).toBe('body_is_no_form');
    expect(hintFor(schemes.slack, secret, aRequest({ headers: form }))).toBe(undefined);
  });

  test('does not blame the right content type if a field is missing', () => {
    expect(hintFor(schemes.linear, secret, withBody('{}', signed(schemes.linear, secret)))).toBe(undefined);
    const mandrill = signed(schemes.mandrill, secret, aRequest(aForm));
    expect(hintFor(schemes.mandrill, secret, withBody('other=1', mandrill))).toBe(undefined);
  });

  test('does not blame a form that has all the fields', () => {
    const scheme = hmac('x-signature', { message: [value('/id'), literal('\n'), url] });
    const request = signed(scheme, 'another', aRequest({ headers: form, body: Buffer.from('id=1') }));
    expect(verifyWithSecrets(scheme, [secret], request)).toEqual(refused('signature_mismatch'));
    expect(hintFor(scheme, secret, request)).toBe(undefined);
  });

  test('is not given if the body is too large', () => {
    const long = 'x'.repeat(256 * 1024);
    const request = signed(schemes.github, secret, withBody(long));
    expect(hintFor(schemes.github, ` ${secret}`, request)).toBe('secret_spaces');
    const longer = signed(schemes.github, secret, withBody(`${long}x`));
    expect(hintFor(schemes.github, ` ${secret}`, longer)).toBe(undefined);
  });

  test('is looked for without an error in a hundred thousand nested lists', () => {
    const request = signed(schemes.github, secret);
    const [open, close] = ['[', ']'].map((text) => text.repeat(100_000));
    for (const text of [open, `${open}${close}`, `{"a":${open}${close}}`, '"\\ud800"'])
      expect(hintFor(schemes.github, secret, withBody(text ?? '', request))).toBe(undefined);
  });
});

test.each([
  ['https://hooks.example.com/hooks/a/ep_1', 'http://hooks.example.com/hooks/a/ep_1'],
  ['https://hooks.example.com/hooks/a/ep_1', 'https://hooks.example.com/hooks/a/ep_1/'],
  ['https://hooks.example.com/hooks/a/ep_1?b=1', 'https://hooks.example.com/hooks/a/ep_1/?b=1'],
  ['https://hooks.example.com/hooks/a/ep_1?b=1', 'https://hooks.example.com/hooks/a/ep_1'],
  ['https://hooks.example.com/hooks/a/ep_1', 'https://hooks.example.com:443/hooks/a/ep_1'],
  ['https://hooks.example.com:8443/hooks/a/ep_1', 'https://hooks.example.com/hooks/a/ep_1'],
  ['http://hooks.example.com/hooks/a/ep_1', 'https://hooks.example.com/hooks/a/ep_1'],
  ['http://127.0.0.1:4566/hooks/a/ep_1', 'http://127.0.0.1/hooks/a/ep_1'],
  ['http://127.0.0.1:4566/hooks/a/ep_1/?b', 'http://127.0.0.1:4566/hooks/a/ep_1?b'],
])('a hint says that the URL is %s, but the sender signed %s', (url, entered) => {
  for (const scheme of [schemes.square, schemes.hubspot3, schemes.mandrill]) {
    const sent = scheme === schemes.mandrill ? aForm : {};
    const request = signed(scheme, secret, aRequest({ url: entered, ...sent }));
    expect(hintFor(scheme, secret, { ...request, url })).toBe('url_other');
  }
});

test('a hint says that the sender signs with an older scheme', () => {
  const older = hmac([header('x-hub-signature', 'sha1=')], { algorithm: 'sha1' });
  expect(hintFor(schemes.github, secret, signed(older, secret), [older])).toBe('older_scheme');
  expect(hintFor(schemes.slack, secret, signed(schemes.plain, secret), [schemes.plain])).toBe('older_scheme');
  // The older scheme does not demand the header that the newer one demands.
  const versioned = { ...schemes.github, requires: [{ header: 'x-version', equals: '2' }] };
  expect(hintFor(versioned, secret, signed(older, secret), [older])).toBe('older_scheme');
  expect(hintFor(schemes.github, secret, signed(older, 'another'), [older])).toBe(undefined);
});

describe('a hint about the time', () => {
  const toleranceOf = (scheme: Scheme) =>
    'tolerance' in scheme ? scheme.tolerance : 'timestamp' in scheme ? scheme.timestamp?.tolerance : undefined;
  // Schemes with a tolerance of an hour or more never reject for minutes.
  const timed = Object.entries<Scheme>(schemes).filter(
    ([, scheme]) => scheme.kind !== 'publicKey' && (toleranceOf(scheme) ?? 3600) < 1800,
  );
  const secretOf = (scheme: Scheme) => ('key' in scheme && scheme.key.form === 'base64' ? 'whsec_c2Vj' : secret);
  // A JWT expires five minutes after it was made.
  test.each(timed)('says how far the time is off: %s', (_, scheme) => {
    const request = signed(scheme, secretOf(scheme));
    const at = (seconds: number) => hintFor(scheme, secretOf(scheme), { ...request, now: later(seconds) });
    expect([at(1900), at(-1900)]).toEqual(['minutes_off', 'minutes_off']);
    expect([at(8000), at(-8000)]).toEqual(['hours_off', 'hours_off']);
    expect([at(90_000), at(-90_000)]).toEqual(['days_off', 'days_off']);
  });

  test.each<[seconds: number, Hint]>([
    [301, 'minutes_off'],
    [3_600, 'minutes_off'],
    [3_601, 'hours_off'],
    [86_400, 'hours_off'],
    [86_401, 'days_off'],
    [31_536_000, 'days_off'],
  ])('for %d seconds too early or too late is %s', (seconds, hint) => {
    const request = signed(schemes.slack, secret);
    const at = (off: number) => hintFor(schemes.slack, secret, { ...request, now: later(off) });
    expect([at(seconds), at(-seconds)]).toEqual([hint, hint]);
  });

  test('says that the time has another unit', () => {
    const inUnit = (unit: 's' | 'ms') =>
      hmac([header('x-signature')], {
        timestamp: { source: header('x-time'), unit, tolerance: 300 },
        message: [body, { part: 'timestamp' }],
      });
    expect(hintFor(inUnit('s'), secret, signed(inUnit('ms'), secret))).toBe('time_unit');
    expect(hintFor(inUnit('ms'), secret, signed(inUnit('s'), secret))).toBe('time_unit');
  });

  test('is not given if the signature is invalid too', () => {
    const request = signed(schemes.slack, 'another');
    for (const seconds of [1900, 8000, 90_000])
      expect(hintFor(schemes.slack, secret, { ...request, now: later(seconds) })).toBe(undefined);
  });
});

test('no hint is given for a request with too many signatures', () => {
  const scheme = schemes.pagerduty;
  const request = signed(scheme, secret);
  const list = (many: number) =>
    withHeaders(request, {
      'x-pagerduty-signature': Array(many).fill(request.headers['x-pagerduty-signature']).join(','),
    });
  expect(hintFor(scheme, ` ${secret}`, list(8))).toBe('secret_spaces');
  expect(hintFor(scheme, ` ${secret}`, list(9))).toBe(undefined);
});

test('generated requests cause no error and no hint by chance', () => {
  const texts = fc.string({ unit: codePoint });
  const names = fc.constantFrom('x-signature', 'x-slack-signature', 'content-type', 'authorization', '__proto__');
  const reasons = fc.constantFrom<SignatureRejection>(
    ...(['signature_missing', 'signature_malformed', 'signature_mismatch', 'secret_malformed'] as const),
    ...(['timestamp_missing', 'timestamp_malformed', 'timestamp_too_old', 'message_incomplete'] as const),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values<Scheme>(schemes)),
      fc.array(texts, { maxLength: 2 }),
      fc.record({
        method: texts,
        url: fc.oneof(texts, anyUrl({ query: true })),
        headers: fc.dictionary(names, fc.oneof(texts, fc.base64String(), fc.constant('application/json'))),
        body: fc.oneof(texts, fc.json()).map((text) => Buffer.from(text)),
        now: fc.date(),
      }),
      reasons,
      (scheme, secrets, request, reason) => {
        const hint = hintOf(scheme, secrets, request, reason, Object.values<Scheme>(schemes).slice(0, 3));
        expect([undefined, 'body_is_form', 'body_is_no_form']).toContain(hint);
      },
    ),
    runs,
  );
});

test('a hint is given only with a rejection, and does not change the rejection', async () => {
  const seen = { accepted: 0, hinted: 0 };
  const key = 'whsec_c2VjcmV0IG9mIG9uZQ==';
  const signing = { secret: 's', versions: ['v1'] };
  for (const provider of ['github', 'shopify', 'stripe', 'openai'] as const)
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      for (const more of [{}, { prefix: undefined }, { prefix: 'sha256=' }])
        for (const after of ['', '\n', '\r\n', ' ']) {
          const { scheme } = presets[provider];
          // A base64 key with white space is invalid here.
          const entered = scheme.key.form === 'utf8' ? `${key}${after}` : key;
          const other = { ...scheme, encoding, signatures: scheme.signatures.map((one) => ({ ...one, ...more })) };
          const request = signed(other as Scheme, entered, withHeaders(aRequest(), idHeader));
          const before = structuredClone({ headers: request.headers, body: [...request.body] });
          const settings = settingsInForce({ provider, settings: {} });
          const handover = {
            connection: { id: 'c', name: 'orders', provider },
            endpoint: { id: 'e', settings: { auth: settings.auth }, hold: null },
            tokenVerified: null,
            pending: ['signature'],
            signing,
          };
          const delivery = {
            ...request,
            rest: undefined,
            rawQueryString: 'a=1',
            sourceIp: '192.0.2.1',
            requestId: 'r',
          };
          const proof = await verifyProofs(handover as never, settings, delivery, {
            now: () => now,
            publicUrl: 'https://hooks.example.com',
            readSigningSecret: async () => key,
            certificate: async () => 'certificate_unavailable',
          } as never);
          const verdict = verifyWithSecrets(scheme, [key], request);
          expect('reason' in proof ? proof.reason : 'verified').toBe(verdict.verified ? 'verified' : verdict.reason);
          expect(verdict.verified && 'hint' in proof).toBe(false);
          expect({ headers: request.headers, body: [...request.body] }).toEqual(before);
          seen[verdict.verified ? 'accepted' : 'hinted'] += verdict.verified || ('hint' in proof && proof.hint) ? 1 : 0;
        }
  expect(Math.min(seen.accepted, seen.hinted)).toBeGreaterThan(0);
});
