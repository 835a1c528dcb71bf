/** A runtime and a browser that the tests of a file share. */
import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { aRuntime, type World } from '../support/given.ts';
import { aWindow, openBrowser, signIn, type Window } from './given-browser.ts';

export interface Console {
  readonly world: World;
  /** Opens a window in which nobody is signed in. */
  open: (options?: BrowserContextOptions) => Promise<Window>;
  /** Opens a window at a page of the console, signed in. @param path behind `/console` */
  signedIn: (path?: string, token?: string) => Promise<Window>;
}

/** Starts a runtime and a browser before the tests of a file, and ends both after them. */
export function aConsole(options: Partial<RuntimeOptions> = {}): Console {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([aRuntime(options), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.end();
  });
  const open = (more?: BrowserContextOptions) => aWindow(browser, world, more);
  return {
    get world() {
      return world;
    },
    open,
    async signedIn(path, token = world.admin) {
      const window = await open();
      await signIn(window, world, token, path);
      return window;
    },
  };
}
