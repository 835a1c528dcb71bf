import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pagesLoader, ReplacedError } from '../../../clients/console/shell/pages-file.ts';
import { UnreachableError } from '../../../shared/operators/api/api-error.ts';

type Server = 'up' | 'down' | 'gone' | 'failing';

const url = '/console/assets/pages-abc.js';

/** A browser, and the server of the file. Some browsers keep a failed import for its URL. */
class FakeBrowser {
  server: Server = 'up';
  /** The error in the file, if it has one. */
  fault: Error | undefined;
  /** Is called when a fetch was answered. */
  afterFetch = () => {};
  readonly asked: [method: string | undefined, url: string][] = [];
  readonly #keeps: boolean;
  readonly #failed = new Set<string>();

  constructor({ keeps }: { keeps: boolean }) {
    this.#keeps = keeps;
  }

  /** The file that an import by this URL gets. */
  async #import(from: string): Promise<{ from: string }> {
    if (this.#failed.has(from)) throw new TypeError('kept');
    this.asked.push(['import', from]);
    if (this.server === 'up' && !this.fault) return { from };
    if (this.#keeps || this.fault) this.#failed.add(from);
    throw this.fault ?? new TypeError('not loaded');
  }

  load = pagesLoader({
    first: () => this.#import(url),
    url: () => url,
    again: (other) => this.#import(other),
    fetch: async (asked, init) => {
      this.asked.push([init?.method, String(asked)]);
      // What is in a cache says nothing of the server.
      if (init?.cache !== 'no-store') return new Response();
      if (this.server === 'down') throw new TypeError('not reached');
      const status = { up: 200, gone: 404, failing: 503 }[this.server];
      this.afterFetch();
      return new Response(null, { status });
    },
  });
}

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

test('the file is imported once, however often it is asked for', async () => {
  const browser = new FakeBrowser({ keeps: false });
  const [one, other] = await Promise.all([browser.load(), browser.load()]);
  expect([one, other, await browser.load()]).toEqual([{ from: url }, { from: url }, { from: url }]);
  expect(browser.asked).toEqual([['import', url]]);
});

test('in a browser that keeps a failed import, the file is imported under another URL each time, once the server has it', async () => {
  const browser = new FakeBrowser({ keeps: true });
  browser.server = 'down';
  for (let time = 0; time < 3; time++) expect(await errorOf(browser.load())).toBeInstanceOf(UnreachableError);
  browser.server = 'up';
  expect(await browser.load()).toEqual({ from: `${url}?again=1` });
  const looks = ['HEAD', url] as const;
  expect(browser.asked).toEqual([['import', url], looks, looks, looks, looks, ['import', `${url}?again=1`]]);
});

test('a server that goes away again can’t be reached, and the URL that failed then is not used again', async () => {
  const browser = new FakeBrowser({ keeps: true });
  browser.server = 'down';
  await errorOf(browser.load());
  browser.server = 'up';
  browser.afterFetch = () => {
    browser.server = 'down';
  };
  expect(await errorOf(browser.load())).toBeInstanceOf(UnreachableError);
  browser.afterFetch = () => {};
  browser.server = 'up';
  expect(await browser.load()).toEqual({ from: `${url}?again=2` });
});

test('what is wrong with the file itself is not taken for an outage', async () => {
  const browser = new FakeBrowser({ keeps: false });
  browser.fault = new SyntaxError('in the file');
  expect(await errorOf(browser.load())).toBe(browser.fault);
});

test('whatever the server does, the file is there as soon as it can be had, and then stays the same', async () => {
  const servers = fc.array(fc.constantFrom<Server>('up', 'down', 'gone', 'failing'), { maxLength: 8 });
  const kinds = { up: undefined, down: UnreachableError, failing: UnreachableError, gone: ReplacedError };
  await fc.assert(
    fc.asyncProperty(fc.boolean(), servers, async (keeps, states) => {
      const browser = new FakeBrowser({ keeps });
      let loaded: unknown;
      for (const server of states) {
        browser.server = server;
        const outcome = await browser.load().catch((error: Error) => error.constructor);
        if (server === 'up') loaded ??= outcome;
        expect(outcome).toBe(loaded ?? kinds[server]);
      }
      const hasLoaded = states.includes('up');
      expect(loaded !== undefined).toBe(hasLoaded);
    }),
  );
});
