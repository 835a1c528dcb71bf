import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Placement } from '../../../../shared/endpoints/credential/token-placement.ts';
import { whyNotSecret, whyNotToken } from '../../../../shared/endpoints/endpoint/secret-value-format.ts';
import type { Scheme, SecretForm } from '../../../../shared/endpoints/signature/scheme.ts';

const spaces = 'it begins or ends with white space, probably from pasting. Send it without';
const query: Placement = { in: 'query', name: 'token' };

describe('a token', () => {
  const outOfRange = 'a token has 12 to 512 printable ASCII characters';

  test.each<[string, string, Placement[], string | undefined]>([
    ['has at least 12 characters', 'twelve-chars', [query], undefined],
    ['has not 11 characters', 'eleven-char', [query], outOfRange],
    ['has up to 512 characters', 'x'.repeat(512), [query], undefined],
    ['has not 513 characters', 'x'.repeat(513), [query], outOfRange],
    ['may have spaces and signs', 'a token ~!', [], outOfRange],
    ['may have spaces and signs inside', 'a token of ~!', [query], undefined],
    ['has only ASCII', 'a token with é', [query], outOfRange],
    ['has no line break', 'a token of\ntwo lines', [query], outOfRange],
    ['has no space at its end', 'a token of the sender ', [query], spaces],
    ['has no space at its start', ' a token of the sender', [query], spaces],
    [
      'is no mistyped token of Hooklatch',
      `hle_${'0'.repeat(49)}`,
      [query],
      'it looks like a token of Hooklatch, but its checksum is wrong',
    ],
    ['may be a token of Hooklatch', `hle_${'0'.repeat(43)}2CZclj`, [query], undefined],
    ['fits into all its placements', 'first/second', [query, { in: 'path' }], 'a path segment cannot contain a "/"'],
  ])('%s', (_, value, accept, expected) => {
    expect(whyNotToken(value, accept)).toBe(expected);
  });
});

describe('a shared secret', () => {
  const hmacWith = (key: SecretForm): Scheme => ({
    kind: 'hmac',
    algorithm: 'sha256',
    key,
    encoding: 'hex',
    message: [{ part: 'body' }],
    signatures: [{ in: 'header', name: 'x-signature' }],
  });
  const short = 'a signing secret has at least 12 bytes';

  test.each<[string, SecretForm, string, string | undefined]>([
    ['has at least 12 bytes', { form: 'utf8' }, 'twelve bytes', undefined],
    ['has not 11 bytes', { form: 'utf8' }, 'eleven byte', short],
    ['has at least 12 bytes in hex', { form: 'hex' }, '00112233445566778899aabb', undefined],
    ['has not 11 bytes in hex', { form: 'hex' }, '00112233445566778899aa', short],
    ['has no space at its start', { form: 'utf8' }, ' twelve bytes', spaces],
    ['has no space at its end', { form: 'hex' }, '00112233445566778899aabb ', spaces],
    ['is hex', { form: 'hex' }, 'not hexadecimal', "this sender's secrets are written as hexadecimal"],
    ['is padded base64', { form: 'base64' }, 'YQ', "this sender's secrets are written as padded base64"],
    [
      'is text',
      { form: 'utf8', prefix: 'k_' },
      'k_',
      "this sender's secrets are written as text, with or without k_ before it",
    ],
    [
      'is base64 after its prefix',
      { form: 'base64', prefix: 'whsec_' },
      'whsec_?',
      "this sender's secrets are written as padded base64, with or without whsec_ before it",
    ],
    ['is base64 without its prefix', { form: 'base64', prefix: 'whsec_' }, 'dHdlbHZlIGJ5dGVz', undefined],
  ])('%s', (_, form, secret, expected) => {
    expect(whyNotSecret(hmacWith(form), secret)).toBe(expected);
  });
});

describe('a public key', () => {
  const pemOf = (key: { export(options: { type: 'spki'; format: 'pem' }): string | Buffer }) =>
    String(key.export({ type: 'spki', format: 'pem' }));
  const ed25519 = pemOf(generateKeyPairSync('ed25519').publicKey);
  const p256 = pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  const byKey: Scheme = {
    ...{
      kind: 'publicKey',
      algorithm: 'ed25519',
      key: { form: 'pem' },
      encoding: 'base64',
      message: [{ part: 'body' }],
    },
    signatures: [{ in: 'header', name: 'x-signature' }],
  };
  const noKey = "this sender signs with its own private key. Enter its public key as the sender's settings show it";
  const byJwt: Scheme = {
    kind: 'jwt',
    algorithm: 'RS256',
    key: { form: 'pem' },
    tolerance: 60,
    token: { in: 'header', name: 'authorization' },
  };
  // Made with openssl genrsa 2048.
  const rsa = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA40mMmqsqbJ/RnH2QAm/w
htVGCluFEqcD5Kw47EXk/2mzdT7bgfwXTVUkq3BskVYIOTmgTZjqSKK8IwtpQts+
Qz/Pkn59MBHLP3KgErc+8+PlNvclYsHXIdkIqI/JYgXljB73CINcqbitQhSHI39J
j9RGcjAYNy8SESMtRHy1jQahk4mn8rXRnoCJgu/dpqfzypbZJnvfYGzjYnmtYyOB
UK2c5ea8oHuzGLPnXFLmiQlRquLN5WgH1GUw98sK4+IhBkWHESYWHqkpT5rQyTts
wziPZw7Agm7jklAK8MXicbeVa7VeISb7KWLM29mdKLLGojrqbYAbGwSPnn645dWk
qwIDAQAB
-----END PUBLIC KEY-----`;

  test.each<[string, Scheme, string, string | undefined]>([
    ['of the algorithm', byKey, ed25519, undefined],
    ['may have a line break at its end', byKey, `${ed25519}\n`, undefined],
    ['is not of another algorithm', byKey, p256, noKey],
    ['is not another text', byKey, 'a secret of the sender', noKey],
    ['of a JWT', byJwt, rsa, undefined],
    ['of a JWT is not of another algorithm', byJwt, ed25519, noKey],
    ['can not be entered for a certificate', { kind: 'paypal', webhookId: 'w1' } as Scheme, ed25519, noKey],
  ])('%s', (_, scheme, secret, expected) => {
    expect(whyNotSecret(scheme, secret)).toBe(expected);
  });
});
