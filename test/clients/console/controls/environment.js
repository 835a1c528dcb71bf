/**
 * Jest's environment of the tests that press the controls of the console: a page of jsdom, and the console as one file. The file is made
 * here, outside of the page, because esbuild and the parser are programs of Node.
 */
import { rmSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { TestEnvironment } from 'jest-environment-jsdom';
import { bundleConsole, controlsIn } from './bundle.ts';

export default class ControlsEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.watchReloads();
    this.bundle = await bundleConsole(`${process.pid}-${Date.now()}`);
    this.zone = process.env.TZ;
    Object.assign(this.global, {
      ...{ Blob, Response, TextDecoder, TextEncoder },
      consoleFile: this.bundle.path,
      allControls: this.bundle.controls,
      controlsIn,
      // Jest's `process.env` is a copy, but only the real one sets the time zone.
      setTimeZone,
    });
  }

  /** jsdom can't load a page again, and says so by an error. */
  watchReloads() {
    const { virtualConsole } = this.dom;
    const [report] = virtualConsole.listeners('jsdomError');
    virtualConsole.removeAllListeners('jsdomError');
    virtualConsole.on('jsdomError', (error) => {
      if (/navigation/.test(error.message)) this.global.onReload();
      else report(error);
    });
  }

  /** Tells the tests whether all of them run, or only those that somebody named. */
  handleTestEvent({ name }, { testNamePattern, hasFocusedTests }) {
    if (name === 'run_start') this.global.isWholeRun = !testNamePattern && !hasFocusedTests;
  }

  async teardown() {
    setTimeZone(this.zone);
    await super.teardown();
    rmSync(this.bundle.path, { force: true });
    // As in the environment of all other tests.
    flushCompileCache();
  }
}

function setTimeZone(zone) {
  process.env.TZ = zone;
}
