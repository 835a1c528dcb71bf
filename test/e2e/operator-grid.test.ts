/** Every route with every kind of operator token, over HTTP. The roles are written by hand. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateToken } from '../../shared/endpoints/credential/token.ts';
import { routes } from '../../shared/operators/api/routes.ts';
import { aJwt, aKey, anIssuer, type GivenIssuer, nowInSeconds } from '../shared/operators/operator/given-issuer.ts';
import { filled } from '../support/filled.ts';
import { every } from '../support/full-counts.ts';
import { anOperator, aRuntime, ok, type World } from '../support/given.ts';
import { withVariables } from './given-variables.ts';

const none = '00000000-0000-4000-8000-000000000000';
const connection = '/v1/connections/absent';

/**
 * Route → whether only an admin may call it, a path, a body, and what an operator who may call it is answered here,
 * where nothing exists.
 */
const grid: Record<string, ['anybody' | 'both' | 'admin', path: string, status: number, body?: object]> = {
  'GET /healthz': ['anybody', '/healthz', 200],
  'GET /openapi.json': ['anybody', '/openapi.json', 200],
  'GET /v1/me': ['both', '/v1/me', 200],
  'GET /v1/providers': ['both', '/v1/providers', 200],
  'GET /v1/providers/{id}': ['both', '/v1/providers/absent', 404],
  'GET /v1/operators': ['admin', '/v1/operators', 200],
  'POST /v1/operators': ['admin', '/v1/operators', 422, { name: '' }],
  'DELETE /v1/operators/{id}': ['admin', `/v1/operators/op_${none}`, 404],
  'GET /v1/operators/names': ['both', '/v1/operators/names', 200],
  'GET /v1/operators/history': ['admin', '/v1/operators/history', 200],
  'GET /v1/connections': ['both', '/v1/connections', 200],
  'POST /v1/connections': ['admin', '/v1/connections', 422, { name: '-' }],
  'GET /v1/connections/{name}': ['both', connection, 404],
  'PATCH /v1/connections/{name}': ['admin', connection, 404, {}],
  'DELETE /v1/connections/{name}': ['admin', connection, 404],
  'PUT /v1/connections/{name}/endpoint': ['admin', `${connection}/endpoint`, 404, {}],
  'DELETE /v1/connections/{name}/endpoint': ['admin', `${connection}/endpoint`, 404],
  'POST /v1/connections/{name}/endpoint/token': ['admin', `${connection}/endpoint/token`, 404, {}],
  'GET /v1/connections/{name}/endpoint/token': ['admin', `${connection}/endpoint/token`, 404],
  'DELETE /v1/connections/{name}/endpoint/token': ['admin', `${connection}/endpoint/token`, 404],
  'POST /v1/connections/{name}/endpoint/token/rotate': ['admin', `${connection}/endpoint/token/rotate`, 404, {}],
  'DELETE /v1/connections/{name}/endpoint/token/previous': ['admin', `${connection}/endpoint/token/previous`, 404],
  'POST /v1/connections/{name}/endpoint/activate': ['admin', `${connection}/endpoint/activate`, 404, {}],
  'POST /v1/connections/{name}/endpoint/deactivate': ['admin', `${connection}/endpoint/deactivate`, 404, {}],
  'POST /v1/connections/{name}/endpoint/hold': ['admin', `${connection}/endpoint/hold`, 404, {}],
  'POST /v1/connections/{name}/endpoint/release': ['admin', `${connection}/endpoint/release`, 404, {}],
  'POST /v1/connections/{name}/endpoint/handshake': ['admin', `${connection}/endpoint/handshake`, 404, {}],
  'POST /v1/connections/{name}/endpoint/handshake/confirm': [
    ...(['admin', `${connection}/endpoint/handshake/confirm`, 404, {}] as const),
  ],
  'DELETE /v1/connections/{name}/endpoint/handshake': ['admin', `${connection}/endpoint/handshake`, 404],
  'POST /v1/connections/{name}/endpoint/test': ['admin', `${connection}/endpoint/test`, 404, {}],
  'GET /v1/connections/{name}/events': ['both', `${connection}/events`, 404],
  'GET /v1/connections/{name}/events/{id}': ['both', `${connection}/events/evt_${'a'.repeat(26)}`, 404],
  'POST /v1/connections/{name}/events/{id}/replay': [
    ...(['both', `${connection}/events/evt_${'a'.repeat(26)}/replay`, 404, {}] as const),
  ],
  'GET /v1/connections/{name}/history': ['both', `${connection}/history`, 404],
  'GET /v1/connections/{name}/rejections': ['both', `${connection}/rejections`, 404],
  'GET /v1/connections/{name}/stats': ['both', `${connection}/stats`, 404],
  'GET /v1/stats': ['both', '/v1/stats', 200],
  'GET /v1/jobs': ['both', '/v1/jobs', 200],
  'GET /v1/connections/{name}/replays': ['both', `${connection}/replays`, 404],
  'POST /v1/connections/{name}/replays': ['both', `${connection}/replays`, 404, { from: '2026-01-01T00:00:00Z' }],
  'GET /v1/connections/{name}/replays/{id}': ['both', `${connection}/replays/run_${none}`, 404],
  'DELETE /v1/connections/{name}/replays/{id}': ['both', `${connection}/replays/run_${none}`, 404],
  'GET /v1/connections/{name}/routes': ['both', `${connection}/routes`, 404],
  'PUT /v1/connections/{name}/routes': ['admin', `${connection}/routes`, 404, { rules: [] }],
  'POST /v1/connections/{name}/routes/test': ['both', `${connection}/routes/test`, 404, { event: {} }],
  'GET /v1/destinations': ['both', '/v1/destinations', 200],
  'POST /v1/destinations': ['admin', '/v1/destinations', 422, { name: '-' }],
  'GET /v1/destinations/{name}': ['both', '/v1/destinations/absent', 404],
  'PATCH /v1/destinations/{name}': ['admin', '/v1/destinations/absent', 404, {}],
  'DELETE /v1/destinations/{name}': ['admin', '/v1/destinations/absent', 404],
  'POST /v1/destinations/{name}/pause': ['admin', '/v1/destinations/absent/pause', 404, {}],
  'POST /v1/destinations/{name}/resume': ['admin', '/v1/destinations/absent/resume', 404, {}],
  'POST /v1/destinations/{name}/attempt': ['both', '/v1/destinations/absent/attempt', 404, {}],
  'POST /v1/destinations/{name}/test': ['admin', '/v1/destinations/absent/test', 404, {}],
  'GET /v1/destinations/{name}/secret': ['admin', '/v1/destinations/absent/secret', 404],
  'POST /v1/destinations/{name}/secret/rotate': ['admin', '/v1/destinations/absent/secret/rotate', 404, {}],
  'GET /v1/destinations/{name}/history': ['both', '/v1/destinations/absent/history', 404],
  'POST /v1/connections/{name}/events/search': ['both', '/v1/connections/absent/events/search', 404, { contains: 'a' }],
  'GET /v1/events/{id}': ['both', '/v1/events/absent', 404],
  'GET /v1/connections/{name}/events/{id}/timeline': ['both', '/v1/connections/absent/events/absent/timeline', 404],
  'GET /v1/connections/{name}/events/{id}/deliveries': ['both', '/v1/connections/absent/events/absent/deliveries', 404],
  'GET /v1/deliveries': ['both', '/v1/deliveries?events=absent', 422],
  'GET /v1/destinations/{name}/deliveries': ['both', '/v1/destinations/absent/deliveries', 404],
  'GET /v1/destinations/{name}/health': ['both', '/v1/destinations/absent/health', 404],
  'GET /v1/destinations/{name}/redeliveries': ['both', '/v1/destinations/absent/redeliveries', 404],
  'POST /v1/destinations/{name}/redeliveries': [
    ...(['both', '/v1/destinations/absent/redeliveries', 404, { from: '2026-01-01T00:00:00Z' }] as const),
  ],
  'GET /v1/destinations/{name}/redeliveries/{id}': ['both', `/v1/destinations/absent/redeliveries/rdl_${none}`, 404],
  'DELETE /v1/destinations/{name}/redeliveries/{id}': ['both', `/v1/destinations/absent/redeliveries/rdl_${none}`, 404],
  'GET /v1/deliveries/{id}': ['both', '/v1/deliveries/absent', 404],
  'POST /v1/deliveries/{id}/attempt': ['both', '/v1/deliveries/absent/attempt', 404, {}],
  'POST /v1/deliveries/{id}/redeliver': ['both', '/v1/deliveries/absent/redeliver', 404, {}],
};

let world: World;
let issuer: GivenIssuer;
const tokens: Record<string, string> = {};

const hour = 3_600_000;

beforeAll(async () => {
  issuer = await anIssuer();
  const oidc = {
    issuer: issuer.issuer,
    audience: 'hooklatch',
    roles: [
      { role: 'connection_admin', claim: 'groups', value: 'platform' },
      { role: 'flow_designer', claim: 'groups', value: 'support' },
    ],
  };
  world = await aRuntime({
    transformTemplate: withVariables({ 'authorize-operator': { OIDC: JSON.stringify(oidc) } }),
  });
  const afterHours = (hours: number) => ({ expiresAt: new Date(Date.now() + hours * hour).toISOString() });
  tokens['a flow_designer'] = (await anOperator(world, 'flow_designer')).token;
  tokens['an admin with an expiry'] = (await anOperator(world, 'connection_admin', afterHours(3))).token;
  tokens['an expired admin'] = (await anOperator(world, 'connection_admin', afterHours(1))).token;
  const revoked = await anOperator(world, 'connection_admin', afterHours(3));
  tokens['a revoked admin'] = revoked.token;
  expect((await world.api('DELETE', `/v1/operators/${revoked.id}`)).status).toBe(204);
  tokens['a made-up token'] = generateToken('hlo');
  tokens['a token with a wrong character'] = `${revoked.token.slice(0, -1)}${revoked.token.endsWith('0') ? '1' : '0'}`;
  tokens['no token'] = '';
  const [key = aKey('unused')] = issuer.keys;
  const byIssuer = (claims: object, by = key) => aJwt(by, issuer.claims({ exp: nowInSeconds() + 10_800, ...claims }));
  tokens['an admin of the issuer'] = byIssuer({ groups: ['platform'] });
  tokens['a flow_designer of the issuer'] = byIssuer({ groups: ['support'], sub: 'bo' });
  tokens['somebody of the issuer without a role'] = byIssuer({ groups: ['sales'] });
  tokens["an issuer's token that expired"] = byIssuer({ exp: nowInSeconds() + 3_600 });
  tokens["an issuer's token for another audience"] = byIssuer({ aud: 'else' });
  tokens["a token that the issuer didn't sign"] = byIssuer({}, aKey('key-1'));
  tokens['the bootstrap token'] = world.admin;
  expect((await world.api('GET', '/v1/me', undefined, { token: tokens['an expired admin'] })).status).toBe(200);
  world.clock.ahead = 2 * hour;
});
afterAll(async () => {
  await world.end();
  await issuer.end();
});

const refused = '{"message":"Forbidden"}';

test('the grid has every route', () => {
  expect(Object.keys(grid).sort()).toEqual(Object.keys(routes).sort());
});

/**
 * The routes that each of these tokens is tried on. In `npm test`, the bootstrap token and a flow_designer are tried on all, and the other
 * tokens on some: one authorizer finds out whose token it is, for all routes.
 */
const triedBy = (who: string) =>
  /^(the bootstrap token|a flow_designer)$/.test(who) ? Object.entries(grid) : every(8, Object.entries(grid));

describe.each([
  ['the bootstrap token', 'admin'],
  ['an admin with an expiry', 'admin'],
  ['a flow_designer', 'designer'],
  ['an expired admin', 'stranger'],
  ['a revoked admin', 'stranger'],
  ['a made-up token', 'stranger'],
  ['a token with a wrong character', 'stranger'],
  ['no token', 'stranger'],
  ['an admin of the issuer', 'admin'],
  ['a flow_designer of the issuer', 'designer'],
  ['somebody of the issuer without a role', 'stranger'],
  ["an issuer's token that expired", 'stranger'],
  ["an issuer's token for another audience", 'stranger'],
  ["a token that the issuer didn't sign", 'stranger'],
])('with %s', (who, kind) => {
  test.each(triedBy(who))('%s', async (key, [role, path, status, body]) => {
    const [method = ''] = key.split(' ');
    const answer = await world.api(method, path, body, { token: tokens[who] ?? '' });
    const seen = [answer.status, answer.text === refused ? 'gateway' : answer.text && answer.json()['code']];
    if (kind === 'stranger' && role !== 'anybody') expect(seen).toEqual([403, 'gateway']);
    else if (kind === 'designer' && role === 'admin') expect(seen).toEqual([403, 'role_required']);
    else expect(answer.status).toBe(status);
  });
});

test('an admin of the issuer is named in the history, and does not close the bootstrap token', async () => {
  const by = { token: tokens['an admin of the issuer'] ?? '' };
  const me = (await world.api('GET', '/v1/me', undefined, by)).json();
  expect(me).toEqual({
    id: 'oidc:ada',
    name: 'oidc:ada',
    role: 'connection_admin',
    expiresAt: expect.any(String),
    allowedActions: ['createConnection', 'createDestination', 'changeDestination', 'listOperators', 'revokeOperator'],
  });
  const { id } = await anOperator(world, 'flow_designer');
  expect((await world.api('DELETE', `/v1/operators/${id}`, undefined, by)).status).toBe(204);
  await world.runtime.settled();
  const { items } = (await ok(world, 'GET', '/v1/operators/history?limit=1')) as { items: object[] };
  expect(items).toEqual([expect.objectContaining({ verb: 'revokeOperator', by: 'oidc:ada' })]);
  expect(await ok(world, 'GET', '/v1/operators')).toMatchObject({ bootstrap: 'open' });
  const { version } = (await world.api('POST', '/v1/connections', { name: 'by-oidc' }, by)).json();
  expect(version).toBe(1);
  expect(await ok(world, 'GET', '/v1/connections/by-oidc')).toMatchObject({ updatedBy: 'oidc:ada' });
});

test('an admin that expires, or is of the issuer, adds nobody who stays longer', async () => {
  const added = { name: 'eve', role: 'connection_admin' };
  const byIssuer = { token: tokens['an admin of the issuer'] ?? '' };
  const ofIssuer = await world.api('POST', '/v1/operators', added, byIssuer);
  expect([ofIssuer.status, ofIssuer.json()['code']]).toEqual([403, 'oidc_operators_not_allowed']);

  const temporary = { token: tokens['an admin with an expiry'] ?? '' };
  const { expiresAt, latestOperatorExpiry } = (await world.api('GET', '/v1/me', undefined, temporary)).json();
  expect(latestOperatorExpiry).toBe(expiresAt);
  const refused = await world.api('POST', '/v1/operators', added, temporary);
  expect([refused.status, refused.json()]).toMatchObject([422, { code: 'expiry_too_late', latestExpiry: expiresAt }]);
  const answer = await world.api('POST', '/v1/operators', { ...added, expiresAt }, temporary);
  expect([answer.status, answer.json()]).toMatchObject([201, { operator: { expiresAt } }]);
});

test('why a token of the issuer was refused is in the log, without the token', async () => {
  const refusedTokens = [
    ...['somebody of the issuer without a role', "an issuer's token that expired"],
    ...["an issuer's token for another audience", "a token that the issuer didn't sign"],
  ];
  for (const who of refusedTokens) {
    expect((await world.api('GET', '/v1/me', undefined, { token: tokens[who] ?? '' })).status).toBe(403);
  }
  const lines = world.logs.filter((line) => line.includes('"reason":"oidc_'));
  const reasons = lines.map((line) => JSON.parse(line).message.reason);
  expect([...new Set(reasons)].sort()).toEqual([
    ...['oidc_audience_mismatch', 'oidc_expired', 'oidc_role_missing', 'oidc_signature_invalid'],
  ]);
  const signatures = Object.values(tokens).flatMap((each) => each.split('.')[2] ?? []);
  const logs = world.logs.join('\n');
  expect(filled(signatures).filter((signature) => logs.includes(signature))).toEqual([]);
});
