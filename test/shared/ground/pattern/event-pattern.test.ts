import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern } from '../../../../shared/ground/pattern/event-pattern.ts';
import { PatternError } from '../../../../shared/ground/pattern/pattern-error.ts';

const verdict = (pattern: unknown, event: unknown) => compilePattern(pattern)(event);
const matches = (pattern: unknown, event: unknown): boolean => verdict(pattern, event) === 'match';

/** The pattern of a field, values that match it, and values that do not match it. */
type Case = [wanted: unknown[], accepted: unknown[], refused: unknown[]];

const cases: Record<string, Case[]> = {
  values: [
    [
      ['a', 'b'],
      ['a', 'b', ['z', 'b'], [['a']]],
      ['A', 'ab', '', null, ['z'], [], { a: 'a' }],
    ],
    [[5], [5, 5.0, 5, [1, 5]], ['5', 5.1, -5, true]],
    [[true], [true], ['true', 1, false]],
    [[null], [null, [1, null]], ['', 'null', 0, false, undefined]],
    [[''], [''], [' ', null, undefined]],
    [[null, ''], [null, ''], ['x']],
  ],
  prefix: [
    [[{ prefix: 'us-' }], ['us-', 'us-east-1', ['eu', 'us-west']], ['US-east', 'xus-', 5, null]],
    [[{ prefix: '' }], ['', 'x'], [5, null]],
    [[{ prefix: { 'equals-ignore-case': 'EventB' } }], ['eventbridge', 'EVENTB'], ['event', 'xeventb']],
  ],
  suffix: [
    [[{ suffix: '.png' }], ['.png', 'a.png'], ['a.PNG', 'a.png.gz', 1]],
    [[{ suffix: { 'equals-ignore-case': 'Bridge' } }], ['EventBRIDGE', 'bridge'], ['bridges']],
  ],
  'equals-ignore-case': [
    [[{ 'equals-ignore-case': 'Alice' }], ['alice', 'ALICE', 'Alice'], ['alic', 'alices', 1]],
    // In lower case, this letter is two characters.
    [[{ 'equals-ignore-case': 'İ' }], ['İ', 'i̇', ['x', 'İ']], ['i', 'I', 'İx']],
    [[{ 'equals-ignore-case': '' }], [''], ['x']],
  ],
  wildcard: [
    [[{ wildcard: 'dir/*.png' }], ['dir/.png', 'dir/a/b.png'], ['dir.png', 'dir/a.png ', 'xdir/a.png', 5]],
    [[{ wildcard: '*' }], ['', 'a\nb'], [1, null]],
    [[{ wildcard: 'a*b*c' }], ['abc', 'a-b-c', 'abbcc', 'abcbc'], ['acb', 'ab', 'ac']],
    [[{ wildcard: 'a*a' }], ['aa', 'aba'], ['a']],
    [[{ wildcard: '*ab*ab*' }], ['abab', 'xabxabx'], ['aab', 'ab']],
    [[{ wildcard: 'a\\*b' }], ['a*b'], ['ab', 'axb', 'a\\*b']],
    [[{ wildcard: '\\\\*' }], ['\\', '\\x'], ['x', '*']],
    [[{ wildcard: 'plain' }], ['plain'], ['plain2']],
  ],
  numeric: [
    [[{ numeric: ['>=', -5e9, '<', 0] }], [-5e9, -1], [0, -6e9]],
    [[{ numeric: ['<=', 5e9] }], [5e9, 0], [6e9]],
    [[{ numeric: ['>', 0, '<=', 5] }], [0.1, 5, 5.0, [9, 3]], [0, 5.01, '3', null]],
    [[{ numeric: ['=', 301.8] }], [3.018e2], ['301.8', 301]],
    [[{ numeric: ['<', 10] }], [9, -1e9], [10, -6e9]],
    [[{ numeric: ['>=', -1] }], [-1, 5e9], [-1.1, 6e9]],
  ],
  cidr: [
    [[{ cidr: '10.0.0.0/24' }], ['10.0.0.0', '10.0.0.255'], ['10.0.1.0', '::1', 'x', 5]],
    [[{ cidr: '10.0.0.33/8' }], ['10.255.1.1'], ['11.0.0.0']],
    [[{ cidr: '192.0.2.7/31' }], ['192.0.2.6', '192.0.2.7'], ['192.0.2.5', '192.0.2.8']],
    [[{ cidr: '2001:db8::7/127' }], ['2001:db8::6', '2001:db8::7'], ['2001:db8::8', '192.0.2.7']],
    [[{ cidr: '0.0.0.0/0' }], ['1.2.3.4'], ['1.2.3', '::']],
    [[{ cidr: '2001:db8::/32' }], ['2001:db8::1', '2001:DB8:0:0::ffff'], ['2001:db9::', '10.0.0.1']],
    [
      [{ cidr: '2001:db8::/32' }],
      ['2001:0db8:0000:0000:0000:ffff:255.255.255.255'],
      [`2001:db8::1%${'0'.repeat(5_000)}`],
    ],
  ],
  exists: [
    [[{ exists: true }], [1, null, '', false, ['x']], [undefined, {}, { a: 1 }, []]],
    [[{ exists: false }], [undefined, {}, { a: 1 }, []], [1, null, '', false, ['x']]],
    [
      [{ exists: false }, 'x'],
      [undefined, 'x'],
      ['y', null],
    ],
  ],
  'anything-but': [
    [[{ 'anything-but': 'a' }], ['b', 5, null, '', ['a', 'b']], ['a', ['a'], undefined, {}, []]],
    [[{ 'anything-but': ['a', 'b'] }], ['c', 'ab'], ['a', 'b', ['a', 'b']]],
    [[{ 'anything-but': 5 }], ['5', 6], [5, 5.0]],
    [[{ 'anything-but': [1, 2] }], [3, '1'], [1, 2]],
    [[{ 'anything-but': { prefix: 'us-' } }], ['eu-', 5], ['us-', 'us-east', undefined]],
    [[{ 'anything-but': { prefix: ['a', 'b'] } }], ['c'], ['ab', 'bc']],
    [[{ 'anything-but': { suffix: '.png' } }], ['a.gif'], ['a.png']],
    [[{ 'anything-but': { suffix: ['.png', '.gif'] } }], ['a.jpg'], ['a.png', 'a.gif']],
    [[{ 'anything-but': { wildcard: '*/lib/*' } }], ['a/libs/b'], ['a/lib/b']],
    [[{ 'anything-but': { wildcard: ['a*', '*z'] } }], ['mm'], ['am', 'mz']],
    [[{ 'anything-but': { 'equals-ignore-case': 'init' } }], ['other'], ['INIT', 'init']],
    [[{ 'anything-but': { 'equals-ignore-case': ['a', 'b'] } }], ['c'], ['A', 'B']],
    [[{ 'anything-but': { 'equals-ignore-case': '' } }], ['a', 5], ['']],
    [[{ 'anything-but': { wildcard: '' } }], ['a', 5], ['']],
    [[{ 'anything-but': '' }], ['a', 5], ['']],
  ],
};

describe.each(Object.entries(cases))('%s in a pattern', (_, rows) => {
  test.each(rows)('the pattern %j matches exactly the listed values', (wanted, accepted, refused) => {
    const test = compilePattern({ detail: { field: wanted } });
    const of = (field: unknown) => ({ detail: field === undefined ? {} : { field } });
    const verdicts = (values: unknown[]) => values.map((value) => [value, test(of(value))]);
    expect(verdicts(accepted)).toEqual(accepted.map((value) => [value, 'match']));
    expect(verdicts(refused)).toEqual(refused.map((value) => [value, 'no match']));
  });
});

describe('the fields of a pattern', () => {
  const pattern = { source: ['shop'], detail: { order: { state: ['paid', 'sent'], total: [{ numeric: ['>', 9] }] } } };

  test.each([
    [
      'match if all conditions hold',
      { source: 'shop', detail: { order: { state: 'sent', total: 10, more: 1 } } },
      true,
    ],
    [
      'do not match if one condition does not hold',
      { source: 'shop', detail: { order: { state: 'sent', total: 1 } } },
      false,
    ],
    ['do not match if a field is missing', { source: 'shop', detail: { order: { state: 'sent' } } }, false],
    [
      'do not match if the fields are at another depth',
      { source: 'shop', detail: { state: 'sent', total: 10 } },
      false,
    ],
    ['do not match an event that is not an object', 'shop', false],
    ['do not match an inherited field', Object.create({ source: 'shop' }), false],
  ])('%s', (_, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  const absent = { detail: { order: { state: [{ exists: false }] } } };

  test.each([
    ['match if the field is missing', { detail: { order: {} } }, true],
    ['match if its parents are missing', {}, true],
    ['match if its parent is not an object', { detail: { order: 5 } }, true],
    ['do not match if the field is null', { detail: { order: { state: null } } }, false],
    ['match if no element of an array has the field', { detail: { order: [{ a: 1 }, { b: 1 }] } }, true],
    ['do not match if one element of an array has the field', { detail: { order: [{ a: 1 }, { state: 1 }] } }, false],
  ])('with exists false: %s', (_, event, expected) => {
    expect(matches(absent, event)).toBe(expected);
  });
});

describe('a pattern for arrays of objects', () => {
  const employees = [
    { first: 'John', last: 'Doe', roles: ['dev', 'ops'] },
    { first: 'Jane', last: 'Roe', roles: [] },
  ];

  test.each([
    ['matches if one element meets all conditions', { employees: { first: ['Jane'], last: ['Roe'] } }, true],
    [
      'does not match if two elements meet one condition each',
      { employees: { first: ['Jane'], last: ['Doe'] } },
      false,
    ],
    ['matches a value of an array in the same element', { employees: { first: ['John'], roles: ['ops'] } }, true],
    [
      'does not match a value of an array in another element',
      { employees: { first: ['Jane'], roles: ['ops'] } },
      false,
    ],
    [
      'does not match if no alternative of an inner $or holds in the element',
      { employees: { first: ['Jane'], $or: [{ last: ['Doe'] }, { roles: ['dev'] }] } },
      false,
    ],
    [
      'does not match if an outer $or holds in another element only',
      { employees: { first: ['Jane'] }, $or: [{ employees: { last: ['Doe'] } }, { x: ['y'] }] },
      false,
    ],
    [
      'matches if an outer $or holds in the same element',
      { employees: { first: ['Jane'] }, $or: [{ employees: { last: ['Roe'] } }, { x: ['y'] }] },
      true,
    ],
  ])('%s', (_, pattern, expected) => {
    expect(matches(pattern, { employees })).toBe(expected);
    expect(matches(pattern, { employees: [employees] })).toBe(expected);
  });
});

describe('$or', () => {
  const pattern = {
    source: ['cloud'],
    $or: [{ metric: ['cpu'] }, { kind: ['k'], space: ['ec2'], $or: [{ id: [1] }, { id: [{ numeric: ['>', 100] }] }] }],
  };

  test.each([
    [{ source: 'cloud', metric: 'cpu' }, true],
    [{ metric: 'cpu' }, false],
    [{ source: 'cloud', kind: 'k', space: 'ec2' }, false],
    [{ source: 'cloud', kind: 'k', space: 'ec2', id: 1 }, true],
    [{ source: 'cloud', kind: 'k', space: 'ec2', id: 101 }, true],
    [{ source: 'cloud', kind: 'k', space: 'ec2', id: 50 }, false],
  ])('for the event %j, the match is %s', (event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  test('is a field name if it contains operators or is an object', () => {
    expect(matches({ $or: [{ prefix: 'a' }, { suffix: 'b' }] }, { $or: 'xb' })).toBe(true);
    expect(matches({ $or: { a: [1] } }, { $or: { a: 1 } })).toBe(true);
  });

  // RESERVED_FIELD_NAMES_IN_OR_RELATIONSHIP in the source of event-ruler.
  test.each([
    ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
    ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
    ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
    ...['ip-address-in-range', 'ip-address-not-in-range'],
  ])('is a field name if an alternative has the reserved name %s, so it is refused as one', (name) => {
    expect(() => compilePattern({ $or: [{ a: [1] }, { [name]: [1] }] })).toThrow(
      'contains a, which is not an operator',
    );
  });

  const alternatives = (count: number) => Array.from({ length: count }, (_, n) => ({ n: [n] }));

  test('may have 1000 combinations', () => {
    const pattern = { a: { $or: alternatives(10) }, b: { $or: alternatives(10) }, c: { $or: alternatives(10) } };
    expect(matches(pattern, { a: { n: 9 }, b: { n: 9 }, c: { n: 9 } })).toBe(true);
    expect(matches(pattern, { a: { n: 9 }, b: { n: 9 }, c: { n: 10 } })).toBe(false);
  });

  test('may not have more than 1000 combinations', () => {
    const pattern = { a: { $or: alternatives(7) }, b: { $or: alternatives(11) }, c: { $or: alternatives(13) } };
    expect(() => compilePattern(pattern)).toThrow(
      new PatternError('', 'has more than 1000 combinations of its $or operators'),
    );
  });

  test('of many combinations makes a pattern with too many conditions, which is refused', () => {
    const pattern = (fields: number) => ({
      $or: alternatives(1000),
      ...Object.fromEntries(Array.from({ length: fields }, (_, n) => [`f${n}`, [n]])),
    });
    expect(verdict(pattern(19), {})).toBe('no match');
    expect(() => compilePattern(pattern(20))).toThrow(
      new PatternError('', 'has more than 20000 conditions in the combinations of its $or operators'),
    );
  });
});

describe('a pattern that EventBridge would refuse is refused, with the place', () => {
  const notAnOperator =
    'which is not an operator. The operators are prefix, suffix, equals-ignore-case, wildcard, numeric, cidr, exists, anything-but and $or';

  test.each<[unknown, string, string]>([
    [undefined, '', 'must be an object of fields'],
    ['{}', '', 'must be an object of fields'],
    [[], '', 'must be an object of fields'],
    [null, '', 'must be an object of fields'],
    [{}, '', 'must name a field: an empty object is not allowed'],
    [{ a: {} }, '/a', 'must name a field: an empty object is not allowed'],
    [{ a: [] }, '/a', 'must contain a value: an empty array is not allowed'],
    [{ a: { b: 'x' } }, '/a/b', 'must be an array of the wanted values, or an object of fields'],
    [{ a: { b: [1], c: 5 } }, '/a/c', 'must be an array of the wanted values, or an object of fields'],
    [{ a: null }, '/a', 'must be an array of the wanted values, or an object of fields'],
    [{ 'a/b': { '~': null } }, '/a~1b/~0', 'must be an array of the wanted values, or an object of fields'],
    [{ $or: [{ a: [1] }, { b: {} }] }, '/$or/1/b', 'must name a field: an empty object is not allowed'],
    [{ a: { $or: [{ b: [1] }, {}] } }, '/a/$or/1', 'must name a field: an empty object is not allowed'],
    [{ a: { $or: [{ b: [1] }, { c: [1, []] }] } }, '/a/$or/1/c/1', 'must not contain an array within an array'],
    [{ a: [['x']] }, '/a/0', 'must not contain an array within an array'],
    [{ a: ['y', { contains: 'x' }] }, '/a/1', `contains contains, ${notAnOperator}`],
    [{ a: [{ toString: 'x' }] }, '/a/0', `contains toString, ${notAnOperator}`],
    [{ a: [{ b: [1] }, { c: [1] }] }, '/a/0', `contains b, ${notAnOperator}`],
    [{ a: [{}] }, '/a/0', 'must have exactly one operator in each object of its array'],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }, '/a/0', 'must have exactly one operator in each object of its array'],
    [{ a: [{ exists: false, prefix: 'y' }] }, '/a/0', 'must have exactly one operator in each object of its array'],
    [{ $or: [{ a: [1] }] }, '/$or/0', `contains a, ${notAnOperator}`],
    [{ a: [{ prefix: 5 }] }, '/a/0', 'needs a text for prefix'],
    [{ a: [{ prefix: null }] }, '/a/0', 'needs a text for prefix'],
    [
      { a: [{ prefix: { wildcard: 'x' } }] },
      '/a/0',
      'contains wildcard in prefix, which takes only equals-ignore-case',
    ],
    [{ a: [{ suffix: { 'equals-ignore-case': 1 } }] }, '/a/0', 'needs a text for suffix with equals-ignore-case'],
    [{ a: [{ 'equals-ignore-case': ['x'] }] }, '/a/0', 'needs a text for equals-ignore-case'],
    [{ a: [{ wildcard: 'a**b' }] }, '/a/0', 'has two * in a row, which wildcard does not allow'],
    [{ a: [{ wildcard: 'a\\b' }] }, '/a/0', 'has a backslash in wildcard that is not before * or \\'],
    [{ a: [{ wildcard: 'a\\' }] }, '/a/0', 'has a backslash in wildcard that is not before * or \\'],
    [{ a: [{ wildcard: ['a'] }] }, '/a/0', 'needs a text for wildcard'],
    ...[
      ...[5, [], ['>', '5'], ['!=', 5], [5, 5], ['<', 5, '>', 1], ['>', 1, '>', 2], ['=', 1, '<', 2], ['>', 1, '<']],
      ...[
        ['>', 1, '<', 2, '<', 3],
        ['<', 1, '<=', 2],
        ['>', 1, '=', 2],
        ['toString', 5],
        [['>'], 5],
      ],
    ].map((numeric): [unknown, string, string] => [
      { a: [{ numeric }] },
      '/a/0',
      'needs a comparison like [">", 0] for numeric, or a lower and an upper bound like [">", 0, "<=", 5]',
    ]),
    [{ a: [{ numeric: ['>', 5, '<', 5] }] }, '/a/0', 'has a lower bound in numeric that is not below the upper one'],
    [{ a: [{ numeric: ['>', 6, '<', 5] }] }, '/a/0', 'has a lower bound in numeric that is not below the upper one'],
    [{ a: [{ numeric: ['>', 5_000_000_001] }] }, '/a/0', 'has a bound in numeric outside -5e9 to 5e9'],
    [{ a: [{ numeric: ['<', -5_000_000_001] }] }, '/a/0', 'has a bound in numeric outside -5e9 to 5e9'],
    ...[
      ...['10.0.0.0', '10.0.0.0/32', '10.0.0.0/33', '10.0.0/8', 'x10.0.0.0/8', '10.0.0.0/8/8', '10.0.0.0/8x', '/8'],
      ...['::/128', '::/129', '2001:db8::%1/32', '10.0.0.0/0008'],
    ].map((cidr): [unknown, string, string] => [
      { a: [{ cidr }] },
      '/a/0',
      'needs an IPv4 or IPv6 block for cidr, like 10.0.0.0/8 or 2001:db8::/32; give a single address as a text instead',
    ]),
    [{ a: [{ cidr: 8 }] }, '/a/0', 'needs a text for cidr'],
    [{ a: [{ exists: 'yes' }] }, '/a/0', 'needs true or false for exists'],
    ...[[], ['x', 1], null, true, [null], [['x']]].map((operand): [unknown, string, string] => [
      { a: [{ 'anything-but': operand }] },
      '/a/0',
      'needs either texts or numbers for anything-but',
    ]),
    [
      { a: [{ 'anything-but': { numeric: ['>', 1] } }] },
      '/a/0',
      'contains numeric in anything-but, which takes only prefix, suffix, wildcard, equals-ignore-case',
    ],
    [{ a: [{ 'anything-but': { prefix: '' } }] }, '/a/0', 'needs texts for prefix in anything-but'],
    [{ a: [{ 'anything-but': { suffix: ['x', ''] } }] }, '/a/0', 'needs texts for suffix in anything-but'],
    [{ a: [{ 'anything-but': { suffix: [1] } }] }, '/a/0', 'needs texts for suffix in anything-but'],
    [
      { a: [{ 'anything-but': { prefix: ['x'], suffix: ['y'] } }] },
      '/a/0',
      'must have exactly one operator in each object of its array',
    ],
  ])('%j', (pattern, pointer, problem) => {
    const error = faultOf(pattern);
    expect(error).toBeInstanceOf(PatternError);
    expect(error).toMatchObject({ name: 'PatternError', pointer, problem });
  });

  test('the message has the place, unless it is the whole pattern', () => {
    expect(faultOf({ a: {} })).toHaveProperty(
      'message',
      'The event pattern at /a must name a field: an empty object is not allowed',
    );
    expect(faultOf([])).toHaveProperty('message', 'The event pattern must be an object of fields');
  });

  const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}[1]${'}'.repeat(levels)}`);

  test('a pattern may have 1000 levels, and an event as many', () => {
    expect(matches(nested(1000), JSON.parse(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`))).toBe(true);
    expect(faultOf(nested(1001))).toMatchObject({ problem: 'is more than 1000 levels deep' });
  });
});

/** What is thrown for a pattern. */
function faultOf(pattern: unknown): unknown {
  try {
    return compilePattern(pattern);
  } catch (error) {
    return error;
  }
}

const leaf = fc.oneof(fc.string(), fc.integer({ min: -1e6, max: 1e6 }), fc.boolean(), fc.constant(null));
const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\') });
const escaped = (value: string): string => value.replace(/[*\\]/g, '\\$&');

describe('for any event', () => {
  test('a pattern with one value matches fields and arrays with this value, and no others', () => {
    fc.assert(
      fc.property(leaf, fc.array(leaf), (value, others) => {
        const pattern = { a: { b: [value] } };
        expect(matches(pattern, { a: { b: value } })).toBe(true);
        expect(matches(pattern, { a: [{ b: [...others, value] }] })).toBe(true);
        expect(matches(pattern, { a: { b: others.filter((other) => other !== value) } })).toBe(false);
      }),
    );
  });

  test('anything-but is the opposite of the same operator for any text', () => {
    const operator = fc.constantFrom('prefix', 'suffix', 'equals-ignore-case');
    fc.assert(
      fc.property(operator, fc.string({ minLength: 1 }), fc.string(), (name, operand, value) => {
        const isWanted = matches({ a: [{ [name]: operand }] }, { a: value });
        expect(matches({ a: [{ 'anything-but': { [name]: operand } }] }, { a: value })).toBe(!isWanted);
      }),
    );
  });

  test('either exists true or exists false matches, never both', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (a) => {
        expect(matches({ a: [{ exists: true }] }, { a })).toBe(!matches({ a: [{ exists: false }] }, { a }));
      }),
    );
  });

  test('a wildcard matches the same texts as a regular expression', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (parts, value) => {
        // An empty part in the middle would give two wildcards in a row, which is invalid.
        fc.pre(parts.slice(1, -1).every((part) => part !== ''));
        const regular = new RegExp(`^${parts.map((part) => part.replace(/[*\\]/g, '\\$&')).join('.*')}$`, 's');
        expect(matches({ a: [{ wildcard: parts.map(escaped).join('*') }] }, { a: value })).toBe(regular.test(value));
        expect(matches({ a: [{ wildcard: parts.map(escaped).join('*') }] }, { a: parts.join(value) })).toBe(true);
      }),
    );
  });
});
