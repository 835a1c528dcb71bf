/**
 * Wakes up for what the stream of the Events table tells, and carries stored events to the bus: at least once, and started
 * in the order of the stream. What can't be published now ends the batch, and the stream hands over again everything from
 * there on. What never can be goes to the failures bucket, so that it holds nothing else up.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { eventBridge, isForGood, type Publish, publisher } from '../shared/bus.ts';
import { isUnderHold, type Meaning, meaningOf } from '../shared/change.ts';
import { fromEnvironment } from '../shared/environment.ts';
import { failureOf, type Invocation } from '../shared/failure.ts';
import { failureKeeper, type Keep } from '../shared/failure-bucket.ts';
import { type Entry, entryOf, inCalls, type Publication } from '../shared/publication.ts';
import { dynamodb, type Reader, reader } from '../shared/store.ts';

export interface Deps {
  readConnection: Reader['readConnection'];
  publish: Publish;
  keep: Keep;
  bodiesBucket: string;
  now(): Date;
  log(line: Record<string, unknown>, level?: 'info' | 'warn' | 'error'): void;
}

/** A record whose event goes to the bus. */
interface Item {
  record: DynamoDBRecord;
  publication: Publication;
  entry: Entry;
}

/** What a record comes to. `refused` is for good, and `stuck` may be otherwise the next time. */
type Verdict = { is: 'published' | 'held' | 'ignored' } | { is: 'refused' | 'stuck'; code: string };

const verdictOn = (code: string | undefined): Verdict =>
  code === undefined ? { is: 'published' } : { is: isForGood(code) ? 'refused' : 'stuck', code };

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** What a record means, with its entry. @throws on a record that can't be read, now or ever */
function read(record: DynamoDBRecord, bodiesBucket: string): { meaning: Meaning; entry?: Entry } {
  const meaning = meaningOf(record);
  return meaning.kind === 'nothing' ? { meaning } : { meaning, entry: entryOf(meaning.publication, bodiesBucket) };
}

/** Whether the event came under a hold that is in force, or that this can't be told now. */
async function held({ event }: Publication, readConnection: Deps['readConnection']): Promise<Verdict | undefined> {
  try {
    return isUnderHold(event, await readConnection(event.connection)) ? { is: 'held' } : undefined;
  } catch (error) {
    return { is: 'stuck', code: nameOf(error) };
  }
}

/** Judges a record before anything is sent: it goes to the bus, or what it comes to without. */
async function judge(
  record: DynamoDBRecord,
  { readConnection, bodiesBucket }: Pick<Deps, 'readConnection' | 'bodiesBucket'>,
): Promise<Item | Verdict> {
  let known: ReturnType<typeof read>;
  try {
    known = read(record, bodiesBucket);
  } catch {
    return { is: 'refused', code: 'Unreadable' };
  }
  const { meaning, entry } = known;
  if (meaning.kind === 'nothing' || entry === undefined) return { is: 'ignored' };
  const { publication } = meaning;
  const why = meaning.kind === 'publishUnlessHeld' ? await held(publication, readConnection) : undefined;
  return why ?? { record, publication, entry };
}

/** The bus's code for each entry. A call that fails as a whole says nothing about any one of them. */
const handOver = (entries: Entry[], { publish }: Deps): Promise<(string | undefined)[]> =>
  publish(entries).catch((error) => entries.map(() => `call failed: ${nameOf(error)}`));

/** What is JSON to us may be malformed to the bus, by its depth for one: its bytes can be sent all the same. */
async function sendEncoded({ publication }: Item, deps: Deps): Promise<string | undefined> {
  const [code] = await handOver([entryOf(publication, deps.bodiesBucket, false)], deps);
  return code;
}

/** Sends in order, one call after the other, and none after one that has to be repeated. */
async function send(items: Item[], deps: Deps): Promise<Map<Item, Verdict>> {
  const verdicts = new Map<Item, Verdict>();
  for (const call of inCalls(items)) {
    const codes = await handOver(
      call.map(({ entry }) => entry),
      deps,
    );
    for (const [at, item] of call.entries()) {
      const code = codes[at] === 'MalformedDetail' ? await sendEncoded(item, deps) : codes[at];
      verdicts.set(item, verdictOn(code));
    }
    if (call.some((item) => verdicts.get(item)?.is === 'stuck')) break;
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
async function publishAll(records: DynamoDBRecord[], deps: Deps): Promise<Verdict[]> {
  const readConnection = readingOnce(deps.readConnection);
  const judged = await Promise.all(records.map((record) => judge(record, { ...deps, readConnection })));
  const stuckAt = judged.findIndex((each) => 'is' in each && each.is === 'stuck');
  const settled = stuckAt < 0 ? judged : judged.slice(0, stuckAt);
  const sent = await send(
    settled.filter((each) => 'entry' in each),
    deps,
  );
  return judged.map((each) => ('is' in each ? each : (sent.get(each) ?? { is: 'stuck', code: 'not sent' })));
}

/** What a log line says of a record: never its body. */
const named = ({ dynamodb }: DynamoDBRecord) => ({
  event: dynamodb?.Keys?.['id']?.S,
  connection: dynamodb?.NewImage?.['connection']?.S,
});

/** Puts a record aside for good; one that can't be put aside is stuck, for nothing may be lost. */
async function giveUp(record: DynamoDBRecord, code: string, invocation: Invocation, deps: Deps): Promise<Verdict> {
  const { key, text } = failureOf(record, code, invocation, deps.now());
  try {
    await deps.keep(key, text);
  } catch (error) {
    return { is: 'stuck', code: `not kept: ${nameOf(error)}` };
  }
  deps.log({ outcome: 'given_up', ...named(record), code, object: key }, 'error');
  return { is: 'refused', code };
}

/** Goes through the verdicts in order, up to the first record that is stuck: the stream hands it over again. */
async function settle(
  records: DynamoDBRecord[],
  verdicts: Verdict[],
  invocation: Invocation,
  deps: Deps,
): Promise<DynamoDBBatchResponse> {
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
  }
  deps.log({ outcome: 'relayed', records: records.length, ...counts });
  return { batchItemFailures };
}

export const relay =
  (deps: Deps) =>
  async ({ Records }: DynamoDBStreamEvent, invocation: Invocation): Promise<DynamoDBBatchResponse> =>
    settle(Records, await publishAll(Records, deps), invocation, deps);

const live = (): Deps => ({
  readConnection: reader(dynamodb(), fromEnvironment('stateTable')).readConnection,
  publish: publisher(eventBridge(), fromEnvironment('eventBus')),
  keep: failureKeeper(fromEnvironment('failuresBucket')),
  bodiesBucket: fromEnvironment('bodiesBucket'),
  now: () => new Date(),
  log: (line, level = 'info') => console[level](line),
});

export const handler = relay(live());
