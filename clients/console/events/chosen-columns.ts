/** Which columns a list of events has: as the operator chose in this browser. */
import { useState } from 'react';

const key = 'hooklatch-event-columns';

/** All columns but the first, which leads to the event. */
export const columnIds = ['time', 'type', 'outcome', 'deliveryId', 'method', 'contentType', 'size'] as const;
export type ColumnId = (typeof columnIds)[number];

const usual: readonly ColumnId[] = ['time', 'type', 'outcome', 'size'];

/** What the browser has stored, which anybody can write. Undefined if it is no list of columns. */
export function columnsIn(stored: string | null): readonly ColumnId[] | undefined {
  try {
    const names: unknown = JSON.parse(stored ?? '');
    return Array.isArray(names) ? columnIds.filter((id) => names.includes(id)) : undefined;
  } catch {
    return undefined;
  }
}

export function useChosenColumns(): [readonly ColumnId[], (next: readonly string[]) => void] {
  const [chosen, setChosen] = useState(() => columnsIn(localStorage.getItem(key)) ?? usual);
  return [
    chosen,
    (next) => {
      const known = columnIds.filter((id) => next.includes(id));
      localStorage.setItem(key, JSON.stringify(known));
      setChosen(known);
    },
  ];
}
