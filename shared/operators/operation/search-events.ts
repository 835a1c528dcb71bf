/**
 * Searches the events of a connection, the newest first. A page looks at no more events, reads no more bytes, and takes no more time
 * than its limits say. It has every event that it found, and says how far it looked.
 */
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import { type RefusedInTime, refusedInTime, wantedIdsOf } from '../../events/arrival/refused-in-time.ts';
import type { RejectionReader } from '../../events/arrival/rejection-reader.ts';
import { type BodyStore, maxInlineBytes } from '../../events/event/body-place.ts';
import { bodyHoldsToken, type EventRow, positionOf, type StoredEvent } from '../../events/event/event.ts';
import { settledUpTo } from '../../events/event/event-page.ts';
import type { EventTable } from '../../events/event/event-table.ts';
import { type FoundPlace, foundPlacesOf } from '../../events/search/found-place.ts';
import { type Known, type Search, searchOf } from '../../events/search/search.ts';
import { type SearchRequest, searchLimits } from '../../events/search/search-request.ts';
import type { SearchSkip, SkippedCounts } from '../../events/search/skip-reason.ts';
import type { Operation } from './operation.ts';
import { type PublicationPorts, publicationReader } from './publication-now.ts';
import { type Named, requireConnection } from './update-connection.ts';

export interface SearchPorts extends PublicationPorts {
  store: Pick<StateTable, 'readConnection'>;
  events: Pick<EventTable, 'list' | 'read'>;
  readBody: BodyStore['read'];
  rejections: Pick<RejectionReader, 'lookThrough'>;
  /** A clock for durations: milliseconds since some fixed moment. */
  clock(): number;
}

interface SearchInput extends Named, Omit<SearchRequest, 'cursor'> {
  /** The position after which the page begins. */
  after?: string | undefined;
  /** Whether the operator may not see a body that holds a token. */
  withholdsTokens: boolean;
}

/** An event that was found, and where the text stands, if one was looked for. */
export type FoundRow = EventRow & { places?: FoundPlace[] };

export interface SearchPage {
  connection: Connection;
  found: FoundRow[];
  /** The events that it looked at, with those that it skipped. */
  examined: number;
  skipped: SkippedCounts;
  /** The list of events is complete up to this time. */
  upTo: string;
  /** The time of arrival of the oldest event that it looked at. */
  backTo?: string;
  /** What was refused in this time. Only on the first page. */
  refused?: RefusedInTime;
  /** The next page begins after this position. Undefined if there are no more events in the range. */
  next: string | undefined;
}

/** How many rows are read at once. They are small: one read of the index has about 5,000 of them. */
const rowsAtOnce = 50;

/** How many items are read at the same time. */
const itemsAtOnce = 10;

const limitsOf = ({ limits: { events, bytes, seconds } = {} }: Pick<SearchInput, 'limits'>) => ({
  events: events ?? searchLimits.events,
  bytes: bytes ?? searchLimits.bytes,
  seconds: seconds ?? searchLimits.seconds,
});

type Outcome = { match: FoundPlace[] | undefined } | 'no match' | { skipped: SearchSkip };

/** What a page has found, and what is left of its limits. */
interface Page {
  found: FoundRow[];
  examined: number;
  skipped: SkippedCounts;
  last?: EventRow;
  bytesLeft: number;
}

function note(page: Page, row: EventRow, outcome: Outcome): void {
  page.examined += 1;
  page.last = row;
  if (outcome === 'no match') return;
  if ('skipped' in outcome) page.skipped[outcome.skipped] = (page.skipped[outcome.skipped] ?? 0) + 1;
  else page.found.push({ ...row, ...(outcome.match && { places: outcome.match }) });
}

/** A row, and what it decides, or its item that is being read. DynamoDB may have deleted the item since. */
interface Begun {
  row: EventRow;
  result: Outcome | Promise<StoredEvent | undefined>;
}

/** Looks at one event after another, and reads of each no more than decides about it. */
class Examiner {
  readonly #search: Search;
  readonly #input: SearchInput;
  readonly #ports: SearchPorts;
  readonly #publication: ReturnType<typeof publicationReader>;

  constructor(input: SearchInput, connection: Connection, now: Date, ports: SearchPorts) {
    this.#search = searchOf(input);
    this.#input = input;
    this.#ports = ports;
    this.#publication = publicationReader(connection, now, ports);
  }

  /** @returns false if the page ends before the last of these rows, because there is no room for it */
  async examineAll(rows: readonly EventRow[], page: Page): Promise<boolean> {
    const begun: Begun[] = [];
    for (const row of rows) {
      const result = this.#begin(row, page);
      if (result === 'no room') break;
      begun.push({ row, result });
    }
    const read = await Promise.all(begun.map(async ({ row, result }) => ({ row, known: await result })));
    for (const { row, known } of read) {
      const isEvent = typeof known === 'object' && 'id' in known;
      note(page, row, isEvent ? await this.#examine(row, known) : (known ?? 'no match'));
    }
    return begun.length === rows.length;
  }

  #begin(row: EventRow, page: Page): Begun['result'] | 'no room' {
    const byRow = this.#decided({ stage: 'row', row });
    if (byRow) return byRow;
    const bytes = this.#mostBytesOf(row);
    // What does not fit into an empty page fits into none.
    if (bytes > limitsOf(this.#input).bytes) return { skipped: 'large' };
    if (bytes > page.bytesLeft) return 'no room';
    page.bytesLeft -= bytes;
    return this.#ports.events.read(row.id);
  }

  /** The most that is read of an event: its item, and its body, which is in the item packed or in the bucket. */
  #mostBytesOf({ units, size }: EventRow): number {
    const readsBucket = this.#input.large && this.#search.needs('body');
    return units * 1024 + (size <= maxInlineBytes || readsBucket ? size : 0);
  }

  async #examine(row: EventRow, event: StoredEvent): Promise<Outcome> {
    const byItem = this.#decided({ stage: 'item', row, event });
    if (byItem) return byItem;
    const read = await this.#bodyOf(event);
    if ('skipped' in read) return read;
    const { body } = read;
    const byBody = this.#decided({ stage: 'body', row, event, body });
    if (byBody) return byBody;
    const { publication } = await this.#publication(event);
    return this.#decided({ stage: 'publication', row, event, body, publication }) ?? 'no match';
  }

  /** What is decided by what is known of an event. Undefined if more has to be read. */
  #decided(known: Known): Outcome | undefined {
    const verdict = this.#search.verdict(known);
    if (verdict === 'open') return undefined;
    if (verdict === 'over budget') return { skipped: 'overBudget' };
    const { contains } = this.#input;
    return verdict === 'match'
      ? { match: contains === undefined ? undefined : foundPlacesOf(contains, known) }
      : verdict;
  }

  /** The body of an event, or why it decides nothing. */
  async #bodyOf(event: StoredEvent): Promise<{ body: Buffer } | { skipped: SearchSkip }> {
    const { withholdsTokens, large } = this.#input;
    if (!this.#search.needs('body')) return { body: Buffer.alloc(0) };
    if (withholdsTokens && bodyHoldsToken(event)) return { skipped: 'withheld' };
    if (event.bodyKey === undefined) return { body: event.body };
    if (!large) return { skipped: 'large' };
    const body = await this.#ports.readBody(event.bodyKey);
    return body ? { body } : { skipped: 'gone' };
  }
}

export const searchEvents: Operation<SearchInput, SearchPorts, SearchPage> = async (input, { now }, ports) => {
  const connection = await requireConnection(input.name, ports);
  const limits = limitsOf(input);
  const ends = ports.clock() + limits.seconds * 1000;
  const examiner = new Examiner(input, connection, now, ports);
  const page: Page = { found: [], examined: 0, skipped: {}, bytesLeft: limits.bytes };
  const [from, to] = [input.from, input.to].map((time) => (time === undefined ? undefined : new Date(time)));
  const ofEvents = { order: 'desc', from: from?.toISOString(), to: to?.toISOString(), type: undefined, now } as const;

  /** Where the next page begins. */
  async function read(): Promise<string | undefined> {
    let { after } = input;
    do {
      const limit = Math.min(rowsAtOnce, limits.events - page.examined);
      const { events: rows, next } = await ports.events.list(connection.id, { ...ofEvents, limit, after });
      for (let at = 0; at < rows.length; at += itemsAtOnce) {
        const isWhole =
          (page.examined === 0 || ports.clock() < ends) &&
          (await examiner.examineAll(rows.slice(at, at + itemsAtOnce), page));
        if (!isWhole) return page.last ? positionOf(page.last) : after;
      }
      after = next;
    } while (after !== undefined && page.examined < limits.events && ports.clock() < ends);
    return after;
  }

  const [next, refused] = await Promise.all([
    read(),
    input.after === undefined
      ? refusedInTime(connection, wantedIdsOf(input), { from, to, now }, ports.rejections)
      : undefined,
  ]);
  const { found, examined, skipped, last } = page;
  return {
    ...{ connection, found, examined, skipped, upTo: settledUpTo(ofEvents.to, now), next },
    ...(last && { backTo: last.receivedAt }),
    ...(refused && { refused }),
  };
};
