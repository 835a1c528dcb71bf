/**
 * How the open tabs of the console share a sign-in, so that no token has to be stored in the browser. A tab that opens asks the others
 * for their operator token, and a sign-out in one tab ends the sessions of all. Decision 50 says who could listen.
 */

/** How long a tab waits for an answer. Another tab answers in some milliseconds, unless the browser has put it to sleep. */
export const answerMs = 400;

type Content = { kind: 'ask' } | { kind: 'token'; token: string } | { kind: 'sign-out' };
/** A message names the API that its token is for. */
type Message = Content & { api: string };

/** What a tab needs of a `BroadcastChannel`. */
export type Channel = Pick<BroadcastChannel, 'onmessage' | 'postMessage' | 'close'>;

/** What a tab needs of the browser's locks. */
export interface Locks {
  query: () => Promise<{ held?: { name?: string }[] }>;
  request: (name: string, options: { mode: 'shared' }, whileHeld: () => Promise<void>) => Promise<unknown>;
}

/** What tabs share. A page that did not come by HTTPS, nor from this machine, has no locks. */
export interface Shared {
  open: (name: string) => Channel;
  locks: Locks | undefined;
}

const inThisBrowser = (): Shared => ({ open: (name) => new BroadcastChannel(name), locks: navigator.locks });

export interface OwnTab {
  /** The base URL of the API. Only tabs with the same one understand each other. */
  api: string;
  /** The operator token of this tab's session, if there is one now. */
  token: () => string | undefined;
  /** Is called when the person signs out in another tab. */
  onSignOut: () => void;
}

export interface OtherTabs {
  /** Asks the other tabs for their operator token. Undefined if none of them has answered in time. */
  ask: () => Promise<string | undefined>;
  /** Ends the sessions of the other tabs. */
  signOut: () => void;
  /** Neither answers nor listens any more. */
  leave: () => void;
}

/** Whether a message is one of the console, and for this API. Any page of the origin can send one. */
function isFor(api: string, message: unknown): message is Message {
  if (typeof message !== 'object' || message === null) return false;
  const { kind, api: other, token } = message as Record<string, unknown>;
  if (other !== api) return false;
  return kind === 'ask' || kind === 'sign-out' || (kind === 'token' && typeof token === 'string');
}

/** Begins to answer the other tabs of this browser. */
export function joinTabs({ api, token, onSignOut }: OwnTab, { open, locks } = inThisBrowser()): OtherTabs {
  const name = `hooklatch ${api}`;
  const channel = open(name);
  const send = (content: Content) => channel.postMessage({ ...content, api });
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  // Each open tab holds a lock of this name. The browser takes it back when the tab is gone, however that came.
  const holds = new Promise<void>((hold) => {
    void locks?.request(name, { mode: 'shared' }, () => {
      hold();
      return left;
    });
  });

  /** Whether no other tab is open, so that no answer has to be waited for. */
  async function isAlone(): Promise<boolean> {
    if (!locks) return false;
    await holds;
    const { held = [] } = await locks.query();
    return held.filter((each) => each.name === name).length === 1;
  }

  let take: ((token: string) => void) | undefined;

  channel.onmessage = ({ data }) => {
    if (!isFor(api, data)) return;
    if (data.kind === 'token') return take?.(data.token);
    if (data.kind === 'sign-out') return onSignOut();
    const own = token();
    if (own !== undefined) send({ kind: 'token', token: own });
  };

  return {
    async ask() {
      if (await isAlone()) return undefined;
      const { promise, resolve } = Promise.withResolvers<string | undefined>();
      take = resolve;
      const timer = setTimeout(() => resolve(undefined), answerMs);
      send({ kind: 'ask' });
      const answer = await promise;
      clearTimeout(timer);
      take = undefined;
      return answer;
    },
    signOut: () => send({ kind: 'sign-out' }),
    leave() {
      channel.close();
      leave();
    },
  };
}
