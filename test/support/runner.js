/** Jest's runner, with one process for the files of tests that share runtimes. */
import { readFileSync } from 'node:fs';
import TestRunner from 'jest-runner';

/** Whether a file enters a shared runtime, by itself or by `aSite()` of `e2e/wrong-request.ts`. */
const sharesRuntimes = ({ path }) => /\b(aSharedRuntime|aSite)\(/.test(readFileSync(path, 'utf8'));

/**
 * A process has runtimes of its own, and starts each instance of their functions anew. In one process, these start once, and their code has
 * become fast after the first files. `npm run test:full` has more to do in these files than one process can do in time.
 */
export default class Runner extends TestRunner {
  async runTests(tests, watcher, options) {
    const { maxWorkers } = this._globalConfig;
    const sharing = tests.filter(sharesRuntimes);
    const others = tests.filter((test) => !sharing.includes(test));
    const isFull = process.env.HOOKLATCH_FULL_COUNTS === '1';
    if (options.serial || isFull || maxWorkers < 2 || sharing.length === 0 || others.length === 0) {
      return super.runTests(tests, watcher, options);
    }
    const run = (part, workers) => {
      this._globalConfig = { ...this._globalConfig, maxWorkers: workers };
      return super.runTests(part, watcher, options);
    };
    await Promise.all([run(sharing, 1), run(others, maxWorkers - 1)]);
  }
}
