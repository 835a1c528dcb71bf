/** The session of one operator: their token, who they are, and the client that sends their requests. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { type ApiAnswer, type ApiClient, apiClient } from '../../shared/api/api-client.ts';
import { ApiError } from '../../shared/api/api-error.ts';
import { SignIn } from './sign-in.tsx';
import { forgetToken, keepToken, keptToken } from './token-storage.ts';

export type Me = ApiAnswer<'GET /v1/me'>;

export interface Session {
  api: ApiClient;
  me: Me;
  signOut: () => void;
  /** The API no longer accepts the token. The sign-in form replaces the page, and the page's URL stays. */
  end: () => void;
}

/** Whether the API refused the operator token itself, and not a right of the operator's role. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 403 && error.code === 'forbidden';

const SessionContext = createContext<Session | undefined>(undefined);

/** The present session. @throws if nobody is signed in */
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

/** Shows its children to a signed-in operator, and the sign-in form to anybody else. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<{ api: ApiClient; me: Me }>();
  const [hasEnded, setHasEnded] = useState(false);
  const close = useCallback((isEnded: boolean) => {
    forgetToken();
    setHasEnded(isEnded);
    setOpen(undefined);
  }, []);
  const session = useMemo(
    () => open && { ...open, signOut: () => close(false), end: () => close(true) },
    [open, close],
  );

  const signIn = useCallback(async (token: string, isKept: boolean) => {
    const api = clientOf(token);
    const me = await api.call('GET /v1/me');
    if (isKept) keepToken(token);
    setOpen({ api, me });
  }, []);

  if (!session) return <SignIn hasEnded={hasEnded} keptToken={keptToken()} signIn={signIn} />;
  return <SessionContext value={session}>{children}</SessionContext>;
}
