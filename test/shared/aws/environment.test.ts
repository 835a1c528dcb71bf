import { expect, test } from '@jest/globals';
import { fromEnvironment, numberFromEnvironment } from '../../../shared/aws/environment.ts';

test('a variable is read by its name', () => {
  expect(fromEnvironment('stateTable', { STATE_TABLE: 'state' })).toBe('state');
  expect(numberFromEnvironment('eventShards', { EVENT_SHARDS: '12' })).toBe(12);
});

test.each([{}, { STATE_TABLE: '' }])('the missing variable of %j names the grant to add', (environment) => {
  expect(() => fromEnvironment('stateTable', environment)).toThrow(
    /^STATE_TABLE is not set: add the grant for it to this function's construct in infra\/$/,
  );
});

test.each(['0', '-1', '01', '1.5', '4x', 'x4', '1e3', ' 4'])('%s is not a whole number above 0', (text) => {
  expect(() => numberFromEnvironment('eventShards', { EVENT_SHARDS: text })).toThrow(
    `EVENT_SHARDS is ${text}; it must be a whole number above 0`,
  );
});
