/** What a page counts or names is what the settings and the template have. `docs.test.ts` checks files and links. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { consumersIn, executionNeedOf, functionNameIn } from '../../clients/cli/held-executions.ts';
import { newTableWrites } from '../../infra/deploy-settings/capacity.ts';
import { settingNames } from '../../infra/deploy-settings/setting-names.ts';
import { throttles } from '../../infra/throttles.ts';
import { withCosts } from '../../tools/cost/cost-page.ts';
import { functionsIn, ofType, theTemplate, theTemplates } from '../infra/given-template.ts';

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

test('limits.md has the executions that deliveries can hold, and what is left of ten', async () => {
  const page = read('limits.md');
  /** The numbers of a row of the table, usually and with 2. */
  const row = (name: string) =>
    new RegExp(`\\| ${name}[^|]*\\| +(\\d+) \\| +(\\d+) \\|`).exec(page)?.slice(1).map(Number);
  const templates = [(await theTemplate('confined')).template, (await theTemplate('settings')).template];
  const needs = templates.map(({ Resources }) => executionNeedOf(consumersIn(Resources as never)));
  const names = Object.keys(needs[0]?.held ?? {});
  expect(names.toSorted()).toEqual(['dispatch', 'park-deliveries', 'serve-lanes', 'transform']);
  for (const name of names) expect([name, row(`\`${name}\``)]).toEqual([name, needs.map(({ held }) => held[name])]);
  const sums = needs.map(({ held }) => Object.values(held).reduce((sum, each) => sum + each, 0));
  expect(row('together')).toEqual(sums);
  expect(sums).toEqual([32, 7]);
  expect(needs.map(({ needed }) => needed)).toEqual([35, 10]);
  expect(page).toContain('With 2, three of the ten executions are left');
});

test('limits.md says of each function when it runs', async () => {
  const page = read('limits.md');
  const { template } = await theTemplate('largest');
  const named = functionsIn(template).map(({ properties }) => functionNameIn(properties.Description) ?? '');
  expect(named).toContain('ingest');
  for (const name of named.filter((each) => !each.startsWith('api-'))) expect(page).toContain(`\`${name}\``);
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
  const removal = readFileSync('docs/updates-and-removal.md', 'utf8');
  const commands = [...page.matchAll(/`(?:create|put|delete)-[a-z-]+`/g)].map(([command]) => command);
  expect(commands.filter((command) => !removal.includes(command))).toEqual([]);
  expect(page).toContain('sender');
  expect(page).not.toContain('senders notice nothing');
});

test('deploy.md explains every setting', () => {
  const deploy = read('deploy.md');
  const unexplained = settingNames.filter((name) => !deploy.includes(`\`${name}\``));
  expect(unexplained).toEqual([]);
});

describe('updates-and-removal.md says of the removal', () => {
  const page = read('updates-and-removal.md');

  test('which tables of prod stay', async () => {
    const { template } = await theTemplate('prod');
    const tables = ofType(template, 'AWS::DynamoDB::Table').map(({ id }) => id.replace(/Table.*/, ''));
    const [, named = ''] = /Four tables \(([\w, ]+)\), two buckets/.exec(page) ?? [];
    expect(named.split(/, | and /).sort()).toEqual(tables.sort());
  });

  test.each(['dev', 'prod'])('how to find all secrets that are made at run time in %s', (stage) => {
    const listed = [...page.matchAll(/list-secrets --filters Key=name,Values=(\S+)/g)].map(([, names = '']) => names);
    expect(listed).toContain(`hooklatch/${stage}/endpoint/,hooklatch/${stage}/destination/`);
  });
});

test('cost.md has what npm run cost prints (npm run cost -- --update-page writes it)', async () => {
  const page = readFileSync('docs/cost.md', 'utf8');
  expect(withCosts(page, await theTemplates())).toBe(page);
});
