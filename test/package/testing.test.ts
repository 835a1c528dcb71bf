/** docs/testing.md, followed word for word in an empty folder, with the package as `npm pack` makes it. The registry has the runners. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { blocksOf, commandsOf, readPage } from '../docs/given-pages.ts';
import { aRuntime, type World } from '../support/given.ts';
import { type App, anAppWith, installedBy } from './given-app.ts';

const page = 'docs/testing.md';
/** The files that the page names: name → text. */
const files = Object.fromEntries(
  [...readPage(page).matchAll(/^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$/gms)].map(([, name = '', text = '']) => [
    name,
    text,
  ]),
);
const examples = blocksOf(page, 'js').filter((text) => !Object.values(files).includes(text));
const commands = commandsOf(page);
const words = commands.map((command) => command.words);

/** The page installs the newest. A test needs the same ones every day. */
const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const versions: Readonly<Record<string, string>> = {
  vitest: '5.1.2',
  jest: devDependencies.jest,
  '@playwright/test': devDependencies['playwright-core'],
};

let world: World;
let app: App;
const variables: Record<string, string> = {};
beforeAll(async () => {
  world = await aRuntime();
  const [, ...runners] = commands.flatMap(installedBy);
  app = anAppWith(
    runners.map((name) => `${name}@${versions[name]}`),
    JSON.parse(files['package.json'] ?? ''),
  );
  app.write('shop.js', files['shop.js'] ?? '');
  Object.assign(variables, { HOOKLATCH_URL: world.runtime.url, HOOKLATCH_TOKEN: world.admin });
  const [npx = '', ...up] = words.find((each) => each.includes('up')) ?? [];
  const printed = await app.runBeside(npx, up, variables);
  variables['DELIVERY_URL'] = /in query +(\S+)/.exec(printed)?.[1] ?? '';
});
afterAll(async () => {
  app.remove();
  await world.end();
});

test('the page shows the files, one test for each runner, and the commands in their order', () => {
  expect(Object.keys(files)).toEqual(['package.json', 'shop.js']);
  expect(examples.map((text) => /'(vitest|@jest\/globals|@playwright\/test)'/.exec(text)?.[1])).toEqual([
    ...['vitest', '@jest/globals', '@playwright/test'],
  ]);
  expect(words.map((each) => each.slice(0, 3).join(' '))).toEqual([
    ...['mkdir ../shop', 'npm pack --pack-destination', 'cd ../shop', 'npm install --save-dev'],
    ...['export HOOKLATCH_URL=http://127.0.0.1:3000 HOOKLATCH_TOKEN=…', 'npx hooklatch up', 'export DELIVERY_URL=…'],
    ...['npx vitest run', 'node --experimental-vm-modules node_modules/jest/bin/jest.js', 'npx playwright test'],
  ]);
});

test.each(examples.map((text, at): [string, string] => [words.at(at - 3)?.join(' ') ?? '', text]))(
  '%s passes with its example',
  async (command, example) => {
    app.write('order.test.js', example);
    const [program = '', ...args] = command.split(' ');
    expect(await app.runBeside(program, args, variables)).toMatch(/1 passed/);
  },
);

test('an event that does not come fails, and the runner shows what came instead', async () => {
  app.write(
    'order.test.js',
    examples[0]
      ?.replace("state: 'new'", "state: 'old'")
      .replace('[id]', "['other']")
      .replace('{ connection', '{ timeoutMs: 1500, connection') ?? '',
  );
  const run = app.runBeside('npx', words.at(-3)?.slice(1) ?? [], variables);
  await expect(run).rejects.toThrow(/TimeoutError: The event of orders did not come within 1.5 s/);
  await expect(run).rejects.toThrow(/evt_\w+ \S+ webhook: differs at \/data\/order\/id/);
});
