/**
 * Where the focus goes after a change. What had it may be gone, such as a link of the last page, or the button of a verb that is no
 * longer possible. The browser would then begin at the top of the document again, and say nothing.
 */

/** What takes the focus in the place of something that is gone, because it says where a person is. */
const titles = 'h1, h2, h3';

/** The part of the document that changes with the page. It has the focus only until the page has its title. */
export const contentId = 'content';

const content = () => document.getElementById(contentId);

/** Whether the page had no title yet when it was to get the focus. Anything else that gets it ends this. */
let isAwaitingTitle = false;

/** Gives the focus to the first of these that takes it. What is hidden, such as a page that makes room for the next one, does not. */
function focusFirst(candidates: Iterable<HTMLElement>, options: FocusOptions = {}): void {
  for (const each of candidates) {
    if (each.matches(titles)) each.tabIndex = -1;
    each.focus(options);
    if (document.activeElement === each) break;
  }
  isAwaitingTitle = document.activeElement === content();
}

/** Whether nothing else has the focus. */
const isFree = (last: Element | undefined) => [document.body, last].includes(document.activeElement ?? document.body);

/** Puts the focus on the title of the page. If it is not there yet, it gets the focus once it is. */
export function focusTitle(): void {
  const place = content();
  if (place) focusFirst([...place.querySelectorAll('h1'), place]);
}

/** After another page came: puts the focus on its title, unless the page has put it on something else already. */
export function focusNewPage(): void {
  const place = content();
  const { activeElement } = document;
  if (place && (activeElement === place || !place.contains(activeElement))) focusTitle();
}

function* ancestorsOf(element: Element): Generator<Element> {
  for (let each = element.parentElement; each; each = each.parentElement) yield each;
}

/** Whether an element can no longer have the focus. */
const isGone = (element: Element | undefined): boolean =>
  element !== undefined && (!element.isConnected || element.matches(':disabled'));

/**
 * Keeps the focus from getting lost, until the result is called. In place of what is gone, the nearest thing around it gets the
 * focus that has a name: the title of its part of the page, or that of the page. While a dialog is open, that is the dialog's title, so
 * that Escape still closes it.
 */
export function keepFocus(): () => void {
  let last: Element | undefined;
  /** What was around the last element of the page that had the focus. A dialog is not on the page. */
  let around: Element[] = [];

  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    const place = content();
    isAwaitingTitle = false;
    last = target;
    if (place?.contains(target) && target !== place) around = [...ancestorsOf(target)];
  };

  function focusInstead(): void {
    const page = content();
    if (!page) return;
    const dialog = [...document.querySelectorAll('[role=dialog]')].at(-1);
    const places = dialog ? [dialog] : [...around.filter((each) => page.contains(each)), page];
    const candidates = places.flatMap((each) => [...each.querySelectorAll<HTMLElement>(titles)]);
    focusFirst([...candidates, page], { preventScroll: true });
  }

  const observer = new MutationObserver(() => {
    if (isAwaitingTitle) focusTitle();
    // A disabled button has the focus until the next frame.
    else if (isGone(last) && isFree(last)) focusInstead();
  });
  document.addEventListener('focusin', remember);
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    document.removeEventListener('focusin', remember);
    observer.disconnect();
  };
}
