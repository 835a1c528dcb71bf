/** The commands and options of the program, as a completion needs them. */
import type { Command, Option } from 'commander';

export interface CompletedOption {
  /** `--limit`, or both forms. */
  names: string[];
  description: string;
  takesValue: boolean;
  /** Undefined if the value can be any text. */
  choices: readonly string[] | undefined;
}

export interface CompletedCommand {
  /** The names from the program on, such as `hooklatch events list`. */
  path: string;
  name: string;
  description: string;
  subcommands: CompletedCommand[];
  /** The choices of its argument. */
  values: string[];
  options: CompletedOption[];
}

const optionOf = ({ long, short, description, required, optional, argChoices }: Option): CompletedOption => ({
  names: [long, short].filter((name) => name !== undefined && name !== null),
  description,
  takesValue: required || optional,
  choices: argChoices,
});

function commandOf(command: Command, parentPath: string, inherited: readonly Option[]): CompletedCommand {
  const path = `${parentPath} ${command.name()}`.trim();
  const options = [...inherited, ...command.options];
  // Of no use beside a command.
  const passedOn = options.filter(({ long }) => long !== '--version');
  return {
    path,
    name: command.name(),
    description: command.description(),
    subcommands: command.commands.map((child) => commandOf(child, path, passedOn)),
    values: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
    options: [
      ...options.map(optionOf),
      { names: ['--help'], description: 'show how to use it', takesValue: false, choices: undefined },
    ],
  };
}

/** The program with all its commands. */
export const commandTreeOf = (program: Command): CompletedCommand => commandOf(program, '', []);

/** A command and all below it. */
export const allIn = (command: CompletedCommand): CompletedCommand[] => [
  command,
  ...command.subcommands.flatMap(allIn),
];
