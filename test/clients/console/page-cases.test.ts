/** Whoever reads a list of the console to its end does so with pages of one item. `page-readers.test.ts` finds the readers. */
import { expect, test } from '@jest/globals';
import { search } from '../../../clients/console/events/event-pages.ts';
import { noView } from '../../../clients/console/events/event-request.ts';
import { neighbourOf } from '../../../clients/console/events/neighbours.ts';
import { begunSearch, searchPages } from '../../../clients/console/events/search-pages.ts';
import { readRejections } from '../../../clients/console/rejections/rejection-totals.ts';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { answerOfOne, asked } from '../../support/pages-of-one.ts';

const receivedAt = '2026-03-01T12:00:00.000Z';
const items = ['a', 'b', 'c'].map((id) => ({ id, receivedAt, type: id }));
const call = async (_: string, { query, body }: { query?: { cursor?: string }; body?: { cursor?: string } }) => ({
  ...answerOfOne(items, ({ id }) => id, query?.cursor ?? body?.cursor),
  ...{ examined: 2, skipped: {}, upTo: 'now' },
});
const api = { call } as unknown as ApiClient;
/** All pages but the last are empty. */
const rare = {
  call: async (...request: Parameters<typeof call>) => {
    const page = await call(...request);
    return { ...page, items: page.nextCursor === null ? page.items : [] };
  },
} as unknown as ApiClient;

/** What each of them makes of three items, and what it has to be. */
const cases: Record<string, () => Promise<[found: unknown, expected: unknown]>> = {
  'clients/console/events/event-pages.ts search': async () => [
    await search(rare, 'orders', noView),
    { items: [items[2]], nextCursor: null, examined: 2, skipped: {}, upTo: 'now' },
  ],
  'clients/console/events/neighbours.ts neighbourOf': async () => [
    await neighbourOf(api, 'orders', { id: 'a', receivedAt }, 'newer', 'c'),
    items[2],
  ],
  'clients/console/events/search-pages.ts searchPages': async () => {
    const found: unknown[] = [];
    for await (const each of searchPages(api, 'orders', begunSearch(noView), { pages: 4, items: 4 }))
      found.push([each.items.map(({ id }) => id), each.examined, each.nextCursor]);
    return [
      found,
      [
        [['a'], 2, 'after a'],
        [['a', 'b'], 4, 'after b'],
        [['a', 'b', 'c'], 6, null],
      ],
    ];
  },
  'clients/console/rejections/rejection-totals.ts readRejections': async () => [
    await readRejections(api, 'orders', receivedAt),
    items,
  ],
};

test.each(Object.entries(cases))('%s reads all of pages of one', async (_, run) => {
  asked.length = 0;
  const [found, expected] = await run();
  expect([found, asked]).toEqual([expected, [undefined, 'after a', 'after b']]);
});
