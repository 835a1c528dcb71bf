/** The part of the browser's Navigation API that the console needs and jsdom has not: who listens can stop a way to another page. */
export class FakeNavigation extends EventTarget {
  readonly #pushState = history.pushState;

  /** Tells of each way to another page, before it is gone. */
  watch(): void {
    history.pushState = (data, unused, url) => {
      const destination = { url: new URL(url ?? '', location.href).href, sameDocument: true, key: '' };
      const event = new Event('navigate', { cancelable: true });
      if (this.dispatchEvent(Object.assign(event, { navigationType: 'push', destination })))
        this.#pushState.call(history, data, unused, url);
    };
    Object.defineProperty(window, 'navigation', { configurable: true, value: this });
  }

  end(): void {
    history.pushState = this.#pushState;
    Reflect.deleteProperty(window, 'navigation');
  }
}
