import { describe, expect, test } from '@jest/globals';
import type { APIGatewayRequestAuthorizerEventV2 as Event } from 'aws-lambda';
import { originCheck } from '../../shared/endpoints/credential/request-origin.ts';
import { generateToken, tokenDigest } from '../../shared/endpoints/credential/token.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import type { IdentifyByOidc } from '../../shared/operators/operator/oidc-token.ts';
import { aJwt, anIssuer, type GivenKey } from '../shared/operators/operator/given-issuer.ts';

// The module makes its clients when it is loaded. No test here uses them.
process.env['ORIGIN_DIGESTS'] = '';
for (const name of variables) process.env[name] ??= 'unused';
const { authorizeOperator, handler } = await import('../../functions/authorize-operator.ts');

const token = generateToken('hlo', new Uint8Array(32).fill(1));
const operator = {
  id: 'op_1',
  name: 'ada',
  role: 'flow_designer' as const,
  digest: tokenDigest(token).toString('hex'),
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'bootstrap',
};

/** A function instance whose note of the last use behaves like this. */
function anInstance(note: (signal: AbortSignal) => Promise<void> = async () => {}, identifyByOidc?: IdentifyByOidc) {
  const noted: [id: string, at: string][] = [];
  const lines: unknown[] = [];
  const clock = { now: Date.parse('2026-03-01T12:00:10.000Z') };
  const authorize = authorizeOperator({
    originOf: originCheck([]),
    readRoster: async () => ({ version: 1, operators: [operator] }),
    readBootstrap: async () => 'b'.repeat(64),
    closeBootstrap: async () => {},
    noteUse: async (id, at, signal) => {
      noted.push([id, at]);
      await note(signal);
    },
    ...(identifyByOidc && { identifyByOidc }),
    now: () => new Date(clock.now),
    log: (line, level = 'info') => lines.push({ level, ...line }),
  });
  const send = (authorization: string) => sendWith({ authorization });
  const sendWith = (headers: Record<string, string> | undefined) =>
    authorize({
      headers,
      routeKey: 'GET /v1/me',
      requestContext: { requestId: 'request-1', http: { sourceIp: '192.0.2.1' } },
    } as unknown as Event);
  return { send, sendWith, noted, lines, clock };
}

const allowed = { isAuthorized: true, context: { id: 'op_1', name: 'ada', role: 'flow_designer' } };

test('the last use of a token is noted once in each minute', async () => {
  const { send, noted, clock } = anInstance();
  for (const ms of [0, 1, 49_998, 1, 59_999, 1]) {
    clock.now += ms;
    expect(await send(`Bearer ${token}`)).toEqual(allowed);
  }
  expect(noted).toEqual([
    ['op_1', '2026-03-01T12:00:10.000Z'],
    ['op_1', '2026-03-01T12:01:00.000Z'],
    ['op_1', '2026-03-01T12:02:00.000Z'],
  ]);
});

test('a token that is refused has no last use', async () => {
  const { send, noted, lines } = anInstance();
  expect(await send(`Bearer ${generateToken('hlo', new Uint8Array(32).fill(2))}`)).toEqual({ isAuthorized: false });
  expect(noted).toEqual([]);
  expect(lines).toEqual([
    {
      level: 'info',
      outcome: 'refused',
      reason: 'operator_unknown',
      route: 'GET /v1/me',
      sourceIp: '192.0.2.1',
      requestId: 'request-1',
    },
  ]);
});

test.each<[string, Record<string, string> | undefined]>([
  ['without headers', undefined],
  ['without a token', {}],
  ['with a token of another scheme', { authorization: `Basic ${token}` }],
  ['with a truncated token', { authorization: `Bearer ${token.slice(0, -1)}` }],
])('a request %s is refused without a line in the log', async (_, headers) => {
  const { sendWith, noted, lines } = anInstance();
  expect(await sendWith(headers)).toEqual({ isAuthorized: false });
  expect([noted, lines]).toEqual([[], []]);
});

test('a note that fails costs the request nothing, and the next minute has its note', async () => {
  let isAway = true;
  const { send, lines, noted, clock } = anInstance(async () => {
    if (isAway) throw new RangeError('the table is away');
  });
  expect(await send(`Bearer ${token}`)).toEqual(allowed);
  expect(lines).toEqual([{ level: 'warn', warning: 'operator_use_not_noted', fault: 'RangeError' }]);
  isAway = false;
  clock.now += 60_000;
  expect(await send(`Bearer ${token}`)).toEqual(allowed);
  expect(noted.at(-1)).toEqual(['op_1', '2026-03-01T12:01:10.000Z']);
  expect(lines).toHaveLength(1);
});

test('a note that hangs is ended, and the request is answered', async () => {
  const { send, lines } = anInstance(
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  );
  expect(await send(`Bearer ${token}`)).toEqual(allowed);
  expect(lines).toEqual([{ level: 'warn', warning: 'operator_use_not_noted', fault: 'TimeoutError' }]);
});

describe('a token of an OpenID Connect issuer', () => {
  const identity = { id: 'oidc:bo', name: 'oidc:bo', role: 'flow_designer' as const };
  const find: IdentifyByOidc = async (jwt) => (jwt === 'aa.bb.cc' ? { identity } : { rejection: 'oidc_expired' });

  test('is nothing but a malformed token in a deployment without an issuer', async () => {
    const { send, lines } = anInstance();
    expect(await send('Bearer aa.bb.cc')).toEqual({ isAuthorized: false });
    expect(lines).toEqual([]);
  });

  test('identifies an operator, and its use is not noted', async () => {
    const asked: string[] = [];
    const { send, noted } = anInstance(undefined, async (jwt) => {
      asked.push(jwt);
      return find(jwt);
    });
    expect(await send('Bearer aa.bb.cc')).toEqual({ isAuthorized: true, context: identity });
    expect(await send(`Bearer ${token}`)).toEqual(allowed);
    expect(noted).toEqual([['op_1', '2026-03-01T12:00:10.000Z']]);
    expect(asked).toEqual(['aa.bb.cc']);
  });

  test('is not looked for in a header that has none', async () => {
    const { send, lines } = anInstance(undefined, async () => {
      throw new RangeError('asked for no token');
    });
    for (const header of ['Bearer aa.bb', 'Basic aa.bb.cc', ''])
      expect(await send(header)).toEqual({ isAuthorized: false });
    expect(lines).toEqual([]);
  });

  test('is refused with the reason in the log', async () => {
    const { send, lines } = anInstance(undefined, find);
    expect(await send('Bearer aa.bb.dd')).toEqual({ isAuthorized: false });
    expect(lines).toEqual([
      {
        level: 'info',
        outcome: 'refused',
        reason: 'oidc_expired',
        route: 'GET /v1/me',
        sourceIp: '192.0.2.1',
        requestId: 'request-1',
      },
    ]);
  });

  test("lets the request fail if the issuer's keys can't be had", async () => {
    const { send } = anInstance(undefined, async () => {
      throw new RangeError('the issuer is away');
    });
    await expect(send('Bearer aa.bb.cc')).rejects.toThrow('the issuer is away');
  });
});

describe('refused tokens in the log', () => {
  const findNothing: IdentifyByOidc = async (jwt) => ({
    rejection: jwt.startsWith('aa') ? 'oidc_malformed' : 'oidc_issuer_mismatch',
  });
  const madeUp = (at: number) => `Bearer ${generateToken('hlo', new Uint8Array(32).fill(at))}`;

  test('have one line a second for each reason, which counts those that were held back', async () => {
    const { send, lines, clock } = anInstance(undefined, findNothing);
    for (let at = 0; at < 100; at += 1) {
      for (const header of ['Bearer aa.bb.cc', 'Bearer bb.bb.cc', madeUp(at + 2)]) await send(header);
      clock.now += 25;
    }
    // A hundred times in 2.5 seconds.
    expect(
      lines.map((line) => [(line as { reason: string }).reason, (line as { heldBack?: number }).heldBack]),
    ).toEqual([
      ...[
        ['oidc_malformed', undefined],
        ['oidc_issuer_mismatch', undefined],
        ['operator_unknown', undefined],
      ],
      ...[
        ['oidc_malformed', 39],
        ['oidc_issuer_mismatch', 39],
        ['operator_unknown', 39],
      ],
      ...[
        ['oidc_malformed', 39],
        ['oidc_issuer_mismatch', 39],
        ['operator_unknown', 39],
      ],
    ]);
  });

  test('that do not come through CloudFront have one line a second too', async () => {
    const lines: object[] = [];
    const clock = { now: 0 };
    const authorize = authorizeOperator({
      readRoster: async () => ({ version: 1, operators: [operator] }),
      readBootstrap: async () => 'b'.repeat(64),
      closeBootstrap: async () => {},
      noteUse: async () => {},
      originOf: () => undefined,
      now: () => new Date(clock.now),
      log: (line) => lines.push(line),
    });
    const requestContext = { requestId: 'request-1', http: { sourceIp: '192.0.2.1' } };
    const event = { headers: {}, routeKey: 'GET /v1/me', requestContext } as unknown as Event;
    for (let at = 0; at < 50; at += 1) await authorize(event);
    expect(lines).toHaveLength(1);
    clock.now += 1_000;
    await authorize(event);
    expect(lines[1]).toMatchObject({ reason: 'origin_unknown', heldBack: 49 });
  });
});

test('in Lambda, the issuer is that of the environment, and its keys are fetched once', async () => {
  const issuer = await anIssuer();
  const roles = [{ role: 'flow_designer', claim: 'groups', value: 'platform' }];
  process.env['OIDC'] = JSON.stringify({ issuer: issuer.issuer, audience: 'hooklatch', roles });
  const [key] = issuer.keys as [GivenKey];
  const event = {
    headers: { authorization: `Bearer ${aJwt(key, issuer.claims())}` },
    routeKey: 'GET /v1/me',
    requestContext: { requestId: 'request-1', http: { sourceIp: '192.0.2.1' } },
  } as unknown as Event;
  const identified = { isAuthorized: true, context: { id: 'oidc:ada', role: 'flow_designer' } };
  try {
    expect(await handler(event)).toMatchObject(identified);
    expect(await handler(event)).toMatchObject(identified);
    expect(issuer.fetched).toEqual(['/.well-known/openid-configuration', '/keys']);
  } finally {
    await issuer.end();
  }
});

test('behind CloudFront, an operator is refused before anything is read unless the secret header is right', async () => {
  const lines: object[] = [];
  let reads = 0;
  const authorize = authorizeOperator({
    readRoster: async () => {
      reads += 1;
      return { version: 1, operators: [operator] };
    },
    readBootstrap: async () => 'b'.repeat(64),
    closeBootstrap: async () => {},
    noteUse: async () => {},
    originOf: originCheck([tokenDigest('the secret').toString('hex')]),
    now: () => new Date('2026-03-01T12:00:00.000Z'),
    log: (line) => lines.push(line),
  });
  const send = (headers: Record<string, string>) =>
    authorize({
      headers: { authorization: `Bearer ${token}`, 'cloudfront-viewer-address': '198.51.100.7:1', ...headers },
      routeKey: 'GET /v1/me',
      requestContext: { requestId: 'request-1', http: { sourceIp: '192.0.2.1' } },
    } as unknown as Event);
  for (const headers of [{}, { 'x-origin-verify': 'wrong' }])
    expect(await send(headers as Record<string, string>)).toEqual({ isAuthorized: false });
  expect(reads).toBe(0);
  const line = { outcome: 'refused', reason: 'origin_unknown', route: 'GET /v1/me', requestId: 'request-1' };
  expect(lines).toEqual([{ ...line, sourceIp: '192.0.2.1' }]);
  expect(await send({ 'x-origin-verify': 'the secret' })).toEqual(allowed);
  const unknown = `Bearer ${generateToken('hlo', new Uint8Array(32).fill(3))}`;
  expect(await send({ 'x-origin-verify': 'the secret', authorization: unknown })).toEqual({ isAuthorized: false });
  expect(lines.at(-1)).toMatchObject({ reason: 'operator_unknown', sourceIp: '198.51.100.7' });
});
