import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

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

/** What one page hands on to the next one that asks for it, such as what was opened. Who comes later does not get it. */
export function useHandedOn<State>(key: string): [State | undefined, (next: State) => void] {
  const client = useQueryClient();
  const queryKey = ['handed on', key];
  const [got] = useState(() => client.getQueryData<State>(queryKey));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page begins.
  useEffect(() => client.removeQueries({ queryKey }), []);
  function handOn(next: State) {
    client.setQueryDefaults(['handed on'], { gcTime: Number.POSITIVE_INFINITY });
    client.setQueryData(queryKey, next);
  }
  return [got, handOn];
}
