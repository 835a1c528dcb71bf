/** The mutation run, `npm run test:mutants`. docs/contributing/tests.md says when to run it and how to read it. */
import { resolve } from 'node:path';

export default {
  testRunner: 'unit',
  plugins: [resolve(import.meta.dirname, 'test/mutation/plugins.ts')],
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // All versions of a module stay in memory until the process ends. Each process tests that many mutants.
  maxTestRunnerReuse: 400,
  // The machine may be busy. Too short a time would count a slow mutant as detected.
  timeoutMS: 10_000,
  timeoutFactor: 1.5,
  // Node removes the types. A comment that turns the type check off would change files that tests compare.
  disableTypeChecks: false,
  // No such file. Stryker rewrites tsconfig.json with an API that TypeScript 7 does not have, and no run reads it.
  tsconfigFile: 'no-tsconfig.json',
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['.hooklatch', 'cdk.out', 'coverage'],
  // The first two start the compiler and jest in processes of their own, which see no mutant. The third reads templates, which a run lacks.
  excludedTests: [
    'test/shared/endpoints/provider/adding-a-preset.test.ts',
    'test/shared/operators/operation/adding-a-verb.test.ts',
    'test/shared/ground/aws/stack-resource.test.ts',
  ],
  // Texts for people, and the wiring of the functions: test/mutation/sentences.ts and test/mutation/wiring.ts say why.
  ignorers: ['sentences', 'wiring'],
  reporters: ['progress-append-only', 'html'],
  logLevel: 'warn',
  warnings: { slow: false },
};
