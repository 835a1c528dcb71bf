import { expect, test } from '@jest/globals';
import type { MutantResult } from '@stryker-mutator/api/core';
import { report, scoreOf, summary } from './report.ts';

const source = `export const isLate = (now: number, end: number) =>
  now > end;
`;

const aMutant = (status: MutantResult['status'], more: Partial<MutantResult> = {}): MutantResult => ({
  id: '1',
  fileName: 'shared/ground/base/late.ts',
  mutatorName: 'EqualityOperator',
  location: { start: { line: 2, column: 3 }, end: { line: 2, column: 12 } },
  replacement: 'now >= end',
  status,
  ...more,
});

test('a mutant that no test reaches lowers the score like a survivor, one that is left out does not', () => {
  const mutants = (['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored'] as const).map((status) =>
    aMutant(status),
  );
  expect(scoreOf(mutants)).toBe(50);
  expect(summary(mutants)).toBe('50.0 %: 2 detected (1 by time), 1 survived, 1 not reached, 1 equivalent, 0 left out');
});

test('without a mutant there is no score', () => {
  expect(scoreOf([aMutant('Ignored')])).toBeUndefined();
  expect(summary([])).toBe('– %: 0 detected (0 by time), 0 survived, 0 not reached, 0 equivalent, 0 left out');
});

test('a report quotes what no test detects, in the order of the file', () => {
  const whole = { start: { line: 1, column: 23 }, end: { line: 2, column: 12 } };
  const mutants = [
    aMutant('Survived'),
    aMutant('Timeout', { fileName: 'shared/ground/base/early.ts' }),
    aMutant('Killed'),
    aMutant('NoCoverage', { location: whole, mutatorName: 'ArrowFunction', replacement: '() => undefined' }),
    aMutant('Ignored', { statusReason: 'equal times never meet' }),
    aMutant('Ignored', { statusReason: 'a sentence for people' }),
    aMutant('Ignored', { statusReason: 'the wiring of a function' }),
  ];
  expect(report('shared/ground/base', mutants, () => source)).toBe(`# shared/ground/base

50.0 %: 2 detected (1 by time), 1 survived, 1 not reached, 1 equivalent, 2 left out

| file | score | detected | by time | survived | not reached | equivalent | left out |
| --- | --- | --- | --- | --- | --- | --- | --- |
| shared/ground/base/early.ts | 100.0 | 1 | 1 | 0 | 0 | 0 | 0 |
| shared/ground/base/late.ts | 33.3 | 1 | 0 | 1 | 1 | 1 | 2 |

## No test detects

- shared/ground/base/late.ts:1:23 ArrowFunction: \`(now: number, end: number) => now > end\` → \`() => undefined\` (no test reaches it)
- shared/ground/base/late.ts:2:3 EqualityOperator: \`now > end\` → \`now >= end\`

## Equivalent

- shared/ground/base/late.ts:2:3 EqualityOperator: \`now > end\` → \`now >= end\`: equal times never meet
`);
});
