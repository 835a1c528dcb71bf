/** Which requests each tool makes: every argument of it reaches one of them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { modes } from '../../../clients/mcp/tool.ts';
import { allTools } from '../../../clients/mcp/tools.ts';
import { type Agent, anAgent, anApi } from './given-agent.ts';
import { answers, delivery, event } from './samples.ts';

const [from, to] = ['2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z'];
const run = 'run_00000000-0000-4000-8000-000000000000';
const [connection, params] = [{ connection: 'orders' }, { name: 'orders' }];
const healthAsked: [string, object] = ['GET /v1/destinations/{name}/health', { params: { name: 'shop' } }];
const page = { limit: 7, cursor: 'c2' };
const pageQuery = { limit: '7', cursor: 'c2' };
const at = '/v1/connections/{name}';
const rules = [
  { id: 'paid', when: { type: ['paid'] }, transform: '$', to: 'shop' },
  { id: 'rest', to: 'shop' },
];

/** By tool: all its arguments, and the requests in their order. */
const requests: Readonly<Record<string, [args: Record<string, unknown>, ...asked: [key: string, request: object][]]>> =
  {
    list_connections: [page, ['GET /v1/connections', { query: { ...pageQuery, include: 'stats' } }]],
    get_connection: [connection, [`GET ${at}`, { params }]],
    list_events: [
      { ...connection, ...page, from, to, type: 'paid' },
      [`GET ${at}/events`, { params, query: { ...pageQuery, from, to, type: 'paid' } }],
    ],
    get_event: [
      { ...connection, event },
      [`GET ${at}/events/{id}`, { params: { ...params, id: event } }],
      [`GET ${at}/events/{id}/timeline`, { params: { ...params, id: event } }],
    ],
    get_event_headers: [{ ...connection, event }, [`GET ${at}/events/{id}`, { params: { ...params, id: event } }]],
    get_event_body: [
      { ...connection, event, maxBytes: 5 },
      [`GET ${at}/events/{id}`, { params: { ...params, id: event } }],
    ],
    search_events: [
      { ...connection, match: { type: ['a'] }, contains: 'b', from, to, cursor: 'c2' },
      [`POST ${at}/events/search`, { params, body: { match: { type: ['a'] }, contains: 'b', from, to, cursor: 'c2' } }],
    ],
    // Nothing waits: the first list has the event. test/clients/mcp/wait.test.ts has the other arguments.
    wait_for_events: [
      { ...connection, type: '*', match: { size: [46] }, count: 1, lookBackSeconds: 0, timeoutSeconds: 1 },
      [`GET ${at}/events`, { params, query: { limit: '1', order: 'desc' } }],
      [`GET ${at}/events`, { params, query: { limit: '200', order: 'desc', from: '2026-03-01T12:00:15.000Z' } }],
      [`GET ${at}/events/{id}`, { params: { ...params, id: event } }],
    ],
    list_rejections: [
      { ...connection, ...page, from, to, deliveryId: 'order-7' },
      [`GET ${at}/rejections`, { params, query: { ...pageQuery, from, to, deliveryId: 'order-7' } }],
    ],
    list_history: [{ ...connection, ...page }, [`GET ${at}/history`, { params, query: pageQuery }]],
    get_statistics: [
      { ...connection, from, to, by: 'day' },
      [`GET ${at}/stats`, { params, query: { from, to, by: 'day' } }],
    ],
    list_providers: [{}, ['GET /v1/providers', {}]],
    get_provider: [{ provider: 'github' }, ['GET /v1/providers/{id}', { params: { id: 'github' } }]],
    check_deployment: [{}],
    get_routes: [connection, [`GET ${at}/routes`, { params }]],
    set_routes: [
      { ...connection, version: 7, mode: 'first', rules },
      [`PUT ${at}/routes`, { params, body: { mode: 'first', rules }, ifMatch: 7 }],
    ],
    list_destinations: [page, ['GET /v1/destinations', { query: pageQuery }], healthAsked],
    get_destination: [
      { destination: 'shop' },
      ['GET /v1/destinations/{name}', { params: { name: 'shop' } }],
      healthAsked,
    ],
    list_deliveries: [
      { destination: 'shop', ...page, status: 'given_up' },
      [
        'GET /v1/destinations/{name}/deliveries',
        { params: { name: 'shop' }, query: { ...pageQuery, status: 'given_up' } },
      ],
    ],
    get_delivery: [{ delivery }, ['GET /v1/deliveries/{id}', { params: { id: delivery } }]],
    plan_replay: [
      { ...connection, from, to, type: 'paid' },
      [`POST ${at}/replays`, { params, body: { from, to, type: 'paid', dryRun: true } }],
    ],
    get_replay: [{ ...connection, replay: run }, [`GET ${at}/replays/{id}`, { params: { ...params, id: run } }]],
    // Without the plan. test/clients/mcp/replays.test.ts has the requests of one that is there.
    replay_events: [{ planId: 'plan_0123456789abcdef', count: 1, ratePerSecond: 1 }],
    ...Object.fromEntries(
      ['activate', 'deactivate', 'release', 'hold'].map((verb) => [
        `${verb}_endpoint`,
        [{ ...connection, version: 7 }, [`POST ${at}/endpoint/${verb}`, { params, ifMatch: 7 }]],
      ]),
    ),
    send_test: [
      { ...connection, type: 'push', event },
      [`POST ${at}/endpoint/test`, { params, body: { type: 'push', eventId: event } }],
    ],
  };

test('each tool is here, with each of its arguments', () => {
  const argumentsOf = allTools.map(({ name, input }) => [name, Object.keys(input.shape).sort()]);
  expect(Object.entries(requests).map(([name, [args]]) => [name, Object.keys(args).sort()])).toEqual(argumentsOf);
});

const deployment = anApi(answers);
let agent: Agent;
beforeAll(async () => {
  agent = await anAgent(deployment.api, modes);
});
afterAll(() => agent.client.close());

test.each(Object.entries(requests))('%s', async (name, [args, ...wanted]) => {
  const before = deployment.asked.length;
  await agent.call(name, args);
  expect(deployment.asked.slice(before).map(({ key, request }) => [key, request])).toEqual(wanted);
});

test('without an event, the sample of the sender is sent', async () => {
  for (const what of [{}, { type: 'push' }]) {
    await agent.call('send_test', { ...connection, ...what });
    expect(deployment.asked.at(-1)?.request).toEqual({ params, body: { ...what, sample: true } });
  }
});

test('the statistics of all connections are asked for without a name, and say until when they count', async () => {
  const { api, asked } = anApi(answers);
  const { call } = await anAgent(api);
  const { answer } = await call('get_statistics', { by: 'hour' });
  expect([asked, answer?.['asOf']]).toEqual([
    [{ key: 'GET /v1/stats', request: { query: { by: 'hour' } } }],
    '2026-03-01T12:00:00.000Z',
  ]);
});
