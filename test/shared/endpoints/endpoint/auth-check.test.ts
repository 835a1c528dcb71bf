import { describe, expect, test } from '@jest/globals';
import { checkAuth } from '../../../../shared/endpoints/endpoint/auth-check.ts';
import { whySchemeIsUnsafe } from '../../../../shared/endpoints/endpoint/custom-scheme.ts';
import type { Auth } from '../../../../shared/endpoints/settings/auth.ts';
import type { Scheme, TemplateScheme } from '../../../../shared/endpoints/signature/scheme.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';

const accept = [{ in: 'query' as const, name: 'token' }];
const hmacOver = (...message: TemplateScheme['message']): TemplateScheme => ({
  kind: 'hmac',
  algorithm: 'sha256',
  key: { form: 'utf8' },
  encoding: 'hex',
  message,
  signatures: [{ in: 'header', name: 'x-signature' }],
});
const body = { part: 'body' } as const;
const method = { part: 'method' } as const;
const crc = { part: 'bodyCrc32' } as const;
const dot = { part: 'literal', text: '.' } as const;

const signature = (scheme: string | Scheme): Auth => ({ kind: 'signature', scheme });
const both = (scheme: string | Scheme): Auth => ({ kind: 'both', accept, scheme });

/** The refusal. `undefined` if the auth is accepted. */
function refusalOf(provider: string, auth: Auth): Refusal | undefined {
  try {
    checkAuth(provider, auth);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

describe('an auth is accepted', () => {
  test.each<[string, string, Auth]>([
    ['without a scheme', 'generic', { kind: 'token', accept }],
    ['with the scheme of the sender', 'github', signature('github')],
    ['with an older scheme of the sender', 'github', signature('github-sha1')],
    ['with a custom scheme over the body', 'generic', signature(hmacOver(body))],
    ['with a custom scheme that covers less, beside a token', 'generic', both(hmacOver(method, dot, crc))],
  ])('%s', (_, provider, auth) => {
    expect(refusalOf(provider, auth)).toBeUndefined();
  });
});

describe('an auth is refused', () => {
  test.each<[string, string, Auth, string]>([
    [
      'with the scheme of another sender',
      'github',
      signature('stripe'),
      'the schemes of github are github, github-sha1. Name one of them, or send a custom scheme.',
    ],
    [
      'with the scheme of another sender, if there is only one to choose',
      'shopify',
      signature('github'),
      'the schemes of shopify are shopify. Name one of them, or send a custom scheme.',
    ],
    [
      'with the name of a sender that has no scheme',
      'generic',
      signature('generic'),
      'generic has no scheme that works without further fields. Send the scheme as an object with kind.',
    ],
    [
      'with a custom scheme that can not work, and all its errors are listed',
      'generic',
      both({ ...hmacOver(dot), kind: 'digest' } as Scheme),
      'The message contains nothing of the request, so one signature is valid for every request. Add body. Anybody can make a digest that does not contain the secret. Add secret to the message, or use an HMAC.',
    ],
    [
      'with only a signature that does not cover the body',
      'generic',
      signature(hmacOver(method, dot, crc)),
      'its signature does not cover the body, so anybody who saw a request can send another body. Add the part body to the message, or demand a token too, with auth.kind both.',
    ],
  ])('%s', (_, provider, auth, why) => {
    expect(refusalOf(provider, auth)).toMatchObject({
      code: 'invalid_scheme',
      message: `auth.scheme cannot be used: ${why}`,
      facts: { errors: [{ path: 'auth.scheme', pointer: '/auth/scheme', message: why }] },
    });
  });
});

// X signs any short text in its handshake, so a delivery's message must be the body, which is an object.
describe('a custom scheme for a sender that signs texts in its handshake', () => {
  const isUnsafe = expect.stringContaining('the handshake of x returns a signature of a text that anybody may choose');

  test.each<[string, Auth, unknown]>([
    ['is safe over the body alone', signature(hmacOver(body)), undefined],
    ['is safe over the body alone beside a token', both(hmacOver(body)), undefined],
    ['is unsafe over more than the body', signature(hmacOver(body, dot)), isUnsafe],
    ['is unsafe over something else', both(hmacOver(method)), isUnsafe],
    ['is unsafe without a message', signature({ kind: 'twilio' } as Scheme), isUnsafe],
    ['is not in question if the scheme is its own', signature('x'), undefined],
    ['is not in question for a token', { kind: 'token', accept }, undefined],
  ])('%s', (_, auth, expected) => {
    expect(whySchemeIsUnsafe('x', auth)).toEqual(expected);
  });

  test('is safe for a sender without such a handshake', () => {
    expect(whySchemeIsUnsafe('github', signature(hmacOver(body, dot)))).toBeUndefined();
  });
});
