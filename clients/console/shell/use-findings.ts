/** How many things need somebody, as the overview found when it was read the last time. No page but the overview reads for it. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';

export const overviewKey = ['overview'] as const;

/** What is older says nothing about now, in milliseconds. The API itself trusts its counts for as long. */
export const overviewFreshMs = 5 * 60_000;

/** @returns 0 also if that is not known */
export function useFindings(): number {
  const cache = useQueryClient().getQueryCache();
  const stateNow = () => cache.find<{ found: readonly unknown[] }>({ queryKey: overviewKey })?.state;
  const readAt = useSyncExternalStore(
    (notify) => cache.subscribe(notify),
    () => stateNow()?.dataUpdatedAt ?? 0,
  );
  const [oldSince, setOldSince] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setOldSince(readAt), readAt + overviewFreshMs - Date.now());
    return () => clearTimeout(timer);
  }, [readAt]);
  return readAt === oldSince ? 0 : (stateNow()?.data?.found.length ?? 0);
}
