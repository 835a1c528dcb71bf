/** A page of a list whose rows are spread over several partitions of an index, in one order. */

/** A row with the key that orders it. */
export interface SortedRow {
  at: string;
}

/** The first rows of a partition in a range. */
export interface PartitionRows<Row extends SortedRow> {
  rows: Row[];
  /** Whether the range has no more rows. */
  isLast: boolean;
}

export interface MergedPageRequest {
  order: 'asc' | 'desc';
  limit: number;
  /** The page begins after this key. */
  after: string | undefined;
}

/**
 * Merges the rows of all partitions in order. A partition's unread rows come after the last row that was read from it. So the merge
 * stops at the first of these last rows: after it, an unread row could come next.
 */
function merged<Row extends SortedRow>(
  partitions: readonly PartitionRows<Row>[],
  order: MergedPageRequest['order'],
): PartitionRows<Row> {
  const sign = order === 'asc' ? 1 : -1;
  const compare = (one: Row, other: Row) => (one.at < other.at ? -sign : sign);
  const [end] = partitions.flatMap(({ rows, isLast }) => (isLast ? [] : rows.slice(-1))).sort(compare);
  const rows = partitions.flatMap((partition) => partition.rows).sort(compare);
  return { rows: end ? rows.slice(0, rows.indexOf(end) + 1) : rows, isLast: end === undefined };
}

/**
 * The most rounds in which one page reads the partitions. Each round after the first reads this many rows from all partitions
 * together.
 */
const maxRounds = 8;
const laterRoundRows = 2_000;

/**
 * Reads the partitions until the page is full. Leaves out rows that are not shown. If there are many
 * such rows, it stops after 8 rounds (about 14,000 rows), and the page is short or empty but has `next`. Without such
 * rows, one round is enough for any number of rows.
 * @param partitions how many there are
 * @param readAll reads the first rows of each, after a key
 */
export async function readMergedPage<Row extends SortedRow>(
  { order, limit, after: start }: MergedPageRequest,
  partitions: number,
  readAll: (after: string | undefined, limit: number) => Promise<PartitionRows<Row>[]>,
  isShown: (row: Row) => boolean,
): Promise<{ rows: Row[]; next: string | undefined }> {
  // One row more than the page shows whether there is another page.
  const firstLimit = limit + 1;
  const laterLimit = Math.max(firstLimit, Math.ceil(laterRoundRows / partitions));
  const shown: Row[] = [];
  let after = start;
  let isLast = false;
  for (let round = 0; round < maxRounds && shown.length < limit && !isLast; round += 1) {
    const known = merged(await readAll(after, round === 0 ? firstLimit : laterLimit), order);
    shown.push(...known.rows.filter(isShown));
    after = known.rows.at(-1)?.at;
    isLast = known.isLast;
  }
  const rows = shown.slice(0, limit);
  if (shown.length > limit) after = rows.at(-1)?.at;
  else if (isLast) after = undefined;
  return { rows, next: after };
}
