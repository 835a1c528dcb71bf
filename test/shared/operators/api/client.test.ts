import { expect, test } from '@jest/globals';
import { ClientSettingError, hooklatchClient } from '../../../../shared/operators/api/client.ts';

test('the client of the package sends a request, and repeats it if the API is busy', async () => {
  const asked: unknown[] = [];
  const me = { id: 'op_1', name: 'ada', role: 'connection_admin', allowedActions: [] };
  const client = hooklatchClient({
    url: 'https://hooks.example.com',
    token: `hlo_${'a'.repeat(49)}`,
    fetch: async (url) => {
      asked.push(url);
      const isFirst = asked.length === 1;
      // A time that is over, so the client does not wait.
      const headers = { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' };
      return isFirst ? new Response('', { status: 503, headers }) : Response.json(me);
    },
  });
  expect(await client.call('GET /v1/me')).toEqual(me);
  expect(asked).toEqual(Array(2).fill('https://hooks.example.com/v1/me'));
});

test('a URL that can’t be used is refused at once', () => {
  expect(() => hooklatchClient({ url: 'here', token: 'hlo_a' })).toThrow(ClientSettingError);
});
