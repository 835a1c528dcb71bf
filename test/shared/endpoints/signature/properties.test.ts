import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { body } from '../../../../shared/endpoints/provider/common-schemes.ts';
import { coversBody } from '../../../../shared/endpoints/signature/body-cover.ts';
import { needsSecret } from '../../../../shared/endpoints/signature/certificate-scheme.ts';
import { type Scheme, schemeSchema } from '../../../../shared/endpoints/signature/scheme.ts';
import { sign } from '../../../../shared/endpoints/signature/signing.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { anyUrl, codePoint } from '../../../support/any-text.ts';
import { count } from '../../../support/full-counts.ts';
import { accepted, aRequest, later, refused, signed, withHeaders } from './given-signature.ts';
import { schemes } from './schemes.ts';

/** How often each property is tested. */
const runs = { numRuns: count({ usual: 200, full: 1000 }) };

const symmetric = Object.values(schemes).filter(
  (scheme) => scheme.kind !== 'publicKey' && needsSecret(scheme),
) as Scheme[];
/** Schemes that cover every byte of the body. */
const wholeBody = symmetric.filter((scheme) => 'message' in scheme && scheme.message.includes(body));

const formOf = (scheme: Scheme): string =>
  'key' in scheme ? scheme.key.form : scheme.kind === 'adyen' ? 'hex' : 'utf8';

/** An HMAC pads its key with zeros, so a key with additional zeros is the same key. */
const withoutZeros = (secret: string): string => secret.replace(/\0+$/, '');

const secretsOf = (scheme: Scheme) =>
  formOf(scheme) === 'utf8'
    ? fc
        .string({ unit: 'grapheme', minLength: 1, size: 'max', maxLength: 40 })
        .filter((text) => withoutZeros(text) !== '')
    : fc.uint8Array({ minLength: 8, size: 'max', maxLength: 64 }).map((bytes) => {
        bytes.set([1], bytes.length - 1);
        const text = Buffer.from(bytes).toString(formOf(scheme) === 'hex' ? 'hex' : 'base64');
        return 'key' in scheme && scheme.key.prefix ? `${scheme.key.prefix}${text}` : text;
      });

const isForm = (scheme: Scheme) => scheme === schemes.mandrill || scheme === schemes.twilio;

/** Texts without a colon, which separates Adyen's signed fields. */
const clear = fc.string().map((text) => text.replaceAll(':', ''));

const bodiesOf = (scheme: Scheme) => {
  if (scheme === schemes.mandrill)
    return fc.string().map((events) => Buffer.from(new URLSearchParams({ mandrill_events: events }).toString()));
  if (isForm(scheme)) {
    const pairs = fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 });
    return pairs.map((list) => Buffer.from(new URLSearchParams(list).toString()));
  }
  const items = (more: object) => ({ notificationItems: [{ NotificationRequestItem: more }], event: more });
  if (scheme.kind === 'adyen' || !coversBody(scheme))
    return fc
      .record({ pspReference: clear, eventCode: clear, merchantReference: fc.string() })
      .map((more) => Buffer.from(JSON.stringify(items(more))));
  if (scheme === schemes.linear) return fc.object().map((more) => Buffer.from(JSON.stringify(more)));
  // In braces, as JSON: if a URL or a number is next to the body, its end must be recognizable.
  return fc.uint8Array().map((bytes) => Buffer.from([0x7b, ...bytes, 0x7d]));
};

const signedBy = (list: readonly Scheme[]) =>
  fc.constantFrom(...list).chain((scheme) =>
    fc.record({ scheme: fc.constant(scheme), secret: secretsOf(scheme), body: bodiesOf(scheme) }).map((one) => {
      const type = isForm(scheme) ? 'application/x-www-form-urlencoded' : 'application/json';
      const request = aRequest({ body: one.body, headers: { 'content-type': type } });
      return { ...one, request: signed(scheme, one.secret, request) };
    }),
  );

/** Replaces a character. Not only its case, because hex ignores case. */
const changedAt = (text: string, at: number, by: string): string => {
  const index = at % text.length;
  return `${text.slice(0, index)}${by}${text.slice(index + 1)}`;
};

describe('any scheme', () => {
  test('of these tests is valid', () => {
    for (const scheme of Object.values(schemes)) expect(schemeSchema.parse(scheme)).toEqual(scheme);
  });

  test('accepts a request signed with any of its secrets, and says which secret it was', () => {
    fc.assert(
      fc.property(signedBy(symmetric), fc.boolean(), ({ scheme, secret, request }, isSecond) => {
        const other = formOf(scheme) === 'utf8' ? 'another secret' : 'whsec_c2Vj';
        fc.pre(withoutZeros(secret) !== other);
        const secrets = isSecond ? [other, secret] : [secret, other];
        expect(verifyWithSecrets(scheme, secrets, request)).toEqual(accepted(isSecond ? 1 : 0));
      }),
      runs,
    );
  });

  test('refuses another secret', () => {
    fc.assert(
      fc.property(
        signedBy(symmetric).chain((one) => fc.tuple(fc.constant(one), secretsOf(one.scheme))),
        ([{ scheme, secret, request }, other]) => {
          fc.pre(withoutZeros(other) !== withoutZeros(secret));
          expect(verifyWithSecrets(scheme, [other], request)).toEqual(refused('signature_mismatch'));
        },
      ),
      runs,
    );
  });

  test('refuses a body after one byte is changed, added or removed', () => {
    fc.assert(
      fc.property(signedBy(wholeBody), fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(2), (one, at, by, how) => {
        const bytes = [...one.request.body];
        const index = at % (bytes.length + 1);
        if (how === 0) bytes.splice(index, 0, by);
        else if (how === 1 && bytes.length > 0) bytes.splice(index % bytes.length, 1);
        else if (bytes.length > 0) bytes[index % bytes.length] = (bytes[index % bytes.length] ?? 0) ^ by;
        const changed = Buffer.from(bytes);
        fc.pre(!changed.equals(one.request.body));
        expect(verifyWithSecrets(one.scheme, [one.secret], { ...one.request, body: changed }).verified).toBe(false);
      }),
      runs,
    );
  });

  /** If a list may contain bare signatures, a comma in the prefix leaves the signature unchanged. */
  const isStillThere = (scheme: Scheme, before: string, after: string): boolean =>
    'signatures' in scheme &&
    scheme.signatures.some((source) => source.bare && source.separator) &&
    after.split(/[,; ]/).includes(before.slice(before.indexOf('=') + 1));

  test('refuses a header after one character is changed', () => {
    const characters = fc.constantFrom(...'0123456789abcdefABCDEF+/-_=, .;vtXYZ');
    fc.assert(
      fc.property(signedBy(symmetric), fc.nat(), fc.nat(), characters, (one, which, at, by) => {
        const names = Object.keys(one.request.headers).filter((name) => name !== 'content-type');
        fc.pre(names.length > 0);
        const name = names[which % names.length] ?? '';
        const before = one.request.headers[name] ?? '';
        const after = changedAt(before, at, by);
        fc.pre(after.toLowerCase() !== before.toLowerCase() && !isStillThere(one.scheme, before, after));
        expect(verifyWithSecrets(one.scheme, [one.secret], withHeaders(one.request, { [name]: after })).verified).toBe(
          false,
        );
      }),
      runs,
    );
  });

  test('refuses a request without one of its headers', () => {
    fc.assert(
      fc.property(signedBy(symmetric), fc.nat(), (one, which) => {
        const names = Object.keys(one.request.headers).filter((name) => name !== 'content-type');
        fc.pre(names.length > 0);
        const headers = { ...one.request.headers, [names[which % names.length] ?? '']: undefined };
        expect(verifyWithSecrets(one.scheme, [one.secret], { ...one.request, headers }).verified).toBe(false);
      }),
      runs,
    );
  });

  test('accepts a time within the tolerance, and refuses an earlier or later time', () => {
    const timed = symmetric.filter((scheme) => 'timestamp' in scheme && scheme.timestamp?.tolerance);
    fc.assert(
      fc.property(signedBy(timed), fc.integer({ min: -2000, max: 2000 }), ({ scheme, secret, request }, seconds) => {
        const tolerance = 'timestamp' in scheme ? (scheme.timestamp?.tolerance ?? 0) : 0;
        const verdict = verifyWithSecrets(scheme, [secret], { ...request, now: later(seconds) });
        if (seconds > tolerance) expect(verdict).toEqual(refused('timestamp_too_old'));
        else if (seconds < -tolerance) expect(verdict).toEqual(refused('timestamp_in_future'));
        else expect(verdict).toEqual(accepted());
      }),
      runs,
    );
  });

  test('never throws for any request and any secret', () => {
    const odd = fc.oneof(
      fc.string({ unit: codePoint }),
      fc.constantFrom('', 'v1,', 'v1=', 't=,v1=', 'sha256=', '....', 'e30.e30.AA', '1'.repeat(400), '=,=,;', '\ud800'),
    );
    const known = fc.constantFrom(
      ...new Set(
        symmetric.flatMap((scheme) => Object.keys(sign(scheme, secretFor(scheme), aRequest())?.headers ?? {})),
      ),
      ...['x-twilio-email-event-webhook-signature', 'x-signature-ed25519', 'x-signature-timestamp', '__proto__'],
    );
    const bodies = fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .anything({ key: fc.constantFrom('notificationItems', 'NotificationRequestItem', 'event', 'Type', 'a') })
        .map((document) =>
          Buffer.from(JSON.stringify(document, (_, one) => (typeof one === 'bigint' ? 0 : one)) ?? ''),
        ),
    );
    const requests = fc.record({
      method: odd,
      url: fc.oneof(odd, anyUrl({ query: true })),
      headers: fc.dictionary(fc.oneof(known, odd), odd),
      body: bodies.map((bytes) => Buffer.from(bytes)),
      now: fc.date(),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values<Scheme>(schemes)),
        fc.array(odd),
        requests,
        (scheme, secrets, one) => {
          expect(verifyWithSecrets(scheme, secrets, one).verified).toBe(false);
        },
      ),
      runs,
    );
  });
});

function secretFor(scheme: Scheme): string {
  return formOf(scheme) === 'utf8' ? 'a secret' : 'abcd';
}
