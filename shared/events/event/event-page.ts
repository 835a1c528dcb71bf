/** Reads a page of a connection's events from all shards of the index, and merges them. */
import { type PartitionRows, readMergedPage } from '../../ground/aws/merged-page.ts';
import type { EventRow } from './event.ts';
import { settlingMs } from './ingest-timeout.ts';
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
export type ShardRows = PartitionRows<ShardRow>;

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

/** Reads the shards until the page is full. Leaves out rows that have expired or have another type. */
export async function readEventPage(
  page: EventPageRequest,
  shards: number,
  readShard: (shard: number, range: SortKeyRange, limit: number) => Promise<ShardRows>,
): Promise<EventPage> {
  const readShards = (after: string | undefined, limit: number) => {
    const range = sortKeyRangeOf(page, after);
    return Promise.all(Array.from({ length: shards }, (_, shard) => readShard(shard, range, limit)));
  };
  const isOfType = typeFilter(page.type);
  const isShown = ({ event }: ShardRow) => event.expiresAt * 1000 > page.now.getTime() && isOfType(event);
  const { rows, next } = await readMergedPage(page, shards, readShards, isShown);
  return { events: rows.map(({ event }) => event), next };
}
