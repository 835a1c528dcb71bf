/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

export const equivalentMutants: EquivalentMutant[] = [
  {
    file: 'shared/ground/outbound/public-file-fetch.ts',
    original: "'GET'",
    replacement: '""',
    reason: 'Node takes GET for a method without a name',
  },
];
