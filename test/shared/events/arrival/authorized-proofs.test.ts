/** What the authorizer finds in a request, and hands over to ingest. */
import { describe, expect, test } from '@jest/globals';
import { tokenDigest } from '../../../../shared/endpoints/credential/token.ts';
import type { Placement } from '../../../../shared/endpoints/credential/token-placement.ts';
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint, Token } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import type { Guard } from '../../../../shared/endpoints/settings/auth.ts';
import { authorizeRequest, type SenderRequest } from '../../../../shared/events/arrival/request-authorization.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const endpointId = '0123456789abcdefghijkl';
const token = 'the-token-of-this-endpoint';
const inQuery: Placement = { in: 'query', name: 'token' };
const inBasic: Placement = { in: 'basic', username: 'hook' };
const inBody: Placement = { in: 'body', path: '/token' };

const aToken = (id: string, more: Partial<Token> = {}): Token => ({
  id,
  createdAt: '2026-02-01T12:00:00.000Z',
  createdBy: 'bootstrap',
  holds: 'bearer',
  ...more,
});
const aGuard = (more: Partial<Guard> = {}): Guard => ({
  kind: 'token',
  accept: [inQuery],
  secretFrom: 'operator',
  handshakes: [],
  ...more,
});
const anEndpoint = (more: Partial<Endpoint> = {}): Endpoint => ({
  ...{
    id: endpointId,
    status: 'active',
    settings: {},
    secret: 'arn',
    guard: aGuard(),
    tokens: [aToken('t1')],
    ...more,
  },
});
const request: SenderRequest = {
  connection: 'orders',
  endpointId,
  method: 'POST',
  sourceIp: '192.0.2.1',
  headers: {},
  rawQueryString: `token=${token}`,
  rest: undefined,
};
const withoutToken = { rawQueryString: '' };

/** Authorizes a request to this endpoint. `reads` has everything that was read for it. */
async function authorized(endpoint: Endpoint | null, more: Partial<SenderRequest> = {}) {
  const reads: string[] = [];
  const times = [now, new Date(now.getTime() + 7)];
  const verdict = await authorizeRequest(
    { ...request, ...more },
    {
      async readConnection(name) {
        reads.push(name);
        return name === 'orders' ? ({ id: 'c1', name, provider: 'generic', endpoint } as Connection) : undefined;
      },
      async readDigest(secret, id) {
        reads.push(`${secret} ${id}`);
        return tokenDigest(id === 't1' ? token : `the-token-of-version-${id}`);
      },
      now: () => times.shift() ?? now,
    },
  );
  return { verdict, reads };
}

describe('a request that may not pass', () => {
  test.each<[string, Partial<SenderRequest>]>([
    ['no connection', { connection: undefined }],
    ['a connection of another form', { connection: 'Orders' }],
    ['no endpoint', { endpointId: undefined }],
  ])('is refused without a read if its path has %s', async (_, more) => {
    const { verdict, reads } = await authorized(anEndpoint(), more);
    expect(verdict).toEqual({ admitted: false, reason: 'endpoint_unknown', faults: [], accept: [] });
    expect(reads).toEqual([]);
  });

  test('is refused if there is no such connection', async () => {
    const { verdict } = await authorized(anEndpoint(), { connection: 'invoices' });
    expect(verdict).toEqual({ admitted: false, reason: 'endpoint_unknown', faults: [], accept: [] });
  });

  const known = { admitted: false, connection: { id: 'c1', name: 'orders' }, faults: [] };

  test('is refused if the connection has no endpoint', async () => {
    const { verdict } = await authorized(null);
    expect(verdict).toEqual({ ...known, reason: 'endpoint_unknown', accept: [] });
  });

  test.each<[string, Partial<Endpoint>, string]>([
    ['has another id', { id: 'lkjihgfedcba9876543210' }, 'endpoint_unknown'],
    ['has a longer id', { id: `${endpointId}m` }, 'endpoint_unknown'],
    ['is inactive', { status: 'inactive' }, 'endpoint_inactive'],
    ['was never active', { status: 'configured' }, 'endpoint_inactive'],
    ['accepts other addresses', { settings: { allowFrom: ['198.51.100.0/24'] } }, 'address_not_allowed'],
    ['has no token', { tokens: [] }, 'secret_missing'],
    ['has only an expired token', { tokens: [aToken('t1', { expiresAt: now.toISOString() })] }, 'secret_missing'],
  ])('is refused if the endpoint %s', async (_, more, reason) => {
    const { verdict, reads } = await authorized(anEndpoint(more));
    expect(verdict).toEqual({ ...known, reason, accept: [inQuery] });
    expect(reads).toEqual(['orders']);
  });

  test.each([
    ['is cut off', '0123456789'],
    ['has a character too many', `${endpointId}m`],
    ['is empty', ''],
    ['has as many characters, some of more bytes', 'ä'.repeat(22)],
    ['has as many bytes', 'ä'.repeat(11)],
  ])('is refused as one of the connection if its endpoint id %s', async (_, wrong) => {
    const { verdict, reads } = await authorized(anEndpoint(), { endpointId: wrong });
    expect(verdict).toEqual({ ...known, reason: 'endpoint_unknown', accept: [inQuery] });
    expect(reads).toEqual(['orders']);
  });

  test('is refused without a read of a secret if its token is mistyped', async () => {
    const { verdict, reads } = await authorized(anEndpoint(), { rawQueryString: 'token=hle_cut' });
    const faults = [{ placement: 'query token', fault: 'malformed' }];
    expect(verdict).toMatchObject({ admitted: false, reason: 'token_malformed', faults });
    expect(reads).toEqual(['orders']);
  });

  test('is refused with the placements that were looked at', async () => {
    const endpoint = anEndpoint({ guard: aGuard({ accept: [inQuery, inBody, { in: 'path' }] }) });
    const { verdict } = await authorized(endpoint, { rawQueryString: 'token=some-other-token' });
    // The authorizer does not see the body.
    expect(verdict).toMatchObject({
      reason: 'token_unknown',
      faults: [
        { placement: 'query token', fault: 'unknown' },
        { placement: 'path', fault: 'missing' },
      ],
    });
  });

  test('is refused if it has no token, and one is needed', async () => {
    const { verdict } = await authorized(anEndpoint(), withoutToken);
    const faults = [{ placement: 'query token', fault: 'missing' }];
    expect(verdict).toMatchObject({ admitted: false, reason: 'token_missing', faults });
  });

  test('is refused with the reason of the present policy if the earlier one refuses it too', async () => {
    const under = {
      guard: aGuard({ accept: [{ in: 'path' }] }),
      auth: { kind: 'token', accept: [{ in: 'path' }] },
    } as const;
    const tokens = [aToken('t1'), aToken('t2', { under })];
    const { verdict } = await authorized(anEndpoint({ tokens }), withoutToken);
    expect(verdict).toMatchObject({ reason: 'token_missing', faults: [{ placement: 'query token' }] });
  });
});

/** The findings of a request that passed. */
async function handoverOf(endpoint: Endpoint, more: Partial<SenderRequest> = {}) {
  const { verdict } = await authorized(endpoint, more);
  if (!verdict.admitted) throw new Error(`refused: ${verdict.reason}`);
  return verdict.handover;
}

describe('the handover to ingest', () => {
  test('has what ingest needs of the connection and the endpoint', async () => {
    const handshake = { verifyToken: 'a verify token' };
    const settings = { retentionDays: 7, allowFrom: ['192.0.2.0/24'] };
    const hold = { id: 'h1', since: '2026-03-01T11:00:00.000Z' };
    const endpoint = anEndpoint({ settings, hold, handshake, formerly: [{ in: 'path' }] });
    expect(await handoverOf(endpoint)).toEqual({
      connection: { id: 'c1', name: 'orders', provider: 'generic' },
      endpoint: { id: endpointId, settings, hold: 'h1', accept: [inQuery, { in: 'path' }], handshake },
      tokenVerified: 't1',
      pending: [],
    });
  });

  test('has neither a hold nor a handshake if the endpoint has none', async () => {
    const { endpoint } = await handoverOf(anEndpoint());
    expect(endpoint).toEqual({ id: endpointId, settings: {}, hold: null, accept: [inQuery] });
  });

  test.each<[string, Partial<SenderRequest>, object]>([
    ['a handshake', { method: 'GET' }, { pending: ['handshake'] }],
    ['a token that is verified already', { method: 'GET', rawQueryString: `token=${token}` }, { tokenVerified: 't1' }],
  ])('leaves to ingest: %s', async (_, more, expected) => {
    const endpoint = anEndpoint({ guard: aGuard({ handshakes: ['GET'] }) });
    const handover = await handoverOf(endpoint, { ...withoutToken, ...more });
    expect(handover).toMatchObject({ tokenVerified: null, pending: [], ...expected });
  });

  test('leaves a handshake to ingest if the endpoint has no live token yet', async () => {
    const endpoint = anEndpoint({ guard: aGuard({ handshakes: ['GET'] }), tokens: [] });
    expect(await handoverOf(endpoint, { method: 'GET' })).toMatchObject({
      tokenVerified: null,
      pending: ['handshake'],
      signing: { secret: '', versions: [] },
    });
  });

  test('leaves a challenge to ingest if the endpoint accepts Basic credentials', async () => {
    const endpoint = anEndpoint({ guard: aGuard({ accept: [inQuery, inBasic] }) });
    const handover = await handoverOf(endpoint, withoutToken);
    expect(handover).toMatchObject({ tokenVerified: null, pending: ['challenge'] });
    expect(handover).not.toHaveProperty('liveDigests');
  });

  test('leaves a token in the body to ingest, with the digests of the live tokens', async () => {
    const tokens = [aToken('t1'), aToken('t2', { expiresAt: now.toISOString() })];
    const endpoint = anEndpoint({ guard: aGuard({ accept: [inBody, inBasic], handshakes: ['POST'] }), tokens });
    expect(await handoverOf(endpoint, withoutToken)).toMatchObject({
      tokenVerified: null,
      pending: ['handshake', 'bodyToken', 'challenge'],
      // The SHA-256 of the token, computed with sha256sum.
      liveDigests: { t1: '53a84ae18e99b71640f29bd1bdd28f1212c9c85fd8f0cc942389aa81145ae80a' },
    });
  });

  describe('with a signature', () => {
    const secret = (id: string, more: Partial<Token> = {}) => aToken(id, { holds: 'secret', ...more });
    const tokens = [secret('v1'), secret('v2'), secret('v3', { expiresAt: now.toISOString() }), aToken('v4')];

    test('has the live versions that may sign', async () => {
      const endpoint = anEndpoint({ guard: aGuard({ kind: 'signature', accept: [] }), tokens });
      expect(await handoverOf(endpoint)).toMatchObject({
        tokenVerified: null,
        pending: ['signature'],
        signing: { secret: 'arn', versions: ['v1', 'v2'] },
      });
    });

    test('has no version of a certificate of the sender', async () => {
      const guard = aGuard({ kind: 'signature', accept: [], secretFrom: 'nobody' });
      const { secret: _, ...bare } = anEndpoint({ guard, tokens: [] });
      expect(await handoverOf(bare)).toMatchObject({
        tokenVerified: null,
        pending: ['signature'],
        signing: { secret: '', versions: [] },
      });
    });

    test('and a token has both proofs', async () => {
      const both = [aToken('t1', { holds: 'both' })];
      const endpoint = anEndpoint({ guard: aGuard({ kind: 'both' }), tokens: both });
      expect(await handoverOf(endpoint)).toMatchObject({
        tokenVerified: 't1',
        pending: ['signature'],
        signing: { secret: 'arn', versions: ['t1'] },
      });
      const { verdict } = await authorized(endpoint, withoutToken);
      expect(verdict).toMatchObject({ admitted: false, reason: 'token_missing' });
    });

    test('and Basic credentials has a challenge and the signature', async () => {
      const guard = aGuard({ kind: 'both', accept: [inBasic] });
      const endpoint = anEndpoint({ guard, tokens: [aToken('t1', { holds: 'both' })] });
      expect(await handoverOf(endpoint, withoutToken)).toMatchObject({ pending: ['signature', 'challenge'] });
    });
  });

  describe('during the grace after a change of auth', () => {
    const auth = { kind: 'token', accept: [inQuery] } as const;
    const under = { guard: aGuard({ handshakes: ['GET'] }), auth };
    const signature = aGuard({ kind: 'signature', accept: [] });
    const tokens = [aToken('v1', { holds: 'secret' }), aToken('t1', { under, expiresAt: '2026-03-02T12:00:00.000Z' })];

    test('has the findings of both policies, each with its own version', async () => {
      expect(await handoverOf(anEndpoint({ guard: signature, tokens }))).toMatchObject({
        tokenVerified: null,
        pending: ['signature'],
        signing: { versions: ['v1'] },
        earlier: { auth, tokenVerified: 't1', pending: [] },
      });
    });

    test('has the refusal of the earlier policy, which answers no handshake', async () => {
      const guard = { ...signature, handshakes: ['GET'] };
      const handover = await handoverOf(anEndpoint({ guard, tokens }), { ...withoutToken, method: 'GET' });
      expect(handover.earlier).toMatchObject({
        tokenVerified: null,
        pending: [],
        refusal: { reason: 'token_missing' },
      });
    });

    test('has the refusal of the present policy, and the versions that sign an answer', async () => {
      const present = aGuard({ kind: 'both', accept: [{ in: 'path' }] });
      const both = [aToken('v1', { holds: 'both' }), ...tokens.slice(1)];
      expect(await handoverOf(anEndpoint({ guard: present, tokens: both }))).toMatchObject({
        tokenVerified: null,
        pending: [],
        refusal: { reason: 'token_missing' },
        signing: { secret: 'arn', versions: ['v1'] },
        earlier: { tokenVerified: 't1' },
      });
    });

    test('has no token of the earlier policy where only the present one accepts a token', async () => {
      const tokens = [aToken('v1'), aToken('t1', { under, expiresAt: '2026-03-02T12:00:00.000Z' })];
      const guard = aGuard({ accept: [{ in: 'path' }] });
      const { verdict } = await authorized(anEndpoint({ guard, tokens }), { ...withoutToken, rest: token });
      expect(verdict).toMatchObject({ admitted: false, reason: 'token_unknown' });
    });

    test('has only the present policy once the grace has ended', async () => {
      const ended = [aToken('v1', { holds: 'secret' }), aToken('t1', { under, expiresAt: now.toISOString() })];
      expect(await handoverOf(anEndpoint({ guard: signature, tokens: ended }))).not.toHaveProperty('earlier');
    });
  });

  describe('of a self-test', () => {
    const nonce = 'the nonce of a self-test';
    const test1 = { digest: tokenDigest(nonce).toString('hex'), until: '2026-03-01T12:00:01.000Z', publish: true };

    test('has the mark of the test, and the time that the authorizer took', async () => {
      const handover = await handoverOf(anEndpoint({ test: test1 }), { headers: { 'hooklatch-test': nonce } });
      expect(handover.test).toEqual({ digest: test1.digest, publish: true, ms: 7 });
    });

    test.each<[string, Partial<Endpoint>, Record<string, string>]>([
      ['no nonce', { test: test1 }, {}],
      ['another nonce', { test: test1 }, { 'hooklatch-test': 'another nonce' }],
      ['a nonce that has ended', { test: { ...test1, until: now.toISOString() } }, { 'hooklatch-test': nonce }],
      ['a nonce without a test', {}, { 'hooklatch-test': nonce }],
    ])('is not marked with %s', async (_, endpoint, headers) => {
      expect(await handoverOf(anEndpoint(endpoint), { headers })).not.toHaveProperty('test');
    });
  });
});
