/** The OpenAPI 3.1 document of this API, made from its routes. */
import type * as z from 'zod/mini';
import { viaHeader, vias } from '../../ground/base/actor.ts';
import { requestExamples } from './openapi-examples.ts';
import { type JsonSchema, jsonSchemaOf } from './openapi-schemas.ts';
import { problemCodes } from './problem.ts';
import { problemSchema } from './problem-schema.ts';
import type { Route } from './route.ts';
import { type RouteKey, routes } from './routes.ts';

export interface ApiIdentity {
  /** The version of the package. */
  version: string;
  /** The URL of the deployment, without a final slash. */
  url: string;
}

type Json = Record<string, unknown>;

const description = `Hooklatch receives webhooks in your own AWS account. Operators manage connections with this API.

Every request needs an operator token, except where an operation says otherwise. The role is \`connection_admin\` (everything) or
\`flow_designer\` (reads, and replays events). An error is \`application/problem+json\` with a \`code\` for programs and a \`detail\` that
says what to do. What API Gateway refuses by itself, such as a request without a valid token (403) or too many requests (429), is
answered \`{"message": "…"}\`.`;

const gatewayMessageSchema: JsonSchema = {
  type: 'object',
  description: 'The answer of API Gateway itself.',
  required: ['message'],
  properties: { message: { type: ['string', 'null'] } },
};

const titlesOf = (codes: readonly string[]): string => `Problem: ${codes.map((code) => `\`${code}\``).join(', ')}.`;

const problemContent: Json = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
};
const gatewayContent: Json = {
  'application/json': { schema: { $ref: '#/components/schemas/GatewayMessage' } },
};

/** The responses that operations refer to: a problem of each status, and what API Gateway answers itself. */
const problemResponses: Record<string, Json> = {
  ...Object.fromEntries(
    Object.entries(problemCodes).map(([status, codes]) => [
      `Problem${status}`,
      {
        description: titlesOf(codes),
        content: status === '403' || status === '500' ? { ...problemContent, ...gatewayContent } : problemContent,
      },
    ]),
  ),
  TooManyRequests: { description: 'Too many requests. Wait a second, and send it again.', content: gatewayContent },
  Unavailable: { description: 'Not available now. Send it again.', content: gatewayContent },
};

/** The errors of every operation: by API Gateway, by the parsing of requests, and by the operation itself. */
const everyError = {
  ...Object.fromEntries(Object.keys(problemCodes).map((status) => [status, `Problem${status}`])),
  429: 'TooManyRequests',
  503: 'Unavailable',
};

/** The parts of a path in braces. */
const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description: name === 'name' ? 'The name of the connection.' : 'The id.',
  }));

function queryParameters(query: Route['query'], components: Record<string, JsonSchema>): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(query, 'input', components) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

const ifMatch: Json = {
  name: 'If-Match',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description: 'The ETag of the record. If the record has another version, the answer is 412.',
};

const via: Json = {
  name: viaHeader,
  in: 'header',
  required: false,
  schema: { type: 'string', enum: vias },
  description:
    'The program that asks, as it says itself. The history of the connection shows it. An agent gets no body with a token.',
};

/** The words of a key in camel case: a stable name for generated clients. */
const operationId = (key: string): string =>
  key
    .replace('GET /v1/connections/{name}/endpoint/token', 'reveal token')
    .replace('GET /v1/destinations/{name}/secret', 'reveal destination secret')
    .toLowerCase()
    .replace(/\/v1\/|[{}]/g, '')
    .replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The groups of operations in the documentation. */
const tags = {
  deployment: 'The deployment itself. These operations need no token.',
  providers: 'The senders that are known by name.',
  connections: 'Connections: each is the link to one sender.',
  endpoint: 'The endpoint of a connection: its settings, its URL and its token.',
  events: 'The webhooks that were accepted.',
  history: 'Who did what to a connection.',
  rejections: 'The webhooks that were refused, and why.',
  stats: 'How many webhooks came, and what became of them.',
  replays: 'Publishing many events again, and the release of held events.',
  jobs: 'Replays, releases and redeliveries of many, of all connections and destinations.',
  destinations: 'The URLs that get signed requests.',
  routes: 'The rules that route the events of a connection to destinations.',
  deliveries: 'What was sent to destinations, and what came back.',
  operators: 'The people and pipelines that use this API.',
} as const;

/** The group of a path. */
function tagOf(path: string): keyof typeof tags {
  const [version, resource, , part] = path.slice(1).split('/') as [string, string, ...string[]];
  if (version !== 'v1') return 'deployment';
  const name = resource === 'me' ? 'operators' : (resource === 'connections' && part) || resource;
  if (name in tags) return name as keyof typeof tags;
  throw new Error(`the path ${path} belongs to no group: add one to tags`);
}

function contentOf(route: Route, components: Record<string, JsonSchema>): Json {
  const { answer, adminAnswer } = route;
  const schemaOf = (schema: z.ZodMiniType) => jsonSchemaOf(schema, 'output', components);
  const byRole = adminAnswer && {
    anyOf: [
      { title: 'For `connection_admin`', ...schemaOf(adminAnswer) },
      { title: 'For `flow_designer`', ...schemaOf(answer) },
    ],
  };
  const json = { 'application/json': { schema: byRole ?? schemaOf(answer) } };
  return route.download ? { ...json, '*/*': { schema: { type: 'string', format: 'binary' } } } : json;
}

const successTexts: Record<number, string> = { 200: 'Done.', 201: 'Created.', 202: 'Accepted.', 204: 'Done; no body.' };

function operationOf(key: RouteKey, components: Record<string, JsonSchema>): Json {
  const route: Route = routes[key];
  const [method, path] = key.split(' ') as [string, string];
  const { statuses = [200], role, body, summary } = route;
  const success = statuses.map((status) => [
    status,
    { description: successTexts[status], ...(status === 204 ? {} : { content: contentOf(route, components) }) },
  ]);
  const errors = Object.entries(everyError).map(([status, name]) => [
    status,
    { $ref: `#/components/responses/${name}` },
  ]);
  // A secret that is shown is a line of the history, so that is a change too.
  const isReveal = /\{name\}\/(endpoint\/token|secret)$/.test(path);
  const isChange = path.includes('{name}') && (method !== 'GET' || isReveal);
  const { title, rest } = sentencesOf(summary);
  const parameters = [
    ...pathParameters(path),
    ...queryParameters(route.query, components),
    ...(isChange ? [ifMatch] : []),
    ...(path.startsWith('/v1/connections/{name}') ? [via] : []),
  ];
  return {
    operationId: operationId(key),
    summary: title,
    description: `${rest}${role === 'nobody' ? 'No token.' : `Role: \`${role}\`.`}`,
    tags: [tagOf(path)],
    security: role === 'nobody' ? [] : [{ operatorToken: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: requestBodyOf(key, body, components) }),
    responses: Object.fromEntries([...success, ...errors]),
  };
}

/** The first sentence, and the rest with a space at its end. */
export function sentencesOf(summary: string): { title: string; rest: string } {
  const end = summary.search(/[.:] /);
  return end < 0
    ? { title: summary, rest: '' }
    : { title: `${summary.slice(0, end)}.`, rest: `${summary.slice(end + 2)} ` };
}

function requestBodyOf(key: RouteKey, body: z.ZodMiniType, components: Record<string, JsonSchema>): Json {
  const schema = jsonSchemaOf(body, 'input', components);
  const example = requestExamples[key];
  return {
    required: schema['required'] !== undefined,
    content: { 'application/json': { schema, ...(example && { example }) } },
  };
}

/** Makes the document. */
export function openApiDocument({ version, url }: ApiIdentity): { openapi: string } & Json {
  const schemas: Record<string, JsonSchema> = { Problem: problemSchema, GatewayMessage: gatewayMessageSchema };
  const paths: Record<string, Json> = {};
  for (const key of Object.keys(routes) as RouteKey[]) {
    const [method, path] = key.split(' ') as [string, string];
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(key, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Hooklatch', version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url }],
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    paths,
    components: {
      securitySchemes: {
        operatorToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'An operator token. docs/operators.md explains it.',
        },
      },
      responses: problemResponses,
      schemas: Object.fromEntries(
        Object.keys(schemas)
          .sort()
          .map((name) => [name, schemas[name]]),
      ),
    },
  };
}
