/** Checks that no test has an expectation that can pass without checking anything. */
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { weakExpectations } from './weak-expectation.ts';

const files = globSync('test/**/*.ts', { cwd: resolve(import.meta.dirname, '../..') }).sort();

test('no test of this project has a weak expectation', () => {
  expect(files.length).toBeGreaterThan(150);
  const found = files.flatMap((file) =>
    weakExpectations(file).map(({ line, code, why }) => `${file}:${line} ${code}: ${why}`),
  );
  expect(found).toEqual([]);
});

const whysIn = (body: string): string[] =>
  weakExpectations('planted.test.ts', `test('planted', async () => {\n${body}\n});`).map(({ why }) => why);

describe('a weak expectation', () => {
  test.each([
    ['if (x) expect(y).toBe(1);', 'behind an if'],
    ['if (x) { expect(y).toBe(1); } else { other(); }', 'behind an if'],
    ['x ? expect(y).toBe(1) : undefined;', 'behind ?:'],
    ['x && expect(y).toBe(1);', 'behind &&'],
    ['x ?? expect(y).toBe(1);', 'behind ??'],
    ['try { await x(); } catch (error) { expect(error.code).toBe(1); }', 'in a catch'],
    ['switch (x) { case 1: expect(y).toBe(1); }', 'in a case'],
    ['if (x === undefined) return;\nexpect(x.y).toBe(1);', 'after an early return'],
    ['while (x()) expect(y).toBe(1);', 'in a while'],
    ['for (const x of list) expect(x).toBe(1);', 'in a loop over list'],
    ['const list = [];\nfor (const x of list) expect(x).toBe(1);', 'in a loop over list'],
    ['for (const x of list.filter(isOdd)) expect(x).toBe(1);', 'in a loop over list.filter(isOdd)'],
    ['expect(list).not.toHaveLength(3);\nfor (const x of list) expect(x).toBe(1);', 'in a loop over list'],
    ['list.forEach((x) => expect(x).toBe(1));', 'in a loop over list'],
    ['list?.forEach((x) => expect(x).toBe(1));', 'behind ?.'],
    ["expect(lines).not.toContain('secret');", 'nothing is expected to be there'],
    ['expect(lines.join()).not.toMatch(/secret/);', 'nothing is expected to be there'],
    ['expect(lines).not.toEqual(expect.arrayContaining([1]));', 'nothing is expected to be there'],
    ["expect(lines).toEqual([]);\nexpect(lines).not.toContain('secret');", 'nothing is expected to be there'],
    ['expect(lines.filter(isSecret)).toEqual([]);', 'lines may be empty'],
    ['expect(token?.lastUsedAt).toBeUndefined();', 'what is before ?. may be missing'],
    ["expect(list[0]?.id).not.toBe('a');", 'what is before ?. may be missing'],
    ['fc.array(fc.nat(), { maxLength: 40 });', 'never longer than 10, because no size is given'],
    ['fc.string({ minLength: 20, maxLength: 40 });', 'never longer than 32, because no size is given'],
  ])('is found in %s', (body, why) => {
    expect(whysIn(body)).toEqual([why]);
  });

  test.each([
    'expect(y).toBe(1);',
    'expect.assertions(2);\nif (x) expect(y).toBe(1);',
    'if (x) expect(y).toBe(1);\nelse expect(y).toBe(2);',
    'if (x) return expect(y).toBe(1);\nexpect(y).toBe(2);',
    'expect(x).toBeDefined();\nif (x) expect(x.y).toBe(1);',
    'let runs = 0;\nfc.assert(fc.property(n, (x) => { if (x) { runs += 1; expect(x).toBe(1); } }));\nexpect(runs).toBe(9);',
    'for (const x of [1, 2]) expect(x).toBe(1);',
    'for (const x of filled(list)) expect(x).toBe(1);',
    'expect(list).toHaveLength(2);\nfor (const x of list) expect(x).toBe(1);',
    'const found = list.map((x) => { expect(x).toBe(1); return x; });\nexpect(found).toEqual([1]);',
    "expect(lines).toContain('ready');\nexpect(lines.join()).not.toContain('secret');",
    "expect(token?.id).toBe(1);\nexpect(token?.id).not.toBe('a');",
    "fc.array(fc.nat(), { size: 'max', maxLength: 40 });",
    'fc.array(fc.nat(), { maxLength: 8 });',
  ])('is not %s', (body) => {
    expect(whysIn(body)).toEqual([]);
  });
});
