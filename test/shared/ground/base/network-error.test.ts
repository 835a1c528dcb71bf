import { expect, test } from '@jest/globals';
import { networkErrorText } from '../../../../shared/ground/base/network-error.ts';

const withCode = (code: string) => Object.assign(new Error(`connect ${code} 127.0.0.1:9`), { code });
/** The error of fetch. */
const failedFetch = (cause: Error) => new TypeError('fetch failed', { cause });

test.each([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection reset'],
  ['UND_ERR_SOCKET', 'connection closed'],
  ['ENOTFOUND', 'host not found'],
  ['EAI_AGAIN', 'host not found'],
  ['EPROTO', 'network error EPROTO'],
])('%s is told as %j', (code, text) => {
  expect(networkErrorText(withCode(code))).toBe(text);
  expect(networkErrorText(failedFetch(withCode(code)))).toBe(text);
});

test('of a host with several addresses, the error of the first one is told', () => {
  const errors = new AggregateError([withCode('ECONNREFUSED'), withCode('EPROTO')]);
  expect(networkErrorText(errors)).toBe('connection refused');
  expect(networkErrorText(failedFetch(errors))).toBe('connection refused');
});

test('a port that fetch does not allow has no code', () => {
  expect(networkErrorText(failedFetch(new Error('bad port')))).toBe('a port that fetch does not allow');
});

test.each([
  ['a cause without a code', failedFetch(new Error('https://example.com/secret broke'))],
  ['a cause that is a list without errors', failedFetch(new AggregateError([]))],
  ['an error of another kind', new TypeError('https://example.com/secret is no URL')],
])('%s is told without its text', (_, error) => {
  expect(networkErrorText(error)).toBe('network error');
});
