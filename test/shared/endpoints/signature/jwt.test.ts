import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { header } from '../../../../shared/endpoints/provider/common-schemes.ts';
import { type JwtScheme, schemeSchema } from '../../../../shared/endpoints/signature/scheme.ts';
import { checkScheme } from '../../../../shared/endpoints/signature/scheme-check.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
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

const unsigned = (claims: object, head: object = { alg: 'HS256' }) =>
  [head, claims].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.');

/** A handmade token with these claims. */
function tokenOf(claims: object, head?: object): string {
  const text = unsigned(claims, head);
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const verdictOnHeader = (authorization: string, by: JwtScheme = scheme, key = secret) =>
  verifyWithSecrets(by, [key], withHeaders(aRequest(), { authorization }));
const verdictOf = (claims: object, by?: JwtScheme) => verdictOnHeader(`Bearer ${tokenOf(claims)}`, by);

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

  test('must have an expiry', () => {
    expect(verdictOf({ iss, aud })).toEqual(refused('timestamp_missing'));
  });

  const at = now.getTime() / 1000;
  // The clocks may differ by 60 seconds.
  test.each<[string, object, object]>([
    ['60 seconds after its expiry', { exp: at - 60 }, accepted()],
    ['later than 60 seconds after its expiry', { exp: at - 60.001 }, refused('timestamp_too_old')],
    ['60 seconds before it begins', { nbf: at + 60 }, accepted()],
    ['earlier than 60 seconds before it begins', { nbf: at + 60.001 }, refused('timestamp_in_future')],
    ['60 seconds before it was issued', { iat: at + 60 }, accepted()],
    ['earlier than 60 seconds before it was issued', { iat: at + 60.001 }, refused('timestamp_in_future')],
    ['with a text as expiry', { exp: 'tomorrow' }, refused('timestamp_malformed')],
    ['with a text as begin', { nbf: 'tomorrow' }, refused('timestamp_malformed')],
    ['with a text as time of issue', { iat: 'tomorrow' }, refused('timestamp_malformed')],
    ['with null as expiry', { exp: null }, refused('timestamp_malformed')],
  ])('%s: %j', (_, times, verdict) => {
    expect(verdictOf({ ...expires, iss, aud, ...times })).toEqual(verdict);
  });

  test('may have any audience and issuer if the scheme demands none', () => {
    const { aud: _, iss: __, ...lax } = scheme;
    expect(verdictOf({ ...expires, aud: 7, iss: null }, lax)).toEqual(accepted());
    expect(verdictOf(expires, lax)).toEqual(accepted());
  });

  const right = { ...expires, iss, aud };

  test('is rejected if its header demands an extension (`crit`)', () => {
    const token = tokenOf(right, { alg: 'HS256', crit: ['exp'] });
    expect(verdictOnHeader(`Bearer ${token}`)).toEqual(refused('signature_unsupported'));
  });

  test.each([
    ['has only two segments', `Bearer ${unsigned(right)}`],
    ['has a fourth segment', `Bearer ${tokenOf(right)}.e30`],
    ['is no token', 'Bearer abc'],
    ['is the first of two', `Bearer ${tokenOf(right)},Bearer ${tokenOf(right)}`],
  ])('is malformed if it %s', (_, authorization) => {
    const list: JwtScheme = { ...scheme, token: header('authorization', 'Bearer ', ',') };
    expect(verdictOnHeader(`Bearer ${tokenOf(right)}`, list)).toEqual(accepted());
    expect(verdictOnHeader(authorization, list)).toEqual(refused('signature_malformed'));
  });

  test('with RS256 needs a signature with SHA-256', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const { aud: _, iss: __, ...lax } = scheme;
    const rs256: JwtScheme = { ...lax, algorithm: 'RS256', key: { form: 'pem' } };
    const text = unsigned(expires, { alg: 'RS256' });
    const signedWith = (digest: string) => sign(digest, Buffer.from(text), privateKey).toString('base64url');
    const verdictOn = (signature: string) => verdictOnHeader(`Bearer ${text}.${signature}`, rs256, pem);
    expect(verdictOn(signedWith('sha256'))).toEqual(accepted());
    expect(verdictOn(signedWith('sha1'))).toEqual(refused('signature_mismatch'));
    expect(verdictOn(signedWith('sha512'))).toEqual(refused('signature_mismatch'));
    expect(verdictOn('')).toEqual(refused('signature_malformed'));
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
