import { expect, test } from '@jest/globals';
import { connectionFields } from '../../../../shared/endpoints/endpoint/connection.ts';
import {
  checkManagerChange,
  type FileManager,
  fileManagerOf,
  fileManagerRequestSchema,
  isManagedBy,
  type ManagedBy,
  managerVerb,
} from '../../../../shared/endpoints/endpoint/managed-by.ts';

const resource = { stackId: 'arn:aws:cloudformation:eu-central-1:1:stack/shop/1', logicalId: 'Orders' };
const stack: ManagedBy = { kind: 'stack', ...resource };
const shop: FileManager = { kind: 'file', name: 'shop' };

test.each([
  ['a stack', stack, stack],
  ['a stack, as an earlier release stored it', resource, stack],
  ['one that adopted, as an earlier release stored it', { ...resource, adopted: true }, { ...stack, adopted: true }],
  ['a file', shop, shop],
  [
    'a file with all that it says',
    { ...shop, adopted: true, tokenRef: 'env:A', closed: true, routes: false },
    { ...shop, adopted: true, tokenRef: 'env:A', closed: true, routes: false },
  ],
])('%s is read', (_, stored, read) => {
  expect(connectionFields.managedBy.parse(stored)).toEqual(read);
});

test.each([
  [{ ...stack, adopted: false }],
  [{ stackId: resource.stackId }],
  [{ logicalId: 'Orders' }],
  [{ kind: 'file' }],
  [{ kind: 'pipeline', name: 'shop' }],
])('%j is no manager', (stored) => {
  expect(connectionFields.managedBy.safeParse(stored).success).toBe(false);
});

test.each([
  [shop, true],
  [{ ...shop, adopted: true, closed: true, tokenRef: 'generate' }, true],
  [{ ...shop, tokenRef: 'file:./secrets/github.txt' }, true],
  [{ ...shop, tokenRef: `env:${'A'.repeat(196)}` }, true],
  [{ ...shop, tokenRef: `env:${'A'.repeat(197)}` }, false],
  [{ ...shop, tokenRef: 'hunter2hunter2' }, false],
  [{ ...shop, tokenRef: 'env:' }, false],
  [{ ...shop, tokenRef: 'env:A B' }, false],
  [{ ...shop, name: 'Shop' }, false],
  [{ ...shop, token: 'x' }, false],
  [stack, false],
])('an operator may say %j: %j', (said, isRight) => {
  expect(fileManagerRequestSchema.safeParse(said).success).toBe(isRight);
});

test.each([
  [stack, true],
  [{ ...stack, adopted: true as const }, true],
  [{ ...stack, stackId: 'arn:aws:cloudformation:eu-central-1:1:stack/other/1' }, false],
  [{ ...stack, logicalId: 'Orders2' }, false],
  [shop, false],
  [undefined, false],
])('%j is this resource: %j', (managedBy, isSame) => {
  expect(isManagedBy({ managedBy }, resource)).toBe(isSame);
});

test.each([
  [shop, shop],
  [stack, undefined],
  [undefined, undefined],
])('of %j, the file is %j', (managedBy, file) => {
  expect(fileManagerOf({ managedBy })).toEqual(file);
});

const other: FileManager = { kind: 'file', name: 'billing' };
test.each<[ManagedBy | undefined, FileManager | null, 'adopt' | 'detach' | undefined]>([
  [undefined, shop, 'adopt'],
  [undefined, null, undefined],
  [shop, { ...shop, tokenRef: 'env:A' }, undefined],
  [shop, null, 'detach'],
])('from %j to %j is allowed, and called %j', (managedBy, wanted, verb) => {
  checkManagerChange({ managedBy }, wanted);
  expect(managerVerb({ managedBy }, wanted)).toBe(verb);
});

test.each<[ManagedBy, FileManager | null, string]>([
  [shop, other, 'the file shop'],
  [stack, shop, `the stack ${resource.stackId}`],
  [stack, null, `the stack ${resource.stackId}`],
])('from %j to %j is refused', (managedBy, wanted, owner) => {
  expect(() => checkManagerChange({ managedBy }, wanted)).toThrow(
    expect.objectContaining({
      code: 'managed_by_other',
      message: `It is managed by ${owner}, which has to give it up first.`,
    }),
  );
});
