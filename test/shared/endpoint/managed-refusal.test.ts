import { expect, test } from '@jest/globals';
import type { ManagedRefusal } from '../../../shared/endpoint/managed-connection.ts';
import { managedRefusal } from '../../../shared/endpoint/managed-refusal.ts';

test.each<[ManagedRefusal, number, string, string]>([
  ['connection_exists', 409, 'connection_exists', 'A connection named orders exists already'],
  ['connection_gone', 404, 'connection_not_found', 'The connection orders was deleted outside'],
  ['not_managed', 409, 'connection_exists', 'The connection orders is not managed'],
  ['provider_fixed', 409, 'action_not_allowed', 'The connection orders has another provider'],
  ['held', 409, 'held', 'The connection orders is held'],
])('the refusal %s is a problem with a reason for the stack', (refusal, status, code, reason) => {
  const problem = managedRefusal(refusal, 'orders');
  expect(problem).toMatchObject({ status, code });
  expect(problem.message).toContain(reason);
});
