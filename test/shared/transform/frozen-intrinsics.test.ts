import { createContext, runInContext } from 'node:vm';
import { beforeAll, expect, test } from '@jest/globals';
import { freezeIntrinsics } from '../../../shared/transform/frozen-intrinsics.ts';
import { filled } from '../../support/filled.ts';

/** Runs the body of a function in the realm that is frozen. What is thrown is told by its name. */
let run: (code: string) => unknown;

beforeAll(() => {
  const realm = createContext();
  run = (code) => {
    try {
      return runInContext(`(() => { 'use strict'; ${code} })()`, realm);
    } catch (error) {
      return (error as Error).name;
    }
  };
  freezeIntrinsics(run('return globalThis') as typeof globalThis);
});

test('a second time does nothing', () => {
  const realm = run('return globalThis') as typeof globalThis;
  const looked: PropertyKey[] = [];
  const watched = new Proxy(realm, {
    get: (target, name) => {
      looked.push(name);
      return Reflect.get(target, name);
    },
  });
  freezeIntrinsics(watched);
  expect(looked).toEqual(['Object']);
});

test.each([
  'Object.prototype.polluted = 1',
  '({}).__proto__.polluted = 1',
  '({}).constructor.prototype.polluted = 1',
  'Object.prototype.toString = 1',
  'Array.prototype.push = () => 0',
  'Error.prototype.name = "x"',
  'RangeError.prototype.message = "x"',
  'Array.prototype[Symbol.iterator] = 1',
  'String.prototype.replaceAll = 1',
  'RegExp.prototype.exec = 1',
  'Promise.prototype.then = 1',
  'Math.max = 1',
  'JSON.stringify = 1',
  'Object.keys = 1',
  'Reflect.ownKeys = 1',
  'new Map().__proto__.get = 1',
  'Object.getPrototypeOf(Int8Array).from = 1',
  'Object.getPrototypeOf([].values()).next = 1',
  'Object.getPrototypeOf(Object.getPrototypeOf([].values())).map = 1',
  "Object.getPrototypeOf(''.matchAll(/a/g)).next = 1",
  'Object.getPrototypeOf(async () => {}).polluted = 1',
  'Object.getPrototypeOf(function* () {}).prototype.next = 1',
  'Object.getPrototypeOf(async function* () {}).prototype.next = 1',
  'Array.prototype[Symbol.unscopables].at = 1',
  "Object.getOwnPropertyDescriptor(Object.prototype, '__proto__').get.polluted = 1",
  "Object.getOwnPropertyDescriptor(Object.prototype, '__proto__').set.polluted = 1",
])('nobody can change the language by %s', (assignment) => {
  expect(run(assignment)).toBe('TypeError');
});

test('every object of the language is frozen', () => {
  const names = run(`return Object.getOwnPropertyNames(globalThis).filter((name) => {
    const value = globalThis[name];
    return typeof value === 'function' && !(Object.isFrozen(value) && Object.isFrozen(value.prototype ?? value));
  })`);
  expect(names).toEqual([]);
  expect(filled(run('return Object.getOwnPropertyNames(globalThis)') as string[])).toContain('Object');
});

test.each([
  ['const a = []; a.push = () => 7; return [a.push(), [1].push(2)]', [7, 2]],
  [
    'const e = new Error(); e.name = "Own"; e.message = "m"; return [String(e), String(new Error("x"))]',
    ['Own: m', 'Error: x'],
  ],
  [
    'class Own extends TypeError { constructor() { super("m"); this.name = "Own"; } } return [String(new Own())]',
    ['Own: m'],
  ],
  ['const o = {}; o.constructor = 1; o.toString = 2; return [JSON.stringify(o)]', ['{"constructor":1,"toString":2}']],
  [
    'const o = { a: 1 }; o.hasOwnProperty = 5; return [Object.keys(o).join(), delete o.hasOwnProperty, typeof o.hasOwnProperty]',
    ['a,hasOwnProperty', true, 'function'],
  ],
  ['function f() {} f.call = 1; return [f.call, (() => 3).call()]', [1, 3]],
  ['globalThis.mine = 1; return [mine]', [1]],
  ['console.mine = 1; return [console.mine]', [1]],
  ['const o = {}; o.toString = 1; o.toString = 2; return [o.toString]', [2]],
  [
    'return [Object.keys({}).length, [...[1, 2].map((n) => n + 1)].join(), "a".padEnd(3, "b"), Object.keys(Object.prototype).length]',
    [0, '2,3', 'abb', 0],
  ],
])('a program works as before: %s', (code, result) => {
  expect([...(run(code) as unknown[])]).toEqual(result);
});
