/**
 * Changes that do the same as the original code, so that no test can detect them. Each has a reason. They don't count in the
 * score. There is a list for each folder in `equivalent-mutants/`, beside the code and not in it: a comment would stand in
 * the reader's way, and would leave out other changes of the same line.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';
import { originalOf, quote, type ReadSource } from './quotation.ts';

/** An entry of a list. `original` and `replacement` are as the report prints them. */
export interface EquivalentMutant {
  file: string;
  /** Part of the line where the original starts. Needed if the file has the same original and replacement elsewhere. */
  line?: string;
  original: string;
  replacement: string;
  /** Why nobody can notice the change. */
  reason: string;
}

const listFolder = join(import.meta.dirname, 'equivalent-mutants');

/** The list of a folder, which is empty if there is no file: `shared/ground/base` has its list in `shared-ground-base.ts`. */
export async function equivalentMutantsOf(folder: string): Promise<EquivalentMutant[]> {
  const path = join(listFolder, `${folder.replaceAll('/', '-')}.ts`);
  return existsSync(path) ? ((await import(path)) as { equivalentMutants: EquivalentMutant[] }).equivalentMutants : [];
}

function isSame(mutant: MutantResult, { file, line = '', original, replacement }: EquivalentMutant, read: ReadSource) {
  if (mutant.fileName !== file) return false;
  const startLine = read(file).split('\n')[mutant.location.start.line - 1] ?? '';
  return (
    startLine.includes(line) &&
    quote(originalOf(mutant, read)) === quote(original) &&
    quote(mutant.replacement) === quote(replacement)
  );
}

/** What is wrong with an entry that fits these mutants. `undefined` if it fits one that no test detects. */
function faultOf(fitting: MutantResult[]): string | undefined {
  const [mutant, another] = fitting;
  if (!mutant) return 'the run has no such change. Correct the entry, or remove it.';
  if (another) return `${fitting.length} changes fit. Quote a part of the line in \`line\`.`;
  return mutant.status === 'Killed' ? 'a test detects this change. Remove the entry.' : undefined;
}

/** Leaves out the mutants that the entries name. `faults` has a line for each wrong entry. */
export function leaveOutEquivalent(
  mutants: MutantResult[],
  entries: EquivalentMutant[],
  read: ReadSource,
): { mutants: MutantResult[]; faults: string[] } {
  const reasons = new Map<MutantResult, string>();
  const faults: string[] = [];
  for (const entry of entries) {
    const fitting = mutants.filter((mutant) => isSame(mutant, entry, read));
    const fault = faultOf(fitting);
    if (fault) faults.push(`${entry.file}: \`${quote(entry.original)}\` → \`${quote(entry.replacement)}\`: ${fault}`);
    else for (const mutant of fitting) reasons.set(mutant, entry.reason);
  }
  const named = mutants.map((mutant): MutantResult => {
    const statusReason = reasons.get(mutant);
    return statusReason === undefined ? mutant : { ...mutant, status: 'Ignored', statusReason };
  });
  return { mutants: named, faults };
}
