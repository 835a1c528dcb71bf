/** A page of a connection's events: read from all shards of the index, and merged. */
import type { EventRow } from './event.ts';

/** A page that is asked for. `after` is the sort key of the last row that was read, or what `readUpTo` says. */
export interface EventPageRequest {
  order: 'asc' | 'desc';
  limit: number;
  after: string | undefined;
  /** Inclusive bounds on the time of arrival, in the form of `Date.toISOString`. */
  from: string | undefined;
  to: string | undefined;
  /** Only events of exactly this type. */
  type: string | undefined;
  /** What has expired by then is not shown; DynamoDB removes it days later. */
  now: Date;
}

export interface EventPage {
  events: EventRow[];
  /** What the next page begins after, if there may be more. */
  next: string | undefined;
}

/** Rows of a shard that are asked for: the least and the greatest sort key, both inclusive. */
export interface SortKeyRange {
  order: 'asc' | 'desc';
  least: string;
  greatest: string;
}

/** How long after its time of arrival an event is sure to be listed, in ms. */
export const settlingMs = 5_000;

/** The instant up to which a list is complete: what arrived later may still be on its way into it. */
export function settledUpTo(to: string | undefined, now: Date): string {
  const settled = new Date(now.getTime() - settlingMs).toISOString();
  return to !== undefined && to < settled ? to : settled;
}

/**
 * What an ascending reader goes on after, once it has read all that there is up to this instant. Later events are then read
 * once each, also those of the same page's range that were not settled yet.
 */
export const readUpTo = ({ after = '', from = '' }: Pick<EventPageRequest, 'after' | 'from'>, upTo: string): string =>
  // `~` is above everything that follows an instant in a sort key.
  [after, from, `${upTo}~`].reduce((one, other) => (one > other ? one : other));

interface Row {
  at: string;
  event: EventRow;
}

/** The first rows of a shard in a range. */
export interface ShardRows {
  rows: Row[];
  /** Whether the range has no more of them. */
  isLast: boolean;
}

/** The greatest text of a row's form that is less than this row's: rows have equal lengths, and `~` is above their letters. */
const justBelow = (key: string): string =>
  `${key.slice(0, -1)}${String.fromCharCode(key.charCodeAt(key.length - 1) - 1)}~`;

function rangeOf({ order, from = '0', to }: EventPageRequest, after: string | undefined): SortKeyRange {
  const next = `${after} `;
  return {
    order,
    least: order === 'asc' && after !== undefined && next > from ? next : from,
    greatest: order === 'desc' && after !== undefined ? justBelow(after) : `${to ?? '9'}~`,
  };
}

/**
 * The rows of all shards in one order, as far as they are known: what lies beyond the last row of a shard that has more of
 * them may not be the next one.
 */
function merged(shards: ShardRows[], order: EventPageRequest['order']): ShardRows {
  const sign = order === 'asc' ? 1 : -1;
  const compare = (one: Row, other: Row) => (one.at < other.at ? -sign : sign);
  const [end] = shards.flatMap(({ rows, isLast }) => (isLast ? [] : rows.slice(-1))).sort(compare);
  const rows = shards.flatMap((shard) => shard.rows).sort(compare);
  return { rows: end ? rows.slice(0, rows.indexOf(end) + 1) : rows, isLast: end === undefined };
}

/** How often the shards are read for one page at most, and how many rows of all together when the first reading was not enough. */
const maxRounds = 8;
const laterRows = 2_000;

/**
 * Reads the shards until the page is full. Rows that have expired or are of another type are passed over, and where there
 * are many of them, the page is given up after 8 readings (some 14,000 rows): it is then short, or empty, with `next`.
 * Where there are none, one reading is enough, however many events there are.
 */
export async function readEventPage(
  page: EventPageRequest,
  shards: number,
  readShard: (shard: number, range: SortKeyRange, limit: number) => Promise<ShardRows>,
): Promise<EventPage> {
  const readShards = (range: SortKeyRange, limit: number) =>
    Promise.all(Array.from({ length: shards }, (_, shard) => readShard(shard, range, limit)));
  // One row more than the page tells whether it is the last one.
  const atFirst = page.limit + 1;
  const later = Math.max(atFirst, Math.ceil(laterRows / shards));
  const isShown = ({ event }: Row) =>
    event.expiresAt * 1000 > page.now.getTime() && (page.type === undefined || event.type === page.type);
  const shown: Row[] = [];
  let after = page.after;
  let isLast = false;
  for (let round = 0; round < maxRounds && shown.length < page.limit && !isLast; round += 1) {
    const known = merged(await readShards(rangeOf(page, after), round === 0 ? atFirst : later), page.order);
    shown.push(...known.rows.filter(isShown));
    after = known.rows.at(-1)?.at;
    isLast = known.isLast;
  }
  const events = shown.slice(0, page.limit);
  if (shown.length > page.limit) after = events.at(-1)?.at;
  else if (isLast) after = undefined;
  return { events: events.map(({ event }) => event), next: after };
}
