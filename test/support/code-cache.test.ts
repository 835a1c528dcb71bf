import vm, { type Context } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { useCodeCache } from './code-cache.ts';

// Tests have the process's own `node:vm`, with the functions that `environment.js` has put there. This file has a cache of its own.
const { compileFunction, SourceTextModule } = vm;
beforeAll(useCodeCache);
afterAll(() => {
  Object.assign(vm, { compileFunction, SourceTextModule });
});

const run = (file: string, text: string, parsingContext: Context = vm.createContext()) =>
  vm.compileFunction(text, ['first', 'second'], { filename: file, parsingContext });

describe('a script whose code is in the cache', () => {
  test('runs in the context that it is compiled for', () => {
    const [one, other] = [vm.createContext({ name: 'one' }), vm.createContext({ name: 'other' })];
    const text = 'count = (globalThis.count ?? 0) + first; return name + count;';
    const answers = [one, other, one].map((context) => run('/contexts.cjs', text, context)(2));
    expect(answers).toEqual(['one2', 'other2', 'one4']);
  });

  test('is compiled again if its text has changed, and not its length', () => {
    const texts = ['return first - second;', 'return first + second;', 'return first - second;'];
    const answers = texts.map((text) => run('/text.cjs', text)(5, 3));
    expect(answers).toEqual([2, 8, 2]);
  });

  test('imports what the file of tests has that it is compiled for', async () => {
    const answers: unknown[] = [];
    for (const name of ['one', 'other']) {
      const parsingContext = vm.createContext();
      const imported = new vm.SyntheticModule(['default'], () => imported.setExport('default', name), {
        context: parsingContext,
      });
      await imported.link(() => imported);
      await imported.evaluate();
      const options = { filename: '/imports.cjs', parsingContext, importModuleDynamically: () => imported };
      answers.push((await vm.compileFunction('return import("what is asked for");', [], options)()).default);
    }
    expect(answers).toEqual(['one', 'other']);
  });

  test('names the line and the column of an error as they are in the file', () => {
    const places = ['compiled', 'from the cache'].map(() => {
      const { stack } = run('/error.cjs', 'return new Error("here");')();
      return /error\.cjs:\d+:\d+/.exec(stack)?.[0];
    });
    expect(places).toEqual(['error.cjs:1:8', 'error.cjs:1:8']);
  });
});

test('a module whose code is in the cache runs again in each context, with its present text', async () => {
  const answers: unknown[] = [];
  for (const text of ['export const a = name + 1;', 'export const a = name + 1;', 'export const a = name + 2;']) {
    const context = vm.createContext({ name: `n${answers.length}-` });
    const module = new vm.SourceTextModule(text, { identifier: '/module.mjs', context });
    await module.link(() => {
      throw new Error('it imports nothing');
    });
    await module.evaluate();
    answers.push((module.namespace as { a: unknown }).a);
  }
  expect(answers).toEqual(['n0-1', 'n1-1', 'n2-2']);
});
