/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

export const equivalentMutants: EquivalentMutant[] = [
  {
    file: 'shared/deliveries/transform/json-result.ts',
    original: 'left < 0',
    replacement: 'left <= 0',
    reason: 'each value counts with less than it takes as JSON, so what counts exactly the limit is over it',
  },
];
