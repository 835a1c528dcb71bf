/** What a page counts or names is what the settings and the template have. `docs.test.ts` checks files and links. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { settingNames } from '../../infra/deploy-settings/setting-names.ts';
import { newTableWrites } from '../../infra/deploy-settings/warm-throughput.ts';
import { throttles } from '../../infra/throttles.ts';
import { theTemplate } from '../infra/given-template.ts';

/** A page as one line, so that a sentence is found wherever its lines break. */
const read = (page: string): string => readFileSync(`docs/${page}`, 'utf8').replace(/\s+/g, ' ');
const figure = (value: number): string => value.toLocaleString('en-US');

test('limits.md and floods.md have the throttles of the routes', () => {
  const { senders, operators, monitors, pages } = throttles;
  const limits = read('limits.md');
  expect(limits).toContain(`\`senderRate\` (${figure(senders.rate)}) and \`senderBurst\` (${figure(senders.burst)})`);
  const floods = read('floods.md');
  for (const [routes, { rate, burst }] of Object.entries({
    'the two public URLs of webhooks, each': senders,
    'each route of operators': operators,
    '`GET /healthz`, `GET /openapi.json`': monitors,
    '`/docs`': pages,
  }))
    expect(floods).toContain(`| ${routes} | ${figure(rate)} | ${figure(burst)} |`);
});

test('limits.md says that both public routes together can take more than a small quota of the API', () => {
  const [, both = '', quota = '', advised = ''] =
    /both public routes together take ([\d,]+) requests a second, more than the ([\d,]+) of such a region\..*?`senderRate` (\d+)/.exec(
      read('limits.md'),
    ) ?? [];
  expect(both).toBe(figure(2 * throttles.senders.rate));
  expect(2 * throttles.senders.rate).toBeGreaterThan(Number(quota.replace(',', '')));
  // A fifth of the quota stays for operators.
  expect(2 * Number(advised)).toBeLessThanOrEqual(0.8 * Number(quota.replace(',', '')));
});

test('limits.md has what a new table takes, and the setting that raises it', () => {
  expect(read('limits.md')).toContain(`A new table takes ${figure(newTableWrites)} writes a second`);
  expect(read('limits.md')).toContain('`warmThroughput`');
});

test('cost.md has the cost of many endpoints, at the price of a secret', () => {
  const cost = read('cost.md');
  const [, price = ''] = /\*\*Secrets:\*\* \$([\d.]+) each/.exec(cost) ?? [];
  const [, endpoints = '', total = ''] = /([\d,]+) endpoints with tokens cost \$([\d,]+) a month/.exec(cost) ?? [];
  expect(Number(endpoints.replace(',', ''))).toBe(10_000);
  expect(total).toBe(figure(10_000 * Number(price)));
});

test('floods.md has the settings of CloudFront, which limits each address', () => {
  const floods = read('floods.md');
  expect(settingNames).toContain('edgeRate');
  expect(floods).toContain('`edgeRate`');
  expect(floods).not.toContain('no setting');
});

test('backup-and-restore.md names an output that exists, and no step that is gone', async () => {
  const page = read('backup-and-restore.md');
  const [, output = ''] = /the new output whose name begins with `(\w+)`/.exec(page) ?? [];
  const { template } = await theTemplate('largest');
  expect(Object.keys(template.Outputs ?? {}).filter((id) => output !== '' && id.startsWith(output))).toHaveLength(1);
  const deploy = readFileSync('docs/deploy.md', 'utf8');
  const commands = [...page.matchAll(/`(?:create|put|delete)-[a-z-]+`/g)].map(([command]) => command);
  expect(commands.filter((command) => !deploy.includes(command))).toEqual([]);
  expect(page).toContain('sender');
  expect(page).not.toContain('senders notice nothing');
});

test('deploy.md explains every setting', () => {
  const deploy = read('deploy.md');
  const unexplained = settingNames.filter((name) => !deploy.includes(`\`${name}\``));
  expect(unexplained).toEqual([]);
});
