import { expect, test } from '@jest/globals';
import type { ManagedRefusal } from '../../../../shared/endpoints/endpoint/managed-connection.ts';
import { managedRefusal } from '../../../../shared/endpoints/endpoint/managed-refusal.ts';

test.each<[ManagedRefusal, string, string]>([
  ['exists', 'connection_exists', 'A connection named orders exists already'],
  ['gone', 'connection_not_found', 'The connection orders was deleted outside'],
  ['not_managed', 'connection_exists', 'The connection orders is not managed'],
  ['provider_fixed', 'action_not_allowed', 'The connection orders has another provider'],
  ['held', 'held', 'First release it (hooklatch endpoint release orders, or the button in the console)'],
])('the refusal %s has a code, and a reason for the stack', (refusal, code, reason) => {
  const refused = managedRefusal(refusal, 'orders');
  expect(refused.code).toBe(code);
  expect(refused.message).toContain(reason);
});
