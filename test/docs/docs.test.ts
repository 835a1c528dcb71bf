/** Checks that the files, headings and pages that the documentation names exist. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const project = resolve(import.meta.dirname, '../..');
const pages = readdirSync(join(project, 'docs')).filter((name) => name.endsWith('.md'));
const examples = ['examples/README.md', ...globSync('examples/*/README.md', { cwd: project })];
const documents = ['README.md', 'CONTRIBUTING.md', ...pages.map((name) => `docs/${name}`), ...examples];

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

/** The project's own paths in a text, such as `shared/api/routes.ts`. */
const pathsIn = (path: string): string[] =>
  [...read(path).matchAll(/`((?:bench|demo|docs|examples|functions|infra|local|ops|shared|test)\/[\w./-]*)`/g)].map(
    ([, named = '']) => named,
  );

/** The file that the example in CONTRIBUTING adds. */
const example = 'shared/provider/presets/acme.ts';

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

test('examples/README.md lists every example', () => {
  const links = linksOf('examples/README.md');
  expect(examples.length).toBeGreaterThan(2);
  expect(examples.slice(1).filter((path) => !links.includes(path.slice('examples/'.length)))).toEqual([]);
});

test('the map in CONTRIBUTING.md has every folder of shared and local, and every function', () => {
  const map = read('CONTRIBUTING.md');
  const folders = ['shared', 'local'].flatMap((parent) =>
    readdirSync(join(project, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
  );
  const functions = readdirSync(join(project, 'functions')).map((name) => name.replace(/\.ts$/, ''));
  expect(folders).toEqual(expect.arrayContaining(['journal', 'lambda']));
  expect([...folders, ...functions].filter((name) => !map.includes(`\`${name}\``))).toEqual([]);
});
