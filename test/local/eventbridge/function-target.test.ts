/** A function as the target of a rule: what it does not get, and for how long that is tried. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Refusal } from '../../../local/eventbridge/dead-letters.ts';
import { functionTarget, type RetryPolicy } from '../../../local/eventbridge/function-target.ts';
import { type AsyncBounds, type InvocationResult, usualAsyncBounds } from '../../../local/lambda/lambda-function.ts';

const throttled: InvocationResult = { status: 'throttled' };
const failed: InvocationResult = { status: 'failed', errorType: 'Error', errorMessage: 'secret' };
const answered: InvocationResult = { status: 'answered', payload: 'null' };
const arn = 'arn:aws:lambda:us-east-1:000000000000:function:Ship';

/** Delivers an event to a function whose calls end as they are listed, and then as the last of them. */
async function delivered(
  results: readonly InvocationResult[],
  policy: Partial<RetryPolicy> = {},
  { isPermitted = true, bounds = {} }: { isPermitted?: boolean; bounds?: Partial<AsyncBounds> } = {},
) {
  let now = 0;
  let calls = 0;
  const waits: number[] = [];
  const refusals: Refusal[] = [];
  const logged: string[] = [];
  const called = {
    name: 'Ship',
    arn,
    asyncBounds: { ...usualAsyncBounds, ...bounds },
    ready: Promise.resolve(),
    invoke: async () => results[Math.min(calls++, results.length - 1)] ?? answered,
    close: async () => undefined,
    replaceCode: async () => undefined,
    crash: async () => undefined,
  };
  const retryPolicy = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400, ...policy };
  const target = functionTarget(
    'arn:rule',
    { called, isPermitted, retryPolicy },
    async (_, __, refusal) => void refusals.push(refusal),
    {
      functions: new Map(),
      queue: () => undefined,
      onLog: (_, line) => logged.push(JSON.parse(line).message),
      now: () => new Date(now),
      signal: new AbortController().signal,
      wait: async (milliseconds) => {
        waits.push(milliseconds);
        now += milliseconds;
      },
    },
  );
  await target.deliver('{}');
  return { calls, waits, refusals, logged };
}

test('a function that is not permitted to be called is not called, and the event is refused at once', async () => {
  const reason = 'no AWS::Lambda::Permission allows events.amazonaws.com to call lambda:InvokeFunction for arn:rule';
  expect(await delivered([answered], {}, { isPermitted: false })).toEqual({
    ...{ calls: 0, waits: [], logged: [] },
    refusals: [{ code: 'NO_PERMISSIONS', reason }],
  });
});

describe('a throttled function', () => {
  const exhausted = (condition: string, retries: number) => [
    { code: 'THROTTLING', reason: 'it is throttled', exhausted: { condition, retries } },
  ];

  test.each<[string, Partial<RetryPolicy>, number[], string]>([
    ['no retry', { MaximumRetryAttempts: 0 }, [], 'MaximumRetryAttempts'],
    ['three retries', { MaximumRetryAttempts: 3 }, [1_000, 2_000, 4_000], 'MaximumRetryAttempts'],
    [
      'two minutes',
      { MaximumEventAgeInSeconds: 120 },
      [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000],
      'MaximumEventAgeInSeconds',
    ],
  ])('is called as often and as long as the policy says: %s', async (_, policy, waits, condition) => {
    const found = await delivered([throttled], policy);
    expect(found).toEqual({ calls: waits.length + 1, waits, logged: [], refusals: exhausted(condition, waits.length) });
  });

  test('never more often nor longer, and not less than that', async () => {
    const policies = fc.record({
      MaximumRetryAttempts: fc.integer({ min: 0, max: 185 }),
      MaximumEventAgeInSeconds: fc.integer({ min: 60, max: 86_400 }),
    });
    await fc.assert(
      fc.asyncProperty(policies, async (policy) => {
        const { calls, waits, refusals } = await delivered([throttled], policy);
        const waited = waits.reduce((sum, each) => sum + each, 0);
        const next = waited + Math.min(1_000 * 2 ** waits.length, 30_000);
        const [condition] = refusals.map(({ exhausted: { condition } = {} }) => condition);
        expect([refusals.length, calls]).toEqual([1, waits.length + 1]);
        expect(waits.length).toBeLessThanOrEqual(policy.MaximumRetryAttempts);
        expect(waited).toBeLessThanOrEqual(policy.MaximumEventAgeInSeconds * 1_000);
        const isOften = waits.length === policy.MaximumRetryAttempts;
        expect(isOften || next > policy.MaximumEventAgeInSeconds * 1_000).toBe(true);
        expect(condition).toBe(isOften ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds');
      }),
    );
  });

  test('has the event once it is called', async () => {
    expect(await delivered([throttled, throttled, answered], { MaximumRetryAttempts: 2 })).toEqual({
      ...{ calls: 3, waits: [1_000, 2_000], refusals: [], logged: [] },
    });
  });
});

describe('what a function itself fails on', () => {
  test('is repeated twice and given up, and is not refused', async () => {
    expect(await delivered([failed], { MaximumRetryAttempts: 0 })).toEqual({
      ...{ calls: 3, waits: [1_000, 2_000], refusals: [] },
      logged: ['Ship did not process an event (Error). The event was given up'],
    });
  });

  test('is given up at once if the function is not to be repeated', async () => {
    expect(await delivered([failed], {}, { bounds: { retries: 0 } })).toEqual({
      ...{ calls: 1, waits: [], refusals: [] },
      logged: ['Ship did not process an event (Error). The event was given up'],
    });
  });

  test('is dropped when it is older than the function takes', async () => {
    const bounds = { maxAgeMs: 60_000 };
    const { waits } = await delivered([failed, throttled], { MaximumRetryAttempts: 0 }, { bounds });
    // The wait before the retry, and those while the function is throttled: the next one would end after a minute.
    expect(waits).toEqual([1_000, 1_000, 2_000, 4_000, 8_000, 16_000]);
  });

  test('stays with Lambda while the function is throttled, whatever the policy of the rule is', async () => {
    const results = [failed, throttled, throttled, answered];
    expect(await delivered(results, { MaximumRetryAttempts: 0 })).toEqual({
      ...{ calls: 4, waits: [1_000, 1_000, 2_000], refusals: [], logged: [] },
    });
  });
});
