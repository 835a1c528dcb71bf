/** CloudFormation takes 500 resources in a stack. The page says how many connections fit beside the gateway. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { appFlags } from '../../local/cloudformation/synthesis.ts';
import { theTemplate, theTemplates } from './given-template.ts';

const maxResources = 500;
/** A managed policy has room for at least so many secrets with usual names. Each connection may need its own. */
const secretsInPolicy = 50;

test.each([
  ['dev', 200],
  ['prod', 210],
] as const)('the gateway of %s has at most %i resources', async (stage, most) => {
  const template = (await theTemplates())[stage];
  expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(most);
});

test('the largest gateway, and as many connections as the page says, fit into a stack', async () => {
  const page = readFileSync('docs/infrastructure-as-code.md', 'utf8');
  const [, gateway = '', beside = '', alone = ''] =
    /The gateway takes fewer than (\d+) of them, so (\d+) connections fit into its stack, and (\d+) into another one\./.exec(
      page.replaceAll('\n', ' '),
    ) ?? [];
  const { template } = await theTemplate('largest');
  const count = Object.keys(template.Resources).length;
  expect(count).toBeLessThan(Number(gateway));
  const withPolicies = (connections: number) => connections + Math.ceil(connections / secretsInPolicy);
  expect(Number(gateway) + withPolicies(Number(beside))).toBeLessThanOrEqual(maxResources);
  expect(withPolicies(Number(alone))).toBeLessThanOrEqual(maxResources);
  // The page is not so careful that it is useless.
  expect(Number(beside)).toBeGreaterThanOrEqual(90);
  expect(Number(alone)).toBeGreaterThanOrEqual(450);
});

/** What stacks beside a gateway contain, and how many resources each has. */
const contents: [content: object, resources: number][] = [
  [{ connections: 1 }, 1],
  [{ connections: 2 }, 2],
  [{ connections: 2, destinations: 2 }, 4],
  [{ connections: 2, destinations: 2, routes: 5 }, 4],
  // All secrets together need a policy.
  [{ connections: 20, secrets: 20 }, 21],
  [{ connections: 449 }, 449],
  [{ connections: 450 }, 450],
  [{ connections: 300, destinations: 199, routes: 9 }, 499],
];

let stacks: { count: number; warnings: string[] }[];
beforeAll(() => {
  const args = ['test/infra/headroom-app.ts', JSON.stringify(contents.map(([content]) => content))];
  stacks = JSON.parse(execFileSync(process.execPath, [...appFlags, ...args], { encoding: 'utf8' }));
});

test('a connection and a destination are one resource each, a route is none, and secrets share a policy', () => {
  expect(stacks.map(({ count }) => count)).toEqual(contents.map(([, count]) => count));
});

test('a synthesis that comes near the limit says so, once, and what still fits', () => {
  const warned = stacks.filter(({ warnings }) => warnings.length > 0);
  expect(warned.map(({ count, warnings }) => [count, warnings.length])).toEqual([
    [450, 1],
    [499, 1],
  ]);
  expect(warned[0]?.warnings[0]).toContain('450 of the 500 resources that CloudFormation takes');
  expect(warned[0]?.warnings[0]).toContain('50 still fit');
  expect(warned[1]?.warnings[0]).toContain('1 still fit');
});
