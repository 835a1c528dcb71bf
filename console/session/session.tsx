/** The session of one operator: their token, who they are, and the client that sends their requests. */
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { type ApiAnswer, type ApiClient, apiClient } from '../../shared/api/api-client.ts';
import { SignIn } from './sign-in.tsx';
import { isSignedOut } from './signed-out.ts';
import { forgetToken, handOver, keepNone, keepToken, keptToken, takeHandedOver } from './token-storage.ts';

export type Me = ApiAnswer<'GET /v1/me'>;

export interface Session {
  api: ApiClient;
  me: Me;
  signOut: () => void;
  /** Loads the console again, without another sign-in. */
  reload: () => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/**
 * The present session.
 * @throws if nobody is signed in
 */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('nobody is signed in');
  return session;
}

const clientOf = (token: string): ApiClient =>
  apiClient({
    url: window.location.origin,
    token,
    fetch: (input, init) => fetch(input, init),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: () => new Date(),
  });

/**
 * The client of a session. If the API no longer accepts the token, whatever was asked, it ends the session: the sign-in form
 * replaces the page, and the page's URL stays.
 */
const watched = (client: ApiClient, end: () => void): ApiClient => ({
  async call(...request) {
    try {
      return await client.call(...request);
    } catch (error) {
      if (isSignedOut(error)) end();
      throw error;
    }
  },
});

interface SessionState {
  session?: Session;
  hasEnded: boolean;
  /** Only for the first sign-in of this page. */
  handedOver?: string | undefined;
}

/** Shows its children to a signed-in operator, and the sign-in form to anybody else. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [{ session, hasEnded, handedOver }, setState] = useState<SessionState>(() => ({
    hasEnded: false,
    handedOver: takeHandedOver(),
  }));

  const signIn = useCallback(async (token: string, isKept: boolean) => {
    const client = clientOf(token);
    const me = await client.call('GET /v1/me');
    if (isKept) keepToken(token);
    else keepNone();
    const close = (isEnded: boolean) => {
      forgetToken(token);
      // A late answer to an earlier session does not end the present one.
      setState((current) => (current.session === opened ? { hasEnded: isEnded } : current));
    };
    const reload = () => {
      if (keptToken() !== token) handOver(token);
      window.location.reload();
    };
    const opened: Session = { api: watched(client, () => close(true)), me, signOut: () => close(false), reload };
    setState({ session: opened, hasEnded: false });
  }, []);

  if (!session) return <SignIn hasEnded={hasEnded} handedOver={handedOver} keptToken={keptToken()} signIn={signIn} />;
  return <SessionContext value={session}>{children}</SessionContext>;
}
