import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, test } from '@jest/globals';
import { killedExpressions } from '../../../../shared/deliveries/transform/killed-expressions.ts';
import { transformFunction } from '../../../../shared/deliveries/transform/transform-function.ts';
import { type GivenAnswer, givenHttpServer } from '../../given-http-server.ts';

const { received, answer, settings } = givenHttpServer();

const { transform, check } = transformFunction('transform', {
  client: new LambdaClient({ ...settings, maxAttempts: 1 }),
});

const at = '2026-03-04T05:06:07.008Z';

/** Takes no time: the clock stands still. */
const { transform: timeless } = transformFunction('transform', {
  client: new LambdaClient({ ...settings, maxAttempts: 1 }),
  clock: () => 0,
});

const failed = (failure: object): GivenAnswer => ({
  headers: { 'x-amz-function-error': 'Unhandled' },
  body: JSON.stringify(failure),
});

/** What Lambda answers for a call that it ended, or whose process ended. */
const killed: [string, object, 'time' | 'memory'][] = [
  [
    'took too long',
    { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: 1-2 Error: Task timed out after 3.00 seconds' },
    'time',
  ],
  [
    'took too long, as Lambda said it before',
    { errorMessage: '2026-03-04T05:06:07.008Z 1-2 Task timed out after 3.00 seconds' },
    'time',
  ],
  [
    'took too much memory',
    {
      errorType: 'Runtime.OutOfMemory',
      errorMessage: 'RequestId: 1-2 Error: Runtime exited with error: signal: killed',
    },
    'memory',
  ],
  [
    'took too much of the heap',
    {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: 1-2 Error: Runtime exited with error: signal: aborted',
    },
    'memory',
  ],
  [
    'ended its process',
    {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: 1-2 Error: Runtime exited with error: exit status 134',
    },
    'memory',
  ],
  [
    'ended its process without a word',
    { errorType: 'Runtime.ExitError', errorMessage: 'RequestId: 1-2 Error: Runtime exited without providing a reason' },
    'memory',
  ],
];

const throttled: GivenAnswer = { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: '{}' };

/** Failures that say nothing about the expression. */
const faults: [string, GivenAnswer, string | RegExp][] = [
  [
    'a fault of the function',
    failed({ errorType: 'TypeError', errorMessage: 'the event is s3cret' }),
    /^the function transform failed: see its log$/,
  ],
  [
    'a missing permission',
    { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: '{"Message":"not you"}' },
    'not you',
  ],
  [
    'a fault of Lambda',
    { status: 500, headers: { 'x-amzn-errortype': 'ServiceException' }, body: '{"Message":"Lambda fails"}' },
    'Lambda fails',
  ],
];

describe('a transform', () => {
  test.each([
    { kind: 'empty' },
    { kind: 'error', message: 'Syntax error: "+"', position: 3 },
    { kind: 'error', message: 'Maximum call stack size exceeded' },
  ])('has the outcome that the function answers: %j', async (outcome) => {
    answer({ body: JSON.stringify(outcome) });
    const of = { connectionId: 'con_1', routes: 'v1', rule: 'all' };
    expect(await transform('data.a', { data: { a: 'ż' } }, at, of)).toEqual(outcome);
    expect(received).toMatchObject([{ method: 'POST', path: '/2015-03-31/functions/transform/invocations' }]);
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ expression: 'data.a', input: { data: { a: 'ż' } }, at });
  });

  test('of no rule in force is a dry run, whose empty paths are passed on', async () => {
    answer({ body: '{"kind":"empty","emptyPaths":["data.b"]}' });
    expect(await transform('data.b', {}, at)).toEqual({ kind: 'empty', emptyPaths: ['data.b'] });
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ expression: 'data.b', input: {}, at, isDryRun: true });
  });

  test('with a result has it as JSON text, and how long it took', async () => {
    answer({ body: '{"kind":"json","text":"{\\"a\\":1}"}' });
    expect(await timeless('data.a', {}, at)).toEqual({ kind: 'json', text: '{"a":1}', ms: 0 });
  });

  test.each(killed)('that %s is killed', async (_, failure, how) => {
    answer(failed(failure));
    expect(await transform('1', {}, at)).toEqual({ kind: 'killed', how });
  });

  test('that Lambda has no concurrency for is throttled', async () => {
    answer(throttled);
    expect(await transform('1', {}, at)).toEqual({ kind: 'throttled' });
  });

  test.each(faults)('has no outcome after %s', async (_, given, message) => {
    answer(given);
    await expect(transform('1', {}, at)).rejects.toThrow(message);
  });

  test('has no outcome if the function answers something else', async () => {
    answer({ body: '{"kind":"valid"}' });
    await expect(transform('1', {}, at)).rejects.toThrow('kind');
  });

  test('of more than 1 MiB is not begun', async () => {
    answer({ body: '{"kind":"empty"}' });
    // {"a":"…"} is eight characters around the text, and each ż is two bytes.
    const inputOf = (bytes: number) => ({ a: 'ż'.repeat((bytes - 8) / 2) });
    expect(await transform('1', inputOf(1_048_576), at)).toEqual({ kind: 'empty' });
    expect(await transform('1', inputOf(1_048_578), at)).toEqual({ kind: 'too_large', bytes: 1_048_578 });
    expect(received).toHaveLength(1);
  });
});

test('a body that is nested too deeply to be written is an error, and not a fault', async () => {
  const data = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  expect(await transform('1', { data }, at)).toEqual({ kind: 'error', message: 'The event is nested too deeply.' });
  const circle: { data?: object } = {};
  circle.data = circle;
  await expect(transform('1', circle, at)).rejects.toThrow('circular');
  expect(received).toEqual([]);
});

test('an expression that was killed three times is not evaluated for a while, and the same one of another connection is', async () => {
  let stops = 0;
  const memory = killedExpressions(
    () => 0,
    () => {
      stops += 1;
    },
  );
  const client = new LambdaClient({ ...settings, maxAttempts: 1 });
  const limited = transformFunction('transform', { client, killed: memory });
  answer(failed(killed[0]?.[1] ?? {}));
  // Together, as a batch does it: two are under way when the first is killed, and then the third.
  const of = { connectionId: 'con_1', routes: 'v1', rule: 'all' };
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => limited.transform('1', {}, at, of)));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['killed', 'killed', 'killed', 'killed', 'throttled']);
  expect(received).toHaveLength(4);
  expect(stops).toBe(1);
  answer({ body: '{"kind":"empty"}' });
  expect(await limited.transform('1', {}, at, of)).toEqual({ kind: 'throttled' });
  expect(await limited.transform('1', {}, at, { ...of, connectionId: 'con_2' })).toEqual({ kind: 'empty' });
  // A dry run is of no rule in force.
  expect(await limited.transform('1', {}, at)).toEqual({ kind: 'empty' });
});

/** What Lambda answers if the process has answered as many requests as it may. */
const wornOut = failed({
  errorType: 'Runtime.ExitError',
  errorMessage: 'RequestId: 1-2 Error: Runtime exited with error: exit status 75',
});

describe('a call that meets a process at its end', () => {
  const of = { connectionId: 'con_1', routes: 'v1', rule: 'all' };

  test('is made again at once, and is no kill', async () => {
    const kills: unknown[] = [];
    const killed = { isStopped: () => false, add: (rule: unknown) => void kills.push(rule) };
    const client = new LambdaClient({ ...settings, maxAttempts: 1 });
    const called = transformFunction('transform', { client, killed });
    answer(wornOut, { body: '{"kind":"empty"}' });
    expect(await called.transform('1', { a: 2 }, at, of)).toEqual({ kind: 'empty' });
    expect(received.map(({ body }) => JSON.parse(body))).toEqual(
      Array(2).fill({ input: { a: 2 }, expression: '1', at }),
    );
    answer(wornOut, { body: '{"kind":"valid"}' });
    expect(await called.check('1')).toBeUndefined();
    expect(kills).toEqual([]);
  });

  test('is throttled if it meets another such process', async () => {
    answer(wornOut);
    expect(await transform('1', {}, at, of)).toEqual({ kind: 'throttled' });
    expect(received).toHaveLength(2);
  });
});

describe('a check of an expression', () => {
  test('finds nothing in a right one', async () => {
    answer({ body: '{"kind":"valid"}' });
    expect(await check('data.a')).toBeUndefined();
    expect(received.map(({ body }) => body)).toEqual(['{"check":"data.a"}']);
  });

  test.each([{ message: 'Syntax error: "+"', position: 3 }, { message: 'Maximum call stack size exceeded' }])(
    'says what is wrong: %j',
    async (fault) => {
      answer({ body: JSON.stringify({ kind: 'error', ...fault }) });
      expect(await check('+')).toEqual(fault);
    },
  );

  test.each(killed)('of an expression that %s says so', async (_, failure) => {
    answer(failed(failure));
    expect(await check('1')).toEqual({ message: 'The expression takes too much time or memory to be read.' });
  });

  test.each([...faults, ['a throttle', throttled, 'the function transform is throttled'] as const])(
    'fails after %s',
    async (_, given, message) => {
      answer(given);
      await expect(check('1')).rejects.toThrow(message);
    },
  );
});

/** Evaluations that end when they are told to, by a clock that is set by hand. */
function openEvaluations() {
  const clock = { now: 0 };
  const open: (() => void)[] = [];
  const client = new LambdaClient({
    ...settings,
    requestHandler: {
      handle: () =>
        new Promise((resolve) => {
          const body = () => new Blob(['{"kind":"json","text":"1"}']).stream();
          open.push(() => resolve({ response: { statusCode: 200, headers: {}, body: body() } as never }));
        }),
    },
  });
  const { transform: timed } = transformFunction('transform', { client, clock: () => clock.now });
  return {
    run: (count: number) => Array.from({ length: count }, () => timed('1', {}, at)),
    /** Ends the one that began first, at a time. */
    async endOne(time: number) {
      while (open.length === 0) await new Promise((resolve) => setImmediate(resolve));
      clock.now = time;
      open.shift()?.();
    },
    begun: async (count: number) => {
      while (open.length < count) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('an evaluation takes its own time, and not that of those before it', async () => {
  const { run, begun, endOne } = openEvaluations();
  const [first, second, third] = run(3);
  await begun(2);
  await endOne(800);
  expect(await first).toMatchObject({ ms: 800 });
  await begun(2);
  await endOne(900);
  expect(await second).toMatchObject({ ms: 900 });
  await endOne(1_500);
  expect(await third).toMatchObject({ ms: 700 });
});

test('an evaluation whose turn does not come within ten seconds is tried later', async () => {
  const { run, begun, endOne } = openEvaluations();
  const [first, second, third, fourth] = run(4);
  await begun(2);
  await endOne(10_000);
  await first;
  await begun(2);
  await endOne(10_001);
  await second;
  await endOne(10_001);
  expect(await third).toMatchObject({ kind: 'json' });
  expect(await fourth).toEqual({ kind: 'throttled' });
});

describe('with a turn that all callers share', () => {
  const waits: number[] = [];
  const ended: string[] = [];
  const sharing = (isFree: boolean) =>
    transformFunction('transform', {
      client: new LambdaClient({ ...settings, maxAttempts: 1 }),
      clock: () => 5,
      takeTurn: async (withinMs) => {
        waits.push(withinMs);
        return isFree ? async () => void ended.push('ended') : undefined;
      },
    });

  test('an evaluation waits ten seconds for it, and is tried later if it does not come', async () => {
    expect(await sharing(false).transform('1', {}, at)).toEqual({ kind: 'throttled' });
    expect([waits.at(-1), received]).toEqual([10_000, []]);
  });

  test.each([
    ['a result', { body: '{"kind":"empty"}' }],
    ['a fault', { status: 500, body: '{}' }],
  ])('an evaluation ends it after %s', async (_, given) => {
    ended.length = 0;
    answer(given);
    await sharing(true)
      .transform('1', {}, at)
      .catch(() => undefined);
    expect([ended, received.length]).toEqual([['ended'], 1]);
  });

  test('a check of an operator does not wait for it', async () => {
    answer({ body: '{"kind":"valid"}' });
    expect(await sharing(false).check('1')).toBeUndefined();
  });
});

test('two calls are under way at a time, transforms and checks together, and each ends by itself if Lambda hangs', async () => {
  const open: (() => void)[] = [];
  const signals: unknown[] = [];
  const client = new LambdaClient({
    ...settings,
    requestHandler: {
      handle: (_: unknown, { abortSignal }: { abortSignal?: unknown } = {}) =>
        new Promise((resolve) => {
          signals.push(abortSignal);
          open.push(() => resolve({ response: { statusCode: 429, headers: {}, body: undefined } as never }));
        }),
    },
    maxAttempts: 1,
  });
  const called = transformFunction('transform', { client });
  const results = [
    called.transform('1', {}, at),
    called.check('1'),
    called.transform('2', {}, at),
    called.check('2'),
  ].map((result) => result.catch(() => undefined));
  let calls = 0;
  let most = 0;
  while (calls < results.length) {
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, open.length);
    const next = open.shift();
    if (next) calls += 1;
    next?.();
  }
  await Promise.all(results);
  expect(most).toBe(2);
  expect(signals).toEqual(Array(4).fill(expect.any(AbortSignal)));
});
