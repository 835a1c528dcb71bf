/** Checks that the files, headings and pages that the documentation names exist. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const project = resolve(import.meta.dirname, '../..');
const pages = readdirSync(join(project, 'docs')).filter((name) => name.endsWith('.md'));
const examples = ['examples/README.md', ...globSync('examples/*/README.md', { cwd: project })];
const doorsteps = globSync('{clients,functions,infra,local,shared,shared/*,tools}/README.md', { cwd: project });
const contributing = ['CONTRIBUTING.md', ...globSync('docs/contributing/*.md', { cwd: project })];
const documents = ['README.md', ...contributing, ...doorsteps, ...pages.map((name) => `docs/${name}`), ...examples];

const read = (path: string): string => readFileSync(join(project, path), 'utf8');

/** The anchor that GitHub makes from a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

const headingsOf = (path: string): string[] =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** The links that stay within the project. */
const linksOf = (path: string): string[] =>
  [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link));

function isBroken(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : normalize(join(dirname(from), path));
  if (!existsSync(join(project, target))) return true;
  return anchor !== undefined && !headingsOf(target).includes(anchor);
}

/** The project's own paths in a text, such as `shared/operators/api/routes.ts`. */
const pathsIn = (path: string): string[] =>
  [...read(path).matchAll(/`((?:clients|docs|examples|functions|infra|local|shared|test|tools)\/[\w./-]*)`/g)].map(
    ([, named = '']) => named,
  );

/** The file that the example of adding a preset adds. */
const example = 'shared/endpoints/provider/presets/acme.ts';

test('no document has a broken link', () => {
  const links = documents.flatMap((document) => linksOf(document).map((link) => ({ document, link })));
  expect(links.length).toBeGreaterThan(50);
  expect(links.filter(({ document, link }) => isBroken(document, link))).toEqual([]);
});

test('documents name only files that exist', () => {
  const paths = documents.flatMap((document) => pathsIn(document).map((path) => ({ document, path })));
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter(({ path }) => path !== example && !existsSync(join(project, path)))).toEqual([]);
});

test('docs/README.md lists every page', () => {
  const listed = linksOf('docs/README.md');
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter((name) => name !== 'README.md' && !listed.includes(name))).toEqual([]);
});

test('no page of docs/ is longer than 1,500 words', () => {
  const lengths = globSync('{docs,docs/contributing}/*.md', { cwd: project }).map(
    (path) => [path, read(path).trim().split(/\s+/).length] as const,
  );
  expect(lengths.length).toBeGreaterThan(pages.length);
  expect(lengths.filter(([, words]) => words > 1_500)).toEqual([]);
});

test('examples/README.md lists every example', () => {
  const links = linksOf('examples/README.md');
  expect(examples.length).toBeGreaterThan(2);
  expect(examples.slice(1).filter((path) => !links.includes(path.slice('examples/'.length)))).toEqual([]);
});

test('the README of each house and wing has every room, and that of functions every function', () => {
  const missing = (document: string, names: readonly string[]) =>
    names.filter((name) => !new RegExp(`\`${name}/?\``).test(read(document))).map((name) => `${name} in ${document}`);
  const folders = (parent: string) =>
    readdirSync(join(project, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  const houses = ['clients', 'local', 'tools', ...folders('shared').map((wing) => `shared/${wing}`)];
  const functions = readdirSync(join(project, 'functions')).filter((name) => name.endsWith('.ts'));
  expect(houses).toHaveLength(8);
  expect(functions.length).toBeGreaterThan(20);
  expect([
    ...houses.flatMap((house) => missing(`${house}/README.md`, folders(house))),
    ...missing(
      'functions/README.md',
      functions.map((name) => name.slice(0, -'.ts'.length)),
    ),
    ...[...doorsteps].filter((path) => read(path).trimEnd().split('\n').length > 40),
  ]).toEqual([]);
});

test('each line of the map in CONTRIBUTING.md leads to a file that has the name', () => {
  const rows = [...read('CONTRIBUTING.md').matchAll(/^\| [^|]+ \| `([^`]+)` +\| `(\w+)` +\|$/gm)];
  const isThere = (file: string, name: string) =>
    existsSync(join(project, file)) && new RegExp(`\\b${name}\\b`).test(read(file));
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter(([, file = '', name = '']) => !isThere(file, name)).map(([row]) => row)).toEqual([]);
  expect(read('CONTRIBUTING.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test('docs/decisions/README.md lists every decision, and none is longer than 40 lines', () => {
  const names = readdirSync(join(project, 'docs/decisions')).filter((name) => name !== 'README.md');
  const listed = linksOf('docs/decisions/README.md');
  expect(names.length).toBeGreaterThan(70);
  expect([...names].sort()).toEqual([...listed].sort());
  expect(names.filter((name) => read(`docs/decisions/${name}`).trimEnd().split('\n').length > 40)).toEqual([]);
});
