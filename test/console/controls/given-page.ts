/** What jsdom has not, and a page of the console needs. */
import type { FakeApi } from './given-api.ts';

/** What the browser was told to do. */
export interface Told {
  copied: string | undefined;
  opens: string | undefined;
  saved: { name: string; content: string } | undefined;
  reloads: boolean;
}

/** Gives a page what jsdom has not, and notes what the browser is told. @returns takes it away again */
export function prepare(told: Told, api: FakeApi): () => void {
  globalThis.fetch = api.fetch as unknown as typeof fetch;
  // The bundle has no styles, so looking for one in each element only takes time.
  const { style } = document.createElement('div');
  window.getComputedStyle = () => style;
  window.matchMedia = (() => ({ matches: false, addEventListener() {}, removeEventListener() {} })) as never;
  const files = new Map<string, Blob>();
  URL.createObjectURL = (blob) => {
    const url = `blob:${files.size}`;
    files.set(url, blob as Blob);
    return url;
  };
  URL.revokeObjectURL = () => {};
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: {
      async writeText(copied: string) {
        told.copied = copied;
      },
    },
  });
  // A link that is not in the document saves a file.
  HTMLAnchorElement.prototype.click = function save() {
    const { download: name, href } = this;
    void files
      .get(href)
      ?.text()
      .then((content) => Object.assign(told, { saved: { name, content } }));
  };
  function follow(event: MouseEvent) {
    const link = (event.target as Element).closest('a');
    if (!link?.href || event.defaultPrevented) return;
    event.preventDefault();
    told.opens = link.getAttribute('href') ?? '';
  }
  window.addEventListener('click', follow);
  globalThis.onReload = () => {
    told.reloads = true;
  };
  return () => window.removeEventListener('click', follow);
}
