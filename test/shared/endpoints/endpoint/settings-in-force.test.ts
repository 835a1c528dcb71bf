import { describe, expect, test } from '@jest/globals';
import type { Endpoint } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import {
  guardOf,
  objectionsOfReplayGuard,
  schemeOf,
  settingsInForce,
  settingsOf,
  withReplayGuard,
} from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { NamedAuth } from '../../../../shared/endpoints/settings/auth.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import { tokenGuard } from './given-record.ts';

const paypal: Scheme = { kind: 'paypal', webhookId: '8PT597110X687430LKGECATA' };
const byPaypal: NamedAuth = { kind: 'signature', scheme: paypal };
const header = [{ in: 'header' as const, name: 'x-key' }];
const bearerOrQuery = [
  { in: 'header', name: 'authorization', scheme: 'Bearer' },
  { in: 'query', name: 'token' },
];

describe('the settings in force', () => {
  test('without a provider or any setting are the defaults', () => {
    const defaults = {
      auth: { kind: 'token', accept: bearerOrQuery },
      answer: null,
      dedupe: { by: 'none' },
      allowFrom: null,
      methods: ['POST', 'PUT', 'PATCH'],
      retentionDays: 30,
      secretFrom: 'operator',
      alerts: null,
      split: false,
      raw: false,
      type: null,
    };
    expect(settingsInForce({ provider: 'generic', settings: {} })).toEqual(defaults);
    expect(settingsOf({ provider: 'generic', endpoint: null })).toEqual(defaults);
  });

  test("are the operator's before the provider's", () => {
    const settings: NamedSettings = {
      retentionDays: 7,
      methods: ['PUT'],
      dedupe: { by: 'none' },
      secretFrom: 'sender',
    };
    expect(settingsInForce({ provider: 'github', settings })).toMatchObject(settings);
    const endpoint: Endpoint = { id: 'e1', status: 'active', settings, guard: tokenGuard, tokens: [] };
    expect(settingsOf({ provider: 'github', endpoint })).toMatchObject(settings);
  });

  test("are the provider's before the defaults", () => {
    expect(settingsInForce({ provider: 'github', settings: {} })).toMatchObject({
      auth: { kind: 'signature', scheme: 'github' },
      dedupe: { by: 'header', name: 'x-github-delivery' },
      secretFrom: 'operator',
    });
    expect(settingsInForce({ provider: 'stripe', settings: {} }).secretFrom).toBe('sender');
  });

  test('of one endpoint do not change those of another', () => {
    const one = settingsInForce({ provider: 'generic', settings: {} });
    one.methods.push('GET');
    expect(settingsInForce({ provider: 'generic', settings: {} }).methods).toEqual(['POST', 'PUT', 'PATCH']);
  });

  test.each<[string, NamedAuth, object]>([
    ['generic', { kind: 'token', accept: header }, { kind: 'token', accept: header }],
    ['github', { kind: 'token' }, { kind: 'token', accept: bearerOrQuery }],
    ['github', { kind: 'signature' }, { kind: 'signature', scheme: 'github' }],
    ['github', { kind: 'signature', scheme: 'github-sha1' }, { kind: 'signature', scheme: 'github-sha1' }],
    ['github', { kind: 'both' }, { kind: 'both', accept: bearerOrQuery, scheme: 'github' }],
    [
      'github',
      { kind: 'both', accept: header, scheme: 'github-sha1' },
      { kind: 'both', accept: header, scheme: 'github-sha1' },
    ],
    [
      'okta',
      { kind: 'token' },
      {
        kind: 'token',
        accept: [
          { in: 'header', name: 'authorization', scheme: 'Bearer' },
          { in: 'header', name: 'authorization' },
        ],
      },
    ],
  ])('of %s complete the auth %j', (provider, auth, expected) => {
    expect(settingsInForce({ provider, settings: { auth } }).auth).toEqual(expected);
  });
});

describe('a signature that covers only a checksum of the body', () => {
  const settings = { dedupe: { by: 'none' as const }, retentionDays: 30 };

  test('binds each signed id to one body, and remembers the id for a day longer than the signature is accepted', () => {
    const replayGuard = { header: 'paypal-transmission-id', days: 4 };
    const dedupe = { by: 'header', name: 'paypal-transmission-id' };
    expect(withReplayGuard(settings, replayGuard)).toEqual({ dedupe, retentionDays: 30 });
    expect(withReplayGuard({ ...settings, retentionDays: 3 }, replayGuard)).toEqual({ dedupe, retentionDays: 5 });
    expect(withReplayGuard(settings, undefined)).toEqual(settings);
  });

  test('is guarded whenever its scheme is in force', () => {
    const inForce = settingsInForce({ provider: 'generic', settings: { auth: byPaypal, retentionDays: 1 } });
    expect(inForce).toMatchObject({ dedupe: { by: 'header', name: 'paypal-transmission-id' }, retentionDays: 5 });
  });

  const days = expect.stringContaining('must be at least 5: a signature is accepted for 4 days');
  const name = expect.stringContaining('must be the header paypal-transmission-id');

  test.each<[string, NamedSettings, object[]]>([
    ['has no objection to defaults', { auth: byPaypal }, []],
    ['has no objection to the longest retention', { auth: byPaypal, retentionDays: 5 }, []],
    [
      'has no objection to its own header',
      { auth: byPaypal, dedupe: { by: 'header', name: 'paypal-transmission-id' } },
      [],
    ],
    [
      'objects to a shorter retention',
      { auth: byPaypal, retentionDays: 4 },
      [{ path: 'retentionDays', message: days }],
    ],
    ['objects to another id', { auth: byPaypal, dedupe: { by: 'none' } }, [{ path: 'dedupe', message: name }]],
    [
      'objects to both',
      { auth: byPaypal, dedupe: { by: 'none' }, retentionDays: 1 },
      [
        { path: 'dedupe', message: name },
        { path: 'retentionDays', message: days },
      ],
    ],
    ['is not in question for a token', { dedupe: { by: 'none' }, retentionDays: 1 }, []],
  ])('%s', (_, named, objections) => {
    expect(objectionsOfReplayGuard({ provider: 'generic', settings: named })).toEqual(objections);
  });
});

describe('a scheme', () => {
  test('has the id of its sender, the name of an older scheme, or is written out', () => {
    expect(schemeOf('github', 'github')).toMatchObject({ kind: 'hmac', algorithm: 'sha256' });
    expect(schemeOf('github', 'github-sha1')).toMatchObject({ kind: 'hmac', algorithm: 'sha1' });
    expect(schemeOf('github', paypal)).toBe(paypal);
  });

  test.each([
    ['generic', 'generic'],
    ['generic', 'github'],
    ['github', 'stripe'],
    ['github', 'constructor'],
  ])('of %s has not the name %s', (provider, name) => {
    expect(schemeOf(provider, name)).toBeUndefined();
  });
});

describe('the guard of the authorizer', () => {
  test.each<[string, NamedSettings, object]>([
    ['generic', {}, { kind: 'token', accept: bearerOrQuery, secretFrom: 'operator', handshakes: [] }],
    ['github', {}, { kind: 'signature', accept: [], secretFrom: 'operator', handshakes: [] }],
    ['stripe', {}, { kind: 'signature', accept: [], secretFrom: 'sender', handshakes: [] }],
    [
      'github',
      { auth: { kind: 'both', accept: header } },
      { kind: 'both', accept: header, secretFrom: 'operator', handshakes: [] },
    ],
    // A sender that publishes a certificate needs no secret here.
    ['generic', { auth: byPaypal }, { kind: 'signature', accept: [], secretFrom: 'nobody', handshakes: [] }],
    // Handshakes without the proof of a delivery reach the endpoint without a proof.
    ['meta', {}, { kind: 'signature', accept: [], secretFrom: 'sender', handshakes: ['GET'] }],
    // Twitch signs its handshake like a delivery.
    ['twitch', {}, { kind: 'signature', accept: [], secretFrom: 'operator', handshakes: [] }],
  ])('of %s with the settings %j', (provider, settings, expected) => {
    expect(guardOf({ provider, settings })).toStrictEqual(expected);
  });
});
