/** The result of a mutation run as text: the scores, the mutants that no test detects, and the equivalent ones. */
import type { MutantResult } from '@stryker-mutator/api/core';
import { originalOf, quote, type ReadSource } from './quotation.ts';

type Status = MutantResult['status'];

const detected: Status[] = ['Killed', 'Timeout'];
const undetected: Status[] = ['Survived', 'NoCoverage'];

/** The reasons that `sentences.ts` and `wiring.ts` give. */
const ignoredKinds = ['a sentence for people', 'the wiring of a function'];

const isUndetected = ({ status }: MutantResult) => undetected.includes(status);

/** Whether a list of equivalent mutants, or a comment in the source, leaves the mutant out. */
const isEquivalent = ({ status, statusReason }: MutantResult) =>
  status === 'Ignored' && !ignoredKinds.includes(statusReason ?? '');

/** Detected mutants per hundred. `undefined` if there is no mutant. */
export function scoreOf(mutants: MutantResult[]): number | undefined {
  const hits = mutants.filter(({ status }) => detected.includes(status)).length;
  const all = hits + mutants.filter(isUndetected).length;
  return all === 0 ? undefined : (100 * hits) / all;
}

/** The score, and how many mutants there are of each kind. */
function countsOf(mutants: MutantResult[]) {
  const count = (...statuses: Status[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const equivalent = mutants.filter(isEquivalent).length;
  return {
    score: scoreOf(mutants)?.toFixed(1) ?? '–',
    detected: count(...detected),
    'by time': count('Timeout'),
    survived: count('Survived'),
    'not reached': count('NoCoverage'),
    equivalent,
    'left out': count('Ignored') - equivalent,
  };
}

/** Score and counts, in one line. */
export function summary(mutants: MutantResult[]): string {
  const { score, 'by time': byTime, detected: hits, ...others } = countsOf(mutants);
  const rest = Object.entries(others).map(([kind, count]) => `${count} ${kind}`);
  return `${score} %: ${[`${hits} detected (${byTime} by time)`, ...rest].join(', ')}`;
}

/** A table with a row for each file. */
function table(mutants: MutantResult[], files: string[]): string {
  const rows = files.map((file) => [file, ...Object.values(countsOf(mutants.filter((own) => own.fileName === file)))]);
  const head = ['file', ...Object.keys(countsOf([]))];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function lineOf(mutant: MutantResult, read: ReadSource): string {
  const { fileName, location, mutatorName, replacement, status } = mutant;
  const place = `${fileName}:${location.start.line}:${location.start.column}`;
  const reach = status === 'NoCoverage' ? ' (no test reaches it)' : '';
  return `- ${place} ${mutatorName}: \`${quote(originalOf(mutant, read))}\` → \`${quote(replacement)}\`${reach}`;
}

const place = ({ fileName, location }: MutantResult) => `${fileName}:${String(location.start.line).padStart(6, '0')}`;

/** The report of one folder, as Markdown. `read` reads the file of a mutant. */
export function report(title: string, mutants: MutantResult[], read: ReadSource): string {
  const inOrder = mutants.toSorted((a, b) => place(a).localeCompare(place(b)));
  const survivors = inOrder.filter(isUndetected).map((mutant) => lineOf(mutant, read));
  const equivalent = inOrder.filter(isEquivalent).map((mutant) => `${lineOf(mutant, read)}: ${mutant.statusReason}`);
  const files = [...new Set(inOrder.map(({ fileName }) => fileName))];
  const parts = [`# ${title}`, summary(mutants), table(mutants, files)];
  if (survivors.length > 0) parts.push('## No test detects', survivors.join('\n'));
  if (equivalent.length > 0) parts.push('## Equivalent', equivalent.join('\n'));
  return `${parts.join('\n\n')}\n`;
}
