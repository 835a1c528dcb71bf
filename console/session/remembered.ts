import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

/** State that outlives its page, so that the way back leads to the same place. It ends with the session. */
export function useRemembered<State>(key: string, initial: State): [State, (next: State) => void] {
  const client = useQueryClient();
  const queryKey = ['remembered', key];
  const [state, setState] = useState<State>(() => client.getQueryData<State>(queryKey) ?? initial);
  function remember(next: State) {
    client.setQueryDefaults(['remembered'], { gcTime: Number.POSITIVE_INFINITY });
    client.setQueryData(queryKey, next);
    setState(next);
  }
  return [state, remember];
}
