/** Every command of the command line, for tests that hold for all of them. */
import type { Command } from 'commander';
import { commandLine } from '../../cli/program.ts';
import { processTerminal } from '../../cli/terminal.ts';

/** A command that does something, with the words by which it is typed. */
export interface Leaf {
  command: Command;
  path: string[];
}

const leavesOf = (command: Command, path: string[] = []): Leaf[] =>
  command.commands.length === 0
    ? [{ command, path }]
    : command.commands.flatMap((child) => leavesOf(child, [...path, child.name()]));

export const everyCommand = (): Leaf[] => leavesOf(commandLine(processTerminal()));

/** The names of its options, such as `--limit`. */
export const optionsOf = ({ command }: Leaf): string[] => command.options.map(({ long }) => String(long));
