/** The matching of an event ends within its budget, and the budget changes no verdict. */
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern } from '../../../../shared/ground/pattern/event-pattern.ts';
import { stepBudget } from '../../../../shared/ground/pattern/step-budget.ts';

/** The verdict without a limit, and the steps that it took. */
function run(pattern: unknown, event: unknown) {
  const budget = stepBudget(1e9);
  const verdict = compilePattern(pattern)(event, budget);
  return { verdict, steps: 1e9 - budget.left };
}

describe('the steps of a matching', () => {
  test.each<[string, unknown, unknown, number]>([
    // The event itself is an element, and so is the value of the field. The condition and its test are a step each.
    ['one value', { a: [1] }, { a: 1 }, 4],
    ['a test for each value until one fits', { a: [2, 3, 1] }, { a: 1 }, 6],
    ['no test for what is no leaf', { a: [2, 3, 1] }, {}, 3],
    ['each element of an array, and the array', { a: [9] }, { a: [1, 2, 3] }, 11],
    ['arrays within arrays', { a: [9] }, { a: [[[1]]] }, 7],
    ['empty arrays', { a: [9] }, { a: [[], [], []] }, 6],
    ['a text of 255 characters', { a: ['x'] }, { a: 'a'.repeat(255) }, 4],
    ['a text of 256 characters', { a: ['x'] }, { a: 'a'.repeat(256) }, 5],
    ['a text of 2560 characters', { a: [{ wildcard: '*b*' }] }, { a: 'a'.repeat(2560) }, 14],
    // Eight characters may be compared at each of those that follow the b: a step for 4096.
    ['a search of 4096 comparisons', { a: [{ wildcard: 'b*aaaaaaaa*' }] }, { a: `b${'a'.repeat(512)}` }, 7],
    ['a search of fewer', { a: [{ wildcard: 'b*aaaaaaaa*' }] }, { a: `b${'a'.repeat(511)}` }, 6],
    // A step for 64 bytes, once for both.
    [
      'a text in lower case',
      { a: [{ prefix: { 'equals-ignore-case': 'x' } }, { suffix: { 'equals-ignore-case': 'x' } }] },
      { a: 'É'.repeat(64) },
      5 + 2,
    ],
    ['a text of 63 bytes in lower case', { a: [{ prefix: { 'equals-ignore-case': 'x' } }] }, { a: 'E'.repeat(63) }, 4],
    ['a text in lower case that may be equal', { a: [{ 'equals-ignore-case': 'xx' }] }, { a: 'E' }, 4],
    [
      'a text in lower case that has as many characters',
      { a: [{ 'equals-ignore-case': 'x'.repeat(64) }] },
      { a: 'E'.repeat(64) },
      4 + 1,
    ],
    ['no lower case of a text that is too long', { a: [{ 'equals-ignore-case': 'x' }] }, { a: 'E'.repeat(64) }, 4],
    // The test of anything-but, and each test within it.
    ['each value of anything-but', { a: [{ 'anything-but': ['x', 'y', 'z'] }] }, { a: 'a' }, 7],
    ['each text of anything-but', { a: [{ 'anything-but': { prefix: ['x', 'y', 'z'] } }] }, { a: 'a' }, 7],
    // The field is looked for from the top, once for the whole event: its two elements.
    ['an absent field', { a: [{ exists: false }] }, {}, 5],
    // The event and the array, the search, and for each element b and its condition, c, its condition and its test.
    [
      'an absent field of each element',
      { a: { b: [{ exists: false }], c: [1] } },
      { a: [{ c: 2 }, { c: 2 }] },
      4 + 6 + 5 + 5,
    ],
  ])('%s', (_, pattern, event, steps) => {
    expect(run(pattern, event).steps).toBe(steps);
  });

  test('grow with the event, and not with its square', () => {
    const pattern = { data: { a: { x: [{ exists: false }], b: [2] } } };
    const event = (length: number) => ({ data: { a: Array.from({ length }, () => ({ b: 1 })) } });
    const [one, ten] = [run(pattern, event(1000)), run(pattern, event(10_000))];
    expect([one.verdict, ten.verdict]).toEqual(['no match', 'no match']);
    expect(ten.steps).toBeLessThanOrEqual(10 * one.steps);
  });
});

describe('what is compared in lower case', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** The bytes of each text that is lower-cased meanwhile. */
  function loweredIn(act: () => unknown): number[] {
    const lowering = jest.spyOn(String.prototype, 'toLowerCase');
    act();
    const bytes = lowering.mock.contexts.map((text) => Buffer.byteLength(String(text)));
    lowering.mockRestore();
    return bytes;
  }
  const values = Array.from({ length: 900 }, (_, at) => `value ${at}`);
  const ignoringCase = (value: string) => ({ 'equals-ignore-case': value });
  const long = 'İ'.repeat(120_000);

  test.each<[string, unknown[]]>([
    ['texts', values.slice(0, 3).map((value) => ignoringCase(value.padEnd(240_000)))],
    ['beginnings', values.map((value) => ({ prefix: ignoringCase(value) }))],
    ['ends', values.map((value) => ({ suffix: ignoringCase(value) }))],
    ['texts that it must not be', [{ 'anything-but': ignoringCase(`${'i̇'.repeat(120_000)}.`) }]],
  ])('is lower-cased once for all %s', (_, wanted) => {
    const matches = compilePattern({ a: wanted });
    expect(loweredIn(() => matches({ a: long }))).toEqual([240_000]);
  });

  test('is lower-cased once for all patterns of an event, and again after another text', () => {
    const [one, other] = values.map((value) => compilePattern({ a: [{ prefix: ignoringCase(value) }] }));
    const budget = stepBudget();
    const lowered = loweredIn(() => {
      for (const matches of [one, other]) matches?.({ a: 'Text' }, budget);
      for (const text of ['Other', 'Text']) one?.({ a: text }, budget);
    });
    expect(lowered).toEqual([4, 5, 4]);
  });

  test('is not lower-cased at all if it is longer than all that is wanted', () => {
    const matches = compilePattern({ a: values.map(ignoringCase) });
    expect(loweredIn(() => matches({ a: long }))).toEqual([]);
  });

  test('is not lower-cased if the steps for that are not left', () => {
    const matches = compilePattern({ a: [{ prefix: ignoringCase('x') }] });
    const budget = stepBudget(1_000);
    expect(loweredIn(() => matches({ a: long }, budget))).toEqual([]);
    expect(matches({ a: 'X' }, budget)).toBe('over budget');
  });

  test('takes a step for each 64 bytes, whatever the pattern and the texts are', () => {
    const text = fc
      .tuple(fc.constantFrom('a', 'A', 'é', 'İ', 'Σ', '慡', '😀'), fc.nat(600))
      .map(([unit, length]) => unit.repeat(length));
    const test = fc
      .tuple(fc.constantFrom('equal', 'prefix', 'suffix', 'anything-but'), text)
      .map(([name, wanted]) => (name === 'equal' ? ignoringCase(wanted) : { [name]: ignoringCase(wanted) }));
    fc.assert(
      fc.property(
        fc.array(test, { minLength: 1, maxLength: 10 }),
        fc.array(text, { minLength: 1, maxLength: 10 }),
        (wanted, texts) => {
          const matches = compilePattern({ a: wanted });
          const budget = stepBudget();
          const lowered = loweredIn(() => matches({ a: texts }, budget));
          expect(lowered.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(64 * (1_000_000 - budget.left));
        },
      ),
    );
  });
});

describe('a budget', () => {
  const event = { a: [1, 2, 3] };

  test.each([
    ['with as many steps as it takes', 11, 'no match'],
    ['with one step less', 10, 'over budget'],
    ['without a step', 0, 'over budget'],
  ])('%s', (_, steps, verdict) => {
    expect(compilePattern({ a: [9] })(event, stepBudget(steps))).toBe(verdict);
  });

  test('is shared by the patterns of an event', () => {
    const budget = stepBudget(21);
    const matches = compilePattern({ a: [9] });
    expect([matches(event, budget), matches(event, budget), matches(event, budget)]).toEqual([
      'no match',
      'over budget',
      'over budget',
    ]);
  });

  test('is a million steps for each event, if none is given', () => {
    const matches = compilePattern({ a: [9] });
    const large = (length: number) => ({ a: Array.from({ length }, () => 1) });
    // The event, the array, and three steps for each element.
    const most = (1_000_000 - 2) / 3;
    expect(most).toBe(333_332.666_666_666_7);
    expect(matches(large(333_332))).toBe('no match');
    expect(matches(large(333_332))).toBe('no match');
    expect(matches(large(333_333))).toBe('over budget');
  });

  test('ends what would take years: each combination of $or looks at the whole event', () => {
    const alternatives = Array.from({ length: 1000 }, (_, n) => ({ data: { x: [{ suffix: `${n}` }] } }));
    const body = JSON.parse(`{"data":[${Array.from({ length: 7_000 }, () => '{"x":"a"}').join(',')}]}`);
    expect(compilePattern({ $or: alternatives })(body)).toBe('over budget');
  });

  test('an event of nested arrays has a verdict', () => {
    const nested = JSON.parse(`{"a":${'['.repeat(37_000)}7${']'.repeat(37_000)}}`);
    expect(compilePattern({ a: [7] })(nested)).toBe('match');
    expect(compilePattern({ a: { b: [{ exists: false }] } })(nested)).toBe('match');
  });
});

/** Fields of few names and few values, so that patterns and events often fit. */
const name = fc.constantFrom('a', 'b', '$or');
const scalar = fc.constantFrom<unknown>('x', 'xy', 'X', '', 0, 1, true, null);
const { event } = fc.letrec<{ event: unknown; value: unknown }>((tie) => ({
  event: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('event')),
}));
const texts = fc.array(fc.constantFrom('x', 'y', 'xy'), { minLength: 1, maxLength: 3 });
const comparison = fc.oneof(
  fc.boolean().map((exists) => ({ exists })),
  texts.map(([prefix]) => ({ prefix })),
  texts.map((list) => ({ 'anything-but': list })),
  texts.map((suffix) => ({ 'anything-but': { suffix } })),
  fc.constant({ numeric: ['>', 0] }),
  fc.constant({ wildcard: '*x*' }),
);
const { pattern } = fc.letrec<{ pattern: Record<string, unknown> }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small' },
    fc.dictionary(
      fc.constantFrom('a', 'b'),
      fc.oneof(
        { depthSize: 'small' },
        fc.array(fc.oneof(scalar, comparison), { minLength: 1, maxLength: 3 }),
        tie('pattern'),
      ),
      { minKeys: 1, maxKeys: 2 },
    ),
    fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }).map((each) => ({ $or: each })),
  ),
}));

describe('for any pattern and event', () => {
  test('the verdict is the same each time, whatever else the pattern was asked', () => {
    fc.assert(
      fc.property(pattern, event, event, (wanted, one, other) => {
        const matches = compilePattern(wanted);
        const first = matches(one);
        matches(other);
        expect(matches(one)).toBe(first);
        expect(compilePattern(structuredClone(wanted))(structuredClone(one))).toBe(first);
      }),
    );
  });

  test('a budget that suffices changes nothing, and any smaller one gives no verdict', () => {
    fc.assert(
      fc.property(pattern, event, fc.nat(60), (wanted, one, given) => {
        const { verdict, steps } = run(wanted, one);
        expect(['match', 'no match']).toContain(verdict);
        expect(compilePattern(wanted)(one, stepBudget(given))).toBe(given >= steps ? verdict : 'over budget');
        expect(compilePattern(wanted)(one, stepBudget(steps))).toBe(verdict);
      }),
    );
  });

  test('$or matches what one of its alternatives matches, at the top of a pattern', () => {
    fc.assert(
      fc.property(pattern, pattern, event, (left, right, one) => {
        const each = [left, right].map((wanted) => compilePattern(wanted)(one));
        expect(compilePattern({ $or: [left, right] })(one)).toBe(each.includes('match') ? 'match' : 'no match');
      }),
    );
  });

  test('anything-but is the complement of its list for a single value', () => {
    const either = fc.oneof(
      fc.tuple(fc.array(fc.constantFrom('', 'x', 'xy', 'X'), { minLength: 1 }), scalar),
      fc.tuple(fc.array(fc.constantFrom(-1, 0, 1, 2.5), { minLength: 1 }), scalar),
    );
    fc.assert(
      fc.property(either, ([list, value]) => {
        const [listed, excluded] = [{ a: list }, { a: [{ 'anything-but': list }] }].map((wanted) =>
          compilePattern(wanted)({ a: value }),
        );
        expect(new Set([listed, excluded])).toEqual(new Set(['match', 'no match']));
      }),
    );
  });
});
