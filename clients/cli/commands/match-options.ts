/** The options of a command that takes an event pattern. */
import type { Command } from 'commander';
import { UsageError } from '../command-error.ts';
import { readJson } from '../prompt.ts';
import type { Session } from '../session.ts';

export interface MatchOptions {
  match?: string;
  matchFile?: string;
}

export const withMatchOptions = (command: Command): Command =>
  command
    .option('--match <pattern>', 'an event pattern as JSON')
    .option('--match-file <path>', 'read the event pattern from a file, or - for stdin');

function patternIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('--match must be an event pattern as JSON, such as {"type": ["invoice.paid"]}.');
  }
}

/** The event pattern. Undefined if none is given. */
export async function matchOf(
  { terminal }: Session,
  { match, matchFile }: MatchOptions,
): Promise<Record<string, unknown> | undefined> {
  if (match !== undefined && matchFile !== undefined)
    throw new UsageError('Give one event pattern: with --match or with --match-file.');
  if (match === undefined && matchFile === undefined) return undefined;
  const pattern = match === undefined ? await readJson(terminal, matchFile ?? '') : patternIn(match);
  return pattern as Record<string, unknown>;
}
