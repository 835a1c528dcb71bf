/** A line of a body as a row: its number, its fold, and its pieces in their colours. */
import { memo } from 'react';
import { bodyText } from './body-text.ts';
import { previewOf } from './json-lines.ts';
import { type ReadText, tokeniserOf } from './read-text.ts';
import { type Row, rowOf, shownTokens } from './search-lines.ts';

/** Deeper lines are no further from the edge. */
const mostIndent = 40;

interface LineProps {
  id: string;
  text: string;
  readText: ReadText;
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

export const FoldedLine = memo(
  ({ id, text, readText, line, isFolded, isActive, pattern, current, digits, onFold }: LineProps) => {
    const { starts, ends, depths, closes } = readText.lines;
    const tokens = tokeniserOf(readText.language);
    const rowAt = (at: number, find?: number) =>
      rowOf(shownTokens(tokens(text, starts[at] ?? 0, ends[at] ?? 0)), pattern, find);
    // A record is told from the others by its first members.
    const start = starts[line] ?? 0;
    const isRecord = isFolded && readText.language === 'ndjson' && depths[line] === 0;
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
  },
);
