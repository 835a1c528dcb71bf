import { connect } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Runtime } from '../../../local/runtime.ts';
import { echo, givenRuntime } from '../assembly-fixture.ts';
import { type Received, type Sent, send, sendRaw } from '../http-client.ts';

const answer = (code: string): string => `exports.handler = async (event) => (${code});`;

const functions = {
  Echo: echo,
  EchoAuthorizer: answer('{ isAuthorized: true, context: { event, empty: null, list: [{ empty: null }] } }'),
  Yes: answer('{ isAuthorized: true }'),
  No: answer('{ isAuthorized: false }'),
  Truthy: answer('{ isAuthorized: "true" }'),
  Nothing: answer('undefined'),
  Throwing: "exports.handler = async () => { throw new Error('hidden cause'); };",
  Unauthorized: "exports.handler = async () => { throw new Error('Unauthorized'); };",
  Forbidden: answer('{ isAuthorized: true }'),
  NeedsKey: answer('{ isAuthorized: true }'),
  NotPermitted: echo,
  Returning: 'exports.handler = async (event) => JSON.parse(event.headers["x-return"]);',
  Hanging: 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000));',
  Exiting: 'exports.handler = async () => process.exit(3);',
  Reserved: echo,
};

const routes = [
  { key: 'ANY /echo', to: 'Echo' },
  { key: 'ANY /echo/{rest+}', to: 'Echo' },
  { key: 'POST /return', to: 'Returning' },
  { key: 'GET /authorized', to: 'Echo', by: 'EchoAuthorizer' },
  { key: 'GET /yes', to: 'Echo', by: 'Yes' },
  { key: 'GET /no', to: 'Echo', by: 'No' },
  { key: 'GET /truthy', to: 'Echo', by: 'Truthy' },
  { key: 'GET /nothing', to: 'Echo', by: 'Nothing' },
  { key: 'GET /authorizer-throws', to: 'Echo', by: 'Throwing' },
  { key: 'GET /authorizer-unauthorized', to: 'Echo', by: 'Unauthorized' },
  { key: 'GET /authorizer-exits', to: 'Echo', by: 'Exiting' },
  { key: 'GET /authorizer-not-permitted', to: 'Echo', by: 'Forbidden' },
  { key: 'GET /key', to: 'Echo', by: 'NeedsKey' },
  { key: 'GET /throws', to: 'Throwing' },
  { key: 'GET /exits', to: 'Exiting' },
  { key: 'GET /hangs', to: 'Hanging', timeout: 100 },
  { key: 'GET /not-permitted', to: 'NotPermitted' },
  { key: 'GET /reserved', to: 'Reserved' },
  { key: 'GET /throttled', to: 'Echo' },
  { key: 'GET /pets/dog/1', to: 'Echo' },
  { key: 'GET /pets/dog/{id}', to: 'Echo' },
  { key: 'ANY /pets/dog/{any}', to: 'Echo' },
  { key: 'GET /pets/{proxy+}', to: 'Echo' },
  { key: 'ANY /pets/{proxy+}', to: 'Echo' },
  { key: 'GET /shop/{section}/new', to: 'Echo' },
  { key: 'GET /shop/books/{item}', to: 'Echo' },
];

const notPermitted = routes.findIndex(({ key }) => key === 'GET /not-permitted');

let runtime: Runtime;
const start = new Date('2026-03-12T19:03:58Z');
let now = start;
afterEach(() => {
  now = start;
});
const logs: string[] = [];

beforeAll(async () => {
  const fixture = {
    functions,
    routes,
    functionProperties: { Reserved: { ReservedConcurrentExecutions: 0 } },
    authorizerProperties: { NeedsKey: { IdentitySource: ['$request.header.X-Key', '$request.querystring.Key'] } },
    stage: {
      RouteSettings: { 'GET /throttled': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } },
      StageVariables: { flavour: 'plain' },
    },
  };
  runtime = await givenRuntime(fixture, {
    now: () => now,
    onLog: (_, line) => logs.push(line),
    transformTemplate: (template) => {
      delete template.Resources[`Permission${notPermitted}`];
      delete template.Resources['ForbiddenPermission'];
      return template;
    },
  });
});

const call = (sent: Sent): Promise<Received> => send(runtime.url, sent);

const returning = (value: unknown): Promise<Received> =>
  call({ method: 'POST', path: '/return', headers: { 'x-return': JSON.stringify(value) } });

describe('the event of a request', () => {
  test('has every field of payload format 2.0', async () => {
    const { host } = new URL(runtime.url);
    const response = await call({
      method: 'POST',
      path: '/echo/a%20b/c?x=1&y=%20+&x=2&flag',
      headers: { Cookie: ['a=1; b=2', 'c=3'], 'X-Twice': ['one', 'two'], 'content-type': 'application/json' },
      body: '{"n": 1.0}',
    });
    const event = response.json();
    const context = event['requestContext'] as Record<string, unknown>;
    const headers = event['headers'] as Record<string, unknown>;
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'ANY /echo/{rest+}',
      rawPath: '/echo/a b/c',
      rawQueryString: 'x=1&y=%20+&x=2&flag',
      cookies: ['a=1', 'b=2', 'c=3'],
      headers: {
        host,
        'x-twice': 'one,two',
        'content-type': 'application/json',
        'content-length': '10',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '443',
        'x-forwarded-proto': 'https',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-69b30e1e-[0-9a-f]{24}$/),
      },
      queryStringParameters: { x: '1,2', y: '  ', flag: '' },
      requestContext: {
        accountId: '000000000000',
        apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
        domainName: host,
        domainPrefix: context['apiId'],
        http: { method: 'POST', path: '/echo/a b/c', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
        requestId: response.headers['apigw-requestid'],
        routeKey: 'ANY /echo/{rest+}',
        stage: '$default',
        time: '12/Mar/2026:19:03:58 +0000',
        timeEpoch: Date.UTC(2026, 2, 12, 19, 3, 58),
      },
      pathParameters: { rest: 'a b/c' },
      stageVariables: { flavour: 'plain' },
      body: '{"n": 1.0}',
      isBase64Encoded: false,
    });
    expect(headers).not.toHaveProperty('connection');
    expect(response.headers['apigw-requestid']).toMatch(/^[A-Za-z0-9+/]{15}=$/);
  });

  test('omits empty fields', async () => {
    const event = (await call({ path: '/echo' })).json();
    expect(event).toMatchObject({ rawPath: '/echo', rawQueryString: '', isBase64Encoded: false });
    for (const field of ['cookies', 'queryStringParameters', 'pathParameters', 'body']) {
      expect(event).not.toHaveProperty(field);
    }
    expect(event['headers']).toMatchObject({ 'content-length': '0' });
  });

  test.each([
    ['application/json', false],
    ['Application/JSON; charset=utf-8', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['text/plain', false],
    ['text/csv;header=present', false],
    ['application/x-www-form-urlencoded', true],
    ['application/cloudevents+json', true],
    ['application/octet-stream', true],
    ['multipart/form-data; boundary=x', true],
    ['image/png', true],
    [undefined, true],
  ])('with a body of type %s has isBase64Encoded %s', async (type, isBase64Encoded) => {
    const headers: Record<string, string> = type ? { 'content-type': type } : {};
    const event = (await call({ method: 'POST', path: '/echo', headers, body: 'zażółć' })).json();
    const body = isBase64Encoded ? Buffer.from('zażółć').toString('base64') : 'zażółć';
    expect(event).toMatchObject({ body, isBase64Encoded });
  });

  test('has replacement characters for invalid UTF-8 in a text body, but the exact bytes in base64', async () => {
    const body = Buffer.from([0x61, 0xff, 0x00, 0x62]);
    const text = (
      await call({ method: 'POST', path: '/echo', headers: { 'content-type': 'text/plain' }, body })
    ).json();
    const binary = (await call({ method: 'POST', path: '/echo', body })).json();
    expect(text).toMatchObject({ body: 'a\uFFFD\u0000b', headers: { 'content-length': '4' } });
    expect(binary).toMatchObject({ body: body.toString('base64') });
  });

  test.each([
    ['/echo/../../etc/passwd', '/echo/../../etc/passwd', '../../etc/passwd'],
    ['/echo/a//b/', '/echo/a//b/', 'a//b/'],
    ['/echo/100%', '/echo/100%', '100%'],
    ['/echo/%zz%41', '/echo/%zzA', '%zzA'],
    ['/echo/%ff', '/echo/\uFFFD', '\uFFFD'],
    ['/echo/a%2Fb', '/echo/a/b', 'a/b'],
  ])('decodes the path %s once and changes nothing else in it', async (path, rawPath, rest) => {
    expect((await call({ path })).json()).toMatchObject({ rawPath, pathParameters: { rest } });
  });

  test('keeps malformed queries and cookies', async () => {
    const headers = { cookie: ';;=;__proto__=1; "a;b"' };
    const event = (await call({ path: '/echo?&&=1&__proto__=x&%=%&a=1=2', headers })).json();
    expect(event['cookies']).toEqual(['=', '__proto__=1', '"a', 'b"']);
    expect(Object.entries(event['queryStringParameters'] as object)).toEqual([
      ['', '1'],
      ['__proto__', 'x'],
      ['%', '%'],
      ['a', '1=2'],
    ]);
  });

  test("has the client's real address in sourceIp, and adds it to x-forwarded-for", async () => {
    const event = (await call({ path: '/echo', headers: { 'x-forwarded-for': '203.0.113.9' } })).json();
    expect(event['headers']).toMatchObject({ 'x-forwarded-for': '203.0.113.9, 127.0.0.1' });
    expect(event['requestContext']).toMatchObject({ http: { sourceIp: '127.0.0.1' } });
  });
});

describe('routing', () => {
  test.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', undefined],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['POST', '/pets/dog/1', 'ANY /pets/dog/{any}', { any: '1' }],
    ['GET', '/pets/cat/7', 'GET /pets/{proxy+}', { proxy: 'cat/7' }],
    ['DELETE', '/pets/cat', 'ANY /pets/{proxy+}', { proxy: 'cat' }],
    ['GET', '/shop/books/new', 'GET /shop/books/{item}', { item: 'new' }],
    ['GET', '/shop/toys/new', 'GET /shop/{section}/new', { section: 'toys' }],
  ])('%s %s goes to %s', async (method, path, routeKey, pathParameters) => {
    const event = (await call({ method, path })).json();
    expect([event['routeKey'], event['pathParameters']]).toEqual([routeKey, pathParameters]);
  });

  test.each([
    ['GET', '/'],
    ['GET', '/unknown'],
    ['GET', '/pets'],
    ['GET', '/pets/'],
    ['GET', '/yes/'],
    ['GET', '/YES'],
    ['POST', '/yes'],
    ['GET', '//yes'],
    ['GET', '/x/../yes'],
  ])('%s %s is not found', async (method, path) => {
    const response = await call({ method, path });
    expect([response.status, response.text]).toEqual([404, '{"message":"Not Found"}']);
  });

  test('the route $default takes requests that no other route takes', async () => {
    const catchAll = await givenRuntime({ functions: { Echo: echo }, routes: [{ key: '$default', to: 'Echo' }] });
    const event = (await send(catchAll.url, { method: 'PURGE', path: '/any/thing' })).json();
    await catchAll.close();
    expect(event).toMatchObject({ routeKey: '$default', rawPath: '/any/thing' });
    expect(event).not.toHaveProperty('pathParameters');
  });
});

describe('the authorizer', () => {
  test('gets the request without its body, and passes its context to the function', async () => {
    const response = await call({ path: '/authorized?token=t', headers: { 'X-Key': 'k' } });
    const { requestContext } = response.json() as { requestContext: { authorizer: { lambda: { event: object } } } };
    const { event } = requestContext.authorizer.lambda;
    expect(event).toMatchObject({
      version: '2.0',
      type: 'REQUEST',
      routeArn: expect.stringMatching(
        /^arn:aws:execute-api:us-east-1:000000000000:[a-z0-9]{10}\/\$default\/GET\/authorized$/,
      ),
      routeKey: 'GET /authorized',
      rawPath: '/authorized',
      headers: { 'x-key': 'k' },
      queryStringParameters: { token: 't' },
    });
    for (const field of ['body', 'isBase64Encoded', 'identitySource']) expect(event).not.toHaveProperty(field);
  });

  test('does not pass null values in its context, which AWS does not document', async () => {
    const response = await call({ path: '/authorized' });
    const { requestContext } = response.json() as { requestContext: { authorizer: { lambda: object } } };
    expect(requestContext.authorizer.lambda).toEqual({ event: expect.anything(), list: [{}] });
  });

  test('passes null in place of a missing context', async () => {
    expect((await call({ path: '/yes' })).json()['requestContext']).toMatchObject({ authorizer: { lambda: null } });
  });

  test('is called only if the request has every identity source', async () => {
    const ask = (path: string, headers: Record<string, string>): Promise<Received> => call({ path, headers });
    const statuses = await Promise.all([
      ask('/key?Key=1', { 'x-key': '1' }),
      ask('/key?key=1', { 'x-key': '1' }),
      ask('/key?Key=', { 'x-key': '1' }),
      ask('/key?Key=1', {}),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([200, 401, 401, 401]);
  });
});

describe('the gateway itself answers', () => {
  test.each([
    ['/no', 403, 'Forbidden'],
    ['/authorizer-unauthorized', 401, 'Unauthorized'],
    ['/key', 401, 'Unauthorized'],
    ['/truthy', 500, 'Internal Server Error'],
    ['/nothing', 500, 'Internal Server Error'],
    ['/authorizer-throws', 500, 'Internal Server Error'],
    ['/authorizer-exits', 500, 'Internal Server Error'],
    ['/authorizer-not-permitted', 500, 'Internal Server Error'],
    ['/throws', 500, 'Internal Server Error'],
    ['/exits', 500, 'Internal Server Error'],
    ['/not-permitted', 500, 'Internal Server Error'],
    ['/hangs', 503, 'Service Unavailable'],
    ['/reserved', 503, 'Service Unavailable'],
  ])('GET %s with %i %s', async (path, status, message) => {
    const response = await call({ path });
    expect([response.status, response.text]).toEqual([status, JSON.stringify({ message })]);
    expect(response.headers).toMatchObject({
      'content-type': 'application/json',
      'apigw-requestid': expect.stringMatching(/=$/),
    });
  });

  test("without a function's error message, which is in the function's log", async () => {
    expect((await call({ path: '/throws' })).text).toBe('{"message":"Internal Server Error"}');
    const logged = logs.map((line) => JSON.parse(line)).filter(({ level }) => level === 'ERROR');
    expect(logged).toContainEqual(
      expect.objectContaining({
        message: expect.objectContaining({ errorType: 'Error', errorMessage: 'hidden cause' }),
      }),
    );
  });

  test('429 on a throttled route, until its bucket refills', async () => {
    const take = async (): Promise<number> => (await call({ path: '/throttled' })).status;
    const first = [await take(), await take()];
    const third = await call({ path: '/throttled' });
    now = new Date(now.getTime() + 1_000);
    expect([...first, await take(), await take()]).toEqual([200, 200, 200, 429]);
    expect([third.status, third.text]).toEqual([429, '{"message":"Too Many Requests"}']);
  });
});

describe('limits', () => {
  const tooLarge = [413, '{"message":"Request Entity Too Large"}'];

  test('a body over 10 MB is refused, with or without content-length', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    const announced = await call({
      method: 'POST',
      path: '/echo',
      headers: { 'content-length': `${body.length}` },
      body,
    });
    const chunked = await call({ method: 'POST', path: '/echo', headers: { 'transfer-encoding': 'chunked' }, body });
    expect([announced.status, announced.text]).toEqual(tooLarge);
    expect([chunked.status, chunked.text]).toEqual(tooLarge);
  });

  test("an event over Lambda's 6 MB is refused; its JSON escapes and base64 count too", async () => {
    const post = (body: string, type: string): Promise<Received> =>
      call({ method: 'POST', path: '/return', headers: { 'x-return': '1', 'content-type': type }, body });
    const plain = await post('a'.repeat(5_000_000), 'text/plain');
    const escaped = await post('"'.repeat(5_000_000), 'text/plain');
    const base64 = await post('a'.repeat(5_000_000), 'application/octet-stream');
    expect([plain.status, escaped.status, base64.status]).toEqual([200, 413, 413]);
    expect([base64.status, base64.text]).toEqual(tooLarge);
  });

  test.each([
    [10_240, 200],
    [10_241, 431],
    [30_000, 431],
  ])('a request line with headers of %i bytes gets %i', async (size, status) => {
    const head = `GET /yes HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-fill: `;
    const fill = 'f'.repeat(size - head.length - 2);
    const response = await sendRaw(runtime.url, `${head}${fill}\r\n\r\n`);
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(response.endsWith('{"message":"Request Header Fields Too Large"}')).toBe(status === 431);
  });

  test("headers that are too large for Node's parser get the same 431 answer", async () => {
    const response = await sendRaw(
      runtime.url,
      `GET /yes HTTP/1.1\r\nhost: x\r\nx-fill: ${'f'.repeat(70_000)}\r\n\r\n`,
    );
    expect(response).toMatch(/^HTTP\/1.1 431 .*\{"message":"Request Header Fields Too Large"\}$/s);
  });
});

describe('the response', () => {
  test.each([
    ['a value', { a: [1] }, 'application/json', '{"a":[1]}'],
    ['a text', 'plain', 'application/json', 'plain'],
    ['null', null, 'application/json', 'null'],
    ['a body', { statusCode: 200, body: 'hi' }, 'text/plain; charset=utf-8', 'hi'],
    ['a type', { statusCode: 200, headers: { 'Content-Type': 'a/b' }, body: '1' }, 'a/b', '1'],
    ['base64', { statusCode: '200', body: 'aGk=', isBase64Encoded: true }, 'text/plain; charset=utf-8', 'hi'],
    ['nulls', { statusCode: 200, headers: null, cookies: null, body: null }, 'text/plain; charset=utf-8', ''],
  ])('can be %s', async (_, value, type, text) => {
    const response = await returning(value);
    expect([response.status, response.headers['content-type'], response.text]).toEqual([200, type, text]);
  });

  test("has the function's status and headers, and sets the function's cookies first", async () => {
    const headers = {
      'X-Number': 5,
      'set-cookie': 'c=3',
      'content-length': '99',
      connection: 'x',
      'www-authenticate': 'Basic',
    };
    const response = await returning({ statusCode: 418, headers, cookies: ['a=1', 'b=2'], body: 'tea' });
    expect(response).toMatchObject({
      status: 418,
      text: 'tea',
      headers: {
        'x-number': '5',
        'set-cookie': ['a=1', 'b=2', 'c=3'],
        'content-length': '3',
        'www-authenticate': 'Basic',
      },
    });
  });

  test.each([
    ['a status that is not a number', { statusCode: 'ok' }],
    ['a status out of range', { statusCode: 99 }],
    ['a body that is not a text', { statusCode: 200, body: { a: 1 } }],
    ['a header whose value is a list', { statusCode: 200, headers: { 'set-cookie': ['a=1'] } }],
    ['a header that would split the response', { statusCode: 200, headers: { x: 'a\r\nset-cookie: b' } }],
    ['an invalid header name', { statusCode: 200, headers: { 'a b': '1' } }],
    ['cookies that are not a list', { statusCode: 200, cookies: 'a=1' }],
  ])('with %s is a 500', async (_, value) => {
    const response = await returning(value);
    expect([response.status, response.text]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test.each(['/echo', '/unknown'])('to HEAD %s has no body', async (path) => {
    const response = await call({ method: 'HEAD', path });
    expect(response.text).toBe('');
    expect(Number(response.headers['content-length'])).toBeGreaterThan(0);
  });
});

describe('unusual requests', () => {
  test('an absolute URL in the request line is read as its path', async () => {
    const response = await sendRaw(
      runtime.url,
      'GET http://elsewhere.example/echo/a?b=1 HTTP/1.1\r\nhost: elsewhere.example\r\nconnection: close\r\n\r\n',
    );
    expect(response).toContain('"rawPath":"/echo/a","rawQueryString":"b=1"');
  });

  test('a large body with Expect: 100-continue is requested only if it is small enough', async () => {
    const head = 'POST /echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: ';
    const small = await sendRaw(runtime.url, `${head}2\r\n\r\nhi`);
    const large = await sendRaw(runtime.url, `${head}99999999\r\n\r\n`);
    expect(small).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK/);
    expect(large).toMatch(/^HTTP\/1.1 413 /);
  });

  test.each([
    ['garbage', 'garbage\r\n\r\n', 400],
    ['no host', 'GET /yes HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['two lengths', 'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 400],
    [
      'both a length and chunks',
      'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a bad chunk', 'POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 400],
    ['a bad header', 'GET /yes HTTP/1.1\r\nhost: x\r\nbad header: 1\r\n\r\n', 400],
    ['an upgrade', 'GET /yes HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n', 200],
    ['very many headers', `GET /yes HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${'a:\r\n'.repeat(1_900)}\r\n`, 200],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 404],
  ])('a request with %s gets an answer, and the gateway keeps running', async (_, bytes, status) => {
    expect(await sendRaw(runtime.url, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await call({ path: '/yes' })).status).toBe(200);
  });

  test.each([
    ['while it sends headers', 'GET /ye'],
    ['while it sends the body', 'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf'],
    ['before the answer', 'GET /hangs HTTP/1.1\r\nhost: x\r\n\r\n'],
  ])('a client that disconnects %s does not stop the gateway', async (_, bytes) => {
    const { hostname, port } = new URL(runtime.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes, () => socket.resetAndDestroy()));
      socket.on('close', () => resolve());
    });
    expect((await call({ path: '/yes' })).status).toBe(200);
  });
});
