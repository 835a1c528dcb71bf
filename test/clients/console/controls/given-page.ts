/** What jsdom has not, and a page of the console needs. */
import { jest } from '@jest/globals';
import type { FakeApi } from './given-api.ts';
import { FakeNavigation } from './given-navigation.ts';
import { FakeChannel } from './given-tabs.ts';

/** What the browser was told to do. */
export interface Told {
  copied: string | undefined;
  opens: string | undefined;
  saved: { name: string; content: string } | undefined;
  reloads: boolean;
}

/** The colours of the system, as the browser tells them. */
export class SystemColours extends EventTarget {
  matches = false;

  /** Changes them, and tells whoever asked for that. */
  turn(colours: 'dark' | 'light'): void {
    this.matches = colours === 'dark';
    this.dispatchEvent(new Event('change'));
  }
}

/** The width of the window, in pixels. A test may narrow it before it opens a page. */
export const view = { width: 1_280 };

/** Watches what a page begins: intervals, observers and listeners. @returns what of them it has not ended */
function watchBeginnings(targets: EventTarget[]): () => string[] {
  const began = jest.spyOn(globalThis, 'setInterval');
  const ended = jest.spyOn(globalThis, 'clearInterval');
  const observed = jest.spyOn(MutationObserver.prototype, 'observe');
  const disconnected = jest.spyOn(MutationObserver.prototype, 'disconnect');
  const listening = targets.map((target) => ({
    added: jest.spyOn(target, 'addEventListener'),
    removed: jest.spyOn(target, 'removeEventListener'),
  }));
  return () => [
    ...began.mock.results.flatMap(({ value }) => (ended.mock.calls.some(([id]) => id === value) ? [] : 'an interval')),
    ...observed.mock.contexts.flatMap((each) => (disconnected.mock.contexts.includes(each) ? [] : 'an observer')),
    ...listening.flatMap(({ added, removed }) =>
      added.mock.calls
        // React and Cloudscape keep listeners of their own on the document, of other types.
        .filter(([type]) => ['focusin', 'change', 'navigate', 'pageshow'].includes(type))
        .filter(([, listener]) => !removed.mock.calls.some(([, other]) => other === listener))
        .filter(([, , options]) => !(typeof options === 'object' && options.signal?.aborted))
        .map(([type]) => `a listener of ${type}`),
    ),
  ];
}

/**
 * Gives a page what jsdom has not, and notes what the browser is told.
 * @returns takes it away again, once the page is closed. Its result is what the page has left behind.
 */
export function prepare(told: Told, api: FakeApi, colours: SystemColours): () => string[] {
  globalThis.fetch = api.fetch as unknown as typeof fetch;
  // The bundle has no styles, so looking for one in each element only takes time.
  const { style } = document.createElement('div');
  window.getComputedStyle = () => style;
  // A width that does not change needs nobody who is told of it.
  window.matchMedia = (query) => {
    const [, most] = /max-width: (\d+)px/.exec(query) ?? [];
    const isFitting = { matches: view.width <= Number(most), addEventListener() {}, removeEventListener() {} };
    return (most === undefined ? colours : isFitting) as unknown as MediaQueryList;
  };
  const navigation = new FakeNavigation();
  navigation.watch();
  globalThis.BroadcastChannel = FakeChannel as unknown as typeof BroadcastChannel;
  const before = FakeChannel.names;
  const leftBehind = watchBeginnings([document, window, colours, navigation]);
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
  return () => {
    window.removeEventListener('click', follow);
    navigation.end();
    view.width = 1_280;
    const channels = FakeChannel.names.slice(before.length).map((name) => `a channel named ${name}`);
    return [...leftBehind(), ...channels];
  };
}
