/** The pages of the documentation, and the commands that they show. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { type ShellCommand, shellCommands } from './shell-commands.ts';

/** The pages for users and for contributors, not the decisions. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...globSync('docs/contributing/*.md'),
  ...globSync('{clients,functions,infra,local,shared,shared/*,tools}/README.md'),
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'examples/README.md',
  ...globSync('examples/*/README.md'),
];

export const readPage = (page: string): string => readFileSync(page, 'utf8');

const fence = /^( *)```(\w*)\n(.*?)^\1```$/gms;

/** The blocks of a page in this language, without their indentation. */
export const blocksOf = (page: string, language: string): string[] =>
  [...readPage(page).matchAll(fence)]
    .filter(([, , named]) => named === language)
    .map(([, indentation = '', , text = '']) => text.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''));

/** The code within the sentences of a page. */
export const codeInText = (page: string): string[] =>
  [
    ...readPage(page)
      .replace(fence, '')
      .matchAll(/`([^`]+)`/g),
  ].map(([, code = '']) => code.replace(/\s+/g, ' '));

/** The commands in the blocks of a page. */
export const commandsOf = (page: string): ShellCommand[] => blocksOf(page, 'sh').flatMap(shellCommands);

/** The words after `hooklatch`, in each form in which it is run. Undefined for another command. */
export function hooklatchWords({ words }: ShellCommand): string[] | undefined {
  for (const start of [
    'hooklatch ',
    'npx hooklatch ',
    'npx --no hooklatch ',
    'npm run hooklatch -- ',
    'npm run --silent hooklatch -- ',
  ]) {
    if (`${words.join(' ')} `.startsWith(start)) return words.slice(start.split(' ').length - 1);
  }
  return undefined;
}
