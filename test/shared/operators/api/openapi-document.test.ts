import { describe, expect, test } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import * as z from 'zod/mini';
import { authSchema } from '../../../../shared/endpoints/settings/auth.ts';
import { openApiDocument } from '../../../../shared/operators/api/openapi-document.ts';
import { requestExamples } from '../../../../shared/operators/api/openapi-examples.ts';
import { jsonSchemaOf } from '../../../../shared/operators/api/openapi-schemas.ts';
import { type RouteKey, routes } from '../../../../shared/operators/api/routes.ts';
import { filled } from '../../../support/filled.ts';

const document = openApiDocument({ version: '1.2.3', url: 'https://hooks.acme.test' }) as unknown as {
  openapi: string;
  servers: { url: string }[];
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties: Record<string, Record<string, unknown>>; required: string[] }> };
};
interface Operation {
  operationId: string;
  summary: string;
  description: string;
  security: object[];
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Record<string, unknown>; example?: object }> };
  responses: Record<string, { content?: object; $ref?: string }>;
}

const operations = Object.values(document.paths).flatMap((each) => Object.values(each));

test('an outside validator finds nothing wrong', async () => {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  expect(problems.map(({ message, ruleId }) => [ruleId, message])).toEqual([]);
});

test('the outside validator finds a wrong example and a reference that leads nowhere', async () => {
  const config = await createConfig({ extends: ['recommended'] });
  const wrong = JSON.stringify(document)
    .replace('"role":"flow_designer","expiresAt"', '"role":"nobody","expiresAt"')
    .replace('#/components/schemas/SelfTest', '#/components/schemas/Nothing');
  const problems = await lintFromString({ source: wrong, config });
  expect(new Set(problems.map(({ ruleId }) => ruleId))).toEqual(
    new Set(['no-invalid-media-type-examples', 'no-unresolved-refs', 'no-unused-components']),
  );
});

test('the document names its version, and the URL and the version of the deployment', () => {
  expect([document.openapi, document.info.version, document.servers]).toEqual([
    ...['3.1.0', '1.2.3'],
    [{ url: 'https://hooks.acme.test' }],
  ]);
});

test('each route has an operation, and each operation an id of its own', () => {
  const found = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(found.sort()).toEqual(Object.keys(routes).sort());
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  expect(document.paths['/v1/connections/{name}/endpoint/token']?.['get']?.operationId).toBe('revealToken');
});

describe('an operation', () => {
  const operationOf = (path: string, method: string) => document.paths[path]?.[method] as Operation;

  test('needs an operator token, unless its route is for everybody', () => {
    const open = operations.filter(({ security }) => security.length === 0).map(({ operationId }) => operationId);
    expect(open).toEqual(['getHealthz', 'getOpenapiJson']);
    expect(operationOf('/v1/me', 'get').security).toEqual([{ operatorToken: [] }]);
  });

  test('says which role it needs', () => {
    expect(operationOf('/v1/me', 'get').description).toMatch(/Role: `flow_designer`\.$/);
    expect(operationOf('/v1/operators', 'post').description).toMatch(/Role: `connection_admin`\.$/);
    expect(operationOf('/healthz', 'get').description).toMatch(/No token\.$/);
  });

  test('has the parameters of its path and its query, If-Match if it changes a connection, and of a connection who asks', () => {
    const named = (path: string, method: string) =>
      operationOf(path, method).parameters?.map(({ name, in: place, required }) => [name, place, required]);
    expect(named('/v1/connections/{name}/replays/{id}', 'delete')).toEqual([
      ['name', 'path', true],
      ['id', 'path', true],
      ['If-Match', 'header', false],
      ['hooklatch-via', 'header', false],
    ]);
    expect(named('/v1/connections', 'get')).toEqual([
      ['limit', 'query', false],
      ['cursor', 'query', false],
      ['include', 'query', false],
    ]);
    expect(named('/healthz', 'get')).toBeUndefined();
  });

  test('has If-Match in a read too that counts the version up: what shows a secret', () => {
    const reads = Object.entries(document.paths).filter(([, { get }]) =>
      get?.parameters?.some(({ name }) => name === 'If-Match'),
    );
    expect(reads.map(([path]) => path).sort()).toEqual([
      '/v1/connections/{name}/endpoint/token',
      '/v1/destinations/{name}/secret',
    ]);
  });

  test('has the statuses of its answers, and every problem', () => {
    const problems = ['400', '403', '404', '405', '409', '412', '413', '415', '422', '429', '500', '503'];
    const statuses = (path: string, method: string) =>
      Object.keys(operationOf(path, method).responses).filter((status) => !problems.includes(status));
    expect(statuses('/v1/connections', 'post')).toEqual(['201']);
    expect(statuses('/v1/connections/{name}/replays', 'post')).toEqual(['200', '202']);
    expect(statuses('/v1/me', 'get')).toEqual(['200']);
    expect(operationOf('/v1/operators/{id}', 'delete').responses['204']).toEqual({ description: 'Done; no body.' });
    for (const { responses } of filled(operations))
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(problems));
  });

  test('demands a body only if a field of it is needed', () => {
    expect(operationOf('/v1/connections', 'post').requestBody?.required).toBe(true);
    expect(operationOf('/v1/connections/{name}/endpoint/activate', 'post').requestBody?.required).toBe(false);
  });
});

test('every request with fields has an example', () => {
  const keys = (Object.keys(routes) as RouteKey[]).filter((key) => {
    const route = routes[key] as { body?: { shape?: object } };
    return route.body && Object.keys(route.body.shape ?? {}).length > 0;
  });
  expect(filled(keys).filter((key) => !requestExamples[key])).toEqual([]);
});

test('the example of a request is a valid one, and publishes nothing', () => {
  for (const [key, example] of filled(Object.entries(requestExamples))) {
    const { body } = routes[key as RouteKey] as { body?: z.ZodMiniType };
    expect(Object.keys(example)).not.toEqual([]);
    expect([key, body?.safeParse(example).success]).toEqual([key, true]);
  }
  expect(requestExamples['POST /v1/connections/{name}/replays']).toMatchObject({ dryRun: true });
  expect(requestExamples['POST /v1/connections/{name}/endpoint/test']).toEqual({ publish: false });
});

describe('the schema of a request', () => {
  test('has shared schemas only if it refers to them', () => {
    const components = {};
    jsonSchemaOf(z.object({ a: z.string() }), 'input', components);
    expect(components).toEqual({});
    jsonSchemaOf(z.object({ a: authSchema }), 'input', components);
    expect(Object.keys(components).sort()).toEqual(['AuthInput', 'PlacementInput', 'SchemeInput']);
  });

  test('keeps a default of null, and a text that looks like a reference', () => {
    const schema = z.object({ a: z._default(z.nullable(z.string()), null), b: z.literal('#/$defs/Scheme') });
    expect(jsonSchemaOf(schema, 'input', {})['properties']).toMatchObject({
      a: { default: null },
      b: { const: '#/$defs/Scheme' },
    });
  });
});

test('a request may leave out what has a default, and an answer may get new fields', () => {
  const replay = document.paths['/v1/connections/{name}/replays']?.['post']?.requestBody?.content['application/json'];
  expect(replay?.schema['required']).toEqual(['from']);
  expect(replay?.schema['additionalProperties']).toBe(false);
  expect(document.components.schemas['Operator']).not.toHaveProperty('additionalProperties');
});

test('the schema of problems has their codes', () => {
  const { code } = document.components.schemas['Problem']?.properties ?? {};
  expect(code?.['enum']).toEqual(
    expect.arrayContaining(['action_not_allowed', 'body_missing', 'last_admin', 'superseded']),
  );
  expect(document.components.schemas['Problem']?.required).toEqual([
    ...['type', 'title', 'status', 'code', 'detail', 'requestId'],
  ]);
});
