/** The session of one operator: their token, who they are, and the client that sends their requests. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { type ApiAnswer, type ApiClient, apiClient } from '../../../shared/operators/api/api-client.ts';
import { UnreachableError } from '../../../shared/operators/api/api-error.ts';
import { text } from '../text.ts';
import { forgetDrafts, keepDrafts } from './drafts.ts';
import { joinTabs, type OtherTabs } from './other-tabs.ts';
import { lastReach, type Reach } from './reach.ts';
import { Asking, SignIn, type SignInProps } from './sign-in.tsx';
import { type End, isSignedOut } from './signed-out.ts';

export type Me = ApiAnswer<'GET /v1/me'>;

interface Session {
  api: ApiClient;
  reach: Reach;
  me: Me;
  /** Ends the session in every tab. */
  signOut: () => void;
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

/** The base URL of the API, which serves the console too. */
const apiUrl = (): string => window.location.origin;

const clientOf = (token: string): ApiClient =>
  apiClient({
    url: apiUrl(),
    token,
    fetch: (input, init) => fetch(input, init),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: () => new Date(),
  });

/**
 * The client of a session. If the API no longer accepts the token, whatever was asked, it ends the session: the sign-in form
 * replaces the page, and the page's URL stays.
 */
const watched = (client: ApiClient, { hear }: Reach, end: () => void): ApiClient => ({
  async call(...request) {
    try {
      const answer = await client.call(...request);
      hear(true);
      return answer;
    } catch (error) {
      // A request that the page itself ended says nothing about the API.
      const wasEnded = request[1]?.signal?.aborted === true;
      if (!wasEnded) hear(!(error instanceof UnreachableError));
      if (isSignedOut(error)) end();
      throw error;
    }
  },
});

interface SessionState {
  session?: Session;
  end?: End | undefined;
  /** The token of another tab, to begin with. Undefined until the tabs were asked. */
  found?: { token: string | undefined };
}

interface SessionProviderProps extends Pick<SignInProps, 'load'> {
  children: ReactNode;
}

/** Shows its children to a signed-in operator, and the sign-in form to anybody else. The operator token is in memory only. */
export function SessionProvider({ load, children }: SessionProviderProps) {
  const [{ session, end, found }, setState] = useState<SessionState>({});
  const tabs = useRef<OtherTabs>(undefined);
  /** The session now, for what happens outside of a rendering. */
  const live = useRef<{ session: Session; token: string }>(undefined);
  const signOuts = useRef(0);

  useEffect(() => {
    const joined = joinTabs({
      api: apiUrl(),
      token: () => live.current?.token,
      onSignOut() {
        signOuts.current += 1;
        live.current = undefined;
        forgetDrafts();
        setState((current) => ({ found: { token: undefined }, end: current.session ? 'elsewhere' : current.end }));
      },
    });
    tabs.current = joined;
    let isGone = false;
    const ask = async () => {
      const token = await joined.ask();
      if (!isGone) setState((current) => (current.found ? current : { found: { token } }));
    };
    // A page that the browser kept while it showed another one has missed what the other tabs said.
    const begin = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      live.current = undefined;
      setState({});
      void ask();
    };
    void ask();
    window.addEventListener('pageshow', begin);
    return () => {
      isGone = true;
      window.removeEventListener('pageshow', begin);
      joined.leave();
    };
  }, []);

  const signIn = useCallback(async (token: string) => {
    const client = clientOf(token);
    const before = signOuts.current;
    const me = await client.call('GET /v1/me');
    if (signOuts.current !== before) throw new Error(text.signIn.elsewhere);
    const close = (why?: End) => {
      // A late answer to an earlier session does not end the present one.
      if (live.current?.session !== opened) return;
      live.current = undefined;
      if (why === 'refused') keepDrafts(me.id);
      else forgetDrafts();
      setState({ found: { token: undefined }, end: why });
    };
    const signOut = () => {
      close();
      tabs.current?.signOut();
    };
    const reach = lastReach();
    const opened: Session = { api: watched(client, reach, () => close('refused')), reach, me, signOut };
    live.current = { session: opened, token };
    setState({ session: opened, found: { token } });
  }, []);

  if (session) return <SessionContext value={session}>{children}</SessionContext>;
  if (!found) return <Asking />;
  // A sign-out in another tab takes back the token that this one was about to use.
  return <SignIn key={found.token} end={end} found={found.token} signIn={signIn} load={load} />;
}
