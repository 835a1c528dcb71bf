/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const versionedItem = { file: 'shared/aws/versioned-item.ts' };
const complete = 'each item of the State table has all its attributes; only the type says that one may be missing';
const aText = { original: "''", replacement: '"Stryker was here!"' };
const aList = { original: '[]', replacement: '["Stryker was here"]' };

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...versionedItem,
    ...aList,
    line: 'Items = []',
    reason: 'a query always returns a list; only the type says that it may be missing',
  },
  { ...versionedItem, original: "stored?.['requestId']?.S", replacement: "stored?.['requestId'].S", reason: complete },
  { ...versionedItem, original: "stored['version']?.N", replacement: "stored['version'].N", reason: complete },
  {
    file: 'shared/aws/custom-resource.ts',
    original: '{ return false; }',
    replacement: '{}',
    reason: 'its caller asks only whether it is true',
  },
  {
    file: 'shared/aws/dead-letter.ts',
    original: 'seconds > 0',
    replacement: 'seconds >= 0',
    reason: 'the time zero is zero in either case',
  },
  {
    file: 'shared/aws/dead-letter.ts',
    ...aText,
    line: "Keys?.['id']?.S",
    reason: 'neither text has the form of an id, so the name is `unknown`',
  },
  {
    file: 'shared/aws/dynamodb.ts',
    original: 'maxAttempts === undefined',
    replacement: 'false',
    reason: 'the SDK takes an undefined limit as its default; only the type needs the condition',
  },
  {
    file: 'shared/aws/invoke-function.ts',
    ...aList,
    line: 'Payload = []',
    reason: 'Lambda always returns a payload; only the type says that it may be missing',
  },
  {
    file: 'shared/aws/journal-span.ts',
    ...aList,
    line: 'Items = []',
    reason: 'a query always returns a list; only the type says that it may be missing',
  },
  {
    file: 'shared/aws/merged-page.ts',
    original: 'one.at < other.at',
    replacement: 'one.at <= other.at',
    reason: 'each row has another sort key',
  },
  {
    file: 'shared/aws/merged-page.ts',
    original: 'rows.at(-1)?.at',
    line: 'shown.length > limit',
    replacement: 'rows.at(-1).at',
    reason: 'a page with a further row has at least one row',
  },
];
