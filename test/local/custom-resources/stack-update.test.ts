/** Custom resources in the runtime, with a function that answers as its properties say. */
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { LifecycleRequest } from '../../../local/custom-resources/lifecycle-request.ts';
import { stateFile } from '../../../local/custom-resources/state-file.ts';
import type { Wait } from '../../../local/eventbridge/abortable-wait.ts';
import type { Runtime } from '../../../local/runtime.ts';
import { startRuntime } from '../../../local/runtime.ts';
import type { RuntimeOptions } from '../../../local/runtime-options.ts';
import { every, testInFull } from '../../support/full-counts.ts';
import { givenAssembly, temporaryFolder } from '../assembly-fixture.ts';

/**
 * Fulfils each request and answers with its properties' `id`, unless `failOn` or `silentOn` names the type of the request, or
 * `crashOn` does.
 */
const code = `
  exports.handler = async (request) => {
    const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId, ResourceProperties } = request;
    console.log({ request });
    const { id, failOn, failWithoutId, crashOn, silentOn, name } = ResourceProperties;
    if (crashOn === RequestType) throw new TypeError('crashed');
    if (silentOn === RequestType) return;
    const isFailed = failOn === RequestType;
    const PhysicalResourceId = isFailed && failWithoutId ? undefined : (id ?? LogicalResourceId + '-id');
    const Data = { Url: 'https://' + name + '.example', Local: process.env.API + '/' + name, Size: 3, Deep: {} };
    const result = isFailed ? { Status: 'FAILED', Reason: name + ' is taken' } : { Status: 'SUCCESS', Data };
    const body = JSON.stringify({ ...result, PhysicalResourceId, StackId, RequestId, LogicalResourceId });
    const { status } = await fetch(ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
    if (status !== 200) throw new Error('not taken');
  };`;

type Properties = Record<string, unknown>;

const resource = (properties: Properties, more: Properties = {}) => ({
  Type: 'Custom::Endpoint',
  Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] }, ...properties },
  ...more,
});

/** A template with these custom resources, and an output of each one's URL and id. */
function assemblyOf(custom: Record<string, ReturnType<typeof resource>>): string {
  const outputs = Object.keys(custom).flatMap((id) => [
    [`${id}Url`, { Value: { 'Fn::GetAtt': [id, 'Url'] } }],
    [`${id}Id`, { Value: { Ref: id } }],
  ]);
  return givenAssembly({
    functions: { Provider: code },
    functionProperties: { Provider: { Environment: { Variables: { API: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } } } },
    resources: custom,
    sections: { Outputs: Object.fromEntries(outputs) },
  });
}

interface Started extends Pick<Runtime, 'outputs' | 'update' | 'url'> {
  requests: LifecycleRequest[];
  /** The requests in short: type, logical id, physical id, name. */
  short: string[];
  /** Everything that was logged and reported. */
  lines: string[];
}

/** Starts the runtime, and stops it. */
async function start(dataDir: string, assembly: string, options: Partial<RuntimeOptions> = {}): Promise<Started> {
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(line);
  const onLog = (_: string, line: string) => note(line);
  const runtime = await startRuntime({ assembly, dataDir, onLog, onStage: note, ...options });
  await runtime.close();
  const requests = lines.flatMap((line) => requestIn(line) ?? []);
  const short = requests.map((each) =>
    [each.RequestType, each.LogicalResourceId, each.PhysicalResourceId, each.ResourceProperties['name']].join(' '),
  );
  const { outputs, update, url } = runtime;
  return { outputs, update, url, requests, short, lines };
}

const requestIn = (line: string): LifecycleRequest | undefined =>
  line.startsWith('{') ? JSON.parse(line).message?.request : undefined;

const fileIn = (dataDir: string) => join(dataDir, 'custom-resources.json');

describe('custom resources', () => {
  test('are created in order, with attributes for each other and for outputs, and once only', async () => {
    const dataDir = temporaryFolder();
    const assembly = assemblyOf({
      Second: resource({ name: { 'Fn::GetAtt': ['First', 'Url'] }, days: 7, on: true }),
      First: resource({ name: 'a' }),
    });
    const first = await start(dataDir, assembly);
    expect(first.short).toEqual(['Create First  a', 'Create Second  https://a.example']);
    expect(first.requests[1]).toEqual({
      RequestType: 'Create',
      ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:Fixture-Provider',
      ResponseURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/),
      StackId: expect.stringMatching(/^arn:aws:cloudformation:us-east-1:000000000000:stack\/Fixture\/[\da-f-]{36}$/),
      RequestId: expect.stringMatching(/^[\da-f-]{36}$/),
      LogicalResourceId: 'Second',
      ResourceType: 'Custom::Endpoint',
      ResourceProperties: {
        ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:Fixture-Provider',
        name: 'https://a.example',
        days: '7',
        on: 'true',
      },
    });
    const outputs = {
      FirstUrl: 'https://a.example',
      FirstId: 'First-id',
      SecondUrl: 'https://https://a.example.example',
      SecondId: 'Second-id',
    };
    expect([first.outputs, first.update]).toEqual([outputs, { leftovers: [] }]);
    const second = await start(dataDir, assembly);
    expect([second.short, second.outputs, second.update]).toEqual([[], outputs, { leftovers: [] }]);
    // The log of a request has its id.
    const logged = first.lines.flatMap((line) => (requestIn(line) ? [JSON.parse(line).requestId] : []));
    expect(logged).toEqual(first.requests.map(({ RequestId }) => RequestId));
  });

  test('are not waited for any longer once their function has answered', async () => {
    const signals: AbortSignal[] = [];
    const wait: Wait = (_, signal) => {
      signals.push(signal);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    await start(temporaryFolder(), assemblyOf({ A: resource({ name: 'a' }) }), { wait });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test('of another stack in the same folder stay as they are', async () => {
    const dataDir = temporaryFolder();
    const other = stateFile(dataDir, 'Other');
    const known = { resources: {}, obsolete: [] };
    other.write(known);
    await start(dataDir, assemblyOf({ A: resource({ name: 'a' }) }));
    expect(JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))).toMatchObject({
      Fixture: { resources: { A: {} } },
      Other: known,
    });
  });

  testInFull('keep attributes with the URL of the API, also when its port changes', async () => {
    const dataDir = temporaryFolder();
    const A = resource({ name: 'a' });
    const B = resource({ name: { 'Fn::GetAtt': ['A', 'Size'] }, url: { 'Fn::GetAtt': ['A', 'Local'] } });
    const first = await start(dataDir, assemblyOf({ A, B }));
    const second = await start(dataDir, assemblyOf({ A, B }));
    expect(second.url).not.toBe(first.url);
    expect(first.requests[1]?.ResourceProperties).toMatchObject({ name: '3', url: `${first.url}/a` });
    expect(second.short).toEqual(['Update B B-id 3']);
    expect(second.requests[0]?.ResourceProperties).toMatchObject({ url: `${second.url}/a` });
  });

  test('are updated, replaced and removed as the template says, deletes last', async () => {
    const dataDir = temporaryFolder();
    const [a, b, c] = [resource({ name: 'a' }), resource({ name: 'b', id: 'b1' }), resource({ name: 'c' })];
    await start(dataDir, assemblyOf({ A: a, B: b, C: c, D: resource({ name: 'd' }, { DeletionPolicy: 'Retain' }) }));
    const changed = { B: resource({ name: 'b2', id: 'b2' }), A: resource({ name: 'a2' }), E: resource({ name: 'e' }) };
    const second = await start(dataDir, assemblyOf(changed));
    expect(second.short).toEqual([
      'Update B b1 b2',
      'Update A A-id a2',
      'Create E  e',
      'Delete B b1 b',
      'Delete C C-id c',
    ]);
    expect(second.requests[1]?.OldResourceProperties).toEqual({ ServiceToken: expect.any(String), name: 'a' });
    expect(second.outputs).toMatchObject({ BId: 'b2', AUrl: 'https://a2.example' });
    expect(await start(dataDir, assemblyOf(changed))).toMatchObject({ short: [], update: { leftovers: [] } });
    expect((await start(dataDir, assemblyOf({}))).short).toEqual([
      'Delete E E-id e',
      'Delete A A-id a2',
      'Delete B b2 b2',
    ]);
    expect((await start(dataDir, assemblyOf({}))).short).toEqual([]);
  });

  test('leave no file if a template has none', async () => {
    const dataDir = temporaryFolder();
    await start(dataDir, assemblyOf({}));
    expect([existsSync(dataDir), existsSync(fileIn(dataDir))]).toEqual([true, false]);
  });

  test('can be refused: all go back, and the old ones stay in use', async () => {
    const dataDir = temporaryFolder();
    const old = { A: resource({ name: 'a' }) };
    await start(dataDir, assemblyOf(old));
    const wrong = {
      A: resource({ name: 'a2' }),
      B: resource({ name: 'b' }),
      C: resource({ name: 'c', failOn: 'Create', id: 'c-failed' }),
      D: resource({ name: 'd' }),
    };
    const second = await start(dataDir, assemblyOf(wrong));
    expect(second.update).toEqual({
      failure: 'C (Custom::Endpoint) could not be created: c is taken',
      leftovers: [],
    });
    expect(second.short).toEqual([
      'Update A A-id a2',
      'Create B  b',
      'Create C  c',
      'Update A A-id a',
      'Delete C c-failed c',
      'Delete B B-id b',
    ]);
    expect(second.requests[3]?.OldResourceProperties).toMatchObject({ name: 'a2' });
    expect(second.outputs).toEqual({ AUrl: 'https://a.example', AId: 'A-id' });
    expect((await start(dataDir, assemblyOf(old))).short).toEqual([]);
  });

  const failing: [string, Properties, string][] = [
    [
      'throws',
      { crashOn: 'Create' },
      'its function Fixture-Provider failed before it answered (TypeError); see its log',
    ],
    [
      'does not answer in time',
      { silentOn: 'Create', ServiceTimeout: 1 },
      'its function did not answer within 1 seconds',
    ],
    ['names no id', { failOn: 'Create', failWithoutId: true }, 'a is taken'],
  ];

  test.each(every(2, failing))(
    'whose function %s are deleted with an id that is made up',
    async (_, properties, reason) => {
      const { update, short } = await start(
        temporaryFolder(),
        assemblyOf({ A: resource({ name: 'a', ...properties }) }),
      );
      expect(update.failure).toBe(`A (Custom::Endpoint) could not be created: ${reason}`);
      expect(short).toEqual(['Create A  a', expect.stringMatching(/^Delete A Fixture-A-[0-9A-F]{12} a$/)]);
    },
  );

  const unusable: [string, Properties][] = [
    ['without a function', { ServiceToken: 'arn:aws:sns:us-east-1:000000000000:topic' }],
    ['with a timeout that is too long', { ServiceTimeout: 3601 }],
  ];

  test.each(every(2, unusable))('%s are refused before anything is sent', async (_, properties) => {
    const dataDir = temporaryFolder();
    await start(dataDir, assemblyOf({ A: resource({ name: 'a' }) }));
    const given = { A: resource({ name: 'a' }), B: resource({ name: 'b', ...properties }) };
    const { update, short, outputs } = await start(dataDir, assemblyOf(given));
    expect(update.failure).toMatch(/^B \(Custom::Endpoint\) could not be created: its Service/);
    expect([short, outputs]).toEqual([[], { AUrl: 'https://a.example', AId: 'A-id' }]);
  });

  testInFull('that could not be deleted are tried again at each start, once', async () => {
    const dataDir = temporaryFolder();
    await start(dataDir, assemblyOf({ A: resource({ name: 'a', failOn: 'Delete' }) }));
    const leftovers = ['A (A-id) could not be deleted: a is taken'];
    for (const _ of ['first', 'second']) {
      const { short, update } = await start(dataDir, assemblyOf({}));
      expect([short, update]).toEqual([['Delete A A-id a'], { leftovers }]);
    }
  });

  testInFull(
    'of which a killed runtime sent a request are sent it again, even if the template has changed',
    async () => {
      const [dataDir, copy] = [temporaryFolder(), temporaryFolder()];
      const copied: string[] = [];
      // What is on the disk while a request runs is what a killed runtime leaves.
      const onLog = (_: string, line: string): void => {
        if (requestIn(line)?.LogicalResourceId !== 'B') return;
        copyFileSync(fileIn(dataDir), fileIn(copy));
        copied.push(requestIn(line)?.RequestId ?? '');
      };
      const killed = { A: resource({ name: 'a' }), B: resource({ name: 'b' }) };
      await start(dataDir, assemblyOf(killed), { onLog });
      const { short, requests, update } = await start(copy, assemblyOf({ A: resource({ name: 'a2' }) }));
      expect(requests[0]?.RequestId).toBe(copied[0]);
      expect([short, update]).toEqual([['Create B  b', 'Update A A-id a2', 'Delete B B-id b'], { leftovers: [] }]);
    },
  );

  test('have a file that only its user can read, and whose damage is reported', async () => {
    const dataDir = temporaryFolder();
    await start(dataDir, assemblyOf({ A: resource({ name: 'a' }) }));
    expect(JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))).toMatchObject({ Fixture: { resources: { A: {} } } });
    expect(statSync(fileIn(dataDir)).mode & 0o777).toBe(0o600);
    writeFileSync(fileIn(dataDir), '{');
    await expect(start(dataDir, assemblyOf({}))).rejects.toThrow(
      /custom-resources\.json can't be read \(it is damaged\)/,
    );
  });

  test('can be used by outputs, functions, policies and each other alone, and only by attributes that exist', async () => {
    const unknown = { A: resource({ name: 'a' }), B: resource({ name: { 'Fn::GetAtt': ['A', 'Deep'] } }) };
    await expect(start(temporaryFolder(), assemblyOf(unknown))).rejects.toThrow(
      /run B \(Custom::Endpoint\): Fn::GetAtt A\.Deep: the function of A has not answered with it\. Only outputs, variables of functions, policies of roles and other custom resources can use it/,
    );
    const Bus = { Type: 'AWS::Events::EventBus', Properties: { Name: { Ref: 'A' } } };
    const used = givenAssembly({ functions: { Provider: code }, resources: { A: resource({ name: 'a' }), Bus } });
    await expect(start(temporaryFolder(), used)).rejects.toThrow(
      /run Bus \(AWS::Events::EventBus\): Ref A: the function of A/,
    );
  });

  test('never have their answers in the log', async () => {
    const { lines } = await start(temporaryFolder(), assemblyOf({ A: resource({ name: 'a' }) }));
    expect(lines.join('\n')).toContain('Creating A (Custom::Endpoint)');
    expect(lines.join('\n')).not.toContain('a.example');
  });
});
