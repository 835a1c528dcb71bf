import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  createLambdaFunction,
  type FunctionOptions,
  type LambdaFunction,
} from '../../../local/lambda/lambda-function.ts';
import { inFull } from '../../support/full-counts.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { givenRuntime, temporaryFolder } from '../assembly-fixture.ts';
import { lambda as client } from '../aws/given-aws.ts';

const started: LambdaFunction[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.close()));
});

const optionsFor = (code: string): FunctionOptions => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'index.js'), code);
  return {
    name: 'subject',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:subject',
    folder,
    handler: 'index.handler',
    environment: { GREETING: 'hi' },
    memorySize: 128,
    timeout: 20_000,
    isolated: true,
    // An instance that ended must not take the place of the next one.
    maxInstances: 1,
    onLog: () => undefined,
  };
};

/** A function whose code is the body of its handler. It answers with the process that it runs in, unless the body returns something. */
function givenFunction(body: string, options: Partial<FunctionOptions> = {}) {
  const logs: string[] = [];
  const code = `exports.handler = async (event, context) => { ${body}; return process.pid; };`;
  const lambda = createLambdaFunction({ ...optionsFor(code), onLog: (line) => logs.push(line), ...options });
  started.push(lambda);
  const answer = async (event: unknown = {}): Promise<unknown> => {
    const invocation = await lambda.invoke(event);
    return invocation.status === 'answered' ? JSON.parse(invocation.payload) : invocation;
  };
  return { lambda, logs, answer };
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('an isolated function', () => {
  test('runs in a process of its own, which stays for the next call and ends with the function', async () => {
    const { lambda, answer } = givenFunction('');
    const pid = (await answer()) as number;
    expect([pid === process.pid, await answer(), isRunning(pid)]).toEqual([false, pid, true]);
    await lambda.close();
    expect(isRunning(pid)).toBe(false);
    expect(await answer()).toMatchObject({ errorType: 'Runtime.Shutdown' });
  });

  test('has its own environment alone, and the event and the context of Lambda', async () => {
    const { answer } = givenFunction(
      'return { event, environment: process.env, memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis() }',
    );
    const seen = (await answer({ a: 'ż' })) as { left: number };
    expect(seen).toMatchObject({ event: { a: 'ż' }, memory: '128' });
    expect(seen).toHaveProperty('environment', { GREETING: 'hi' });
    expect(seen.left).toBeLessThanOrEqual(20_000);
  });

  test('writes what any function writes to its log', async () => {
    const { lambda, logs } = givenFunction(
      "console.warn({ a: 1 }); process.stdout.write('raw\\n'); throw new RangeError('no')",
    );
    expect(await lambda.invoke({}, 'the-call')).toEqual({
      status: 'failed',
      errorType: 'RangeError',
      errorMessage: 'no',
    });
    await waitUntil('three lines are there', () => logs.length >= 3, 5);
    expect(logs).toContain('raw');
    expect(logs.filter((line) => line !== 'raw').map((line) => JSON.parse(line))).toMatchObject([
      { level: 'WARN', requestId: 'the-call', message: { a: 1 } },
      { level: 'ERROR', requestId: 'the-call', message: { errorType: 'RangeError', errorMessage: 'no' } },
    ]);
  });

  test('has the clock of the tests', async () => {
    const skew = new Float64Array(new SharedArrayBuffer(8));
    const { answer } = givenFunction('return Date.now()', { skew });
    const hour = 3_600_000;
    for (const ahead of [0, 24 * hour, -24 * hour]) {
      skew[0] = ahead;
      expect(Math.abs(((await answer()) as number) - Date.now() - ahead)).toBeLessThan(hour);
    }
  });

  test('gets other code from the next call on', async () => {
    const { lambda, answer } = givenFunction('return 1');
    expect(await answer()).toBe(1);
    await lambda.replaceCode(optionsFor('exports.handler = async () => 2;').folder);
    expect(await answer()).toBe(2);
  });

  test('fails each call if its code does not load', async () => {
    const { folder } = optionsFor('exports.other = 1;');
    const { lambda } = givenFunction('', { folder });
    const failed = { status: 'failed', errorType: 'Runtime.HandlerNotFound' };
    expect([await lambda.invoke({}), await lambda.invoke({})]).toMatchObject([failed, failed]);
  });

  test('that is crashed fails its running call', async () => {
    const { lambda, answer, logs } = givenFunction("console.log('begun'); if (event.hang) for (;;)");
    const first = await answer();
    const running = lambda.invoke({ hang: true });
    await waitUntil('the call has begun', () => logs.length === 2, 5);
    await lambda.crash();
    expect(await running).toEqual({
      status: 'failed',
      errorType: 'Runtime.ExitError',
      errorMessage: 'Runtime exited with error: signal: killed',
    });
    expect(await answer()).not.toBe(first);
  });
});

describe('a call of an isolated function', () => {
  const timedOut = ['Sandbox.Timedout', 'Task timed out after 0.50 seconds'] as const;
  const killed = ['Runtime.OutOfMemory', 'Runtime exited with error: signal: killed'] as const;
  const usual = [
    ['never yields', 'for (;;);', ...timedOut],
    ['tries a regular expression for years', "/^(a+)+$/.test('a'.repeat(60) + 'b')", ...timedOut],
    ['takes memory beside the heap', 'for (const all = []; ; ) all.push(Buffer.alloc(1e6, 1))', ...killed],
  ] as const;
  const others = [
    ['waits for ever', 'await new Promise(() => setInterval(() => {}, 9))', ...timedOut],
    ['makes a list of a large text', "'x'.repeat(2 ** 28).split('')", ...killed],
    ['exits', 'process.exit(9)', 'Runtime.ExitError', 'Runtime exited with error: exit status 9'],
    ['ends its whole process', "process.kill(process.pid, 'SIGTERM'); for (;;);", ...killed],
  ] as const;
  test.each([...usual, ...inFull(others)])(
    'that %s fails alone, and the next one succeeds',
    async (_, statement, errorType, errorMessage) => {
      const isTimed = errorType === 'Sandbox.Timedout';
      const { lambda, logs, answer } = givenFunction(`if (event.bad) { ${statement} }`, {
        timeout: isTimed ? 500 : 60_000,
      });
      const pid = (await answer()) as number;
      expect(pid).toEqual(expect.any(Number));
      expect(await lambda.invoke({ bad: true }, 'the-call')).toEqual({ status: 'failed', errorType, errorMessage });
      expect(await lambda.invoke({})).toMatchObject({ status: 'answered' });
      await waitUntil('the process is gone', () => !isRunning(pid), 5);
      expect(logs.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))).toContainEqual(
        expect.objectContaining({
          level: 'ERROR',
          requestId: 'the-call',
          message: { errorType, errorMessage, stackTrace: [] },
        }),
      );
    },
  );
});

test('the process ends with a runtime that is killed, even in the middle of an endless step', async () => {
  const options = optionsFor('exports.handler = async () => { console.log(process.pid); for (;;); };');
  const module = pathToFileURL('local/lambda/lambda-function.ts').href;
  const code = `
    import { createLambdaFunction } from ${JSON.stringify(module)};
    const { invoke } = createLambdaFunction({ ...${JSON.stringify(options)}, onLog: console.log });
    await invoke({});`;
  const runtime = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: runtime.stdout }), 'line');
  const pid = Number(JSON.parse(line).message);
  expect(isRunning(pid)).toBe(true);
  runtime.kill('SIGKILL');
  await waitUntil('the process is gone', () => !isRunning(pid));
});

test('the template says which functions are isolated', async () => {
  const code = 'exports.handler = async () => process.pid;';
  const runtime = await givenRuntime({
    functions: { Usual: code, Isolated: code },
    functionMetadata: { Isolated: { 'hooklatch:isolated': true } },
  });
  const pidOf = async (FunctionName: string) =>
    Number((await client(runtime.aws).send(new InvokeCommand({ FunctionName }))).Payload?.transformToString());
  const pids = [await pidOf('Fixture-Usual'), await pidOf('Fixture-Isolated')];
  expect(pids.map((pid) => pid === process.pid)).toEqual([true, false]);
});
