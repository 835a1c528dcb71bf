import { InvokeCommand, type InvokeCommandInput, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { describe, expect, test } from '@jest/globals';
import type { InjectedFault } from '../../../local/aws/injected-fault.ts';
import type { AwsCall, Credentials } from '../../../local/aws/local-aws.ts';
import type { Runtime, RuntimeOptions } from '../../../local/runtime.ts';
import { givenRuntime } from '../assembly-fixture.ts';
import { lambda } from '../aws/given-aws.ts';
import { send } from '../http-client.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

const functions = {
  Echo: "exports.handler = async (event) => { console.log('called'); return event; };",
  Failing: "exports.handler = async ({ reason }) => { console.log('called'); throw new RangeError(reason); };",
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

/** The fixture with a caller whose role may invoke Echo. */
async function running(
  options: Partial<RuntimeOptions> = {},
  properties: Record<string, object> = {},
): Promise<Runtime> {
  const statement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['Echo', 'Arn'] } };
  const Policy = {
    Type: 'AWS::IAM::Policy',
    Properties: { Roles: [{ Ref: 'CallerRole' }], PolicyDocument: { Statement: [statement] } },
  };
  const functionProperties = properties as Record<string, Record<string, unknown>>;
  const routes = [{ key: 'GET /{proxy+}', to: 'Caller' }];
  return givenRuntime({ functions, functionProperties, routes, resources: { Policy } }, options);
}

/** Collects the log lines of the functions, and waits for a number of them. */
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

describe('who waits', () => {
  test.each(['Fixture-Echo', arnOf('Fixture-Echo')])('for %s gets its answer', async (name) => {
    const runtime = await running();
    const answer = await invoke(runtime, name, { Payload: '{"a": ["ä", 1]}', Qualifier: '$LATEST' });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.Payload?.transformToString()).toBe('{"a":["ä",1]}');
    const empty = await invoke(runtime, name, { InvocationType: 'RequestResponse' });
    expect(empty.Payload?.transformToString()).toBe('{}');
  });

  test('for a function that fails gets its error', async () => {
    const answer = await invoke(await running(), 'Fixture-Failing', { Payload: '{"reason":"too far"}' });
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toEqual({
      errorType: 'RangeError',
      errorMessage: 'too far',
    });
  });

  test('for a function without capacity is told to slow down', async () => {
    const runtime = await running({}, { Echo: { ReservedConcurrentExecutions: 0 } });
    await expect(invoke(runtime, 'Fixture-Echo')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
  });
});

describe('who does not wait', () => {
  test('is answered at once, and the function runs', async () => {
    const { lines, onLog, untilThereAre } = aLog();
    const runtime = await running({ onLog });
    const answer = await invoke(runtime, 'Fixture-Echo', { InvocationType: 'Event', Payload: '{}' });
    expect(answer.StatusCode).toBe(202);
    await untilThereAre(1);
    expect(lines).toEqual(['Fixture-Echo']);
  });

  test('has a function that fails tried twice more', async () => {
    const { lines, onLog, untilThereAre } = aLog();
    const runtime = await running({ onLog, invokeRetryDelays: [1, 1] });
    await invoke(runtime, 'Fixture-Failing', { InvocationType: 'Event', Payload: '{}' });
    await untilThereAre(3);
    // A fourth attempt would have come before this call is answered.
    await invoke(runtime, 'Fixture-Failing', { Payload: '{}' });
    expect(lines).toHaveLength(4);
  });

  test('does not keep the runtime from closing, be it running or waiting to be tried again', async () => {
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
  test('is that of the function that is called', async () => {
    const runtime = await running();
    await expect(send(runtime.url, { path: '/Fixture-Echo' })).resolves.toMatchObject({ status: 200, text: '"hello"' });
    const denied = { status: 500, text: 'AccessDeniedException' };
    await expect(send(runtime.url, { path: '/Fixture-Failing' })).resolves.toMatchObject(denied);
    await expect(send(runtime.url, { path: '/Fixture-Nowhere' })).resolves.toMatchObject(denied);
  });

  test('is denied in the words of AWS', async () => {
    const runtime = await running();
    const nobody = runtime.aws.addPrincipal('nobody', 'NobodyRole', []);
    await expect(invoke(runtime, 'Fixture-Echo', {}, nobody)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`perform: lambda:InvokeFunction on resource: ${arnOf('Fixture-Echo')} because`),
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('what is refused', () => {
  test.each<[string, Partial<InvokeCommandInput>, string, number]>([
    ['a function that is not there', { FunctionName: 'Nowhere' }, 'ResourceNotFoundException', 404],
    [
      'a function of another account',
      { FunctionName: arnOf('x').replace(/0+/, '1') },
      'ResourceNotFoundException',
      404,
    ],
    ['text that is no JSON', { Payload: '{"half' }, 'InvalidRequestContentException', 400],
    ['bytes that are no text', { Payload: Buffer.from([0x22, 0xff, 0x22]) }, 'InvalidRequestContentException', 400],
    ['too much', { Payload: JSON.stringify('x'.repeat(6_291_456)) }, 'RequestTooLargeException', 413],
    [
      'too much for who does not wait',
      { InvocationType: 'Event', Payload: JSON.stringify('x'.repeat(1_048_576)) },
      'RequestTooLargeException',
      413,
    ],
    ['a version', { Qualifier: '1' }, 'UnknownOperationException', 404],
    ['the end of the log', { LogType: 'Tail' }, 'UnknownOperationException', 404],
    ['a rehearsal', { InvocationType: 'DryRun' }, 'UnknownOperationException', 404],
  ])('%s', async (_, input, name, httpStatusCode) => {
    const refusal = { name, $metadata: { httpStatusCode } };
    await expect(invoke(await running(), 'Fixture-Echo', input)).rejects.toMatchObject(refusal);
  });

  test('another operation, which is told too', async () => {
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

describe('a fault that is asked for', () => {
  test.each<[InjectedFault, object, number, number]>([
    ['error-before', { name: 'ServiceException' }, 500, 0],
    ['error-after', { name: 'ServiceException' }, 500, 1],
    ['throttle', { name: 'TooManyRequestsException' }, 429, 0],
    ['lost-answer', { message: expect.stringContaining('socket hang up') }, 200, 1],
  ])('%s', async (fault, error, status, count) => {
    const { lines, onLog } = aLog();
    const faults = [fault];
    const calls: AwsCall[] = [];
    const runtime = await running({ onLog, fault: () => faults.shift(), onCall: (call) => calls.push(call) });
    await expect(invoke(runtime, 'Fixture-Echo')).rejects.toMatchObject(error);
    expect(calls).toEqual([{ service: 'lambda', operation: 'Invoke', principal: 'administrator', status }]);
    expect(lines).toHaveLength(count);
  });
});
