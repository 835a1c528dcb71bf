/** Whether the last request of a session got an answer of the API. */

export interface Reach {
  isReached: () => boolean;
  /** Calls back when that changes. @returns ends it */
  subscribe: (changed: () => void) => () => void;
  /** Takes the outcome of a request. */
  hear: (isReached: boolean) => void;
}

/** Of a session that has just begun: it was reached, to find out who signs in. */
export function lastReach(): Reach {
  const listeners = new Set<() => void>();
  let last = true;
  return {
    isReached: () => last,
    subscribe(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    hear(isReached) {
      if (isReached === last) return;
      last = isReached;
      for (const changed of listeners) changed();
    },
  };
}
