/**
 * `npm run test:full`: the test files that repeat more than in `npm test`, which are those that import full-counts.ts, and what only
 * this run has.
 */
import { globSync, readFileSync } from 'node:fs';
import usual, { onlyInFull } from './jest.config.js';

// Jest gives its workers the environment of this process.
process.env['HOOKLATCH_FULL_COUNTS'] = '1';

const hasFullCounts = (file) => /^import .*full-counts\.ts';$/m.test(readFileSync(file, 'utf8'));
const files = globSync('test/**/*.test.ts', { cwd: import.meta.dirname }).filter(hasFullCounts);

export default {
  ...usual,
  testPathIgnorePatterns: ['/node_modules/'],
  testMatch: [...files, ...onlyInFull].map((path) => `<rootDir>/${path.endsWith('/') ? `${path}*.test.ts` : path}`),
};
