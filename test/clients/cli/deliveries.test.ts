/** The commands for deliveries: what each sends, and what it prints. */
import { expect, test } from '@jest/globals';
import { type Asked, aDeployment, aDestination, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const event = `evt_${'0'.repeat(26)}`;
const id = `dlv_${event}_1772366400000_all_0`;
const at = '2026-03-01T12:00:00.000Z';
const delivery = {
  id,
  event,
  connection: 'orders',
  receivedAt: at,
  rule: 'all',
  destination: 'shop',
  status: 'given_up',
  attempts: 14,
  redelivered: { times: 2, by: 'op_1' },
  asked: { by: 'op_2', at },
  nextAttemptAt: '2026-03-01T12:05:00.000Z',
  last: { at, ms: 120, outcome: 'answered', status: 503, answer: 'down' },
};
const history = [
  { attempt: 13, at, ms: 15_000, outcome: 'timeout', cause: 'no answer within 15 s' },
  { attempt: 14, ...delivery.last },
];
const routed = [
  { id, event, connection: 'orders', receivedAt: at, rule: 'all', destination: 'shop', status: 'queued', attempts: 0 },
  {
    id,
    event,
    connection: 'orders',
    receivedAt: at,
    rule: 'big',
    destination: 'bills',
    status: 'not_matched',
    attempts: 0,
  },
];
const health = {
  ...{ state: 'failing', since: '2026-03-01T11:00:00.000Z', nextAttemptAt: at, givenUpAt: at },
  wrong: { at: '2026-03-01T11:59:00.000Z', what: 'answered 503' },
  lastFailing: { from: '2026-03-01T09:00:00.000Z', until: '2026-03-01T09:30:00.000Z' },
  waiting: { count: 2_000, isMore: true, oldest: at },
};

function reply({ path }: Asked): Response {
  if (path.endsWith('/health')) return answered(health);
  if (path.startsWith('/v1/destinations/shop/deliveries')) return answered({ items: [delivery], nextCursor: null });
  if (path.startsWith('/v1/destinations')) return answered(aDestination());
  if (path.startsWith('/v1/connections')) return answered({ items: routed });
  return answered(/\/(redeliver|attempt)$/.test(path) ? { ...delivery, status: 'waiting' } : { ...delivery, history });
}

async function run(...args: string[]) {
  const asked: Asked[] = [];
  const { fetch } = aDeployment((one) => {
    asked.push(one);
    return reply(one);
  });
  const result = await hooklatch(args, { env, fetch });
  return {
    ...result,
    asked: asked.map(({ method, path, query, body }) => [
      method,
      `${path}${new URLSearchParams(query)}`.replace(/(?<=s)(?=limit)/, '?'),
      ...(body === null ? [] : [body]),
    ]),
  };
}

test.each<[string, string[], unknown[], RegExp[]]>([
  [
    'list',
    ['list', 'shop', '--status', 'given_up'],
    ['GET', '/v1/destinations/shop/deliveries?limit=50&status=given_up'],
    [
      /RECEIVED +STATUS +ATTEMPTS +LAST +NEXT +CONNECTION/,
      /2026-03-01T12:00:00.000Z +given up +14 +503 +2026-03-01T12:05:00.000Z +orders +all +dlv_evt_0/,
    ],
  ],
  [
    'of',
    ['of', 'orders', event],
    ['GET', `/v1/connections/orders/events/${event}/deliveries`],
    [/shop +all +queued +0/, /bills +big +not matched +0/],
  ],
  [
    'show',
    ['show', id],
    ['GET', `/v1/deliveries/${id}`],
    [
      /status +given up/,
      /next +2026-03-01T12:05:00.000Z/,
      /asked +by op_2 at 2026-03-01T12:00:00.000Z/,
      /redelivered +2 times, last by op_1/,
      /13 +2026-03-01T12:00:00.000Z +15000 ms +no answer within 15 s/,
      /14 +2026-03-01T12:00:00.000Z +120 ms +503 +down/,
    ],
  ],
  [
    'attempt',
    ['attempt', id],
    ['POST', `/v1/deliveries/${id}/attempt`, {}],
    [/^It is attempted next: hooklatch deliveries show dlv_evt_0/m],
  ],
  [
    'redeliver',
    ['redeliver', id],
    ['POST', `/v1/deliveries/${id}/redeliver`, {}],
    [/^It is on its way: hooklatch deliveries show dlv_evt_0/m],
  ],
])('%s sends its request, and prints the answer', async (_, args, request, printed) => {
  const { asked, code, out } = await run('deliveries', ...args);
  expect(asked).toEqual([request]);
  expect(code).toBe(0);
  expect(printed.map((text) => text.test(out))).toEqual(printed.map(() => true));
});

test('delivered ones are read until a page is short, and the bound is said', async () => {
  const pages = [
    { items: Array(200).fill({ ...delivery, status: 'delivered' }), nextCursor: 'second' },
    { items: [{ ...delivery, status: 'delivered' }], nextCursor: 'third' },
  ];
  const asked: Asked[] = [];
  const { fetch } = aDeployment((one) => {
    asked.push(one);
    return answered(pages[asked.length - 1] ?? { items: [], nextCursor: null });
  });
  const args = ['deliveries', 'list', 'shop', '--status', 'delivered', '--limit', '500'];
  const { code, err } = await hooklatch(args, { env, fetch });
  expect([code, asked.map(({ query }) => query)]).toEqual([
    0,
    [
      { limit: '200', status: 'delivered' },
      { limit: '200', cursor: 'second', status: 'delivered' },
    ],
  ]);
  expect(err).toContain('It looked through about 14,000 deliveries, and there are more.');
  expect(err).toContain('There is more: --cursor third');
});

test('a destination is shown with how it is', async () => {
  const { asked, out } = await run('destinations', 'show', 'shop');
  expect(asked.map(([, path]) => path)).toEqual([
    '/v1/destinations/shopinclude=routes',
    '/v1/destinations/shop/health',
  ]);
  expect(out).toMatch(/health +failing since 2026-03-01T11:00:00.000Z: no attempt has succeeded since/);
  expect(out).toMatch(/went wrong +answered 503 \(2026-03-01T11:59:00.000Z\)/);
  expect(out).toMatch(/next attempt +2026-03-01T12:00:00.000Z/);
  expect(out).toMatch(/given up +the newest of 2026-03-01T12:00:00.000Z/);
  expect(out).toMatch(/last failing +2026-03-01T09:00:00.000Z to 2026-03-01T09:30:00.000Z/);
  expect(out).toMatch(/waiting +2000 or more, the oldest of 2026-03-01T12:00:00.000Z/);
});

test('a destination is shown as JSON with how it is', async () => {
  const { out } = await run('destinations', 'show', 'shop', '--json');
  expect(JSON.parse(out)).toMatchObject({ name: 'shop', health });
});
