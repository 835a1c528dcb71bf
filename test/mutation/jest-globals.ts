/** What test files import from `@jest/globals` in a mutation run. It has only those parts of jest that the unit tests use. */
import { expect } from 'expect';
import { bind } from 'jest-each';
import { ModuleMocker } from 'jest-mock';
import { currentTests } from './test-file.ts';

type Body = () => unknown;

const addTest = (title: string, body: Body) => currentTests.addTest(title, body);
const addBlock = (title: string, body: Body) => currentTests.addBlock(title, body);

export const test = Object.assign(addTest, { each: bind(addTest as never, false) });
export const it = test;
export const describe = Object.assign(addBlock, { each: bind(addBlock as never, false) });
export const beforeAll = (body: Body) => currentTests.addHook('beforeAll', body);
export const beforeEach = (body: Body) => currentTests.addHook('beforeEach', body);
export const afterEach = (body: Body) => currentTests.addHook('afterEach', body);
export const afterAll = (body: Body) => currentTests.addHook('afterAll', body);
export const jest = new ModuleMocker(globalThis);
export { expect };
