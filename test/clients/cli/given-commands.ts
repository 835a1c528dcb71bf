/** Every command of the command line, for tests that hold for all of them. */
import type { Command, CommanderError } from 'commander';
import { commandLine } from '../../../clients/cli/program.ts';
import { processTerminal } from '../../../clients/cli/terminal.ts';

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

/** Commands that ask AWS or run the local runtime, and not the API. */
export const withoutApi = ['deploy-check', 'local', 'operators reset', 'redrive'];

/** The names of its options, such as `--limit`. */
export const optionsOf = ({ command }: Leaf): string[] => command.options.map(({ long }) => String(long));

/** A command as the program reads it. */
export interface ParsedCommand {
  /** The words that name it, such as `events list`. */
  path: string;
  args: string[];
  options: Record<string, unknown>;
  /** The code of commander's error: why the program does not take it. */
  error?: string;
}

/** Reads a command as the program does, and does nothing. @param words those after `hooklatch` */
export async function parsedCommand(words: readonly string[]): Promise<ParsedCommand> {
  const program = commandLine(processTerminal());
  let read: ParsedCommand = { path: '', args: [], options: {} };
  const quiet = { writeOut: () => undefined, writeErr: () => undefined };
  const silence = (command: Command): void => {
    command.configureOutput(quiet);
    command.commands.forEach(silence);
  };
  silence(program);
  for (const { command, path } of leavesOf(program))
    command.action(() => {
      read = { path: path.join(' '), args: command.args, options: command.opts() };
    });
  try {
    await program.parseAsync(words, { from: 'user' });
    return read;
  } catch (error) {
    const { code, exitCode } = error as CommanderError;
    // The help and the version are no mistakes.
    return exitCode === 0 ? read : { ...read, error: code };
  }
}
