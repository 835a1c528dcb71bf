/** Every function that answers HTTP requests, on every route, in a deployment that is reached by https. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';
import { variables } from '../../shared/ground/aws/environment.ts';
import { httpHandler } from '../../shared/ground/aws/http-handler.ts';
import { defaultRoute } from '../../shared/operators/api/default-route.ts';
import { fallbackRoute, hookRoutes, routes } from '../../shared/operators/api/routes.ts';

// The modules make their clients when they are loaded. No test here uses them.
process.env['PUBLIC_URL'] = 'https://hooks.example.com';
process.env['OIDC_OPERATOR_DAYS'] = '';
process.env['SECRET_TAGS'] = '[]';
for (const name of variables) process.env[name] ??= '1';

// Lines of the log are not what is tested here.
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(console, level).mockImplementation(() => {});
});
afterAll(() => {
  jest.restoreAllMocks();
});

/** The function behind each route, as `infra/http-api.ts` puts it there. */
const functionOf: Record<string, string> = {
  ...Object.fromEntries(Object.entries(routes).map(([key, route]) => [key, route.function])),
  [fallbackRoute]: 'api-connections',
  ...Object.fromEntries(hookRoutes.map((key) => [key, 'ingest'])),
  [defaultRoute]: 'serve-files',
};

type Handler = (event: unknown, context: unknown) => Promise<Result>;

const handlers = new Map<string, Handler>();
for (const name of new Set(Object.values(functionOf)))
  handlers.set(name, (await import(`../../functions/${name}.ts`)).handler);

/** A delivery without credentials to an endpoint that takes them by Basic. */
const handover = {
  connection: { id: 'c1', name: 'orders', provider: 'generic' },
  endpoint: { id: 'e1', settings: { auth: { kind: 'token', accept: [{ in: 'basic', username: 'a' }] } }, hold: null },
  tokenVerified: null,
  pending: ['challenge'],
};

const eventOf = (routeKey: string, lambda: unknown, endpointId = 'e1') => ({
  routeKey,
  rawPath: '/',
  headers: {},
  rawQueryString: '',
  isBase64Encoded: false,
  pathParameters: { connection: 'orders', endpointId, name: 'orders', id: 'a' },
  requestContext: {
    requestId: 'r1',
    http: { method: 'POST', path: '/', sourceIp: '192.0.2.1' },
    authorizer: { lambda },
  },
});

const ask = (routeKey: string, ...more: [lambda?: unknown, endpointId?: string]) =>
  handlers.get(functionOf[routeKey] ?? '')?.(eventOf(routeKey, more[0], more[1]), {});

const aYear = 'max-age=31536000';

test.each(Object.keys(functionOf))('an answer to %s says that only https may be used', async (key) => {
  const answer = await ask(key, key.includes('/hooks/') ? handover : undefined);
  expect(answer?.statusCode).toBeGreaterThanOrEqual(200);
  expect(answer?.headers?.['strict-transport-security']).toBe(aYear);
});

test.each(hookRoutes)('a refusal of %s that looks like that of API Gateway has the same headers', async (key) => {
  expect(await ask(key, handover, 'another')).toEqual({
    statusCode: 403,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"Forbidden"}',
  });
});

test('an error is still thrown, so that API Gateway answers 500', async () => {
  await expect(ask('ANY /hooks/{connection}/{endpointId}', {})).rejects.toThrow();
});

test.each([
  ['https://hooks.example.com/in', { etag: '"a"', 'strict-transport-security': aYear }],
  ['http://127.0.0.1:3000', { etag: '"a"' }],
])('under %s, an answer without a body has the headers %j', async (publicUrl, headers) => {
  const handler = httpHandler(async () => ({ statusCode: 304, headers: { etag: '"a"' } }), publicUrl);
  expect(await handler({}, {} as never)).toEqual({ statusCode: 304, headers });
});
