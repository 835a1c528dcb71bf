import { useEffect } from 'react';

/**
 * Hides the tooltips of disabled buttons from assistive technologies. Cloudscape puts a tooltip at the end of the document,
 * outside every landmark. Nothing is lost: the same words are the description of the button, and are read with it.
 */
export function useHiddenTooltips(): void {
  useEffect(() => {
    const observer = new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (node instanceof Element && node.querySelector(':scope > [role=tooltip]')) node.ariaHidden = 'true';
      }
    });
    observer.observe(document.body, { childList: true });
    return () => observer.disconnect();
  }, []);
}
