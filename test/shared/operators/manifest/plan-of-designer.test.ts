/** What a plan tells an operator who is no admin: no reference is compared, and it says so. */
import { expect, test } from '@jest/globals';
import { planDocument, planLines, planSummary } from '../../../../clients/cli/output/plan-text.ts';
import { aDeploymentWithFiles } from './given-file.ts';

const url = 'https://erp.example.com/in/a-secret-path';
const file = (connection: object = {}, destination: object = {}) => ({
  name: 'shop',
  connections: { orders: { token: 'env:ONE', ...connection }, keeping: { token: 'keep', status: 'inactive' } },
  destinations: { erp: { url, headers: { 'x-key': 'env:TWO', 'x-team': 'shop' }, ...destination } },
});

/** A deployment on which `file` was applied, and the plan of a designer. */
async function anApplied(applied: object = file()) {
  const world = aDeploymentWithFiles();
  expect(await world.apply(applied)).toEqual([]);
  return {
    ...world,
    async planned(wanted: object) {
      world.given.role = 'flow_designer';
      const plan = await world.planOf(wanted);
      world.given.role = undefined;
      if ('refused' in plan) throw new Error(plan.refused.join());
      return { plan, document: planDocument('shop', plan), lines: [...planLines(plan, false), planSummary(plan)] };
    },
  };
}

const why = 'not compared; only the role connection_admin may see whether they are as the file says';

test('what is as the file says is no difference, and the plan says what it did not compare', async () => {
  const { planned } = await anApplied();
  const { lines, document } = await planned(file());
  expect(lines).toEqual([
    `=  the connection orders: token ${why}`,
    `=  the connection keeping: token ${why}`,
    `=  the destination erp: url, headers ${why}`,
    'Everything that was compared is as the file says.',
  ]);
  expect(document).toEqual({
    ...{ name: 'shop', items: [], kept: [], left: [] },
    notCompared: [
      { kind: 'connection', name: 'orders', fields: ['token'] },
      { kind: 'connection', name: 'keeping', fields: ['token'] },
      { kind: 'destination', name: 'erp', fields: ['url', 'headers'] },
    ],
  });
});

test.each<[string, object, object]>([
  ['a guess of the URL', {}, { url: 'https://erp.example.com/in/a-guess' }],
  ['a guess of a header', {}, { headers: { 'x-key': 'env:TWO', 'x-team': 'a-guess' } }],
  ['another reference of a token', { token: 'env:TWO' }, {}],
  ['another reference of a header', {}, { headers: { 'x-key': 'env:ONE', 'x-team': 'shop' } }],
  ['another signing secret', {}, { signingSecret: 'generate' }],
])('%s is planned as if it were right', async (_, connection, destination) => {
  const { planned } = await anApplied();
  const { plan, lines } = await planned(file(connection, destination));
  expect(plan.items).toEqual([]);
  // The same file on a deployment on which it was applied.
  const right = await anApplied(file(connection, destination));
  expect(lines).toEqual((await right.planned(file(connection, destination))).lines);
});

test.each<[string, object, object, string[]]>([
  [
    'another host',
    {},
    { url: 'https://elsewhere.example.com/in/a-secret-path' },
    [
      '~  change the destination erp',
      '     url: https://erp.example.com → https://elsewhere.example.com (the rest is not shown)',
    ],
  ],
  [
    'another header',
    {},
    { headers: { 'x-key': 'env:TWO', 'X-Build': 'env:BUILD' } },
    ['~  change the destination erp', '     headers.X-Build: env:BUILD', '     headers.x-team: none (before unknown)'],
  ],
  [
    'a credential',
    {},
    { auth: { kind: 'bearer', token: 'env:TWO' } },
    ['~  change the destination erp', '     auth.kind: none → bearer', '     auth.token: env:TWO'],
  ],
  ['a setting', { retentionDays: 7 }, {}, ['~  change the connection orders', '     retentionDays: 30 → 7']],
])('%s is told, because every operator may see it', async (_, connection, destination, lines) => {
  const { planned } = await anApplied();
  const told = await planned(file(connection, destination));
  expect(told.lines.filter((line) => !line.startsWith('='))).toEqual([...lines, '1 to change.']);
});

test('what this file did not make is told as to an admin', async () => {
  const { planned } = await anApplied({ name: 'shop' });
  const { lines } = await planned(file());
  expect(lines.filter((line) => line.startsWith('='))).toEqual([]);
  expect(lines).toContain('     token: env:ONE');
  expect(lines).toContain('     headers.x-key: env:TWO');
});

test('an admin compares references, and nothing is left out', async () => {
  const { planOf } = await anApplied();
  expect(await planOf(file())).toEqual({ items: [], kept: [], left: [], notCompared: [] });
  const plan = await planOf(file({ token: 'env:TWO' }, { url: 'https://erp.example.com/in/a-guess' }));
  expect(plan).toMatchObject({ items: [{ name: 'erp' }, { name: 'orders' }], notCompared: [] });
});
