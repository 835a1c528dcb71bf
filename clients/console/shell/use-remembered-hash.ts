/**
 * What a list is narrowed to, in the part of the URL behind `#`: a link shows a colleague the same, and no server sees it, because a browser
 * never sends that part.
 */
import { useEffect, useState } from 'react';
import { navigate, useLocationProperty } from 'wouter/use-browser-location';
import { useRemembered } from '../session/remembered.ts';

/** @param key says whose it is. Without one in the URL it is the last one of this session. @returns it with its `#`, or empty */
export function useRememberedHash(key: string): [string, (next: string) => void] {
  const [last, remember] = useRemembered(key, '');
  const [path] = useState(() => location.pathname);
  const hash = useLocationProperty(() => location.hash);
  // In the history of the browser, only the last one is kept.
  const show = (next: string) => navigate(location.pathname + location.search + next, { replace: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the URL changes.
  useEffect(() => {
    // A person may be on the way to another page.
    if (location.pathname !== path) return;
    if (hash !== '') remember(hash);
    else if (last !== '') show(last);
  }, [hash]);
  return [
    hash === '' ? last : hash,
    (next) => {
      remember(next);
      show(next);
    },
  ];
}
