/** What is done while the browser has nothing else to do. */
import { useEffect, useRef } from 'react';

/** Loads something that is not needed yet. */
export type Load = () => Promise<unknown>;

/** Whether a person asked the browser to load little. Only some browsers say so. */
const isSavingData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/** Calls back when the browser has nothing else to do. Safari can't tell. @returns ends the wait */
function whenIdle(call: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(call, 1_000);
    return () => clearTimeout(timer);
  }
  const id = requestIdleCallback(call);
  return () => cancelIdleCallback(id);
}

/** Calls once, when the browser is idle. It does not, where a person asked it to load little. */
export function useWhenIdle(call: () => void, isWanted = true): void {
  const last = useRef(call);
  last.current = call;
  useEffect(() => (isWanted && !isSavingData() ? whenIdle(() => last.current()) : undefined), [isWanted]);
}
