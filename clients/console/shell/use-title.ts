import { useEffect } from 'react';
import { text } from '../text.ts';

/** Names the page in the browser's tab and history. Never contains a secret. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – ${text.product}`;
  }, [title]);
}
