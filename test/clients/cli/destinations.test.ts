/** The commands for destinations: what each sends, and what it prints. */
import { expect, test } from '@jest/globals';
import { type Asked, aDeployment, aDestination, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const at = '2026-03-01T12:00:00.000Z';
const secrets = { secret: 'whsec_new', previous: { secret: 'whsec_old', expiresAt: '2026-03-02T12:00:00.000Z' } };
const delivered = { delivered: true, id: 'test_1', ms: 12, status: 204, answer: 'thanks' };
const line = { version: 3, verb: 'edit', by: 'op_1', at, settings: ['headers', 'url'], requestId: 'r1' };

const health = {
  ...{ state: 'well', waiting: { count: 3, isMore: false }, nextAttemptAt: at },
  alone: { count: 1, id: 'dlv_1', since: at, attempts: 4, wrong: { at, what: 'answered 500' }, nextAttemptAt: at },
};

const routes = [
  { connection: 'books', rules: ['all'] },
  { connection: 'orders', rules: ['paid', 'sent'] },
];

function reply({ method, path, query }: Asked, tested: object): Response {
  if (path.endsWith('/test')) return answered(tested);
  if (path.endsWith('/secret') || path.endsWith('/rotate')) return answered(secrets);
  if (path.endsWith('/health')) return answered(health);
  if (path.endsWith('/history')) return answered({ items: [line], nextCursor: null });
  if (method === 'DELETE') return new Response(null, { status: 204 });
  return path === '/v1/destinations' && method === 'GET'
    ? answered({ items: [aDestination()], nextCursor: null })
    : answered({ ...aDestination(), ...(query['include'] === 'routes' && { routes }) });
}

async function run(
  args: string[],
  { tested = delivered as object, ...given }: Record<string, unknown> & { tested?: object } = {},
) {
  const asked: Asked[] = [];
  const { fetch } = aDeployment((one) => {
    asked.push(one);
    return reply(one, tested);
  });
  const result = await hooklatch(['destinations', ...args], { env, fetch, ...given });
  return { ...result, asked: asked.map(({ method, path, body }) => [method, path, ...(body === null ? [] : [body])]) };
}

const shop = '/v1/destinations/shop';
/** By it, the command sees whether a stack manages the destination. */
const look = ['GET', shop];
const file = JSON.stringify({ url: 'https://shop.example.com/in', auth: { kind: 'bearer', token: 'a token' } });

test.each<[string, string[], unknown[], RegExp[], unknown[]?]>([
  [
    'list',
    ['list'],
    ['GET', '/v1/destinations'],
    [
      /shop +paused +well, 1 failing +2026-03-01T12:00:00.000Z +3 +https:\/\/shop\.example\.com +POST +bearer +the shop/,
    ],
    ['GET', '/v1/destinations/shop/health'],
  ],
  [
    'show',
    ['show', 'shop'],
    ['GET', shop],
    [
      /headers +x-key, x-team/,
      /routes +books \(all\), orders \(paid, sent\)/,
      /status +paused since 2026-03-01T11:00:00.000Z/,
      /rate +at most 100 per minute/,
      /concurrency +at most 4 at once/,
      /gives up +after 48 hours/,
      /schedule +30s, 5m, the last one again and again/,
      /retry on +408, 5xx/,
      /previous +signs too until 2026-03-02T12:00:00.000Z/,
      /health +well$/m,
      /fails alone +one delivery since 2026-03-01T12:00:00.000Z: answered 500 \(2026-03-01T12:00:00.000Z\), dlv_1/,
    ],
    ['GET', `${shop}/health`],
  ],
  [
    'create',
    ['create', 'shop', '--url', 'https://shop.example.com/in', '--method', 'PUT', '--timeout-seconds', '5'],
    [
      'POST',
      '/v1/destinations',
      { name: 'shop', url: 'https://shop.example.com/in', method: 'PUT', timeoutSeconds: 5 },
    ],
    [/auth +bearer/],
  ],
  ['edit', ['edit', 'shop', '--description', 'x'], look, [/version +4/], ['PATCH', shop, { description: 'x' }]],
  ['pause', ['pause', 'shop'], ['POST', `${shop}/pause`, {}], [/^Paused shop\.$/m]],
  ['resume', ['resume', 'shop'], look, [/^Resumed shop\.$/m], ['POST', `${shop}/resume`, {}]],
  ['attempt', ['attempt', 'shop'], ['POST', `${shop}/attempt`, {}], [/^All that waits is attempted: shop\.$/m]],
  ['test', ['test', 'shop'], ['POST', `${shop}/test`, {}], [/delivered/, /204/, /12 ms/, /thanks/]],
  ['reveal', ['reveal', 'shop'], ['GET', `${shop}/secret`], [/whsec_new/, /whsec_old until 2026-03-02/]],
  [
    'rotate',
    ['rotate', 'shop', '--grace-seconds', '60'],
    look,
    [/^Rotated the secret of shop\.$/m],
    ['POST', `${shop}/secret/rotate`, { graceSeconds: 60 }],
  ],
  ['delete', ['delete', 'shop', '--yes'], look, [/Deleted the destination shop\./], ['DELETE', shop]],
  [
    'delete --force',
    ['delete', 'shop', '--yes', '--force'],
    look,
    [/Deleted the destination shop\./],
    ['DELETE', shop],
  ],
  ['history', ['history', 'shop'], ['GET', `${shop}/history`], [/op_1 +edit +headers, url/]],
])('%s sends its request, and prints the answer', async (_, args, request, printed, ...more) => {
  const { code, out, asked } = await run(args);
  expect([code, asked]).toEqual([0, [request, ...more]]);
  expect(printed.map((each) => each.test(out))).toEqual(printed.map(() => true));
});

test.each([
  [['--rate', '5/s'], { rate: { perSecond: 5 } }],
  [['--rate', '100/m'], { rate: { perMinute: 100 } }],
  [['--rate', 'none', '--concurrency', 'none'], { rate: null, concurrency: null }],
  [['--schedule', '5s,30m', '--retry-on', '503'], { schedule: [5, 1_800], retryOn: ['503'] }],
  [['--schedule', 'none', '--retry-on', 'none'], { schedule: null, retryOn: null }],
  [['--forward-headers', 'x-a, x-b'], { forwardHeaders: ['x-a', 'x-b'] }],
  [['--forward-headers', 'none'], { forwardHeaders: null }],
  [['--concurrency', '4', '--give-up-after-hours', '12'], { concurrency: 4, giveUpAfterHours: 12 }],
])('edit %j sends %j', async (args, body) => {
  expect(await run(['edit', 'shop', ...args])).toMatchObject({ code: 0, asked: [look, ['PATCH', shop, body]] });
});

test.each(['5', '5/h', '-5/s', '5/s ', '1.5/s', '/s', ''])('the rate %j sends nothing', async (rate) => {
  const { code, err, asked } = await run(['edit', 'shop', '--rate', rate]);
  expect([code, asked]).toEqual([2, []]);
  expect(err).toContain('It must be such as 5/s or 100/m, or none.');
});

test('a schedule that is none sends nothing', async () => {
  const { code, err, asked } = await run(['edit', 'shop', '--schedule', '5']);
  expect([code, asked]).toEqual([2, []]);
  expect(err).toContain('It must be waits such as 30s,5m,1h, or none.');
});

test('create and edit read fields, headers and auth from a file', async () => {
  const stdin = { stdin: file };
  const body = JSON.parse(file);
  expect((await run(['create', 'shop', '--file', '-'], stdin)).asked).toEqual([
    ['POST', '/v1/destinations', { ...body, name: 'shop' }],
  ]);
  expect((await run(['edit', 'shop', '--file', '-', '--method', 'PATCH'], stdin)).asked).toEqual([
    look,
    ['PATCH', shop, { ...body, method: 'PATCH' }],
  ]);
});

test.each([
  [['create', 'shop'], 'Say where requests go: --url, or url in the file.'],
  [['edit', 'shop'], 'Say what to change, such as --url or --file.'],
  [['edit', 'shop', '--url', 'https://a.example/', '--file', '-'], 'url is in the file, and an option says it too.'],
])('%j sends nothing, and says what is missing', async (args, text) => {
  const { code, err, asked } = await run(args, { stdin: file });
  expect([code, asked]).toEqual([2, []]);
  expect(err).toContain(text);
});

test('resume says by its exit code that a destination is not paused, and changes nothing', async () => {
  const asked: Asked[] = [];
  const { fetch } = aDeployment((one) => {
    asked.push(one);
    return answered(aDestination({ status: 'active' }));
  });
  const { code, out, err } = await hooklatch(['destinations', 'resume', 'shop'], { env, fetch });
  expect([code, out, asked.map(({ method }) => method)]).toEqual([5, '', ['GET']]);
  expect(err).toContain('shop is not paused. To attempt what waits: hooklatch destinations attempt shop');
});

test('a rotation prints no secret, and says until when the previous one signs', async () => {
  const { out, err } = await run(['rotate', 'shop']);
  expect(`${out}${err}`.includes('whsec_')).toBe(false);
  expect(err).toContain('The previous secret signs too until 2026-03-02T12:00:00.000Z.');
});

test('a rotation that ends a secret at once, and a deletion, ask first', async () => {
  for (const args of [
    ['rotate', 'shop', '--grace-seconds', '0'],
    ['rotate', 'shop', '--force'],
    ['delete', 'shop'],
  ]) {
    expect(await run(args)).toMatchObject({ code: 2, asked: [look] });
    expect((await run([...args, '--yes'])).code).toBe(0);
  }
});

test('a test that was not delivered prints why, and exits with 1', async () => {
  const tested = { delivered: false, id: 'test_1', ms: 7, reason: 'dns', detail: 'Nothing came back: no address.' };
  const { code, out } = await run(['test', 'shop'], { tested });
  expect(code).toBe(1);
  expect(out).toMatch(/not delivered/);
  expect(out).toMatch(/Nothing came back: no address\./);
  expect((await run(['test', 'shop'])).code).toBe(0);
});
