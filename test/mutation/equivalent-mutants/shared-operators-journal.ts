/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const operatorHistory = { file: 'shared/operators/journal/operator-history.ts' };
const complete = 'each item of the table has all its attributes; only the type says that one may be missing';

export const equivalentMutants: EquivalentMutant[] = [
  {
    file: 'shared/operators/journal/replay-action.ts',
    original: "!NewImage['replayedBy']",
    replacement: 'false',
    reason: 'the schema refuses such a record too; the condition only saves time',
  },
  {
    file: 'shared/operators/journal/history-table.ts',
    original: "'desc'",
    replacement: '""',
    reason: 'what is not ascending is descending',
  },
  {
    file: 'shared/operators/journal/alert-table.ts',
    original: "item['told']?.BOOL",
    replacement: "item['told'].BOOL",
    reason: complete,
  },
  {
    ...operatorHistory,
    original: "image['record']?.S",
    replacement: "image['record'].S",
    reason: 'a record that lacks its text throws in either case',
  },
  {
    ...operatorHistory,
    original: "''",
    replacement: '"Stryker was here!"',
    line: "image['record']?.S",
    reason: 'neither text is JSON',
  },
  {
    file: 'shared/operators/journal/self-test-table.ts',
    original: "Item?.['at']?.S",
    replacement: "Item?.['at'].S",
    reason: complete,
  },
];
