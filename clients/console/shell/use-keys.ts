/** Keys of a page, or of all. They do nothing while somebody types, or while a dialog or a menu is open. */
import { useEffect, useRef } from 'react';

/** Whether a key belongs to what has the focus, or to a dialog that is open. */
const isTaken = ({ target }: KeyboardEvent): boolean =>
  (target instanceof Element && target.closest('input, textarea, select, [role=listbox], [role=menu]') !== null) ||
  document.querySelector('[role=dialog]') !== null;

/** Calls back when somebody presses one of these keys, alone. */
export function useKeys(keys: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  const last = useRef(keys);
  last.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const press = last.current[event.key];
      if (!press || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
      event.preventDefault();
      press(event);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
