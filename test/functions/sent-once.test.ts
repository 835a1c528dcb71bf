/**
 * What a function adds to a count is sent once: if the answer is lost, a repeated call would count twice. The handlers are those that
 * Lambda calls, with the clients that they make. AWS is a small server on this machine.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeEach, expect, jest, test } from '@jest/globals';
import { newConnection, nextVersion } from '../../shared/endpoints/endpoint/connection.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { tokenGuard } from '../shared/endpoints/endpoint/given-record.ts';
import { filled } from '../support/filled.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now });
const tokens = [{ id: 't1', createdAt: now.toISOString(), createdBy: 'op_1', holds: 'bearer' as const }];
const endpoint = { id: 'e1', status: 'active' as const, settings: {}, guard: tokenGuard, secret: 'arn', tokens };
const record = JSON.stringify(nextVersion(opened, { endpoint }, opened.entry));

/** The partition of each addition, without its number. */
const additions: string[] = [];
/** DynamoDB with one connection, in which every write fails as if its answer were lost. */
const server = createServer(async (request, response) => {
  const [, operation] = String(request.headers['x-amz-target']).split('.');
  const input = (await json(request)) as { UpdateExpression?: string; Key?: { pk: { S: string } } };
  if (input.UpdateExpression?.startsWith('ADD ')) additions.push(input.Key?.pk.S.replace(/\d$/, '') ?? '');
  const isRead = operation === 'GetItem';
  const answer = isRead ? { Item: { record: { S: record } } } : { __type: 'InternalServerError' };
  response.writeHead(isRead ? 200 : 500, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' });
process.env['PUBLIC_URL'] = 'https://hooks.example.com';
process.env['ORIGIN_DIGESTS'] = '';
for (const name of variables) process.env[name] ??= '1';

// Lines of the log are not what is tested here.
for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(console, level).mockImplementation(() => {});
afterAll(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  additions.length = 0;
});

/** A request to the endpoint. @param lambda what the authorizer found */
const eventOf = (method: string, lambda?: object, rawQueryString = '') => ({
  headers: {},
  rawQueryString,
  isBase64Encoded: false,
  pathParameters: { connection: 'orders', endpointId: 'e1' },
  queryStringParameters: Object.fromEntries(new URLSearchParams(rawQueryString)),
  requestContext: { requestId: 'r1', http: { method, path: '/', sourceIp: '192.0.2.1' }, authorizer: { lambda } },
});

const admitted = (provider: string, more: object) => ({
  connection: { id: 'c1', name: 'orders', provider },
  endpoint: { id: 'e1', settings: {}, hold: null },
  ...more,
});

/** The count of a connection and of all, each with a mark for the schedule. */
const ofRejection = ['active#', 'active#', 'rejections#all', 'rejections#c'];

/** Each function that counts, with the calls that make it count, and where. */
const counting: Readonly<Record<string, [what: string, event: object, added: string[]][]>> = {
  authorize: [['a rejection', eventOf('POST'), ofRejection]],
  ingest: [
    ['a rejection', eventOf('TRACE', admitted('generic', { tokenVerified: 't1', pending: [] })), ofRejection],
    [
      'a handshake',
      eventOf('GET', admitted('dropbox', { tokenVerified: null, pending: ['handshake'] }), 'challenge=abc'),
      ['use#c'],
    ],
  ],
};

/** The functions that count attempts. They have one counter, which is tried alone: an attempt needs a receiver. */
const ofAttempts = ['dispatch', 'serve-lanes'];

test('each function that counts is here', () => {
  const folder = new URL('../../functions/', import.meta.url);
  const files = filled(readdirSync(folder).filter((file) => file.endsWith('.ts')));
  const found = files.filter((file) =>
    /\b\w+Counter\((?!client, fromEnvironment\('EVENTS_TABLE'\))/.test(readFileSync(new URL(file, folder), 'utf8')),
  );
  const here = [...Object.keys(counting), ...ofAttempts];
  expect(found.sort()).toEqual(here.map((name) => `${name}.ts`).sort());
});

const calls = Object.entries(counting).flatMap(([name, all]) =>
  all.map(([what, event, added]) => [name, what, event, added] as const),
);

test.each(calls)('%s sends the addition of %s once', async (name, _, event, added) => {
  const { handler } = await import(`../../functions/${name}.ts`);
  await handler(event, {});
  expect(additions.sort()).toEqual(added);
});

test('the addition of attempts is sent once', async () => {
  const { liveAttemptCounter } = await import('../../shared/deliveries/dispatch/attempt-count.ts');
  const counts = { id: 'dst_1', delivered: 1, failed: 0, times: {} };
  await liveAttemptCounter()([{ connectionId: 'c1', name: 'shop', minute: '2026-03-01T12:00', counts }], now);
  expect(additions.sort()).toEqual(['active#', 'sent#all', 'sent#c']);
});
