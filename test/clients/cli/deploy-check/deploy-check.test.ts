/** `hooklatch deploy-check`, on a synthesized app and a small server in place of AWS. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { hooklatch } from '../given-terminal.ts';
import { aFakeAws, type FakeAccount, type FakeAws } from './given-aws.ts';

const base = mkdtempSync(join(tmpdir(), 'hooklatch-deploy-check-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const bus = { Type: 'AWS::Events::EventBus', Properties: { Name: 'hooklatch-prod' } };
const domain = { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'hooks.example.com' } };
const both = { Resources: { Bus: bus, Domain: domain } };

interface GivenStack {
  template?: object;
  environment?: string;
  stackName?: string;
  assumeRoleArn?: string;
}

/** A folder as `cdk synth` writes it. */
function anApp(
  stacks: Record<string, GivenStack>,
  folder = mkdtempSync(join(base, 'app-')),
  more: object = {},
): string {
  const artifacts = Object.entries(stacks).map(([id, { template = {}, environment, ...properties }]) => {
    writeFileSync(join(folder, `${id}.template.json`), JSON.stringify(template));
    const type = 'aws:cloudformation:stack';
    return [id, { type, environment: environment ?? 'aws://unknown-account/unknown-region', properties }];
  });
  const manifest = {
    version: '1',
    artifacts: { Tree: { type: 'cdk:tree' }, ...Object.fromEntries(artifacts), ...more },
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

const variables = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_MAX_ATTEMPTS', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
const before = Object.fromEntries(variables.map((name) => [name, process.env[name]]));
let aws: FakeAws | undefined;
afterEach(() => {
  aws?.close();
  aws = undefined;
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

/** Runs the command while this is deployed. */
async function check(app: string, account: FakeAccount, ...args: string[]) {
  aws?.close();
  aws = await aFakeAws(account);
  Object.assign(process.env, aws.env);
  return hooklatch(['deploy-check', '--app', app, ...args]);
}

test('a forgotten setting stops the deployment, and the output says what it would have destroyed', async () => {
  const app = anApp({ 'hooklatch-prod': { template: { Resources: { Bus: bus } } } });
  const { code, out, err } = await check(app, { stacks: { 'hooklatch-prod': both } });
  expect(code).toBe(1);
  expect(out).toBe(`hooklatch-prod:
  lost  Domain  AWS::ApiGatewayV2::DomainName hooks.example.com
    It would be removed, because the new template does not have it. Every sender and operator that uses this domain would get no answer.
`);
  expect(err).toBe(
    'Nothing was deployed. If a setting is missing, put it back: the file of the stage keeps it. If the loss is what you want, name it: --allow-loss Domain\n',
  );
});

test('goes on only with each lost resource named', async () => {
  const app = anApp({ 'hooklatch-prod': { template: { Resources: {} } } });
  const account = { stacks: { 'hooklatch-prod': both } };
  const one = await check(app, account, '--allow-loss', 'Domain');
  expect([one.code, one.err]).toEqual([1, expect.stringMatching(/ name it: --allow-loss Bus\n$/)]);
  const allowed = await check(app, account, '--allow-loss', 'Domain', '--allow-loss', 'Bus', '--allow-loss', 'Typo');
  expect(allowed).toMatchObject({ code: 0, out: expect.stringContaining('  allowed  Bus ') });
  expect(allowed.err).toBe('--allow-loss Typo names nothing that would be lost: leave it out\n');
});

test('a stack that does not exist has nothing to lose, and neither has one that stays', async () => {
  const app = anApp({ one: { template: both }, two: { template: both, stackName: 'second' } });
  const { code, out, err } = await check(app, { stacks: { second: both } });
  expect({ code, out, err }).toEqual({
    code: 0,
    out: 'one: not deployed yet, so there is nothing to lose\nsecond: nothing would be lost\n',
    err: '',
  });
});

test('with --json, the answer has each loss, and whether the deployment may go on', async () => {
  const app = anApp({ one: { template: {} } });
  const ran = await check(app, { stacks: { one: { Resources: { Bus: bus } } } }, '--json');
  expect([ran.code, ran.json()]).toEqual([
    1,
    {
      allowed: false,
      stacks: [
        {
          stack: 'one',
          isDeployed: true,
          losses: [expect.objectContaining({ id: 'Bus', how: 'removed', name: 'hooklatch-prod', isAllowed: false })],
          rereads: [],
          warnings: [],
        },
      ],
    },
  ]);
});

describe('a queue that would be removed', () => {
  const queue = { Type: 'AWS::SQS::Queue', Properties: {} };
  const stacks = { 'hooklatch-prod': { Resources: { Old: queue, Older: queue } } };
  const app = () => anApp({ 'hooklatch-prod': { template: { Resources: { New: queue } } } });

  test('is lost with the messages that it has, and not if it is empty', async () => {
    const { code, out } = await check(app(), { stacks, queues: { Old: 2, Older: 0 } });
    expect(code).toBe(1);
    expect(out).toContain('All messages of this queue would be lost');
    expect(out).toContain('Messages in it now: 2.');
    expect(out).not.toContain('Older');
    expect(await check(app(), { stacks, queues: { Old: 0, Older: 0 } })).toMatchObject({
      code: 0,
      out: 'hooklatch-prod: nothing would be lost\n',
    });
  });

  test('counts as lost if nobody may ask', async () => {
    const { code, out } = await check(app(), { stacks, queues: { Old: 0 } });
    expect(code).toBe(1);
    expect(out).toContain('Older');
    expect(out).toContain('Whether it has messages could not be asked (AccessDenied: your AWS credentials need');
    expect(out).not.toContain('Old ');
  });
});

test('a stream that would be read again is a warning, which stops nothing', async () => {
  const mapping = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: { 'Fn::GetAtt': ['Events', 'StreamArn'] }, StartingPosition: 'TRIM_HORIZON' },
  };
  const app = anApp({ 'hooklatch-prod': { template: { Resources: { CountStream: mapping } } } });
  const { code, out, err } = await check(app, {
    stacks: { 'hooklatch-prod': { Resources: { TallyStream: mapping } } },
  });
  expect({ code, out, err }).toEqual({
    code: 0,
    out: `hooklatch-prod: nothing would be lost
  warning  TallyStream  AWS::Lambda::EventSourceMapping
    It would be replaced by CountStream, which reads the stream of Events from its first record. All that the stream still has is handled a second time: a table's changes of the last 24 hours may be published and counted twice.
`,
    err: '',
  });
});

describe('the quota of concurrent executions', () => {
  const consumer = (name: string) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      Description: `Hooklatch functions/${name}.ts`,
      Environment: { Variables: { TRANSFORM_FUNCTION: 't' } },
    },
  });
  const mapping = (to: string, MaximumConcurrency: number) => ({
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: { Ref: to }, ScalingConfig: { MaximumConcurrency } },
  });
  const Resources = { Dispatch: consumer('dispatch'), Batches: mapping('Dispatch', 5) };
  const warnedAt = async (executions: number | undefined, template: object) => {
    const account = executions === undefined ? {} : { executions };
    const { code, err } = await check(anApp({ one: { template } }), { stacks: { one: template }, ...account });
    return [code, err];
  };

  test('is compared with what deliveries can hold, and stops no deployment', async () => {
    expect(await warnedAt(18, { Resources })).toEqual([0, '']);
    expect(await warnedAt(17, { Resources })).toEqual([
      0,
      'one: Lambda runs at most 17 executions at once in this account and region, 17 of them unreserved. Deliveries can hold 15 (dispatch 5, transform 10), and 3 more are for webhooks as they arrive. So webhooks can be refused while receivers hang. Ask for a higher quota, or set dispatchConcurrency to 2: see docs/limits.md.\n',
    ]);
  });

  test('is asked for only where there are deliveries, and in the region of the stack', async () => {
    expect(await warnedAt(1, { Resources: { Bus: bus } })).toEqual([0, '']);
    expect(aws?.calls).not.toContain('eu-central-1 GetAccountSettings');
    const environment = 'aws://123456789012/us-west-2';
    await check(anApp({ one: { template: { Resources }, environment } }), { executions: 1_000 });
    expect(aws?.calls).toContain('us-west-2 GetAccountSettings');
  });

  test('is not compared without the right to ask, which is said', async () => {
    expect(await warnedAt(undefined, { Resources })).toEqual([
      0,
      'one: The quota of concurrent executions was not compared (AccessDeniedException): your AWS credentials need lambda:GetAccountSettings.\n',
    ]);
  });
});

describe('asks AWS', () => {
  const role = (account: string, region: string) =>
    `arn:aws:iam::${account}:role/cdk-x-deploy-role-${account}-${region}`;

  test('in the region of each stack, with the role that CDK deploys with', async () => {
    const open = `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/cdk-x-deploy-role-\${AWS::AccountId}-\${AWS::Region}`;
    const app = anApp({
      api: { assumeRoleArn: open },
      edge: { environment: 'aws://123456789012/us-east-1', assumeRoleArn: role('123456789012', 'us-east-1') },
    });
    const roles = [role('123456789012', 'eu-central-1'), role('123456789012', 'us-east-1')];
    expect(await check(app, { roles, mayRead: false })).toMatchObject({ code: 0 });
    expect(aws?.calls).toEqual([
      'eu-central-1 GetCallerIdentity',
      `eu-central-1 AssumeRole ${roles[0]}`,
      'eu-central-1 GetTemplate api',
      'us-east-1 GetCallerIdentity',
      `us-east-1 AssumeRole ${roles[1]}`,
      'us-east-1 GetTemplate edge',
    ]);
  });

  test('with the own credentials if the role can’t be used', async () => {
    const app = anApp({ api: { assumeRoleArn: role('123456789012', 'eu-central-1') } });
    expect(await check(app, { stacks: { api: both } })).toMatchObject({ code: 1 });
  });

  test('of the stacks that are named, also those of a stage', async () => {
    const folder = mkdtempSync(join(base, 'app-'));
    mkdirSync(join(folder, 'assembly-prod'));
    anApp({ inner: {} }, join(folder, 'assembly-prod'));
    anApp({ outer: {} }, folder, {
      prod: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-prod' } },
    });
    expect((await check(folder, {}, '--stack', 'inner')).out).toBe(
      'inner: not deployed yet, so there is nothing to lose\n',
    );
    expect(await check(folder, {}, '--stack', 'third')).toMatchObject({
      code: 2,
      err: 'The app has no stack third; it has: outer, inner\n',
    });
  });
});

test.each<[string, GivenStack, FakeAccount, string]>([
  [
    'credentials of another account',
    { environment: 'aws://123456789012/eu-central-1' },
    { account: '210987654321' },
    'The stack api is of the account 123456789012, but your AWS credentials are of 210987654321\n',
  ],
  [
    'credentials that may not read what is deployed',
    {},
    { mayRead: false },
    'Your AWS credentials may not read what is deployed: they need cloudformation:GetTemplate on the stack api, or the deploy role of cdk bootstrap\n',
  ],
  [
    'a stack that CDK did not deploy',
    {},
    { stacks: { api: 'Resources: {}' } },
    'The deployed template of api is not valid JSON\n',
  ],
])('never takes %s for nothing to lose', async (_, stack, account, err) => {
  expect(await check(anApp({ api: stack }), account)).toMatchObject({ code: 2, out: '', err });
});

test('needs credentials and a region', async () => {
  const app = anApp({ api: {} });
  aws = await aFakeAws({});
  const { AWS_ACCESS_KEY_ID: _, ...others } = aws.env;
  const hidden = {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_CONFIG_FILE: '/nonexistent',
  };
  Object.assign(process.env, others, hidden);
  delete process.env['AWS_ACCESS_KEY_ID'];
  const { code, err } = await hooklatch(['deploy-check', '--app', app]);
  for (const name of Object.keys(hidden)) delete process.env[name];
  expect([code, err]).toEqual([
    2,
    expect.stringContaining("AWS can't be asked what is deployed (CredentialsProviderError)"),
  ]);
});

test('a folder that cdk synth did not write is refused', async () => {
  const { code, err } = await check(join(base, 'nowhere'), {});
  expect([code, err]).toEqual([
    2,
    expect.stringContaining("manifest.json can't be read: name the folder that cdk synth"),
  ]);
});
