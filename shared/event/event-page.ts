/** Reads a page of a connection's events from all shards of the index, and merges them. */
import type { EventRow } from './event.ts';
import { ingestTimeoutSeconds } from './ingest-timeout.ts';
import { typeFilter } from './type-filter.ts';

/** The page to read. `after` is the sort key of the last row that was read, or a result of `readUpTo`. */
export interface EventPageRequest {
  order: 'asc' | 'desc';
  limit: number;
  after: string | undefined;
  /** Inclusive bounds on the time of arrival, in the form of `Date.toISOString`. */
  from: string | undefined;
  to: string | undefined;
  /** Only events of this type: see `type-filter.ts`. */
  type: string | undefined;
  /** Events that have expired by this time are left out. DynamoDB deletes them only days later. */
  now: Date;
}

export interface EventPage {
  events: EventRow[];
  /** The next page begins after this sort key. Undefined if there are no more events. */
  next: string | undefined;
}

/** The range of rows to read from a shard. Both sort keys are inclusive. */
export interface SortKeyRange {
  order: 'asc' | 'desc';
  least: string;
  greatest: string;
}

/**
 * The longest time from an event's arrival until it is in the list, in ms. `ingest` may use its whole timeout to store the
 * event. The rest is for the clocks of two functions, which may differ, and for the index, which follows the table.
 */
export const settlingMs = ingestTimeoutSeconds * 1000 + 5_000;

/** The time up to which a list is complete. Later events may not be in it yet. */
export function settledUpTo(to: string | undefined, now: Date): string {
  const settled = new Date(now.getTime() - settlingMs).toISOString();
  return to !== undefined && to < settled ? to : settled;
}

/**
 * The position at which an ascending reader continues after it has read everything up to this time. From this position,
 * the reader reads each later event once. Later events include events in the range of the last page that were not
 * listed yet.
 */
export const readUpTo = ({ after = '', from = '' }: Pick<EventPageRequest, 'after' | 'from'>, upTo: string): string =>
  // `~` sorts after everything that follows a time in a sort key.
  [after, from, `${upTo}~`].reduce((one, other) => (one > other ? one : other));

interface ShardRow {
  at: string;
  event: EventRow;
}

/** The first rows of a shard in a range. */
export interface ShardRows {
  rows: ShardRow[];
  /** Whether the range has no more rows. */
  isLast: boolean;
}

/** The greatest sort key below this sort key. All keys have the same length, and `~` sorts after their letters. */
const justBelow = (key: string): string =>
  `${key.slice(0, -1)}${String.fromCharCode(key.charCodeAt(key.length - 1) - 1)}~`;

function sortKeyRangeOf({ order, from = '0', to }: EventPageRequest, after: string | undefined): SortKeyRange {
  const next = `${after} `;
  return {
    order,
    least: order === 'asc' && after !== undefined && next > from ? next : from,
    greatest: order === 'desc' && after !== undefined ? justBelow(after) : `${to ?? '9'}~`,
  };
}

/**
 * Merges the rows of all shards in order. A shard's unread rows come after the last row that was read from it. So the merge
 * stops at the first of these last rows: after it, an unread row could come next.
 */
function merged(shards: ShardRows[], order: EventPageRequest['order']): ShardRows {
  const sign = order === 'asc' ? 1 : -1;
  const compare = (one: ShardRow, other: ShardRow) => (one.at < other.at ? -sign : sign);
  const [end] = shards.flatMap(({ rows, isLast }) => (isLast ? [] : rows.slice(-1))).sort(compare);
  const rows = shards.flatMap((shard) => shard.rows).sort(compare);
  return { rows: end ? rows.slice(0, rows.indexOf(end) + 1) : rows, isLast: end === undefined };
}

/**
 * The most rounds in which one page reads the shards. Each round after the first reads this many rows from all shards
 * together.
 */
const maxRounds = 8;
const laterRoundRows = 2_000;

/**
 * Reads the shards until the page is full. Leaves out rows that have expired or have another type. If there are many
 * such rows, it stops after 8 rounds (about 14,000 rows), and the page is short or empty but has `next`. Without such
 * rows, one round is enough for any number of events.
 */
export async function readEventPage(
  page: EventPageRequest,
  shards: number,
  readShard: (shard: number, range: SortKeyRange, limit: number) => Promise<ShardRows>,
): Promise<EventPage> {
  const readShards = (range: SortKeyRange, limit: number) =>
    Promise.all(Array.from({ length: shards }, (_, shard) => readShard(shard, range, limit)));
  // One row more than the page shows whether there is another page.
  const firstLimit = page.limit + 1;
  const laterLimit = Math.max(firstLimit, Math.ceil(laterRoundRows / shards));
  const isOfType = typeFilter(page.type);
  const isShown = ({ event }: ShardRow) => event.expiresAt * 1000 > page.now.getTime() && isOfType(event);
  const shown: ShardRow[] = [];
  let after = page.after;
  let isLast = false;
  for (let round = 0; round < maxRounds && shown.length < page.limit && !isLast; round += 1) {
    const known = merged(
      await readShards(sortKeyRangeOf(page, after), round === 0 ? firstLimit : laterLimit),
      page.order,
    );
    shown.push(...known.rows.filter(isShown));
    after = known.rows.at(-1)?.at;
    isLast = known.isLast;
  }
  const events = shown.slice(0, page.limit);
  if (shown.length > page.limit) after = events.at(-1)?.at;
  else if (isLast) after = undefined;
  return { events: events.map(({ event }) => event), next: after };
}
