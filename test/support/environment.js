/**
 * Jest's environment of Node, with local runtimes that Node itself loads: see `runtimes.ts`. Jest loads the modules of each file of tests
 * into a context of its own. A runtime that was loaded there would be compiled anew for each file, and never run long enough to get fast.
 */
import { flushCompileCache } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';
import { useCodeCache } from './code-cache.ts';
import { keepKeyPairs } from './key-pairs.ts';

useCodeCache();
const startKeyPairs = keepKeyPairs();

/** In milliseconds. A process of Jest gets its next file at once. One that waits longer has run its last. */
const idle = 50;
let runtimes;
let closing;

/** The files that share runtimes. The sequencer puts them before all others, so that a process closes its runtimes long before its end. */
const mayShare = (file) => file.includes('/test/e2e/');

/** The tests of the command line: whoever types its commands is seldom in UTC. A time in UTC that is read as local is hours wrong here. */
const isOfCommandLine = (file) => file.includes('/test/clients/cli/');
const behindUtc = 'America/St_Johns';

function setVariable(name, value) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

export default class Environment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.file = context.testPath;
  }

  async setup() {
    clearTimeout(closing);
    if (runtimes && !mayShare(this.file)) await runtimes.closeSharedRuntimes();
    startKeyPairs();
    await super.setup();
    // The console asks for the language of its browser. Node's is that of the machine.
    Object.defineProperty(this.global, 'navigator', { value: { language: 'en-US' }, configurable: true });
    this.zone = process.env.TZ;
    // Jest's `process.env` is a copy, but only the real one sets the time zone.
    this.global.setTimeZone = (zone) => setVariable('TZ', zone);
    if (isOfCommandLine(this.file)) setVariable('TZ', behindUtc);
    this.global.loadRuntimes = async () => {
      runtimes ??= await import('./runtimes.ts');
      return runtimes;
    };
  }

  async teardown() {
    setVariable('TZ', this.zone);
    await super.teardown();
    // Otherwise Node writes the whole cache when the process ends. Jest waits half a second for that, and then warns of a leak.
    flushCompileCache();
    if (runtimes) closing = setTimeout(runtimes.closeSharedRuntimes, idle);
  }
}
