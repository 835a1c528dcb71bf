/** A request to a local program: it arrives as it is, or there is a reason why not. It never rejects, and always ends. */
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { type OutgoingRequest, sendRequest } from '../../../../clients/cli/listen/send-request.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A program that takes everything, and what it got. */
async function aProgram() {
  const got: IncomingMessage[] = [];
  const url = await listening(
    createHttpServer((request, response) => {
      got.push(request);
      request.resume().on('end', () => response.writeHead(204).end());
    }),
  );
  return { url, got };
}

/** A program that answers each connection with these bytes, and ends it. */
async function aProgramThatSays(bytes: string) {
  const onConnection = (socket: Socket) => socket.on('error', () => {}).once('data', () => socket.end(bytes));
  return listening(createServer(onConnection));
}

const send = (url: string, more: Partial<OutgoingRequest> = {}, timeoutMs = 60_000) =>
  sendRequest(
    { url, method: 'POST', headers: {}, body: Buffer.from('{}'), ...more },
    { timeoutMs, signal: new AbortController().signal },
  );

const taken = { status: 204, retryAfter: undefined };

test.each([
  ['Łódź', 'Łódź'],
  ['Zürich 日本', 'Zürich 日本'],
  ['a\tb', 'a\tb'],
])('the header value %j arrives in UTF-8', async (value, arrives) => {
  const { url, got } = await aProgram();
  expect(await send(url, { headers: { 'x-city': value } })).toEqual(taken);
  expect(Buffer.from(String(got[0]?.headers['x-city']), 'latin1').toString('utf8')).toBe(arrives);
});

test('a header value of single bytes arrives as these bytes', async () => {
  const { url, got } = await aProgram();
  // The UTF-8 bytes of ö, each as a character.
  await send(url, { headers: { 'x-city': 'K\u00c3\u00b6ln' } });
  expect(got[0]?.headers['x-city']).toBe('K\u00c3\u00b6ln');
});

test.each<[string, Partial<OutgoingRequest>, string]>([
  ['a header value with a line break', { headers: { 'x-a': 'secret\r\nx-b: c' } }, 'x-a'],
  ['a header value with a zero', { headers: { 'x-a': 'secret\0' } }, 'x-a'],
  ['a header name with a space', { headers: { 'x a': 'secret' } }, 'x a'],
  ['a header name without a letter', { headers: { '': 'secret' } }, '""'],
  ['a header name in Unicode', { headers: { 'x-ö': 'secret' } }, 'x-ö'],
  ['a method with a space', { method: 'PO ST' }, 'PO ST'],
])('%s can’t be sent: the reason names it, and the next request works', async (_, more, named) => {
  const { url, got } = await aProgram();
  const answer = await send(url, more);
  expect(answer).toMatchObject({ isUnsendable: true, isThere: false });
  expect(JSON.stringify(answer)).toContain(JSON.stringify(named).slice(1, -1));
  expect(JSON.stringify(answer)).not.toContain('secret');
  expect(got).toEqual([]);
  expect(await send(url)).toEqual(taken);
});

test.each([
  ['nothing', ''],
  ['no HTTP', 'hello\r\n\r\n'],
  ['a change of the protocol', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
  ['half a head', 'HTTP/1.1 200 OK\r\nx-a'],
])('a program that answers %s gets the event again', async (_, bytes) => {
  const answer = await send(await aProgramThatSays(bytes));
  expect(answer).toMatchObject({ reason: expect.any(String), isThere: true });
  expect(answer).not.toHaveProperty('isUnsendable');
});

test('a program that says nothing is too late', async () => {
  const sockets: Socket[] = [];
  const url = await listening(createServer((socket) => void sockets.push(socket.on('error', () => {}))));
  endings.unshift(() => sockets.forEach((socket) => void socket.destroy()));
  expect(await send(url, {}, 100)).toEqual({ reason: 'no answer within 0.1 s', isThere: true });
});

test('an answer ends the counting of the time', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const { url } = await aProgram();
  const before = timers();
  await send(url, {}, 2_000);
  expect(timers()).toBe(before);
});

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('a %s is answered', async (method) => {
  const { url, got } = await aProgram();
  expect(await send(url, { method })).toEqual(taken);
  expect(got[0]?.method).toBe(method);
});

test('nobody at the port is not there, and then a program is', async () => {
  const gone = await aProgram();
  for (const end of endings.splice(0)) await end();
  expect(await send(gone.url)).toEqual({ reason: 'connection refused', isThere: false });
  expect(await send((await aProgram()).url)).toEqual(taken);
});
