/** Parts of the OpenAPI document as text, so that a wrong word in it fails a test. */
import { expect, test } from '@jest/globals';
import { openApiDocument } from '../../../../shared/operators/api/openapi-document.ts';

const { paths, components, ...rest } = openApiDocument({
  version: '1.2.3',
  url: 'https://hooks.acme.test',
}) as unknown as {
  paths: Record<string, Record<string, { operationId: string; tags: string[] }>>;
  components: {
    securitySchemes: object;
    responses: Record<string, object>;
    schemas: Record<string, object>;
  };
};

test('the head of the document names the API, its license and its groups', () => {
  expect(rest).toEqual({
    openapi: '3.1.0',
    info: {
      title: 'Hooklatch',
      version: '1.2.3',
      description: expect.stringMatching(/^Hooklatch receives webhooks/),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'https://hooks.acme.test' }],
    tags: [
      ...[
        'deployment',
        'providers',
        'connections',
        'endpoint',
        'events',
        'history',
        'rejections',
        'stats',
        'replays',
        'jobs',
        'destinations',
        'routes',
        'deliveries',
        'operators',
      ],
    ].map((name) => ({ name, description: expect.stringMatching(/^[A-Z].*\.$/) })),
  });
});

/** Tag → the operations in it. Generated clients have methods of these names. */
const operationIds: Record<string, string> = {
  deployment: 'getHealthz getOpenapiJson',
  providers: 'getProviders getProvidersId',
  connections: 'getConnections postConnections getConnectionsName patchConnectionsName deleteConnectionsName',
  endpoint: `putConnectionsNameEndpoint deleteConnectionsNameEndpoint postConnectionsNameEndpointToken revealToken
    deleteConnectionsNameEndpointToken postConnectionsNameEndpointTokenRotate
    deleteConnectionsNameEndpointTokenPrevious postConnectionsNameEndpointActivate
    postConnectionsNameEndpointDeactivate postConnectionsNameEndpointHold postConnectionsNameEndpointRelease
    postConnectionsNameEndpointHandshake deleteConnectionsNameEndpointHandshake
    postConnectionsNameEndpointHandshakeConfirm postConnectionsNameEndpointTest`,
  events: `getConnectionsNameEvents postConnectionsNameEventsSearch getConnectionsNameEventsId
    getEventsId getConnectionsNameEventsIdTimeline
    postConnectionsNameEventsIdReplay getConnectionsNameEventsIdDeliveries`,
  history: 'getConnectionsNameHistory',
  rejections: 'getConnectionsNameRejections',
  stats: 'getConnectionsNameStats getStats',
  jobs: 'getJobs',
  replays: `getConnectionsNameReplays postConnectionsNameReplays getConnectionsNameReplaysId
    deleteConnectionsNameReplaysId`,
  destinations: `getDestinations postDestinations getDestinationsName patchDestinationsName deleteDestinationsName postDestinationsNamePause postDestinationsNameResume postDestinationsNameAttempt
    postDestinationsNameTest revealDestinationSecret postDestinationsNameSecretRotate getDestinationsNameHistory
    getDestinationsNameDeliveries getDestinationsNameHealth getDestinationsNameRedeliveries postDestinationsNameRedeliveries
    getDestinationsNameRedeliveriesId deleteDestinationsNameRedeliveriesId`,
  routes: 'getConnectionsNameRoutes putConnectionsNameRoutes postConnectionsNameRoutesTest',
  deliveries: `getDeliveries getDeliveriesId postDeliveriesIdAttempt postDeliveriesIdRedeliver`,
  operators: 'getMe getOperators postOperators deleteOperatorsId getOperatorsNames getOperatorsHistory',
};

test('each operation has its id, and one group', () => {
  const found = Object.values(paths).flatMap((each) => Object.values(each));
  const expected = Object.entries(operationIds).flatMap(([tag, ids]) =>
    ids.split(/\s+/).map((operationId) => ({ operationId, tags: [tag] })),
  );
  expect(found.map(({ operationId, tags }) => ({ operationId, tags }))).toEqual(expect.arrayContaining(expected));
  expect(found).toHaveLength(expected.length);
});

const json = (schema: object) => ({ 'application/json': { schema } });
const gateway = json({ $ref: '#/components/schemas/GatewayMessage' });
const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const errors = {
  ...Object.fromEntries(
    ['400', '403', '404', '405', '409', '412', '413', '415', '422', '500'].map((status) => [
      ...[status, { $ref: `#/components/responses/Problem${status}` }],
    ]),
  ),
  429: { $ref: '#/components/responses/TooManyRequests' },
  503: { $ref: '#/components/responses/Unavailable' },
};
const inPath = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description,
});

const via = {
  name: 'hooklatch-via',
  in: 'header',
  required: false,
  schema: { type: 'string', enum: ['mcp'] },
  description:
    'The program that asks, as it says itself. The history of the connection shows it. An agent gets no body with a token.',
};

test('an operation without a body', () => {
  expect(paths['/v1/connections/{name}/events/{id}']?.['get']).toEqual({
    operationId: 'getConnectionsNameEventsId',
    summary: 'Reads an event with its exact body.',
    description: 'With raw the answer is only the bytes of the body. Role: `flow_designer`.',
    tags: ['events'],
    security: [{ operatorToken: [] }],
    parameters: [
      inPath('name', 'The name of the connection.'),
      inPath('id', 'The id.'),
      { name: 'raw', in: 'query', required: false, schema: { type: 'string' } },
      via,
    ],
    responses: {
      ...errors,
      200: {
        description: 'Done.',
        content: {
          ...json({ $ref: '#/components/schemas/Event' }),
          '*/*': { schema: { type: 'string', format: 'binary' } },
        },
      },
    },
  });
});

test('an operation with a body', () => {
  expect(paths['/v1/operators']?.['post']).toEqual({
    operationId: 'postOperators',
    summary: 'Adds an operator.',
    description: 'Only this answer has the token. Role: `connection_admin`.',
    tags: ['operators'],
    security: [{ operatorToken: [] }],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: {
              name: {
                ...JSON.parse('{"type":"string","maxLength":64}'),
                pattern: String.raw`^[^\s\p{C}](?:[^\p{C}]*[^\s\p{C}])?$`,
              },
              role: { type: 'string', enum: ['connection_admin', 'flow_designer'] },
              expiresAt: { type: 'string', format: 'date-time', pattern: expect.any(String) },
            },
            required: ['name', 'role'],
            additionalProperties: false,
          },
          example: { name: 'ada', role: 'flow_designer', expiresAt: '2027-03-01T00:00:00Z' },
        },
      },
    },
    responses: {
      ...errors,
      201: {
        description: 'Created.',
        content: json({
          type: 'object',
          properties: { token: { type: 'string' }, operator: { $ref: '#/components/schemas/Operator' } },
          required: ['token', 'operator'],
        }),
      },
    },
  });
});

test('an operation with a summary of one sentence, and one that changes a connection', () => {
  expect(paths['/v1/connections']?.['post']).toMatchObject({
    summary: 'Opens a connection.',
    description: 'Role: `connection_admin`.',
  });
  expect(Object.keys(paths['/v1/connections']?.['post'] ?? {})).toEqual([
    ...['operationId', 'summary', 'description', 'tags', 'security', 'requestBody', 'responses'],
  ]);
  expect(paths['/v1/connections/{name}/endpoint/hold']?.['post']).toMatchObject({
    summary: 'Holds the endpoint.',
    description:
      'it still accepts and stores webhooks, but publishes none until you release it. Role: `connection_admin`.',
    requestBody: {
      required: false,
      content: json({ type: 'object', properties: {}, additionalProperties: false }),
    },
    parameters: [
      inPath('name', 'The name of the connection.'),
      {
        name: 'If-Match',
        in: 'header',
        required: false,
        schema: { type: 'string' },
        description: 'The ETag of the record. If the record has another version, the answer is 412.',
      },
      via,
    ],
    responses: { 200: { description: 'Done.', content: json({ $ref: '#/components/schemas/Connection' }) } },
  });
  expect(paths['/v1/connections/{name}/replays']?.['post']).toMatchObject({
    responses: { 200: { description: 'Done.' }, 202: { description: 'Accepted.' } },
  });
  expect(paths['/v1/operators/{id}']?.['delete']).toMatchObject({ description: expect.stringMatching(/^The token/) });
  expect(Object.keys(paths['/v1/operators/{id}']?.['delete'] ?? {})).toEqual([
    ...['operationId', 'summary', 'description', 'tags', 'security', 'parameters', 'responses'],
  ]);
});

test('the responses that operations refer to', () => {
  expect(components.responses).toMatchObject({
    Problem412: { description: 'Problem: `version_mismatch`.', content: problem },
    Problem403: {
      description:
        'Problem: `body_withheld`, `forbidden`, `oidc_operators_not_allowed`, `operator_revoked`, `role_required`.',
      content: { ...problem, ...gateway },
    },
    Problem500: { description: 'Problem: `body_missing`, `internal_error`.', content: { ...problem, ...gateway } },
    TooManyRequests: { description: 'Too many requests. Wait a second, and send it again.', content: gateway },
    Unavailable: { description: 'Not available now. Send it again.', content: gateway },
  });
  expect(components.responses['Problem412']).toEqual({ description: expect.any(String), content: problem });
  expect(Object.keys(components.responses)).toHaveLength(12);
});

test('how a request proves who sends it', () => {
  expect(components.securitySchemes).toEqual({
    operatorToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'An operator token. docs/operators.md explains it.',
    },
  });
});

test('the schemas of errors', () => {
  const verb = {
    type: 'string',
    enum: [
      ...['edit', 'delete', 'configure', 'generateToken', 'revealToken', 'rotateToken', 'changeAuth', 'endGrace'],
      ...['removeToken', 'activate', 'deactivate', 'hold', 'release', 'openHandshake', 'confirmHandshake'],
      ...['closeHandshake', 'test', 'deconfigure'],
    ],
  };
  const reason = {
    type: 'string',
    enum: [
      ...['closes_endpoint', 'discards_held', 'ends_grace', 'ends_url', 'publishes_held', 'start_at_sender'],
      'without_values',
    ],
  };
  const advice = { type: 'array', items: { $ref: '#/components/schemas/Advice' } };
  const way = { type: 'array', items: { type: 'object', required: ['verb'], properties: { verb, reason } } };
  expect(components.schemas['GatewayMessage']).toEqual({
    type: 'object',
    description: 'The answer of API Gateway itself.',
    required: ['message'],
    properties: { message: { type: ['string', 'null'] } },
  });
  expect(components.schemas['Problem']).toEqual({
    type: 'object',
    description: expect.stringMatching(/^An error, by RFC 9457\./),
    required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
    properties: {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', enum: expect.any(Array) },
      detail: { type: 'string', description: 'What to do, for people.' },
      requestId: { type: 'string', description: 'The id of the request. The logs have it.' },
      endpointStatus: { type: 'string', enum: ['unconfigured', 'configured', 'active', 'inactive'] },
      cause: {
        type: 'string',
        description: 'Why an action is not allowed.',
        enum: [
          ...['unconfigured', 'configured', 'active', 'inactive', 'delete_needs_no_endpoint', 'edit_needs_no_endpoint'],
          ...['test_needs_active', 'handshake_needs_active', 'secret_from_elsewhere', 'no_secret_needed', 'no_values'],
        ],
      },
      facts: advice,
      allowedActions: { type: 'array', items: verb },
      steps: {
        ...way,
        description:
          'What makes it possible, in order. If the last step is what was refused, repeat the request. Empty if no step makes it possible.',
      },
      errors: {
        type: 'array',
        description: 'What is wrong with each field. A field of the body has its JSON pointer.',
        items: {
          type: 'object',
          required: ['path', 'message'],
          properties: {
            ...{ path: { type: 'string' }, pointer: { type: 'string' }, message: { type: 'string' } },
            facts: advice,
          },
        },
      },
      alternatives: { type: 'array', items: way, description: 'Other ways to it, each in order.' },
    },
  });
});

test('each advice has a code and its facts, and stands beside its text', () => {
  const advice = { type: 'array', items: { $ref: '#/components/schemas/Advice' } };
  expect(components.schemas['Advice']).toMatchObject({
    type: 'object',
    required: ['code'],
    properties: {
      code: {
        type: 'string',
        enum: expect.arrayContaining(['token_expired', 'minutes_off', 'no_answer', 'no_url_yet']),
      },
      status: { type: 'integer' },
      secret: {
        required: ['code', 'where', 'field', 'verb'],
        properties: { code: { type: 'string', enum: ['adopt_secret', 'await_secret'] } },
      },
    },
  });
  for (const name of ['Connection', 'Rejection', 'Replay', 'SelfTest'])
    expect([name, components.schemas[name]]).toMatchObject([name, { properties: { facts: advice } }]);
});

test('the codes of problems are sorted, and each is there once', () => {
  const { properties } = components.schemas['Problem'] as { properties: { code: { enum: string[] } } };
  const codes = properties.code.enum;
  expect(codes.slice(0, 3)).toEqual(['action_not_allowed', 'body_missing', 'body_too_large']);
  // Problems with two statuses have this code.
  expect(codes.filter((code) => code === 'invalid_request')).toHaveLength(1);
  expect(codes.at(-1)).toBe('window_closed');
});

test('the shared schemas have names, in alphabetical order', () => {
  expect(Object.keys(components.schemas)).toEqual([
    ...['Advice', 'AuthInForce', 'AuthInput', 'Connection', 'DeliveryUrl', 'Event', 'GatewayMessage', 'HistoryEntry'],
    ...['ListedConnection', 'ListedEvent', 'Operator', 'OperatorHistoryEntry', 'Placement', 'PlacementInput'],
    ...['Problem', 'Provider', 'ProviderSummary', 'Redelivery', 'Rejection', 'Replay', 'Scheme', 'SchemeInput'],
    'SelfTest',
  ]);
});

test('the schema of auth refers to the placements and to the scheme, by name or in full', () => {
  const accept = { minItems: 1, maxItems: 8, type: 'array', items: { $ref: '#/components/schemas/PlacementInput' } };
  const scheme = {
    anyOf: [{ type: 'string', pattern: '^[a-z0-9-]{1,48}$' }, { $ref: '#/components/schemas/SchemeInput' }],
  };
  const kind = (name: string) => ({ type: 'string', const: name });
  const strict = { type: 'object', required: ['kind'], additionalProperties: false };
  expect(components.schemas['AuthInput']).toEqual({
    oneOf: [
      { ...strict, properties: { kind: kind('token'), accept } },
      { ...strict, properties: { kind: kind('signature'), scheme } },
      { ...strict, properties: { kind: kind('both'), accept, scheme } },
    ],
  });
});
