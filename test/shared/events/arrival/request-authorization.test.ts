import { describe, expect, test } from '@jest/globals';
import { tokenDigest } from '../../../../shared/endpoints/credential/token.ts';
import type { Placement } from '../../../../shared/endpoints/credential/token-placement.ts';
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import { authorizeBody } from '../../../../shared/events/arrival/credential-check.ts';
import { type Handover, handoverSchema } from '../../../../shared/events/arrival/handover.ts';
import { authorizeRequest } from '../../../../shared/events/arrival/request-authorization.ts';

const handover: Handover = {
  connection: { id: 'c1', name: 'orders', provider: 'generic' },
  endpoint: { id: 'e1', settings: {}, hold: null, accept: [{ in: 'query', name: 'token' }] },
  tokenVerified: null,
  pending: ['signature'],
  signing: { secret: 'arn', versions: ['v1'] },
  earlier: { auth: { kind: 'token', accept: [] }, tokenVerified: null, pending: ['bodyToken'] },
};

/** The handover as a gateway that drops null would pass it on. */
const withoutNulls = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part) => (part === null ? undefined : part));

test('a handover is read in the same way if the gateway drops its null values', () => {
  expect(JSON.stringify(withoutNulls(handover))).not.toContain('null');
  expect(handoverSchema.parse(handover)).toEqual(handover);
  expect(handoverSchema.parse(withoutNulls(handover))).toEqual(handover);
  const routed = { ...handover, connection: { ...handover.connection, routes: 'v1' } };
  expect(handoverSchema.parse(withoutNulls(routed))).toEqual(routed);
});

test('ingest gets the version of the routes that the record names, and nothing if it names none', async () => {
  const connection = {
    ...{ id: 'c1', name: 'orders', provider: 'generic' },
    endpoint: {
      id: 'e1',
      status: 'active',
      settings: {},
      tokens: [],
      guard: { kind: 'signature', accept: [], handshakes: [], secretFrom: 'nobody' },
    },
  } as unknown as Connection;
  const request = {
    connection: 'orders',
    endpointId: 'e1',
    method: 'POST',
    sourceIp: '192.0.2.1',
    rest: undefined,
    headers: {},
    rawQueryString: '',
  };
  const handedOver = async (more: Partial<Connection>) => {
    const deps = {
      readConnection: async () => ({ ...connection, ...more }),
      readDigest: async () => Buffer.alloc(32),
      now: () => new Date(0),
    };
    const verdict = await authorizeRequest(request, deps);
    return verdict.admitted && verdict.handover.connection;
  };
  expect(await handedOver({ routes: 'v1' })).toEqual({ id: 'c1', name: 'orders', provider: 'generic', routes: 'v1' });
  const without = await handedOver({});
  expect(without && Object.keys(without)).toEqual(['id', 'name', 'provider']);
});

test.each<[string, string, string, boolean]>([
  ['of an operator', 'the-nonce', '2026-03-01T12:00:01.000Z', true],
  ['with another nonce', 'a-nonce', '2026-03-01T12:00:01.000Z', false],
  ['whose time is over', 'the-nonce', '2026-03-01T12:00:00.000Z', false],
])('a refused self-test %s counts as a test: %s until %s is %s', async (_, nonce, until, isTest) => {
  const guard = { kind: 'signature', accept: [], handshakes: [], secretFrom: 'nobody' };
  const mark = { digest: tokenDigest('the-nonce').toString('hex'), until, publish: true };
  const endpoint = { id: 'e1', status: 'inactive', settings: {}, tokens: [], guard, test: mark };
  const verdict = await authorizeRequest(
    {
      ...{ connection: 'orders', endpointId: 'e1', method: 'POST', sourceIp: '192.0.2.1', rest: undefined },
      ...{ headers: { 'hooklatch-test': nonce }, rawQueryString: '' },
    },
    {
      readConnection: async () =>
        ({ id: 'c1', name: 'orders', provider: 'generic', endpoint }) as unknown as Connection,
      readDigest: async () => Buffer.alloc(32),
      now: () => new Date('2026-03-01T12:00:00.000Z'),
    },
  );
  const refused = { admitted: false, reason: 'endpoint_inactive', connection: { id: 'c1', name: 'orders' } };
  expect(verdict).toEqual({ ...refused, faults: [], accept: [], ...(isTest && { isTest }) });
});

/** The faults of a request with these headers. Undefined if it is admitted. */
async function faultsOf(
  accept: readonly Placement[],
  headers: Record<string, string>,
  rawQueryString = '',
): Promise<string[] | undefined> {
  const secret = 'Bearer of the token';
  const endpoint: Endpoint = {
    id: '0123456789abcdefghijkl',
    status: 'active',
    settings: {},
    guard: { kind: 'token', accept, secretFrom: 'operator', handshakes: [] },
    secret: 'arn',
    tokens: [{ id: 't1', createdAt: '2026-02-01T12:00:00.000Z', createdBy: 'bootstrap', holds: 'bearer' }],
  };
  const connection = { id: 'c1', name: 'orders', provider: 'generic', endpoint } as Connection;
  const knock = { connection: 'orders', endpointId: endpoint.id, method: 'POST', sourceIp: '192.0.2.1' };
  const verdict = await authorizeRequest(
    { ...knock, headers, rawQueryString, rest: undefined },
    {
      readConnection: async () => connection,
      readDigest: async () => tokenDigest(secret),
      now: () => new Date('2026-03-01T12:00:00Z'),
    },
  );
  return verdict.admitted ? undefined : verdict.faults.map(({ placement, fault }) => `${placement}: ${fault}`);
}

describe('a token in a header', () => {
  const bearer: Placement = { in: 'header', name: 'authorization', scheme: 'Bearer' };
  const bare: Placement = { in: 'header', name: 'x-hook' };

  test.each<[Record<string, string>, string[]]>([
    [{ authorization: 'Bearer of the token' }, ['header authorization: unknown']],
    [{ authorization: 'some-other-token' }, ['header authorization: scheme_missing']],
    [{ authorization: 'Token some-other-token' }, ['header authorization: scheme_missing']],
    [{ authorization: 'Basic aG9vazp0b2tlbg==' }, ['header authorization: scheme_missing']],
    [{ authorization: 'Bearer Bearer some-other-token' }, ['header authorization: scheme_unexpected']],
    [{ authorization: '' }, ['header authorization: missing']],
    [{}, ['header authorization: missing']],
    [{ 'x-hook': 'some-other-token' }, ['header authorization: missing']],
  ])('is rejected if the placement has the scheme Bearer: %j', async (headers, expected) => {
    expect(await faultsOf([bearer], headers)).toEqual(expected);
  });

  test.each<[Record<string, string>, string[] | undefined]>([
    [{ 'x-hook': 'Bearer of the token' }, undefined],
    [{ 'x-hook': 'bearer some-other-token' }, ['header x-hook: scheme_unexpected']],
    [{ 'x-hook': 'Basic some-other-token' }, ['header x-hook: scheme_unexpected']],
    [{ 'x-hook': 'Token some-other-token' }, ['header x-hook: scheme_unexpected']],
    [{ 'x-hook': 'some-other-token' }, ['header x-hook: unknown']],
    [{ 'x-hook': 'my bearer some-other-token' }, ['header x-hook: unknown']],
    [{ authorization: 'Bearer of the token' }, ['header x-hook: missing']],
  ])('is compared as a whole if the placement has no scheme: %j', async (headers, expected) => {
    expect(await faultsOf([bare], headers)).toEqual(expected);
  });

  test('is missing if the header has Basic credentials', async () => {
    const basic: Placement = { in: 'basic', username: 'hook' };
    const authorization = `Basic ${Buffer.from('hook:some-other-token').toString('base64')}`;
    expect(await faultsOf([bearer, basic], { authorization })).toEqual([
      'header authorization: missing',
      'basic: unknown',
    ]);
  });

  test('has no scheme word, beside Basic credentials in another header', async () => {
    const custom: Placement = { in: 'header', name: 'x-hook', scheme: 'Token' };
    const authorization = `Basic ${Buffer.from('hook:some-other-token').toString('base64')}`;
    const accept: Placement[] = [custom, { in: 'basic', username: 'hook' }, { in: 'query', name: 'token' }];
    expect(await faultsOf(accept, { 'x-hook': 'some-other-token', authorization })).toEqual([
      'header x-hook: scheme_missing',
      'basic: unknown',
      'query token: missing',
    ]);
  });

  test('has a scheme word only if it is in a header', async () => {
    const query: Placement = { in: 'query', name: 'token' };
    expect(await faultsOf([query], {}, 'token=Bearer%20some-other-token')).toEqual(['query token: unknown']);
  });

  test('is missing if the name of the header is an inherited property', async () => {
    const odd: Placement = { in: 'header', name: 'constructor', scheme: 'Bearer' };
    expect(await faultsOf([odd], {})).toEqual(['header constructor: missing']);
  });
});

describe('a request with two tokens', () => {
  const accept: Placement[] = [
    { in: 'query', name: 'token' },
    { in: 'header', name: 'x-hook' },
  ];
  const endpoint: Endpoint = {
    id: '0123456789abcdefghijkl',
    status: 'active',
    settings: {},
    secret: 'arn',
    guard: { kind: 'token', accept, secretFrom: 'operator', handshakes: [] },
    tokens: [
      { id: 'live', createdAt: '2026-02-01T12:00:00.000Z', createdBy: 'bootstrap', holds: 'bearer' },
      {
        id: 'ended',
        createdAt: '2026-01-01T12:00:00.000Z',
        createdBy: 'bootstrap',
        holds: 'bearer',
        expiresAt: '2026-03-01T12:00:00.000Z',
      },
    ],
  };
  const connection = { id: 'c1', name: 'orders', provider: 'generic', endpoint } as Connection;
  const values: Record<string, string> = { live: 'the-live-token-of-today', ended: 'the-token-that-has-ended' };

  /** The token of an admitted request, or the reason and the faults of a rejected one. */
  async function verdictOn(inQuery: string, inHeader: string) {
    const verdict = await authorizeRequest(
      {
        connection: 'orders',
        endpointId: endpoint.id,
        method: 'POST',
        sourceIp: '192.0.2.1',
        rest: undefined,
        headers: { 'x-hook': inHeader },
        rawQueryString: `token=${inQuery}`,
      },
      {
        readConnection: async () => connection,
        readDigest: async (_, id) => tokenDigest(values[id] ?? ''),
        now: () => new Date('2026-03-01T12:00:00.000Z'),
      },
    );
    if (verdict.admitted) return [verdict.handover.tokenVerified];
    return [verdict.reason, ...verdict.faults.map(({ placement, fault }) => `${placement}: ${fault}`)];
  }

  const { live = '', ended = '' } = values;
  const unknown = 'a-token-that-never-was';

  test.each([
    ['two live tokens', live, live, ['live']],
    ['a live token and then an expired token', live, ended, ['token_expired', 'header x-hook: expired']],
    ['an expired token and then a live token', ended, live, ['token_expired', 'query token: expired']],
    ['two expired tokens', ended, ended, ['token_expired', 'query token: expired', 'header x-hook: expired']],
    ['a live token and then an unknown token', live, unknown, ['token_unknown', 'header x-hook: unknown']],
    ['an unknown token and then a live token', unknown, live, ['token_unknown', 'query token: unknown']],
    [
      'an unknown token and then an expired token',
      unknown,
      ended,
      ['token_unknown', 'query token: unknown', 'header x-hook: expired'],
    ],
    ['a live token and then a malformed token', live, 'hle_cut', ['token_malformed', 'header x-hook: malformed']],
  ])('passes only if both are live: %s', async (_, inQuery, inHeader, expected) => {
    expect(await verdictOn(inQuery, inHeader)).toEqual(expected);
  });
});

describe('a body with two tokens', () => {
  const accept: Placement[] = [
    { in: 'body', path: '/a' },
    { in: 'body', path: '/b' },
  ];
  const live = 'the-live-token-of-today';
  const unknown = 'a-token-that-never-was';
  const liveDigests = { t1: tokenDigest(live).toString('hex') };
  const inBody = (...values: [string, string]) =>
    values.map((value, at) => ({ in: 'body' as const, place: at === 0 ? 'body /a' : 'body /b', value }));

  test.each([
    [live, live, { tokenId: 't1' }],
    [live, unknown, { reason: 'token_unknown', faults: [{ placement: 'body /b', fault: 'unknown' }] }],
    [unknown, live, { reason: 'token_unknown', faults: [{ placement: 'body /a', fault: 'unknown' }] }],
  ])('passes only if both are live: %s, %s', (one, other, expected) => {
    expect(authorizeBody(accept, inBody(one, other), liveDigests)).toEqual(expected);
  });
});
