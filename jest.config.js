/** Tests run as native ES modules; swc only removes the types. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // They install a package, need a browser, or run whole seeds of chaos. `jest.full.config.js` runs them.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/package/',
    '<rootDir>/test/browser/',
    '<rootDir>/test/chaos/planted-faults',
  ],
  // A mutation run has copies of the project there.
  modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } }],
  },
  globalSetup: '<rootDir>/test/synthesize.ts',
  reporters: ['default', '<rootDir>/test/run-time.js'],
  testSequencer: '<rootDir>/test/sequencer.js',
  testTimeout: 120_000,
  // One more than two cores: many tests wait for a process, a lease or a grace period.
  maxWorkers: 3,
};
