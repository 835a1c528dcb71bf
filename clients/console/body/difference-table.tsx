/** Compares a text with the body of an event, and shows what differs. */
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { bytesOf, exactTextOf } from '../events/body-bytes.ts';
import type { EventAnswer } from '../events/event-reads.ts';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { bodyText } from './body-text.ts';
import { workOn } from './body-work.ts';
import type { Comparison, JsonDifference } from './json-difference.ts';
import { madeVisible } from './visible-text.ts';

const words = bodyText.difference;

/** The body of an event, if it is text that the operator may read. */
export const exactBodyOf = (event: Pick<EventAnswer, 'body' | 'bodyBase64'>): string | undefined => {
  const bytes = bytesOf(event);
  return bytes && exactTextOf(bytes);
};

/** What differs in a text from the body of an event. Undefined if they can't be compared. */
export async function compareWith(event: EventAnswer, text: string): Promise<Comparison | undefined> {
  const before = exactBodyOf(event);
  if (before === undefined) return undefined;
  const work = workOn(text);
  try {
    return await work.compare(before);
  } finally {
    work.end();
  }
}

const code = (json: string | undefined) =>
  json === undefined ? undefined : <Box variant="code">{madeVisible(json)}</Box>;

const columnsOf = (before: string, after: string): TableProps.ColumnDefinition<JsonDifference>[] => [
  {
    id: 'path',
    header: words.path,
    isRowHeader: true,
    minWidth: 140,
    cell: ({ path }) => <Box variant="code">{path === '' ? words.whole : madeVisible(path)}</Box>,
  },
  { id: 'kind', header: words.kind, minWidth: 90, cell: ({ kind }) => words.kinds[kind] },
  { id: 'before', header: before, minWidth: 140, cell: (each) => code(each.before) },
  { id: 'after', header: after, minWidth: 140, cell: (each) => code(each.after) },
];

interface DifferenceTableProps {
  comparison: Comparison;
  /** What the two columns of values are called. */
  before: string;
  after: string;
}

export const DifferenceTable = ({ comparison: { differences, more }, before, after }: DifferenceTableProps) => (
  <SpaceBetween size="xs">
    <FittingTable<JsonDifference>
      narrow={narrowWindow.short}
      items={differences}
      columnDefinitions={columnsOf(before, after)}
      variant="embedded"
      contentDensity="compact"
      ariaLabels={{ tableLabel: words.title }}
    />
    {more > 0 && <Box>{words.more(more)}</Box>}
  </SpaceBetween>
);
