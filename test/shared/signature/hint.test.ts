import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { body, header, hmac, stripeLike } from '../../../shared/provider/scheme-of.ts';
import { type Hint, hintOf } from '../../../shared/signature/hint.ts';
import type { Reason, Signable } from '../../../shared/signature/message.ts';
import type { Scheme } from '../../../shared/signature/scheme.ts';
import { verify } from '../../../shared/signature/signature.ts';
import { aRequest, later, signed, withHeaders } from './given-signature.ts';
import { schemes } from './schemes.ts';

const runs = { numRuns: Number(process.env['HOOKLATCH_RUNS'] ?? 300) };

/** The hint for a request that is refused. */
function hintFor(scheme: Scheme, secret: string, request: Signable, older: Scheme[] = []): Hint | undefined {
  const verdict = verify(scheme, [secret], request);
  if (verdict.verified) throw new Error('The request is accepted');
  return hintOf(scheme, [secret], request, verdict.reason, older);
}

const secret = 'a secret';
const form = { 'content-type': 'application/x-www-form-urlencoded' };
/** A form that every scheme over a form signs. */
const aForm = { headers: form, body: Buffer.from('mandrill_events=%5B%5D') };
const withBody = (text: string, request = aRequest()): Signable => ({ ...request, body: Buffer.from(text) });

describe('the secret', () => {
  const utf8 = Object.entries<Scheme>(schemes).filter(([, scheme]) =>
    'key' in scheme ? scheme.key.form === 'utf8' : scheme.kind === 'twilio' || scheme.kind === 'contentful',
  );

  test.each(utf8)('was copied with white space: %s', (_, scheme) => {
    const isForm = scheme === schemes.mandrill || scheme === schemes.twilio;
    const request = signed(scheme, secret, aRequest(isForm ? aForm : {}));
    for (const copied of [` ${secret}`, `${secret}\n`, `\t${secret} \r\n`])
      expect(hintFor(scheme, copied, request)).toBe('secret_spaces');
  });

  test.each([
    ['text', { form: 'utf8' }, 'c2VjcmV0IQ=='],
    ['text with its prefix', { form: 'utf8' }, 'whsec_c2VjcmV0IQ=='],
    ['text without its prefix', { form: 'utf8', prefix: 'whsec_' }, 'whsec_no base64'],
    ['hex', { form: 'hex' }, 'ab01'],
    ['base64 without its prefix', { form: 'base64', prefix: 'whsec_' }, 'whsec_c2VjcmV0IQ=='],
  ] as const)('is read by the sender as %s', (_, key, written) => {
    const mine = [{ form: 'utf8' }, { form: 'hex' }, { form: 'base64' }, { form: 'base64', prefix: 'whsec_' }] as const;
    const scheme = hmac([header('x-signature')], { key });
    const request = signed(scheme, written);
    const hinted = mine
      .map((other) => ({ ...scheme, key: other }) as Scheme)
      .filter((other) => !verify(other, [written], request).verified)
      .map((other) => hintFor(other, written, request));
    expect(hinted.length).toBeGreaterThan(1);
    expect(new Set(hinted)).toEqual(new Set(['secret_form']));
  });

  test('was copied without its prefix, which is a part of it', () => {
    const request = signed(stripeLike('x-signature'), 'whsec_abc');
    expect(hintFor(stripeLike('x-signature'), 'abc', request)).toBe('secret_form');
  });

  test('is another one, and there is nothing to say', () => {
    for (const scheme of [schemes.github, schemes.square, schemes.slack, schemes.twilio, schemes.contentful])
      expect(hintFor(scheme, 'another', signed(scheme, secret, aRequest(scheme === schemes.twilio ? aForm : {})))).toBe(
        undefined,
      );
  });
});

describe('the body', () => {
  test.each([
    ['{"a":1}\n', '{"a":1}'],
    ['{"a":1}\r\n', '{"a":1}'],
    ['{"a":1}', '{"a":1}\n'],
    ['{"a":1}', '{"a":1}\r\n'],
    ['\u00e9', '\u00e9\n'],
  ])('lost or gained a line break: %j became %j', (sent, came) => {
    const request = signed(schemes.github, secret, withBody(sent));
    expect(hintFor(schemes.github, secret, withBody(came, request))).toBe('body_line_break');
  });

  test('is JSON that something wrote anew', () => {
    const document = { name: 'J\u00fcrgen \u{1f600}', list: [1, 'two', null] };
    const request = signed(schemes.slack, secret, withBody(JSON.stringify(document)));
    for (const indent of [2, '\t'])
      expect(hintFor(schemes.slack, secret, withBody(JSON.stringify(document, null, indent), request))).toBe(
        'body_rewritten',
      );
  });

  test('is a form where fields of JSON are read, or the other way round', () => {
    const request = withHeaders(signed(schemes.linear, secret), form);
    expect(hintFor(schemes.linear, secret, withBody('a=1', request))).toBe('body_is_form');
    const mandrill = withHeaders(signed(schemes.mandrill, secret, aRequest(aForm)), {
      'content-type': 'application/json',
    });
    expect(hintFor(schemes.mandrill, secret, mandrill)).toBe('body_is_no_form');
    expect(hintFor(schemes.slack, secret, aRequest({ headers: form }))).toBe(undefined);
  });

  test('is too long to be tried otherwise', () => {
    const long = 'x'.repeat(256 * 1024);
    const request = signed(schemes.github, secret, withBody(long));
    expect(hintFor(schemes.github, ` ${secret}`, request)).toBe('secret_spaces');
    const longer = signed(schemes.github, secret, withBody(`${long}x`));
    expect(hintFor(schemes.github, ` ${secret}`, longer)).toBe(undefined);
  });

  test('can hold anything, such as a list in a list a hundred thousand times', () => {
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
  ['http://127.0.0.1:4566/hooks/a/ep_1/?b', 'http://127.0.0.1:4566/hooks/a/ep_1?b'],
])('the URL is %s, and the sender signed %s', (url, entered) => {
  for (const scheme of [schemes.square, schemes.hubspot3, schemes.mandrill]) {
    const sent = scheme === schemes.mandrill ? aForm : {};
    const request = signed(scheme, secret, aRequest({ url: entered, ...sent }));
    expect(hintFor(scheme, secret, { ...request, url })).toBe('url_other');
  }
});

test('the sender signs by an older scheme', () => {
  const older = hmac([header('x-hub-signature', 'sha1=')], { algorithm: 'sha1' });
  expect(hintFor(schemes.github, secret, signed(older, secret), [older])).toBe('older_scheme');
  expect(hintFor(schemes.slack, secret, signed(schemes.plain, secret), [schemes.plain])).toBe('older_scheme');
  expect(hintFor(schemes.github, secret, signed(older, 'another'), [older])).toBe(undefined);
});

describe('the time', () => {
  const toleranceOf = (scheme: Scheme) =>
    'tolerance' in scheme ? scheme.tolerance : 'timestamp' in scheme ? scheme.timestamp?.tolerance : undefined;
  // One that tolerates an hour or more is never refused for minutes.
  const timed = Object.entries<Scheme>(schemes).filter(
    ([, scheme]) => scheme.kind !== 'publicKey' && (toleranceOf(scheme) ?? 3600) < 1800,
  );
  const secretOf = (scheme: Scheme) => ('key' in scheme && scheme.key.form === 'base64' ? 'whsec_c2Vj' : secret);
  // A JWT says when it ends, which is five minutes after it was made.
  test.each(timed)('is off by so much: %s', (_, scheme) => {
    const request = signed(scheme, secretOf(scheme));
    const at = (seconds: number) => hintFor(scheme, secretOf(scheme), { ...request, now: later(seconds) });
    expect([at(1900), at(-1900)]).toEqual(['minutes_off', 'minutes_off']);
    expect([at(8000), at(-8000)]).toEqual(['hours_off', 'hours_off']);
    expect([at(90_000), at(-90_000)]).toEqual(['days_off', 'days_off']);
  });

  test('is read in another unit', () => {
    const inUnit = (unit: 's' | 'ms') =>
      hmac([header('x-signature')], {
        timestamp: { source: header('x-time'), unit, tolerance: 300 },
        message: [body, { part: 'timestamp' }],
      });
    expect(hintFor(inUnit('s'), secret, signed(inUnit('ms'), secret))).toBe('time_unit');
    expect(hintFor(inUnit('ms'), secret, signed(inUnit('s'), secret))).toBe('time_unit');
  });

  test('is told nothing of while the signature does not hold either', () => {
    const request = signed(schemes.slack, 'another');
    for (const seconds of [1900, 8000, 90_000])
      expect(hintFor(schemes.slack, secret, { ...request, now: later(seconds) })).toBe(undefined);
  });
});

test('more signatures than any sender sends are not tried out', () => {
  const scheme = schemes.pagerduty;
  const request = signed(scheme, secret);
  const list = (many: number) =>
    withHeaders(request, {
      'x-pagerduty-signature': Array(many).fill(request.headers['x-pagerduty-signature']).join(','),
    });
  expect(hintFor(scheme, ` ${secret}`, list(8))).toBe('secret_spaces');
  expect(hintFor(scheme, ` ${secret}`, list(9))).toBe(undefined);
});

test('nothing that is sent makes it throw, or holds by chance', () => {
  const texts = fc.string({ unit: 'binary' });
  const names = fc.constantFrom('x-signature', 'x-slack-signature', 'content-type', 'authorization', '__proto__');
  const reasons = fc.constantFrom<Reason>(
    ...(['signature_missing', 'signature_malformed', 'signature_mismatch', 'secret_malformed'] as const),
    ...(['timestamp_missing', 'timestamp_malformed', 'timestamp_too_old', 'message_incomplete'] as const),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values<Scheme>(schemes)),
      fc.array(texts, { maxLength: 2 }),
      fc.record({
        method: texts,
        url: fc.oneof(texts, fc.webUrl({ withQueryParameters: true })),
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
