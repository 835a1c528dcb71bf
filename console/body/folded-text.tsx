/** A text that is folded and searched: a tree of lines, of which only those in view are elements of the page. */
import { type KeyboardEvent, memo, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { bodyText } from './body-text.ts';
import type { BodyWork } from './body-work.ts';
import './folded-text.css';
import { FindBar } from './find-bar.tsx';
import { previewOf } from './json-lines.ts';
import { enclosing, type Folds, foldAll, noFolds, placeOf, shownIn, toggled, visibleLines } from './lines.ts';
import { type ReadText, tokeniserOf } from './read-text.ts';
import { rowHeight, rowWindow, scrollTo } from './row-window.ts';
import { type Finds, patternOf, type Row, rowOf, shownTokens } from './search-lines.ts';

/** Deeper lines are no further from the edge. */
const mostIndent = 40;
/** Without a layout, as before the first one. */
const usualHeight = 600;

interface LineProps {
  id: string;
  text: string;
  read: ReadText;
  line: number;
  isFolded: boolean;
  isActive: boolean;
  pattern: RegExp | undefined;
  /** The number of the find in this line that is looked at. */
  current: number | undefined;
  digits: number;
  onFold: (line: number) => void;
}

const Pieces = ({ row: { pieces, before, after }, current }: { row: Row; current: number | undefined }) => (
  <>
    {before > 0 && <span className="folded-text-left-out">{bodyText.leftOut(before)}</span>}
    {pieces.map(({ kind, text, find }, index) => {
      const content = find === undefined ? text : <mark className={find === current ? 'current' : ''}>{text}</mark>;
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no name but its place.
        <span key={index} className={`token-${kind}`}>
          {content}
        </span>
      );
    })}
    {after > 0 && <span className="folded-text-left-out">{bodyText.leftOut(after)}</span>}
  </>
);

const Line = memo(({ id, text, read, line, isFolded, isActive, pattern, current, digits, onFold }: LineProps) => {
  const { starts, ends, depths, closes } = read.lines;
  const tokens = tokeniserOf(read.language);
  const rowAt = (at: number, find?: number) =>
    rowOf(shownTokens(tokens(text, starts[at] ?? 0, ends[at] ?? 0)), pattern, find);
  // A record is told from the others by its first members.
  const start = starts[line] ?? 0;
  const isRecord = isFolded && read.language === 'ndjson' && depths[line] === 0;
  const preview = isRecord
    ? rowOf(shownTokens(previewOf(text, start, ends[closes[line] ?? 0] ?? 0)), pattern)
    : undefined;
  const depth = depths[line] ?? 0;
  const close = closes[line] ?? 0;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and names its active line.
    <div
      id={id}
      role="treeitem"
      aria-level={depth + 1}
      {...(close > 0 && { 'aria-expanded': !isFolded })}
      {...(isActive && { 'aria-current': true })}
      className={`folded-text-row${isActive ? ' active' : ''}`}
    >
      <span className="folded-text-number" style={{ minInlineSize: `${digits}ch` }} aria-hidden="true">
        {line + 1}
      </span>
      {close > 0 ? (
        <button
          type="button"
          className="folded-text-fold"
          tabIndex={-1}
          aria-label={isFolded ? bodyText.unfold(line + 1) : bodyText.fold(line + 1)}
          onClick={() => onFold(line)}
        >
          {isFolded ? '▸' : '▾'}
        </button>
      ) : (
        <span className="folded-text-fold" />
      )}
      <span style={{ paddingInlineStart: `${Math.min(depth, mostIndent) * 2}ch` }}>
        <Pieces row={preview ?? rowAt(line, current)} current={current} />
        {isFolded && !preview && (
          <>
            {' … '}
            <Pieces row={rowAt(close)} current={undefined} />
          </>
        )}
      </span>
    </div>
  );
});

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
function currentIn({ finds, current }: Found, line: number): number | undefined {
  return finds[current] === line ? current - finds.indexOf(line) : undefined;
}

function useFinds(work: BodyWork, query: string, onFound: (line: number) => void) {
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
      setFound({ pattern: patternOf(query), finds, current: 0 });
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

interface FoldedTextProps {
  text: string;
  read: ReadText;
  work: BodyWork;
  compact: boolean;
}

/** The folds, the line that the keyboard is at, and the rows in view. */
function useRows({ read: { language, lines } }: Pick<FoldedTextProps, 'read'>) {
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
function lineOf(key: string, { place, visible, active, folds, view }: ReturnType<typeof useRows>, read: ReadText) {
  const { lines } = read;
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

export function FoldedText({ text, read, work, compact }: FoldedTextProps) {
  const { lines } = read;
  const id = useId();
  const [query, setQuery] = useState('');
  const state = useRows({ read });
  const { folds, active, place, visible, rows, tree, goTo, fold } = state;
  const { found, isSearched, step } = useFinds(work, query, goTo);
  const foldRef = useRef(fold);
  foldRef.current = fold;
  const [onFold] = useState(() => (line: number) => foldRef.current(line));

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = lineOf(event.key, state, read);
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
              <Line
                key={line}
                id={`${id}-${line}`}
                {...{ text, read, line, digits, onFold }}
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
