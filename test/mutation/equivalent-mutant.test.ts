import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { MutantResult } from '@stryker-mutator/api/core';
import { type EquivalentMutant, equivalentMutantsOf, leaveOutEquivalent } from './equivalent-mutant.ts';
import { quote } from './quotation.ts';

const source = `export const isLate = (now: number, end: number) => now > end;
export const isOver = (now: number, end: number) => now >
  end;
`;

const lineOf = (line: number, endLine: number, endColumn: number) => ({
  start: { line, column: 53 },
  end: { line: endLine, column: endColumn },
});

const aMutant = (status: MutantResult['status'], location: MutantResult['location']): MutantResult => ({
  id: '1',
  fileName: 'shared/ground/base/late.ts',
  mutatorName: 'EqualityOperator',
  location,
  replacement: 'now >= end',
  status,
});

const survivor = aMutant('Survived', lineOf(1, 1, 62));
const another = aMutant('Survived', lineOf(2, 3, 6));
const named: EquivalentMutant = {
  file: 'shared/ground/base/late.ts',
  original: 'now > end',
  replacement: 'now >= end',
  reason: 'equal times never meet',
};
const leaveOut = (mutants: MutantResult[], entry: EquivalentMutant) =>
  leaveOutEquivalent(mutants, [entry], () => source);

test('a named survivor is left out with its reason', () => {
  expect(leaveOut([survivor], named)).toEqual({
    mutants: [{ ...survivor, status: 'Ignored', statusReason: 'equal times never meet' }],
    faults: [],
  });
});

test('a part of the line says which of two equal changes is meant', () => {
  const { mutants, faults } = leaveOut([survivor, another], { ...named, line: 'isOver' });
  expect(mutants.map(({ status }) => status)).toEqual(['Survived', 'Ignored']);
  expect(faults).toEqual([]);
});

const change = 'shared/ground/base/late.ts: `now > end` → `now >= end`';

test.each<[string, MutantResult[], Partial<EquivalentMutant>, string]>([
  [
    'fits no line',
    [survivor],
    { line: 'isOver' },
    `${change}: the run has no such change. Correct the entry, or remove it.`,
  ],
  ['fits two changes', [survivor, another], {}, `${change}: 2 changes fit. Quote a part of the line in \`line\`.`],
  [
    'is detected',
    [aMutant('Killed', lineOf(1, 1, 62))],
    {},
    `${change}: a test detects this change. Remove the entry.`,
  ],
  [
    'has another original',
    [survivor],
    { original: 'now < end' },
    'shared/ground/base/late.ts: `now < end` → `now >= end`: the run has no such change. Correct the entry, or remove it.',
  ],
  [
    'has another replacement',
    [survivor],
    { replacement: 'true' },
    'shared/ground/base/late.ts: `now > end` → `true`: the run has no such change. Correct the entry, or remove it.',
  ],
  [
    'is of another file',
    [survivor],
    { file: 'shared/ground/base/early.ts' },
    'shared/ground/base/early.ts: `now > end` → `now >= end`: the run has no such change. Correct the entry, or remove it.',
  ],
])('an entry is wrong if it %s', (_, mutants, wrong, fault) => {
  expect(leaveOut(mutants, { ...named, ...wrong })).toEqual({ mutants, faults: [fault] });
});

const lists = readdirSync('test/mutation/equivalent-mutants').map((name) => name.replace(/\.ts$/, ''));

/** Whether the code that an entry quotes is in its file. */
function isThere({ file, line = '', original }: EquivalentMutant): boolean {
  const text = readFileSync(file, 'utf8');
  return text.includes(line) && text.replace(/\s+/g, ' ').includes(quote(original).replace(/…$/, ''));
}

test.each(lists)('the entries of %s quote code of its folder, and have a reason', async (list) => {
  const folder = list.replaceAll('-', '/');
  const entries = await equivalentMutantsOf(folder);
  expect(entries.length).toBeGreaterThan(0);
  // If the code has changed, correct the entry, or remove it.
  expect(entries.filter((entry) => !isThere(entry))).toEqual([]);
  for (const { file, original, replacement, reason } of entries) {
    expect(file).toMatch(new RegExp(`^${folder}/[a-z0-9-]+\\.ts$`));
    expect(replacement).not.toBe(original);
    expect(reason).not.toBe('');
  }
});

test('a folder without a list has no equivalent mutants', async () => {
  expect(await equivalentMutantsOf('shared/none')).toEqual([]);
});
