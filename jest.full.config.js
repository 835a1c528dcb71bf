/** `npm run test:full`: the test files that repeat more than in `npm test`. They are those that import full-counts.ts. */
import { globSync, readFileSync } from 'node:fs';
import usual from './jest.config.js';

// Jest gives its workers the environment of this process.
process.env['HOOKLATCH_FULL_COUNTS'] = '1';

const hasFullCounts = (file) => /^import .*full-counts\.ts';$/m.test(readFileSync(file, 'utf8'));
const files = globSync('test/**/*.test.ts', { cwd: import.meta.dirname }).filter(hasFullCounts);

export default { ...usual, testMatch: files.map((file) => `<rootDir>/${file}`) };
