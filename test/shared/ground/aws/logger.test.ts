import { afterEach, expect, jest, test } from '@jest/globals';
import { log } from '../../../../shared/ground/aws/logger.ts';

const levels = ['info', 'warn', 'error'] as const;
const written: [string, unknown][] = [];
for (const level of levels) jest.spyOn(console, level).mockImplementation((line) => void written.push([level, line]));
afterEach(() => {
  written.length = 0;
});

test('a log line reaches the console as an object, at its level', () => {
  log({ outcome: 'accepted', connection: 'orders', requestId: 'r-1' });
  log({ warning: 'progress_not_noted', fault: 'TimeoutError' }, 'warn');
  log({ outcome: 'given_up', object: 'refused/1.json' }, 'error');
  expect(written).toEqual([
    ['info', { outcome: 'accepted', connection: 'orders', requestId: 'r-1' }],
    ['warn', { warning: 'progress_not_noted', fault: 'TimeoutError' }],
    ['error', { outcome: 'given_up', object: 'refused/1.json' }],
  ]);
});

test('a line names its function, because functions share a log', () => {
  process.env['FUNCTION_NAME'] = 'relay';
  log({ outcome: 'given_up' }, 'error');
  delete process.env['FUNCTION_NAME'];
  expect(written).toEqual([['error', { function: 'relay', outcome: 'given_up' }]]);
});

test('the compiler refuses fields that could hold a secret', () => {
  // @ts-expect-error A line has no field for a token.
  log({ token: 'x' });
  // @ts-expect-error A line has no field for headers.
  log({ headers: {} });
  // @ts-expect-error A line has no field for a body.
  log({ body: 'x' });
  // @ts-expect-error A whole error has a message, which may quote a body.
  log(new Error('x'));
  expect(written).toHaveLength(4);
});
