/** docs/endpoints-in-a-file.md, followed word for word in an empty folder, on a runtime of another process. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { blocksOf, commandsOf, readPage } from '../docs/given-pages.ts';
import { aFolderFor, type FollowedPage } from './given-app.ts';

const page = 'docs/endpoints-in-a-file.md';
const [file = '', destinations = ''] = blocksOf(page, 'yaml');
const [, set, ...commands] = commandsOf(page).map(({ words }) => words);
const [, secret = ''] = /^GITHUB_WEBHOOK_SECRET=(.*)$/.exec(set?.[1] ?? '') ?? [];

let followed: FollowedPage;
beforeAll(async () => {
  followed = await aFolderFor(page);
});
afterAll(() => followed.end());

/** What a command of the page prints, or that it failed, with what it printed. */
function outcome([program = '', ...args]: readonly string[]): string {
  const { app, local } = followed;
  const env = {
    HOOKLATCH_URL: local.url,
    HOOKLATCH_TOKEN: local.admin,
    GITHUB_WEBHOOK_SECRET: secret,
    ERP_TOKEN: 'a-token',
  };
  try {
    return app.run(program, args, env);
  } catch (error) {
    return (error as Error).message;
  }
}

test('the file of the page is planned, applied, exported and pruned by the commands of the page', () => {
  expect(commands.map((words) => words.slice(2).join(' '))).toEqual([
    ...['plan -f hooklatch.yaml', 'apply -f hooklatch.yaml', 'plan -f hooklatch.yaml', 'token reveal orders'],
    ...['export --as shop', 'plan -f hooklatch.yaml --prune', 'apply -f hooklatch.yaml --prune'],
  ]);
  const [plan = [], apply = [], , reveal = [], exported = [], planPruned = [], applyPruned = []] = commands;
  const { app } = followed;
  app.write('hooklatch.yaml', file);
  expect(outcome(plan)).toMatch(/failed:\n\+ {2}create the connection orders\n(.*\n)+2 to create\.\n/);
  // Nobody is at a terminal here, and the file opens two endpoints.
  expect(outcome(apply)).toContain('To go on, add --yes.');
  expect(outcome([...apply, '--yes'])).toMatch(/\nDone\.\n$/);
  expect(outcome(plan)).toBe('Everything is as the file says.\n');
  expect(outcome(reveal)).toContain('/hooks/orders/');
  const [route = ''] = /`(routes: \{ rules: .*\})`/.exec(readPage(page))?.slice(1) ?? [];
  const routed = file.replace(' name: x-id } }', ` name: x-id }, ${route} }`);
  expect(routed).toContain('order.paid');
  app.write('hooklatch.yaml', `${routed}${destinations}`);
  // What it adds now deletes and opens nothing.
  expect(outcome(apply)).toMatch(/^\+ {2}create the destination erp\n/);
  expect(outcome(plan)).toBe('Everything is as the file says.\n');
  expect(outcome(exported)).toBe('name: shop\n');
  app.write('hooklatch.yaml', 'name: shop\n');
  expect(outcome(planPruned)).toContain('3 to delete.\n');
  expect(outcome(applyPruned)).toContain('This deletes ');
  expect(outcome([...applyPruned, '--yes'])).toMatch(/- {2}delete the destination erp\nDone\.\n$/);
  expect(outcome(planPruned)).toBe('Everything is as the file says.\n');
});

test('the schema that the first line of the file names is in the package', () => {
  const [path = ''] = /\$schema=(\S+)/.exec(file)?.slice(1) ?? [];
  const title = followed.app.run('node', ['-p', `JSON.parse(require('fs').readFileSync('${path}', 'utf8')).title`], {});
  expect(title).toBe('Connections and destinations of Hooklatch\n');
});
