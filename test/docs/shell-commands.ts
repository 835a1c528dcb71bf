/** The commands in a text for a shell, as far as the documentation uses its grammar. */

/** A command, and the files and the command that it reads from and writes to. */
export interface ShellCommand {
  words: string[];
  pipedFrom?: ShellCommand;
  input?: string;
  output?: string;
}

/** White space and comments, an operator, or a word. */
const tokens =
  /(?<blank>(?:[^\S\n]|\\\n)+(?:#[^\n]*)?|^#[^\n]*)|(?<operator>[|&;()<>\n])|(?<word>(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\|&;()<>])+)/gms;

const quotes = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs;

/** A word as the command gets it. Its variables are left as they are. */
const unquoted = (word: string): string =>
  word.replace(quotes, (_, single, double, escaped) => single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped);

/** The commands of a script, in order. Groups, functions and substitutions are read as if their braces were not there. */
export function shellCommands(script: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  let command: ShellCommand = { words: [] };
  let redirection: 'input' | 'output' | undefined;
  let isLineContinued = false;
  const next = (more: Pick<ShellCommand, 'pipedFrom'> = {}) => {
    if (command.words.length > 0) commands.push(command);
    command = { words: [], ...more };
  };
  for (const { groups: { operator, word } = {} } of script.matchAll(tokens)) {
    if (word !== undefined) {
      const value = unquoted(word);
      if (redirection) command[redirection] = value;
      else if (!/^[{}]$/.test(word)) command.words.push(value);
      redirection = undefined;
      isLineContinued = false;
    } else if (operator === '<' || operator === '>') redirection = operator === '<' ? 'input' : 'output';
    else if (operator === '|') {
      next({ pipedFrom: command });
      isLineContinued = true;
    } else if (operator !== undefined && !(operator === '\n' && isLineContinued)) {
      redirection = undefined;
      next();
    }
  }
  next();
  return commands;
}
