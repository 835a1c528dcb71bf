/** Tabs of one browser: what `BroadcastChannel` and its locks do between them, without a browser. */
import { joinTabs, type Locks, type OtherTabs } from '../../../../clients/console/session/other-tabs.ts';

type Listener = ((event: MessageEvent) => unknown) | null;

/** A channel to the others of the same name. A message arrives a moment later, and never at its sender. */
export class FakeChannel {
  static readonly #open = new Set<FakeChannel>();
  onmessage: Listener = null;
  readonly name: string;

  constructor(name: string) {
    this.name = name;
    FakeChannel.#open.add(this);
  }

  /** The names of the channels that are open. */
  static get names(): string[] {
    return [...FakeChannel.#open].map(({ name }) => name);
  }

  postMessage(message: unknown): void {
    const data = JSON.stringify(message);
    const others = [...FakeChannel.#open].filter((each) => each !== this && each.name === this.name);
    queueMicrotask(() => {
      for (const each of others)
        if (FakeChannel.#open.has(each)) each.onmessage?.({ data: JSON.parse(data) } as MessageEvent);
    });
  }

  close(): void {
    FakeChannel.#open.delete(this);
  }
}

/** Locks that any number can hold at once, as a browser has them. */
export class FakeLocks implements Locks {
  readonly #held: { name: string }[] = [];

  async query() {
    return { held: [...this.#held] };
  }

  async request(name: string, _: unknown, whileHeld: () => Promise<void>) {
    const lock = { name };
    this.#held.push(lock);
    await whileHeld();
    this.#held.splice(this.#held.indexOf(lock), 1);
  }
}

/** Another tab of the console. */
export interface OpenTab extends OtherTabs {
  /** The token of its session. Without one, nobody is signed in there. */
  token: string | undefined;
  /** How often a sign-out elsewhere has reached it. */
  signOuts: number;
}

/**
 * Opens a tab.
 * @param api the base URL of the API that it is for
 * @param locks undefined for a page that has none
 */
export function aTab(token: string | undefined, api: string, locks?: Locks): OpenTab {
  const tab = { token, signOuts: 0 };
  const others = joinTabs(
    {
      api,
      token: () => tab.token,
      onSignOut() {
        tab.signOuts += 1;
        tab.token = undefined;
      },
    },
    { open: (name) => new FakeChannel(name), locks },
  );
  return Object.assign(tab, others);
}
