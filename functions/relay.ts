/**
 * Wakes up for what the stream of the Events table tells, and carries stored events to the bus: at least once, and started
 * in the order of the stream. What can't be published now ends the batch, and the stream hands over again everything from
 * there on. What never can be goes to the failures bucket, so that it holds nothing else up.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { deadLetterOf, type StreamInvocation } from '../shared/aws/dead-letter.ts';
import { deadLetterKeeper, type KeepDeadLetter } from '../shared/aws/dead-letter-bucket.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { log } from '../shared/aws/logger.ts';
import { eventBridge, isPermanentError, type Publish, publisher } from '../shared/bus/event-bus.ts';
import { type BusEntry, type EntryMaker, entryMakersOf, inCalls, type Publication } from '../shared/bus/publication.ts';
import { eventKeyIn, type ProgressDeps, type SettledBatch, withProgressNotes } from '../shared/bus/relay-progress.ts';
import { relayTable } from '../shared/bus/relay-table.ts';
import { isUnderHold, type RecordMeaning, recordMeaningOf } from '../shared/bus/stream-record.ts';
import { type StateReader, stateReader } from '../shared/endpoint/state-table.ts';
import { type EventAttributes, eventFromItem } from '../shared/event/event-item.ts';
import { type SelfTestTable, selfTestTable } from '../shared/journal/self-test-table.ts';

export interface Deps extends ProgressDeps {
  readConnection: StateReader['readConnection'];
  publish: Publish;
  keep: KeepDeadLetter;
  bodiesBucket: string;
  noteTest: SelfTestTable['notePublished'];
}

/** What Lambda's context says of a run. */
interface RelayContext extends StreamInvocation {
  getRemainingTimeInMillis(): number;
}

/** A record whose event goes to the bus, in one entry or in many. */
interface Outgoing {
  record: DynamoDBRecord;
  pieces: readonly EntryMaker[];
}

/** One entry of an outgoing record on its way to the bus, and the bus's code for it: undefined once the bus has it. */
interface Letter {
  outgoing: Outgoing;
  piece: EntryMaker;
  entry: BusEntry;
  isLast: boolean;
  code?: string | undefined;
}

/**
 * Milliseconds that must be left of a run for one more split event to begin: it has up to 500 calls to make, and one that
 * is not done begins anew.
 */
const reserve = 120_000;

/** How often an entry of a split event is sent in one run, if the bus can't take it just then. */
const tries = 3;

/** What a record comes to. `refused` is for good, and `stuck` may be otherwise the next time. */
type RecordOutcome = { is: 'published' | 'held' | 'ignored' } | { is: 'refused' | 'stuck'; code: string };

const outcomeOf = (code: string | undefined): RecordOutcome =>
  code === undefined ? { is: 'published' } : { is: isPermanentError(code) ? 'refused' : 'stuck', code };

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** What a record means, with its entries. @throws on a record that can't be read, now or ever */
function read(record: DynamoDBRecord, bodiesBucket: string): { meaning: RecordMeaning; pieces?: EntryMaker[] } {
  const meaning = recordMeaningOf(record);
  return meaning.kind === 'nothing'
    ? { meaning }
    : { meaning, pieces: entryMakersOf(meaning.publication, bodiesBucket) };
}

/** Whether the event came under a hold that is in force, or that this can't be told now. */
async function held(
  { event }: Publication,
  readConnection: Deps['readConnection'],
): Promise<RecordOutcome | undefined> {
  try {
    return isUnderHold(event, await readConnection(event.connection)) ? { is: 'held' } : undefined;
  } catch (error) {
    return { is: 'stuck', code: nameOf(error) };
  }
}

/** Judges a record before anything is sent: it goes to the bus, or what it comes to without. */
async function planRecord(
  record: DynamoDBRecord,
  { readConnection, bodiesBucket }: Pick<Deps, 'readConnection' | 'bodiesBucket'>,
): Promise<Outgoing | RecordOutcome> {
  let known: ReturnType<typeof read>;
  try {
    known = read(record, bodiesBucket);
  } catch {
    return { is: 'refused', code: 'Unreadable' };
  }
  const { meaning, pieces } = known;
  if (meaning.kind === 'nothing' || pieces === undefined) return { is: 'ignored' };
  const why = meaning.kind === 'publishUnlessHeld' ? await held(meaning.publication, readConnection) : undefined;
  return why ?? { record, pieces };
}

/** Notes the bus's code for each entry. A call that fails as a whole says nothing about any one of them. */
async function handOver(letters: Letter[], { publish }: Deps): Promise<void> {
  const entries = letters.map(({ entry }) => entry);
  const codes = await publish(entries).catch((error) => entries.map(() => `call failed: ${nameOf(error)}`));
  for (const [at, letter] of letters.entries()) letter.code = codes[at];
}

/** What of a split event may pass yet: sent again at once, because else all of the event would be, and its calls are many. */
const repeatable = (letters: Letter[]): Letter[] =>
  letters.filter(({ outgoing, code }) => outgoing.pieces.length > 1 && outcomeOf(code).is === 'stuck');

/** What is JSON to us may be malformed to the bus, by its depth for one: its bytes can be sent all the same. */
async function sendEncoded(letters: Letter[], deps: Deps): Promise<void> {
  for (const letter of letters) letter.entry = letter.piece(false);
  for (const call of inCalls(letters)) await handOver(call, deps);
}

/** Makes one call, and those that have to follow it for its own entries. */
async function sendCall(call: Letter[], deps: Deps): Promise<void> {
  let rest = call;
  for (let time = 0; time < tries && rest.length > 0; time += 1) {
    await handOver(rest, deps);
    const malformed = rest.filter(({ code }) => code === 'MalformedDetail');
    await sendEncoded(malformed, deps);
    rest = repeatable(rest);
  }
}

/** The entries of all records, in order, each made when it is asked for. Ends before a split event that time is too short for. */
function* lettersOf(all: Outgoing[], hasTime: () => boolean): Generator<Letter> {
  for (const [number, outgoing] of all.entries()) {
    const { pieces } = outgoing;
    // The first one begins in any case, or a timeout that is too short would end in nothing at all.
    if (number > 0 && pieces.length > 1 && !hasTime()) return;
    for (const [at, piece] of pieces.entries()) {
      yield { outgoing, piece, entry: piece(), isLast: at === pieces.length - 1 };
    }
  }
}

const gravity = ['published', 'refused', 'stuck'];

const graver = (one: RecordOutcome, other: RecordOutcome): RecordOutcome =>
  gravity.indexOf(other.is) > gravity.indexOf(one.is) ? other : one;

/**
 * Sends in order, one call after the other, and none after one that has to be repeated. The verdict on a record is the
 * gravest on one of its entries; there is none while some of them are not sent.
 */
async function send(all: Outgoing[], hasTime: () => boolean, deps: Deps): Promise<Map<Outgoing, RecordOutcome>> {
  const [so, verdicts] = [new Map<Outgoing, RecordOutcome>(), new Map<Outgoing, RecordOutcome>()];
  for (const call of inCalls(lettersOf(all, hasTime))) {
    await sendCall(call, deps);
    for (const { outgoing, code, isLast } of call) {
      const verdict = graver(so.get(outgoing) ?? { is: 'published' }, outcomeOf(code));
      so.set(outgoing, verdict);
      if (isLast || verdict.is === 'stuck') verdicts.set(outgoing, verdict);
    }
    if (call.some(({ outgoing }) => verdicts.get(outgoing)?.is === 'stuck')) break;
  }
  return verdicts;
}

/** Reads a connection once for a batch: every record is older than that read, and a hold that is over stays over. */
function readingOnce(readConnection: Deps['readConnection']): Deps['readConnection'] {
  const reads = new Map<string, ReturnType<typeof readConnection>>();
  return (name) => {
    const reading = reads.get(name) ?? readConnection(name);
    reads.set(name, reading);
    return reading;
  };
}

/** Publishes what is to be published, up to the first record that can't be judged now. */
async function publishAll(records: DynamoDBRecord[], run: RelayContext, deps: Deps): Promise<RecordOutcome[]> {
  const readConnection = readingOnce(deps.readConnection);
  const judged = await Promise.all(records.map((record) => planRecord(record, { ...deps, readConnection })));
  const stuckAt = judged.findIndex((each) => 'is' in each && each.is === 'stuck');
  const settled = stuckAt < 0 ? judged : judged.slice(0, stuckAt);
  const outgoing = settled.filter((each) => 'pieces' in each);
  const sent = await send(outgoing, () => run.getRemainingTimeInMillis() > reserve, deps);
  return judged.map((each) => ('is' in each ? each : (sent.get(each) ?? { is: 'stuck', code: 'not sent' })));
}

/** Notes that a test's event has reached the bus, for the operator who waits for it. Nothing else waits for that note. */
async function noteTests(
  records: DynamoDBRecord[],
  verdicts: RecordOutcome[],
  { noteTest, now, log }: Deps,
): Promise<void> {
  for (const [at, { dynamodb }] of records.entries()) {
    const { test, id, connectionId } = dynamodb?.NewImage ?? {};
    if (!test?.BOOL || verdicts[at]?.is !== 'published') continue;
    await noteTest({ id: id?.S ?? '', connectionId: connectionId?.S ?? '' }, now()).catch((error) =>
      log({ warning: 'test_not_noted', fault: nameOf(error) }, 'warn'),
    );
  }
}

/** The connection's name in a record; a record that can't be read has none. */
function connectionIn({ dynamodb }: DynamoDBRecord): string | undefined {
  try {
    return eventFromItem((dynamodb?.NewImage ?? {}) as EventAttributes<string>).connection;
  } catch {
    return undefined;
  }
}

/** What a log line says of a record: never its body. */
const named = (record: DynamoDBRecord) => ({
  event: record.dynamodb?.Keys?.['id']?.S,
  connection: connectionIn(record),
});

/** Notes for operators that an event was given up. It is in the bucket all the same, should this fail. */
async function noteGivenUp(record: DynamoDBRecord, code: string, { relayLog, now, log }: Deps): Promise<void> {
  const event = eventKeyIn(record);
  if (!event) return;
  const { replays, ...named } = event;
  await relayLog
    .noteGivenUp(named, { replays, code, at: now().toISOString() })
    .catch((error) => log({ warning: 'given_up_not_noted', fault: nameOf(error) }, 'warn'));
}

/** Puts a record aside for good; one that can't be put aside is stuck, for nothing may be lost. */
async function giveUp(
  record: DynamoDBRecord,
  code: string,
  invocation: StreamInvocation,
  deps: Deps,
): Promise<RecordOutcome> {
  const { key, text } = deadLetterOf(record, code, invocation, deps.now());
  try {
    await deps.keep(key, text);
  } catch (error) {
    return { is: 'stuck', code: `not kept: ${nameOf(error)}` };
  }
  deps.log({ outcome: 'given_up', ...named(record), code, object: key }, 'error');
  await noteGivenUp(record, code, deps);
  return { is: 'refused', code };
}

/** Goes through the verdicts in order, up to the first record that is stuck: the stream hands it over again. */
async function settle(
  records: DynamoDBRecord[],
  verdicts: RecordOutcome[],
  invocation: StreamInvocation,
  deps: Deps,
): Promise<SettledBatch> {
  const published: DynamoDBRecord[] = [];
  const counts = { published: 0, held: 0, ignored: 0, refused: 0 };
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const [at, record] of records.entries()) {
    const first = verdicts[at] ?? { is: 'stuck', code: 'not judged' };
    const verdict = first.is === 'refused' ? await giveUp(record, first.code, invocation, deps) : first;
    if (verdict.is === 'stuck') {
      deps.log({ outcome: 'stuck', ...named(record), code: verdict.code }, 'warn');
      // Without a number, the empty text asks for the whole batch again.
      batchItemFailures.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });
      break;
    }
    counts[verdict.is] += 1;
    if (verdict.is === 'published') published.push(record);
  }
  deps.log({ outcome: 'relayed', records: records.length, ...counts });
  return { answer: { batchItemFailures }, published };
}

export const relay = (deps: Deps) => {
  const follow = withProgressNotes(deps);
  return ({ Records }: DynamoDBStreamEvent, run: RelayContext): Promise<DynamoDBBatchResponse> =>
    follow(Records, async () => {
      const verdicts = await publishAll(Records, run, deps);
      await noteTests(Records, verdicts, deps);
      return settle(Records, verdicts, run, deps);
    });
};

const live = (): Deps => ({
  readConnection: stateReader(dynamodb(), fromEnvironment('stateTable')).readConnection,
  publish: publisher(eventBridge(), fromEnvironment('eventBus')),
  keep: deadLetterKeeper(fromEnvironment('failuresBucket')),
  bodiesBucket: fromEnvironment('bodiesBucket'),
  noteTest: selfTestTable(dynamodb(), fromEnvironment('journalTable')).notePublished,
  relayLog: relayTable(dynamodb(), fromEnvironment('journalTable')),
  now: () => new Date(),
  log,
});

export const handler = relay(live());
