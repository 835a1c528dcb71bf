/** Asks before somebody leaves a page with what is not saved. */
import Box from '@cloudscape-design/components/box';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { text } from '../text.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

/** A way to another page of the console, or out of it, which the question stopped. */
type Way = () => void;

/** Stops a way, and asks. Only the page that is open can have something that is not saved. */
let stopFirst: ((way: Way) => void) | undefined;

/** Goes a way that is no navigation, such as a sign-out. If something is not saved, the page asks first. */
export const goBy = (way: Way): void => (stopFirst ? stopFirst(way) : way());

const wayOf = ({ destination, navigationType }: NavigateEvent): Way =>
  navigationType === 'traverse'
    ? () => void window.navigation.traverseTo(destination.key)
    : () => window.history.pushState(null, '', destination.url);

/**
 * Stops every way to another page of the console, the browser's own buttons and a sign-out too, as long as something is not saved, and asks. If the
 * console itself is left, the browser asks. A browser without the Navigation API asks only then.
 * @param words the question. Something else than entries may be unfinished
 * @returns the question, and `leave`, which goes without it because everything is saved
 */
export function useUnsaved(
  isUnsaved: boolean,
  words = text.unsaved,
): { question: ReactNode; leave: (way: Way) => void } {
  const [stopped, setStopped] = useState<Way>();
  const mayLeave = useRef(false);

  useEffect(() => {
    if (!isUnsaved) return undefined;
    const stop = (event: NavigateEvent) => {
      if (mayLeave.current || !event.cancelable || !event.destination.sameDocument) return;
      event.preventDefault();
      setStopped(() => wayOf(event));
    };
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    stopFirst = (way) => setStopped(() => way);
    window.navigation?.addEventListener('navigate', stop);
    window.addEventListener('beforeunload', ask);
    return () => {
      stopFirst = undefined;
      window.navigation?.removeEventListener('navigate', stop);
      window.removeEventListener('beforeunload', ask);
    };
  }, [isUnsaved]);

  function leave(way: Way) {
    mayLeave.current = true;
    way();
  }

  const question = stopped && (
    <ConfirmDialog
      title={words.title}
      action={words.discard}
      closeLabel={words.stay}
      isBusy={false}
      confirm={() => leave(stopped)}
      dismiss={() => setStopped(undefined)}
    >
      <Box variant="p">{words.body}</Box>
    </ConfirmDialog>
  );
  return { question, leave };
}
