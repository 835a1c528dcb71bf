import { expect, test } from '@jest/globals';
import { asDocumented } from './answer-schema.ts';

const answer = (status: number, contentType: string | undefined, body: unknown) => {
  const text = body === undefined ? '' : JSON.stringify(body);
  return {
    status,
    headers: { 'content-type': contentType },
    bytes: Buffer.from(text),
    text,
    json: () => JSON.parse(text),
  };
};
const json = (status: number, body: unknown) => answer(status, 'application/json', body);
const me = { id: 'op_1', name: 'ada', role: 'flow_designer', allowedActions: [] };
const problem = {
  type: 'urn:hooklatch:problem:role_required',
  title: 'Forbidden',
  status: 403,
  code: 'role_required',
  detail: 'This needs the role connection_admin.',
  requestId: 'r1',
};

test.each([
  ['an answer', 'GET', '/v1/me', json(200, me)],
  [
    'an answer with a query',
    'GET',
    '/v1/operators?limit=1',
    json(200, { items: [], nextCursor: null, bootstrap: 'open' }),
  ],
  ['a problem', 'GET', '/v1/operators', answer(403, 'application/problem+json', problem)],
  ["API Gateway's own refusal", 'GET', '/v1/operators', json(403, { message: 'Forbidden' })],
  ['an answer without a body', 'DELETE', '/v1/operators/op_1', answer(204, undefined, undefined)],
  [
    'an unknown path',
    'GET',
    '/v1/nothing',
    answer(404, 'application/problem+json', { ...problem, code: 'route_not_found' }),
  ],
  ['a download', 'GET', '/v1/connections/a/events/evt_1?raw', answer(200, 'text/csv', 'a,b')],
  ['a path outside the API', 'POST', '/hooks/a/b', json(202, { anything: 1 })],
])('%s is as the document says', (_, method, path, given) => {
  expect(asDocumented(method, path, given)).toBe(given);
});

test.each([
  ['a missing field', 'GET', '/v1/me', json(200, { ...me, role: undefined }), /required property 'role'/],
  ['a wrong value', 'GET', '/v1/me', json(200, { ...me, role: 'admin' }), /allowed values/],
  ['an undocumented status', 'GET', '/v1/me', json(201, me), /no answer 201/],
  ['an undocumented media type', 'GET', '/v1/me', answer(200, 'text/html', me), /no answer 200 text\/html/],
  ['an unknown code', 'GET', '/v1/me', answer(403, 'application/problem+json', { ...problem, code: 'new' }), /code/],
])('%s is not as the document says', (_, method, path, given, message) => {
  expect(() => asDocumented(method, path, given)).toThrow(message);
});
