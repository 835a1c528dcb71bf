/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const auth = { file: 'shared/endpoints/settings/auth.ts' };
const metadata = { file: 'shared/endpoints/settings/delivery-metadata.ts' };

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...auth,
    original: 'parsed.success',
    replacement: 'true',
    reason: 'a value with issues is refused, so nobody reads what it becomes',
  },
  {
    ...auth,
    original: "'custom'",
    replacement: '""',
    reason: 'the issue has its own message, so nobody reads the code',
  },
  {
    ...metadata,
    original: "one.in === 'body'",
    replacement: 'true',
    reason: 'the other placements have no pointer, and nothing overlaps with that',
  },
  {
    ...metadata,
    original: "''",
    replacement: '"Stryker was here!"',
    line: 'parsed ??=',
    reason: 'neither text is the content type of a form, so the body is read as JSON',
  },
  {
    ...metadata,
    original: "'body'",
    replacement: '""',
    line: "dedupe.by === 'header' ?",
    reason: 'whatever is not in a header is read in the body',
  },
  {
    file: 'shared/endpoints/settings/settings.ts',
    original: '{ return false; }',
    replacement: '{}',
    reason: 'its caller asks only whether it is true',
  },
];
