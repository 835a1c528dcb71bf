import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { routes } from '../../shared/operators/api/routes.ts';
import { every } from '../support/full-counts.ts';
import {
  aSite,
  attempt as attemptAt,
  expectOnlyReads,
  expectProblem,
  expectUnchanged,
  type Site,
  type Wrong,
  withBody,
  withoutBody,
} from './wrong-request.ts';

let site: Site;
beforeAll(async () => {
  site = await aSite();
});
// A refused request must not write anything.
afterEach(() => expectOnlyReads(site));
afterAll(async () => {
  await expectUnchanged(site);
  await site.world.end();
});

const attempt = (route: string, wrong?: Wrong) => attemptAt(site, route, wrong);

// One function reads the bodies of all routes.
describe.each(every(4, [...withBody, ...withoutBody]))('%s', (route) => {
  test.each([
    ['broken JSON', '{"name": ', 400, 'invalid_json'],
    ['text', 'name=orders', 400, 'invalid_json'],
    ['brackets that are never closed', '['.repeat(30_000), 400, 'invalid_json'],
    ['nested arrays', '['.repeat(30_000) + ']'.repeat(30_000), 422, 'invalid_request'],
    ['an array', '[{}]', 422, 'invalid_request'],
    ['null', 'null', 422, 'invalid_request'],
    ['a string', '"{}"', 422, 'invalid_request'],
    ['an unknown field', '{"colour": "red"}', 422, 'invalid_request'],
    ['a field named __proto__', '{"__proto__": {"force": true}}', 422, 'invalid_request'],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x7b]), 400, 'invalid_json'],
    ['a body that is one byte too large', `{"description": "${'x'.repeat(65_536 - 18)}"}`, 413, 'body_too_large'],
  ])('refuses %s', async (_, body, status, code) => {
    expectProblem(await attempt(route, { body }), status, code);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'refuses JSON with the content type %j',
    async (contentType) => {
      expectProblem(await attempt(route, { body: '{}', contentType }), 415, 'unsupported_media_type');
    },
  );
});

describe.each<[string, object[]]>([
  [
    'POST /v1/connections',
    [
      {},
      { name: 7 },
      { name: null },
      { name: '' },
      { name: 'a' },
      { name: 'Orders' },
      { name: 'a b' },
      { name: '-a' },
      { name: 'a\n' },
      { name: `a${'b'.repeat(48)}` },
      { name: 'other', description: 'x'.repeat(257) },
      { name: 'other', description: null },
      { name: 'other', provider: 'unheard-of' },
      { name: 'other', id: 'mine' },
    ],
  ],
  [
    'PATCH …',
    [{ description: 7 }, { description: 'x'.repeat(257) }, { provider: null }, { name: 'new' }, { version: 9 }],
  ],
  [
    'PUT …/endpoint',
    [
      { status: 'active' },
      { auth: 'token' },
      { auth: { kind: 'magic', accept: [{ in: 'path' }] } },
      { auth: { kind: 'token', scheme: 'github' } },
      { auth: { kind: 'signature', accept: [{ in: 'path' }] } },
      { auth: { kind: 'signature', scheme: { kind: 'hmac' } } },
      { auth: { kind: 'token', accept: [] } },
      { auth: { kind: 'token', accept: Array(9).fill({ in: 'path' }) } },
      { auth: { kind: 'token', accept: [{ in: 'cookie', name: 'a' }] } },
      { auth: { kind: 'token', accept: [{ in: 'header', name: 'cookie' }] } },
      { auth: { kind: 'token', accept: [{ in: 'query', name: 'x'.repeat(65) }] } },
      { auth: { kind: 'token', accept: [{ in: 'body', path: 'token' }] } },
      { answer: 200 },
      { answer: { status: 199 } },
      { answer: { status: 300 } },
      { answer: { status: 204, body: 'text' } },
      { answer: { status: 200, body: 'no JSON', contentType: 'application/json' } },
      { answer: { status: 200, body: 'no JSON' } },
      { answer: { status: 200, body: 'x'.repeat(1_025), contentType: 'text/plain' } },
      { answer: { status: 200, body: '<p>', contentType: 'text/html' } },
      { allowFrom: '10.0.0.1' },
      { allowFrom: [] },
      { allowFrom: ['10.0.0.0/33'] },
      { allowFrom: ['10.0.0.1', '10.0.0.1'] },
      { allowFrom: Array.from({ length: 65 }, (_, n) => `10.0.0.${n}`) },
      { methods: [] },
      { methods: ['TRACE'] },
      { methods: ['post'] },
      { methods: ['POST', 'POST'] },
      { retentionDays: 0 },
      { retentionDays: 366 },
      { retentionDays: 1.5 },
      { retentionDays: '7' },
      { secretFrom: 'nobody' },
      { split: 'yes' },
      { split: {} },
      { split: { items: 'events' } },
      { split: { items: '', id: '' } },
      { split: { items: '', each: '/id' } },
      { type: 'order' },
      { type: { in: 'query', name: 'type' } },
      { type: { in: 'header', name: 'cookie' } },
      { type: { in: 'body', path: '' } },
      { alerts: {} },
      { alerts: { silence: { minutes: 4 } } },
      { alerts: { silence: { minutes: 10_081 } } },
      { alerts: { silence: { minutes: 5, count: 1 } } },
      { alerts: { rejections: { count: 1 } } },
      { alerts: { rejections: { count: 0, minutes: 5 } } },
      { alerts: { rejections: { count: 1_000_001, minutes: 5 } } },
      { alerts: { rejections: { count: 1, minutes: 61 } } },
      { alerts: { rejections: { count: 1, minutes: 0 } } },
      { alerts: { refusals: { count: 1, minutes: 5 } } },
    ],
  ],
  ['POST …/endpoint/token', [{ value: 7 }, { value: null }, { value: '' }, { value: 'eleven-char' }]],
  [
    'POST …/endpoint/token/rotate',
    [
      { value: 'x'.repeat(4097) },
      { value: 'line\tline\tline' },
      { value: 'grüße-aus-berlin' },
      { graceSeconds: -1 },
      { graceSeconds: 2_592_001 },
      { graceSeconds: 0.5 },
      { graceSeconds: '60' },
      { graceSeconds: null },
      { force: 'yes' },
    ],
  ],
])('%s', (route, bodies) => {
  const named = bodies.map((body): [string, object] => [JSON.stringify(body).slice(0, 60), body]);
  test.each(every(2, named))('refuses %s and says what is wrong', async (_, body) => {
    const answer = await attempt(route, { body: JSON.stringify(body) });
    expectProblem(answer, 422, 'invalid_request');
    const [first] = answer.json()['errors'] as [{ path: string }];
    // No key here has a dot or a slash. What is wrong with the body as a whole has no pointer.
    const pointer = first.path === '' ? undefined : `/${first.path.replaceAll('.', '/')}`;
    // Only a provider's message names what each client has its own name for.
    const facts =
      first.path === 'provider' && /unheard-of/.test(JSON.stringify(body)) ? [{ code: 'unknown_provider' }] : undefined;
    expect(first).toEqual({ path: expect.any(String), pointer, message: expect.any(String), facts });
  });
});

test('a refused value does not appear in the answer', async () => {
  for (const value of ['s3cr3t', `hle_${'s3cr3t0'.repeat(7)}`, `s3cr3t${'é'.repeat(20)}`]) {
    const answer = await attempt('POST …/endpoint/token/rotate', { body: JSON.stringify({ value }) });
    expectProblem(answer, 422, value.startsWith('hle_') ? 'token_not_usable' : 'invalid_request');
    expect(answer.text).toContain('"code":');
    expect(answer.text).not.toContain('s3cr3t');
  }
});

test.each(['whsec_…', '<your secret>', 'whsec_fake0123...'])(
  'the secret %s is refused as a placeholder',
  async (value) => {
    const answer = await attempt('POST …/endpoint/token/rotate', { body: JSON.stringify({ value }) });
    expectProblem(answer, 422, 'invalid_request');
    expect(answer.json()['detail']).toBe(
      'value in the body looks like a placeholder from the documentation; paste the secret that the sender shows.',
    );
  },
);

test.each(['fake...token.0123', '<fake>token<0123>', 'fake-token-0123.'])(
  'the secret %s is not taken for a placeholder',
  (value) => {
    const { body } = routes['POST /v1/connections/{name}/endpoint/token'];
    expect(body.safeParse({ value })).toMatchObject({ success: true, data: { value } });
  },
);

test.each([
  ['too long', 'x'.repeat(513)],
  ['two lines long', 'a line\nand another'],
])("a value that is %s can't be a token", async (_, value) => {
  expectProblem(
    await attempt('POST …/endpoint/token/rotate', { body: JSON.stringify({ value }) }),
    422,
    'token_not_usable',
  );
});

test('a setting that makes the record too large is refused', async () => {
  const allowFrom = Array.from({ length: 64 }, (_, n) => `2001:db8:1111:2222:3333:4444:5555:${n + 4096}/128`);
  const body = JSON.stringify({
    allowFrom,
    answer: { status: 200, body: 'x'.repeat(1_024), contentType: 'text/plain' },
  });
  const answer = await attempt('PUT …/endpoint', { body });
  expectProblem(answer, 422, 'record_too_large');
  expect(answer.json()['detail']).toMatch(/record can grow to \d{4} bytes, .* The limit is 3900\./);
});

test('a request body of exactly 64 KB is read', async () => {
  const body = JSON.stringify({ description: 'x'.repeat(65_536 - 18) });
  expect(body).toHaveLength(65_536);
  expectProblem(await attempt('PATCH …', { body }), 422, 'invalid_request');
});

test('a query that only the list of connections accepts is refused with the route of that list', async () => {
  const answer = await site.world.api('GET', `/v1/connections/${site.endpoint.name}?include=stats`);
  expectProblem(answer, 400, 'invalid_request');
  expect(answer.json()['detail']).toBe(
    'This request takes no query; leave it out. The list takes include=stats: GET /v1/connections.',
  );
});

test('a connection name that is already taken is refused', async () => {
  expectProblem(
    await attempt('POST /v1/connections', { body: JSON.stringify({ name: site.endpoint.name }) }),
    409,
    'connection_exists',
  );
});

test.each([
  ['PUT …/endpoint', { allowfrom: ['10.0.0.0/8'] }, 'The body has no field "allowfrom"; did you mean "allowFrom"?'],
  ['PUT …/endpoint', { retentionDays: 0 }, 'retentionDays in the body must be at least 1.'],
  ['PUT …/endpoint', { allowFrom: ['10.0.0'] }, 'allowFrom.0 in the body must be an IP address or a CIDR range.'],
  ['POST /v1/connections', {}, 'name in the body is missing; send a string.'],
])('%s answers the body %j with what is wrong and what to send', async (route, wrong, detail) => {
  const answer = await attempt(route, { body: JSON.stringify(wrong) });
  expect(answer.json()['detail']).toBe(detail);
});
