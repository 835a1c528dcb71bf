/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const reader = { file: 'shared/journal/rejection-reader.ts' };
const usage = { file: 'shared/journal/usage.ts' };
const operatorHistory = { file: 'shared/journal/operator-history.ts' };
const lastLine = { original: 'lines.at(-1)?.version', replacement: 'lines.at(-1).version' };
const complete = 'each item of the table has all its attributes; only the type says that one may be missing';
const fullPage = 'a page that is followed by another one has a line';
const sameTime = 'equal times are the same answer';

export const equivalentMutants: EquivalentMutant[] = [
  {
    file: 'shared/journal/replay-action.ts',
    original: "!NewImage['replayedBy']",
    replacement: 'false',
    reason: 'the schema refuses such a record too; the condition only saves time',
  },
  {
    file: 'shared/journal/history-table.ts',
    original: "'desc'",
    replacement: '""',
    reason: 'what is not ascending is descending',
  },
  {
    file: 'shared/journal/alert-table.ts',
    original: "item['told']?.BOOL",
    replacement: "item['told'].BOOL",
    reason: complete,
  },
  {
    file: 'shared/journal/silence.ts',
    original: 'lastEventAt === null',
    replacement: 'false',
    reason: 'the date of null is 1970, before each change of a record; only the type needs the condition',
  },
  { file: 'shared/journal/version-lines.ts', ...lastLine, reason: fullPage },
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
    ...reader,
    original: '/#\\d$/',
    replacement: '/#\\d/',
    reason: 'only the shard is a number behind this sign',
  },
  { ...reader, original: 'shown.at(-1)?.[0]', replacement: 'shown.at(-1)[0]', reason: fullPage },
  {
    file: 'shared/journal/self-test-table.ts',
    original: "Item?.['at']?.S",
    replacement: "Item?.['at'].S",
    reason: complete,
  },
  {
    ...usage,
    original: "use.at > (uses.get(key)?.at ?? '')",
    replacement: "use.at >= (uses.get(key)?.at ?? '')",
    reason: sameTime,
  },
  { ...usage, original: 'lateness.since < usually', replacement: 'lateness.since <= usually', reason: sameTime },
];
