/** Which rows of a long list are in view. Only these are elements of the page. */

export const rowHeight = 20;

/** The greatest height of the list in pixels. Browsers cut what is higher than some millions, each at another height. */
export const mostHeight = 8_000_000;

/** So many rows before and after those in view are there too, so that scrolling shows no gap. */
const spare = 10;

export interface RowWindow {
  /** The first row, and the one after the last. */
  first: number;
  last: number;
  /** Where the first row is, and how high the list is, in pixels. */
  top: number;
  height: number;
}

/** How many pixels of rows one pixel of the scrollbar stands for. */
function scaleOf(rows: number, viewHeight: number): number {
  const whole = rows * rowHeight;
  return whole <= mostHeight ? 1 : (whole - viewHeight) / (mostHeight - viewHeight);
}

export function rowWindow(rows: number, scrollTop: number, viewHeight: number): RowWindow {
  const top = scrollTop * scaleOf(rows, viewHeight);
  const first = Math.max(0, Math.min(rows, Math.floor(top / rowHeight)) - spare);
  return {
    first,
    last: Math.min(rows, Math.ceil((top + viewHeight) / rowHeight) + spare),
    top: scrollTop + first * rowHeight - top,
    height: Math.min(rows * rowHeight, mostHeight),
  };
}

/** Where to scroll so that a row is in view: nowhere if it is already. */
export function scrollTo(row: number, rows: number, scrollTop: number, viewHeight: number): number {
  const scale = scaleOf(rows, viewHeight);
  const top = scrollTop * scale;
  const least = (row + 1) * rowHeight - viewHeight;
  if (top >= least && top <= row * rowHeight) return scrollTop;
  // In the middle, so that what is around it can be read.
  const middle = row * rowHeight - (viewHeight - rowHeight) / 2;
  return Math.max(0, Math.min(middle, rows * rowHeight - viewHeight)) / scale;
}
