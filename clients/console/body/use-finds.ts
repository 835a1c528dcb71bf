/** The search in a body: where it finds something, and which find is looked at. */
import { useEffect, useState } from 'react';
import type { BodyWork } from './body-work.ts';
import { type Finds, queryPattern } from './search-lines.ts';

/** The finds of a query, and the one that is looked at. */
interface Found {
  pattern: RegExp | undefined;
  finds: Finds;
  current: number;
}

const nothing: Found = { pattern: undefined, finds: new Uint32Array(), current: 0 };

/** The time after the last key until the search, in ms. */
const typingMs = 150;

/** The number of the find that is looked at in its line, if it is in this line. */
export function currentIn({ finds, current }: Found, line: number): number | undefined {
  return finds[current] === line ? current - finds.indexOf(line) : undefined;
}

export function useFinds(work: BodyWork, query: string, onFound: (line: number) => void) {
  const [found, setFound] = useState(nothing);
  const [isSearched, setIsSearched] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where a find is shown is no reason to search again.
  useEffect(() => {
    let isOver = false;
    setFound(nothing);
    setIsSearched(false);
    if (query === '') return undefined;
    const timer = setTimeout(async () => {
      const finds = await work.search(query);
      if (isOver) return;
      setFound({ pattern: queryPattern(query), finds, current: 0 });
      setIsSearched(true);
      if (finds[0] !== undefined) onFound(finds[0]);
    }, typingMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [work, query]);
  const step = (by: number) => {
    const count = found.finds.length;
    if (count === 0) return;
    const current = (found.current + by + count) % count;
    setFound({ ...found, current });
    onFound(found.finds[current] ?? 0);
  };
  return { found, isSearched, step };
}
