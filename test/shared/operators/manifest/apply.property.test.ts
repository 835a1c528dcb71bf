/** Random sequences of files, operators and a stack, in memory. `test/e2e/applied-files.test.ts` has the same by HTTP. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { propertiesOf } from '../../../functions/given-stack.ts';
import { count } from '../../../support/full-counts.ts';
import { aDeploymentWithFiles } from './given-file.ts';
import { type SequenceWorld, sequences } from './given-sequences.ts';

function aWorld(): SequenceWorld {
  const world = aDeploymentWithFiles();
  const { invoke, eventOf } = world.stack({ logicalId: 'Stack' });
  return {
    ...world,
    suffix: '',
    adoptByStack: async (name) => void (await invoke(eventOf('Create', propertiesOf({ Name: name, Adopt: 'true' })))),
  };
}

test('whatever files and operators do, a file that was applied is as it says, and takes nothing from others', async () => {
  const property = sequences(aWorld, (wrong) => expect(wrong).toEqual([]));
  await fc.assert(property, { numRuns: count({ usual: 25, full: 1000 }) });
});
