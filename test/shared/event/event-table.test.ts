import { expect, test } from '@jest/globals';
import { eventRowSchema } from '../../../shared/event/event.ts';
import { eventIndexAttributes } from '../../../shared/event/event-table.ts';

test('a field of a listed event that the deployed index does not hold fails here, not in CloudFormation', () => {
  // `id` is the table's key. Every index has it.
  const needed = Object.keys(eventRowSchema.shape).filter((name) => name !== 'id');
  // If this fails: keep the field out of the list, or make a new index as docs/decisions/0024-index-of-events.md says.
  expect(eventIndexAttributes).toEqual(expect.arrayContaining(needed));
});
