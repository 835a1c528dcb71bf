/** A file comes as by `fetch`, but by the rules for requests to other hosts. */
import type { RequestListener } from 'node:http';
import { expect, test } from '@jest/globals';
import { fetchPublicFile } from '../../../../shared/endpoints/signature/fetch-public-file.ts';
import { type FetchFile, publicFileFetch } from '../../../../shared/ground/outbound/public-file-fetch.ts';
import { aListener, aNetwork, aReceiver, aReceiverThatSays, usualRules } from './given-receiver.ts';

const noPlain: FetchFile = async () => {
  throw new Error('plain http');
};
const fetchFile = publicFileFetch(usualRules, noPlain, aNetwork().ports);
/** @param limit in milliseconds. By default longer than even a busy machine takes */
const fileAt = (port: number, limit = 60_000) =>
  fetchPublicFile(fetchFile, `https://receiver.example:${port}/a?b`, limit);
const answering =
  (status: number, body = '', headers = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

test('a file is read whole, by a GET without any header', async () => {
  const text = 'certificate '.repeat(5_000);
  const { port, received } = await aReceiver(answering(200, text));
  expect(String(await fileAt(port))).toBe(text);
  expect(received).toMatchObject([{ method: 'GET', url: '/a?b', body: '' }]);
  expect(Object.keys(received[0]?.headers ?? {}).sort()).toEqual(['connection', 'host']);
});

test('a file of the largest size is read, and a larger one is absent', async () => {
  const [largest, tooLarge, farTooLarge] = [65_536, 65_537, 1_000_000].map((size) => 'a'.repeat(size));
  expect(String(await fileAt((await aReceiver(answering(200, largest))).port))).toBe(largest);
  expect(await fileAt((await aReceiver(answering(200, tooLarge))).port)).toBe('absent');
  expect(await fileAt((await aReceiver(answering(200, farTooLarge))).port)).toBe('absent');
});

test.each([204, 304, 400, 404, 410])('the status %d means that there is no file', async (status) => {
  const { port } = await aReceiver(answering(status));
  expect(await fileAt(port)).toBe('absent');
});

test.each([
  [503, 'receiver.example:PORT answered 503'],
  [403, 'receiver.example:PORT answered 403'],
  [301, 'broken: redirected'],
  [302, 'broken: redirected'],
  [303, 'broken: redirected'],
  [307, 'broken: redirected'],
  [308, 'broken: redirected'],
])('the status %d is an error', async (status, message) => {
  const { port } = await aReceiver(answering(status, '', { location: 'https://receiver.example/' }));
  await expect(fileAt(port)).rejects.toThrow(new Error(message.replace('PORT', String(port))));
});

test('a file that ends too early is an error, not a shorter file', async () => {
  const port = await aReceiverThatSays('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart');
  await expect(fileAt(port)).rejects.toThrow(new Error('broken: the answer has no end'));
});

test.each([
  ['a status', ''],
  ['an end', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart'],
])('without %s in time, the caller gets its own error', async (_, bytes) => {
  const port = await aReceiverThatSays(bytes, false);
  await expect(fileAt(port, 200)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a forbidden host is an error, and is not connected', async () => {
  const { port, seen } = await aListener(() => {}, '127.0.0.2');
  const url = `https://127.0.0.2:${port}/`;
  await expect(fetchPublicFile(fetchFile, url)).rejects.toThrow(
    new Error('forbidden: the host has an address that is not public'),
  );
  expect(seen.connections).toBe(0);
});

test('what comes by http is fetched as before', async () => {
  const asked: string[] = [];
  const plain: FetchFile = async (url, { redirect }) => {
    asked.push(url, redirect);
    return new Response('certificate');
  };
  const file = await fetchPublicFile(publicFileFetch(usualRules, plain), 'http://authority.example/one.cer');
  expect([String(file), asked]).toEqual(['certificate', ['http://authority.example/one.cer', 'error']]);
});
