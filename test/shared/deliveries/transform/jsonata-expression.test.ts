import { describe, expect, test } from '@jest/globals';
import { checkExpression, evaluateExpression } from '../../../../shared/deliveries/transform/jsonata-expression.ts';

const input = {
  type: 'order.paid',
  headers: { 'x-shop': 'north', day: '2020-01-01T00:00:00.000Z' },
  data: {
    id: 7,
    items: [
      { sku: 'a', price: 2 },
      { sku: 'b', price: 3 },
    ],
    note: 's3cret',
    none: null,
  },
};

const evaluate = (expression: string, of: unknown = input) => evaluateExpression(expression, of);

const json = (text: string) => ({ kind: 'json', text });

describe('an expression', () => {
  test.each([
    ['data.id', '7'],
    ['data', '{"id":7,"items":[{"sku":"a","price":2},{"sku":"b","price":3}],"note":"s3cret","none":null}'],
    ['{"text": "Order " & data.id & " in " & headers.`x-shop`}', '{"text":"Order 7 in north"}'],
    ['$sum(data.items.price)', '5'],
    ['data.items[price > 2].sku', '"b"'],
    ['data.items[price > 2].sku[]', '["b"]'],
    ['data.none', 'null'],
    ['null', 'null'],
    ['[]', '[]'],
    ['type = "order.paid" ? data.id', '7'],
    ['data.items.(sku & ":" & price)', '["a:2","b:3"]'],
    ['($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(10))', '3628800'],
    ['$map(data.items, function($item) { $item.sku })', '["a","b"]'],
    [
      'data ~> |items|{"sku": $uppercase(sku)}|',
      '{"id":7,"items":[{"sku":"A","price":2},{"sku":"B","price":3}],"note":"s3cret","none":null}',
    ],
    ['$match(data.note, /(s)(\\d)/).groups', '["s","3"]'],
  ])('%s is evaluated', async (expression, text) => {
    expect(await evaluate(expression)).toEqual(json(text));
  });

  test.each(['data.missing', 'type = "order.refunded" ? data', '()', 'data.items[price > 9]'])(
    '%s selects nothing',
    async (expression) => {
      expect(await evaluate(expression)).toEqual({ kind: 'empty' });
    },
  );

  test('changes nothing of its input', async () => {
    const before = JSON.stringify(input);
    expect(await evaluate('($sum := 1; data ~> |$|{"id": 8}, ["items"]|)')).toEqual(
      json('{"id":8,"note":"s3cret","none":null}'),
    );
    expect(JSON.stringify(input)).toBe(before);
  });
});

describe('a function that is refused', () => {
  const attempt = 'each attempt must send the same content';
  test.each([
    ['$random()', `$random is not available: ${attempt}.`, 7],
    ['$shuffle([1, 2])', `$shuffle is not available: ${attempt}.`, 8],
    ['$eval("1")', '$eval is not available: what it evaluates could not be checked before.', 5],
    [
      '{"a": [1, function($x) { $x ~> $eval }]}',
      '$eval is not available: what it evaluates could not be checked before.',
      36,
    ],
    ['($r := $random; $r())', `$random is not available: ${attempt}.`, 14],
    ['data.items^(>$random())', `$random is not available: ${attempt}.`, 20],
    ['data.items[$random() > 0.5]', `$random is not available: ${attempt}.`, 18],
    ['data ~> |items|{"a": $random()}|', `$random is not available: ${attempt}.`, 28],
    ['data.items@$i.{"a": %.$random()}', `$random is not available: ${attempt}.`, 29],
  ])('is found in %s', async (expression, message, position) => {
    expect(checkExpression(expression)).toEqual({ kind: 'error', message, position });
    expect(await evaluate(expression)).toEqual({ kind: 'error', message, position });
  });

  test.each([
    ['random', attempt, '()'],
    ['shuffle', attempt, '([1, 2])'],
    ['eval', 'what it evaluates could not be checked before', '("1")'],
  ])('%s is refused by any way of naming it', async (name, why, args) => {
    const environment = '$l := function() { 1 }; $open := {} ~> |$|$l, ["_jsonata_lambda"]|; $e := $open.environment';
    const message = `$${name} is not available: ${why}.`;
    expect(await evaluate(`(${environment}; $found := $e.lookup("${name}"); $found${args})`)).toMatchObject({
      message,
    });
    expect(await evaluate(`(${environment}; $map([[1]], $e.lookup("${name}")))`)).toMatchObject({ message });
  });

  test('is no field of that name, and no text', async () => {
    expect(await evaluate('random & "$random()" & constructor', { random: 4 })).toEqual(json('"4$random()"'));
    expect(await evaluate('$constructor & $toString')).toEqual(json('""'));
  });
});

describe('an expression that can not be read', () => {
  test.each([
    ['', 'Unexpected end of expression', 0],
    ['data.', 'Unexpected end of expression', 5],
    ['$f(1', 'Expected ")" before end of expression', 4],
    ['{"a" 1}', 'Expected ":", got 1', 6],
    ['"a', 'String literal must be terminated by a matching quote', 2],
    ['/a{2,1}/', 'Invalid regular expression: /a{2,1}/g: numbers out of order in {} quantifier', undefined],
    ['('.repeat(100_000), 'Maximum call stack size exceeded', undefined],
  ])('%.9s… is an error with its position', async (expression, message, position) => {
    const error = { kind: 'error', message, ...(position !== undefined && { position }) };
    expect(checkExpression(expression)).toEqual(error);
    expect(await evaluate(expression)).toEqual(error);
  });

  test('is told from one that only fails when it is evaluated', () => {
    expect(checkExpression('data.id + "a"')).toEqual({ kind: 'valid' });
  });
});

describe('an evaluation that fails is an error', () => {
  test.each([
    ['data.id + "a"', 'The right side of the "+" operator must evaluate to a number', 9],
    ['$foo()', 'Attempted to invoke a non-function', 5],
    ['$error("no id")', 'no id', 7],
    ['$assert(data.id = 8, "not 8")', 'not 8', 8],
    // What it says of the event is replaced.
    ['$number(data.note)', 'Unable to cast value to a number: …', 8],
    ['data.note < data.id', 'The values … and 7 either side of operator "<" must be of the same data type', 11],
    ['data.note * 2', 'The left side of the "*" operator must evaluate to a number', 11],
    ['data.items^($)', 'The expressions within an order-by clause must evaluate to numeric or string values', 11],
    ['$number(headers)', 'Argument 1 of function "number" does not match function signature', 8],
    ['{data.none: 1}', 'Key in object structure must evaluate to a string; got: null', 1],
    ['{data: 1}', 'Key in object structure must evaluate to a string; got: …', 1],
    ['$decodeUrl("%" & data.note)', 'Malformed URL passed to $decodeUrl(): …', 11],
  ])('%s', async (expression, message, position) => {
    expect(await evaluate(expression)).toEqual({ kind: 'error', message, position });
  });

  test('with a message of 300 characters at most', async () => {
    expect(await evaluate(`$error("${'x'.repeat(301)}")`)).toMatchObject({ message: 'x'.repeat(300) });
  });

  test.each([
    ['[1..1e9]', /^The size of the sequence allocated by the range operator/],
    ['[1..1000001]', 'The maximum sequence length of 1000001 was exceeded.'],
    // A busy machine takes two seconds for as many steps.
    ['($f := function($n) { 1 + $f($n + 1) }; $f(0))', /^Stack overflow|^Evaluation timeout/],
    ['($f := function($n) { $f($n + 1) }; $f(0))', /^Evaluation timeout after 2000 milliseconds/],
  ])('%s, which would not end', async (expression, message) => {
    expect(await evaluate(expression)).toMatchObject({ kind: 'error', message: expect.stringMatching(message) });
  });

  test('is not what a large but sane one is', async () => {
    expect(await evaluate('$count([1..1000000])')).toEqual(json('1000000'));
    expect(await evaluate('($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(1000))')).toEqual(json('1000'));
  });
});

describe('names of the language', () => {
  test('are fields like any other', async () => {
    const body = JSON.parse('{"a": {"__proto__": {"b": 1}, "constructor": 2, "toString": 3}}');
    const text = '{"__proto__":{"b":1},"constructor":2,"toString":3}';
    expect(await evaluate('a', body)).toEqual(json(text));
    expect(await evaluate('$merge([a, {"c": 4}])', body)).toEqual(
      json(text.replace('}', '}').replace(/\}$/, ',"c":4}')),
    );
    expect(await evaluate('{"__proto__": 1, "constructor": 2}')).toEqual(json('{"__proto__":1,"constructor":2}'));
    expect(await evaluate('a.b', body)).toEqual({ kind: 'empty' });
  });

  test.each([
    'data.constructor',
    'data.__proto__',
    '$lookup(data, "constructor")',
    'type.constructor',
    '$sum.implementation',
    'data.items.map',
    '$$.toString',
  ])('%s leads to nothing that is not of the input', async (expression) => {
    expect(await evaluate(expression)).toEqual({ kind: 'empty' });
  });

  test('pollute nothing', async () => {
    const body = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
    for (const expression of [
      '$merge([$, $])',
      '$$ ~> |$|{"__proto__": {"polluted": 1}}|',
      '{"__proto__": {"polluted": 1}}.__proto__',
      '$each($, function($v, $k) { {$k: $v} })',
      '$sift($, function() { true })',
      '$spread($)',
      '$distinct([$, $])',
      '{$keys($)[0]: 1}',
      '($__proto__ := {"polluted": 1}; $__proto__)',
    ])
      await evaluate(expression, body);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test.each(['_jsonata_lambda', '_jsonata_function'])('a field %s makes no function of a body', async (name) => {
    const body = {
      f: {
        [name]: true,
        thunk: true,
        implementation: 1,
        body: { procedure: { type: 'variable', value: 'random' }, arguments: [] },
        environment: { base: {} },
      },
    };
    for (const expression of ['$f := f; $f()', '($g := function($x) { $x }; $g(f))', '$map([1], f)', 'f ~> f', 'f()'])
      expect(await evaluate(expression, body)).toMatchObject({ kind: 'error' });
  });
});
