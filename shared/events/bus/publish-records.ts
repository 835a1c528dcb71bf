/**
 * Publishes the events of stream records, in the order of the records. A split event has one entry for each item, so a record
 * may have many entries. A record's outcome is the worst outcome of its entries.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import { isPermanentError, type Publish } from './event-bus.ts';
import { type BusEntry, type EntryMaker, inCalls } from './publication.ts';

/** A record whose event goes to the bus, in one entry or in many. */
export interface OutgoingRecord {
  kind: 'outgoing';
  record: DynamoDBRecord;
  pieces: readonly EntryMaker[];
}

/** The result for a record. `refused` is final. `stuck` means that the stream has to repeat the record. */
export type RecordOutcome = { kind: 'published' | 'held' | 'ignored' } | { kind: 'refused' | 'stuck'; code: string };

/** One entry of a record, and the bus's error code for it. The code is undefined once the bus has the entry. */
interface OutgoingEntry {
  outgoing: OutgoingRecord;
  piece: EntryMaker;
  entry: BusEntry;
  isLast: boolean;
  code?: string | undefined;
}

/** The most times that one batch sends an entry of a split event, if the bus can't take the entry. */
const maxTries = 3;

const outcomeOf = (code: string | undefined): RecordOutcome =>
  code === undefined ? { kind: 'published' } : { kind: isPermanentError(code) ? 'refused' : 'stuck', code };

export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/**
 * Makes one call and notes the bus's code for each entry. If the call itself fails, nobody knows which entries arrived.
 */
async function putEntries(entries: OutgoingEntry[], publish: Publish): Promise<void> {
  const busEntries = entries.map(({ entry }) => entry);
  const codes = await publish(busEntries).catch((error) => busEntries.map(() => `call failed: ${errorName(error)}`));
  for (const [at, entry] of entries.entries()) entry.code = codes[at];
}

/**
 * Sends entries as Base64, which the bus never calls malformed. The bus may call JSON malformed although we can parse
 * it, for example because the JSON is too deep.
 */
async function sendAsBase64(entries: OutgoingEntry[], publish: Publish): Promise<void> {
  for (const entry of entries) entry.entry = entry.piece(false);
  for (const call of inCalls(entries)) await putEntries(call, publish);
}

/**
 * The stuck entries of split events. Stuck entries are sent again at once, because the stream would repeat all entries
 * of the event.
 */
const retryable = (entries: OutgoingEntry[]): OutgoingEntry[] =>
  entries.filter(({ outgoing, code }) => outgoing.pieces.length > 1 && outcomeOf(code).kind === 'stuck');

async function sendWithRetries(call: OutgoingEntry[], publish: Publish): Promise<void> {
  let rest = call;
  for (let tries = 0; tries < maxTries && rest.length > 0; tries += 1) {
    await putEntries(rest, publish);
    const malformed = rest.filter(({ code }) => code === 'MalformedDetail');
    await sendAsBase64(malformed, publish);
    rest = retryable(rest);
  }
}

/**
 * Makes the entries in order, each only when the caller asks for it. Stops before a split event if too little time is left for
 * that event.
 */
function* entriesOf(records: OutgoingRecord[], hasTime: () => boolean): Generator<OutgoingEntry> {
  for (const [number, outgoing] of records.entries()) {
    const { pieces } = outgoing;
    // The first record is sent even if little time is left. Otherwise a short timeout would stop the stream for ever.
    if (number > 0 && pieces.length > 1 && !hasTime()) return;
    for (const [at, piece] of pieces.entries()) {
      yield { outgoing, piece, entry: piece(), isLast: at === pieces.length - 1 };
    }
  }
}

const fromBestToWorst = ['published', 'refused', 'stuck'];

const worseOf = (one: RecordOutcome, other: RecordOutcome): RecordOutcome =>
  fromBestToWorst.indexOf(other.kind) > fromBestToWorst.indexOf(one.kind) ? other : one;

/**
 * Sends one call after the other. Stops after a call with a stuck entry, because later events must not overtake it.
 * @returns the outcome of each record whose entries were all sent
 */
export async function publishRecords(
  records: OutgoingRecord[],
  hasTime: () => boolean,
  publish: Publish,
): Promise<Map<OutgoingRecord, RecordOutcome>> {
  const [worst, outcomes] = [new Map<OutgoingRecord, RecordOutcome>(), new Map<OutgoingRecord, RecordOutcome>()];
  for (const call of inCalls(entriesOf(records, hasTime))) {
    await sendWithRetries(call, publish);
    for (const { outgoing, code, isLast } of call) {
      const outcome = worseOf(worst.get(outgoing) ?? { kind: 'published' }, outcomeOf(code));
      worst.set(outgoing, outcome);
      if (isLast || outcome.kind === 'stuck') outcomes.set(outgoing, outcome);
    }
    if (call.some(({ outgoing }) => outcomes.get(outgoing)?.kind === 'stuck')) break;
  }
  return outcomes;
}
