/** A table that fits into its window: in a narrow one, a row has its columns one below the other, and nobody has to look to the side. */
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo, useSyncExternalStore } from 'react';

/**
 * The widest window in which the columns don't fit beside each other, in pixels: of a table with a few short ones, with long ones, and with
 * more than anybody needs at once. A window of 1,024 pixels is that of many tablets, and of a browser beside something else.
 */
export const narrowWindow = { short: 800, long: 1_000, many: 1_199 } as const;

/** Whether the window is at most so many pixels wide. */
export function useIsNarrow(width: number): boolean {
  const query = useMemo(() => window.matchMedia(`(max-width: ${width}px)`), [width]);
  return useSyncExternalStore(
    (notify) => {
      query.addEventListener('change', notify);
      return () => query.removeEventListener('change', notify);
    },
    () => query.matches,
  );
}

/** One column for all: the first as it is, and each other with its header above it. What a row does not have takes no place. */
function stacked<Item>([first, ...others]: readonly TableProps.ColumnDefinition<Item>[]) {
  return {
    ...first,
    id: 'stacked',
    isRowHeader: false,
    cell: (item: Item) => (
      <SpaceBetween size="xs">
        <Box fontWeight="bold">{first?.cell(item)}</Box>
        {others.flatMap((column) => {
          const content = column.cell(item);
          return content === undefined || content === ''
            ? []
            : [
                <div key={column.id}>
                  <Box variant="awsui-key-label">{column.header}</Box>
                  {content}
                </div>,
              ];
        })}
      </SpaceBetween>
    ),
  } as TableProps.ColumnDefinition<Item>;
}

interface FittingTableProps<Item> extends TableProps<Item> {
  columnDefinitions: readonly TableProps.ColumnDefinition<Item>[];
  /** The widest window in which the columns don't fit beside each other. */
  narrow: number;
}

export function FittingTable<Item>({ narrow, columnDefinitions, ...props }: FittingTableProps<Item>) {
  const isNarrow = useIsNarrow(narrow);
  return (
    <Table<Item> wrapLines {...props} columnDefinitions={isNarrow ? [stacked(columnDefinitions)] : columnDefinitions} />
  );
}
