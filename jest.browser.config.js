/** `npm run test:browser`: the console in Chromium. */
import usual from './jest.config.js';

export default {
  ...usual,
  testPathIgnorePatterns: ['/node_modules/'],
  testMatch: ['<rootDir>/test/browser/*.test.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/browser/check-windows.ts'],
  // Each file has a browser and a runtime.
  maxWorkers: 1,
};
