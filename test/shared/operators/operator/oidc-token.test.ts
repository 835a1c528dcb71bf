import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Log } from '../../../../shared/ground/aws/logger.ts';
import type { OidcSettings } from '../../../../shared/operators/operator/oidc-settings.ts';
import { type IdentifyByOidc, oidcIdentifier, oidcIdOf } from '../../../../shared/operators/operator/oidc-token.ts';
import { bearerJwtIn } from '../../../../shared/operators/operator/operator.ts';
import { filled } from '../../../support/filled.ts';
import {
  aForgedJwt,
  aJwt,
  aKey,
  anIssuer,
  anRsaKey,
  type GivenIssuer,
  type GivenKey,
  nowInSeconds,
} from './given-issuer.ts';

let given: GivenIssuer;
let key: GivenKey;
let lines: Record<string, unknown>[];
let now: number;
let settings: OidcSettings;

beforeAll(async () => {
  given = await anIssuer();
  [key] = given.keys as [GivenKey];
});
afterAll(() => given.end());
beforeEach(() => {
  Object.assign(given, { keys: [key], broken: undefined, discovery: {} });
  given.fetched.length = 0;
  lines = [];
  now = Date.now();
  settings = {
    issuer: given.issuer,
    audience: 'hooklatch',
    roles: [
      { role: 'connection_admin', claim: 'groups', value: 'platform' },
      { role: 'flow_designer', claim: 'groups', value: 'support' },
    ],
  };
});

const log: Log = (line, level = 'info') => lines.push({ level, ...line });

/** A function instance that has fetched nothing yet. Its clock moves only when a test moves it. */
const anInstance = (more: Partial<OidcSettings> = {}): IdentifyByOidc =>
  oidcIdentifier({ ...settings, ...more }, { fetch, now: () => new Date(now), log });

const both = ['/.well-known/openid-configuration', '/keys'];

test('a token identifies its subject, with the role of its claims and the expiry of the token', async () => {
  const identify = anInstance();
  const expiresAt = '2099-01-01T00:00:00.000Z';
  const exp = Date.parse(expiresAt) / 1000;
  const admin = { id: 'oidc:ada', name: 'oidc:ada', role: 'connection_admin', expiresAt };
  expect(await identify(aJwt(key, given.claims({ exp })))).toEqual({ identity: admin });
  expect(await identify(aJwt(key, given.claims({ exp, sub: 'bo', groups: 'support' })))).toEqual({
    identity: { id: 'oidc:bo', name: 'oidc:bo', role: 'flow_designer', expiresAt },
  });
  expect(given.fetched).toEqual(both);
});

test.each(['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const)(
  'a key for %s verifies, also for one of several audiences',
  async (alg) => {
    const other = aKey('key-2', alg);
    given.keys = [key, other];
    const token = aJwt(other, given.claims({ aud: ['else', 'hooklatch'] }));
    expect(await anInstance()(token)).toHaveProperty('identity.id', 'oidc:ada');
  },
);

test('the issuer may end with a slash', async () => {
  const issuer = `${given.issuer}/`;
  given.discovery = { issuer };
  expect(await anInstance({ issuer })(aJwt(key, given.claims({ iss: issuer })))).toHaveProperty('identity');
  expect(given.fetched).toEqual(both);
});

test('a token may end with the year 9999', async () => {
  const exp = Date.parse('9999-12-31T23:59:59.000Z') / 1000;
  const found = await anInstance()(aJwt(key, given.claims({ exp })));
  expect(found).toHaveProperty('identity.expiresAt', '9999-12-31T23:59:59.000Z');
  expect(await anInstance()(aJwt(key, given.claims({ exp: exp + 1 })))).toEqual({ rejection: 'oidc_expiry_missing' });
});

test('the setting jwksUri saves the fetch of the discovery document', async () => {
  const identify = anInstance({ jwksUri: `${given.issuer}/keys` });
  expect(await identify(aJwt(key, given.claims()))).toHaveProperty('identity');
  expect(given.fetched).toEqual(['/keys']);
});

describe('a token is refused before anything is fetched', () => {
  const half = nowInSeconds() - 31;
  test.each<[string, object, string]>([
    ['another audience', { aud: 'else' }, 'oidc_audience_mismatch'],
    ['no audience', { aud: undefined }, 'oidc_audience_mismatch'],
    ['an audience that only begins like it', { aud: 'hooklatch-2' }, 'oidc_audience_mismatch'],
    ['another issuer', { iss: 'https://id.example.com' }, 'oidc_issuer_mismatch'],
    ['no issuer', { iss: undefined }, 'oidc_issuer_mismatch'],
    ['a time that is over', { exp: half }, 'oidc_expired'],
    ['no end', { exp: undefined }, 'oidc_expiry_missing'],
    ['an end that is no date', { exp: 1e12 }, 'oidc_expiry_missing'],
    ['a time that has not begun', { nbf: nowInSeconds() + 60 }, 'oidc_not_yet_valid'],
    ['no subject', { sub: undefined }, 'oidc_subject_missing'],
    ['an empty subject', { sub: '' }, 'oidc_subject_missing'],
    ['a subject that is no text', { sub: 5 }, 'oidc_malformed'],
    ['no role', { groups: ['sales'] }, 'oidc_role_missing'],
    ['no groups', { groups: undefined }, 'oidc_role_missing'],
  ])('with %s', async (_, claims, rejection) => {
    expect(await anInstance()(aJwt(key, given.claims(claims)))).toEqual({ rejection });
    expect(given.fetched).toEqual([]);
  });

  test.each([
    ['none', { alg: 'none' }],
    ['None', { alg: 'None', kid: 'key-1' }],
    ['HS256, whose key would be a public one', { alg: 'HS256', kid: 'key-1' }],
    ['a name of Object.prototype', { alg: 'constructor', kid: 'key-1' }],
    ['no algorithm', { kid: 'key-1' }],
    ['an extension that it demands', { alg: 'ES256', kid: 'key-1', crit: ['b64'], b64: false }],
  ])('with the algorithm %s', async (_, header) => {
    expect(await anInstance()(aForgedJwt(header, given.claims()))).toEqual({ rejection: 'oidc_algorithm_not_allowed' });
    expect(given.fetched).toEqual([]);
  });

  test.each(['a.b.c', '..', 'e30.e30.AA', `${Buffer.from('[]').toString('base64url')}.e30.AA`])(
    'that is malformed: %s',
    async (token) => {
      const found = await anInstance()(token);
      expect(['oidc_malformed', 'oidc_algorithm_not_allowed']).toContain('rejection' in found && found.rejection);
      expect(given.fetched).toEqual([]);
    },
  );

  test('without the id of a key', async () => {
    const token = aJwt(key, given.claims(), { kid: undefined });
    expect(await anInstance()(token)).toEqual({ rejection: 'oidc_key_unknown' });
    expect(given.fetched).toEqual([]);
  });
});

test('clocks may differ by half a minute', async () => {
  const claims = given.claims({ nbf: nowInSeconds() + 20, exp: nowInSeconds() - 20 });
  expect(await anInstance()(aJwt(key, claims))).toHaveProperty('identity');
});

test('a published key of another kind is no key for the algorithm, even without a curve', async () => {
  const rsa = aKey('key-1', 'RS256');
  given.keys = [{ ...rsa, jwk: { kty: 'oct', kid: 'key-1', k: 'c2VjcmV0' } }];
  expect(await anInstance()(aJwt(rsa, given.claims()))).toEqual({ rejection: 'oidc_key_unknown' });
});

describe('a signature is refused', () => {
  test('of another key with the same id', async () => {
    const thief = aKey('key-1');
    expect(await anInstance()(aJwt(thief, given.claims()))).toEqual({ rejection: 'oidc_signature_invalid' });
  });

  test('if the claims were changed', async () => {
    const [head, , signature] = aJwt(key, given.claims({ groups: ['support'] })).split('.');
    const [, claims] = aJwt(key, given.claims()).split('.');
    expect(await anInstance()(`${head}.${claims}.${signature}`)).toEqual({ rejection: 'oidc_signature_invalid' });
  });

  test.each(['RS256', 'RS384', 'RS512', 'ES384', 'ES512', 'EdDSA'])(
    'if the header names the algorithm %s, for another kind of key',
    async (alg) => {
      const token = aJwt(key, given.claims(), { alg });
      expect(await anInstance()(token)).toEqual({ rejection: 'oidc_key_unknown' });
    },
  );

  test('if the issuer uses the key only to encrypt, or the key is none', async () => {
    given.keys = [{ ...key, jwk: { ...key.jwk, use: 'enc' } }];
    expect(await anInstance()(aJwt(key, given.claims()))).toEqual({ rejection: 'oidc_signature_invalid' });
    given.keys = [{ ...key, jwk: { kid: 'key-1', kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }];
    expect(await anInstance()(aJwt(key, given.claims()))).toEqual({ rejection: 'oidc_signature_invalid' });
  });
});

describe('an RSA key of the issuer', () => {
  test.each([
    ['RS256', 1_024],
    ['RS384', 2_040],
    ['RS512', 1_536],
  ] as const)('for %s with %i bits verifies nothing', async (alg, bits) => {
    const short = anRsaKey('key-1', alg, bits);
    given.keys = [short];
    expect(await anInstance()(aJwt(short, given.claims()))).toEqual({ rejection: 'oidc_key_too_short' });
  });

  test('is not longer because zeros stand before it', async () => {
    const short = anRsaKey('key-1', 'RS256', 1_024);
    const n = Buffer.concat([Buffer.alloc(128), Buffer.from(String(short.jwk['n']), 'base64url')]).toString(
      'base64url',
    );
    given.keys = [{ ...short, jwk: { ...short.jwk, n } }];
    expect(await anInstance()(aJwt(short, given.claims()))).toEqual({ rejection: 'oidc_key_too_short' });
  });

  test('that is too short does not stand in the way of a long one with the same id', async () => {
    const [short, long] = [anRsaKey('key-1', 'RS256', 1_024), aKey('key-1', 'RS256')];
    given.keys = [short, long];
    expect(await anInstance()(aJwt(long, given.claims()))).toHaveProperty('identity.id', 'oidc:ada');
    expect(await anInstance()(aJwt(short, given.claims()))).toEqual({ rejection: 'oidc_signature_invalid' });
  });

  test.each([
    ['an empty modulus', { n: '' }],
    ['a modulus that is no text', { n: 5 }],
    ['no exponent', { e: undefined }],
  ])('with %s verifies nothing', async (_, change) => {
    const long = aKey('key-1', 'RS256');
    given.keys = [{ ...long, jwk: { ...long.jwk, ...change } as never }];
    expect(await anInstance()(aJwt(long, given.claims()))).toEqual({ rejection: 'oidc_key_too_short' });
  });
});

test('two keys may have the same id', async () => {
  const second = aKey('key-1', 'RS256');
  given.keys = [key, second, aKey('key-1')];
  const identify = anInstance();
  for (const each of filled([key, second]))
    expect(await identify(aJwt(each, given.claims()))).toHaveProperty('identity');
});

describe('the keys of the issuer', () => {
  test('are fetched again when a token has a new key, and then the old key is refused', async () => {
    const identify = anInstance();
    expect(await identify(aJwt(key, given.claims()))).toHaveProperty('identity');
    const next = aKey('key-2');
    given.keys = [next];
    now += 10_000;
    expect(await identify(aJwt(next, given.claims()))).toHaveProperty('identity');
    expect(given.fetched).toEqual([...both, ...both]);
    expect(await identify(aJwt(key, given.claims()))).toEqual({ rejection: 'oidc_key_unknown' });
    expect(given.fetched).toHaveLength(4);
  });

  test('are fetched at most once in ten seconds, however many unknown ids come', async () => {
    const identify = anInstance({ jwksUri: `${given.issuer}/keys` });
    for (let at = 0; at < 100; at += 1) {
      const stranger = aForgedJwt({ alg: 'ES256', kid: `made-up-${at}` }, given.claims());
      expect(await identify(stranger)).toEqual({ rejection: 'oidc_key_unknown' });
      expect(await identify(aJwt(key, given.claims()))).toHaveProperty('identity');
      now += 200;
    }
    expect(given.fetched).toEqual(['/keys', '/keys']);
  });

  test('are fetched once for tokens that come at the same time', async () => {
    const identify = anInstance();
    const found = await Promise.all([1, 2, 3].map(() => identify(aJwt(key, given.claims()))));
    expect(filled(found).every((each) => 'identity' in each)).toBe(true);
    expect(given.fetched).toEqual(both);
  });

  test('are trusted for an hour after they were fetched', async () => {
    const identify = anInstance({ jwksUri: `${given.issuer}/keys` });
    const token = aJwt(key, given.claims({ exp: nowInSeconds() + 7_200 }));
    expect(await identify(token)).toHaveProperty('identity');
    given.keys = [aKey('key-2')];
    now += 3_599_999;
    expect(await identify(token)).toHaveProperty('identity');
    now += 1;
    expect(await identify(token)).toEqual({ rejection: 'oidc_key_unknown' });
    expect(given.fetched).toEqual(['/keys', '/keys']);
  });

  test.each([
    ['answers with an error', { status: 503 }, 'answered 503'],
    ['does not exist', { status: 404 }, 'does not exist or is too large'],
    ['is too large', { status: 200, body: 'x'.repeat(65_537) }, 'does not exist or is too large'],
    ['is not JSON', { status: 200, body: 'hello' }, 'is not a JSON object'],
    ['is null', { status: 200, body: 'null' }, 'is not a JSON object'],
    ['has no keys', { status: 200, body: '{"keys":{}}' }, 'is not a set of keys'],
    ['moved elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'TypeError'],
  ])(
    'nobody gets in if the file %s; the log says so, and ten seconds later it is tried again',
    async (_, broken, fault) => {
      const jwksUri = `${given.issuer}/keys`;
      const identify = anInstance({ jwksUri });
      const token = aJwt(key, given.claims());
      given.broken = broken;
      for (let attempt = 0; attempt < 5; attempt += 1)
        await expect(identify(token)).rejects.toMatchObject({
          name: 'OidcKeysUnavailable',
          message: `${jwksUri} can't be read`,
        });
      expect(given.fetched).toEqual(['/keys']);
      expect(lines).toEqual([
        {
          level: 'error',
          outcome: 'failed',
          reason: 'oidc_keys_unavailable',
          url: jwksUri,
          fault: expect.stringContaining(fault),
        },
      ]);
      given.broken = undefined;
      now += 10_000;
      expect(await identify(token)).toHaveProperty('identity');
    },
  );

  test('a key that is cached works while the issuer is down, and an unknown key fails', async () => {
    const identify = anInstance();
    expect(await identify(aJwt(key, given.claims()))).toHaveProperty('identity');
    given.broken = { status: 500 };
    now += 10_000;
    await expect(identify(aJwt(aKey('key-9'), given.claims()))).rejects.toThrow("can't be read");
    expect(await identify(aJwt(key, given.claims()))).toHaveProperty('identity');
  });

  test.each([
    ['names another issuer', { issuer: 'https://id.example.com' }, 'names another issuer'],
    ['names no keys', { jwks_uri: undefined }, 'names no https URL of keys'],
    ['names keys at an unsafe URL', { jwks_uri: 'http://id.example.com/keys' }, 'names no https URL of keys'],
    ['names a file', { jwks_uri: 'file:///etc/passwd' }, 'names no https URL of keys'],
  ])('a discovery document is refused that %s', async (_, discovery, fault) => {
    given.discovery = discovery;
    await expect(anInstance()(aJwt(key, given.claims()))).rejects.toThrow("can't be read");
    expect(lines).toEqual([expect.objectContaining({ fault: `Error: ${fault}` })]);
    expect(given.fetched).toEqual(['/.well-known/openid-configuration']);
  });

  test.each<[string, (issuer: string) => string, boolean]>([
    ['may name keys that come by https', () => 'https://keys.example.com/keys', true],
    ['may not name keys that come by http', (local) => `${local}/keys`, false],
    ['may not name keys that come by http from a path that says https:', (local) => `${local}/https:`, false],
  ])('a discovery document of an https issuer %s', async (_, jwksUri, isAllowed) => {
    const asked: string[] = [];
    const issuer = 'https://id.example.com';
    const identify = oidcIdentifier(
      { ...settings, issuer },
      {
        fetch: async (url) => {
          asked.push(String(url));
          return Response.json({ issuer, jwks_uri: jwksUri(given.issuer), keys: [key.jwk] });
        },
        now: () => new Date(now),
        log,
      },
    );
    const finding = await identify(aJwt(key, given.claims({ iss: issuer }))).catch(({ name }: Error) => name);
    const discovery = 'https://id.example.com/.well-known/openid-configuration';
    expect([finding, asked]).toEqual(
      isAllowed
        ? [{ identity: expect.objectContaining({ id: 'oidc:ada' }) }, [discovery, 'https://keys.example.com/keys']]
        : ['OidcKeysUnavailable', [discovery]],
    );
  });
});

describe('the id in the history', () => {
  test.each([
    ['auth0|5f7c8ec7c33c6c004bbafe82', 'oidc:auth0|5f7c8ec7c33c6c004bbafe82'],
    ['repo:acme/infra:ref:refs/heads/main', 'oidc:repo:acme/infra:ref:refs/heads/main'],
    ['ada@example.com', 'oidc:ada@example.com'],
    ['a'.repeat(91), `oidc:${'a'.repeat(91)}`],
  ])('is the subject %s', (subject, id) => {
    expect(oidcIdOf(subject)).toBe(id);
  });

  test('of an unusual or long subject is safe, short, and no other subject has it', () => {
    const subjects = [
      'a b',
      'a_b',
      'a\nb',
      'a\u202eb',
      '<a>',
      'ä',
      'a'.repeat(92),
      `${'a'.repeat(92)}b`,
      'x'.repeat(5_000),
    ];
    const ids = subjects.map(oidcIdOf);
    for (const id of filled(ids)) {
      expect(id).toMatch(/^oidc:[\w.:/@|+=~-]+$/);
      expect(id.length).toBeLessThanOrEqual(96);
    }
    expect(new Set(ids).size).toBe(subjects.length);
    // With the first 16 characters of the SHA-256 of `a b`, by sha256sum.
    expect(ids[0]).toBe('oidc:a_b~c8687a08aa5d6ed2');
    // A subject can't imitate another one's shortened id.
    expect(oidcIdOf(oidcIdOf('a b').slice(5))).not.toBe(oidcIdOf('a b'));
  });
});

test('a JWT is read from the header, unless it is too large or malformed', () => {
  expect(bearerJwtIn('Bearer aa.bb.cc')).toBe('aa.bb.cc');
  expect(bearerJwtIn('bearer  a-_.b.c ')).toBe('a-_.b.c');
  expect(bearerJwtIn(`Bearer a.${'b'.repeat(8_188)}.c`)).toHaveLength(8_192);
  expect(bearerJwtIn(`Bearer a.${'b'.repeat(8_189)}.c`)).toBeUndefined();
  const wrong = [
    '',
    'a.b.c',
    'Basic a.b.c',
    'Bearer a.b',
    'Bearer a.b.c.d',
    'Bearer a.b.c,Bearer a.b.c',
    'Bearer a..c',
    'Bearer a.b=',
  ];
  for (const header of filled(wrong)) expect(bearerJwtIn(header)).toBeUndefined();
  expect(bearerJwtIn(undefined)).toBeUndefined();
});
