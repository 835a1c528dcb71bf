/** The routes: who may call each, what it takes, and what it answers. Written by hand. */
import { describe, expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { newValuesSchema } from '../../../../shared/endpoints/endpoint/secret-value-request.ts';
import type { Route } from '../../../../shared/operators/api/route.ts';
import {
  fallbackRoute,
  gatewayRoutes,
  hookRoutes,
  type RouteKey,
  routeKeyOf,
  routes,
} from '../../../../shared/operators/api/routes.ts';

const endpoint = '/v1/connections/{name}/endpoint';

/** Route → its function, the role that it needs, and its statuses. `-` needs no token. */
const expected: Record<RouteKey, string> = {
  'GET /healthz': 'api-connections - 200',
  'GET /openapi.json': 'api-connections - 200',
  'GET /v1/providers': 'api-connections both 200',
  'GET /v1/providers/{id}': 'api-connections both 200',
  'GET /v1/connections': 'api-connections both 200',
  'POST /v1/connections': 'api-connections admin 201',
  'GET /v1/connections/{name}': 'api-connections both 200',
  'PATCH /v1/connections/{name}': 'api-connections admin 200',
  'DELETE /v1/connections/{name}': 'api-connections admin 204',
  'PUT /v1/connections/{name}/endpoint': 'api-endpoint admin 200',
  'DELETE /v1/connections/{name}/endpoint': 'api-endpoint admin 200',
  'POST /v1/connections/{name}/endpoint/token': 'api-endpoint admin 201',
  'GET /v1/connections/{name}/endpoint/token': 'api-endpoint admin 200',
  'DELETE /v1/connections/{name}/endpoint/token': 'api-endpoint admin 200',
  'POST /v1/connections/{name}/endpoint/token/rotate': 'api-endpoint admin 200',
  'DELETE /v1/connections/{name}/endpoint/token/previous': 'api-endpoint admin 200',
  'POST /v1/connections/{name}/endpoint/activate': 'api-endpoint admin 200',
  'POST /v1/connections/{name}/endpoint/deactivate': 'api-endpoint admin 200',
  'POST /v1/connections/{name}/endpoint/hold': 'api-endpoint admin 200',
  'POST /v1/connections/{name}/endpoint/release': 'api-endpoint admin 200',
  'POST /v1/connections/{name}/endpoint/handshake': 'api-endpoint admin 200',
  'POST /v1/connections/{name}/endpoint/handshake/confirm': 'api-endpoint admin 200',
  'DELETE /v1/connections/{name}/endpoint/handshake': 'api-endpoint admin 200',
  'POST /v1/connections/{name}/endpoint/test': 'api-self-test admin 200',
  'GET /v1/connections/{name}/events': 'api-events both 200',
  'POST /v1/connections/{name}/events/search': 'api-events both 200',
  'GET /v1/connections/{name}/events/{id}': 'api-events both 200',
  'POST /v1/connections/{name}/events/{id}/replay': 'api-events both 202',
  'GET /v1/connections/{name}/history': 'api-events both 200',
  'GET /v1/connections/{name}/stats': 'api-events both 200',
  'GET /v1/stats': 'api-events both 200',
  'GET /v1/jobs': 'api-events both 200',
  'GET /v1/connections/{name}/rejections': 'api-events both 200',
  'GET /v1/connections/{name}/replays': 'api-events both 200',
  'POST /v1/connections/{name}/replays': 'api-events both 200 202',
  'GET /v1/connections/{name}/replays/{id}': 'api-events both 200',
  'DELETE /v1/connections/{name}/replays/{id}': 'api-events both 200 202',
  'GET /v1/connections/{name}/routes': 'api-routes both 200',
  'PUT /v1/connections/{name}/routes': 'api-routes admin 200',
  'POST /v1/connections/{name}/routes/test': 'api-routes both 200',
  'GET /v1/destinations': 'api-destinations both 200',
  'POST /v1/destinations': 'api-destinations admin 201',
  'GET /v1/destinations/{name}': 'api-destinations both 200',
  'PATCH /v1/destinations/{name}': 'api-destinations admin 200',
  'DELETE /v1/destinations/{name}': 'api-destinations admin 204',
  'POST /v1/destinations/{name}/pause': 'api-destinations admin 200',
  'POST /v1/destinations/{name}/resume': 'api-destinations admin 200',
  'POST /v1/destinations/{name}/attempt': 'api-destinations both 200',
  'POST /v1/destinations/{name}/test': 'api-destinations admin 200',
  'GET /v1/destinations/{name}/secret': 'api-destinations admin 200',
  'POST /v1/destinations/{name}/secret/rotate': 'api-destinations admin 200',
  'GET /v1/destinations/{name}/history': 'api-destinations both 200',
  'GET /v1/events/{id}': 'api-events both 200',
  'GET /v1/connections/{name}/events/{id}/timeline': 'api-events both 200',
  'GET /v1/connections/{name}/events/{id}/deliveries': 'api-deliveries both 200',
  'GET /v1/deliveries': 'api-deliveries both 200',
  'GET /v1/destinations/{name}/deliveries': 'api-deliveries both 200',
  'GET /v1/destinations/{name}/health': 'api-deliveries both 200',
  'GET /v1/deliveries/{id}': 'api-deliveries both 200',
  'POST /v1/deliveries/{id}/attempt': 'api-deliveries both 202',
  'POST /v1/deliveries/{id}/redeliver': 'api-deliveries both 202',
  'GET /v1/destinations/{name}/redeliveries': 'api-deliveries both 200',
  'POST /v1/destinations/{name}/redeliveries': 'api-deliveries both 200 202',
  'GET /v1/destinations/{name}/redeliveries/{id}': 'api-deliveries both 200',
  'DELETE /v1/destinations/{name}/redeliveries/{id}': 'api-deliveries both 200 202',
  'GET /v1/me': 'api-operators both 200',
  'GET /v1/operators': 'api-operators admin 200',
  'POST /v1/operators': 'api-operators admin 201',
  'DELETE /v1/operators/{id}': 'api-operators admin 204',
  'GET /v1/operators/names': 'api-operators both 200',
  'GET /v1/operators/history': 'api-operators admin 200',
};

const shortRoles = { nobody: '-', flow_designer: 'both', connection_admin: 'admin' };

test('each route has its function, its role and its statuses', () => {
  const found = Object.entries<Route>(routes).map(([key, { function: name, role, statuses = [200] }]) => [
    ...[key, [name, shortRoles[role], ...statuses].join(' ')],
  ]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

test('other routes are those of senders, and one that answers 404 and 405', () => {
  expect([fallbackRoute, ...hookRoutes]).toEqual([
    'ANY /v1/{proxy+}',
    'ANY /hooks/{connection}/{endpointId}',
    'ANY /hooks/{connection}/{endpointId}/{rest+}',
  ]);
});

describe('the keys of API Gateway', () => {
  const answer = z.null();
  const route = { function: 'api-events', role: 'flow_designer', summary: '', answer } satisfies Route;
  const keysOf = (all: Record<string, Route>) => gatewayRoutes(all).map(({ key }) => key);

  test('are one for each path, but for a DELETE beside a GET', () => {
    const all = ['GET /a', 'POST /a', 'DELETE /a', 'GET /b', 'DELETE /c', 'PUT /c', 'GET /a/{id}', 'DELETE /a/{id}'];
    expect(keysOf(Object.fromEntries(all.map((key) => [key, route])))).toEqual([
      'ANY /a',
      'DELETE /a',
      'GET /b',
      'ANY /c',
      'GET /a/{id}',
      'DELETE /a/{id}',
    ]);
  });

  test('are one for the steps of a destination, and one for those of a delivery', () => {
    const steps = keysOf(routes).filter((key) => /\/(\{step\}|pause|resume|attempt|redeliver)$/.test(key));
    expect(steps.sort()).toEqual(['ANY /v1/deliveries/{id}/{step}', 'ANY /v1/destinations/{name}/{step}']);
  });

  test.each([
    ['ANY /v1/destinations/{name}/{step}', 'POST', 'pause', 'POST /v1/destinations/{name}/pause'],
    ['ANY /v1/destinations/{name}/{step}', 'POST', 'attempt', 'POST /v1/destinations/{name}/attempt'],
    ['ANY /v1/deliveries/{id}/{step}', 'POST', 'attempt', 'POST /v1/deliveries/{id}/attempt'],
    ['ANY /v1/deliveries/{id}/{step}', 'DELETE', 'redeliver', 'DELETE /v1/deliveries/{id}/redeliver'],
    // A step of the other path, and a text that may be a pasted token.
    ['ANY /v1/deliveries/{id}/{step}', 'POST', 'pause', 'POST /v1/deliveries/{id}/{step}'],
    ['ANY /v1/destinations/{name}/{step}', 'POST', 'hlo_pasted', 'POST /v1/destinations/{name}/{step}'],
    ['GET /v1/deliveries/{id}', 'GET', undefined, 'GET /v1/deliveries/{id}'],
    ['ANY /v1/destinations', 'POST', undefined, 'POST /v1/destinations'],
  ])('%s with the method %s and the step %s is %s', (routeKey, method, step, expected) => {
    const pathParameters = step === undefined ? {} : { name: 'orders', step };
    expect(routeKeyOf({ routeKey, pathParameters, requestContext: { http: { method } } })).toBe(expected);
  });

  test('have one function, and a token for all or for none', () => {
    const needs = '/a must have one function, and a token for all or for none';
    expect(() => keysOf({ 'GET /a': route, 'PUT /a': { ...route, function: 'api-routes' } })).toThrow(needs);
    expect(() => keysOf({ 'GET /a': route, 'PUT /a': { ...route, role: 'nobody' } })).toThrow(needs);
    expect(keysOf({ 'GET /a': route, 'PUT /a': { ...route, role: 'connection_admin' } })).toEqual(['ANY /a']);
  });
});

/** The parsed value, or the path of the first wrong field. */
function parsed(key: RouteKey, part: 'query' | 'body', value: unknown): unknown {
  const result = (routes[key] as Route)[part]?.safeParse(value);
  return result?.success ? result.data : `refused: ${result?.error.issues[0]?.path.join('.')}`;
}

describe('a query', () => {
  const page = { limit: '2', cursor: 'a' };
  const time = '2026-03-01T12:00:00Z';
  const list = { ...page, from: time, to: time, order: 'asc', type: 'a', deliveryId: 'd' };

  test.each<[RouteKey, object]>([
    ['GET /v1/connections', { ...page, include: 'stats' }],
    ['GET /v1/connections/{name}/history', page],
    ['GET /v1/connections/{name}/replays', page],
    ['GET /v1/operators', page],
    ['GET /v1/operators/history', page],
    ['GET /v1/connections/{name}/rejections', { ...page, from: time, to: time }],
    ['GET /v1/connections/{name}/events', list],
    ['GET /v1/connections/{name}/events', { ...list, order: 'desc' }],
    ['GET /v1/connections/{name}/events/{id}', { raw: 'true' }],
    [`DELETE ${endpoint}`, { discardHeld: 'true' }],
    [`DELETE ${endpoint}`, { discardHeld: 'false' }],
  ])('of %s can have %j, or nothing, and no other field', (key, query) => {
    expect(parsed(key, 'query', query)).toEqual(query);
    expect(parsed(key, 'query', {})).toEqual({});
    expect(parsed(key, 'query', { another: '1' })).toBe('refused: ');
  });

  test.each<[RouteKey, object, string]>([
    ['GET /v1/connections', { include: 'all' }, 'include'],
    ['GET /v1/connections/{name}/events', { order: 'newest' }, 'order'],
    ['GET /v1/connections/{name}/events', { from: 'yesterday' }, 'from'],
    ['GET /v1/connections/{name}/events', { type: '' }, 'type'],
    ['GET /v1/connections/{name}/events', { deliveryId: '' }, 'deliveryId'],
    [`DELETE ${endpoint}`, { discardHeld: 'yes' }, 'discardHeld'],
  ])('of %s cannot have %j', (key, query, path) => {
    expect(parsed(key, 'query', query)).toBe(`refused: ${path}`);
  });
});

describe('a body', () => {
  test.each<[RouteKey, object, object]>([
    [`POST ${endpoint}/activate`, {}, {}],
    [`POST ${endpoint}/deactivate`, {}, {}],
    [`POST ${endpoint}/hold`, {}, {}],
    [`POST ${endpoint}/release`, {}, {}],
    ['POST /v1/connections/{name}/events/{id}/replay', {}, {}],
    [`POST ${endpoint}/handshake`, {}, { minutes: 10 }],
    [`POST ${endpoint}/handshake`, { minutes: 1 }, { minutes: 1 }],
    [`POST ${endpoint}/handshake`, { minutes: 60 }, { minutes: 60 }],
    [`POST ${endpoint}/handshake/confirm`, {}, { graceSeconds: 86_400, force: false }],
    [`POST ${endpoint}/test`, {}, { publish: false, real: false, sample: false }],
    [`POST ${endpoint}/test`, { publish: true }, { publish: true, real: false, sample: false }],
    [
      `POST ${endpoint}/test`,
      { real: true, type: 'push', body: '{}', contentType: 'application/json' },
      { publish: false, real: true, sample: false, type: 'push', body: '{}', contentType: 'application/json' },
    ],
    [`POST ${endpoint}/token`, {}, {}],
    [
      `POST ${endpoint}/token/rotate`,
      { value: 'a-fake-token', signingSecret: 'a fake secret' },
      { value: 'a-fake-token', signingSecret: 'a fake secret', graceSeconds: 86_400, force: false },
    ],
    [
      'POST /v1/connections/{name}/replays',
      { from: '2026-03-01T12:00:00Z' },
      { from: '2026-03-01T12:00:00Z', dryRun: false, ratePerSecond: 50 },
    ],
    ['POST /v1/operators', { name: 'ada', role: 'flow_designer' }, { name: 'ada', role: 'flow_designer' }],
  ])('of %s can be %j, and has no other field', (key, body, result) => {
    expect(parsed(key, 'body', body)).toEqual(result);
    expect(parsed(key, 'body', { ...body, another: 1 })).toBe('refused: ');
  });

  const minutes = `POST ${endpoint}/handshake`;
  const replays = 'POST /v1/connections/{name}/replays';
  const from = '2026-03-01T12:00:00Z';
  test.each<[RouteKey, object, string]>([
    [minutes, { minutes: 0 }, 'minutes'],
    [minutes, { minutes: 61 }, 'minutes'],
    [minutes, { minutes: 1.5 }, 'minutes'],
    [`POST ${endpoint}/test`, { publish: 'yes' }, 'publish'],
    [replays, {}, 'from'],
    [replays, { from, ratePerSecond: 0 }, 'ratePerSecond'],
    [replays, { from, type: '' }, 'type'],
    [replays, { from, type: 'a'.repeat(129) }, 'type'],
  ])('of %s cannot be %j', (key, body, path) => {
    expect(parsed(key, 'body', body)).toBe(`refused: ${path}`);
  });

  test('of a replay can name a type of 128 characters', () => {
    expect(parsed(replays, 'body', { from, type: 'a'.repeat(128), ratePerSecond: 1 })).toMatchObject({ dryRun: false });
  });
});

describe('the name of an operator', () => {
  const outcome = (name: string) => parsed('POST /v1/operators', 'body', { name, role: 'connection_admin' });

  test.each(['a', 'ab', 'Ada Lovelace', 'é', 'a  b', 'a'.repeat(64)])('can be %j', (name) => {
    expect(outcome(name)).toEqual({ name, role: 'connection_admin' });
  });

  test.each(['', ' ', ' a', 'a ', 'a\nb', '\na', 'a\n', 'a\u0000', '\u0000a', 'a\u200bb', 'a'.repeat(65)])(
    'cannot be %j',
    (name) => {
      expect(outcome(name)).toBe('refused: name');
    },
  );
});

describe('a value that the sender chose', () => {
  const issuesOf = (value: string) =>
    newValuesSchema.shape.value.safeParse(value).error?.issues.map(({ message }) => message.replace(/ .*/, ''));

  test.each([
    'a'.repeat(12),
    'a'.repeat(4096),
    '-----BEGIN PUBLIC KEY-----\r\nMCow\n-----END PUBLIC KEY-----\n',
    'with space and ~!',
    'three...dots inside',
    'a dot at the end.',
    'two dots at the end..',
    'a < b and b > c',
    '<one> and <two>',
    'text <inside> it',
  ])('can be %j', (value) => {
    expect(issuesOf(value)).toBeUndefined();
  });

  test.each([
    'a'.repeat(11),
    'a'.repeat(4097),
    'with a tab\tin it',
    'mit Ümlauten!',
    '',
    'a'.repeat(12).concat('\u007f'),
  ])('cannot be %j, because of its length or its characters', (value) => {
    expect(issuesOf(value)).toEqual(['must']);
  });

  test.each([
    'whsec_…',
    '…',
    'whsec_…abcdefgh',
    'whsec_abcdef...',
    'whsec_abcdef... ',
    '<your secret here>',
    ' <your secret here> \n',
  ])('cannot be %j, because it is a placeholder', (value) => {
    expect(issuesOf(value)).toEqual(['looks']);
  });
});

describe('new values with a configuration', () => {
  test('need the auth that they are for', () => {
    const configure = `PUT ${endpoint}` as const;
    const body = { auth: { kind: 'token' }, values: { value: 'a-fake-token' } };
    expect(parsed(configure, 'body', body)).toMatchObject({ values: { value: 'a-fake-token', graceSeconds: 86_400 } });
    expect(parsed(configure, 'body', { auth: body.auth })).toEqual({ auth: { kind: 'token' } });
    expect(parsed(configure, 'body', {})).toEqual({});
    expect(parsed(configure, 'body', { values: body.values })).toBe('refused: values');
    expect(parsed(configure, 'body', { ...body, values: { another: 1 } })).toBe('refused: values');
  });
});

describe('the grace', () => {
  test.each([
    [0, true],
    [2_592_000, true],
    [-1, false],
    [2_592_001, false],
    [1.5, false],
  ])('of %i seconds is possible: %s', (graceSeconds, isPossible) => {
    const { success } = routes[`POST ${endpoint}/handshake/confirm`].body.safeParse({ graceSeconds, force: true });
    expect(success).toBe(isPossible);
  });
});

describe('an answer', () => {
  const time = '2026-03-01T12:00:00.000Z';
  const skipped = { skipped: 1, skippedBecause: { test: 1 } };
  const operator = {
    id: 'op_1',
    name: 'ada',
    role: 'flow_designer',
    createdAt: time,
    createdBy: 'op_0',
    expired: false,
    lastUsedAt: null,
  };

  test.each<[RouteKey, object]>([
    ['GET /healthz', { status: 'ok', version: '1.2.3' }],
    ['GET /v1/providers', { items: [] }],
    ['POST /v1/connections/{name}/events/{id}/replay', { id: 'evt_1', replay: 1 }],
    ['POST /v1/connections/{name}/replays', { id: 'run_1', from: time, to: time, count: null }],
    [
      'POST /v1/connections/{name}/replays',
      {
        from: time,
        to: time,
        upTo: time,
        count: 1,
        ...skipped,
        first: null,
        last: time,
        complete: true,
        writeUnits: 2,
        sample: [],
      },
    ],
    ['GET /v1/connections/{name}/replays', { items: [], nextCursor: null }],
    ['GET /v1/connections/{name}/history', { items: [], nextCursor: 'a' }],
    [
      'GET /v1/connections/{name}/rejections',
      { items: [], nextCursor: null, totals: { token_unknown: 2 }, complete: true, asOf: time },
    ],
    ['GET /v1/connections/{name}/events', { items: [], nextCursor: null, upTo: time, resumeCursor: null }],
    ['GET /v1/operators', { items: [operator], nextCursor: null, bootstrap: 'open' }],
    ['GET /v1/operators', { items: [], nextCursor: null, bootstrap: 'closed' }],
    ['POST /v1/operators', { token: 'hlo_fake', operator }],
  ])('of %s has %j and drops any other field', (key, answer) => {
    expect(routes[key].answer.parse({ ...answer, secret: 'fake-secret' })).toEqual(answer);
  });

  test('that has no body is null', () => {
    expect(routes['DELETE /v1/connections/{name}'].answer.safeParse({}).success).toBe(false);
    expect(routes['DELETE /v1/operators/{id}'].answer.safeParse({}).success).toBe(false);
  });

  test('with the OpenAPI document keeps each of its fields', () => {
    const answer = { openapi: '3.1.0', paths: {} };
    expect(routes['GET /openapi.json'].answer.parse(answer)).toEqual(answer);
    expect(routes['GET /openapi.json'].answer.safeParse({}).success).toBe(false);
  });

  test('with a token has the previous one only with its expiry', () => {
    const shape = routes[`GET ${endpoint}/token`].answer.shape;
    const previous = { token: 'a', signingSecret: 'b', expiresAt: time };
    expect(shape.previous.parse({ ...previous, another: 1 })).toEqual(previous);
    expect(shape.previous.safeParse({ token: 'a' }).success).toBe(false);
    expect(Object.keys(shape).sort()).toEqual([
      ...['connection', 'deliveryUrls', 'previous', 'signingSecret', 'token', 'url'],
    ]);
  });
});
