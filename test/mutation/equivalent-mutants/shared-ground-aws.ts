/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const versionedItem = { file: 'shared/ground/aws/versioned-item.ts' };
const aText = { original: "''", replacement: '"Stryker was here!"' };
const aList = { original: '[]', replacement: '["Stryker was here"]' };

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...versionedItem,
    original: 'item?.record?.S',
    replacement: 'item?.record.S',
    reason: 'each item of the State table has its record; only the type says that it may be missing',
  },
  {
    ...versionedItem,
    ...aList,
    line: 'Items = []',
    reason: 'a query always returns a list; only the type says that it may be missing',
  },
  {
    ...versionedItem,
    ...aList,
    line: 'recordIn(item, schema) ?? []',
    reason: 'each item of the index has a record',
  },
  {
    ...versionedItem,
    original: 'records.at(-1)?.name',
    replacement: 'records.at(-1).name',
    reason: 'a page that is followed by another one has a record',
  },
  {
    file: 'shared/ground/aws/custom-resource.ts',
    original: '{ return false; }',
    replacement: '{}',
    reason: 'its caller asks only whether it is true',
  },
  {
    file: 'shared/ground/aws/dead-letter.ts',
    original: 'seconds > 0',
    replacement: 'seconds >= 0',
    reason: 'the time zero is zero in either case',
  },
  {
    file: 'shared/ground/aws/dead-letter.ts',
    ...aText,
    line: "Keys?.['id']?.S",
    reason: 'neither text has the form of an id, so the name is `unknown`',
  },
  {
    file: 'shared/ground/aws/dynamodb.ts',
    original: 'maxAttempts === undefined',
    replacement: 'false',
    reason: 'the SDK takes an undefined limit as its default; only the type needs the condition',
  },
  {
    file: 'shared/ground/aws/invoke-function.ts',
    ...aList,
    line: 'Payload = []',
    reason: 'Lambda always returns a payload; only the type says that it may be missing',
  },
  {
    file: 'shared/ground/aws/journal-span.ts',
    ...aList,
    line: 'Items = []',
    reason: 'a query always returns a list; only the type says that it may be missing',
  },
  {
    file: 'shared/ground/aws/merged-page.ts',
    original: 'one.at < other.at',
    replacement: 'one.at <= other.at',
    reason: 'each row has another sort key',
  },
  {
    file: 'shared/ground/aws/merged-page.ts',
    original: 'rows.at(-1)?.at',
    line: 'shown.length > limit',
    replacement: 'rows.at(-1).at',
    reason: 'a page with a further row has at least one row',
  },
  {
    file: 'shared/ground/aws/version-lines.ts',
    original: 'lines.at(-1)?.version',
    replacement: 'lines.at(-1).version',
    reason: 'a page that is followed by another one has a line',
  },
];
