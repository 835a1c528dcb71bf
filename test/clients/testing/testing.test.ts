/** What tests of other people wait with: what they get, and what they are told if it does not come. */
import { describe, expect, test } from '@jest/globals';
import {
  ApiError,
  captureDuring,
  hooklatchClient,
  TimeoutError,
  UnreachableError,
  type WaitForOptions,
  waitFor,
  waitForAll,
} from '../../../clients/testing/testing.ts';
import { at } from '../../shared/operators/wait/given-event-list.ts';
import { viewOf } from '../../shared/operators/wait/given-waiting.ts';
import { aDeployment, answered } from '../cli/given-api.ts';

const orders = [1, 2].map((n) => viewOf({ id: `evt_${n}`, arrives: n, delay: 0, type: 'order', body: `{"id":${n}}` }));

/** A deployment whose clock says noon. */
function given({ items = orders as object[], status = 200 } = {}) {
  const { asked, fetch } = aDeployment(({ path }) => {
    if (status !== 200) return answered({ code: 'some_code', detail: 'Why.' }, status);
    const [, , , , , id] = path.split('/');
    if (path.endsWith('/rejections')) return answered({ items: [], nextCursor: null });
    if (id === undefined) return answered({ items, nextCursor: null, upTo: at(-15_000) });
    return answered(orders.find((order) => order.id === id) ?? {});
  });
  return { asked, client: hooklatchClient({ url: 'https://hooks.example.com', token: 'a-token', fetch }) };
}
const wanted = { connection: 'orders', timeoutMs: 0 };

test('waits for one event, or for several in their order', async () => {
  const { client } = given({ items: [...orders].reverse() });
  expect(await waitFor(client, wanted)).toEqual({ ...orders[0], data: { id: 1 } });
  expect(await waitFor(client, { ...wanted, match: { data: { id: [2] } } })).toMatchObject({ id: 'evt_2' });
  expect(await waitForAll(client, { ...wanted, count: 2 })).toMatchObject([{ id: 'evt_1' }, { id: 'evt_2' }]);
});

test.each<[WaitForOptions['since'], string]>([
  [new Date('2026-03-01T11:00:00Z'), '2026-03-01T11:00:00.000Z'],
  ['2026-03-01T11:00:00+02:00', '2026-03-01T09:00:00.000Z'],
])('looks back to %s', async (since, from) => {
  const { client, asked } = given();
  await waitFor(client, { ...wanted, since });
  expect(asked[0]?.query).toMatchObject({ from, order: 'desc' });
});

test('captures what comes from the moment before the run on', async () => {
  const { client, asked } = given();
  const seen: number[] = [];
  const run = async () => void seen.push(asked.length);
  expect(await captureDuring(client, { ...wanted, count: 2 }, run)).toHaveLength(2);
  // The time was asked for before the run, and the events after it.
  expect([seen, asked.map(({ query }) => query['from'])]).toEqual([[1], [undefined, at(0), undefined, undefined]]);
  const failing = () => Promise.reject(new RangeError('the step failed'));
  await expect(captureDuring(client, wanted, failing)).rejects.toThrow(new RangeError('the step failed'));
});

test('an event that does not come is an error that says what came', async () => {
  const { client } = given();
  const error = await waitForAll(client, { ...wanted, count: 2, type: 'order', match: { data: { id: [2] } } }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({
    name: 'TimeoutError',
    events: [{ id: 'evt_2' }],
    missed: {
      others: 1,
      nearMisses: [{ id: 'evt_1', why: 'differs', at: '/data/id', wanted: '[2]', found: '1' }],
      rejections: [],
    },
    message: `Only 1 of 2 events of orders came within 0 s.
1 other event came:
  evt_1 ${at(1)} order: differs at /data/id: wanted [2], found 1
To see it: hooklatch events show orders evt_1
No webhook was refused.`,
  });
});

test('a refused token ends it, and so does an API that does not answer in time', async () => {
  await expect(waitFor(given({ status: 403 }).client, wanted)).rejects.toThrow(ApiError);
  await expect(captureDuring(given({ status: 404 }).client, wanted, () => {})).rejects.toThrow(ApiError);
  const fetch = () => Promise.reject(new TypeError('gone'));
  const client = hooklatchClient({ url: 'https://hooks.example.com', token: 'a-token', fetch });
  await expect(waitFor(client, wanted)).rejects.toThrow(UnreachableError);
});

describe('a connection that is not there is quoted, with the name that may have been meant', () => {
  const withConnections = (names: readonly string[] | undefined) => {
    const { fetch } = aDeployment(({ path }) => {
      if (path !== '/v1/connections') return answered({ code: 'connection_not_found', detail: 'None.' }, 404);
      if (!names) return answered({ code: 'forbidden', detail: 'Not you.' }, 403);
      return answered({ items: names.map((name) => ({ name })), nextCursor: null });
    });
    return hooklatchClient({ url: 'https://hooks.example.com', token: 'a-token', fetch });
  };

  test.each<[readonly string[] | undefined, string]>([
    [['invoices', 'orders'], 'There is no connection “oders”. Did you mean “orders”?'],
    [['invoices'], 'There is no connection “oders”.'],
    [[], 'There is no connection “oders”.'],
    [undefined, 'There is no connection “oders”.'],
  ])('of %j', async (names, message) => {
    const mistyped = { ...wanted, connection: 'oders' };
    const client = withConnections(names);
    await expect(waitFor(client, mistyped)).rejects.toMatchObject({ name: 'ApiError', status: 404, message });
    await expect(captureDuring(client, mistyped, () => {})).rejects.toMatchObject({ status: 404, message });
  });
});

describe('what can not be meant is an error, and nothing is asked', () => {
  test.each<[Partial<WaitForOptions> & { count?: number }, string]>([
    [{ since: '2026-03-01T12:00:00' }, 'a time with its zone'],
    [{ since: new Date('never') }, 'a time with its zone'],
    [{ match: { data: 5 } }, 'must be an array'],
    [{ type: '' }, 'The type is empty.'],
    [{ count: 0 }, 'at least 1'],
    [{ count: 1.5 }, 'at least 1'],
    [{ timeoutMs: Number.NaN }, 'from 0 to a day'],
    [{ timeoutMs: 86_400_001 }, 'from 0 to a day'],
  ])('%j', async (more, text) => {
    const { client, asked } = given();
    await expect(waitForAll(client, { ...wanted, count: 1, ...more })).rejects.toThrow(TypeError);
    await expect(waitForAll(client, { ...wanted, count: 1, ...more })).rejects.toThrow(text);
    expect(asked).toEqual([]);
  });
});
