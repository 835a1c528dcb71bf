/** Scripts by which a shell completes commands and options. They are made from the program and ask nothing at run time. */
import { allIn, type CompletedCommand, type CompletedOption } from './command-tree.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A text in single quotes for bash and zsh. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** A text in single quotes for fish. */
const fishQuoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const parentsOf = (program: CompletedCommand) => allIn(program).filter(({ subcommands }) => subcommands.length > 0);

/** The cases that walk from a command to its subcommand. */
const walkCases = (program: CompletedCommand): string[] =>
  parentsOf(program).flatMap(({ subcommands }) => subcommands.map(({ path }) => quoted(path)));

const namesOf = (options: readonly CompletedOption[]): string[] => options.flatMap(({ names }) => names);

/** Every option that takes a value. */
const valueOptions = (program: CompletedCommand): CompletedOption[] => [
  ...new Map(
    allIn(program)
      .flatMap(({ options }) => options)
      .filter(({ takesValue }) => takesValue)
      .map((option) => [option.names[0], option]),
  ).values(),
];

function bashScript(program: CompletedCommand): string {
  const wordsOf = ({ subcommands, values, options }: CompletedCommand) =>
    [...subcommands.map(({ name }) => name), ...values, ...namesOf(options)].join(' ');
  const chosen = valueOptions(program).filter(({ choices }) => choices);
  const free = valueOptions(program).filter(({ choices }) => !choices);
  return `# bash completion of ${program.name}. Put it into ~/.bashrc: source <(${program.name} completion bash)
_${program.name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local path=${program.name} words='' word isValue=''
  case "$previous" in
${chosen.map(({ names, choices = [] }) => `    ${names.join('|')}) COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$current")); return ;;`).join('\n')}
    ${namesOf(free).join('|')}) COMPREPLY=(); return ;;
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ -n $isValue ]]; then isValue=''; continue; fi
    case "$word" in ${namesOf(valueOptions(program)).join('|')}) isValue=1; continue ;; esac
    case "$path $word" in
      ${walkCases(program).join('|')}) path="$path $word" ;;
    esac
  done
  case "$path" in
${allIn(program)
  .map((command) => `    ${quoted(command.path)}) words=${quoted(wordsOf(command))} ;;`)
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _${program.name} ${program.name}
`;
}

/** A word with its description, as _describe of zsh reads it. */
const described = (name: string, description: string): string =>
  quoted(`${name.replaceAll(':', '\\:')}:${description}`);

function zshScript(program: CompletedCommand): string {
  const wordsOf = ({ subcommands, values, options }: CompletedCommand) =>
    [
      ...subcommands.map(({ name, description }) => described(name, description)),
      ...values.map(quoted),
      ...options.flatMap(({ names, description }) => names.map((name) => described(name, description))),
    ].join(' ');
  const chosen = valueOptions(program).filter(({ choices }) => choices);
  const free = valueOptions(program).filter(({ choices }) => !choices);
  return `#compdef ${program.name}
# zsh completion of ${program.name}. Put it into ~/.zshrc, after compinit: source <(${program.name} completion zsh)
_${program.name}() {
  local path_=${program.name} word isValue=''
  local -a entries
  case "$words[CURRENT-1]" in
${chosen.map(({ names, choices = [] }) => `    ${names.join('|')}) compadd -- ${choices.map(quoted).join(' ')}; return ;;`).join('\n')}
    ${namesOf(free).join('|')}) _files; return ;;
  esac
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $isValue ]]; then isValue=''; continue; fi
    case "$word" in ${namesOf(valueOptions(program)).join('|')}) isValue=1; continue ;; esac
    case "$path_ $word" in
      ${walkCases(program).join('|')}) path_="$path_ $word" ;;
    esac
  done
  case "$path_" in
${allIn(program)
  .map((command) => `    ${quoted(command.path)}) entries=(${wordsOf(command)}) ;;`)
  .join('\n')}
  esac
  _describe ${program.name} entries
}
compdef _${program.name} ${program.name}
`;
}

function fishScript(program: CompletedCommand): string {
  const complete = `complete -c ${program.name}`;
  const at = ({ path }: CompletedCommand) => `-n ${fishQuoted(`__${program.name}_is_at ${fishQuoted(path)}`)}`;
  const commandLines = (command: CompletedCommand) =>
    [...command.subcommands, ...command.values.map((name) => ({ name, description: '' }))].map(
      ({ name, description }) => `${complete} -f ${at(command)} -a ${name} -d ${fishQuoted(description)}`,
    );
  const optionLines = (command: CompletedCommand) =>
    command.options.map(({ names, description, takesValue, choices }) => {
      const forms = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
      const value = choices ? ` -x -a ${fishQuoted(choices.join(' '))}` : takesValue ? ' -r' : '';
      return `${complete} ${at(command)} ${forms.join(' ')}${value} -d ${fishQuoted(description)}`;
    });
  return `# fish completion of ${program.name}: ${program.name} completion fish > ~/.config/fish/completions/${program.name}.fish
function __${program.name}_is_at
  set -l path ${program.name}
  set -l isValue 0
  for word in (commandline -opc)[2..-1]
    if test $isValue = 1
      set isValue 0
      continue
    end
    switch $word
      case ${namesOf(valueOptions(program)).join(' ')}
        set isValue 1
        continue
    end
    switch "$path $word"
      case ${walkCases(program).join(' ')}
        set path "$path $word"
    end
  end
  test "$path" = "$argv[1]"
end
${allIn(program)
  .flatMap((command) => [...commandLines(command), ...optionLines(command)])
  .join('\n')}
`;
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } satisfies Record<
  Shell,
  (program: CompletedCommand) => string
>;

/** The script of a shell. */
export const completionScript = (shell: Shell, program: CompletedCommand): string => scripts[shell](program);
