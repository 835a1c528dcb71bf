import { describe, expect, test } from '@jest/globals';
import { splitItemsOf } from '../../../shared/bus/split-items.ts';
import { generateToken } from '../../../shared/credential/token.ts';
import { presets } from '../../../shared/provider/presets.ts';
import {
  batchSchema,
  maxSplitItems,
  objectionToSplit,
  splitInForce,
  splitSchema,
} from '../../../shared/settings/split.ts';

const preset = { items: '/events', id: '/id' };
const own = { items: '', type: '/kind' };

test('an endpoint is split by what it names, or by what is known of its sender', () => {
  expect([splitInForce(false, preset), splitInForce(true, preset), splitInForce(own, preset)]).toEqual([
    undefined,
    preset,
    own,
  ]);
  expect([splitInForce(true, undefined), splitInForce(own, undefined)]).toEqual([undefined, own]);
  expect([
    objectionToSplit(true, preset),
    objectionToSplit(false, undefined),
    objectionToSplit(own, undefined),
  ]).toEqual([undefined, undefined, undefined]);
  expect(objectionToSplit(true, undefined)).toMatch(
    /^The preset of this provider does not say where .*Name the pointers, such as/,
  );
});

test.each([
  { items: 'events' },
  { items: '/' },
  { items: null },
  { id: '/id' },
  { items: '', id: '' },
  { items: '', more: '/a' },
  { items: `/${'x'.repeat(128)}` },
  'true',
  null,
])('%j does not say where items are', (value) => {
  expect(splitSchema.safeParse(value).success).toBe(false);
});

test('what says where items are is kept as it is', () => {
  expect(batchSchema.parse(own)).toEqual(own);
});

const batches = Object.entries(presets).flatMap(([id, preset]) =>
  'batch' in preset ? [[id, preset.batch] as const] : [],
);

test.each(batches)('what is known of the items of %s can be read by the relay', (_, batch) => {
  expect(batchSchema.parse(JSON.parse(JSON.stringify(batch)))).toEqual(batch);
});

describe('the items of a body', () => {
  test('have their own texts, ids and types', () => {
    const text = '{"events":[{"id":12345678901234567890,"e":{"t":"a.b"}}, {"id":"x", "n":1e400} ,7]}';
    expect(splitItemsOf(text, { items: '/events', id: '/id', type: '/e/t' })).toEqual([
      { text: '{"id":12345678901234567890,"e":{"t":"a.b"}}', id: '12345678901234567890', type: 'a.b' },
      { text: '{"id":"x", "n":1e400}', id: 'x', type: undefined },
      { text: '7', id: undefined, type: undefined },
    ]);
  });

  test('bear no token, and no more than can be shown', () => {
    const item = { id: `a${generateToken('hle')}`, type: ` ${'é'.repeat(200)}` };
    const [found] = splitItemsOf(JSON.stringify([item]), { items: '', id: '/id', type: '/type' }) ?? [];
    expect([found?.id, found?.type]).toEqual(['aREDACTED', 'é'.repeat(128)]);
  });

  test.each<[string, string, string]>([
    ['no list', '{"events":{}}', '/events'],
    ['nothing there', '{}', '/events'],
    ['an empty list', '{"events":[]}', '/events'],
    ['a list within a text', '{"events":"[1]"}', '/events'],
    ['a list that is an object', '{"a":1}', ''],
    ['more than can be carried in one run', `[${'1,'.repeat(maxSplitItems)}1]`, ''],
  ])('are none with %s', (_, text, items) => {
    expect(splitItemsOf(text, { items })).toBeUndefined();
  });

  test('can be as many as that', () => {
    expect(splitItemsOf(`[1${',1'.repeat(maxSplitItems - 1)}]`, { items: '' })).toHaveLength(maxSplitItems);
  });

  test('can be nested as deep as JSON can', () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(splitItemsOf(`[${deep}]`, { items: '', id: '/0' })?.map(({ text }) => text)).toEqual([deep]);
  });
});
