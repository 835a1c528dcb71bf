import { expect, test } from '@jest/globals';
import { mayCall, type Role, type RouteRole } from '../../../../shared/ground/base/actor.ts';

test.each<[Role | undefined, RouteRole, boolean]>([
  ['connection_admin', 'connection_admin', true],
  ['connection_admin', 'flow_designer', true],
  ['connection_admin', 'nobody', true],
  ['flow_designer', 'connection_admin', false],
  ['flow_designer', 'flow_designer', true],
  ['flow_designer', 'nobody', true],
  [undefined, 'connection_admin', false],
  [undefined, 'flow_designer', false],
  [undefined, 'nobody', true],
])('a caller with the role %s may call a route for %s: %s', (role, lowest, expected) => {
  expect(mayCall(role, { role: lowest })).toBe(expected);
});
