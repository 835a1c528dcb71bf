/** The client of the operators' API: its requests, its patience, its errors. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import {
  type ApiClientOptions,
  apiClient,
  ClientSettingError,
  deploymentUrl,
} from '../../../../shared/operators/api/api-client.ts';
import { ApiError, apiErrorOf, UnreachableError } from '../../../../shared/operators/api/api-error.ts';
import { aMoment } from '../../../support/a-moment.ts';

const token = `hlo_${'a'.repeat(49)}`;
const now = new Date('2026-03-01T12:00:00Z');

/**
 * A server that gives these answers one after the other. Notes the requests and the waits.
 */
function aServer(...answers: (Response | Error)[]) {
  const requests: { url: string; init: RequestInit }[] = [];
  const waits: number[] = [];
  const options: ApiClientOptions = {
    url: 'https://hooks.example.com',
    token,
    now: () => now,
    async wait(ms) {
      await aMoment();
      waits.push(ms);
    },
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init });
      const answer = answers.shift();
      if (answer instanceof Response) return answer;
      throw answer ?? new Error('one request too many');
    },
  };
  return { client: apiClient(options), requests, waits };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(status === 204 ? null : JSON.stringify(body), { status, headers });

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

test.each(['', '.', '..'])(
  'a parameter %j is refused, because a URL would drop it, and then another one works',
  async (id) => {
    const { client, requests } = aServer(json(204, null));
    const cancel = (params: { name: string; id: string }) =>
      client.call('DELETE /v1/connections/{name}/replays/{id}', { params });
    const refused = await caught(cancel({ name: 'orders', id }));
    expect(refused).toBeInstanceOf(ClientSettingError);
    expect(String(refused)).toContain(`There is no id "${id}".`);
    expect(requests).toEqual([]);
    await cancel({ name: 'orders', id: '...' });
    expect(requests.map(({ url }) => url)).toEqual(['https://hooks.example.com/v1/connections/orders/replays/...']);
  },
);

test('puts parameters, query, body and version into the request', async () => {
  const { client, requests } = aServer(json(200, {}), json(200, { items: [], nextCursor: null }), json(204, null));
  await client.call('PUT /v1/connections/{name}/endpoint', {
    params: { name: 'a/b' },
    body: { retentionDays: 30 },
    ifMatch: 7,
  });
  await client.call('GET /v1/connections', { query: { limit: '2', cursor: 'a b&c' } });
  expect(await client.call('DELETE /v1/connections/{name}', { params: { name: 'orders' } })).toBeNull();

  const shown = requests.map(({ url, init: { method, headers, body } }) => ({ url, method, headers, body }));
  const authorization = `Bearer ${token}`;
  const accept = 'application/json';
  expect(shown).toEqual([
    {
      url: 'https://hooks.example.com/v1/connections/a%2Fb/endpoint',
      method: 'PUT',
      headers: { authorization, accept, 'content-type': 'application/json', 'if-match': '"7"' },
      body: '{"retentionDays":30}',
    },
    {
      url: 'https://hooks.example.com/v1/connections?limit=2&cursor=a+b%26c',
      method: 'GET',
      headers: { authorization, accept },
      body: undefined,
    },
    {
      url: 'https://hooks.example.com/v1/connections/orders',
      method: 'DELETE',
      headers: { authorization, accept },
      body: undefined,
    },
  ]);
});

test('sends an empty object if a route takes a body and the caller gives none', async () => {
  const { client, requests } = aServer(json(200, {}));
  await client.call('POST /v1/connections/{name}/endpoint/activate', { params: { name: 'orders' } });
  expect(requests[0]?.init.body).toBe('{}');
});

test.each([
  ['as Retry-After says in seconds', { 'retry-after': '3' }, 3000],
  ['until the date in Retry-After', { 'retry-after': 'Sun, 01 Mar 2026 12:00:05 GMT' }, 5000],
  ['until a date that ends with digits', { 'retry-after': 'Sun, 01 Mar 2026 12:00:05 +0000' }, 5000],
  ['until a date that begins with digits', { 'retry-after': '2026-03-01T12:00:05Z' }, 5000],
  ['half a minute, which is the longest time', { 'retry-after': '30' }, 30_000],
  ['not at all for a date in the past', { 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }, 0],
  ['half a second for a Retry-After without meaning', { 'retry-after': 'soon' }, 500],
])('after a 429 it waits %s', async (_, headers, ms) => {
  const { client, waits } = aServer(json(429, { message: 'Too Many Requests' }, headers), json(200, { name: 'ada' }));
  expect(await client.call('GET /v1/me')).toEqual({ name: 'ada' });
  expect(waits).toEqual([ms]);
});

test('gives up after four repeats, each after twice the wait', async () => {
  const busy = () => json(503, { message: 'Service Unavailable' });
  const { client, waits, requests } = aServer(busy(), busy(), busy(), busy(), busy());
  expect(await caught(client.call('GET /v1/me'))).toMatchObject({ status: 503, code: 'service_unavailable' });
  expect(waits).toEqual([500, 1000, 2000, 4000]);
  expect(requests).toHaveLength(5);
});

test('waits twice as long each time if Retry-After has no meaning, or if the answer has no body', async () => {
  const busy = () => new Response(null, { status: 429, headers: { 'retry-after': 'soon' } });
  const { client, waits } = aServer(busy(), busy(), json(200, {}));
  await client.call('GET /v1/me');
  expect(waits).toEqual([500, 1000]);
});

test('does not wait longer than half a minute', async () => {
  const { client, waits } = aServer(json(429, { message: 'Too Many Requests' }, { 'retry-after': '31' }));
  expect(await caught(client.call('GET /v1/me'))).toMatchObject({ status: 429, code: 'too_many_requests' });
  expect(waits).toEqual([]);
});

test('repeats a POST after a 429, which did nothing, and not after a 503, which may have', async () => {
  const rotate = 'POST /v1/connections/{name}/endpoint/token/rotate';
  const request = { params: { name: 'orders' }, body: { force: true } };
  const busy = aServer(json(429, { message: 'Too Many Requests' }), json(200, {}));
  await busy.client.call(rotate, request);
  expect(busy.requests).toHaveLength(2);
  const lost = aServer(json(503, { message: 'Service Unavailable' }));
  expect(await caught(lost.client.call(rotate, request))).toMatchObject({ status: 503 });
  expect(lost.requests).toHaveLength(1);
});

test('an error of the API has its status, code, detail, request id and problem', async () => {
  const problem = { code: 'token_exists', detail: 'Rotate it.', requestId: 'r-1', allowedActions: ['rotateToken'] };
  const { client } = aServer(json(409, problem));
  const error = await caught(client.call('GET /v1/me'));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 409, code: 'token_exists', detail: 'Rotate it.', requestId: 'r-1', problem });
});

test("API Gateway's own 403 says what to do about the token", async () => {
  const { client } = aServer(json(403, { message: 'Forbidden' }, { 'apigw-requestid': 'r-2' }));
  expect(await caught(client.call('GET /v1/me'))).toMatchObject({
    status: 403,
    code: 'forbidden',
    requestId: 'r-2',
    detail:
      'The operator token is unknown, expired or revoked, or it is a bootstrap token that is closed. Log in with another one.',
  });
});

test.each([
  ['a redirect', new Response(null, { status: 302, headers: { location: 'https://elsewhere.example' } }), /redirects/],
  ['a page that is not JSON', new Response('<html>', { status: 200 }), /not Hooklatch/],
  ['an error page of another server', new Response('<html>', { status: 404 }), /answered 404/],
  [
    'a failed connection',
    new TypeError('fetch failed', { cause: Object.assign(new Error(token), { code: 'ECONNREFUSED' }) }),
    /^Can't reach https:\/\/hooks\.example\.com \(ECONNREFUSED\)\.$/,
  ],
  ['an answer that never comes', new DOMException('aborted', 'TimeoutError'), /no answer within 35 s/],
  [
    'an answer that ends in its middle',
    new Response(new ReadableStream({ pull: (body) => body.error(new TypeError(`terminated ${token}`)) })),
    /^The answer of https:\/\/hooks\.example\.com broke off\.$/,
  ],
])('%s is an UnreachableError without the token', async (_, answer, message) => {
  const { client, requests } = aServer(answer);
  const error = await caught(client.call('GET /v1/me'));
  expect(error).toBeInstanceOf(UnreachableError);
  expect((error as Error).message).toMatch(message);
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(token);
  expect(requests[0]?.init.redirect).toBe('manual');
});

/** A `fetch` that answers with a body which takes so many ms, or never answers. */
const slowly = (bodyMs: number | undefined) =>
  ((_: string, { signal }: { signal: AbortSignal }) =>
    new Promise<Response>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      if (bodyMs !== undefined) resolve(new Response(ReadableStream.from(later(bodyMs, '{"items": []}', signal))));
    })) as typeof globalThis.fetch;

/** A text that comes later, unless the signal aborts before. */
async function* later(ms: number, text: string, signal: AbortSignal) {
  await pause(ms, undefined, { signal });
  yield new TextEncoder().encode(text);
}

test('an answer must have begun after the time that a request says, and its body may take longer', async () => {
  const client = (fetch: typeof globalThis.fetch) =>
    apiClient({ url: 'https://hooks.example.com', token, fetch, wait: async () => {}, now: () => new Date() });
  const request = { params: { name: 'orders' }, beginsWithinMs: 30 };
  const key = 'GET /v1/connections/{name}/events';
  expect(await client(slowly(90)).call(key, request)).toEqual({ items: [] });
  await expect(client(slowly(undefined)).call(key, request)).rejects.toThrow(
    "Can't reach https://hooks.example.com (no answer within 0.03 s).",
  );
});

test.each([
  ['https://hooks.example.com', 'https://hooks.example.com'],
  ['https://hooks.example.com/', 'https://hooks.example.com'],
  ['https://hooks.example.com/v1', 'https://hooks.example.com'],
  ['https://example.com/hooks/v1/', 'https://example.com/hooks'],
  ['http://127.0.0.1:3000/v1', 'http://127.0.0.1:3000'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
  ['http://127.10.200.30', 'http://127.10.200.30'],
  [' https://hooks.example.com ', 'https://hooks.example.com'],
  ['https://example.com//v1//', 'https://example.com'],
  ['https://example.com/v1/hooks', 'https://example.com/v1/hooks'],
  ['https://example.com/v12', 'https://example.com/v12'],
])('the URL %s is %s', (text, url) => {
  expect(deploymentUrl(text)).toBe(url);
});

test.each([
  'hooks.example.com',
  'ftp://example.com',
  'http://hooks.example.com',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://not-localhost',
  'httpsx://secret.example.com',
  'xhttp://secret.example.com',
  'https://secret@example.com',
  'https://:secret@example.com',
  'https://example.com#secret',
  'https://ada:secret@example.com',
  'https://example.com?token=secret',
])('the URL %s is refused, and the message does not repeat it', (text) => {
  expect(() => deploymentUrl(text)).toThrow(ClientSettingError);
  expect(() => deploymentUrl(text)).not.toThrow(/secret/);
});

test('a ClientSettingError has its name', () => {
  expect(new ClientSettingError('wrong').name).toBe('ClientSettingError');
});

test('a token can have any printable character', async () => {
  const sent: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    sent.push(init?.headers);
    return json(200, {});
  };
  const options = { url: 'https://hooks.example.com', token: '!~', fetch, now: () => now, wait: async () => {} };
  await apiClient(options).call('GET /v1/me');
  expect(sent).toEqual([{ authorization: 'Bearer !~', accept: 'application/json' }]);
});

test.each(['', 'hlo_a\n', 'hlo_ä', 'hlo_a b', ' hlo_a', 'hlo_a\u007f'])(
  'the token %j is refused, and the message does not repeat it',
  (bad) => {
    const options = { url: 'https://hooks.example.com', token: bad, fetch, now: () => now, wait: async () => {} };
    expect(() => apiClient(options)).toThrow(/^The operator token is empty, or has characters that no token has/);
  },
);

test('leaves out what has no value', async () => {
  const { client, requests } = aServer(json(200, {}), json(200, {}));
  await client.call('GET /v1/connections', { query: { limit: undefined, cursor: 'a' } });
  await client.call('GET /v1/connections', { query: { limit: undefined } });
  expect(requests.map(({ url }) => url)).toEqual([
    'https://hooks.example.com/v1/connections?cursor=a',
    'https://hooks.example.com/v1/connections',
  ]);
});

test('aborts a request that takes too long, and does not read the answers that it does not use', async () => {
  let cancelled = 0;
  const body = new ReadableStream({
    cancel: () => {
      cancelled += 1;
    },
  });
  const { client, requests } = aServer(new Response(body, { status: 503 }), json(200, {}));
  await client.call('GET /v1/me');
  expect(requests.map(({ init }) => init.signal)).toEqual([expect.any(AbortSignal), expect.any(AbortSignal)]);
  expect(cancelled).toBe(1);
});

test.each([
  ['GET', 'GET /v1/me', 503, 2],
  ['DELETE', 'DELETE /v1/operators/{id}', 503, 2],
  ['GET', 'GET /v1/me', 500, 1],
  ['GET', 'GET /v1/me', 404, 1],
] as const)('sends a %s (%s) after %i %i times', async (_, key, status, times) => {
  const { client, requests } = aServer(json(status, { message: 'No' }), json(204, null));
  await caught(client.call(key as 'DELETE /v1/operators/{id}', { params: { id: 'op_1' } }));
  expect(requests).toHaveLength(times);
});

test.each([
  ['300', new Response(null, { status: 300 })],
  ['399', new Response(null, { status: 399 })],
  ['hidden', Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' })],
])('does not follow a redirect with the status %s', async (_, answer) => {
  const error = (await caught(aServer(answer).client.call('GET /v1/me'))) as Error;
  expect([error.name, error.message]).toEqual([
    'UnreachableError',
    expect.stringMatching(/^https:\/\/hooks.example.com redirects/),
  ]);
});

test.each([299, 400])('does not take the status %i for a redirect', async (status) => {
  const error = (await caught(aServer(json(status, { code: 'c', detail: 'd' })).client.call('GET /v1/me'))) as Error;
  expect(error?.name).toBe(status === 299 ? undefined : 'ApiError');
});

test('a failed connection without a code is an UnreachableError', async () => {
  const error = (await caught(aServer(new TypeError('fetch failed')).client.call('GET /v1/me'))) as Error;
  expect(error.message).toBe("Can't reach https://hooks.example.com.");
});

describe('the error of an answer', () => {
  const errorOf = (status: number, body: unknown, headers: Record<string, string> = {}, url = '') =>
    apiErrorOf(Object.defineProperty(json(status, {}, headers), 'url', { value: url }), body);

  test.each<[number, string, RegExp]>([
    [403, 'forbidden', /^The operator token is unknown/],
    [429, 'too_many_requests', /^The API is busy/],
    [500, 'internal_error', /^The deployment has an error/],
    [503, 'service_unavailable', /^The API did not answer in time/],
  ])('%i of API Gateway has the code %s', (status, code, detail) => {
    const error = errorOf(status, { message: null }) as ApiError;
    expect(error).toBeInstanceOf(ApiError);
    expect([error.code, error.detail, error.requestId]).toEqual([code, expect.stringMatching(detail), undefined]);
    expect(error.message).toBe(error.detail);
  });

  test('has the request id of API Gateway only if the problem has none', () => {
    const headers = { 'apigw-requestid': 'r-2' };
    const problem = { code: 'held', detail: 'Release it.' };
    expect(errorOf(409, { ...problem, requestId: 'r-1' }, headers)).toMatchObject({ requestId: 'r-1' });
    expect(errorOf(409, { ...problem, requestId: 1 }, headers)).toMatchObject({ requestId: 'r-2' });
    expect(errorOf(409, problem, headers)).toMatchObject({ requestId: 'r-2', code: 'held' });
  });

  test.each<[number, unknown]>([
    [409, { code: 'held' }],
    [409, { detail: 'Release it.' }],
    [409, { code: 1, detail: 'Release it.' }],
    [409, { code: 'held', detail: 1 }],
    [409, { message: 'Conflict' }],
    [403, { error: 'Forbidden' }],
    [403, 'Forbidden'],
    [403, null],
    [403, undefined],
  ])('%i with %j is that of another server', (status, body) => {
    const error = errorOf(status, body, {}, 'https://hooks.example.com/v1/me?token=fake');
    expect(error.name).toBe('UnreachableError');
    expect(error.message).toMatch(new RegExp(`^https://hooks.example.com answered ${status}, `));
    expect(errorOf(status, body).message).toMatch(new RegExp(`^The URL answered ${status}, `));
  });
});

describe('a list that was read before', () => {
  const page = (upTo: string, id: string) => ({ items: [{ id }], nextCursor: null, upTo });
  const unchanged = (headers: Record<string, string> = {}) => new Response(null, { status: 304, headers });
  const events = (client: ReturnType<typeof apiClient>, name = 'orders') =>
    client.call('GET /v1/connections/{name}/events', { params: { name } });
  const asked = (requests: { init: RequestInit }[]) =>
    requests.map(({ init }) => new Headers(init.headers).get('if-none-match'));

  test('is not sent again while it is as it was, and is then complete up to now', async () => {
    const { client, requests } = aServer(
      json(200, page('2026-03-01T12:00:00.000Z', 'evt_1'), { etag: 'W/"v1"' }),
      unchanged({ etag: 'W/"v1"', 'hooklatch-as-of': '2026-03-01T12:00:05.000Z' }),
      unchanged({ etag: 'W/"v1"' }),
      json(200, page('2026-03-01T12:00:15.000Z', 'evt_2'), { etag: 'W/"v2"' }),
      unchanged(),
    );
    const lists = [];
    for (let n = 0; n < 5; n += 1) lists.push(await events(client));
    expect(lists).toEqual([
      page('2026-03-01T12:00:00.000Z', 'evt_1'),
      page('2026-03-01T12:00:05.000Z', 'evt_1'),
      page('2026-03-01T12:00:00.000Z', 'evt_1'),
      page('2026-03-01T12:00:15.000Z', 'evt_2'),
      page('2026-03-01T12:00:15.000Z', 'evt_2'),
    ]);
    expect(asked(requests)).toEqual([null, 'W/"v1"', 'W/"v1"', 'W/"v1"', 'W/"v2"']);
  });

  test('says in its header until when it counts, whether it is sent again or not', async () => {
    const { client } = aServer(
      json(200, { items: [] }, { etag: 'W/"v1"', 'hooklatch-as-of': '2026-03-01T12:00:00.000Z' }),
      unchanged({ etag: 'W/"v1"', 'hooklatch-as-of': '2026-03-01T12:00:05.000Z' }),
      unchanged({ etag: 'W/"v1"' }),
    );
    const told: string[] = [];
    for (let n = 0; n < 3; n += 1) await client.call('GET /v1/stats', { onAsOf: (at) => told.push(at) });
    expect(told).toEqual(['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:05.000Z']);
  });

  test('is asked for by its own version, and the version of a record is none', async () => {
    const { client, requests } = aServer(
      json(200, page('2026-03-01T12:00:00.000Z', 'evt_1'), { etag: 'W/"v1"' }),
      json(200, page('2026-03-01T12:00:00.000Z', 'evt_2'), { etag: 'W/"v2"' }),
      json(200, {}, { etag: '"3"' }),
      json(200, {}, { etag: '"3"' }),
      json(200, { items: [], nextCursor: null }),
    );
    await events(client);
    await events(client, 'other');
    await client.call('GET /v1/connections/{name}', { params: { name: 'orders' } });
    await client.call('GET /v1/connections/{name}', { params: { name: 'orders' } });
    await events(client, 'other');
    expect(asked(requests)).toEqual([null, null, null, null, 'W/"v2"']);
  });

  test('is forgotten after twenty others', async () => {
    const names = ['first', ...Array.from({ length: 20 }, (_, n) => `c${n}`), 'first', 'c19'];
    const answers = names.map((name) => json(200, page('2026-03-01T12:00:00.000Z', name), { etag: `W/"${name}"` }));
    const { client, requests } = aServer(...answers);
    for (const name of names) await events(client, name);
    expect(asked(requests).slice(-2)).toEqual([null, 'W/"c19"']);
  });

  test('an answer that a list has not changed is an error if there was none', async () => {
    const { client } = aServer(unchanged());
    expect(await caught(events(client))).toBeInstanceOf(UnreachableError);
  });
});
