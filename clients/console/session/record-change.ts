/** How the pages change a record. */
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { useSession } from './session.tsx';

/** Whether a change was refused because it was made to an older version. */
export const isOld = (refusal: unknown): boolean => refusal instanceof ApiError && refusal.status === 412;

/** Changes a record, and knows how that goes. */
export interface RecordChange<Answers> {
  /** What is being done now. Undefined while nothing is. */
  busy: string | undefined;
  /** Why the last change did not work. */
  error: unknown;
  /**
   * Sends a request. What its answer says of the record is shown from then on. Does nothing while another one is under way, so a
   * second click changes nothing.
   * @param label says what is being done
   * @returns the answer, or undefined if the request was refused or not sent
   */
  run: <Answer extends Answers>(
    label: string,
    send: (api: ApiClient) => Promise<Answer>,
  ) => Promise<Answer | undefined>;
  /** Says why something else did not work that changes no record. */
  fail: (error: unknown) => void;
  /** Forgets why the last change did not work, because a person goes on with something else. */
  clear: () => void;
}

/**
 * @param key of the record in the cache
 * @param adopt shows what an answer says of the record, and reads again what the change makes stale
 */
export function useRecordChange<Answers>(
  key: QueryKey,
  adopt: (client: QueryClient, answer: Answers) => void,
): RecordChange<Answers> {
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
        adopt(client, answer);
        return answer;
      } catch (refusal) {
        setError(refusal);
        // Somebody else may have changed the record, or the answer was lost after the change.
        if (!(refusal instanceof ApiError) || refusal.status !== 422) void client.invalidateQueries({ queryKey: key });
        return undefined;
      } finally {
        isRunning.current = false;
        setBusy(undefined);
      }
    },
  };
}
