/** The page's name in the browser's tab and history. Never contains a secret. */
import { useEffect } from 'react';
import { text } from '../text.ts';

let page = '';
let count = 0;

function show(): void {
  document.title = `${count > 0 ? `(${count}) ` : ''}${page} – ${text.product}`;
}

/** Names the page. */
export function useTitle(title: string): void {
  useEffect(() => {
    page = title;
    show();
  }, [title]);
}

/** Puts before each page's name how many things need somebody, as long as the component is there. */
export function useTitleCount(findings: number): void {
  useEffect(() => {
    count = findings;
    show();
    return () => {
      count = 0;
    };
  }, [findings]);
}
