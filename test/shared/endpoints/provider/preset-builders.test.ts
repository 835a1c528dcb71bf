import { describe, expect, test } from '@jest/globals';
import type { Handshake } from '../../../../shared/endpoints/provider/preset.ts';
import {
  challenged,
  check,
  handshake,
  selfSigned,
  signed,
  standard,
  tokened,
} from '../../../../shared/endpoints/provider/preset-builders.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';

const scheme: Scheme = { kind: 'twilio' };

describe('a preset', () => {
  test('has only what its description says', () => {
    expect(signed(scheme)).toEqual({ kind: 'signature', scheme });
    expect(signed(undefined)).toEqual({ kind: 'signature' });
    expect(selfSigned(scheme)).toEqual({ kind: 'signature', scheme, secretFrom: 'sender' });
    expect(tokened([{ in: 'path' }])).toEqual({ kind: 'token', accept: [{ in: 'path' }] });
  });

  test('has its places from short texts', () => {
    expect(signed(scheme, { id: 'x-id', type: ['x-event', '/type'], accept: ['x-token', '/token'] })).toEqual({
      kind: 'signature',
      scheme,
      dedupe: { by: 'header', name: 'x-id' },
      type: [
        { in: 'header', name: 'x-event' },
        { in: 'body', path: '/type' },
      ],
      accept: [
        { in: 'header', name: 'x-token' },
        { in: 'body', path: '/token' },
      ],
    });
    expect(signed(scheme, { id: '/data/id', type: '/event' })).toMatchObject({
      dedupe: { by: 'body', path: '/data/id' },
      type: [{ in: 'body', path: '/event' }],
    });
  });

  test('may change what its builder says', () => {
    expect(signed(scheme, { kind: 'both', rejectionStatus: 401 })).toEqual({
      kind: 'both',
      scheme,
      rejectionStatus: 401,
    });
    expect(selfSigned(scheme, { secretFrom: 'handshake' })).toMatchObject({ secretFrom: 'handshake' });
  });

  test('of Standard Webhooks has the headers of its prefix', () => {
    expect(standard()).toMatchObject({
      kind: 'signature',
      secretFrom: 'sender',
      dedupe: { by: 'header', name: 'webhook-id' },
      type: [{ in: 'body', path: '/type' }],
      scheme: { key: { form: 'base64', prefix: 'whsec_' } },
    });
    expect(standard({ key: { form: 'utf8' }, type: '/event' }, 'svix')).toMatchObject({
      dedupe: { by: 'header', name: 'svix-id' },
      type: [{ in: 'body', path: '/event' }],
      scheme: { key: { form: 'utf8' } },
    });
  });
});

describe('a handshake', () => {
  test.each<[string, Handshake['when'][number]]>([
    ['/type', { in: 'body', path: '/type' }],
    ['x-id', { in: 'header', name: 'x-id' }],
    ['?challenge', { in: 'query', name: 'challenge' }],
    ['!x-id', { in: 'header', name: 'x-id', absent: true }],
    ['!?challenge', { in: 'query', name: 'challenge', absent: true }],
    ['/type=url_verification', { in: 'body', path: '/type', equals: 'url_verification' }],
    ['/type=a=b', { in: 'body', path: '/type', equals: 'a=b' }],
    ['/type=', { in: 'body', path: '/type', equals: '' }],
    ['content-type^=text/', { in: 'header', name: 'content-type', begins: 'text/' }],
  ])('with the mark %s', (text, mark) => {
    expect(handshake('POST', text, { with: 'nothing' }).when).toEqual([mark]);
  });

  test('needs the proof of a delivery, and has no challenge, unless its description says more', () => {
    expect(handshake('POST', ['/a', '/b'], { with: 'text' })).toEqual({
      method: 'POST',
      proof: 'delivery',
      answer: { with: 'text' },
      when: [
        { in: 'body', path: '/a' },
        { in: 'body', path: '/b' },
      ],
    });
    expect(handshake('GET', '?a', { with: 'text' }, '?a', 'window')).toEqual({
      method: 'GET',
      proof: 'window',
      answer: { with: 'text' },
      when: [{ in: 'query', name: 'a' }],
      challenge: { in: 'query', name: 'a' },
    });
  });

  test('with a challenge is recognized by it', () => {
    expect(challenged('POST', '/challenge', { with: 'text' })).toEqual({
      method: 'POST',
      proof: 'delivery',
      answer: { with: 'text' },
      when: [{ in: 'body', path: '/challenge' }],
      challenge: { in: 'body', path: '/challenge' },
    });
  });

  test('that only checks the URL is answered to everybody', () => {
    expect(check('HEAD')).toEqual({ method: 'HEAD', when: [], proof: 'none', answer: { with: 'nothing' } });
    expect(check('POST', 'x-check').when).toEqual([{ in: 'header', name: 'x-check' }]);
  });
});
