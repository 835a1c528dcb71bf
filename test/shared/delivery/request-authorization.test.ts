import { describe, expect, test } from '@jest/globals';
import { tokenDigest } from '../../../shared/credential/token.ts';
import type { Placement } from '../../../shared/credential/token-placement.ts';
import { type Handover, handoverSchema } from '../../../shared/delivery/handover.ts';
import { authorizeRequest } from '../../../shared/delivery/request-authorization.ts';
import type { Connection } from '../../../shared/endpoint/connection.ts';
import type { Endpoint } from '../../../shared/endpoint/endpoint-record.ts';

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

test('a handover says the same whether the gateway keeps null or drops it', () => {
  expect(JSON.stringify(withoutNulls(handover))).not.toContain('null');
  expect(handoverSchema.parse(handover)).toEqual(handover);
  expect(handoverSchema.parse(withoutNulls(handover))).toEqual(handover);
});

/** The faults of a request with these headers. Undefined if it is admitted. */
async function faultsOf(accept: readonly Placement[], headers: Record<string, string>): Promise<string[] | undefined> {
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
    { ...knock, headers, rawQueryString: '', rest: undefined },
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
  ])('that is accepted with a scheme: %j', async (headers, expected) => {
    expect(await faultsOf([bearer], headers)).toEqual(expected);
  });

  test.each<[Record<string, string>, string[] | undefined]>([
    [{ 'x-hook': 'Bearer of the token' }, undefined],
    [{ 'x-hook': 'bearer some-other-token' }, ['header x-hook: scheme_unexpected']],
    [{ 'x-hook': 'some-other-token' }, ['header x-hook: unknown']],
    [{ authorization: 'Bearer of the token' }, ['header x-hook: missing']],
  ])('that is accepted as it is: %j', async (headers, expected) => {
    expect(await faultsOf([bare], headers)).toEqual(expected);
  });

  test('beside Basic: the credentials of one are no fault of the other', async () => {
    const basic: Placement = { in: 'basic', username: 'hook' };
    const authorization = `Basic ${Buffer.from('hook:some-other-token').toString('base64')}`;
    expect(await faultsOf([bearer, basic], { authorization })).toEqual([
      'header authorization: missing',
      'basic: unknown',
    ]);
  });

  test('whose name every object has a method of is missing', async () => {
    const odd: Placement = { in: 'header', name: 'constructor', scheme: 'Bearer' };
    expect(await faultsOf([odd], {})).toEqual(['header constructor: missing']);
  });
});
