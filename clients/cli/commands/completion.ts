import { Argument, type Command } from 'commander';
import { commandTreeOf } from '../completion/command-tree.ts';
import { completionScript, type Shell, shells } from '../completion/completion-script.ts';
import type { OpenSession } from '../session.ts';
import { examples } from './examples.ts';

/** `completion`: the script by which a shell completes commands. */
export function addCompletion(program: Command, open: OpenSession): void {
  program
    .command('completion')
    .description('print a script by which your shell completes commands and options')
    .addArgument(new Argument('<shell>', 'your shell').choices(shells))
    .addHelpText(
      'after',
      examples(
        'source <(hooklatch completion bash)',
        'source <(hooklatch completion zsh)',
        'hooklatch completion fish > ~/.config/fish/completions/hooklatch.fish',
      ),
    )
    .action((shell: Shell, _options: object, command: Command) => {
      const script = completionScript(shell, commandTreeOf(program));
      open(command).print({ shell, script }, () => [script.trimEnd()]);
    });
}
