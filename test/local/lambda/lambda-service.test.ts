import { InvokeCommand, type InvokeCommandInput, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { describe, expect, test } from '@jest/globals';
import type { InjectedFault } from '../../../local/aws/injected-fault.ts';
import type { AwsCall, Credentials } from '../../../local/aws/local-aws.ts';
import type { Runtime } from '../../../local/runtime.ts';
import type { RuntimeOptions } from '../../../local/runtime-options.ts';
import { givenRuntime } from '../assembly-fixture.ts';
import { lambda } from '../aws/given-aws.ts';
import { send } from '../http-client.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

const functions = {
  Echo: "exports.handler = async (event) => { console.log('called'); return event; };",
  Failing: "exports.handler = async ({ reason }) => { console.log('called'); throw new RangeError(reason); };",
  Busy: `exports.handler = async ({ ms }) => {
    console.log('called');
    await new Promise((resolve) => setTimeout(resolve, ms));
    throw new Error('x');
  };`,
  Slow: 'exports.handler = async () => new Promise(() => setInterval(() => undefined, 1000));',
  Caller: `
    const { LambdaClient, InvokeCommand } = require('@aws-sdk/client-lambda');
    const client = new LambdaClient({ maxAttempts: 1 });
    exports.handler = async ({ rawPath }) => {
      try {
        const { Payload } = await client.send(new InvokeCommand({ FunctionName: rawPath.slice(1), Payload: '"hello"' }));
        return { statusCode: 200, body: Payload.transformToString() };
      } catch (error) {
        return { statusCode: 500, body: error.name };
      }
    };`,
};

/** Starts a runtime with the functions above. The role of Caller may invoke Echo. */
async function running(
  options: Partial<RuntimeOptions> = {},
  properties: Record<string, object> = {},
  more: Record<string, { Type: string; Properties: object }> = {},
): Promise<Runtime> {
  const statement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['Echo', 'Arn'] } };
  const Policy = {
    Type: 'AWS::IAM::Policy',
    Properties: { Roles: [{ Ref: 'CallerRole' }], PolicyDocument: { Statement: [statement] } },
  };
  const functionProperties = properties as Record<string, Record<string, unknown>>;
  const routes = [{ key: 'GET /{proxy+}', to: 'Caller' }];
  return givenRuntime({ functions, functionProperties, routes, resources: { Policy, ...more } }, options);
}

/** What the template says of the calls of a function for which nobody waits. */
const bounds = (name: string, more: object) => ({
  Type: 'AWS::Lambda::EventInvokeConfig',
  Properties: { FunctionName: { Ref: name }, Qualifier: '$LATEST', ...more },
});

/** Collects the log lines of calls, and waits for a number of them. */
function aLog() {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  return {
    lines,
    onLog: (name: string, line: string) => {
      if (/"called"/.test(line)) lines.push(name);
      for (const look of waiting) look();
    },
    untilThereAre: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => lines.length >= count && resolve();
        waiting.add(look);
        look();
      }),
  };
}

const invoke = (runtime: Runtime, FunctionName: string, rest: Partial<InvokeCommandInput> = {}, by?: Credentials) =>
  lambda(runtime.aws, by).send(new InvokeCommand({ FunctionName, ...rest }));

describe('a caller that waits for the answer', () => {
  test.each(['Fixture-Echo', arnOf('Fixture-Echo')])('gets the answer of the function %s', async (name) => {
    const runtime = await running();
    const answer = await invoke(runtime, name, { Payload: '{"a": ["ä", 1]}', Qualifier: '$LATEST' });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.Payload?.transformToString()).toBe('{"a":["ä",1]}');
    const empty = await invoke(runtime, name, { InvocationType: 'RequestResponse' });
    expect(empty.Payload?.transformToString()).toBe('{}');
  });

  test('gets the error of a function that fails', async () => {
    const answer = await invoke(await running(), 'Fixture-Failing', { Payload: '{"reason":"too far"}' });
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toEqual({
      errorType: 'RangeError',
      errorMessage: 'too far',
    });
  });

  test('gets a 429 if the function has no capacity', async () => {
    const runtime = await running({}, { Echo: { ReservedConcurrentExecutions: 0 } });
    await expect(invoke(runtime, 'Fixture-Echo')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
  });
});

describe('an asynchronous call', () => {
  test('is answered at once, and the function runs', async () => {
    const { lines, onLog, untilThereAre } = aLog();
    const runtime = await running({ onLog });
    const answer = await invoke(runtime, 'Fixture-Echo', { InvocationType: 'Event', Payload: '{}' });
    expect(answer.StatusCode).toBe(202);
    await untilThereAre(1);
    expect(lines).toEqual(['Fixture-Echo']);
  });

  test('of a failing function is tried two more times', async () => {
    const { lines, onLog, untilThereAre } = aLog();
    const runtime = await running({ onLog, invokeRetryDelays: [1, 1] });
    await invoke(runtime, 'Fixture-Failing', { InvocationType: 'Event', Payload: '{}' });
    await untilThereAre(3);
    // A fourth attempt would have come before this call is answered.
    await invoke(runtime, 'Fixture-Failing', { Payload: '{}' });
    expect(lines).toHaveLength(4);
  });

  test('of a failing function is not tried again if the template says so', async () => {
    const { lines, onLog, untilThereAre } = aLog();
    const Bounds = bounds('Failing', { MaximumRetryAttempts: 0 });
    const runtime = await running({ onLog, invokeRetryDelays: [1, 1] }, {}, { Bounds });
    await invoke(runtime, 'Fixture-Failing', { InvocationType: 'Event', Payload: '{}' });
    await untilThereAre(1);
    await Promise.all([1, 2].map(() => invoke(runtime, 'Fixture-Failing', { Payload: '{}' })));
    expect(lines).toHaveLength(3);
  });

  test('of a function that was busy has all its attempts left', async () => {
    const { lines, onLog, untilThereAre } = aLog();
    const Bounds = bounds('Busy', { MaximumEventAgeInSeconds: 60 });
    const busyAlone = { Busy: { ReservedConcurrentExecutions: 1 } };
    const runtime = await running({ onLog, invokeRetryDelays: [1] }, busyAlone, { Bounds });
    const busy = invoke(runtime, 'Fixture-Busy', { Payload: '{"ms":300}' });
    await untilThereAre(1);
    await invoke(runtime, 'Fixture-Busy', { InvocationType: 'Event', Payload: '{"ms":0}' });
    await busy;
    await untilThereAre(3);
    expect(lines).toEqual(Array(3).fill('Fixture-Busy'));
  });

  test('does not keep the runtime from closing while it runs or waits for a retry', async () => {
    const { lines, onLog, untilThereAre } = aLog();
    const runtime = await running({ onLog });
    await invoke(runtime, 'Fixture-Slow', { InvocationType: 'Event' });
    await invoke(runtime, 'Fixture-Failing', { InvocationType: 'Event' });
    await untilThereAre(1);
    await runtime.close();
    expect(lines).toEqual(['Fixture-Failing']);
  });
});

describe('a permission', () => {
  test('allows calls only to the function that it names', async () => {
    const runtime = await running();
    await expect(send(runtime.url, { path: '/Fixture-Echo' })).resolves.toMatchObject({ status: 200, text: '"hello"' });
    const denied = { status: 500, text: 'AccessDeniedException' };
    await expect(send(runtime.url, { path: '/Fixture-Failing' })).resolves.toMatchObject(denied);
    await expect(send(runtime.url, { path: '/Fixture-Nowhere' })).resolves.toMatchObject(denied);
  });

  test("that is missing is denied with AWS's message", async () => {
    const runtime = await running();
    const nobody = runtime.aws.addPrincipal('nobody', 'NobodyRole', () => []);
    await expect(invoke(runtime, 'Fixture-Echo', {}, nobody)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`perform: lambda:InvokeFunction on resource: ${arnOf('Fixture-Echo')} because`),
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('an invalid call is refused', () => {
  test.each<[string, Partial<InvokeCommandInput>, string, number]>([
    ['an unknown function', { FunctionName: 'Nowhere' }, 'ResourceNotFoundException', 404],
    [
      'a function of another account',
      { FunctionName: arnOf('x').replace(/0+/, '1') },
      'ResourceNotFoundException',
      404,
    ],
    ['a payload that is not JSON', { Payload: '{"half' }, 'InvalidRequestContentException', 400],
    [
      'a payload that is not UTF-8',
      { Payload: Buffer.from([0x22, 0xff, 0x22]) },
      'InvalidRequestContentException',
      400,
    ],
    [
      'a payload that is too large',
      { Payload: JSON.stringify('x'.repeat(6_291_456)) },
      'RequestTooLargeException',
      413,
    ],
    [
      'a payload that is too large for an asynchronous call',
      { InvocationType: 'Event', Payload: JSON.stringify('x'.repeat(1_048_576)) },
      'RequestTooLargeException',
      413,
    ],
    ['a version', { Qualifier: '1' }, 'UnknownOperationException', 404],
    ['LogType Tail', { LogType: 'Tail' }, 'UnknownOperationException', 404],
    ['a dry run', { InvocationType: 'DryRun' }, 'UnknownOperationException', 404],
  ])('%s', async (_, input, name, httpStatusCode) => {
    const refusal = { name, $metadata: { httpStatusCode } };
    await expect(invoke(await running(), 'Fixture-Echo', input)).rejects.toMatchObject(refusal);
  });

  test('another operation, which is also reported', async () => {
    const told: string[] = [];
    const runtime = await running({ onLog: (name, line) => void (name === 'local-aws' && told.push(line)) });
    const list = lambda(runtime.aws).send(new ListFunctionsCommand());
    await expect(list).rejects.toMatchObject({ name: 'UnknownOperationException' });
    expect(told).toEqual([expect.stringContaining('operation GET /2015-03-31/functions')]);
  });

  test('a wrong signature', async () => {
    const runtime = await running();
    const forged = { ...runtime.aws.administrator, secretAccessKey: 'x' };
    await expect(invoke(runtime, 'Fixture-Echo', {}, forged)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('an injected fault', () => {
  test.each<[InjectedFault, object, number, number]>([
    ['error-before', { name: 'ServiceException' }, 500, 0],
    ['error-after', { name: 'ServiceException' }, 500, 1],
    ['throttle', { name: 'TooManyRequestsException' }, 429, 0],
    ['lost-answer', { message: expect.stringContaining('socket hang up') }, 200, 1],
  ])('%s makes the call fail', async (fault, error, status, count) => {
    const { lines, onLog } = aLog();
    const faults = [fault];
    const calls: AwsCall[] = [];
    const runtime = await running({ onLog, fault: () => faults.shift(), onCall: (call) => calls.push(call) });
    await expect(invoke(runtime, 'Fixture-Echo')).rejects.toMatchObject(error);
    expect(calls).toMatchObject([{ service: 'lambda', operation: 'Invoke', principal: 'administrator', status }]);
    expect(lines).toHaveLength(count);
  });
});
