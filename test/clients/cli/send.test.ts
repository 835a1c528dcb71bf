/** `send`: what it asks of the API, and what a program on this machine gets. */
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aConnection, aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-send-'));
const fileOf = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** A program on this machine, and what it got. */
const got: { request: IncomingMessage; body: Buffer }[] = [];
let status = 204;
const program = createServer(async (request, response) => {
  got.push({ request, body: await buffer(request) });
  response.writeHead(status).end();
});
let to: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
  to = `http://127.0.0.1:${(program.address() as AddressInfo).port}`;
});
afterAll(() => {
  program.close();
  rmSync(folder, { recursive: true });
});

const json = fileOf('push.json', '{"ref": "main"}');
const passed = {
  eventId: 'evt_1',
  passed: true,
  steps: [{ step: 'published', outcome: 'skipped', facts: [{ code: 'publish_not_asked' }] }],
};

describe('to an endpoint', () => {
  test.each<[string[], object]>([
    [[], { sample: true }],
    [['--type', 'push'], { type: 'push', sample: true }],
    [['--type', 'push', '--publish'], { type: 'push', sample: true, publish: true }],
    [['--event', 'evt_1'], { eventId: 'evt_1' }],
    [['--file', json], { bodyBase64: 'eyJyZWYiOiAibWFpbiJ9', contentType: 'application/json' }],
    [
      ['--file', fileOf('a.xml', '<a/>'), '--content-type', 'application/xml', '--type', 'push'],
      { bodyBase64: 'PGEvPg==', contentType: 'application/xml', type: 'push' },
    ],
    [
      ['--real', '--yes', '--file', json],
      { real: true, bodyBase64: 'eyJyZWYiOiAibWFpbiJ9', contentType: 'application/json' },
    ],
  ])('%j asks for that', async (args, body) => {
    const { asked, fetch } = aDeployment(() => answered(passed));
    const { code, out } = await hooklatch(['send', 'orders', ...args], { env, fetch });
    expect([code, asked]).toEqual([
      0,
      [{ method: 'POST', path: '/v1/connections/orders/endpoint/test', query: {}, body }],
    ]);
    expect(out).toBe(
      'STEP       OUTCOME  MS  ADVICE\npublished  skipped      To test this step too, add --publish.\nEvent: evt_1\n',
    );
  });

  test('a file comes from stdin too', async () => {
    const { asked, fetch } = aDeployment(() => answered(passed));
    await hooklatch(['send', 'orders', '--file', '-'], { env, fetch, stdin: '[1]' });
    expect(asked[0]?.body).toEqual({ bodyBase64: 'WzFd', contentType: 'application/json' });
  });

  test('what did not arrive is a bad result, and has no event', async () => {
    const steps = [{ step: 'reached', outcome: 'failed', facts: [{ code: 'no_answer' }] }];
    const { fetch } = aDeployment(() => answered({ eventId: null, passed: false, steps }));
    const { code, out } = await hooklatch(['send', 'orders'], { env, fetch });
    expect([code, out.includes('Event:'), out.includes('Nothing answered')]).toEqual([1, false, true]);
  });
});

test('a list of events says which ones are tests', async () => {
  const row = { receivedAt: '2026-03-01T12:00:00.000Z', type: 'push', size: 2 };
  const items = [
    { ...row, id: 'evt_2', test: true },
    { ...row, id: 'evt_1' },
  ];
  const { fetch } = aDeployment(() => answered({ items, nextCursor: null }));
  const { out } = await hooklatch(['events', 'list', 'orders'], { env, fetch });
  expect(out.split('\n').slice(1)).toEqual([
    'evt_2  2026-03-01T12:00:00.000Z  push (test)  2',
    'evt_1  2026-03-01T12:00:00.000Z  push         2',
    '',
  ]);
});

describe('to a program', () => {
  const last = () => got.at(-1) as (typeof got)[number];

  test('a sample of a sender is signed with the secret of a variable', async () => {
    const args = ['send', '--provider', 'github', '--type', 'push', '--secret', 'env:GITHUB_SECRET'];
    const ran = await hooklatch([...args, '--to', `${to}/hook?a=1`], { env: { GITHUB_SECRET: 'it is a secret' } });
    expect([ran.code, ran.out, ran.err]).toEqual([0, `${to}/hook?a=… answered 204.\n`, '']);
    const { request, body } = last();
    expect([request.method, request.url, request.headers['x-github-event']]).toEqual(['POST', '/hook?a=1', 'push']);
    expect(String(body)).toBe('{"action":"opened","issue":{"number":7,"title":"It rains"}}');
    const digest = createHmac('sha256', 'it is a secret').update(body).digest('hex');
    expect(request.headers['x-hub-signature-256']).toBe(`sha256=${digest}`);
  });

  test('a sender with a token and a signature gets both, with the time of this machine', async () => {
    const args = ['send', '--provider', 'mailgun', '--secret', 'env:KEY', '--token', 'env:TOKEN', '--to', to];
    const now = () => new Date('2026-03-01T12:00:00.000Z');
    expect((await hooklatch(args, { env: { KEY: 'a signing key', TOKEN: 'a-token' }, now })).code).toBe(0);
    const { request, body } = last();
    expect(request.url).toBe('/?token=a-token');
    const { signature } = JSON.parse(String(body)) as { signature: Record<string, string> };
    const signed = createHmac('sha256', 'a signing key').update(`1772366400${signature['token']}`).digest('hex');
    expect(signature).toMatchObject({ timestamp: '1772366400', signature: signed });
  });

  test('a file carries the token of a file, and the answer can be JSON', async () => {
    const token = fileOf('token.txt', 'a-token-of-a-file\n');
    const ran = await hooklatch(['--json', 'send', '--file', json, '--token', `file:${token}`, '--to', to]);
    expect(ran.json()).toEqual({ to, status: 204 });
    const { request, body } = last();
    expect([request.headers['authorization'], String(body)]).toEqual(['Bearer a-token-of-a-file', '{"ref": "main"}']);
  });

  test('the settings of a connection count, and a recorded event goes as it was', async () => {
    const event = {
      id: 'evt_1',
      method: 'PUT',
      path: 'in',
      query: '',
      headers: { 'x-shop': 'berlin', 'x-key': 'REDACTED', host: 'hooks.example.com' },
      body: '{ }',
    };
    const connection = aConnection();
    const auth = { kind: 'token', accept: [{ in: 'header', name: 'x-key' }] };
    const { asked, fetch } = aDeployment(({ path }) =>
      answered(path.includes('/events/') ? event : { ...connection, endpoint: { ...connection.endpoint, auth } }),
    );
    const args = ['send', 'orders', '--event', 'evt_1', '--token', 'env:KEY', '--to', to];
    expect((await hooklatch(args, { env: { ...env, KEY: 'a-key' }, fetch })).code).toBe(0);
    expect(asked.map(({ path }) => path)).toEqual(['/v1/connections/orders', '/v1/connections/orders/events/evt_1']);
    const { request, body } = last();
    expect([request.method, request.url, String(body)]).toEqual(['PUT', '/in', '{ }']);
    expect(request.headers).toMatchObject({ 'x-shop': 'berlin', 'x-key': 'a-key', host: to.slice(7) });
  });

  test('a type goes where the settings of the connection say that it is read', async () => {
    const { endpoint, ...connection } = aConnection();
    const settings = { auth: { kind: 'token', accept: [{ in: 'path' }] }, type: { in: 'header', name: 'x-kind' } };
    const { fetch } = aDeployment(() => answered({ ...connection, endpoint: { ...endpoint, ...settings } }));
    const args = ['send', 'orders', '--type', 'paid', '--token', 'env:KEY', '--to', `${to}/in`];
    expect((await hooklatch(args, { env: { ...env, KEY: 'a-key' }, fetch })).code).toBe(0);
    expect([last().request.url, last().request.headers['x-kind']]).toEqual(['/in/a-key', 'paid']);
  });

  test('an event whose body is withheld is not sent', async () => {
    const connection = aConnection();
    const event = { id: 'evt_1', method: 'POST', path: '', query: '', headers: {}, bodyWithheld: 'Ask an admin.' };
    const auth = { kind: 'token', accept: [{ in: 'header', name: 'x-key' }] };
    const { fetch } = aDeployment(({ path }) =>
      answered(path.includes('/events/') ? event : { ...connection, endpoint: { ...connection.endpoint, auth } }),
    );
    const args = ['send', 'orders', '--event', 'evt_1', '--token', 'env:KEY', '--to', to];
    const before = got.length;
    const ran = await hooklatch(args, { env: { ...env, KEY: 'a-key' }, fetch });
    expect([ran.code, ran.err, got.length]).toEqual([4, 'Ask an admin.\n', before]);
  });

  test('an answer that is not 2xx, and none at all, are bad results', async () => {
    status = 500;
    const args = ['send', '--token', 'env:KEY', '--to'];
    const refused = await hooklatch([...args, to], { env: { KEY: 'a-key' } });
    status = 204;
    expect([refused.code, refused.out]).toEqual([1, `${to} answered 500.\n`]);
    const silent = await hooklatch([...args, 'http://127.0.0.1:1'], { env: { KEY: 'a-key' } });
    expect([silent.code, silent.out]).toEqual([
      1,
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:1 did not answer: .+\.\n$/),
    ]);
  });
});

const key = ['--token', 'env:KEY'];

test.each<[string[], RegExp]>([
  [[], /^Name a connection, or say where to send it: --to\.$/],
  [['orders', '--event', 'evt_1', '--file', json], /^Use either --event or --file\.$/],
  [['orders', '--event', 'evt_1', '--type', 'push'], /^An event has its type: leave --type out\.$/],
  [['orders', '--content-type', 'text/plain'], /^--content-type goes with --file\.$/],
  [['orders', '--real', '--publish'], /^A real webhook is published: leave --publish out\.$/],
  [['orders', '--real', '--to', 'http://a'], /^--to sends past Hooklatch: leave --real and --publish out\.$/],
  [['orders', '--secret', 'env:A'], /^--provider, --secret and --token go with --to\.$/],
  [['orders', '--provider', 'github', '--to', 'http://a'], /^The connection has its provider: leave --provider out\.$/],
  [['--event', 'evt_1', '--to', 'http://a'], /^An event is one of a connection: name it\.$/],
  [
    ['orders', '--file', fileOf('text.txt', 'hello')],
    /^The file is no JSON\. Say what it is, such as --content-type application\/xml\.$/,
  ],
  [
    ['orders', '--file', fileOf('big.json', `"${'x'.repeat(1_048_576)}"`)],
    /^The file has 1048578 bytes\. At most 1048576 can be sent, and any number with --to\.$/,
  ],
  [
    ['--to', 'localhost:3000', ...key],
    /^--to must be a port, such as 3000, or an http or https URL, such as http:\/\/localhost:3000\/hook\.$/,
  ],
  [
    ['--to', 'http://a', '--provider', 'githab', ...key],
    /did you mean github\? hooklatch providers list shows them\.$/,
  ],
  [
    ['--to', 'http://a', '--provider', 'github'],
    /^github signs its webhooks\. Say where the value is: --secret env:NAME\.$/,
  ],
  [
    ['--to', 'http://a', '--provider', 'github', '--secret', 'env:KEY', ...key],
    /^github needs no --token here\. Leave it out\.$/,
  ],
  [
    ['--to', 'http://a', '--provider', 'mailgun', '--secret', 'env:KEY'],
    /^mailgun sends a token\. Say where the value is: --token env:NAME\.$/,
  ],
  [
    ['--to', 'http://a', '--token', 'a-real-token'],
    /^--token must be a reference, never the value: env:NAME, file:PATH or secretsmanager:NAME\.$/,
  ],
  [['--to', 'http://a', '--token', 'env:NONE'], /^env:NONE leads to no secret: NONE is not set\.$/],
  [
    ['--to', 'http://a', '--type', 'push', ...key],
    /^--type can't be sent, because no type is read from deliveries of this sender; leave it out\.$/,
  ],
  [['--to', 'http://a', '--provider', 'discord', '--secret', 'env:KEY'], /^discord can't be signed with this value: /],
])('%j is refused, and nothing is sent', async (args, message) => {
  const { asked, fetch } = aDeployment(() => answered(passed));
  const before = got.length;
  const ran = await hooklatch(['send', ...args], { env: { ...env, KEY: 'a-key-that-nobody-has' }, fetch });
  expect([ran.code, asked.filter(({ method }) => method !== 'GET'), got.length]).toEqual([2, [], before]);
  expect(ran.err.trim()).toMatch(message);
  expect(ran.err).not.toMatch(/a-real-token|a-key-that/);
});
