/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const markOf = { file: 'shared/endpoints/provider/preset-builders.ts', line: "const [, not, at = '', how, what]" };
const matchesAnyText = 'the expression matches any text; only the type needs a default';

export const equivalentMutants: EquivalentMutant[] = [
  { ...markOf, original: "''", replacement: '"Stryker was here!"', reason: matchesAnyText },
  { ...markOf, original: '[]', replacement: '["Stryker was here"]', reason: matchesAnyText },
  {
    ...markOf,
    original: '/^(!?)(.*?)(?:(\\^?=)(.*))?$/',
    replacement: '/(!?)(.*?)(?:(\\^?=)(.*))?$/',
    reason: 'each part may be empty, so the first match begins at the first character',
  },
];
