import { expect, test } from '@jest/globals';
import { isRead } from '../../../local/start/is-read.ts';

const line = (message: object) => JSON.stringify({ timestamp: '2026-03-01T12:00:00.000Z', level: 'INFO', message });

test.each([
  ['a list that was read', line({ route: 'GET /v1/connections', status: 200, operator: 'op_1' }), true],
  ['the headers of a page', line({ route: 'HEAD /docs', status: 302 }), true],
  [
    'a read that was refused',
    line({ route: 'GET /v1/connections/{name}', status: 404, code: 'connection_not_found' }),
    false,
  ],
  ['a read that failed', line({ route: 'GET /v1/connections', status: 500 }), false],
  ['a change', line({ route: 'POST /v1/connections', status: 201 }), false],
  ['a webhook that was stored', line({ outcome: 'stored', event: 'evt_1', status: 202 }), false],
  ['a fault of a read', line({ fault: 'TypeError', requestId: 'r1' }), false],
  ['what a function wrote itself', 'GET /v1/connections 200', false],
  ['JSON of another form', '"GET /"', false],
])('%s', (_, of, isLeftOut) => {
  expect(isRead(of)).toBe(isLeftOut);
});
