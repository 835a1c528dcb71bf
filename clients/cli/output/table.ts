/** Tables and lists of fields for people. */
import { styleText } from 'node:util';
import { printable } from '../../../shared/ground/base/printable.ts';

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

/** A text with its colour. */
export interface Painted {
  text: string;
  style: Style;
}

export type Cell = string | Painted;

export const painted = (style: Style, text: string): Painted => ({ text, style });

function rendered(cell: Cell, width: number, isColoured: boolean): string {
  const text = printable(typeof cell === 'string' ? cell : cell.text).padEnd(width);
  return typeof cell === 'string' || !isColoured ? text : styleText(cell.style, text, { validateStream: false });
}

const widthOf = (cell: Cell | undefined): number =>
  cell === undefined ? 0 : printable(typeof cell === 'string' ? cell : cell.text).length;

/** Lines with aligned columns. The last column has no spaces after it. */
export function columns(rows: readonly (readonly Cell[])[], isColoured: boolean): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => widthOf(row[at]))));
  return rows.map((row) =>
    row
      .map((cell, at) => rendered(cell, at === row.length - 1 ? 0 : (widths[at] ?? 0), isColoured))
      .join('  ')
      .trimEnd(),
  );
}

/** A table with headings, or one line if there are no rows. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[], isColoured: boolean): string[] {
  if (rows.length === 0) return ['none'];
  return columns([headings.map((heading) => painted('dim', heading)), ...rows], isColoured);
}

/** Fields with their names in front. A field without a value is left out. */
export function fields(
  pairs: readonly (readonly [name: string, value: Cell | undefined])[],
  isColoured: boolean,
): string[] {
  const rows = pairs.flatMap(([name, value]) => (value === undefined ? [] : [[painted('dim', name), value]]));
  return columns(rows, isColoured);
}
