/** The imports of source files, read from their text: the format leaves one specifier a line, in single quotes. */
import { globSync, readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A file of the project, or the name of a package. */
export interface Import {
  from: string;
  to: string;
  isPackage: boolean;
  /** Whether it imports types alone, so that nothing of it is there at run time. */
  isType: boolean;
}

const specifier = /\b(?:(?:import|export)\s+(type\s)?[^'"`;]*?\bfrom|import)\s*\(?\s*'([^']+)'/g;

/** The imports of a file's text. A path is the one from the project's root. */
export function importsIn(file: string, text: string): Import[] {
  return [...text.matchAll(specifier)].map(([, type, name = '']) => {
    const isPackage = !name.startsWith('.');
    const to = isPackage ? name : posix.join(posix.dirname(file), name);
    return { from: file, to, isPackage, isType: type !== undefined };
  });
}

/** The source files of the project, tests aside. */
export const sourceFiles = (): string[] =>
  globSync('{infra,functions,shared,local,clients,examples,tools}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

export const textOf = (file: string): string => readFileSync(resolve(root, file), 'utf8');
