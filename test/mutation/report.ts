/** The result of a mutation run as text: the score, the mutants that no test detected, and those left out by name. */
import type { MutantResult } from '@stryker-mutator/api/core';

/** Reads the source of a file, to quote what a mutant replaces. */
type ReadSource = (fileName: string) => string;

const detected = ['Killed', 'Timeout'];
const undetected = ['Survived', 'NoCoverage'];

export const isUndetected = ({ status }: MutantResult): boolean => undetected.includes(status);

/** Detected mutants per hundred. `undefined` if there is no mutant. */
export function scoreOf(mutants: MutantResult[]): number | undefined {
  const hits = mutants.filter(({ status }) => detected.includes(status)).length;
  const all = hits + mutants.filter(isUndetected).length;
  return all === 0 ? undefined : (100 * hits) / all;
}

/** `text` in one line of at most 120 characters. */
function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

function original({ fileName, location: { start, end } }: MutantResult, read: ReadSource): string {
  const lines = read(fileName)
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.length - 1;
  const cut = lines.map((line, index) => (index === last ? line.slice(0, end.column - 1) : line));
  return cut.map((line, index) => (index === 0 ? line.slice(start.column - 1) : line)).join('\n');
}

function lineOf(mutant: MutantResult, read: ReadSource): string {
  const { fileName, location, mutatorName, replacement, status } = mutant;
  const place = `${fileName}:${location.start.line}:${location.start.column}`;
  const reach = status === 'NoCoverage' ? ' (no test reaches it)' : '';
  return `- ${place} ${mutatorName}: \`${short(original(mutant, read))}\` → \`${short(replacement)}\`${reach}`;
}

const place = ({ fileName, location }: MutantResult) => `${fileName}:${String(location.start.line).padStart(6, '0')}`;

/** The reasons that `sentences.ts` and `wiring.ts` give. */
const ignoredKinds = ['a sentence for people', 'the wiring of a function'];

/** Whether a comment in the source leaves the mutant out, with a reason. */
const isNamed = ({ status, statusReason }: MutantResult) =>
  status === 'Ignored' && !ignoredKinds.includes(statusReason ?? '');

/** Counts and score, in one line. */
export function summary(mutants: MutantResult[]): string {
  const count = (...statuses: string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const score = scoreOf(mutants)?.toFixed(1) ?? '–';
  const parts = [
    `${count(...detected)} detected (${count('Timeout')} by time)`,
    `${count('Survived')} survived`,
    `${count('NoCoverage')} not reached`,
    `${count('Ignored')} left out`,
  ];
  return `${score} %: ${parts.join(', ')}`;
}

/** The report of one folder, as Markdown. `read` reads the file of a mutant. */
export function report(title: string, mutants: MutantResult[], read: ReadSource): string {
  const inOrder = mutants.toSorted((a, b) => place(a).localeCompare(place(b)));
  const survivors = inOrder.filter(isUndetected).map((mutant) => lineOf(mutant, read));
  const named = inOrder.filter(isNamed).map((mutant) => `${lineOf(mutant, read)}: ${mutant.statusReason}`);
  const files = [...new Set(inOrder.map(({ fileName }) => fileName))];
  const perFile = files.map((file) => `- ${file}: ${summary(mutants.filter(({ fileName }) => fileName === file))}`);
  const parts = [`# ${title}`, summary(mutants), perFile.join('\n')];
  if (survivors.length > 0) parts.push('## No test detects', survivors.join('\n'));
  if (named.length > 0) parts.push('## Left out by a comment', named.join('\n'));
  return `${parts.join('\n\n')}\n`;
}
