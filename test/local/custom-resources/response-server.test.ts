import { once } from 'node:events';
import { request } from 'node:http';
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

/** Begins an answer. The result ends it, and returns its status. */
async function beginning(url: string): Promise<() => Promise<number>> {
  const { hostname, port, pathname } = new URL(url);
  const answer = request({ hostname, port, path: pathname, method: 'PUT', agent: false });
  const status = new Promise<number>((resolve) => answer.once('response', ({ statusCode = 0 }) => resolve(statusCode)));
  answer.flushHeaders();
  answer.write('x');
  await once(answer, 'socket').then(([socket]) => socket.connecting && once(socket, 'connect'));
  // The server has read the beginning once it has answered another request.
  expect(await put(new URL('/', url).href)).toBe(403);
  return () => {
    answer.end();
    return status;
  };
}

test('of two answers that come at once, the one that ends first is taken', async () => {
  const { url, answer } = server.open();
  const end = await beginning(url);
  expect(await put(url, 'the first')).toBe(200);
  expect(await end()).toBe(403);
  expect(await answer).toBe('the first');
});

test('an answer that ends too late is refused', async () => {
  const { url, close } = server.open();
  const end = await beginning(url);
  close();
  expect(await end()).toBe(403);
});

test('an answer that comes too late is refused', async () => {
  const { url, close } = server.open();
  close();
  expect(await put(url)).toBe(403);
});
