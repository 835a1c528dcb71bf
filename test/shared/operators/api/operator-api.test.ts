/** Operators' requests through the API's entry: what a handler gets, and what the operator gets. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { log } from '../../../../shared/ground/aws/logger.ts';
import { Download } from '../../../../shared/operators/api/download.ts';
import { liveOperatorApiDeps, type OperatorCall, operatorApi } from '../../../../shared/operators/api/operator-api.ts';
import { Problem } from '../../../../shared/operators/api/problem.ts';

const admin = { id: 'op_1', name: 'ada', role: 'connection_admin' };
const designer = { id: 'op_2', name: 'flo', role: 'flow_designer' };

let logged: [line: object, level: string | undefined][];
let calls: OperatorCall[];
let answer: (call: OperatorCall) => unknown;

beforeEach(() => {
  logged = [];
  calls = [];
  answer = () => ({ status: 200, body: { status: 'ok', version: '1.2.3' } });
});

const handled = [
  'GET /healthz',
  'GET /v1/connections',
  'GET /v1/connections/{name}',
  'DELETE /v1/connections/{name}',
  'POST /v1/connections',
  'PUT /v1/connections/{name}/endpoint',
  'POST /v1/connections/{name}/endpoint/activate',
  'GET /v1/connections/{name}/events',
  'GET /v1/connections/{name}/events/{id}',
  'GET /v1/connections/{name}/events/{id}/timeline',
];

interface Request {
  /** Null if API Gateway has called no authorizer. */
  operator?: object | null | undefined;
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  params?: Record<string, string>;
  body?: string | Buffer | undefined;
}

/** Sends a request as API Gateway passes it. The clock advances by 7 ms each time that it is read. */
async function send(routeKey: string, request: Request = {}) {
  const { operator = admin, path = '/', method, headers = {}, query, params, body } = request;
  let reads = 0;
  const now = () => new Date(Date.parse('2026-03-01T12:00:00.000Z') + 7 * reads++);
  const log = (line: object, level?: string) => logged.push([line, level]);
  const handle = async (call: OperatorCall) => {
    calls.push(call);
    return answer(call);
  };
  const handlers = Object.fromEntries(handled.map((key) => [key, handle]));
  const event = {
    routeKey,
    headers,
    ...(query && { queryStringParameters: query }),
    ...(params && { pathParameters: params }),
    requestContext: { requestId: 'r1', http: { path, method }, ...(operator && { authorizer: { lambda: operator } }) },
    ...(body !== undefined && { body: body.toString(typeof body === 'string' ? undefined : 'base64') }),
    isBase64Encoded: typeof body === 'object',
  };
  const result = await operatorApi(handlers as never, { now, log: log as never })(event as never, {} as never);
  const {
    statusCode,
    headers: answered = {},
    body: text,
  } = result as {
    statusCode: number;
    headers?: Record<string, string>;
    body?: string;
  };
  const json = text !== undefined && answered['content-type']?.endsWith('json') ? JSON.parse(text) : text;
  return { status: statusCode, headers: answered, body: json };
}

/** The status and the code of a request that is refused before a handler sees it. */
async function refusal(...request: Parameters<typeof send>): Promise<[number, string, string]> {
  const { status, body } = await send(...request);
  expect(calls).toEqual([]);
  return [status, body.code, body.detail];
}

const json = { 'content-type': 'application/json' };
const activate = 'POST /v1/connections/{name}/endpoint/activate';

test('a handler gets the parameters of its path, and can not make another call', async () => {
  const taken: string[] = [];
  const other = (call: OperatorCall<'GET /v1/connections/{name}'>) => taken.push(call.params.name);
  answer = (call) => {
    const own = call as OperatorCall<'GET /v1/connections/{name}'>;
    // @ts-expect-error: the path has no id
    taken.push(String(own.params.id));
    // @ts-expect-error: a copy with other values has not been parsed
    other({ ...own, params: { name: 'invoices' } });
    return { status: 204, body: null };
  };
  await send('DELETE /v1/connections/{name}', { params: { name: 'orders' } });
  // Only the types forbid it.
  expect(taken).toEqual(['undefined', 'invoices']);
});

describe('the operator of a request', () => {
  test.each<[string, string, object | undefined, [number, string]]>([
    ['needs a token', 'GET /v1/connections/{name}', {}, [403, 'forbidden']],
    ['needs a known role', 'GET /v1/connections/{name}', { ...admin, role: 'owner' }, [403, 'forbidden']],
    ['needs the role of the route', 'DELETE /v1/connections/{name}', designer, [403, 'role_required']],
  ])('%s', async (_, route, operator, expected) => {
    expect((await refusal(route, { operator })).slice(0, 2)).toEqual(expected);
  });

  test('is told which role the route needs, and the own role', async () => {
    const [, , detail] = await refusal('DELETE /v1/connections/{name}', { operator: designer });
    expect(detail).toBe('This needs the role connection_admin; yours is flow_designer.');
  });

  test.each([
    ['GET /v1/connections', designer],
    ['GET /v1/connections', admin],
    ['DELETE /v1/connections/{name}', admin],
  ])('may send %s as %j', async (route, operator) => {
    await send(route, { operator });
    expect(calls).toMatchObject([{ actor: operator }]);
  });

  test('is undefined if the route needs no token, and none was sent', async () => {
    expect(await send('GET /healthz', { operator: {} })).toMatchObject({ status: 200 });
    expect(await send('GET /healthz', { operator: null })).toMatchObject({ status: 200 });
    expect(calls.map(({ actor }) => actor)).toEqual([undefined, undefined]);
  });
});

describe('a request by a key for any method', () => {
  const key = 'ANY /v1/connections/{name}';
  const path = '/v1/connections/orders';

  test('reaches the handler of its method, with its log line, and a list has its ETag', async () => {
    answer = () => ({ status: 200, body: { items: [], nextCursor: null } });
    const { headers } = await send('ANY /v1/connections', { method: 'GET' });
    expect(headers['etag']).toMatch(/^W\//);
    answer = () => ({ status: 204, body: null });
    expect((await send(key, { method: 'DELETE', path })).status).toBe(204);
    expect(calls).toHaveLength(2);
    expect(logged.map(([line]) => (line as { route: string }).route)).toEqual([
      'GET /v1/connections',
      'DELETE /v1/connections/{name}',
    ]);
  });

  test('needs the role of its method', async () => {
    const [status, code] = await refusal(key, { method: 'DELETE', path, operator: designer });
    expect([status, code]).toEqual([403, 'role_required']);
  });

  test.each(['PUT', 'HEAD', 'OPTIONS', 'ANY', 'get'])('is refused if its method is %s', async (method) => {
    const { status, headers } = await send(key, { method, path });
    expect([status, headers['allow']]).toEqual([405, 'GET, PATCH, DELETE']);
    expect(calls).toEqual([]);
  });
});

describe('a request without a route', () => {
  test('is answered with 404 if there is no such path', async () => {
    const [status, code, detail] = await refusal('ANY /v1/{proxy+}', { path: '/v1/connexions' });
    expect([status, code]).toEqual([404, 'route_not_found']);
    expect(detail).toContain('docs/api.md');
  });

  test.each([
    ['/v1/connections', 'GET, POST'],
    ['/v1/connections/orders', 'GET, PATCH, DELETE'],
    ['/v1/connections/orders/endpoint/token/rotate', 'POST'],
    ['/healthz', 'GET'],
  ])('is answered with 405 and the methods of the path %s: %s', async (path, allow) => {
    const { status, headers, body } = await send('ANY /v1/{proxy+}', { path });
    expect([status, body.code, body.detail]).toEqual([405, 'method_not_allowed', `This path takes ${allow}.`]);
    expect(headers['allow']).toBe(allow);
  });

  test.each(['/v1/connections/', '/v1/connections/a/b', '/x/v1/connections', '/v1/connections/orders/endpointx'])(
    'is answered with 404 for the path %s, which only resembles one',
    async (path) => {
      expect((await refusal('ANY /v1/{proxy+}', { path }))[0]).toBe(404);
    },
  );

  test('is not handed to a function that does not answer the route', async () => {
    expect((await refusal('GET /v1/operators', { path: '/v1/operators' }))[0]).toBe(405);
  });
});

describe('an answer', () => {
  const safe = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

  test('has only the fields of the route, so that no secret can leak', async () => {
    answer = () => ({ status: 200, body: { status: 'ok', version: '1.2.3', secret: 'fake-secret' } });
    expect(await send('GET /healthz')).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', ...safe },
      body: { status: 'ok', version: '1.2.3' },
    });
  });

  test('keeps the headers of the handler', async () => {
    answer = () => ({ status: 201, body: { status: 'ok', version: '1' }, headers: { etag: '"3"' } });
    expect(await send('GET /healthz')).toMatchObject({ status: 201, headers: { etag: '"3"', ...safe } });
  });

  test('without a body has no content type', async () => {
    answer = () => ({ status: 204, body: null });
    expect(await send('DELETE /v1/connections/{name}')).toEqual({ status: 204, headers: safe, body: undefined });
  });

  test('that does not fit the schema of its route is an error of Hooklatch', async () => {
    answer = () => ({ status: 200, body: { status: 'broken' } });
    expect(await send('GET /healthz')).toMatchObject({ status: 500, body: { code: 'internal_error' } });
  });

  test('can be a file', async () => {
    answer = () => new Download(Buffer.from([0, 255]), 'evt_1.bin', 'image/png');
    const { status, headers, body } = await send('GET /v1/connections/{name}/events/{id}');
    expect([status, headers['content-type'], body]).toEqual([200, 'image/png', 'AP8=']);
  });
});

describe('a handler gets', () => {
  test('the parsed parts of the request', async () => {
    await send('GET /v1/connections', {
      query: { limit: '7', include: 'stats' },
      params: { name: 'orders' },
      headers: { 'if-match': '"3"' },
    });
    expect(calls).toMatchObject([
      {
        actor: admin,
        params: { name: 'orders' },
        query: { limit: '7', include: 'stats' },
        ifVersion: 3,
        requestId: 'r1',
        now: new Date('2026-03-01T12:00:00.007Z'),
      },
    ]);
    expect(calls.map(({ body }) => body)).toStrictEqual([undefined]);
  });

  test('the defaults of absent fields', async () => {
    await send('POST /v1/connections', { headers: json, body: '{"name":"orders"}' });
    expect(calls).toMatchObject([{ params: {}, body: { name: 'orders', provider: 'generic', description: '' } }]);
    expect(calls.map(({ ifVersion }) => ifVersion)).toStrictEqual([undefined]);
  });
});

describe('a body', () => {
  const body = '{"name":"orders"}';
  const create = 'POST /v1/connections';
  const sized = (bytes: number) => `{"name":"orders"${' '.repeat(bytes - body.length)}}`;

  test.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json ;charset=utf-8',
    'application/merge-patch+json',
    'application/vnd.example.v2+json',
  ])('may have the content type %s', async (type) => {
    await send(create, { headers: { 'content-type': type }, body });
    expect(calls).toMatchObject([{ body: { name: 'orders' } }]);
  });

  test.each([
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'x-application/json',
    'application/+json',
  ])('may not have the content type %j', async (type) => {
    const [status, code, detail] = await refusal(create, { headers: { 'content-type': type }, body });
    expect([status, code]).toEqual([415, 'unsupported_media_type']);
    expect(detail).toContain('Content-Type: application/json');
  });

  test('needs a content type', async () => {
    expect((await refusal(create, { body }))[0]).toBe(415);
  });

  test('may come as base64', async () => {
    await send(create, { headers: json, body: Buffer.from('{"name":"orders","description":"é"}') });
    expect(calls).toMatchObject([{ body: { name: 'orders', description: 'é' } }]);
  });

  test.each([undefined, ''])('that is %j counts as an empty object, whatever the content type', async (empty) => {
    await send(activate, { body: empty });
    expect(calls).toMatchObject([{ body: {} }]);
  });

  test('has at most 64 KB', async () => {
    await send(create, { headers: json, body: sized(65_536) });
    expect(calls).toHaveLength(1);
    calls = [];
    expect(await refusal(create, { headers: json, body: sized(65_537) })).toEqual([
      413,
      'body_too_large',
      'Send at most 65536 bytes; these are 65537.',
    ]);
    // Bytes count, not characters.
    expect((await refusal(create, { headers: json, body: `"${'é'.repeat(32_768)}"` }))[0]).toBe(413);
  });

  test.each([
    ['{"name":', 400, 'invalid_json', 'The body is not valid JSON. Check quotes, commas and brackets.'],
    ['[]', 422, 'invalid_request', 'The body must be a JSON object, such as {}.'],
    ['null', 422, 'invalid_request', 'The body must be a JSON object, such as {}.'],
    ['"orders"', 422, 'invalid_request', 'The body must be a JSON object, such as {}.'],
    ['{}', 422, 'invalid_request', 'name in the body is missing; send a string.'],
    [
      '{"name":"orders","provider":"githb"}',
      422,
      'invalid_request',
      'provider in the body is an unknown provider id; did you mean "github"? GET /v1/providers lists them, or use generic.',
    ],
    [
      '{"name":"orders","desc":""}',
      422,
      'invalid_request',
      'The body has no field "desc"; it takes name, provider, description, managedBy.',
    ],
    [
      '{"name":"orders","descriptoin":""}',
      422,
      'invalid_request',
      'The body has no field "descriptoin"; did you mean "description"?',
    ],
  ])('is refused if it is %s', async (text, ...expected) => {
    expect(await refusal(create, { headers: json, body: text })).toEqual(expected);
  });

  test('is refused with the path of every wrong field', async () => {
    const { body: problem } = await send(create, { headers: json, body: '{"name":7,"provider":7}' });
    expect(problem.errors).toEqual([
      { path: 'name', pointer: '/name', message: 'must be a string, and is a number' },
      { path: 'provider', pointer: '/provider', message: 'must be a string, and is a number' },
    ]);
  });

  test('is refused with the whole path of a wrong field', async () => {
    const configure = 'PUT /v1/connections/{name}/endpoint';
    const { body: problem } = await send(configure, { headers: json, body: '{"auth":{"kind":"magic"}}' });
    expect(problem.detail).toMatch(/^auth\.kind in the body must be one of /);
    expect(problem.errors).toMatchObject([{ path: 'auth.kind', pointer: '/auth/kind' }]);
  });

  test('is refused if the route takes none', async () => {
    expect(await refusal('DELETE /v1/connections/{name}', { headers: json, body: '{"force":true}' })).toEqual([
      422,
      'invalid_request',
      'This request takes no body; leave it out.',
    ]);
  });
});

describe('a query', () => {
  test.each([
    ['GET /v1/connections/{name}', 'force', 'This request takes no query; leave it out.'],
    [
      'GET /v1/connections/{name}',
      'include',
      'This request takes no query; leave it out. The list takes include=stats: GET /v1/connections.',
    ],
    ['GET /v1/connections', 'limits', 'The query has no field "limits"; did you mean "limit"?'],
    ['GET /v1/connections', 'include', 'include in the query must be "stats".'],
  ])('of %s is refused if it has an unknown %s', async (route, name, detail) => {
    expect(await refusal(route, { query: { [name]: 'x' } })).toEqual([400, 'invalid_request', detail]);
  });
});

describe('If-Match', () => {
  test.each<[string, number | undefined]>([
    ['"3"', 3],
    [' "12" ', 12],
    ['W/"3"', 3],
    ['"999999999999999"', 999_999_999_999_999],
    ['*', undefined],
    [' * ', undefined],
  ])('%j demands the version %s', async (header, version) => {
    await send(activate, { headers: { 'if-match': header } });
    // `toEqual` would accept an empty list for a list of undefined.
    expect(calls.map(({ ifVersion }) => ifVersion)).toStrictEqual([version]);
  });

  test.each(['3', '"a"', '""', '"1', '1"', '"1", "2"', '"1234567890123456"', 'X/"1"', 'xW/"1"', '"-1"', ''])(
    'is refused if it is %j',
    async (header) => {
      expect(await refusal(activate, { headers: { 'if-match': header } })).toEqual([
        400,
        'invalid_if_match',
        'Send If-Match as the version in quotes, such as "3".',
      ]);
    },
  );
});

describe('a failure', () => {
  const problemHeaders = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };

  test('that a handler explains is a problem with its status, code and headers', async () => {
    answer = () => {
      throw new Problem('held', 'Release it first.', {
        more: { allowedActions: ['release'] },
        headers: { 'retry-after': '5' },
      });
    };
    expect(await send(activate)).toEqual({
      status: 409,
      headers: { ...problemHeaders, 'retry-after': '5' },
      body: {
        type: 'urn:hooklatch:problem:held',
        title: 'Conflict',
        status: 409,
        code: 'held',
        detail: 'Release it first.',
        requestId: 'r1',
        allowedActions: ['release'],
      },
    });
    expect(logged).toHaveLength(1);
  });

  test('of Hooklatch shows neither the message nor the place, and the log only the place', async () => {
    answer = () => {
      const error = new TypeError('cannot read fake-secret');
      error.stack = ['TypeError: cannot read fake-secret', 'fake-secret', ...'abcdefg']
        .map((at, n) => (n < 2 ? at : `    at ${at}.ts:1`))
        .join('\n');
      throw error;
    };
    const { status, headers, body } = await send(activate);
    expect([status, headers, body.code]).toEqual([500, problemHeaders, 'internal_error']);
    const at = ['at a.ts:1', 'at b.ts:1', 'at c.ts:1', 'at d.ts:1', 'at e.ts:1'];
    expect(logged).toContainEqual([{ fault: 'TypeError', at, requestId: 'r1' }, 'error']);
    expect(JSON.stringify([body, logged])).not.toContain('fake-secret');
  });

  test('that is no error is a failure of Hooklatch too', async () => {
    answer = () => {
      throw undefined;
    };
    expect(await send(activate)).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    expect(logged).toContainEqual([{ fault: undefined, at: [], requestId: 'r1' }, 'error']);
  });
});

describe('the log line of a request', () => {
  const params = { name: 'orders' };

  test('says who did what, with which result, and for how long', async () => {
    answer = () => ({ status: 204, body: null });
    await send('DELETE /v1/connections/{name}', { params });
    expect(logged).toEqual([
      [
        {
          route: 'DELETE /v1/connections/{name}',
          status: 204,
          operator: 'op_1',
          role: 'connection_admin',
          connection: 'orders',
          requestId: 'r1',
          ms: 14,
        },
        undefined,
      ],
    ]);
  });

  test('has no operator if there is none', async () => {
    await send('GET /healthz', { operator: {} });
    expect(Object.keys(logged[0]?.[0] ?? {})).toEqual(['route', 'status', 'requestId', 'ms']);
  });

  test.each<[200 | 400 | 404 | 409 | 412 | 422, boolean]>([
    [200, true],
    [409, true],
    [412, true],
    // The name in the path may be a pasted token.
    [400, false],
    [404, false],
    [422, false],
  ])('of a request with the status %i has the name of the connection: %s', async (status, isNamed) => {
    answer = () => {
      if (status === 200) return { status, body: { status: 'ok', version: '1' } };
      throw new Problem('held', 'Some detail.', { status });
    };
    await send('GET /healthz', { params });
    const [line] = logged[0] ?? [];
    expect(line).toMatchObject({ status, ...(status === 200 ? {} : { code: 'held' }) });
    expect(Object.hasOwn(line ?? {}, 'connection')).toBe(isNamed);
    expect(Object.hasOwn(line ?? {}, 'code')).toBe(status !== 200);
  });
});

test('in Lambda, the entry has a clock and the logger', () => {
  const deps = liveOperatorApiDeps();
  expect(deps.log).toBe(log);
  expect(deps.now()).toBeInstanceOf(Date);
});

describe('the version of a list', () => {
  const list = (upTo: string) => ({ status: 200, body: { items: [], nextCursor: null, upTo } });
  const read = (headers: Record<string, string> = {}) => send('GET /v1/connections/{name}/events', { headers });

  test('leaves the moment out, which a header has', async () => {
    answer = () => list('2026-03-01T12:00:00.000Z');
    const first = await read();
    answer = () => list('2026-03-01T12:00:09.000Z');
    const second = await read();
    expect(first.headers).toMatchObject({ 'hooklatch-as-of': '2026-03-01T12:00:00.000Z', 'cache-control': 'no-store' });
    expect(second.headers).toMatchObject({ 'hooklatch-as-of': '2026-03-01T12:00:09.000Z' });
    expect(String(first.headers?.['etag'])).toMatch(/^W\/"[\w-]{22}"$/);
    expect(second.headers?.['etag']).toBe(first.headers?.['etag']);
  });

  test('is another one if anything else is, and a list of that version is not sent again', async () => {
    answer = () => list('2026-03-01T12:00:00.000Z');
    const { headers = {} } = await read();
    const etag = String(headers['etag']);
    answer = () => list('2026-03-01T12:00:09.000Z');
    const again = await read({ 'if-none-match': `"x", ${etag}` });
    expect(again).toMatchObject({ status: 304, headers: { etag, 'hooklatch-as-of': '2026-03-01T12:00:09.000Z' } });
    expect(again.body).toBeUndefined();
    answer = () => ({ status: 200, body: { items: [], nextCursor: 'more', upTo: '2026-03-01T12:00:00.000Z' } });
    const changed = await read({ 'if-none-match': etag });
    expect([changed.status, changed.headers?.['etag'] === etag]).toEqual([200, false]);
  });

  test('leaves out until when each of its items is known', async () => {
    const way = async (at: string, size: number) => {
      const items = [
        { step: 'received', at: '2026-03-01T11:00:00.000Z', method: 'POST', size, sourceIp: '192.0.2.1' },
        { step: 'published', asOf: at },
      ];
      answer = () => ({ status: 200, body: { items, publication: 'published', publicationAsOf: at } });
      const { headers = {} } = await send('GET /v1/connections/{name}/events/{id}/timeline');
      return [headers['etag'], headers['hooklatch-as-of']];
    };
    const [etag, asOf] = await way('2026-03-01T12:00:00.000Z', 5);
    expect(asOf).toBe('2026-03-01T12:00:00.000Z');
    expect(await way('2026-03-01T12:00:09.000Z', 5)).toEqual([etag, '2026-03-01T12:00:09.000Z']);
    expect((await way('2026-03-01T12:00:09.000Z', 6))[0]).not.toBe(etag);
  });

  test('a record keeps its own version, and an answer that is no list has none', async () => {
    expect((await send('GET /healthz')).headers).not.toHaveProperty('etag');
    expect((await send('GET /healthz', { headers: { 'if-none-match': '*' } })).status).toBe(200);
  });
});
