import { setTimeout as wait } from 'node:timers/promises';

/** In milliseconds: much more than a busy machine needs. */
const patience = 60_000;

/**
 * Looks every `pauseMs` milliseconds until `isSo` returns true. For a change that no event reports.
 * @param what the awaited change, for the error
 * @throws if it has not happened after a minute
 */
export async function waitUntil(what: string, isSo: () => boolean | Promise<boolean>, pauseMs = 20): Promise<void> {
  const began = Date.now();
  while (!(await isSo())) {
    if (Date.now() - began > patience) throw new Error(`this did not happen within a minute: ${what}`);
    await wait(pauseMs);
  }
}
