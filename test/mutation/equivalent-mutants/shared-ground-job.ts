/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const jobTable = { file: 'shared/ground/job/job-table.ts' };

const complete = 'each item of the table has all its attributes; only the type says that one may be missing';

export const equivalentMutants: EquivalentMutant[] = [
  { ...jobTable, original: "''", replacement: '"Stryker was here!"', line: "record?.S ?? ''", reason: complete },
  { ...jobTable, original: 'record?.S', replacement: 'record.S', reason: complete },
  { ...jobTable, original: 'state?.S', replacement: 'state.S', reason: complete },
  {
    ...jobTable,
    original: '[]',
    replacement: '["Stryker was here"]',
    line: 'jobIn(journal, item) ?? []',
    reason: complete,
  },
  {
    file: 'shared/ground/job/job-order.ts',
    original: 'jobPositionOf(one) < jobPositionOf(other)',
    replacement: 'jobPositionOf(one) <= jobPositionOf(other)',
    reason: 'each row has another sort key',
  },
];
