import { expect, test } from '@jest/globals';
import { wholeList } from '../../../../shared/operators/api/whole-list.ts';

test('a list is read page after page, each from the cursor of the one before', async () => {
  const asked: object[] = [];
  const items = await wholeList(async (query) => {
    asked.push(query);
    return { items: [asked.length], nextCursor: ['one', 'two', null][asked.length - 1] ?? null };
  });
  expect(items).toEqual([1, 2, 3]);
  expect(asked).toEqual([{ limit: '200' }, { limit: '200', cursor: 'one' }, { limit: '200', cursor: 'two' }]);
});
