import { type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the focus from getting lost when what had it goes away, such as a link of the last page, or the button of a verb that is
 * no longer there. Otherwise the keyboard would begin at the top of the document again, and Escape would not close a dialog.
 * @returns the element that gets the focus, if no dialog is open
 */
export function useKeptFocus(): RefObject<HTMLDivElement | null> {
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let last: EventTarget | null = null;
    const remember = ({ target }: FocusEvent) => {
      last = target;
    };
    const observer = new MutationObserver(() => {
      if (document.activeElement !== document.body || !(last instanceof Element) || last.isConnected) return;
      const place = document.querySelector<HTMLElement>('[role=dialog] button') ?? page.current;
      place?.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
  return page;
}
