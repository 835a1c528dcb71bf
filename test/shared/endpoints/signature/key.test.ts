import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  hasValidSignature,
  importKey,
  type SignatureMethod,
  secretBytes,
  signatureBytes,
} from '../../../../shared/endpoints/signature/key.ts';

const rsaMethod = {
  kind: 'publicKey',
  algorithm: 'rsa-sha256',
  key: { form: 'pem' },
  encoding: 'base64',
} satisfies SignatureMethod;
const pemOf = (key: KeyObject) => key.export({ format: 'pem', type: 'spki' }).toString();
const message = Buffer.from('{"id":"evt_1"}');

describe('an RSA key', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const isValid = (digest: string, method: SignatureMethod = rsaMethod) => {
    const key = importKey(method, pemOf(publicKey));
    return key !== undefined && hasValidSignature(method, key, message, [sign(digest, message, privateKey)]);
  };

  test('accepts only signatures with the digest of the method', () => {
    expect(['sha256', 'sha1', 'sha384', 'sha512'].map((digest) => isValid(digest))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    const sha1: SignatureMethod = { ...rsaMethod, algorithm: 'rsa-sha1' };
    expect(['sha256', 'sha1', 'sha512'].map((digest) => isValid(digest, sha1))).toEqual([false, true, false]);
  });

  test('is no RSA-PSS key, however long that is', () => {
    const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    expect([publicKey, pss.publicKey].map((key) => importKey(rsaMethod, pemOf(key)) !== undefined)).toEqual([
      true,
      false,
    ]);
  });
});

describe('a key of raw bytes', () => {
  const method = {
    kind: 'publicKey',
    algorithm: 'ed25519',
    key: { form: 'rawHex', prefix: 'ed25519:' },
    encoding: 'hex',
  } satisfies SignatureMethod;
  const hex = generateKeyPairSync('ed25519')
    .publicKey.export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('hex');

  test('is accepted with and without its prefix', () => {
    expect([hex, `ed25519:${hex}`].map((text) => importKey(method, text) !== undefined)).toEqual([true, true]);
  });

  test.each([
    ['empty', ''],
    ['no hex', `${hex.slice(0, -1)}x`],
    ['one byte short', hex.slice(2)],
  ])('is refused if it is %s', (_, text) => {
    expect(importKey(method, text)).toBeUndefined();
  });
});

describe('a shared secret', () => {
  test('is the UTF-8 form of its text', () => {
    expect(secretBytes({ form: 'utf8' }, 'süß')).toEqual(Buffer.from([0x73, 0xc3, 0xbc, 0xc3, 0x9f]));
  });

  test('is refused if its text has no UTF-8 form, because several such texts would be the same key', () => {
    expect(secretBytes({ form: 'utf8' }, 'a\ud800')).toBeUndefined();
  });

  test('loses its prefix only at the start', () => {
    const key = { form: 'utf8', prefix: 'whsec_' } as const;
    expect(secretBytes(key, 'whsec_ab')).toEqual(Buffer.from('ab'));
    expect(secretBytes(key, 'ab whsec_')).toEqual(Buffer.from('ab whsec_'));
  });

  test('with only the prefix is empty', () => {
    expect(secretBytes({ form: 'base64', prefix: 'whsec_' }, 'whsec_')).toBeUndefined();
  });
});

describe('a signature', () => {
  test('is malformed if it is empty, even if its method sets no length', () => {
    expect(signatureBytes(rsaMethod, '')).toBeUndefined();
    expect(signatureBytes(rsaMethod, 'AAAA')).toEqual(Buffer.alloc(3));
  });

  // From `openssl dgst -sha256 -hmac 'a secret'`
  test('of another length is invalid, and does not affect a valid one beside it', () => {
    const method: SignatureMethod = { kind: 'hmac', algorithm: 'sha256', key: { form: 'utf8' }, encoding: 'hex' };
    const right = Buffer.from('4c31657e6e104415ffb04d7b52560600fdf32fdfea000fc70d9eaa634dd930d7', 'hex');
    const isValid = (...signatures: Buffer[]) =>
      hasValidSignature(method, Buffer.from('a secret'), message, signatures);
    expect(isValid(Buffer.alloc(0), right.subarray(1))).toBe(false);
    expect(isValid(Buffer.alloc(0), right, Buffer.alloc(32))).toBe(true);
  });
});
