/** Tabs of one browser: what `BroadcastChannel` does between them, without a browser. */
import { joinTabs, type OtherTabs } from '../../../console/session/other-tabs.ts';

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

/** Another tab of the console. */
export interface OpenTab extends OtherTabs {
  /** The token of its session. Without one, nobody is signed in there. */
  token: string | undefined;
  /** How often a sign-out elsewhere has reached it. */
  signOuts: number;
}

/** Opens a tab. @param api the base URL of the API that it is for */
export function aTab(token: string | undefined, api: string): OpenTab {
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
    (name) => new FakeChannel(name),
  );
  return Object.assign(tab, others);
}
