/** The plugins of `stryker.config.js`. */
import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { sentences } from './sentences.ts';
import { UnitTestRunner } from './unit-test-runner.ts';
import { wiring } from './wiring.ts';

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'unit', UnitTestRunner),
  declareValuePlugin(PluginKind.Ignore, 'sentences', sentences),
  declareValuePlugin(PluginKind.Ignore, 'wiring', wiring),
];

/** The options that the plugins add to Stryker's own. */
export const strykerValidationSchema = {
  type: 'object',
  properties: { excludedTests: { type: 'array', items: { type: 'string' } } },
};
