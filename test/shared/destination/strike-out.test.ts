import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { secretsOf } from '../../../shared/destination/destination-value.ts';
import { strikeOut } from '../../../shared/destination/strike-out.ts';

const secret = 'p\u00e4ss "word"/1';

describe('an answer', () => {
  test.each([
    ['as it is', `you sent ${secret} twice: ${secret}`, 'you sent REDACTED twice: REDACTED'],
    ['in base64', `got ${Buffer.from(secret).toString('base64')}`, 'got REDACTED'],
    ['percent-encoded', 'got p%C3%A4ss%20%22word%22%2F1.', 'got REDACTED.'],
    ['in JSON', '{"echo":"p\u00e4ss \\"word\\"/1"}', '{"echo":"REDACTED"}'],
    ['in JSON that escapes the slash', '{"echo":"p\u00e4ss \\"word\\"\\/1"}', '{"echo":"REDACTED"}'],
    ['cut at its end', 'got p\u00e4ss "w', 'got REDACTED'],
    ['not at all', 'got p\u00e4ss here', 'got p\u00e4ss here'],
  ])('that has a secret %s is shown without it', (_, text, shown) => {
    expect(strikeOut(text, [secret])).toBe(shown);
  });

  test('is not cut for a few characters that begin a secret', () => {
    expect(strikeOut('got p\u00e4ss', [secret])).toBe('got p\u00e4ss');
  });

  test('loses a secret of six characters, and nothing shorter', () => {
    expect(strikeOut('abcdef abcde', ['abcdef', 'abcde'])).toBe('REDACTED abcde');
  });

  test('keeps what is too short to be a secret', () => {
    expect(strikeOut('the path is /in', ['/in', 'path'])).toBe('the path is /in');
  });

  test('loses the longer one of two secrets, whichever comes first', () => {
    for (const secrets of [
      ['secret', 'secret-and-more'],
      ['secret-and-more', 'secret'],
    ])
      expect(strikeOut('a secret-and-more, a secret', secrets)).toBe('a REDACTED, a REDACTED');
  });

  test('has no secret in it, wherever it was', () => {
    const secrets = fc
      .string({ minLength: 8, maxLength: 40, size: 'max' })
      .filter((text) => !'REDACTED'.includes(text.slice(0, 6)));
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), fc.nat(), (one, before, after, cut) => {
        const whole = `${before}${one}${after}`;
        expect(strikeOut(whole, [one]).includes(one)).toBe(false);
        // Of a text that ends within the secret, at most five characters of it are left.
        const within = before.length + 6 + (cut % (one.length - 6));
        expect(strikeOut(whole.slice(0, within), [one]).endsWith(one.slice(0, within - before.length))).toBe(false);
      }),
    );
  });
});

test('the secrets of a destination are all that only admins may see', () => {
  const value = {
    url: 'https://shop.example.com/services/T0000000/0123456789abcdefghij?key=a%20key&b=2',
    headers: { 'x-key': 'header-value' },
    auth: { kind: 'basic', username: 'ada', password: 'a password' },
    signingSecret: 'whsec_1',
    previousSigningSecret: 'whsec_2',
  } as const;
  expect(secretsOf(value).sort()).toEqual(
    [
      '/services/T0000000/0123456789abcdefghij?key=a%20key&b=2',
      '/services/T0000000/0123456789abcdefghij',
      '0123456789abcdefghij',
      'a key',
      '2',
      'header-value',
      'a password',
      'YWRhOmEgcGFzc3dvcmQ=',
      'whsec_1',
      'whsec_2',
    ].sort(),
  );
  const oauth = { tokenUrl: 'https://id.example.com/token', clientId: 'c d', clientSecret: 's&t' } as const;
  const proofs = [
    { kind: 'none' },
    { kind: 'bearer', token: 't' },
    { kind: 'header', name: 'x', value: 'v' },
    { kind: 'oauth2', ...oauth, clientAuthentication: 'basic' },
  ] as const;
  const { previousSigningSecret: _, ...rest } = value;
  const plain = { ...rest, url: 'https://shop.example.com/', headers: {} };
  expect(proofs.map((auth) => secretsOf({ ...plain, auth }))).toEqual([
    ['/', '/', 'whsec_1'],
    ['/', '/', 't', 'whsec_1'],
    ['/', '/', 'v', 'whsec_1'],
    // As they are, in a form, and as Basic: `c+d:s%26t`.
    ['/', '/', 's&t', 's%26t', 'YytkOnMlMjZ0', 'whsec_1'],
  ]);
});
