import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type JournalSpan,
  numberIn,
  type ReadLimit,
  readSpan,
  textIn,
} from '../../../../shared/ground/aws/journal-span.ts';
import { count } from '../../../support/full-counts.ts';
import { givenJournal } from '../../operators/journal/given-journal.ts';

const { client, table, sent, store } = givenJournal();

/** Reads a span of the partition `p`. @returns the sort keys found, and whether they are all */
async function read(span: Partial<JournalSpan>, limit: ReadLimit = {}) {
  const whole = { pk: 'p', least: '', greatest: '~', order: 'asc' } as const;
  const { items, complete } = await readSpan(client, table, { ...whole, least: ' ', ...span }, limit);
  return { keys: items.map(({ sk }) => sk?.S ?? ''), complete };
}

const storeAll = async (keys: string, pk = 'p') => {
  for (const sk of keys) await store(pk, sk);
};

test('an item that lacks an attribute has an empty text and the number 0 for it', () => {
  const item = { sk: { S: 'a' }, count: { N: '3' } };
  expect([textIn(item, 'sk'), textIn(item, 'at'), textIn(item, 'count')]).toEqual(['a', '', '']);
  expect([numberIn(item, 'count'), numberIn(item, 'events'), numberIn(item, 'sk')]).toEqual([3, 0, 0]);
});

describe('a span', () => {
  test('has the keys between its ends, both included, in its order', async () => {
    await storeAll('abcde');
    await storeAll('c', 'q');
    expect(await read({ least: 'b', greatest: 'd' })).toEqual({ keys: ['b', 'c', 'd'], complete: true });
    expect(await read({ least: 'b', greatest: 'd', order: 'desc' })).toEqual({ keys: ['d', 'c', 'b'], complete: true });
    expect(await read({ least: 'c', greatest: 'c' })).toEqual({ keys: ['c'], complete: true });
    expect(await read({ least: 'x' })).toEqual({ keys: [], complete: true });
  });

  // DynamoDB refuses such a query.
  test('is empty if its ends are in the wrong order', async () => {
    await storeAll('abc');
    expect(await read({ least: 'c', greatest: 'b' })).toEqual({ keys: [], complete: true });
  });

  test('is read up to the limit, and is then not complete', async () => {
    await storeAll('abc');
    expect(await read({}, { items: 2 })).toEqual({ keys: ['a', 'b'], complete: false });
    expect(await read({}, { items: 3 })).toMatchObject({ keys: ['a', 'b', 'c'] });
    expect(await read({}, { items: 4 })).toEqual({ keys: ['a', 'b', 'c'], complete: true });
  });

  test('is read strongly consistent only if it says so', async () => {
    await read({});
    await read({ consistent: true });
    const queries = sent.filter(({ name }) => name === 'Query').slice(-2);
    expect(queries.map(({ input }) => input)).toMatchObject([{ ConsistentRead: false }, { ConsistentRead: true }]);
  });

  // `count` and `at` are reserved words.
  test('has only the attributes that it asks for, and the sort key', async () => {
    await store('p', 'a', { count: { N: '1' }, at: { S: 'noon' }, text: { S: 'long' } });
    const span = { pk: 'p', least: 'a', greatest: 'b', order: 'asc' } as const;
    const { items } = await readSpan(client, table, { ...span, only: ['count', 'at'] }, {});
    expect(items).toEqual([{ sk: { S: 'a' }, count: { N: '1' }, at: { S: 'noon' } }]);
    const all = await readSpan(client, table, span, {});
    expect(all.items).toEqual([
      { pk: { S: 'p' }, sk: { S: 'a' }, count: { N: '1' }, at: { S: 'noon' }, text: { S: 'long' } },
    ]);
  });
});

// A page of DynamoDB has 1 MB: three of these items.
test('a span of several pages is read to its end, or up to the limit', async () => {
  for (const sk of 'abcde') await store('p', sk, { text: { S: 'x'.repeat(390_000) } });
  const all = [...'abcde'];
  expect(await read({})).toEqual({ keys: all, complete: true });
  expect(await read({ order: 'desc' })).toEqual({ keys: all.toReversed(), complete: true });
  expect(await read({}, { items: 4 })).toEqual({ keys: [...'abcd'], complete: false });
  expect(await read({}, { pages: 1 })).toEqual({ keys: [...'abc'], complete: false });
  expect(await read({}, { pages: 2 })).toEqual({ keys: all, complete: true });
  expect(await read({}, { pages: 0 })).toEqual({ keys: [], complete: false });
});

test('each page of a span is asked for the same', async () => {
  for (const sk of 'abcde') await store('p', sk, { text: { S: 'x'.repeat(390_000) } });
  const before = sent.length;
  await read({ least: 'a', greatest: 'e', order: 'desc', consistent: true, only: ['text'] });
  const page = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :least AND :greatest',
    ExpressionAttributeValues: { ':pk': { S: 'p' }, ':least': { S: 'a' }, ':greatest': { S: 'e' } },
    ProjectionExpression: 'sk, #a0',
    ExpressionAttributeNames: { '#a0': 'text' },
    ConsistentRead: true,
    ScanIndexForward: false,
  };
  const next = { ...page, ExclusiveStartKey: { pk: { S: 'p' }, sk: { S: 'c' } } };
  expect(sent.slice(before).map(({ input }) => input)).toEqual([page, next]);
});

test('a span has the keys that a sorted list has between its ends', async () => {
  await storeAll('bdfhj');
  const letter = fc.constantFrom(...'abcdefghijk');
  const order = fc.constantFrom('asc' as const, 'desc' as const);
  await fc.assert(
    fc.asyncProperty(letter, letter, order, async (least, greatest, order) => {
      const between = [...'bdfhj'].filter((each) => least <= each && each <= greatest);
      const expected = order === 'asc' ? between : between.toReversed();
      expect(await read({ least, greatest, order })).toEqual({ keys: expected, complete: true });
    }),
    { numRuns: count({ usual: 10, full: 30 }) },
  );
});
