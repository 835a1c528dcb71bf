/** A history with two kinds of lines: the changes of a record, in the order of their versions, and what else was done, in the order of time. */

/** A line with its sort key. */
export interface KeyedLine<Line> {
  key: string;
  line: Line;
}

/** Reads lines, the newest first, from a sort key on. */
export type ReadLines<Line> = (greatest: string, items: number) => Promise<KeyedLine<Line>[]>;

/** A page of a history, the newest first. `from` is the `next` of the page before. */
export interface HistoryPageRequest {
  limit: number;
  from: string | undefined;
}

export interface HistoryPage<Line> {
  lines: Line[];
  next: string | undefined;
}

/** Greater than every sort key of both kinds. */
export const newest = '~';

/** Whether a text can be the position in a cursor of this list: the first keys that were not shown. One of them may be missing. */
export const isHistoryPosition = (text: string): boolean =>
  text !== '|' && /^(\d{9})?\|(\d{4}-\d\d-\d\dT[\d:.]+Z#(evt|run|rdl)_[0-9a-z-]+#\d+)?$/.test(text);

type Timed = { at: string };

/** Merges two lists, each the newest first. Neither is sorted again: the clocks of two functions may differ. */
function merged<Line extends Timed>(
  changes: readonly KeyedLine<Line>[],
  actions: readonly KeyedLine<Line>[],
): KeyedLine<Line>[] {
  const left = [...actions];
  const lines = changes.flatMap((change) => {
    const later = left.findIndex(({ line }) => line.at <= change.line.at);
    return [...left.splice(0, later < 0 ? left.length : later), change];
  });
  return [...lines, ...left];
}

export async function mergedHistoryPage<Change extends Timed, Action extends Timed>(
  { limit, from = `${newest}|${newest}` }: HistoryPageRequest,
  readChanges: ReadLines<Change>,
  readActions: ReadLines<Action>,
): Promise<HistoryPage<Change | Action>> {
  const [version, action] = from.split('|') as [string, string];
  const [changes, actions] = await Promise.all([readChanges(version, limit + 1), readActions(action, limit + 1)]);
  const all = merged<Change | Action>(changes, actions);
  const rest = all.slice(limit);
  const firstOf = (kind: readonly KeyedLine<Change | Action>[]) => rest.find((each) => kind.includes(each))?.key ?? '';
  const next = rest.length > 0 ? `${firstOf(changes)}|${firstOf(actions)}` : undefined;
  return { lines: all.slice(0, limit).map(({ line }) => line), next };
}
