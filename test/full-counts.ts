/**
 * How often a test repeats something: a few times in `npm test`, and many times in `npm run test:full`. `test:full` runs
 * each test file that imports this module, and no other.
 */

/** Whether this run is `npm run test:full`. `jest.full.config.js` sets the variable. */
const isFull = process.env['HOOKLATCH_FULL_COUNTS'] === '1';

/** @returns `usual` in `npm test`, `full` in `npm run test:full` */
export const count = ({ usual, full }: { usual: number; full: number }): number => (isFull ? full : usual);

/** @returns every nth of these in `npm test`, and all of them in `npm run test:full` */
export const every = <T>(nth: number, all: readonly T[]): T[] => all.filter((_, at) => isFull || at % nth === 0);
