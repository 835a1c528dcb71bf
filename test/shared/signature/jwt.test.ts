import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { header } from '../../../shared/provider/common-schemes.ts';
import { type JwtScheme, schemeSchema } from '../../../shared/signature/scheme.ts';
import { checkScheme } from '../../../shared/signature/scheme-check.ts';
import { verifyWithSecrets } from '../../../shared/signature/verify-by-secret.ts';
import { accepted, aRequest, now, refused, signed, withHeaders } from './given-signature.ts';

const secret = 'a secret of the sender';
const scheme: JwtScheme = {
  kind: 'jwt',
  algorithm: 'HS256',
  key: { form: 'utf8' },
  token: header('authorization', 'Bearer '),
  tolerance: 60,
  aud: 'https://hooks.example.com',
  iss: 'https://sender.example.com',
};
const expires = { exp: now.getTime() / 1000 + 60 };
const { aud, iss } = scheme;

/** A handmade token with these claims. */
function verdictOf(claims: object, by: JwtScheme = scheme) {
  const segments = [{ alg: 'HS256' }, claims].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url'));
  const text = segments.join('.');
  const token = `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  return verifyWithSecrets(by, [secret], withHeaders(aRequest(), { authorization: `Bearer ${token}` }));
}

describe('a JWT', () => {
  test('has the audience and the issuer that the scheme demands', () => {
    expect(verdictOf({ ...expires, iss, aud })).toEqual(accepted());
    expect(verdictOf({ ...expires, iss, aud: ['https://other.example.com', aud] })).toEqual(accepted());
  });

  test.each<[string, object]>([
    ['without an audience', { iss }],
    ['for another audience', { iss, aud: 'https://other.example.com' }],
    ['for a list of other audiences', { iss, aud: ['https://other.example.com', `${aud}/`] }],
    ['for an empty list of audiences', { iss, aud: [] }],
    ['for an audience in a nested list', { iss, aud: [[aud]] }],
    ['with an object as audience', { iss, aud: { 0: aud } }],
    ['for an audience that only begins with the right one', { iss, aud: `${aud}.evil.example` }],
    ['without an issuer', { aud }],
    ['of another issuer', { aud, iss: 'https://evil.example.com' }],
    ['with a list of issuers', { aud, iss: [iss] }],
  ])('%s is rejected, even with a valid signature', (_, claims) => {
    expect(verdictOf({ ...expires, ...claims })).toEqual(refused('claim_mismatch'));
  });

  test('with the right audience and issuer is rejected after its expiry', () => {
    expect(verdictOf({ iss, aud })).toEqual(refused('timestamp_missing'));
    expect(verdictOf({ iss, aud, exp: expires.exp - 121 })).toEqual(refused('timestamp_too_old'));
    expect(verdictOf({ iss, aud, ...expires, nbf: expires.exp + 61 })).toEqual(refused('timestamp_in_future'));
  });

  test('may have any audience and issuer if the scheme demands none', () => {
    const { aud: _, iss: __, ...lax } = scheme;
    expect(verdictOf({ ...expires, aud: 7, iss: null }, lax)).toEqual(accepted());
    expect(verdictOf(expires, lax)).toEqual(accepted());
  });

  test('that our signer makes has the audience and the issuer, so that the scheme check and the self-test pass', () => {
    expect(verifyWithSecrets(scheme, [secret], signed(scheme, secret))).toEqual(accepted());
    expect(checkScheme(scheme).map(({ severity }) => severity)).toEqual(['warning']);
  });
});

test('a JWT scheme may demand an audience and an issuer, and both must be strings', () => {
  expect(schemeSchema.parse(scheme)).toEqual(scheme);
  for (const wrong of [{ aud: '' }, { iss: '' }, { aud: ['a'] }, { iss: 7 }])
    expect(schemeSchema.safeParse({ ...scheme, ...wrong }).success).toBe(false);
});
