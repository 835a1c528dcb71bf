/** Connections in stacks and apps that do not have the gateway, and the policies that they add to its function's role. */
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { appFlags } from '../../local/cloudformation/synthesis.ts';
import type { Template } from '../../local/cloudformation/template.ts';
import { count, inFull, testInFull } from '../support/full-counts.ts';
import { type Found, ofType, only } from './given-template.ts';

interface Outcome {
  templates: Template[];
  error?: string;
}
let apps: Record<string, Outcome>;

/** The apps that are synthesized. Those with five hundred connections take seconds, so only `npm run test:full` has them. */
const usual = [
  ...['with200', 'with100Generated', 'withKeys', 'inThreeStacks', 'twice', 'samePlace', 'anyPlace', 'keepsNothing'],
  ...['otherAccount', 'otherRegion', 'besideInOtherRegion', 'notManaging', 'noFunction'],
];

/** Whether CDK checks the templates by its rules, which takes most of the time. */
const withRules = count({ usual: 0, full: 1 }) === 1;

beforeAll(() => {
  const args = [
    ...appFlags,
    'test/infra/imported-gateway-app.ts',
    ...usual,
    ...inFull(['with45', 'asManyAsFit', 'tooMany']),
  ];
  const env = { ...process.env, ...(withRules ? {} : { CDK_VALIDATION: 'false' }) };
  apps = JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
});

const templatesOf = (name: string): Template[] => {
  const { templates, error } = apps[name] ?? {};
  if (!templates) throw new Error(`${name}: ${error}`);
  return templates;
};
const policiesOf = (name: string): Found[] =>
  templatesOf(name).flatMap((template) => ofType(template, 'AWS::IAM::ManagedPolicy'));

/** Every resource that a policy names. */
const resourcesIn = ({ properties }: Found, action: string): unknown[] =>
  properties.PolicyDocument.Statement.filter(({ Action }: { Action: string }) => Action === action).flatMap(
    ({ Resource }: { Resource: unknown }) => [Resource].flat(),
  );
const reading = 'secretsmanager:GetSecretValue';

/**
 * The characters that IAM counts, once CloudFormation has put in what only it knows: the ARN of a secret is longest in
 * `us-gov-west-1` and the like, and its name has 12 and 6 random characters.
 */
const charactersOf = ({ properties }: Found): number =>
  JSON.stringify(properties.PolicyDocument, (_, value) =>
    typeof value?.Ref === 'string'
      ? `arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:${value.Ref}-${'x'.repeat(12)}-${'y'.repeat(6)}`
      : value,
  ).length;

describe('the rights to read token.fromSecret', () => {
  const sizes = [
    ['with200', 200, 4],
    ['with100Generated', 100, 3],
    ...inFull([['with45', 45, 1] as const, ['asManyAsFit', 522, 9] as const]),
  ] as const;

  test.each(sizes)('%s: %i secrets fit into %i managed policies, each as IAM takes it', (name, secrets, most) => {
    const policies = policiesOf(name);
    expect(policies.length).toBeLessThanOrEqual(most);
    for (const policy of policies) expect(charactersOf(policy)).toBeLessThanOrEqual(6_144);
    const named = policies.flatMap((policy) => resourcesIn(policy, reading).map((arn) => JSON.stringify(arn)));
    expect(named).toHaveLength(secrets);
    expect(new Set(named).size).toBe(secrets);
    expect(templatesOf(name).flatMap((template) => ofType(template, 'AWS::IAM::Policy'))).toEqual([]);
  });

  test('are attached to the role of the function, and each connection waits for the policy that names its secret', () => {
    const [template = { Resources: {} }] = templatesOf('with200');
    const policies = policiesOf('with200');
    const roles = policies.flatMap(({ properties }) => properties.Roles);
    expect(roles).toHaveLength(policies.length);
    expect(new Set(roles)).toEqual(new Set(['hooklatch-prod-manageconnection-DeF']));
    const connections = ofType(template, 'Custom::HooklatchConnection');
    expect(connections).toHaveLength(200);
    for (const { properties, resource } of connections) {
      const policy = policies.find(({ id }) => [resource.DependsOn].flat().includes(id));
      expect(policy && resourcesIn(policy, reading)).toContain(properties.Token);
    }
  });

  testInFull('a tenth policy would be refused by IAM, so it is refused here', () => {
    expect(apps['tooMany']?.error).toContain(
      "fromSecret: the role of the gateway's function can read no more than the 522 secrets before this one.",
    );
  });

  test('name a key of KMS once, however many secrets it encrypts', () => {
    for (const policy of policiesOf('withKeys')) {
      expect(resourcesIn(policy, 'kms:Decrypt')).toEqual(['arn:aws:kms:eu-central-1:123456789012:key/k1']);
      expect(charactersOf(policy)).toBeLessThanOrEqual(6_144);
    }
    expect(policiesOf('withKeys').flatMap((policy) => resourcesIn(policy, reading))).toHaveLength(60);
  });

  test('name a secret of several connections once', () => {
    expect(resourcesIn(only(policiesOf('twice')), reading)).toHaveLength(1);
  });

  test('each stack has policies of its own', () => {
    const counts = templatesOf('inThreeStacks').map((template) => ofType(template, 'AWS::IAM::ManagedPolicy').length);
    expect(counts).toEqual([1, 1, 1]);
  });
});

describe('a gateway of another app', () => {
  const connectionIn = (name: string) =>
    only(templatesOf(name).flatMap((one) => ofType(one, 'Custom::HooklatchConnection')));

  test.each(['samePlace', 'anyPlace'])('%s: its function manages the connection', (name) => {
    const { properties, resource } = connectionIn(name);
    expect(properties).toMatchObject({
      ServiceToken: 'arn:aws:lambda:eu-central-1:123456789012:function:hooklatch-prod-manageconnection-AbC',
      Name: 'orders',
    });
    expect(resource.DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('may say that connections go with their stack', () => {
    expect(connectionIn('keepsNothing').resource.DeletionPolicy).toBe('Delete');
  });

  test.each([
    ['otherAccount', 'the connection in 210987654321 and eu-central-1.'],
    ['otherRegion', 'the connection in 123456789012 and us-east-1.'],
    ['besideInOtherRegion', 'the connection in 123456789012 and us-east-1.'],
  ])('%s is refused, and the error says why', (name, place) => {
    const { error = '' } = apps[name] ?? {};
    expect(error).toContain('the gateway is in account 123456789012 and region eu-central-1, ');
    expect(error).toContain(place);
    expect(error).toContain("CloudFormation calls functions of the stack's own region only");
  });

  test('must manage connections: an error says how, at the synthesis', () => {
    expect(apps['notManaging']?.error).toBe(
      'the gateway hooks/Gateway manages no connections. Set managedConnections: true on it, and deploy its stack first',
    );
  });

  test('is named by ARNs, not by names', () => {
    expect(apps['noFunction']?.error).toContain('ARNs must');
  });
});
