/** `--without`: what is left of a template. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { leaveOut } from '../../../local/cloudformation/leave-out.ts';
import { nameOf, type Template } from '../../../local/cloudformation/template.ts';
import { referencesIn } from '../../../local/custom-resources/declared-resources.ts';
import { assembly } from '../../support/given.ts';
import { echo, givenAssembly, givenRuntime } from '../assembly-fixture.ts';
import { send } from '../http-client.ts';

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const at = (path: string) => ({ Metadata: { 'aws:cdk:path': `Shop/${path}/Resource` } });
const statement = (Resource: unknown, more = {}) => ({ Effect: 'Allow', Action: 'a:b', Resource, ...more });
const rule = (...targets: unknown[]) => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventPattern: { source: ['a'] }, Targets: targets },
});

/** A machine and a function that get webhooks by two rules, and what they need. */
const shop: Template = {
  Resources: {
    Machine1: { Type: 'AWS::StepFunctions::StateMachine', ...at('Machine'), DependsOn: ['MachineRole1'] },
    MachineRole1: { Type: 'AWS::IAM::Role', ...at('Machine/Role') },
    Both: rule({ Id: 'a', Arn: { Ref: 'Machine1' }, RoleArn: arn('MachineRole1') }, { Id: 'b', Arn: arn('Ship1') }),
    Alone: rule({ Id: 'a', Arn: { Ref: 'Machine1' } }),
    AloneDead: { Type: 'AWS::SQS::Queue', ...at('Alone/Dead') },
    AloneDeadPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'AloneDead' }],
        PolicyDocument: {
          Statement: [
            statement(arn('AloneDead')),
            statement(arn('AloneDead'), { Condition: { ArnEquals: { 'aws:SourceArn': arn('Alone') } } }),
          ],
        },
      },
    },
    MachineAlarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Dimensions: [{ Name: 'x', Value: { Ref: 'Machine1' } }] },
    },
    Ship1: {
      Type: 'AWS::Lambda::Function',
      ...at('Ship'),
      DependsOn: ['ShipPolicy1', 'Machine1'],
      Properties: {
        Role: arn('ShipRole1'),
        Environment: { Variables: { MACHINE: { 'Fn::Sub': '${'.concat('Machine1}') }, STAGE: 'dev' } },
      },
    },
    ShipRole1: { Type: 'AWS::IAM::Role', ...at('Ship/Role') },
    ShipPolicy1: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyDocument: {
          Statement: [
            statement({ Ref: 'Machine1' }),
            statement([arn('Machine1'), arn('Data1')]),
            statement({ 'Fn::Join': ['', [{ Ref: 'Machine1' }, '/*']] }),
          ],
        },
        Roles: [{ Ref: 'ShipRole1' }],
      },
    },
    Data1: { Type: 'AWS::DynamoDB::Table', ...at('Data') },
    Mapping1: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: arn('AloneDead'), FunctionName: { Ref: 'Ship1' } },
    },
    Orders1: {
      Type: 'Custom::HooklatchConnection',
      ...at('Orders'),
      Properties: { Name: 'orders', Token: { Ref: 'Token1' } },
    },
    Token1: { Type: 'AWS::SecretsManager::Secret', ...at('Token') },
  },
  Outputs: { MachineArn: { Value: { Ref: 'Machine1' } }, DataArn: { Value: arn('Data1') } },
};
const { Resources } = shop;
const leftOf = (...names: string[]) => {
  const { template } = leaveOut(shop, names);
  return Object.keys(Resources).filter((id) => !(id in template.Resources));
};

describe('what is left out', () => {
  test.each<[string, string[], string[]]>([
    ['a resource by its logical id', ['Machine1'], ['Machine1', 'Alone', 'MachineAlarm']],
    ['a construct with all in it', ['Machine'], ['Machine1', 'MachineRole1', 'Alone', 'MachineAlarm']],
    ['a construct by its whole path', ['Shop/Machine'], ['Machine1', 'MachineRole1', 'Alone', 'MachineAlarm']],
    ['a part of a construct', ['Ship/Role'], ['Ship1', 'ShipRole1', 'ShipPolicy1', 'Mapping1']],
    ['a queue', ['Alone/Dead'], ['AloneDead', 'AloneDeadPolicy', 'Mapping1']],
    ['a table', ['Data'], ['Data1']],
    ['two', ['Data1', 'MachineAlarm'], ['MachineAlarm', 'Data1']],
  ])('%s, and what can not be without it', (_, names, expected) => {
    expect(leftOf(...names)).toEqual(expected);
  });

  test('no longer is a target, has rights, is in variables and outputs, or is waited for', () => {
    const { template, report } = leaveOut(shop, ['Machine1']);
    const { Both, Ship1, ShipPolicy1, AloneDeadPolicy } = template.Resources;
    expect(Both?.Properties?.['Targets']).toEqual([{ Id: 'b', Arn: arn('Ship1') }]);
    expect(Ship1).toMatchObject({
      DependsOn: ['ShipPolicy1'],
      Properties: { Environment: { Variables: { STAGE: 'dev' } } },
    });
    expect(JSON.stringify([Ship1, ShipPolicy1])).not.toContain('Machine1');
    expect(ShipPolicy1?.Properties?.['PolicyDocument']).toEqual({ Statement: [statement([arn('Data1')])] });
    expect(AloneDeadPolicy?.Properties?.['PolicyDocument']).toEqual({ Statement: [statement(arn('AloneDead'))] });
    expect(Object.keys(template.Outputs ?? {})).toEqual(['DataArn']);
    expect(report).toBe(
      'Left out: Machine1 (AWS::StepFunctions::StateMachine). With them goes what needs them: Alone (AWS::Events::Rule), ' +
        'MachineAlarm (AWS::CloudWatch::Alarm). These variables are not set: MACHINE of Ship1.',
    );
  });

  test('is never a custom resource, whose work would be deleted', () => {
    for (const name of ['Orders', 'Token'])
      expect(() => leaveOut(shop, [name])).toThrow(
        `--without ${name} would leave out Orders1 (Custom::HooklatchConnection), and what that has made on this machine would be deleted`,
      );
  });

  test.each(['machine', 'Mach', 'Shop/Machine/', 'Resource', ''])('has a name that is there, and not %j', (name) => {
    expect(() => leaveOut(shop, ['Data', name])).toThrow(
      `--without ${name}: the stack has no such resource or construct. It has: ` +
        'Alone, AloneDeadPolicy, Both, Data, Machine, MachineAlarm, Mapping1, Orders, Ship, ShipPolicy1, Token',
    );
  });

  test('is nothing unless it is named', () => {
    expect(leaveOut(shop, [])).toEqual({ template: shop, report: undefined });
  });
});

describe('of the template of a deployment', () => {
  let whole: Template;
  beforeAll(() => {
    whole = JSON.parse(readFileSync(join(assembly(), 'hooklatch-dev.template.json'), 'utf8'));
  });

  test('nothing that is left refers to what is left out, whatever that is', () => {
    const ids = Object.keys(whole.Resources);
    const needs = ({ Resources, Outputs }: Template) => [
      ...referencesIn([Resources, Outputs]),
      ...Object.values(Resources).flatMap(({ DependsOn = [] }) => DependsOn),
    ];
    // All that it refers to is in the template.
    expect(needs(whole).every((id) => ids.includes(id) || id.startsWith('AWS::'))).toBe(true);
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 4 }), (names) => {
        const { template } = leaveOut(whole, names);
        const isThere = (id: string) => id in template.Resources || id.startsWith('AWS::');
        expect([names.filter(isThere), needs(template).every(isThere)]).toEqual([[], true]);
      }),
      { numRuns: 20 },
    );
  });

  test('each resource is left out by the name of its construct', () => {
    const all = Object.entries(whole.Resources);
    expect(all.length).toBeGreaterThan(100);
    const stays = all.filter(([id, resource]) => id in leaveOut(whole, [nameOf(id, resource)]).template.Resources);
    expect(stays).toEqual([]);
  });
});

test('an app with a machine is refused with the way out, which starts it', async () => {
  const { Machine1: Machine = { Type: '' }, Alone = { Type: '' } } = Resources;
  const fixture = {
    functions: { Echo: echo, Odd: echo },
    functionProperties: {
      Echo: { Environment: { Variables: { MACHINE: { Ref: 'Machine1' } } } },
      Odd: { Runtime: 'python3.13' },
    },
    routes: [{ key: 'GET /', to: 'Echo' }],
    resources: { Machine1: { ...Machine, DependsOn: [] }, Alone, Stream: { Type: 'AWS::Kinesis::Stream' } },
  };
  const error = await givenRuntime(fixture).then(String, ({ message }: Error) => message);
  expect(error).toBe(`The local runtime can't run these resources of the template:
  Machine1 (AWS::StepFunctions::StateMachine)
  Stream (AWS::Kinesis::Stream)
Change this, start with --without Machine --without Stream, or move it to another stack of your app: the local runtime runs one stack.`);
  const stages: string[] = [];
  const without = ['Machine', 'Stream', 'Odd'];
  const runtime = await givenRuntime(fixture, { without, onStage: (line) => stages.push(line) });
  expect((await send(runtime.url)).status).toBe(200);
  expect(stages.filter((line) => line.startsWith('Left out'))).toEqual([
    'Left out: Machine1 (AWS::StepFunctions::StateMachine), Stream (AWS::Kinesis::Stream), Odd (AWS::Lambda::Function). ' +
      'With them goes what needs them: Alone (AWS::Events::Rule). These variables are not set: MACHINE of Echo.',
  ]);
  // The same is left out of new code.
  await expect(runtime.replaceCode(givenAssembly(fixture))).resolves.toBeUndefined();
});
