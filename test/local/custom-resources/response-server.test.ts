import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ResponseServer, startResponseServer } from '../../../local/custom-resources/response-server.ts';
import { send } from '../http-client.ts';

let server: ResponseServer;
beforeAll(async () => {
  server = await startResponseServer();
});
afterAll(() => server.close());

const put = async (url: string, body = 'x', method = 'PUT') =>
  (await send(url, { method, path: new URL(url).pathname, body })).status;

test('an answer is taken once, at a loopback URL that nobody can guess', async () => {
  const [one, other] = [server.open(), server.open()];
  expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
  expect(other.url).not.toBe(one.url);
  expect(await put(one.url, 'the answer')).toBe(200);
  expect(await one.answer).toBe('the answer');
  expect(await put(one.url)).toBe(403);
  expect(await put(other.url, 'another')).toBe(200);
  expect(await other.answer).toBe('another');
});

test('anything else is refused, and leaves the URL open', async () => {
  const { url, answer } = server.open();
  expect(await put(url, 'x', 'POST')).toBe(403);
  expect(await put(new URL('/', url).href)).toBe(403);
  expect(await put(url, 'y'.repeat(5000))).toBe(200);
  expect((await answer).length).toBeGreaterThan(4096);
});

test('an answer that comes too late is refused', async () => {
  const { url, close } = server.open();
  close();
  expect(await put(url)).toBe(403);
});
