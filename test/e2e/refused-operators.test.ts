/** What is refused changes nothing, so all these requests go to one deployment. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { generateToken } from '../../shared/endpoints/credential/token.ts';
import { aRuntime, ok, type World, withoutStreams } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aRuntime({ transformTemplate: withoutStreams });
  await ok(world, 'POST', '/v1/operators', { name: 'ada', role: 'flow_designer' });
});
afterAll(() => world.end());

test('the bootstrap operator learns what an admin may do', async () => {
  expect(await ok(world, 'GET', '/v1/me')).toEqual({
    id: 'bootstrap',
    name: 'bootstrap',
    role: 'connection_admin',
    allowedActions: [
      'createConnection',
      'createDestination',
      'changeDestination',
      'listOperators',
      'createOperator',
      'revokeOperator',
    ],
  });
});

test.each([
  ['a name that exists', { name: 'ada', role: 'flow_designer' }, 409, 'operator_exists'],
  ['an unknown role', { name: 'eve', role: 'admin' }, 422, 'invalid_request'],
  ['no name', { role: 'flow_designer' }, 422, 'invalid_request'],
  ['a blank name', { name: ' ', role: 'flow_designer' }, 422, 'invalid_request'],
  ['a name of two lines', { name: 'e\nve', role: 'flow_designer' }, 422, 'invalid_request'],
  ['a name of 65 characters', { name: 'e'.repeat(65), role: 'flow_designer' }, 422, 'invalid_request'],
  [
    'an expiry in the past',
    { name: 'eve', role: 'flow_designer', expiresAt: '2020-01-01T00:00:00Z' },
    422,
    'invalid_request',
  ],
  ['an expiry that is no time', { name: 'eve', role: 'flow_designer', expiresAt: 'tomorrow' }, 422, 'invalid_request'],
])('an operator with %s is refused', async (_, body, expected, code) => {
  const answer = await world.api('POST', '/v1/operators', body);
  expect([answer.status, answer.json()['code']]).toEqual([expected, code]);
  const { items } = await ok(world, 'GET', '/v1/operators');
  expect(items).toMatchObject([{ name: 'ada' }]);
});

test('an operator whose token is made up is refused, and the answer does not say why', async () => {
  const answer = await world.api('GET', '/v1/me', undefined, { token: generateToken('hlo') });
  expect([answer.status, answer.json()]).toEqual([403, { message: 'Forbidden' }]);
});
