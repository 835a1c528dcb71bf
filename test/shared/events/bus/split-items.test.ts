import { describe, expect, test } from '@jest/globals';
import { generateToken } from '../../../../shared/endpoints/credential/token.ts';
import { presets } from '../../../../shared/endpoints/provider/presets.ts';
import {
  batchSchema,
  maxSplitItems,
  objectionToSplit,
  splitInForce,
  splitSchema,
} from '../../../../shared/endpoints/settings/split.ts';
import { splitItemsOf, splitItemsOfForm } from '../../../../shared/events/bus/split-items.ts';

const preset = { items: '/events', id: '/id' };
const own = { items: '', type: '/kind' };

test('a split of true uses the pointers of the preset, and pointers in the setting override them', () => {
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
])('%j is not a valid split', (value) => {
  expect(splitSchema.safeParse(value).success).toBe(false);
});

test('a valid split is parsed without a change', () => {
  expect(batchSchema.parse(own)).toEqual(own);
});

const batches = Object.entries(presets).flatMap(([id, preset]) =>
  'batch' in preset ? [[id, preset.batch] as const] : [],
);

test.each(batches)('the preset of %s has a valid split', (_, batch) => {
  expect(batchSchema.parse(JSON.parse(JSON.stringify(batch)))).toEqual(batch);
});

describe('the items of a body', () => {
  test('each have their text, id and type', () => {
    const text = '{"events":[{"id":12345678901234567890,"e":{"t":"a.b"}}, {"id":"x", "n":1e400} ,7]}';
    expect(splitItemsOf(text, { items: '/events', id: '/id', type: '/e/t' })).toEqual([
      { text: '{"id":12345678901234567890,"e":{"t":"a.b"}}', id: '12345678901234567890', type: 'a.b' },
      { text: '{"id":"x", "n":1e400}', id: 'x', type: undefined },
      { text: '7', id: undefined, type: undefined },
    ]);
  });

  test('have the id in JSON inside a string, as it is or as a number', () => {
    const items = ['{"id":7}', '{"id":"x"}'].map((inner) => ({ e: inner }));
    const found = splitItemsOf(JSON.stringify(items), { items: '', id: '/e/id' });
    expect(found?.map(({ id }) => id)).toEqual(['7', 'x']);
  });

  test('have ids without tokens, and types of at most 128 characters', () => {
    const item = { id: `a${generateToken('hle')}`, type: ` ${'é'.repeat(200)}` };
    const [found] = splitItemsOf(JSON.stringify([item]), { items: '', id: '/id', type: '/type' }) ?? [];
    expect([found?.id, found?.type]).toEqual(['aREDACTED', 'é'.repeat(128)]);
  });

  test.each<[string, string, string]>([
    ['the pointer leads to an object', '{"events":{}}', '/events'],
    ['the pointer leads to nothing', '{}', '/events'],
    ['the list is empty', '{"events":[]}', '/events'],
    ['the list is inside a JSON string', '{"events":"[1]"}', '/events'],
    ['the list is in an object inside a JSON string', '{"events":"{\\"list\\":[1]}"}', '/events/list'],
    ['the pointer is empty and the body is an object', '{"a":1}', ''],
    ['there are more items than one run of the relay can publish', `[${'1,'.repeat(maxSplitItems)}1]`, ''],
  ])('are undefined if %s', (_, text, items) => {
    expect(splitItemsOf(text, { items })).toBeUndefined();
  });

  test('can be as many as one run of the relay can publish', () => {
    expect(splitItemsOf(`[1${',1'.repeat(maxSplitItems - 1)}]`, { items: '' })).toHaveLength(maxSplitItems);
  });

  test('can be nested 10,000 levels deep', () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(splitItemsOf(`[${deep}]`, { items: '', id: '/0' })?.map(({ text }) => text)).toEqual([deep]);
  });
});

describe('the items of a form', () => {
  test('are in the field with which the pointer begins', () => {
    const form = { events: '{"list":[{"id":1},{"id":2}]}', other: '[]' };
    const items = [
      { text: '{"id":1}', id: '1', type: undefined },
      { text: '{"id":2}', id: '2', type: undefined },
    ];
    expect(splitItemsOfForm(form, { items: '/events/list', id: '/id' })).toEqual(items);
    expect(splitItemsOfForm({ events: '[{"id":1},{"id":2}]' }, { items: '/events', id: '/id' })).toEqual(items);
  });

  test.each<[string, unknown, string]>([
    ['the pointer names no field', { '': '[1]' }, ''],
    ['the form has no such field', { other: '[1]' }, '/events'],
    ['the field is not a text', { events: [1] }, '/events'],
    ['the field is a list with a text', { events: ['[1]'] }, '/events'],
    ['the field is not JSON', { events: 'a' }, '/events'],
    ['the form can not be read', undefined, '/events'],
  ])('are undefined if %s', (_, form, items) => {
    expect(splitItemsOfForm(form, { items })).toBeUndefined();
  });
});
