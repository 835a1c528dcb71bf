/** Texts as lines that are folded, searched and shown in part: tables of what a person sees, and what holds of any text. */
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonLinesOf, jsonTokens } from '../../../../clients/console/body/json-lines.ts';
import {
  enclosing,
  foldAll,
  type Lines,
  noFolds,
  placeOf,
  shownIn,
  toggled,
  visibleLines,
} from '../../../../clients/console/body/lines.ts';
import { readBodyText, tokeniserOf } from '../../../../clients/console/body/read-text.ts';
import { mostHeight, rowHeight, rowWindow, scrollTo } from '../../../../clients/console/body/row-window.ts';
import {
  findsIn,
  mostFinds,
  mostRowLength,
  queryPattern,
  rowOf,
} from '../../../../clients/console/body/search-lines.ts';
import { madeVisible } from '../../../../clients/console/body/visible-text.ts';
import { xmlLinesOf } from '../../../../clients/console/body/xml-lines.ts';
import { codePoint } from '../../../support/any-text.ts';

/** The lines as a person sees them when nothing is folded, two spaces a level. */
function shown(text: string): string[] {
  const read = readBodyText(text);
  if (!read) return [];
  const { starts, ends, depths } = read.lines;
  return Array.from(starts, (start, line) => {
    const tokens = tokeniserOf(read.language)(text, start, ends[line] ?? 0);
    return '  '.repeat(depths[line] ?? 0) + tokens.map((token) => token.text).join('');
  });
}

/** JSON with any white space, and with what `JSON.parse` would change: numbers as they are written, and doubled keys. */
const anyJson = (() => {
  const space = fc.constantFrom('', '', ' ', '\n', '\r\n\t');
  const spaced = (arbitrary: fc.Arbitrary<string>) => fc.tuple(space, arbitrary, space).map((parts) => parts.join(''));
  const text = fc.string({ unit: codePoint, maxLength: 8 }).map((value) => JSON.stringify(value));
  return fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      spaced(fc.constantFrom('null', 'true', '-0', '1.0', '9007199254740993', '1E+2', '"\\u00e9"', '"a\\"[,:"')),
      spaced(text),
      spaced(fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items}]`)),
      spaced(
        fc
          .array(fc.tuple(spaced(fc.oneof(text, fc.constant('"a"'))), tie('value')), { maxLength: 4 })
          .map((members) => `{${members.map((member) => member.join(':'))}}`),
      ),
    ),
  })).value;
})();

/** The JSON without the white space between its tokens. */
const compact = (json: string): string => json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');

describe('JSON', () => {
  test.each<[what: string, json: string, lines: string[]]>([
    [
      'a line for each member, and one for what is empty',
      '{"a":[1,{"b":null}],"c":{},"d":[ ],"e":"x,y:{}"}',
      [
        '{',
        '  "a": [',
        '    1,',
        '    {',
        '      "b": null',
        '    }',
        '  ],',
        '  "c": {},',
        '  "d": [],',
        '  "e": "x,y:{}"',
        '}',
      ],
    ],
    [
      'numbers, escapes and doubled keys as they came',
      '[1.0,9007199254740993,-0,1E+2,"\\u00e9\\"",{"a":1,"a":2}]',
      [
        ...['[', '  1.0,', '  9007199254740993,', '  -0,', '  1E+2,', '  "\\u00e9\\"",'],
        ...['  {', '    "a": 1,', '    "a": 2', '  }', ']'],
      ],
    ],
    [
      'white space between the tokens is not shown',
      ' {\r\n"a" :\n[ 1 , [ ] ] }\n',
      ['{', '  "a": [', '    1,', '    []', '  ]', '}'],
    ],
    ['a value alone is one line', '"a"', ['"a"']],
    ['a list of empty ones', '[[],{}]', ['[', '  [],', '  {}', ']']],
    ['a byte order mark is no part of it', '\ufeff[1]', ['[', '  1', ']']],
  ])('%s', (_, json, lines) => {
    expect(shown(json)).toEqual(lines);
  });

  it('has all of its tokens in its lines, in their order, and nothing else', () => {
    fc.assert(
      fc.property(anyJson, (json) => {
        const { starts, ends } = jsonLinesOf(json);
        const tokens = Array.from(starts, (start, line) => jsonTokens(json, start, ends[line] ?? 0)).flat();
        expect(compact(tokens.map(({ text }) => text).join(''))).toBe(compact(json));
      }),
    );
  });

  it('has the depth of what is open, and each line that opens names the one that closes', () => {
    fc.assert(
      fc.property(anyJson, (json) => {
        const { starts, ends, depths, closes } = jsonLinesOf(json);
        const open: number[] = [];
        const seen = Array.from(starts, (start, line) => {
          const signs = jsonTokens(json, start, ends[line] ?? 0).map(({ text }) => text);
          const isClose = /^[\]}]$/.test(signs[0] ?? '');
          const opener = isClose ? open.pop() : undefined;
          const depth = open.length;
          if (/^[[{]$/.test(signs.at(-1) ?? '')) open.push(line);
          return { depth, opener, line };
        });
        expect([...depths]).toEqual(seen.map(({ depth }) => depth));
        const closed = seen.filter(({ opener }) => opener !== undefined);
        expect(closed.map(({ opener }) => closes[opener ?? 0])).toEqual(closed.map(({ line }) => line));
        expect([...closes].filter((close) => close > 0)).toHaveLength(closed.length);
      }),
    );
  });

  it('may be 100,000 levels deep', () => {
    const { depths } = jsonLinesOf('['.repeat(100_000) + ']'.repeat(100_000));
    expect([depths.length, depths[99_999]]).toEqual([199_999, 99_999]);
  });

  test.each([
    ['{"a": "b"}', 'sign name sign text sign'],
    ['[-1.5, true, null]', 'sign number sign word sign word sign'],
  ])('the tokens of %j have kinds', (json, kinds) => {
    expect(
      jsonTokens(json, 0, json.length)
        .map(({ kind }) => kind)
        .join(' '),
    ).toBe(kinds);
  });
});

describe('XML', () => {
  test.each<[what: string, xml: string, lines: string[]]>([
    [
      'elements are indented, and one with a short text is one line',
      '<?xml version="1.0"?><a b="c>d"><!-- e --><f>g &amp; h</f><i/><j></j></a>',
      ['<?xml version="1.0"?>', '<a b="c>d">', '  <!-- e -->', '  <f>g &amp; h</f>', '  <i/>', '  <j></j>', '</a>'],
    ],
    ['a text of lines has them', '<a>\n  b\n\n  c\n</a>', ['<a>', '  b', '  c', '</a>']],
    ['text beside elements', '<a>b<c/>d</a>', ['<a>', '  b', '  <c/>', '  d', '</a>']],
    ['CDATA is no markup', '<a><![CDATA[<b>]]></a>', ['<a>', '  <![CDATA[<b>]]>', '</a>']],
    ['a doctype', '<!DOCTYPE a [<!ENTITY b "c">]>\n<a/>', ['<!DOCTYPE a [<!ENTITY b "c">]>', '<a/>']],
    ['white space in a tag is one space', '<a\n  b="c"\n/>', ['<a b="c" />']],
  ])('%s', (_, xml, lines) => {
    expect(shown(xml)).toEqual(lines);
  });

  test.each(['<a>', '<a></b>', '</a>', '<a/>b', '<a b="c></a>', '<!-- a -->', 'a<b/>', '< a/>', '<a><b></a></b>', ''])(
    '%j is none',
    (text) => {
      expect(xmlLinesOf(text)).toBeUndefined();
    },
  );

  it('has all of its text in its lines, apart from white space', () => {
    const name = fc.constantFrom('a', 'b:c', 'd-e');
    const element = fc.letrec<{ element: string }>((tie) => ({
      element: fc.oneof(
        { maxDepth: 4 },
        name.map((each) => `<${each} f="g" />`),
        fc
          .tuple(
            name,
            fc.array(fc.oneof(tie('element'), fc.constantFrom('h', ' i\nj ', '\n', '<!-- k -->')), { maxLength: 4 }),
          )
          .map(([each, content]) => `<${each}>${content.join('')}</${each}>`),
      ),
    })).element;
    fc.assert(
      fc.property(element, (xml) => {
        expect(shown(xml).join('').replaceAll(/\s/g, '')).toBe(xml.replaceAll(/\s/g, ''));
      }),
    );
  });

  test.each([
    ['<a b="c">d</a>', '<a=name  =word b=word ==word "c"=text >=name d=plain </a=name >=name'],
    ['<!-- a -->', '<!-- a -->=word'],
  ])('the tokens of %j have kinds', (xml, kinds) => {
    expect(
      tokeniserOf('xml')(xml, 0, xml.length)
        .map(({ text, kind }) => `${text}=${kind}`)
        .join(' '),
    ).toBe(kinds);
  });
});

describe('what a text is', () => {
  test.each([
    ['{"a": 1}', 'json'],
    ['7', 'json'],
    ['{"a": 1}\n{"a": 2}\n', 'ndjson'],
    ['{"a": 1}\r\n\r\n[2]', 'ndjson'],
    ['1\n2', undefined],
    ['{"a": 1}\n{"a": ', undefined],
    ['<a/>', 'xml'],
    ['\ufeff <a/>', 'xml'],
    ['a=1&b=2', undefined],
    ['Dear reader,', undefined],
    ['', undefined],
  ])('%j is %s', (text, language) => {
    expect(readBodyText(text)?.language).toBe(language);
  });

  it('records have the lines of each, one after the other', () => {
    expect(shown('{"a":1}\n\n[2,3]\n')).toEqual(['{', '  "a": 1', '}', '[', '  2,', '  3', ']']);
  });
});

const linesOf = (json: string): Lines => jsonLinesOf(json);

describe('folds', () => {
  // 0 {, 1 "a": [, 2 1, 3 {, 4 "b": 2, 5 }, 6 ], 7 "c": {}, 8 }
  const lines = linesOf('{"a":[1,{"b":2}],"c":{}}');
  const folded = (...at: number[]) => at.reduce((folds, line) => toggled(lines, folds, line), noFolds(lines));

  test.each([
    [[], [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    [[0], [0]],
    [[1], [0, 1, 7, 8]],
    [[3], [0, 1, 2, 3, 6, 7, 8]],
    [
      [3, 1],
      [0, 1, 7, 8],
    ],
    [
      [2, 7, 8],
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
    ],
    [
      [1, 1],
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
    ],
  ])('at %j leave the lines %j', (at, left) => {
    expect([...visibleLines(lines, folded(...at))]).toEqual(left);
  });

  test('of everything leave the first line of each record, or what is inside of the first', () => {
    expect([...visibleLines(lines, foldAll(lines))]).toEqual([0]);
    expect([...visibleLines(lines, foldAll(lines, 1))]).toEqual([0, 1, 7, 8]);
  });

  test.each([
    [0, []],
    [1, [0]],
    [4, [0, 1, 3]],
    [5, [0, 1, 3]],
    [6, [0, 1]],
    [7, [0]],
  ])('around line %d are at %j', (line, around) => {
    expect(enclosing(lines, line)).toEqual(around);
  });

  it('open around a line that is gone to, and no others', () => {
    fc.assert(
      fc.property(anyJson, fc.infiniteStream(fc.nat(1)), fc.nat(), (json, choices, at) => {
        const any = linesOf(json);
        const folds = noFolds(any).map((_, line) => Number((any.closes[line] ?? 0) > 0 && choices.next().value === 1));
        const line = at % any.starts.length;
        const next = shownIn(any, folds, line);
        const seen = visibleLines(any, next);
        expect(seen[placeOf(seen, line)]).toBe(line);
        const opened = [...folds.keys()].filter((each) => folds[each] !== next[each]);
        expect(opened).toEqual(enclosing(any, line).filter((each) => folds[each] === 1));
      }),
    );
  });

  test('the place of a line that is hidden is that of its fold', () => {
    const seen = visibleLines(lines, folded(1));
    expect([0, 1, 4, 6, 7, 8].map((line) => placeOf(seen, line))).toEqual([0, 1, 1, 1, 2, 3]);
  });
});

describe('a search', () => {
  const json = '{"Total":"total","b":["a.b","\\u0074otal"],"c":"\u202e"}';
  const find = (query: string) => [...findsIn(json, linesOf(json), jsonTokens, query)];

  test.each([
    ['total', [1, 1]],
    ['TOTAL', [1, 1]],
    ['a.b', [3]],
    ['.', [3]],
    ['": "', [1, 6]],
    ['u202E', []],
    ['U+202E', [6]],
    ['[', [2]],
    ['-', []],
    ['nothing', []],
    ['', []],
  ])('for %j finds what is seen in the lines %j', (query, lines) => {
    expect(find(query)).toEqual(lines);
  });

  it('finds each line that has the text', () => {
    fc.assert(
      fc.property(anyJson, fc.constantFrom('a', '1', '"', ':', 'null', '\\u', ' ', '{'), (text, query) => {
        const has = shown(text).flatMap((line, at) => (line.trimStart().includes(query) ? [at] : []));
        expect([...new Set(findsIn(text, linesOf(text), jsonTokens, query))]).toEqual(has);
      }),
    );
  });

  it('counts no more than a person can look at', () => {
    expect(findsIn(`"${'a'.repeat(20_000)}"`, linesOf('""'), jsonTokens, 'b')).toHaveLength(0);
    const long = `["${'a'.repeat(20_000)}","a"]`;
    expect(findsIn(long, linesOf(long), jsonTokens, 'a')).toHaveLength(mostFinds);
  });
});

describe('a row', () => {
  const row = (text: string, query = '', current?: number) =>
    rowOf([{ kind: 'text', text }], queryPattern(query), current);

  test('has a piece for each token and each find', () => {
    const tokens = jsonTokens('"ab": "ba"', 0, 10);
    expect(rowOf(tokens, queryPattern('b": "b'), 0)).toEqual({
      pieces: [
        { kind: 'name', text: '"a' },
        { kind: 'name', text: 'b"', find: 0 },
        { kind: 'sign', text: ': ', find: 0 },
        { kind: 'text', text: '"b', find: 0 },
        { kind: 'text', text: 'a"' },
      ],
      before: 0,
      after: 0,
    });
  });

  test('numbers its finds', () => {
    expect(row('abab', 'ab').pieces).toEqual([
      { kind: 'text', text: 'ab', find: 0 },
      { kind: 'text', text: 'ab', find: 1 },
    ]);
  });

  test('is cut if it is long, and says how much is left out', () => {
    const { pieces, before, after } = row('x'.repeat(5_000));
    expect([pieces.map(({ text }) => text.length), before, after]).toEqual([[1_000], 0, 4_000]);
  });

  test('begins before the find that is looked at', () => {
    const { pieces, before, after } = row(`${'x'.repeat(3_000)}find${'x'.repeat(3_000)}find`, 'find', 0);
    expect([pieces.map(({ text, find }) => [text.length, find]), before, after]).toEqual([
      [
        [500, undefined],
        [4, 0],
        [496, undefined],
      ],
      ...[2_500, 2_508],
    ]);
  });

  it('has its text, with what is left out, and every find that is looked at', () => {
    fc.assert(
      fc.property(fc.nat(3_000), fc.nat(3_000), fc.nat(5), (before, after, current) => {
        const text = `${'x'.repeat(before)}${'<>'.repeat(6)}${'y'.repeat(after)}`;
        const found = row(text, '<>', current);
        const seen = found.pieces.map((piece) => piece.text).join('');
        expect(text.slice(found.before, text.length - found.after)).toBe(seen);
        expect(seen.length).toBeLessThanOrEqual(mostRowLength);
        expect(found.pieces.filter(({ find }) => find === current).map((piece) => piece.text)).toEqual(['<>']);
      }),
    );
  });
});

test.each([
  ['a\u202eb\u2066', 'a⟨U+202E⟩b⟨U+2066⟩'],
  ['a\u0000\u001b[31m\u0085', 'a⟨U+0000⟩⟨U+001B⟩[31m⟨U+0085⟩'],
  ['a\tb\nc\r\nd', 'a\tb\nc\r\nd'],
  ['a\rb', 'a⟨U+000D⟩b'],
  ['a\u2028b\u200bc\ufeff', 'a⟨U+2028⟩b⟨U+200B⟩c⟨U+FEFF⟩'],
  ['👩\u200d💻 é', '👩\u200d💻 é'],
])('%j is seen as %j', (text, seen) => {
  expect(madeVisible(text)).toBe(seen);
});

describe('the rows in view', () => {
  const view = 600;

  test('are those of the scrolled place, with ten before and after', () => {
    expect(rowWindow(1_000, 0, view)).toEqual({ first: 0, last: 40, top: 0, height: 20_000 });
    expect(rowWindow(1_000, 2_010, view)).toEqual({ first: 90, last: 141, top: 1_800, height: 20_000 });
    expect(rowWindow(3, 0, view)).toEqual({ first: 0, last: 3, top: 0, height: 60 });
  });

  const anyList = fc.tuple(fc.integer({ min: 1, max: 5_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }));

  it('are never many, and at the end they are the last ones', () => {
    fc.assert(
      fc.property(anyList, ([rows, part]) => {
        const most = Math.max(0, Math.min(rows * rowHeight, mostHeight) - view);
        const { first, last } = rowWindow(rows, part * most, view);
        expect(last - first).toBeLessThanOrEqual(51);
        expect(rowWindow(rows, most, view).last).toBe(rows);
      }),
    );
  });

  it('have the row that is gone to', () => {
    fc.assert(
      fc.property(anyList, fc.nat(), ([rows, part], at) => {
        const row = at % rows;
        const most = Math.max(0, Math.min(rows * rowHeight, mostHeight) - view);
        const { first, last } = rowWindow(rows, scrollTo(row, rows, part * most, view), view);
        expect([first <= row, row < last]).toEqual([true, true]);
      }),
    );
  });

  test('stay if the row is among them already', () => {
    expect([scrollTo(5, 1_000, 40, view), scrollTo(500, 1_000, 40, view)]).toEqual([40, 9_710]);
  });
});
