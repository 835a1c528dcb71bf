import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { filled } from '../support/filled.ts';
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

const methodsOf = [
  ['/v1/connections', 'DELETE PUT PATCH', 'GET, POST'],
  ['…', 'POST PUT', 'GET, PATCH, DELETE'],
  ['…/endpoint', 'GET POST PATCH', 'PUT, DELETE'],
  ['…/endpoint/token', 'PUT PATCH', 'POST, GET, DELETE'],
  ['…/endpoint/token/rotate', 'GET PUT DELETE', 'POST'],
  ['…/endpoint/token/previous', 'GET POST', 'DELETE'],
  ['…/endpoint/activate', 'GET PUT DELETE', 'POST'],
  ['…/endpoint/deactivate', 'GET PUT DELETE', 'POST'],
  ['…/events', 'POST DELETE', 'GET'],
  ['…/endpoint/hold', 'GET PUT DELETE', 'POST'],
  ['…/endpoint/release', 'GET PUT DELETE', 'POST'],
  ['…/events/evt_1', 'POST PUT DELETE', 'GET'],
  ['…/events/evt_1/replay', 'GET PUT DELETE', 'POST'],
  ['…/routes', 'POST DELETE', 'GET, PUT'],
  ['…/replays', 'PUT DELETE', 'GET, POST'],
  ['…/replays/run_1', 'POST PUT', 'GET, DELETE'],
] as const;

// `npm test` has some of these paths, names and values: one function looks routes up, and one checks each kind of value.
test.each(every(3, methodsOf))('%s does not accept the methods %s', async (path, methods, allow) => {
  for (const method of filled(methods.split(' '))) {
    const answer = await attempt(`${method} ${path}`, { body: '{}' });
    expectProblem(answer, 405, 'method_not_allowed');
    expect(answer.headers['allow']).toBe(allow);
  }
});

test.each(['/v1/nothing', '/v1/connections/', '…/', '…/endpoint/nothing', '…/events/a/b', '/v1/connections//endpoint'])(
  '%s does not exist',
  async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await attempt(`${method} ${path}`);
      expectProblem(answer, 404, 'route_not_found');
      expect(answer.json()['detail']).toBe('There is nothing at this path. docs/api.md lists the routes.');
    }
  },
);

const range = '{"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}';

/** The bodies of routes that need more than an empty one. */
const bodies: Readonly<Record<string, string>> = {
  'POST …/replays': range,
  'POST …/events/search': '{"contains": "a"}',
  'PUT …/routes': '{"rules": []}',
  'POST …/routes/test': '{"event": {}}',
};

/** A body that the route accepts. */
const bodyOf = (route: string): Wrong => (withBody.includes(route) ? { body: bodies[route] ?? '{}' } : {});

const names = [
  'nowhere',
  'constructor',
  '__proto__',
  'UPPER',
  'a',
  'x'.repeat(200),
  '%00',
  '%',
  '..',
  '%F0%9F%92%A9',
  "a'b",
];

test.each(every(5, names))('the connection %s does not exist', async (name) => {
  for (const route of [...withBody, ...withoutBody].filter((one) => one.includes('…'))) {
    const there = route.replace('…', `/v1/connections/${name}`);
    expectProblem(await attempt(there, bodyOf(route)), 404, 'connection_not_found');
  }
});

test.each(['evt_1', 'evt_zzzzzzzzzzzzzzzzzzzzzzzzzz', '%00', '__proto__'])(
  'the event %s does not exist',
  async (id) => {
    expectProblem(await attempt(`GET …/events/${id}`), 404, 'event_not_found');
    expectProblem(await attempt(`POST …/events/${id}/replay`), 404, 'event_not_found');
  },
);

test.each(every(2, ['run_1', 'evt_1', '%00', '__proto__', 'x'.repeat(2_000)]))(
  'the replay %s does not exist',
  async (id) => {
    for (const method of ['GET', 'DELETE']) {
      expectProblem(await attempt(`${method} …/replays/${id}`), 404, 'replay_not_found');
    }
  },
);

describe.each(['/v1/connections', '…/events'])('GET %s', (path) => {
  test.each(every(3, ['0', '-1', '201', '1.5', '1e1', 'all', '', '1&limit=2', '%00']))(
    'refuses the limit %s',
    async (limit) => {
      expectProblem(await attempt(`GET ${path}?limit=${limit}`), 400, 'invalid_limit');
    },
  );

  const foreign = Buffer.from('2026-03-01T12:00:00.000Z#evt_1').toString('base64url');
  test.each(every(3, ['', 'x', 'bm9w=', '%00', '..%2f', foreign, 'x'.repeat(3_000)]))(
    'refuses the cursor %s',
    async (cursor) => {
      expectProblem(await attempt(`GET ${path}?cursor=${cursor}`), 400, 'invalid_cursor');
    },
  );

  test.each(['page=2', 'Limit=1', '__proto__=1', '=', '%zz'])('refuses the query %s', async (query) => {
    expectProblem(await attempt(`GET ${path}?${query}`), 400, 'invalid_request');
  });
});

test.each(['from=yesterday', 'to=2026-13-01T00:00:00Z', 'from=2026-03-01', 'order=up', 'order=asc&order=desc'])(
  'the list of events refuses the query %s',
  async (query) => expectProblem(await attempt(`GET …/events?${query}`), 400, 'invalid_request'),
);
