/** A connection's record: how the pages read it, and how they change it. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ApiAnswer, ApiClient } from '../../shared/api/api-client.ts';
import { ApiError } from '../../shared/api/api-error.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';

export type Connection = ApiAnswer<'GET /v1/connections/{name}'>;
export type Endpoint = NonNullable<Connection['endpoint']>;
export type TokenAnswer = ApiAnswer<'GET /v1/connections/{name}/endpoint/token'>;

const keyOf = (name: string) => ['connection', name] as const;

export const useConnection = (name: string) =>
  useRead(keyOf(name), (api) => api.call('GET /v1/connections/{name}', { params: { name } }), {
    everyMs: refreshMs.connection,
  });

/** Shows this record from now on, and reads again what a change makes stale. */
function adopt(client: QueryClient, record: Connection): void {
  client.setQueryData(keyOf(record.name), record);
  void client.invalidateQueries({ queryKey: ['connections'] });
  void client.invalidateQueries({ queryKey: ['history', record.name] });
}

/** Changes a connection, and knows how that goes. */
export interface Change {
  /** What is being done now. Undefined while nothing is. */
  busy: string | undefined;
  /** Why the last change did not work. */
  error: unknown;
  /**
   * Sends a request. Its answer has the record, which is shown from then on. Does nothing while another one is under way, so a
   * second click changes nothing.
   * @param label says what is being done
   * @returns the answer, or undefined if the request was refused or not sent
   */
  run: <Answer extends Connection | TokenAnswer>(
    label: string,
    send: (api: ApiClient) => Promise<Answer>,
  ) => Promise<Answer | undefined>;
  /** Says why something else did not work that changes no record. */
  fail: (error: unknown) => void;
  /** Forgets why the last change did not work, because a person goes on with something else. */
  clear: () => void;
}

export const recordIn = (answer: Connection | TokenAnswer): Connection =>
  'connection' in answer ? answer.connection : answer;

export function useChange(name: string): Change {
  const { api } = useSession();
  const client = useQueryClient();
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<unknown>();
  const isRunning = useRef(false);
  return {
    busy,
    error,
    fail: setError,
    clear: () => setError(undefined),
    async run(label, send) {
      if (isRunning.current) return undefined;
      isRunning.current = true;
      setBusy(label);
      setError(undefined);
      try {
        const answer = await send(api);
        adopt(client, recordIn(answer));
        return answer;
      } catch (refusal) {
        setError(refusal);
        // Somebody else may have changed the record, or the answer was lost after the change.
        if (!(refusal instanceof ApiError) || refusal.status !== 422) {
          void client.invalidateQueries({ queryKey: keyOf(name) });
        }
        return undefined;
      } finally {
        isRunning.current = false;
        setBusy(undefined);
      }
    },
  };
}
