import { expect, test } from '@jest/globals';
import { transform } from '../../functions/transform.ts';

const at = '2026-03-04T05:06:07.008Z';

test('an expression is evaluated on its input, at the time of the event', async () => {
  const expression = '{"id": data.id, "at": $now()}';
  expect(await transform({ expression, input: { data: { id: 7 } }, at })).toEqual({
    kind: 'json',
    text: `{"id":7,"at":"${at}"}`,
  });
  expect(await transform({ expression: 'data.id', input: {}, at })).toEqual({ kind: 'empty' });
  expect(await transform({ expression: 'data.', input: {}, at })).toEqual({
    kind: 'error',
    message: 'Unexpected end of expression',
    position: 5,
  });
});

test('an expression is checked without being evaluated', async () => {
  expect(await transform({ check: '$error("evaluated")' })).toEqual({ kind: 'valid' });
  expect(await transform({ check: '$random()' })).toMatchObject({ kind: 'error', position: 7 });
});

test.each([{}, { expression: '1', at: 1 }, { expression: '1', input: {}, at: 'today' }])(
  '%j is no request',
  async (event) => {
    await expect(transform(event)).rejects.toHaveProperty('issues');
  },
);
