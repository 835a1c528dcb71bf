/**
 * Jest's environment of Node, with local runtimes that Node itself loads: see `runtimes.ts`. Jest loads the modules of each file of tests
 * into a context of its own. A runtime that was loaded there would be compiled anew for each file, and never run long enough to get fast.
 */
import { TestEnvironment } from 'jest-environment-node';

/** In milliseconds. A process of Jest gets its next file at once. One that waits longer has run its last. */
const idle = 50;
let runtimes;
let closing;

export default class Environment extends TestEnvironment {
  async setup() {
    clearTimeout(closing);
    await super.setup();
    this.global.loadRuntimes = async () => {
      runtimes ??= await import('./runtimes.ts');
      return runtimes;
    };
  }

  async teardown() {
    await super.teardown();
    if (runtimes) closing = setTimeout(runtimes.closeSharedRuntimes, idle);
  }
}
