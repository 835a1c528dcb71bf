/** Functions and policies that refer to custom resources, which functions of the same stack make. */
import { describe, expect, test } from '@jest/globals';
import { createStack } from '../../../local/cloudformation/physical-ids.ts';
import { readRoles } from '../../../local/cloudformation/role-policies.ts';
import type { Template } from '../../../local/cloudformation/template.ts';
import type { CustomResource } from '../../../local/custom-resources/custom-resource.ts';
import type { Runtime } from '../../../local/runtime.ts';
import { type Fixture, givenRuntime, temporaryFolder } from '../assembly-fixture.ts';
import { allow } from '../event-source-mapping/given-stream.ts';
import { send } from '../http-client.ts';
import { queueMapping, toQueue } from '../sqs/given-mapping.ts';

/** Makes what it is asked for. It refuses the name `taken`, and says where it runs. */
const provider = `
  exports.handler = async ({ ResponseURL, StackId, RequestId, LogicalResourceId, ResourceProperties: { name } }) => {
    const result = name === 'taken' ? { Status: 'FAILED', Reason: 'it is taken' } : { Status: 'SUCCESS' };
    const Data = { Url: 'https://' + name + '.example', Seen: process.env.SEEN ?? 'nothing' };
    const body = { ...result, Data, PhysicalResourceId: name, StackId, RequestId, LogicalResourceId };
    await fetch(ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(body) });
  };`;
const telling = 'exports.handler = async () => ({ statusCode: 200, body: String(process.env.SEEN) });';

const made = (by: string, name: unknown) => ({
  Type: 'Custom::Endpoint',
  Properties: { ServiceToken: { 'Fn::GetAtt': [by, 'Arn'] }, name },
});
const seen = (value: unknown) => ({ Environment: { Variables: { SEEN: value } } });
const urlOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Url'] });

/** A function with the URL of the custom resource `A`, which has this name. */
const telledOf = (name: string, attribute = 'Url'): Fixture => ({
  functions: { Provider: provider, Telling: telling },
  functionProperties: { Telling: seen({ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['A', attribute] }, '/in']] }) },
  routes: [{ key: 'GET /', to: 'Telling' }],
  resources: { A: made('Provider', name) },
});
const told = async ({ url }: Runtime) => {
  const { status, text } = await send(url);
  return `${status} ${text}`;
};

describe('a function that has an attribute of a custom resource', () => {
  test('gets it as the resource has it now, in each start', async () => {
    const dataDir = temporaryFolder();
    const answers = [];
    for (const name of ['first', 'second']) {
      const runtime = await givenRuntime(telledOf(name), { dataDir });
      answers.push(await told(runtime));
      await runtime.close();
    }
    expect(answers).toEqual(['200 https://first.example/in', '200 https://second.example/in']);
  });

  test('fails while the resource can not be made, and its log says why', async () => {
    const lines: string[] = [];
    const onLog = (name: string, line: string) => lines.push(`${name} ${line}`);
    const runtime = await givenRuntime(telledOf('taken'), { onLog });
    expect(runtime.update.failure).toBe('A (Custom::Endpoint) could not be created: it is taken');
    expect(await told(runtime)).toMatch(/^500 /);
    expect(lines.join('\n')).toMatch(
      /Fixture-Telling .*can't run Telling .*the function of A has not answered with it/,
    );
  });

  test('goes on with what the resource was when an update of it fails', async () => {
    const dataDir = temporaryFolder();
    await (await givenRuntime(telledOf('first'), { dataDir })).close();
    const runtime = await givenRuntime(telledOf('taken'), { dataDir });
    expect(runtime.update.failure).toContain('could not be updated');
    expect(await told(runtime)).toBe('200 https://first.example/in');
  });

  test('that the resource does not have, stops the start', async () => {
    await expect(givenRuntime(telledOf('first', 'Size'))).rejects.toThrow(
      /can't run Telling \(AWS::Lambda::Function\): Fn::GetAtt A\.Size: the function of A has not answered with it/,
    );
  });

  test('may make other custom resources', async () => {
    const runtime = await givenRuntime({
      functions: { Provider: provider, Second: provider },
      functionProperties: { Second: seen(urlOf('A')) },
      resources: { B: made('Second', 'b'), A: made('Provider', 'a') },
      sections: { Outputs: { Seen: { Value: { 'Fn::GetAtt': ['B', 'Seen'] } } } },
    });
    expect([runtime.update, runtime.outputs]).toEqual([{ leftovers: [] }, { Seen: 'https://a.example' }]);
  });
});

test('a message is not received before the custom resource exists that the function of its queue depends on', async () => {
  const slow = provider.replace(
    'await fetch(',
    'await new Promise((resolve) => setTimeout(resolve, 50)); console.log({ made: Date.now() }); await fetch(',
  );
  const resources = { Jobs: { Type: 'AWS::SQS::Queue', Properties: {} }, A: made('Provider', 'a') };
  const dataDir = temporaryFolder();
  const before = await givenRuntime({ resources: { Jobs: resources.Jobs } }, { dataDir });
  const [arn = ''] = [before.aws.queue('arn:aws:sqs:us-east-1:000000000000:Fixture-Jobs')?.arn];
  await before.aws.queue(arn)?.send([{ content: { body: 'left', attributes: {} } }]);
  await before.close();
  const messages: Record<string, unknown>[] = [];
  const runtime = await givenRuntime(
    {
      functions: { Provider: slow, Worker: 'exports.handler = async (event) => console.log(event)' },
      functionProperties: { Worker: seen(urlOf('A')) },
      resources: {
        ...resources,
        Policy: allow('Worker', ['sqs:*'], toQueue()),
        Mapping: queueMapping(),
      },
    },
    { dataDir, onLog: (_, line) => messages.push(JSON.parse(line).message) },
  );
  await runtime.settled();
  const [first, second] = messages as [
    { made: number },
    { Records: [{ body: string; attributes: Record<string, string> }] },
  ];
  const [record] = second.Records;
  expect(record.body).toBe('left');
  expect(Number(record.attributes['ApproximateFirstReceiveTimestamp'])).toBeGreaterThanOrEqual(first.made);
});

describe('a policy with several statements, of which one names a custom resource', () => {
  const read = (Resource: unknown) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource });
  const document = {
    Statement: [read('arn:aws:s3:::own/*'), read({ 'Fn::Join': ['', ['arn:aws:s3:::bodies/', { Ref: 'A' }, '/*']] })],
  };
  const trust = { AssumeRolePolicyDocument: {} };
  const ofRole = { PolicyDocument: document, Roles: [{ Ref: 'Role' }] };
  const resources: Record<string, Template['Resources']> = {
    attached: {
      Role: { Type: 'AWS::IAM::Role', Properties: trust },
      Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', ...ofRole } },
    },
    managed: {
      Role: { Type: 'AWS::IAM::Role', Properties: trust },
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: ofRole },
    },
    inline: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          ...trust,
          Policies: document.Statement.map((each, at) => ({
            PolicyName: `p${at}`,
            PolicyDocument: { Statement: each },
          })),
        },
      },
    },
  };

  test.each(Object.keys(resources))('permits the others until that exists: %s', (kind) => {
    const customResources = new Map<string, CustomResource>();
    const Resources = { ...resources[kind], A: { Type: 'Custom::Endpoint', Properties: {} } };
    const stack = createStack('s', { Resources }, { url: 'http://here', secrets: new Map(), customResources });
    const [role] = readRoles(stack).values();
    const permitted = () => role?.statements().map(({ Resource }) => Resource);
    expect(permitted()).toEqual(['arn:aws:s3:::own/*']);
    const some = {
      type: 'Custom::Endpoint',
      properties: {},
      deletionPolicy: 'Delete',
      updateReplacePolicy: 'Delete',
    } as const;
    for (const physicalId of ['con_1', 'con_2']) {
      customResources.set('A', { ...some, physicalId, attributes: {} });
      expect(permitted()).toEqual(['arn:aws:s3:::own/*', `arn:aws:s3:::bodies/${physicalId}/*`]);
    }
  });
});

test('a policy that names what a custom resource does not have stops the start', async () => {
  const Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::GetAtt': ['A', 'Arn'] } };
  const Policy = {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'p', PolicyDocument: { Statement }, Roles: [{ Ref: 'ProviderRole' }] },
  };
  const resources = { A: made('Provider', 'a'), Policy };
  await expect(givenRuntime({ functions: { Provider: provider }, resources })).rejects.toThrow(
    /can't run Policy \(AWS::IAM::Policy\): Fn::GetAtt A\.Arn: the function of A/,
  );
});
