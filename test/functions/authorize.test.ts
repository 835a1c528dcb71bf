import { describe, expect, test } from '@jest/globals';
import type { APIGatewayRequestAuthorizerEventV2 as Event } from 'aws-lambda';
import { originCheck } from '../../shared/endpoints/credential/request-origin.ts';
import { generateToken, tokenDigest } from '../../shared/endpoints/credential/token.ts';
import { newConnection, nextVersion } from '../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../shared/endpoints/endpoint/endpoint-record.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { tokenGuard } from '../shared/endpoints/endpoint/given-record.ts';
import { aMoment } from '../support/a-moment.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= 'unused';
const { authorize } = await import('../../functions/authorize.ts');

const now = new Date('2026-03-01T12:00:00.000Z');
const token = generateToken('hle', new Uint8Array(32).fill(1));
const endpointId = 'a'.repeat(22);
const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now });
const endpoint: Endpoint = {
  id: endpointId,
  status: 'active',
  settings: {},
  guard: tokenGuard,
  secret: 'arn',
  tokens: [{ id: 't1', createdAt: now.toISOString(), createdBy: 'op_1', holds: 'bearer' }],
};

/** The authorizer of a connection with this endpoint. */
function aWorld(changes: Partial<Endpoint> = {}, originDigests: string[] = []) {
  const lines: unknown[] = [];
  const counted: unknown[] = [];
  const ask = authorize({
    originOf: originCheck(originDigests),
    async readConnection(name) {
      if (name === 'broken') throw new Error('the table is away');
      const change = { endpoint: { ...endpoint, ...changes } };
      return name === 'orders' ? nextVersion(opened, change, opened.entry) : undefined;
    },
    readDigest: async () => tokenDigest(token),
    // Lambda freezes what is not awaited.
    async countRejection(rejection) {
      await aMoment();
      counted.push(rejection);
    },
    now: () => now,
    log: (line) => lines.push(line),
  });
  const send = (more: Partial<Event> = {}) =>
    ask({
      headers: { 'user-agent': 'curl/8', 'x-a': '1' },
      rawQueryString: `token=${token}`,
      pathParameters: { connection: 'orders', endpointId },
      requestContext: { http: { method: 'POST', sourceIp: '192.0.2.1' }, requestId: 'request-1' },
      ...more,
    } as unknown as Event);
  return { send, lines, counted };
}

test('a request with the token reaches ingest with the findings, and is not logged here', async () => {
  const { send, lines, counted } = aWorld();
  expect(await send()).toEqual({
    isAuthorized: true,
    context: {
      connection: { id: 'c1', name: 'orders', provider: 'generic' },
      endpoint: { id: endpointId, settings: {}, hold: null, accept: tokenGuard.accept },
      tokenVerified: 't1',
      pending: [],
    },
  });
  expect([lines, counted]).toEqual([[], []]);
});

test('a refused request is logged and counted with a sample that has no values', async () => {
  const { send, lines, counted } = aWorld();
  expect(await send({ rawQueryString: 'other=1' })).toEqual({ isAuthorized: false });
  const faults = [{ placement: 'query token', fault: 'missing' }];
  expect(lines).toEqual([
    {
      outcome: 'refused',
      reason: 'token_missing',
      connection: 'orders',
      faults,
      sourceIp: '192.0.2.1',
      requestId: 'request-1',
    },
  ]);
  expect(counted).toEqual([
    {
      connectionId: 'c1',
      reason: 'token_missing',
      at: now,
      sample: { method: 'POST', sourceIp: '192.0.2.1', userAgent: 'curl/8', headers: ['user-agent', 'x-a'], faults },
    },
  ]);
});

test.each<[string, Partial<Event>]>([
  ['to an unknown connection', { pathParameters: { connection: 'other', endpointId } }],
  ['without path parameters and headers', { pathParameters: undefined, headers: undefined } as never],
])('a request %s is logged without a name, and is not counted', async (_, more) => {
  const { send, lines, counted } = aWorld();
  expect(await send(more)).toEqual({ isAuthorized: false });
  expect(lines).toEqual([
    { outcome: 'refused', reason: 'endpoint_unknown', faults: [], sourceIp: '192.0.2.1', requestId: 'request-1' },
  ]);
  expect(counted).toEqual([]);
});

test('a request to an earlier endpoint of the connection is counted', async () => {
  const { send, counted } = aWorld();
  await send({ pathParameters: { connection: 'orders', endpointId: 'b'.repeat(22) } });
  expect(counted).toMatchObject([{ reason: 'endpoint_unknown' }]);
});

test("the rest of the path can carry the token, and the sender's address can be checked", async () => {
  const accept = [{ in: 'path' as const }];
  const { send, counted } = aWorld({ guard: { ...tokenGuard, accept }, settings: { allowFrom: ['192.0.2.0/24'] } });
  const pathParameters = { connection: 'orders', endpointId, rest: token };
  expect(await send({ pathParameters })).toMatchObject({ isAuthorized: true });
  const requestContext = { http: { method: 'POST', sourceIp: '198.51.100.1' }, requestId: 'r' } as never;
  expect(await send({ pathParameters, requestContext })).toEqual({ isAuthorized: false });
  expect(counted).toMatchObject([{ reason: 'address_not_allowed' }]);
});

test('a token in a header is read from the headers', async () => {
  const { send } = aWorld({ guard: { ...tokenGuard, accept: [{ in: 'header', name: 'x-token' }] } });
  expect(await send({ headers: { 'x-token': token } })).toMatchObject({ isAuthorized: true });
});

test('the method decides whether a request may be a handshake, which needs no credential', async () => {
  const { send } = aWorld({ guard: { ...tokenGuard, handshakes: ['GET'] } });
  const asking = (method: string) =>
    send({ rawQueryString: '', requestContext: { http: { method, sourceIp: '192.0.2.1' }, requestId: 'r' } as never });
  expect(await asking('POST')).toEqual({ isAuthorized: false });
  expect(await asking('GET')).toMatchObject({ isAuthorized: true });
});

test('an internal error is thrown, so that the sender tries again', async () => {
  const { send, lines } = aWorld();
  await expect(send({ pathParameters: { connection: 'broken', endpointId } })).rejects.toThrow('the table is away');
  expect(lines).toEqual([]);
});

describe('behind CloudFront', () => {
  const digests = [tokenDigest('the secret of CloudFront').toString('hex')];
  const viewer = { 'cloudfront-viewer-address': '198.51.100.7:4711' };
  const allowFrom = { settings: { allowFrom: ['198.51.100.7'] } };

  test('a request without the secret header is refused before the connection is read', async () => {
    const { send, lines, counted } = aWorld({}, digests);
    const pathParameters = { connection: 'broken', endpointId };
    for (const headers of [viewer, { ...viewer, 'x-origin-verify': 'wrong' }])
      expect(await send({ headers, pathParameters })).toEqual({ isAuthorized: false });
    const line = { outcome: 'refused', reason: 'origin_unknown', sourceIp: '192.0.2.1', requestId: 'request-1' };
    expect([lines, counted]).toEqual([[line, line], []]);
  });

  test("the list of addresses sees the sender's address, and ingest gets it", async () => {
    const { send } = aWorld(allowFrom, digests);
    const headers = { ...viewer, 'x-origin-verify': 'the secret of CloudFront' };
    expect(await send({ headers })).toMatchObject({ isAuthorized: true, context: { sourceIp: '198.51.100.7' } });
  });

  test("a rejection has the sender's address, and not the secret", async () => {
    const { send, counted } = aWorld({ settings: { allowFrom: ['192.0.2.1'] } }, digests);
    const headers = { ...viewer, 'x-origin-verify': 'the secret of CloudFront' };
    expect(await send({ headers })).toEqual({ isAuthorized: false });
    expect(counted).toEqual([
      expect.objectContaining({
        reason: 'address_not_allowed',
        sample: expect.objectContaining({ sourceIp: '198.51.100.7' }),
      }),
    ]);
    expect(JSON.stringify(counted)).not.toContain('the secret of CloudFront');
  });

  test('without CloudFront, its header changes no address', async () => {
    const { send, lines } = aWorld(allowFrom);
    expect(await send({ headers: viewer })).toEqual({ isAuthorized: false });
    expect(lines).toEqual([expect.objectContaining({ reason: 'address_not_allowed', sourceIp: '192.0.2.1' })]);
  });
});
