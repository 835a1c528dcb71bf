import { describe, expect, test } from '@jest/globals';
import { generateToken, tokenDigest } from '../../../../shared/endpoints/credential/token.ts';
import { credentialsInBody } from '../../../../shared/endpoints/credential/token-placement.ts';
import type { Guard } from '../../../../shared/endpoints/settings/auth.ts';
import {
  authorizeBody,
  checkPolicy,
  type PolicyCheck,
  signingOf,
} from '../../../../shared/events/arrival/credential-check.ts';
import { withMissingSchemes } from '../../../../shared/events/arrival/placement-faults.ts';
import { authorizeRequest } from '../../../../shared/events/arrival/request-authorization.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const guard: Guard = {
  kind: 'token',
  accept: [{ in: 'body', path: '/passcode' }],
  secretFrom: 'operator',
  handshakes: [],
};
const live = { id: 't2', createdAt: '2026-02-01T12:00:00.000Z', createdBy: 'op_1', holds: 'bearer' } as const;
const expired = { ...live, id: 't1', expiresAt: '2026-03-01T12:00:00.000Z' };

const aPolicy = (more: Partial<Guard> = {}): PolicyCheck => ({
  guard: { ...guard, ...more },
  secret: 'arn',
  tokens: [live, expired],
  mayBeHandshake: false,
  now,
});

test('a token in the body is compared with the live tokens alone', async () => {
  const request = { method: 'POST', headers: {}, rawQueryString: '', rest: undefined };
  const proofs = await checkPolicy(aPolicy(), request, async (_, id) => tokenDigest(id));
  expect(proofs).toEqual({
    tokenVerified: null,
    pending: ['bodyToken'],
    // printf t2 | openssl dgst -sha256
    liveDigests: { t2: 'c44474038d459e40e4714afefa7bf8dae9f9834b22f5e8ec1dd434ecb62b512e' },
  });
});

test('only live versions that may sign verify a signature; with a certificate, every live one stands for it', () => {
  expect(signingOf(aPolicy())).toEqual({});
  expect(signingOf(aPolicy({ kind: 'both' }))).toEqual({ signing: { secret: 'arn', versions: [] } });
  expect(signingOf(aPolicy({ kind: 'both', secretFrom: 'nobody' }))).toEqual({
    signing: { secret: 'arn', versions: ['t2'] },
  });
});

test('of two credentials in a body, one that is malformed refuses both', () => {
  const accept = [
    { in: 'body', path: '/a' },
    { in: 'body', path: '/b' },
  ] as const;
  const digests = { t2: tokenDigest('a-token-of-the-sender').toString('hex') };
  const presented = (value: string) => [
    { in: 'body' as const, place: 'body /a', value: 'a-token-of-the-sender' },
    { in: 'body' as const, place: 'body /b', value },
  ];
  expect(authorizeBody(accept, presented('a-token-of-the-sender'), digests)).toEqual({ tokenId: 't2' });
  expect(authorizeBody(accept, presented(''), digests)).toMatchObject({ reason: 'token_malformed' });
});

describe('white space around a token', () => {
  const token = generateToken('hle', new Uint8Array(32));
  const places = [{ in: 'query', name: 'key' }, { in: 'path' }, { in: 'body', path: '/a' }] as const;

  test.each<[string, string]>([
    [`${token} `, 'spaces_around'],
    [` ${token}`, 'spaces_around'],
    [`${token}\n`, 'spaces_around'],
    [`${token}x `, 'malformed'],
    [`${token}x`, 'malformed'],
    ['a-token-of-the-sender\t', 'spaces_around'],
    ['a-token of-the-sender', 'unknown'],
    [' ', 'unknown'],
    ['', 'malformed'],
  ])('%j is said to be %s', async (value, fault) => {
    const encoded = encodeURIComponent(value);
    const readDigest = async () => tokenDigest(token);
    const inQuery = await checkPolicy(
      aPolicy({ accept: places.slice(0, 1) }),
      { headers: {}, rawQueryString: `key=${encoded}`, rest: undefined },
      readDigest,
    );
    const inBody = authorizeBody(
      places.slice(2),
      credentialsInBody(places.slice(2), Buffer.from(JSON.stringify({ a: value })), 'application/json'),
      { t2: tokenDigest(token).toString('hex') },
    );
    expect([inQuery.refusal?.faults, inBody]).toMatchObject([
      [{ placement: 'query key', fault }],
      { faults: [{ placement: 'body /a', fault }] },
    ]);
  });

  test('is no fault of a token that has it', async () => {
    const inPath = { headers: {}, rawQueryString: '', rest: 'a-token-of-the-sender ' };
    const policy = { ...aPolicy({ accept: places.slice(1, 2) }), tokens: [live] };
    const proofs = await checkPolicy(policy, inPath, async () => tokenDigest('a-token-of-the-sender '));
    expect(proofs).toMatchObject({ tokenVerified: 't2' });
  });
});

const bearer = { in: 'header', name: 'authorization', scheme: 'Bearer' } as const;
const missing = (placement: string) => [{ placement, fault: 'missing' as const }];

test('a header without its scheme word is told, also beside a credential elsewhere', () => {
  const request = { headers: { authorization: 'abc' }, rawQueryString: '', rest: undefined };
  const query = { in: 'query' as const, place: 'query key', value: 'x' };
  expect(withMissingSchemes(missing('header authorization'), [bearer], [query], request)).toEqual([
    { placement: 'header authorization', fault: 'scheme_missing' },
  ]);
});

test('a query parameter that is missing has no scheme word, even if a header has its name', () => {
  const request = { headers: { key: 'abc' }, rawQueryString: '', rest: undefined };
  expect(withMissingSchemes(missing('query key'), [{ in: 'query', name: 'key' }], [], request)).toEqual(
    missing('query key'),
  );
});

test.each([
  [undefined, '0123456789abcdefghijkl'],
  ['orders', undefined],
  ['Orders', '0123456789abcdefghijkl'],
])('nothing is read for the path %j, %j', async (connection, endpointId) => {
  const deps = {
    readConnection: async () => {
      throw new Error('read');
    },
    readDigest: async () => tokenDigest(''),
    now: () => now,
  };
  const request = { connection, endpointId, method: 'POST', sourceIp: '192.0.2.1', headers: {}, rawQueryString: '' };
  expect(await authorizeRequest({ ...request, rest: undefined }, deps)).toEqual({
    admitted: false,
    reason: 'endpoint_unknown',
    faults: [],
    accept: [],
  });
});
