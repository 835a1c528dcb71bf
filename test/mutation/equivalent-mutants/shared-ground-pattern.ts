/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const operators = { file: 'shared/ground/pattern/comparison-operator.ts' };
const eventPattern = { file: 'shared/ground/pattern/event-pattern.ts' };
const copies = 'a list for each of one alternative is a copy of the list with the conditions added, only more slowly';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...operators,
    line: 'const [first',
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'there is always a first literal; only the type needs the default',
  },
  {
    ...operators,
    original: '/\\\\.?|\\*+|[^\\\\*]+/gsu',
    replacement: '/\\\\.?|\\*+|[^\\\\*]/gsu',
    reason: 'the characters of a literal one by one make the same literal, only more slowly',
  },
  {
    ...operators,
    original: "token.startsWith('**')",
    replacement: "token.endsWith('**')",
    reason: 'a token with two * has nothing else',
  },
  {
    ...eventPattern,
    original: 'error instanceof OverBudget',
    replacement: 'true',
    reason: 'a matching throws nothing else',
  },
  { ...eventPattern, original: 'next.length > 1', replacement: 'true', reason: copies },
  { ...eventPattern, original: 'next.length > 1', replacement: 'next.length >= 1', reason: copies },
];
