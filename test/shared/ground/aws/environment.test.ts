import { expect, test } from '@jest/globals';
import {
  fromEnvironment,
  isInEnvironment,
  listFromEnvironment,
  numberFromEnvironment,
  optionalNumberFromEnvironment,
  variables,
} from '../../../../shared/ground/aws/environment.ts';

test('each variable has a name of its own', () => {
  expect(new Set(variables).size).toBe(variables.length);
  for (const name of variables) expect(name).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
});

test('a variable is read by its name', () => {
  expect(fromEnvironment('STATE_TABLE', { STATE_TABLE: 'state' })).toBe('state');
  expect(numberFromEnvironment('EVENT_SHARDS', { EVENT_SHARDS: '12' })).toBe(12);
});

test.each([{}, { STATE_TABLE: '' }])('the missing variable of %j names the grant to add', (environment) => {
  expect(() => fromEnvironment('STATE_TABLE', environment)).toThrow(
    /^STATE_TABLE is not set: the function's construct in infra\/ lacks its grant$/,
  );
});

test.each(['0', '-1', '01', '1.5', '4x', 'x4', '1e3', ' 4'])('%s is not a whole number above 0', (text) => {
  expect(() => numberFromEnvironment('EVENT_SHARDS', { EVENT_SHARDS: text })).toThrow(
    `EVENT_SHARDS is ${text}; it must be a whole number above 0`,
  );
});

test.each([
  [{}, false],
  [{ OIDC: '' }, false],
  [{ OIDC: '{}' }, true],
])('a variable that only some deployments have is in %j: %j', (environment, isThere) => {
  expect(isInEnvironment('OIDC', environment)).toBe(isThere);
});

test.each([
  [{}, []],
  [{ ORIGIN_DIGESTS: '' }, []],
  [{ ORIGIN_DIGESTS: 'aa' }, ['aa']],
  [{ ORIGIN_DIGESTS: 'aa,bb' }, ['aa', 'bb']],
])('the list in %j is %j', (environment, list) => {
  expect(listFromEnvironment('ORIGIN_DIGESTS', environment)).toEqual(list);
});

test('a number that only some deployments have is undefined without it, and checked with it', () => {
  expect(optionalNumberFromEnvironment('TOKEN_REMINDER_DAYS', {})).toBeUndefined();
  expect(optionalNumberFromEnvironment('TOKEN_REMINDER_DAYS', { TOKEN_REMINDER_DAYS: '90' })).toBe(90);
  expect(() => optionalNumberFromEnvironment('TOKEN_REMINDER_DAYS', { TOKEN_REMINDER_DAYS: '0' })).toThrow(
    'TOKEN_REMINDER_DAYS is 0; it must be a whole number above 0',
  );
});
