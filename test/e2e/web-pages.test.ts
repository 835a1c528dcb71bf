import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Received, send } from '../local/http-client.ts';
import { filled } from '../support/filled.ts';
import { aSharedRuntime, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime();
});
afterAll(() => world.end());

const get = (path: string, headers: Record<string, string> = {}): Promise<Received> =>
  send(world.runtime.url, { path, headers });

test('the page under /docs shows the document of the API, and everything that it loads is here', async () => {
  const start = await get('/docs');
  expect([start.status, start.headers['location']]).toEqual([302, 'docs/index.html']);
  const page = await get('/docs/index.html');
  expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([
    ...[200, 'text/html; charset=utf-8', 'no-cache'],
  ]);
  const named = [...page.text.matchAll(/(?:src|href)="(assets\/[^"]+)"/g)].map(([, name = '']) => name);
  const answers = await Promise.all(named.map((name) => get(`/docs/${name}`, { 'accept-encoding': 'br' })));
  expect(answers.map(({ status, headers }) => [status, headers['cache-control']])).toEqual(
    Array(3).fill([200, 'public, max-age=31536000, immutable']),
  );
  const renderer = answers[named.findIndex((name) => name.includes('swagger-ui-bundle'))];
  expect(renderer?.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(renderer?.bytes ?? '').toString()).toContain('SwaggerUIBundle');
  expect((await get('/openapi.json')).json()['openapi']).toBe('3.1.0');
});

test('a file that the browser has is not sent again, and a path that leads out of the folder leads nowhere', async () => {
  const { headers } = await get('/docs/index.html');
  const again = await get('/docs/index.html', { 'if-none-match': String(headers['etag']) });
  expect([again.status, again.text]).toEqual([304, '']);
  for (const path of ['/docs/../index.js', '/docs/%2e%2e/%2e%2e/index.js', '/docs/..%2f..%2findex.js'])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
});

test('the root leads to the console, with and without a slash at the end, and each of its pages is the same file', async () => {
  for (const [path, location] of [
    ['/', 'console/index.html'],
    ['/console', 'console/index.html'],
    ['/console/', 'index.html'],
    ['/docs/', 'index.html'],
  ] as const) {
    const answer = await get(path);
    expect([path, answer.status, answer.headers['location']]).toEqual([path, 302, location]);
  }
  const page = await get('/console/index.html');
  expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-cache']);
  expect(page.text).toContain('<div id="root">');
  for (const path of ['connections/orders/events', 'connections/orders/', 'no/such/page', 'no/such/page/'])
    expect([path, (await get(`/console/${path}`)).text]).toEqual([path, page.text]);
  expect((await get('/console/assets/missing.js')).status).toBe(404);
});

test.each(['/hooks/', '/hooks/orders', '/v1/', '/consoles/', '/elsewhere'])(
  'a path that no route has, %s, is answered as API Gateway does',
  async (path) => {
    for (const method of ['GET', 'POST']) {
      const { status, headers, text } = await send(world.runtime.url, { path, method });
      expect([status, headers['content-type'], text]).toEqual([404, 'application/json', '{"message":"Not Found"}']);
    }
  },
);

test('the files of the console are named by the page, compressed, and kept by the browser', async () => {
  const page = await get('/console/index.html');
  const named = [...page.text.matchAll(/(?:src|href)="(\/console\/assets\/[^"]+)"/g)].map(([, name = '']) => name);
  expect(named.filter((name) => name.endsWith('.js')).length).toBeGreaterThan(0);
  expect(named.filter((name) => name.endsWith('.css')).length).toBeGreaterThan(0);
  const answers = await Promise.all(named.map((name) => get(name, { 'accept-encoding': 'br' })));
  expect(answers.map(({ status, headers }) => [status, headers['cache-control']])).toEqual(
    named.map(() => [200, 'public, max-age=31536000, immutable']),
  );
  // The page loads nothing from another origin.
  const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name = '']) => name);
  expect(filled(loaded).filter((name) => !name.startsWith('/console/assets/'))).toEqual([]);
});
