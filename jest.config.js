/**
 * What takes seconds and seldom breaks, in the project's folder: only `npm run test:full` runs it. The tests there install a package, need
 * a browser, run whole seeds of chaos or the demo, try each permission, read the registry
 * of CloudFormation, start programs that synthesize, compile or test, kill processes, crash at each step, race, or follow random plans. What
 * `npm test` checks of the same rules is in decision 42.
 */
export const onlyInFull = [
  'test/package/',
  'test/browser/',
  'test/chaos/chaos.test.ts',
  'test/chaos/planted-faults.test.ts',
  'test/clients/cli/deploy-check/immutable-properties.test.ts',
  'test/tools/demo/demo.test.ts',
  'test/e2e/applied-files.test.ts',
  'test/e2e/backup.test.ts',
  'test/e2e/behind-cloudfront.test.ts',
  'test/e2e/bulk-replay.test.ts',
  'test/e2e/bus-kill.test.ts',
  'test/e2e/certificate-change-over.test.ts',
  'test/e2e/change-over-crash.test.ts',
  'test/e2e/change-over-model.test.ts',
  'test/e2e/consumers.test.ts',
  'test/e2e/kill.test.ts',
  'test/e2e/killed-replay.test.ts',
  'test/e2e/listing.test.ts',
  'test/e2e/missing-permissions.test.ts',
  'test/e2e/model.test.ts',
  'test/e2e/permissions.test.ts',
  'test/e2e/publication.test.ts',
  'test/e2e/queue-kill.test.ts',
  'test/e2e/races.test.ts',
  'test/e2e/recovery.test.ts',
  'test/e2e/runner.test.ts',
  'test/e2e/strict-transport.test.ts',
  'test/e2e/sweep.test.ts',
  'test/e2e/ten-executions.test.ts',
  'test/e2e/terminal.test.ts',
  'test/e2e/thousand-waiting.test.ts',
  'test/e2e/waiting.test.ts',
  'test/infra/cdk-rules.test.ts',
  'test/infra/cdk-command.test.ts',
  'test/local/cloudformation/cdk-bucket.test.ts',
  'test/local/event-source-mapping/killed-poller.test.ts',
  'test/clients/mcp/procedure.test.ts',
  'test/shared/operators/operation/adding-a-verb.test.ts',
  'test/shared/endpoints/provider/adding-a-preset.test.ts',
];

// A zone behind UTC, and not by whole hours. Code that reads a time of UTC as a local one is wrong here, on every machine. Jest gives its
// workers the environment of this process.
process.env['TZ'] = 'America/St_Johns';

/** Tests run as native ES modules; swc only removes the types. */
export default {
  testEnvironment: '<rootDir>/test/support/environment.js',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...onlyInFull.map((path) => `<rootDir>/${path}`)],
  // A mutation run has copies of the project there.
  modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } }],
  },
  globalSetup: '<rootDir>/test/support/synthesize.ts',
  reporters: ['default', '<rootDir>/test/support/run-time.js'],
  runner: '<rootDir>/test/support/runner.js',
  testSequencer: '<rootDir>/test/support/sequencer.js',
  // It ends what hangs. How long the others take depends on the machine, and on what else it does.
  testTimeout: 1_800_000,
  // One more than two cores: many tests wait for a process, a lease or a grace period.
  maxWorkers: 3,
  // In milliseconds. The process whose files share runtimes stops these when it ends.
  workerGracefulExitTimeout: 10_000,
};
