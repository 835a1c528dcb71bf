/** What a server shows with `--connection` and `--no-bodies`: tool by tool, what an answer lacks. */
import { describe, expect, test } from '@jest/globals';
import { limitedApi } from '../../../clients/mcp/limited-api.ts';
import { modes } from '../../../clients/mcp/tool.ts';
import type { RouteKey } from '../../../shared/operators/api/routes.ts';
import { anAgent, anApi } from './given-agent.ts';
import { answers, connection, delivery, event, examples } from './samples.ts';

const list = answers['GET /v1/destinations/{name}/deliveries'] as { items: Record<string, unknown>[] };
const [row = {}] = list.items;
const ofOther = { ...row, connection: 'payments', id: 'dlv_evt_other_1_paid_0' };
const [destination] = (answers['GET /v1/destinations'] as { items: object[] }).items;
const [listed] = (answers['GET /v1/connections'] as { items: object[] }).items;

/** `orders` leads to `shop`; `payments` to `bank`, and to `shop` too. */
const both: Partial<Record<RouteKey, unknown>> = {
  ...answers,
  'GET /v1/connections': { items: [listed, { ...listed, name: 'payments' }], nextCursor: null },
  'GET /v1/connections/{name}': ({ params }: { params: { name: string } }) => ({ ...connection, name: params.name }),
  'GET /v1/destinations': { items: [destination, { ...destination, name: 'bank' }], nextCursor: null },
  'GET /v1/destinations/{name}/deliveries': { items: [ofOther, row, ofOther], nextCursor: null },
};

/** An agent that sees `orders` alone. */
const limited = async (more: Partial<Record<RouteKey, unknown>> = {}) => {
  const { api, asked } = anApi({ ...both, ...more });
  const agent = await anAgent(limitedApi(api, new Set(['orders'])), modes);
  return { ...agent, asked };
};
const namesIn = (answer: Record<string, unknown> | undefined, field: string) => {
  const items = (answer?.['items'] ?? []) as Record<string, unknown>[];
  return items.map((item) => item[field]);
};

describe('with --connection orders', () => {
  test('the lists have what is of orders, and no more', async () => {
    const { call } = await limited();
    const [connections, destinations, deliveries] = await Promise.all([
      call('list_connections'),
      call('list_destinations'),
      call('list_deliveries', { destination: 'shop' }),
    ]);
    expect(namesIn(connections.answer, 'name')).toEqual(['orders']);
    expect(namesIn(destinations.answer, 'name')).toEqual(['shop']);
    expect(namesIn(deliveries.answer, 'id')).toEqual([delivery]);
  });

  test('how a shared destination is says nothing of the deliveries of others', async () => {
    const { call } = await limited();
    const { answer } = await call('get_destination', { destination: 'shop' });
    expect(answer?.['health']).toEqual({
      state: 'failing',
      since: '2026-03-01T12:00:00.000Z',
      lastFailing: { from: '2026-03-01T12:00:00.000Z', until: '2026-03-01T12:00:00.000Z' },
    });
  });

  test.each([
    ['get_destination', { destination: 'bank' }, 'There is no destination with this name.'],
    ['list_deliveries', { destination: 'bank' }, 'There is no destination with this name.'],
    ['get_delivery', { delivery: 'dlv_evt_other_1_paid_0' }, 'There is no delivery with this id.'],
    ['get_statistics', { by: 'day' }, 'This server shows some connections alone. Name one of them: orders.'],
  ])('%s of another is answered as what is not there', async (tool, args, said) => {
    const { call } = await limited({ 'GET /v1/deliveries/{id}': { ...ofOther, history: [] } });
    expect(await call(tool, args)).toMatchObject({ isError: true, text: said });
  });

  test('every tool that takes a connection refuses another one, and asks nothing', async () => {
    const { call, asked } = await limited();
    const tools = Object.entries(examples).filter(([, args]) => args['connection'] === 'orders');
    expect(tools.length).toBeGreaterThan(15);
    for (const [tool, args] of tools)
      expect([tool, (await call(tool, { ...args, connection: 'payments' })).text]).toEqual([
        tool,
        'There is no connection with this name.',
      ]);
    expect(asked).toEqual([]);
  });

  test.each(['bank', 'nowhere'])('no rule leads to %s, and nothing is set', async (to) => {
    const { call, asked } = await limited();
    const rules = [
      { id: 'paid', to: 'shop' },
      { id: 'more', to },
    ];
    const { isError, text } = await call('set_routes', { connection: 'orders', version: 7, mode: 'all', rules });
    expect([isError, text]).toEqual([true, 'There is no destination with this name.']);
    expect(asked.map(({ key }) => key)).toEqual(['GET /v1/connections/{name}/routes']);
  });

  test('a page is filled from several, and its cursor names no event of another', async () => {
    const pages = [
      { items: [ofOther, ofOther], nextCursor: Buffer.from('payments evt_other').toString('base64url') },
      { items: [row], nextCursor: 'second' },
      { items: [{ ...row, id: 'dlv_evt_b_1_paid_0' }], nextCursor: null },
    ];
    const { call, asked } = await limited({ 'GET /v1/destinations/{name}/deliveries': () => pages.shift() });
    const first = await call('list_deliveries', { destination: 'shop', limit: 1 });
    expect([namesIn(first.answer, 'id'), first.answer?.['nextCursor']]).toEqual([
      [delivery],
      expect.stringMatching(/^page_[0-9a-f]{16}$/),
    ]);
    const second = await call('list_deliveries', {
      destination: 'shop',
      limit: 1,
      cursor: first.answer?.['nextCursor'],
    });
    expect([namesIn(second.answer, 'id'), second.answer?.['nextCursor']]).toEqual([['dlv_evt_b_1_paid_0'], null]);
    expect(asked.at(-1)?.request).toMatchObject({ query: { limit: '1', cursor: 'second' } });
    expect((await call('list_deliveries', { destination: 'shop', cursor: 'second' })).isError).toBe(true);
  });

  test('a destination does not show the routes of other connections', async () => {
    const { api, asked } = anApi(answers);
    const request = { params: { name: 'shop' }, query: { include: 'routes' as const } };
    await limitedApi(api, new Set(['orders'])).call('GET /v1/destinations/{name}', request);
    expect(asked.at(-1)).toEqual({
      key: 'GET /v1/destinations/{name}',
      request: { params: { name: 'shop' }, query: {} },
    });
  });

  test('a request that nobody has named is refused', async () => {
    const { api } = anApi(answers);
    const call = limitedApi(api, new Set(['orders'])).call('GET /v1/operators');
    await expect(call).rejects.toThrow('This server shows some connections alone.');
  });
});

describe('with --no-bodies', () => {
  test('there is no tool for bodies, and no answer has what a receiver wrote', async () => {
    const { api } = anApi(answers);
    const { client, call } = await anAgent(api, modes, { noBodies: true });
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(['get_event', 'get_event_body'].filter((name) => names.includes(name))).toEqual(['get_event']);
    const [many, one] = await Promise.all([
      call('list_deliveries', { destination: 'shop' }),
      call('get_delivery', { delivery }),
    ]);
    expect([many.text, one.text].filter((text) => text.includes('"answer"'))).toEqual([]);
    expect([many.isError, one.isError]).toEqual([false, false]);
    await client.close();
  });

  test('without it, an admin reads what a receiver wrote, fenced', async () => {
    const { call } = await anAgent(anApi(answers).api);
    const { answer } = await call('get_delivery', { delivery });
    expect(answer).toMatchObject({ last: { answer: expect.stringMatching(/^<untrusted-/) } });
  });

  test('an expression that failed at a value of the body does not show it', async () => {
    const key = 'GET /v1/deliveries/{id}';
    const failed = { ...(answers[key] as object), status: 'given_up', reason: 'transform_error', cause: 'at “4711”' };
    const causeOf = async (noBodies: boolean) => {
      const { call } = await anAgent(anApi({ ...answers, [key]: failed }).api, ['read'], { noBodies });
      return (await call('get_delivery', { delivery })).answer?.['cause'];
    };
    expect(await causeOf(true)).toBeUndefined();
    expect(await causeOf(false)).toMatch(/4711/);
  });

  test('whoever asked for a delivery, or redelivered it, is told, and the next attempt', async () => {
    const { call } = await anAgent(anApi(answers).api);
    const by = 'op_00000000-0000-4000-8000-000000000000';
    const told = {
      ...{ redelivered: { times: 1, by }, asked: { by, at: expect.any(String) } },
      nextAttemptAt: expect.stringMatching(/^2026-/),
    };
    expect((await call('get_delivery', { delivery })).answer).toMatchObject(told);
    expect((await call('list_deliveries', { destination: 'shop' })).answer).toMatchObject({ items: [told] });
  });

  test('the events that came are still found by what their bodies have', async () => {
    const { call } = await anAgent(anApi(answers).api, ['read'], { noBodies: true });
    const { answer } = await call('search_events', { connection: 'orders', contains: 'paid' });
    expect(namesIn(answer, 'id')).toEqual([event]);
    const place = { in: 'body', at: expect.stringMatching(/^<untrusted-/) };
    expect(answer?.['items']).toMatchObject([{ places: [place] }]);
    expect(answer?.['items']).not.toMatchObject([{ places: [{ text: expect.anything() }] }]);
  });
});
