/** The pipelines in docs/workflows, which people copy. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { settingNames } from '../../infra/deploy-settings/setting-names.ts';
import { parseCloudFormation } from '../support/cloudformation-yaml.ts';

const read = (name: string): string => readFileSync(`docs/workflows/${name}`, 'utf8');
const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Record<string, string>;

interface Job {
  needs?: string;
  environment: string;
  'runs-on': string;
  steps: { uses?: string; run?: string; with?: Record<string, unknown> }[];
}

/** The commands `npm run …` of a text: the script, and the settings that it gets. */
const commandsIn = (text: string) =>
  [...text.matchAll(/npm run (?:--silent )?(\w+)(.*)/g)].map(([, script = '', rest = '']) => ({
    script,
    settings: [...rest.matchAll(/-c (\w+)=(\w+)/g)].map(([, name = '', value = '']) => [name, value]),
  }));

test.each(['github-actions.yml', 'gitlab-ci.yml'])('%s runs scripts that exist, with settings that exist', (name) => {
  const commands = commandsIn(read(name));
  expect(commands).toEqual([
    { script: 'deploy', settings: [['stage', 'dev']] },
    { script: 'diff', settings: [['stage', 'prod']] },
    { script: 'deploy', settings: [['stage', 'prod']] },
  ]);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['deploy', 'diff']));
  expect(settingNames).toContain('stage');
});

test('the workflow of GitHub deploys dev, shows the diff, and deploys prod after an approval, without stored credentials', () => {
  const workflow = parse(read('github-actions.yml'));
  expect(workflow.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  expect(workflow.on).toEqual({ push: { branches: ['main'] } });
  const jobs = Object.entries<Job>(workflow.jobs);
  expect(jobs.map(([name, { needs, environment }]) => [name, needs, environment])).toEqual([
    ['dev', undefined, 'dev'],
    ['diff', 'dev', 'prod-diff'],
    ['prod', 'diff', 'prod'],
  ]);
  const actions = jobs.map(([, { steps }]) => steps.flatMap(({ uses }) => uses ?? []));
  const each = ['actions/checkout@v4', 'actions/setup-node@v4', 'aws-actions/configure-aws-credentials@v4'];
  expect(actions).toEqual([each, each, each]);
  const credentials = jobs.flatMap(([, { steps }]) =>
    steps.flatMap((step) => (step.with?.['role-to-assume'] ? [step.with] : [])),
  );
  const variable = (name: string) => `\${{ vars.${name} }}`;
  const role = { 'role-to-assume': variable('AWS_ROLE'), 'aws-region': variable('AWS_REGION') };
  expect(credentials).toEqual([role, role, role]);
});

test('the pipeline of GitLab has the same three steps, the last by hand', () => {
  const { stages, default: all, dev, diff, prod } = parse(read('gitlab-ci.yml'));
  expect(stages).toEqual(['dev', 'diff', 'prod']);
  expect([dev.stage, diff.stage, prod.stage, prod.when]).toEqual(['dev', 'diff', 'prod', 'manual']);
  expect(all.id_tokens).toEqual({ AWS_TOKEN: { aud: 'sts.amazonaws.com' } });
  expect(prod.environment).toBe('prod');
});

test('the role of a pipeline belongs to one subject, and may only read the quota, and use the two roles of cdk bootstrap that deploy', () => {
  const role = read('deploy-role.yaml');
  const { Parameters, Resources } = parseCloudFormation(role);
  expect(new RegExp(Parameters.Subject.AllowedPattern).test('repo:acme/*')).toBe(false);
  expect(new RegExp(Parameters.Subject.AllowedPattern).test('repo:acme/webhooks:environment:prod')).toBe(true);
  const { AssumeRolePolicyDocument, Policies } = Resources.Role.Properties;
  const [trust] = JSON.parse(AssumeRolePolicyDocument).Statement;
  const aud = { [`\${Issuer}:aud`]: 'sts.amazonaws.com' };
  expect(trust.Condition).toEqual({ StringEquals: { ...aud, [`\${Issuer}:sub`]: `\${Subject}` } });
  const [{ PolicyDocument }, ...more] = Policies;
  expect(more).toEqual([]);
  expect(PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      // Not the role for lookups, which may read the data of the whole account.
      Resource: ['deploy-role', 'file-publishing-role'].map(
        (name) => `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/cdk-\${Qualifier}-${name}-\${AWS::AccountId}-*`,
      ),
    },
    { Effect: 'Allow', Action: 'lambda:GetAccountSettings', Resource: '*' },
  ]);
});
