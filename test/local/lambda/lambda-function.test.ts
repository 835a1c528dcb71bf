import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  createLambdaFunction,
  type FunctionOptions,
  type LambdaFunction,
} from '../../../local/lambda/lambda-function.ts';
import { inFull } from '../../support/full-counts.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { temporaryFolder } from '../assembly-fixture.ts';

const started: LambdaFunction[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.close()));
});

interface Given {
  lambda: LambdaFunction;
  logs: string[];
  /** Calls the function and returns its answer. */
  answer(event?: unknown): Promise<unknown>;
}

function givenFunction(code: string, options: Partial<FunctionOptions> = {}): Given {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'index.js'), code);
  const logs: string[] = [];
  const lambda = createLambdaFunction({
    name: 'subject',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:subject',
    folder,
    handler: 'index.handler',
    environment: { GREETING: 'hi' },
    memorySize: 128,
    timeout: 20_000,
    onLog: (line) => logs.push(line),
    ...options,
  });
  started.push(lambda);
  const answer = async (event: unknown = {}): Promise<unknown> => {
    const invocation = await lambda.invoke(event);
    return invocation.status === 'answered' ? JSON.parse(invocation.payload) : invocation;
  };
  return { lambda, logs, answer };
}

const parsed = (logs: string[]): Record<string, unknown>[] => logs.map((line) => JSON.parse(line));

describe('an instance', () => {
  const counting = `
    const { threadId } = require('node:worker_threads');
    let calls = 0, running = 0;
    exports.handler = async ({ wait }) => {
      running += 1;
      if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
      const seen = { instance: threadId, calls: ++calls, running };
      running -= 1;
      return seen;
    };`;

  test('keeps the state of its module between calls', async () => {
    const { answer } = givenFunction(counting);
    const first = (await answer()) as { instance: number };
    expect([first, await answer()]).toEqual([
      { instance: first.instance, calls: 1, running: 1 },
      { instance: first.instance, calls: 2, running: 1 },
    ]);
  });

  test('handles one call at a time; there are up to eight instances, and further calls wait', async () => {
    const { answer } = givenFunction(counting);
    const calls = await Promise.all(Array.from({ length: 20 }, () => answer({ wait: 20 })));
    const seen = calls as { instance: number; running: number }[];
    expect(new Set(seen.map(({ instance }) => instance)).size).toBe(8);
    expect(seen.every(({ running }) => running === 1)).toBe(true);
  });

  test('has only its own environment variables', async () => {
    const { answer } = givenFunction('exports.handler = async () => process.env;');
    expect(await answer()).toEqual({ GREETING: 'hi' });
  });

  test("passes Lambda's event and context to the handler", async () => {
    const { answer } = givenFunction(
      'exports.handler = async (event, context) => ({ event, ...context, left: context.getRemainingTimeInMillis() });',
      { timeout: 5_000 },
    );
    const seen = (await answer({ a: [1, null, 'ż'] })) as { left: number };
    expect(seen).toMatchObject({
      event: { a: [1, null, 'ż'] },
      functionName: 'subject',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:subject',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(seen.left).toBeLessThanOrEqual(5_000);
  });
});

describe('a crash of all instances', () => {
  test('fails the running calls, and the next call gets a new instance', async () => {
    const code = `const { threadId } = require('node:worker_threads');
      exports.handler = async ({ hang }) => {
        console.log('begun');
        if (hang) await new Promise(() => setInterval(() => {}, 9));
        return threadId;
      };`;
    const { lambda, answer, logs } = givenFunction(code);
    const first = await answer();
    const running = [lambda.invoke({ hang: true }), lambda.invoke({ hang: true })];
    await waitUntil('three calls have begun', () => logs.length >= 3, 5);
    await lambda.crash();
    const failed = { status: 'failed', errorType: 'Runtime.ExitError' };
    expect(await Promise.all(running)).toMatchObject([failed, failed]);
    const next = await answer();
    expect([typeof next, next === first]).toEqual(['number', false]);
    await lambda.crash();
    expect(await answer()).not.toBe(next);
  });
});

describe('other code', () => {
  const code = (version: string) => `
    exports.handler = async ({ until }) => {
      console.log('begun');
      while (until && !require('node:fs').existsSync(until)) await new Promise((resolve) => setTimeout(resolve, 5));
      return '${version}';
    };`;
  const folderWith = (name: string, content: string): string => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), content);
    return folder;
  };

  test('runs from the next call on, and a running call ends as it is', async () => {
    const { lambda, answer, logs } = givenFunction(code('old'));
    const until = join(temporaryFolder(), 'now');
    const running = answer({ until });
    await waitUntil('the call has begun', () => logs.length === 1, 5);
    expect(await answer()).toBe('old');
    await lambda.replaceCode(folderWith('index.js', code('new')));
    expect(await answer()).toBe('new');
    writeFileSync(until, '');
    expect(await running).toBe('old');
    expect(await Promise.all([answer(), answer()])).toEqual(['new', 'new']);
  });

  test('gets the places of the instances that had the old code', async () => {
    const { lambda, answer } = givenFunction(code('old'), { maxInstances: 1 });
    expect(await answer()).toBe('old');
    await lambda.replaceCode(folderWith('index.js', code('new')));
    expect(await answer()).toBe('new');
  });

  test('without the handler is refused, and the function goes on', async () => {
    const { lambda, answer } = givenFunction(code('old'));
    await expect(lambda.replaceCode(folderWith('other.js', ''))).rejects.toThrow(
      'The handler index.handler of subject',
    );
    expect(await answer()).toBe('old');
  });
});

describe('the clock of a function', () => {
  const telling = `
    exports.handler = async (_, context) => ({
      now: Date.now(), made: new Date().getTime(), given: new Date(5).getTime(), isDate: new Date() instanceof Date,
      parsed: Date.parse('2026-01-01'), left: context.getRemainingTimeInMillis(),
    });`;

  test('can be changed while the function runs, without changing the deadline of a call', async () => {
    const skew = new Float64Array(new SharedArrayBuffer(8));
    const { answer } = givenFunction(telling, { skew });
    const hour = 3_600_000;
    for (const ahead of [0, 24 * hour, -24 * hour]) {
      skew[0] = ahead;
      const { now, made, given, isDate, parsed: text, left } = (await answer()) as Record<string, number>;
      for (const told of [now, made]) expect(Math.abs((told ?? 0) - Date.now() - ahead)).toBeLessThan(hour);
      expect({ given, isDate, text }).toEqual({ given: 5, isDate: true, text: Date.parse('2026-01-01') });
      expect(left).toBeLessThanOrEqual(20_000);
      expect(left).toBeGreaterThan(0);
    }
  });
});

describe('the code of a function', () => {
  test('is loaded as CommonJS and finds no modules around its folder', async () => {
    const project = temporaryFolder();
    const folder = join(project, 'asset');
    mkdirSync(join(project, 'node_modules', 'stray'), { recursive: true });
    mkdirSync(folder);
    writeFileSync(join(project, 'package.json'), '{"type":"module"}');
    writeFileSync(join(project, 'node_modules', 'stray', 'index.js'), '');
    writeFileSync(join(folder, 'part.js'), 'exports.part = 7;');
    writeFileSync(
      join(folder, 'index.js'),
      `exports.handler = async () => {
        const found = require('./part.js').part;
        try { require('stray'); } catch ({ code }) { return { found, code }; }
      };`,
    );
    expect(await givenFunction('', { folder }).answer()).toEqual({ found: 7, code: 'MODULE_NOT_FOUND' });
  });

  test('finds the SDK, which is part of the Lambda runtime', async () => {
    const { answer } = givenFunction(
      "exports.handler = async () => typeof require('@aws-sdk/client-dynamodb').DynamoDBClient;",
    );
    expect(await answer()).toBe('function');
  });

  test('can be an ES module', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => import.meta.filename.slice(-9);');
    expect(await givenFunction('', { folder }).answer()).toBe('index.mjs');
  });

  test('is refused if it is missing, and the error names the file', () => {
    expect(() => givenFunction('', { handler: 'nowhere.handler' })).toThrow(/nowhere\.handler of subject.*nowhere\.js/);
  });

  test.each([
    ['exports no handler', 'exports.other = 1;', 'Runtime.HandlerNotFound'],
    ['throws while loading', "throw new TypeError('bad start');", 'TypeError'],
    ['does not parse', 'exports.handler = async () => {', 'SyntaxError'],
    ['exits while loading', 'process.exit(2);', 'Runtime.ExitError'],
  ])('that %s fails each call', async (_, code, errorType) => {
    const { lambda, logs } = givenFunction(code, { maxInstances: 1 });
    expect(await lambda.invoke({})).toMatchObject({ status: 'failed', errorType });
    expect(await lambda.invoke({})).toMatchObject({ status: 'failed', errorType });
    expect(parsed(logs)).toContainEqual(expect.objectContaining({ message: expect.objectContaining({ errorType }) }));
  });
});

describe('a call', () => {
  const failing = [
    ['throws', "throw new RangeError('no')", 'RangeError', 'no'],
    ['throws a text', "throw 'text'", 'string', 'text'],
    [
      'runs too long',
      'await new Promise(() => setInterval(() => {}, 9))',
      'Sandbox.Timedout',
      'Task timed out after 0.50 seconds',
    ],
    ['never yields', 'for (;;);', 'Sandbox.Timedout', 'Task timed out after 0.50 seconds'],
    ['exits', 'process.exit(9)', 'Runtime.ExitError', 'Runtime exited with error: exit status 9'],
    [
      'has an uncaught exception',
      "setTimeout(() => { throw new Error('loose') }); await new Promise(() => {})",
      'Error',
      'loose',
    ],
    [
      'has an unhandled rejection',
      "Promise.reject(new Error('loose')); await new Promise(() => setInterval(() => {}, 9))",
      'Error',
      'loose',
    ],
  ];

  const fillsTheMemory = [
    'uses too much memory',
    'const all = []; for (;;) all.push(Array.from({ length: 1000 }, Math.random))',
    'Runtime.OutOfMemory',
    'Runtime exited with error: signal: killed (out of memory: raise MemorySize)',
  ];

  // To fill the memory takes seconds.
  test.each([...failing, ...inFull([fillsTheMemory])])(
    'that %s fails, and the next call succeeds',
    async (_, statement, errorType, errorMessage) => {
      const isSlow = errorType === 'Runtime.OutOfMemory';
      const { lambda, logs } = givenFunction(
        `exports.handler = async ({ bad }) => { if (bad) { ${statement} } return 1; };`,
        {
          timeout: isSlow ? 60_000 : 500,
          // An instance that ended must not take the place of the next one.
          maxInstances: 1,
        },
      );
      expect(await lambda.invoke({ bad: true }, 'the-call')).toEqual({ status: 'failed', errorType, errorMessage });
      expect(await lambda.invoke({})).toEqual({ status: 'answered', payload: '1' });
      expect(parsed(logs)).toContainEqual(
        expect.objectContaining({
          ...{ level: 'ERROR', requestId: 'the-call' },
          message: expect.objectContaining({ errorType, errorMessage }),
        }),
      );
    },
  );

  test('with over 6 MB is refused, and a call whose answer is over 6 MB fails', async () => {
    const { lambda } = givenFunction("exports.handler = async ({ size = 0 }) => 'x'.repeat(size);");
    expect(await lambda.invoke('x'.repeat(6_291_555))).toEqual({ status: 'too_large' });
    expect(await lambda.invoke({ size: 6_291_554 })).toMatchObject({ status: 'answered' });
    expect(await lambda.invoke({ size: 6_291_555 })).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });

  test('beyond the reserved concurrency is throttled', async () => {
    const { lambda } = givenFunction('exports.handler = async () => 1;', { reservedConcurrency: 1 });
    const calls = await Promise.all([lambda.invoke({}), lambda.invoke({})]);
    expect(calls.map(({ status }) => status)).toEqual(['answered', 'throttled']);
    // An event that is too large takes no place.
    expect(await lambda.invoke('x'.repeat(6_291_555))).toEqual({ status: 'too_large' });
    expect(await lambda.invoke({})).toMatchObject({ status: 'answered' });
  });

  test('beyond the quota of the account is throttled, whichever function has taken it', async () => {
    const accountQuota = { most: 2, running: 0 };
    const code = 'exports.handler = async () => 1;';
    const [one, other] = [givenFunction(code, { accountQuota }), givenFunction(code, { accountQuota })];
    const calls = await Promise.all([one, other, one, other].map(({ lambda }) => lambda.invoke({})));
    expect(calls.map(({ status }) => status)).toEqual(['answered', 'answered', 'throttled', 'throttled']);
    expect(await other.lambda.invoke({})).toMatchObject({ status: 'answered' });
    expect(accountQuota.running).toBe(0);
  });

  test('that runs or waits while the function is closed fails', async () => {
    const { lambda } = givenFunction('exports.handler = () => new Promise(() => setInterval(() => {}, 9));');
    const calls = Array.from({ length: 10 }, () => lambda.invoke({}));
    await lambda.close();
    const errors = (await Promise.all(calls)).map((ended) =>
      ended.status === 'failed' ? ended.errorType : ended.status,
    );
    expect(new Set(errors)).toEqual(new Set(['Runtime.Shutdown']));
  });
});

describe('the log of a function', () => {
  async function logged(
    statements: string,
    options: Partial<FunctionOptions> = {},
  ): Promise<Record<string, unknown>[]> {
    const { answer, logs } = givenFunction(`exports.handler = async () => { ${statements} };`, options);
    await answer();
    return parsed(logs);
  }

  test("has Lambda's JSON lines with the id of the call", async () => {
    const [line] = await logged("console.info({ event: 'accepted', size: 3 });");
    expect(line).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'INFO',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      message: { event: 'accepted', size: 3 },
    });
  });

  test.each([
    ["console.log('a %s', 1)", { level: 'INFO', message: 'a 1' }],
    ["console.warn('w')", { level: 'WARN', message: 'w' }],
    ["console.error(new TypeError('t'))", { level: 'ERROR', message: { errorType: 'TypeError', errorMessage: 't' } }],
    ["console.error('at', new Error('e'))", { level: 'ERROR', errorType: 'Error', errorMessage: 'e' }],
    ["console.log({ cause: new Error('e') })", { message: { cause: { errorType: 'Error', errorMessage: 'e' } } }],
    ['const a = {}; a.a = a; console.log(a)', { message: expect.stringContaining('[Circular *1]') }],
    ['console.log(1n)', { message: '1n' }],
    ['console.log()', { message: '' }],
  ])('has the expected line for %s', async (statement, line) => {
    expect((await logged(statement))[0]).toMatchObject(line);
  });

  test("omits messages below the function's log level", async () => {
    const statements = "console.debug('d'); console.info('i'); console.warn('w');";
    const messages = async (logLevel: FunctionOptions['logLevel']): Promise<unknown[]> =>
      (await logged(statements, logLevel ? { logLevel } : {})).map(({ message }) => message);
    expect(await messages(undefined)).toEqual(['i', 'w']);
    expect(await messages('DEBUG')).toEqual(['d', 'i', 'w']);
    expect(await messages('WARN')).toEqual(['w']);
  });
});
