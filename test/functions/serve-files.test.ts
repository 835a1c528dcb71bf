import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2 as Event } from 'aws-lambda';
import { writeSite } from '../../infra/sites/site.ts';

process.env['PUBLIC_URL'] = 'http://localhost';
process.env['SITES'] ??= 'docs';
const { serveFiles } = await import('../../functions/serve-files.ts');

const script = `console.log('${'a'.repeat(1_000)}');`;
const page = '<!doctype html><title>A page</title>';
const folder = mkdtempSync(join(tmpdir(), 'hooklatch-sites-'));
let ask: ReturnType<typeof aClient>;

beforeAll(() => {
  const site = new Map([
    ['index.html', Buffer.from(page)],
    ['assets/app-1a2b.js', Buffer.from(script)],
    ['logo.png', Buffer.from([0x89, 0x50, 0xff])],
  ]);
  writeSite(join(folder, 'sites', 'console'), site);
  mkdirSync(join(folder, 'sites', 'empty'));
  // A site that the deployment does not serve.
  writeSite(join(folder, 'sites', 'hidden'), site);
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  ask = aClient();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Sends requests as API Gateway passes them. */
function aClient() {
  const serve = serveFiles({ folder: join(folder, 'sites'), served: ['console', 'empty'] });
  return async (file?: string, headers: Record<string, string> = {}, method = 'GET', site = 'console', more = {}) => {
    const answer = await serve({
      routeKey: '$default',
      rawPath: `/${site}${file === undefined ? '' : `/${file}`}`,
      headers,
      ...more,
      requestContext: { http: { method } },
    } as unknown as Event);
    const bytes = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
    return { status: answer.statusCode, headers: answer.headers ?? {}, bytes, text: bytes.toString() };
  };
}

test('a file has its type, its bytes, and the headers of every page', async () => {
  const { status, headers, text } = await ask('assets/app-1a2b.js');
  expect([status, text]).toEqual([200, script]);
  expect(headers).toEqual({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
    vary: 'accept-encoding',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  });
  expect((await ask('logo.png', { 'accept-encoding': 'br' })).bytes).toEqual(Buffer.from([0x89, 0x50, 0xff]));
});

test('a file comes in the coding that the client prefers, each with its own tag', async () => {
  const plain = await ask('assets/app-1a2b.js');
  const br = await ask('assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' });
  const gzip = await ask('assets/app-1a2b.js', { 'accept-encoding': 'gzip' });
  expect([br.headers['content-encoding'], brotliDecompressSync(br.bytes).toString()]).toEqual(['br', script]);
  expect([gzip.headers['content-encoding'], gunzipSync(gzip.bytes).toString()]).toEqual(['gzip', script]);
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(new Set([plain, br, gzip].map(({ headers }) => headers['etag'])).size).toBe(3);
});

test('a client that knows the content gets no body', async () => {
  const { headers } = await ask('index.html');
  const again = await ask('index.html', { 'if-none-match': String(headers['etag']) });
  expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', headers['etag']]);
  expect(again.headers).not.toHaveProperty('content-type');
  expect((await ask('index.html', { 'if-none-match': '"else"' })).status).toBe(200);
});

test('HEAD answers with the same headers and no body', async () => {
  const { headers } = await ask('index.html');
  expect(await ask('index.html', {}, 'HEAD')).toMatchObject({ status: 200, headers, text: '' });
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
  const { status, headers } = await ask('index.html', {}, method);
  expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
});

test('the site without a file leads to its page, relative to wherever it is', async () => {
  const { status, headers, text } = await ask();
  expect([status, text]).toEqual([302, '']);
  expect([headers['location'], headers['cache-control']]).toEqual(['console/index.html', 'no-store']);
});

test('the root leads to the console', async () => {
  const { status, headers } = await ask(undefined, {}, 'GET', '');
  expect([status, headers['location']]).toEqual([302, 'console/index.html']);
});

test('each site has a path with a slash at its end', async () => {
  const { status, headers } = await ask(undefined, {}, 'GET', 'empty', { rawPath: '/empty/' });
  expect([status, headers['location']]).toEqual([302, 'index.html']);
  const ofConsole = await ask(undefined, {}, 'GET', 'console', { rawPath: '/console/' });
  expect([ofConsole.status, ofConsole.headers['location']]).toEqual([302, 'index.html']);
});

test.each([
  '/other/',
  '/secret/a.txt',
  '/hidden',
  '/hidden/index.html',
  '/constructor/',
  '/hooks/',
  '//',
  '/v1/console/',
  '/console//',
  '/console//etc/passwd.txt',
  '/../',
])('the path %s, which no site has, is answered as API Gateway does', async (rawPath) => {
  const { status, headers, text } = await ask(undefined, {}, 'POST', 'console', { rawPath });
  expect([status, headers, text]).toEqual([
    ...[404, { 'content-type': 'application/json' }, '{"message":"Not Found"}'],
  ]);
});

test('a file is read once, because it never changes while an instance lives', async () => {
  const path = join(folder, 'sites', 'console', 'logo.png');
  const instance = aClient();
  const before = await instance('logo.png');
  const bytes = readFileSync(path);
  writeFileSync(path, 'something else');
  expect(await instance('logo.png')).toEqual(before);
  writeFileSync(path, bytes);
});

test.each(['connections', 'connections/github/events', 'a/../b', 'assets/'])(
  'the path %j within the page is answered with the page, which is not kept',
  async (path) => {
    const { status, text, headers } = await ask(path);
    expect([status, text, headers['cache-control']]).toEqual([200, page, 'no-cache']);
  },
);

describe('nothing outside the site is served', () => {
  test.each([
    '../../secret.txt',
    'assets/../../../secret.txt',
    '..\\..\\secret.txt',
    '%2e%2e/%2e%2e/secret.txt',
    'assets/app-1a2b.js.br',
    'assets/app-1a2b.js.gz',
    'missing.js',
    'assets/missing.js',
    'index.html\0.js',
    '..',
  ])('%j is missing', async (path) => {
    const { status, headers, text } = await ask(path);
    expect([status, text]).toEqual([404, 'Not Found']);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...{
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
      },
    });
  });

  test('from a site that does not exist, or has no page', async () => {
    for (const site of ['other', 'empty', '..', 'constructor'])
      for (const path of ['index.html', 'connections']) expect((await ask(path, {}, 'GET', site)).status).toBe(404);
  });
});

test('a site with a file of an unknown type is not written', () => {
  const site = new Map([['run.sh', Buffer.from('')]]);
  expect(() => writeSite(join(folder, 'other'), site)).toThrow('run.sh has an ending');
});

test('without any site, every file is missing', async () => {
  const serve = serveFiles({ served: ['docs'], folder: join(folder, 'absent') });
  const rawPath = '/docs/index.html';
  const event = { routeKey: '$default', rawPath, headers: {} };
  const { statusCode } = await serve({ ...event, requestContext: { http: { method: 'GET' } } } as unknown as Event);
  expect(statusCode).toBe(404);
});
