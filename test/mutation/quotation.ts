/** How a report and the lists of equivalent mutants quote code. */
import type { MutantResult } from '@stryker-mutator/api/core';

/** Reads the source of a file. */
export type ReadSource = (fileName: string) => string;

/** `text` in one line of at most 120 characters. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

/** The code that a mutant replaces. */
export function originalOf({ fileName, location: { start, end } }: MutantResult, read: ReadSource): string {
  const lines = read(fileName)
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.length - 1;
  const cut = lines.map((line, index) => (index === last ? line.slice(0, end.column - 1) : line));
  return cut.map((line, index) => (index === 0 ? line.slice(start.column - 1) : line)).join('\n');
}
