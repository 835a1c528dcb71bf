import { describe, expect, it } from '@jest/globals';
import type { EndpointAnswer, RevealedToken } from '../../../clients/console/connection/connection-record.ts';
import { hasTokenInUrl, maskedUrlOf, pasteUrlOf } from '../../../clients/console/connection/paste-url.ts';

const url = 'https://hooks.example.com/hooks/shop/abc';
const token = { id: 't1' };

const endpoint = (auth: unknown, more: object = {}) =>
  ({ url, auth, tokens: [token], ...more }) as unknown as EndpointAnswer;
const byToken = (...accept: unknown[]) => endpoint({ kind: 'token', accept });

describe('the URL on the screen', () => {
  it.each([
    ['a query parameter', { in: 'query', name: 'to ken' }, `${url}?to%20ken=••••••`],
    ['the last segment', { in: 'path' }, `${url}/••••••`],
    ['Basic', { in: 'basic', username: 'a@b' }, 'https://a%40b:••••••@hooks.example.com/hooks/shop/abc'],
    ['a header', { in: 'header', name: 'x-token' }, url],
    ['the body', { in: 'body', path: '/token' }, url],
  ])('hides the token in %s', (_, placement, expected) => {
    expect(maskedUrlOf(byToken(placement))).toBe(expected);
  });

  it('uses the first placement that is in the URL', () => {
    expect(maskedUrlOf(byToken({ in: 'header', name: 'x' }, { in: 'path' }, { in: 'query', name: 't' }))).toBe(
      `${url}/••••••`,
    );
  });

  it('is bare for a signature', () => {
    expect(maskedUrlOf(endpoint({ kind: 'signature', scheme: 'github' }))).toBe(url);
    expect(hasTokenInUrl(endpoint({ kind: 'signature', scheme: 'github' }))).toBe(false);
  });

  it('is bare while there is no token', () => {
    const bare = endpoint({ kind: 'token', accept: [{ in: 'path' }] }, { tokens: [] });
    expect(maskedUrlOf(bare)).toBe(url);
    expect(hasTokenInUrl(bare)).toBe(false);
  });

  it('says whether there is a token in it', () => {
    expect(hasTokenInUrl(byToken({ in: 'query', name: 'token' }))).toBe(true);
  });
});

describe('the URL to paste', () => {
  const answer = (deliveryUrls: unknown[]) => ({ url, deliveryUrls }) as unknown as RevealedToken;

  it('is the first one with the token in it', () => {
    const urls = [
      { placement: { in: 'header', name: 'authorization' }, url, header: { name: 'authorization', value: 'Bearer x' } },
      { placement: { in: 'query', name: 'token' }, url: `${url}?token=x` },
      { placement: { in: 'path' }, url: `${url}/x` },
    ];
    expect(pasteUrlOf(answer(urls))).toBe(`${url}?token=x`);
  });

  it('is the bare one if the token goes elsewhere', () => {
    const urls = [{ placement: { in: 'header', name: 'x' }, url, header: { name: 'x', value: 'x' } }];
    expect(pasteUrlOf(answer(urls))).toBe(url);
    expect(pasteUrlOf(answer([]))).toBe(url);
  });
});
