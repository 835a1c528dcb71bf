/** Reads of the API: kept in a cache, repeated while they fail, and polled. What changes something is sent once. */
import {
  QueryClient,
  QueryClientProvider,
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { ApiError, isPassing, UnreachableError } from '../../../shared/operators/api/api-error.ts';
import { reconnectMs } from '../poll-interval.ts';
import { useSession } from './session.tsx';

/** Whether the API is busy. Operators share a throttle, so this is nobody's fault, and passes. */
const isThrottled = (error: unknown): boolean => error instanceof ApiError && error.status === 429;

/** Goes on trying while the API can't be reached or fails. What a person has to do something about waits for them. */
const untilReached = ({ state }: { state: { error: unknown } }): number | false =>
  isPassing(state.error) && reconnectMs;

/** Gives each session a cache of its own, so that the next operator sees nothing of the last one. */
export function Queries({ children }: { children: ReactNode }) {
  const session = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each session gets a new client.
  const client = useMemo(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            // The console notices a lost network by its requests, on any network.
            networkMode: 'always',
            retry: (count, error) => isThrottled(error) || (error instanceof UnreachableError && count < 2),
            staleTime: 1_000,
            refetchInterval: untilReached,
          },
          mutations: { networkMode: 'always', retry: false },
        },
      }),
    [session],
  );
  const { reach } = session;
  useEffect(
    () =>
      reach.subscribe(() => {
        // One answer says that the outage is over, so nothing waits for its own next try.
        if (reach.isReached())
          void client.refetchQueries({ type: 'active', predicate: ({ state }) => isPassing(state.error) });
      }),
    [client, reach],
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

interface ReadOptions<Answer> {
  /** The time between two reads while the page is visible, in ms. False after the last read. By default it is read once. */
  everyMs?: number | ((answer: Answer | undefined) => number | false);
  /** For how long an answer is not read again when a person comes back to the page, in ms. For what takes many requests. */
  freshMs?: number;
  /** Whether to read at all. By default yes. */
  isWanted?: boolean;
}

/**
 * Reads from the API.
 * @param key names what is read; two reads with the same key share an answer
 * @param read its signal is aborted when nobody waits for the answer any more
 */
export function useRead<Answer>(
  key: QueryKey,
  read: (api: ApiClient, signal: AbortSignal) => Promise<Answer>,
  { everyMs, freshMs, isWanted = true }: ReadOptions<Answer> = {},
): UseQueryResult<Answer> {
  const { api } = useSession();
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read(api, signal),
    ...(freshMs !== undefined && { staleTime: freshMs }),
    enabled: isWanted,
    refetchInterval: (query) =>
      untilReached(query) || (typeof everyMs === 'function' ? everyMs(query.state.data) : (everyMs ?? false)),
  });
}

/**
 * Sends to the API what a person asks for. A second click while the first request is under way sends nothing: the page shows that
 * something is sent only a moment later.
 * @param send makes the request. Its second parameter is what `mutate` takes
 */
export function useSend<Answer, Input = void>(
  send: (api: ApiClient, input: Input) => Promise<Answer>,
  onSuccess?: (answer: Answer) => unknown,
): UseMutationResult<Answer, Error, Input> {
  const { api } = useSession();
  const isRunning = useRef(false);
  const mutation = useMutation({
    mutationFn: (input: Input) => send(api, input),
    ...(onSuccess && { onSuccess }),
    onSettled: () => {
      isRunning.current = false;
    },
  });
  const mutate: typeof mutation.mutate = (...args) => {
    if (isRunning.current) return;
    isRunning.current = true;
    mutation.mutate(...args);
  };
  return { ...mutation, mutate };
}

/** Whether the last request got no answer, and something on the page waits for one. What an earlier page read does not count. */
export function useIsUnreachable(): boolean {
  const cache = useQueryClient().getQueryCache();
  const { reach } = useSession();
  const isReached = useSyncExternalStore(reach.subscribe, reach.isReached);
  const isWaiting = useSyncExternalStore(
    (notify) => cache.subscribe(notify),
    () =>
      cache
        .getAll()
        .some(
          (query) =>
            query.isActive() &&
            [query.state.error, query.state.fetchFailureReason].some((error) => error instanceof UnreachableError),
        ),
  );
  return isWaiting && !isReached;
}
