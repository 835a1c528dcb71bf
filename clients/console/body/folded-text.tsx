/** A text that is folded and searched: a tree of lines, of which only those in view are elements of the page. */
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { bodyText } from './body-text.ts';
import type { BodyWork } from './body-work.ts';
import './folded-text.css';
import { FindBar } from './find-bar.tsx';
import { FoldedLine } from './folded-line.tsx';
import { enclosing, type Folds, foldAll, noFolds, placeOf, shownIn, toggled, visibleLines } from './lines.ts';
import type { ReadText } from './read-text.ts';
import { rowHeight, rowWindow, scrollTo } from './row-window.ts';
import { currentIn, useFinds } from './use-finds.ts';

/** Without a layout, as before the first one. */
const usualHeight = 600;

interface FoldedTextProps {
  text: string;
  readText: ReadText;
  work: BodyWork;
  compact: boolean;
  /** What to look for at first. */
  wanted: string;
}

/** The folds, the line that the keyboard is at, and the rows in view. */
function useRows({ language, lines }: ReadText) {
  const [folds, setFolds] = useState<Folds>(() => (language === 'ndjson' ? foldAll(lines) : noFolds(lines)));
  const [active, setActive] = useState(0);
  const [view, setView] = useState({ top: 0, height: usualHeight });
  const tree = useRef<HTMLDivElement>(null);
  const isAwaited = useRef(false);
  const visible = useMemo(() => visibleLines(lines, folds), [lines, folds]);
  const place = placeOf(visible, active);

  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = tree.current ?? {};
    const next = { top: scrollTop, height: clientHeight || usualHeight };
    setView((last) => (last.top === next.top && last.height === next.height ? last : next));
  };
  useLayoutEffect(() => {
    if (isAwaited.current && tree.current) {
      isAwaited.current = false;
      const { scrollTop, clientHeight } = tree.current;
      tree.current.scrollTop = scrollTo(place, visible.length, scrollTop, clientHeight || usualHeight);
    }
    look();
  });
  useEffect(() => {
    window.addEventListener('resize', look);
    return () => window.removeEventListener('resize', look);
  });

  /** Goes to a line, whatever is folded around it. */
  const goTo = (line: number) => {
    setFolds((last) => shownIn(lines, last, line));
    setActive(line);
    isAwaited.current = true;
  };
  const fold = (line: number) => {
    setFolds((last) => toggled(lines, last, line));
    setActive(line);
  };
  const rows = rowWindow(visible.length, view.top, view.height);
  return { folds, setFolds, active: visible[place] ?? 0, place, visible, rows, view, tree, look, goTo, fold };
}

/** Where a key leads: to another line, or to another fold of this one. */
function lineOf(key: string, { place, visible, active, folds, view }: ReturnType<typeof useRows>, { lines }: ReadText) {
  const opens = (lines.closes[active] ?? 0) > 0;
  const ofView = Math.max(1, Math.floor(view.height / rowHeight) - 1);
  const at = (to: number) => ({ line: visible[Math.max(0, Math.min(visible.length - 1, to))] ?? 0, isFold: false });
  const toggle = { line: active, isFold: true };
  switch (key) {
    case 'ArrowDown':
      return at(place + 1);
    case 'ArrowUp':
      return at(place - 1);
    case 'PageDown':
      return at(place + ofView);
    case 'PageUp':
      return at(place - ofView);
    case 'Home':
      return at(0);
    case 'End':
      return at(visible.length - 1);
    case 'Enter':
    case ' ':
      return opens ? toggle : undefined;
    case 'ArrowRight':
      if (!opens) return undefined;
      return folds[active] ? toggle : at(place + 1);
    case 'ArrowLeft':
      if (opens && !folds[active]) return toggle;
      return { line: enclosing(lines, active).at(-1) ?? active, isFold: false };
    default:
      return undefined;
  }
}

export function FoldedText({ text, readText, work, compact, wanted }: FoldedTextProps) {
  const { lines } = readText;
  const id = useId();
  const [query, setQuery] = useState(wanted);
  const state = useRows(readText);
  const { folds, active, place, visible, rows, tree, goTo, fold } = state;
  const { found, isSearched, step } = useFinds(work, query, goTo);
  const foldRef = useRef(fold);
  foldRef.current = fold;
  const [onFold] = useState(() => (line: number) => foldRef.current(line));

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = lineOf(event.key, state, readText);
    if (!next) return;
    event.preventDefault();
    if (next.isFold) fold(next.line);
    else goTo(next.line);
  };
  const isInView = place >= rows.first && place < rows.last;
  const digits = String(lines.starts.length).length;
  return (
    <>
      <FindBar
        query={query}
        count={isSearched ? found.finds.length : undefined}
        current={found.current}
        onQuery={setQuery}
        onStep={step}
        onFoldAll={(isFolded) => state.setFolds(isFolded ? foldAll(lines, 1) : noFolds(lines))}
      />
      <div
        ref={tree}
        role="tree"
        // A scrolled region must be reachable by keyboard.
        tabIndex={0}
        aria-label={bodyText.lines}
        {...(isInView && { 'aria-activedescendant': `${id}-${active}` })}
        className={`folded-text${compact ? ' compact' : ''}`}
        onScroll={state.look}
        onKeyDown={press}
      >
        <div className="folded-text-rows" role="none" style={{ blockSize: `${rows.height}px` }}>
          <div className="folded-text-window" role="none" style={{ insetBlockStart: `${rows.top}px` }}>
            {Array.from(visible.subarray(rows.first, rows.last), (line) => (
              <FoldedLine
                key={line}
                id={`${id}-${line}`}
                {...{ text, readText, line, digits, onFold }}
                isFolded={folds[line] === 1}
                isActive={line === active}
                pattern={found.pattern}
                current={currentIn(found, line)}
              />
            ))}
          </div>
        </div>
      </div>
    </>
  );
}
