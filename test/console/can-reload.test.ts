import { expect, test } from '@jest/globals';
import { canReload } from '../../console/shell/can-reload.ts';

const page = `<script type="module" crossorigin src="/console/assets/index-Dck_1.js"></script>
<link rel="modulepreload" crossorigin href="/console/assets/part-B-2.js"><link rel="stylesheet" href="/console/assets/style-3.css">`;

/** A `fetch` that answers what is listed, and has no network for anything else. */
const answering = (answers: Record<string, number>, asked: string[] = []) =>
  (async (url: string, init?: RequestInit) => {
    asked.push(`${url} ${init?.cache}`);
    const status = answers[url];
    if (status === undefined) throw new TypeError('Failed to fetch');
    return new Response(url === 'http://a.test/console/x' ? page : '', { status });
  }) as typeof fetch;

const all = {
  'http://a.test/console/x': 200,
  '/console/assets/index-Dck_1.js': 200,
  '/console/assets/part-B-2.js': 200,
};

test('the page and each script that it names are asked for, past the cache', async () => {
  const asked: string[] = [];
  expect(await canReload('http://a.test/console/x', answering(all, asked))).toBe(true);
  expect(asked).toEqual([
    'http://a.test/console/x no-store',
    '/console/assets/index-Dck_1.js no-store',
    '/console/assets/part-B-2.js no-store',
  ]);
});

test.each<[string, Record<string, number>]>([
  ['without a network', {}],
  ['while the page fails', { ...all, 'http://a.test/console/x': 503 }],
  ['while a script is missing', { ...all, '/console/assets/part-B-2.js': 404 }],
  ['while a script can’t be reached', { 'http://a.test/console/x': 200, '/console/assets/index-Dck_1.js': 200 }],
])('%s, a reload would show nothing', async (_, answers) => {
  expect(await canReload('http://a.test/console/x', answering(answers))).toBe(false);
});

test('a page of something else, such as of a proxy, names no script', async () => {
  const proxy = (async () => new Response('<p>Sign in to the network</p>')) as typeof fetch;
  expect(await canReload('http://a.test/console/x', proxy)).toBe(false);
});
