import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Received, Sent } from '../local/http-client.ts';
import { every, testInFull } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  type World,
} from '../support/given.ts';

let world: World;
let given: ActiveEndpoint;
beforeAll(async () => {
  world = await aSharedRuntime();
  given = await anActiveEndpoint(world);
});
afterAll(() => world.end());

/** Sends these bytes with the token. */
function sendBytes(body: Buffer | string, contentType?: string, more: Sent = {}): Promise<Received> {
  const type = contentType === undefined ? {} : { 'content-type': contentType };
  return deliver(given.url, { ...more, headers: { ...bearer(given.token), ...type, ...more.headers }, body });
}

/** The event with the id in an answer, as an operator reads it. */
const eventOf = (answer: Received, { path } = given) => ok(world, 'GET', `${path}/events/${answer.json()['id']}`);

const bytesOf = ({ body, bodyBase64 }: Record<string, unknown>): Buffer =>
  typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(String(bodyBase64), 'base64');

const kib = 1024;
const mib = 1024 * kib;
const bom = Buffer.from([0xef, 0xbb, 0xbf]);
const latin = Buffer.from([0x7b, 0xe9, 0xff, 0xfe, 0x00, 0x7d]);
const odd = '{"b":1.0,"a":12345678901234567890,  "u":"\\u00e9é💩\\u0000","a":2}\r\n';

describe('a body is read back byte for byte', () => {
  const bodies: [string, Buffer | string, string | undefined][] = [
    ['empty', '', undefined],
    ['empty, with the content type of JSON', '', 'application/json'],
    ['one byte', 'x', 'text/plain'],
    ['one zero', Buffer.of(0), 'application/octet-stream'],
    ['JSON with unusual order, numbers and white space', odd, 'application/json'],
    ['JSON with a charset', odd, 'application/json; charset=utf-8'],
    ['JSON with another content type', odd, 'application/vnd.shop+json'],
    ['text without a content type', odd, undefined],
    ['text with a byte order mark', Buffer.concat([bom, Buffer.from(odd)]), 'text/plain'],
    ['JSON with a byte order mark', Buffer.concat([bom, Buffer.from(odd)]), 'application/json'],
    ['a form', 'payload=%7B%22a%22%3A1%7D&b=+&b=%ff', 'application/x-www-form-urlencoded'],
    ['XML', '<?xml version="1.0"?><a>é</a>', 'application/xml'],
    ['multipart form data', '--b\r\n\r\n\x00\xff\r\n--b--', 'multipart/form-data; boundary=b'],
    ['bytes that are not UTF-8', latin, 'application/octet-stream'],
    ['bytes that are not UTF-8, without a content type', latin, undefined],
    ['a gzip file', gzipSync(odd), 'application/gzip'],
    ['random bytes of 250 KiB', randomBytes(250 * kib), 'application/octet-stream'],
    ['random bytes of 256 KiB', randomBytes(256 * kib), undefined],
    ['text of 256 KiB', 'é'.repeat(128 * kib), 'text/plain'],
    ['zeros of 256 KiB', Buffer.alloc(256 * kib), 'application/octet-stream'],
  ];

  test.each(every(3, bodies))('if it is %s', async (_, sent, contentType) => {
    const bytes = Buffer.from(sent);
    const answer = await sendBytes(bytes, contentType);
    expect([answer.status, Object.keys(answer.json())]).toEqual([202, ['id']]);
    const event = await eventOf(answer);
    expect(bytesOf(event).equals(bytes)).toBe(true);
    expect(event).toMatchObject({
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytesAltered: false,
    });
    expect(event['contentType']).toBe(contentType);
  });

  test('if its content encoding is gzip, without being unpacked', async () => {
    const bytes = gzipSync(odd);
    const answer = await sendBytes(bytes, undefined, { headers: { 'content-encoding': 'gzip' } });
    const event = await eventOf(answer);
    expect(bytesOf(event).equals(bytes)).toBe(true);
    expect(event['headers']).toMatchObject({ 'content-encoding': 'gzip' });
  });
});

test.each(['text/plain', 'application/json', 'application/xml; charset=iso-8859-1'])(
  'if API Gateway replaced bytes in a body of type %s, the event shows bytesAltered',
  async (contentType) => {
    const event = await eventOf(await sendBytes(latin, contentType));
    expect(event).toMatchObject({ body: '{\ufffd\ufffd\ufffd\0}', bytesAltered: true, size: 12 });
  },
);

describe('a body that is too large', () => {
  test.each(every(2, [4 * mib + 1, 4_400_000]))('of %d bytes gets a 413, but only with a valid token', async (size) => {
    const refused = await sendBytes(randomBytes(size), 'application/octet-stream');
    expect([refused.status, refused.text]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect(refused.headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect((await deliver(given.url, { body: randomBytes(size) })).status).toBe(403);
  });

  testInFull('can be smaller when it is sent: API Gateway replaces invalid bytes with longer ones', async () => {
    expect((await sendBytes(Buffer.alloc(1.5 * mib, 0xff), 'text/plain')).status).toBe(413);
  });

  testInFull.each([5_000_000, 11_000_000])(
    'of %d bytes is refused by API Gateway, and the next delivery is accepted',
    async (size) => {
      expect((await sendBytes(randomBytes(size), 'application/octet-stream')).status).toBe(413);
      expect((await sendBytes('{}', 'application/json')).status).toBe(202);
    },
  );
});

const guards = { 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'" };
const sendTo = ({ url, token }: ActiveEndpoint, sent: Sent = {}) => deliver(url, { ...sent, headers: bearer(token) });

describe('the answer to a delivery', () => {
  const answers = [
    [{ status: 200 }, 200, 'application/json', ''],
    [{ status: 204 }, 204, 'application/json', ''],
    [{ status: 299, body: 'ok', contentType: 'text/plain' }, 299, 'text/plain', 'ok'],
    [{ status: 201, body: '{"taken":"é"}' }, 201, 'application/json', '{"taken":"é"}'],
    [{ status: 200, body: '<Response/>', contentType: 'application/xml' }, 200, 'application/xml', '<Response/>'],
  ] as const;

  test.each(every(2, answers))('follows the setting %j', async (answer, status, contentType, text) => {
    const endpoint = await anActiveEndpoint(world, { answer });
    const answered = await sendTo(endpoint);
    expect([answered.status, answered.text]).toEqual([status, text]);
    expect(answered.headers).toMatchObject({ 'content-type': contentType, ...guards });
    const { items } = (await ok(world, 'GET', `${endpoint.path}/events`)) as { items: unknown[] };
    expect(items).toHaveLength(1);
  });

  test('is 202 with the event id again after the setting was reset to null', async () => {
    const endpoint = await anActiveEndpoint(world, { answer: { status: 204 } });
    await ok(world, 'PUT', `${endpoint.path}/endpoint`, { answer: null });
    const answered = await sendTo(endpoint);
    expect(answered.status).toBe(202);
    expect(answered.json()).toEqual({ id: expect.stringMatching(/^evt_[0-9a-hjkmnp-tv-z]{26}$/) });
    expect(answered.headers).toMatchObject({ 'content-type': 'application/json', ...guards });
  });
});

describe('the accepted methods', () => {
  const all = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
  const statuses = async (endpoint: ActiveEndpoint) => {
    const answers: Received[] = [];
    for (const method of all) answers.push(await sendTo(endpoint, { method }));
    return answers;
  };

  test('are POST, PUT and PATCH by default', async () => {
    const answers = await statuses(given);
    expect(answers.map(({ status }) => status)).toEqual([405, 202, 202, 202, 405, 405]);
    expect(answers[0]?.headers).toMatchObject({ allow: 'POST, PUT, PATCH', ...guards });
    expect(answers[0]?.text).toBe('{"message":"Method Not Allowed"}');
    expect(await eventOf(answers[2] as Received)).toMatchObject({ method: 'PUT' });
  });

  test('are exactly those that the setting methods lists', async () => {
    const answers = await statuses(await anActiveEndpoint(world, { methods: ['GET', 'DELETE'] }));
    expect(answers.map(({ status }) => status)).toEqual([202, 405, 405, 405, 202, 405]);
    expect(answers[1]?.headers['allow']).toBe('GET, DELETE');
  });
});

test.each([
  [1, 1],
  [365, 365],
  [null, 30],
])('with retentionDays %j, an event expires after %d days', async (retentionDays, expected) => {
  const endpoint = await anActiveEndpoint(world, { retentionDays });
  const { receivedAt, expiresAt } = await eventOf(await sendTo(endpoint), endpoint);
  const days = (Date.parse(String(expiresAt)) - Math.floor(Date.parse(String(receivedAt)) / 1000) * 1000) / 86_400_000;
  expect(days).toBe(expected);
});

test('an event keeps the method, path, query and headers of its delivery, but no token', async () => {
  const url = `${given.url}/push/to%20main?a=1&a=2&token=${given.token}&b=%2B`;
  const headers = { 'x-signature': 'sha256=abc', cookie: 'session=1', 'user-agent': 'shop/1', 'x-two': ['1', '2'] };
  const event = await eventOf(await deliver(url, { method: 'PATCH', headers, body: 'x' }));
  const { headers: stored } = event as { headers: Record<string, string> };
  expect(event).toMatchObject({ method: 'PATCH', query: 'a=1&a=2&token=REDACTED&b=%2B', path: 'push/to main' });
  expect(stored).toMatchObject({ 'x-signature': 'sha256=abc', 'user-agent': 'shop/1', 'x-two': '1,2' });
  expect(event).toMatchObject({ connection: given.name, sourceIp: '127.0.0.1', verifiedBy: 'token', type: 'webhook' });
  expect(JSON.stringify(event)).not.toMatch(/hle_|session/);
});

test('an event keeps a header named __proto__, both in the API and on the bus', async () => {
  const headers: Record<string, string> = Object.fromEntries([
    ['__proto__', 'polluted'],
    ['x-shop', '1'],
    ...Object.entries(bearer(given.token)),
  ]);
  const answer = await deliver(given.url, { headers, body: '{}' });
  const { id } = answer.json() as { id: string };
  const read = await eventOf(answer);
  await world.runtime.settled();
  const published = world.busEvents().find(({ detail }) => (detail as { id: string }).id === id);
  const entriesOf = (event: unknown) => Object.entries((event as { headers: object }).headers);
  for (const event of [read, published?.['detail']]) {
    expect(entriesOf(event)).toEqual(
      expect.arrayContaining([
        ['__proto__', 'polluted'],
        ['x-shop', '1'],
      ]),
    );
  }
});
