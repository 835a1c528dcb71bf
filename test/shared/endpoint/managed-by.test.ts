import { expect, test } from '@jest/globals';
import { isManagedBy, managedBySchema } from '../../../shared/endpoint/managed-by.ts';

const resource = { stackId: 'arn:aws:cloudformation:eu-central-1:1:stack/shop/1', logicalId: 'Orders' };

test.each([
  [resource, true],
  [{ ...resource, adopted: true }, true],
  [{ ...resource, adopted: false }, false],
  [{ stackId: resource.stackId }, false],
  [{ logicalId: 'Orders' }, false],
])('%j is a manager: %j', (managedBy, isRight) => {
  expect(managedBySchema.safeParse(managedBy)).toMatchObject(
    isRight ? { success: true, data: managedBy } : { success: false },
  );
});

test.each([
  [resource, true],
  [{ ...resource, adopted: true as const }, true],
  [{ ...resource, stackId: 'arn:aws:cloudformation:eu-central-1:1:stack/other/1' }, false],
  [{ ...resource, logicalId: 'Orders2' }, false],
  [undefined, false],
])('%j is this resource: %j', (managedBy, isSame) => {
  expect(isManagedBy({ managedBy }, resource)).toBe(isSame);
});
