/** CloudFormation takes 500 resources in a stack. The page says how many connections fit beside the gateway. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { theTemplate } from './given-template.ts';

const maxResources = 500;
/** A managed policy has room for at least so many secrets with usual names. Each connection may need its own. */
const secretsInPolicy = 50;

test('the largest gateway, and as many connections as the page says, fit into a stack', async () => {
  const page = readFileSync('docs/infrastructure-as-code.md', 'utf8');
  const [, gateway = '', beside = '', alone = ''] =
    /The gateway takes fewer than (\d+) of them, so (\d+) connections fit into its stack, and (\d+) into another one\./.exec(
      page.replaceAll('\n', ' '),
    ) ?? [];
  const { template } = await theTemplate('largest');
  const count = Object.keys(template.Resources).length;
  expect(count).toBeGreaterThan(200);
  expect(count).toBeLessThan(Number(gateway));
  const withPolicies = (connections: number) => connections + Math.ceil(connections / secretsInPolicy);
  expect(Number(gateway) + withPolicies(Number(beside))).toBeLessThanOrEqual(maxResources);
  expect(withPolicies(Number(alone))).toBeLessThanOrEqual(maxResources);
  // The page is not so careful that it is useless.
  expect(Number(beside)).toBeGreaterThanOrEqual(90);
  expect(Number(alone)).toBeGreaterThanOrEqual(450);
});
