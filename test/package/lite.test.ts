/** docs/lite.md, followed in an empty folder: what the small package has, what it weighs, and whether its example works. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { blocksOf, commandsOf } from '../docs/given-pages.ts';
import { anActiveEndpoint, aRuntime, type World } from '../support/given.ts';
import { type App, anAppWithLite } from './given-app.ts';

const page = 'docs/lite.md';
let app: App;
let world: World;
beforeAll(async () => {
  world = await aRuntime();
  app = anAppWithLite();
});
afterAll(async () => {
  app.remove();
  await world.end();
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const modules = () => join(app.folder, 'node_modules');
const lite = () => join(modules(), 'hooklatch-lite');

test('with what it needs, it takes 15 MB at most', () => {
  const bytes = filesIn(modules()).reduce((sum, file) => sum + statSync(file).size, 0);
  expect([bytes > 100_000, bytes <= 15_000_000]).toEqual([true, true]);
  expect(readdirSync(modules()).filter((name) => !name.startsWith('.'))).toEqual([
    ...['fastest-levenshtein', 'hooklatch-lite', 'zod'],
  ]);
});

test('it has the entries, and nothing of the constructs, the command line, the console and the local runtime', () => {
  const files = filesIn(lite()).map((file) => file.slice(lite().length + 1));
  expect([...new Set(files.map((file) => file.split('/').slice(0, 2).join('/')))].sort()).toEqual([
    'LICENSE',
    'README.md',
    'clients/consumer',
    'clients/testing',
    'package.json',
    'shared/endpoints',
    'shared/events',
    'shared/ground',
    'shared/operators',
  ]);
  expect(files.length).toBeLessThan(260);
  expect(files).toEqual(expect.arrayContaining(['clients/testing/testing.js', 'clients/testing/testing.d.ts']));
});

test('it imports what its manifest names, and Node', () => {
  const { dependencies, peerDependencies, version } = JSON.parse(readFileSync(join(lite(), 'package.json'), 'utf8'));
  const imports = filesIn(lite())
    .filter((file) => /\.(js|d\.ts)$/.test(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"]([^.'"][^'"]*)['"]/g)])
    .map(([, name = '']) =>
      name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? ''),
    );
  const others = [...new Set(imports)].filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
  expect(others.sort()).toEqual([...Object.keys(dependencies), ...Object.keys(peerDependencies)].sort());
  expect(version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});

test('each entry can be imported, under the names of the large package', () => {
  const { exports } = JSON.parse(readFileSync(join(lite(), 'package.json'), 'utf8'));
  expect(Object.keys(exports)).toEqual([
    './client',
    './testing',
    './consumer',
    './consumer/once',
    './consumer/stripe',
    './consumer/github',
    './package.json',
  ]);
  const entries = ['client', 'testing', 'consumer', 'consumer/github'];
  const code = `for (const entry of ${JSON.stringify(entries)}) console.log(Object.keys(await import('hooklatch-lite/' + entry)).length > 0)`;
  expect(app.run('node', ['--input-type=module', '-e', code]).trim().split('\n')).toEqual(entries.map(() => 'true'));
});

test('the example of the page waits for its webhook', async () => {
  const [example = ''] = blocksOf(page, 'js');
  const { words: [program = '', ...args] = [] } = commandsOf(page).at(-1) ?? {};
  expect([program, ...args]).toEqual(['node', '--test', 'order.test.mjs']);
  app.write('order.test.mjs', example);
  const { name, url, token } = await anActiveEndpoint(world);
  const variables = {
    HOOKLATCH_URL: world.runtime.url,
    HOOKLATCH_TOKEN: world.admin,
    CONNECTION: name,
    DELIVERY_URL: `${url}?token=${token}`,
  };
  const printed = await app.runBeside(program, args, variables);
  expect(/^[#ℹ] pass (\d+)$/m.exec(printed)?.[1]).toBe('1');
});
