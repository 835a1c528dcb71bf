/**
 * Loads the file that has every page but the first. Some browsers keep a failed import until the document is loaded anew: its URL then
 * fails without a request. So what failed is imported again under another URL, once the file can be had.
 */
import { UnreachableError } from '../../../shared/operators/api/api-error.ts';
import { text } from '../text.ts';

/** The file is gone, because an update of the console replaced it. */
export class ReplacedError extends Error {
  override name = 'ReplacedError';
}

/** The file, and what loads it. */
export interface PagesFile<Pages> {
  /** Imports the file by the URL that it has in the build. */
  first: () => Promise<Pages>;
  /** That URL. */
  url: () => string;
  /** Imports a file by any URL. */
  again: (url: string) => Promise<Pages>;
  fetch: typeof globalThis.fetch;
}

/**
 * @returns loads the file, unless it is loaded already
 * @throws UnreachableError if the server can't be reached, so that a later try may help
 * @throws ReplacedError if the server has no such file
 */
export function pagesLoader<Pages>({ first, url, again, fetch }: PagesFile<Pages>): () => Promise<Pages> {
  let repeats = 0;
  let loading: Promise<Pages> | undefined;

  /** Asks for the file by a fetch, because no browser keeps a failed one. A cache would answer for a server that can't be reached. */
  async function look(): Promise<void> {
    const answer = await fetch(url(), { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
    if (answer?.status === 404) throw new ReplacedError(text.shell.pagesReplaced);
    if (!answer?.ok) throw new UnreachableError(text.shell.pagesUnreachable);
  }

  async function repeat(): Promise<Pages> {
    await look();
    repeats += 1;
    try {
      return await again(`${url()}?again=${repeats}`);
    } catch (error) {
      // The server may have gone away since. Otherwise the file has an error.
      await look();
      throw error;
    }
  }

  return () => {
    loading ??= first()
      .catch(repeat)
      .catch((error) => {
        loading = undefined;
        throw error;
      });
    return loading;
  };
}

/** `index.html` names the file, see `vite.config.ts`. */
const urlInDocument = (): string => document.querySelector<HTMLMetaElement>('meta[name=pages-file]')?.content ?? '';

export const loadPages = pagesLoader({
  first: () => import('../pages.tsx'),
  url: urlInDocument,
  again: (url) => import(/* @vite-ignore */ url) as Promise<typeof import('../pages.tsx')>,
  fetch: (input, init) => fetch(input, init),
});
