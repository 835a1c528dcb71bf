/**
 * What takes seconds and seldom breaks, in the project's folder: only `npm run test:full` runs it. The tests there install a package, need
 * a browser, run whole seeds of chaos or the demo, try each permission, read the registry
 * of CloudFormation, or start programs that synthesize, compile or test.
 */
export const onlyInFull = [
  'test/package/',
  'test/browser/',
  'test/chaos/planted-faults.test.ts',
  'test/cli/deploy-check/immutable-properties.test.ts',
  'test/demo.test.ts',
  'test/e2e/killed-replay.test.ts',
  'test/e2e/missing-permissions.test.ts',
  'test/e2e/operator-reset.test.ts',
  'test/e2e/permissions.test.ts',
  'test/infra/cdk-rules.test.ts',
  'test/infra/cdk-command.test.ts',
  'test/shared/provider/adding-a-preset.test.ts',
];

// A zone behind UTC, and not by whole hours. Code that reads a time of UTC as a local one is wrong here, on every machine. Jest gives its
// workers the environment of this process.
process.env['TZ'] = 'America/St_Johns';

/** Tests run as native ES modules; swc only removes the types. */
export default {
  testEnvironment: '<rootDir>/test/environment.js',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...onlyInFull.map((path) => `<rootDir>/${path}`)],
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
