/**
 * How often a test repeats something: a few times in `npm test`, and many times in `npm run test:full`. `test:full` runs
 * each test file that imports this module, and those that `jest.config.js` leaves to it.
 */
import { describe, test } from '@jest/globals';

/** Whether this run is `npm run test:full`. `jest.full.config.js` sets the variable. */
const isFull = process.env['HOOKLATCH_FULL_COUNTS'] === '1';

/** @returns `usual` in `npm test`, `full` in `npm run test:full` */
export const count = ({ usual, full }: { usual: number; full: number }): number => (isFull ? full : usual);

/** @returns every nth of these in `npm test`, and all of them in `npm run test:full` */
export const every = <T>(nth: number, all: readonly T[]): T[] => all.filter((_, at) => isFull || at % nth === 0);

const noTest = Object.assign(() => undefined, { each: () => () => undefined });

/** `test`, but only `npm run test:full` has it. For what takes long through the whole runtime, and is tested without it too. */
export const testInFull: typeof test = isFull ? test : (noTest as unknown as typeof test);

/** `describe`, but only `npm run test:full` has it. */
export const describeInFull: typeof describe = isFull ? describe : (noTest as unknown as typeof describe);

/** @returns none of these in `npm test`, and all of them in `npm run test:full` */
export const inFull = <T>(all: readonly T[]): readonly T[] => (isFull ? all : []);
