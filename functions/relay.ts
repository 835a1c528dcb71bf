/**
 * Wakes up for batches of the Events table's stream, and publishes their events to the bus: at least once, in the order
 * of the stream. If an event can't be published now, the batch ends there and the stream repeats the rest. If it can
 * never be published, it becomes a dead letter, so that the events behind it go on.
 *
 * After the bus, the events go to the queue of their destinations, also those that the bus refused for good. What the queue does not
 * take is written down as due, so that neither half holds up the other.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { deliveryPorts, destinationReader } from '../shared/deliveries/dispatch/function-ports.ts';
import { eventRouter } from '../shared/deliveries/dispatch/route-event.ts';
import { routeReader } from '../shared/deliveries/route/route-table.ts';
import { type StateReader, stateReader } from '../shared/endpoints/endpoint/state-table.ts';
import { eventBridge, type Publish, publisher } from '../shared/events/bus/event-bus.ts';
import { entryMakersOf, type Publication } from '../shared/events/bus/publication.ts';
import {
  errorName,
  type OutgoingRecord,
  publishRecords,
  type RecordOutcome,
} from '../shared/events/bus/publish-records.ts';
import {
  eventKeyIn,
  type ProgressDeps,
  type SettledBatch,
  withProgressNotes,
} from '../shared/events/bus/relay-progress.ts';
import { relayTable } from '../shared/events/bus/relay-table.ts';
import { isUnderHold, recordMeaningOf } from '../shared/events/bus/stream-record.ts';
import { type EventAttributes, eventFromItem } from '../shared/events/event/event-item.ts';
import { deadLetterOf, type StreamInvocation } from '../shared/ground/aws/dead-letter.ts';
import { deadLetterKeeper, type KeepDeadLetter } from '../shared/ground/aws/dead-letter-bucket.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/ground/aws/environment.ts';
import { log } from '../shared/ground/aws/logger.ts';
import { activityMarker } from '../shared/ground/statistics/activity-mark.ts';
import { type CountGivenUp, givenUpAdder } from '../shared/ground/statistics/given-up-count.ts';
import { minuteAdder } from '../shared/ground/statistics/minute-count-table.ts';
import { type SelfTestTable, selfTestTable } from '../shared/operators/journal/self-test-table.ts';

export interface Deps extends ProgressDeps {
  readConnection: StateReader['readConnection'];
  publish: Publish;
  /** Sends events to their destinations. @returns those that have to be sent again */
  route(publications: readonly Publication[]): Promise<Publication[]>;
  keepDeadLetter: KeepDeadLetter;
  bodiesBucket: string;
  noteTest: SelfTestTable['notePublished'];
  countGivenUp: CountGivenUp;
}

/** The part of Lambda's context that the relay reads. */
interface RelayContext extends StreamInvocation {
  getRemainingTimeInMillis(): number;
}

/**
 * The relay begins another split event only if this much time is left, in ms. A split event may need 500 calls. If the
 * time runs out before the last one, the event starts again from its first item.
 */
const reserve = 120_000;

/** A record that goes to the bus, with its event. */
interface PlannedRecord extends OutgoingRecord {
  publication: Publication;
}

/** A record with its outcome. Only one that goes to the bus has an event. */
interface RelayedRecord {
  record: DynamoDBRecord;
  outcome: RecordOutcome;
  publication?: Publication;
}

/**
 * Returns undefined if there is nothing to publish.
 * @throws on a record that can never be read
 */
function parseRecord(record: DynamoDBRecord, bodiesBucket: string) {
  const meaning = recordMeaningOf(record);
  return meaning.kind === 'nothing' ? undefined : { meaning, pieces: entryMakersOf(meaning.publication, bodiesBucket) };
}

/**
 * Returns `held` if the event arrived under a hold that is still in force, and `stuck` if the connection can't be read
 * now.
 */
async function outcomeUnderHold(
  { event }: Publication,
  readConnection: Deps['readConnection'],
): Promise<RecordOutcome | undefined> {
  try {
    return isUnderHold(event, await readConnection(event.connection)) ? { kind: 'held' } : undefined;
  } catch (error) {
    return { kind: 'stuck', code: errorName(error) };
  }
}

/** Decides about a record before anything is sent: either it goes to the bus, or its outcome is known already. */
async function planRecord(
  record: DynamoDBRecord,
  { readConnection, bodiesBucket }: Pick<Deps, 'readConnection' | 'bodiesBucket'>,
): Promise<PlannedRecord | RecordOutcome> {
  let parsed: ReturnType<typeof parseRecord>;
  try {
    parsed = parseRecord(record, bodiesBucket);
  } catch {
    return { kind: 'refused', code: 'Unreadable' };
  }
  if (!parsed) return { kind: 'ignored' };
  const { meaning, pieces } = parsed;
  const mayBeHeld = meaning.kind === 'publishUnlessHeld';
  const outcome = mayBeHeld ? await outcomeUnderHold(meaning.publication, readConnection) : undefined;
  return outcome ?? { kind: 'outgoing', record, publication: meaning.publication, pieces };
}

/**
 * Reads each connection once for a batch. One read is enough: it is later than all records of the batch, and a hold
 * that has ended never comes back.
 */
function readingOnce(readConnection: Deps['readConnection']): Deps['readConnection'] {
  const reads = new Map<string, ReturnType<typeof readConnection>>();
  return (name) => {
    const reading = reads.get(name) ?? readConnection(name);
    reads.set(name, reading);
    return reading;
  };
}

/** Publishes the events of a batch. Stops before the first record that is stuck. */
async function publishBatch(records: DynamoDBRecord[], context: RelayContext, deps: Deps): Promise<RelayedRecord[]> {
  const once = { ...deps, readConnection: readingOnce(deps.readConnection) };
  const planned = await Promise.all(records.map(async (record) => ({ record, plan: await planRecord(record, once) })));
  const stuckAt = planned.findIndex(({ plan }) => plan.kind === 'stuck');
  const decided = stuckAt < 0 ? planned : planned.slice(0, stuckAt);
  const outgoing = decided.flatMap(({ plan }) => (plan.kind === 'outgoing' ? [plan] : []));
  const sent = await publishRecords(outgoing, () => context.getRemainingTimeInMillis() > reserve, deps.publish);
  const outcomeOf = (plan: PlannedRecord | RecordOutcome): RecordOutcome =>
    plan.kind === 'outgoing' ? (sent.get(plan) ?? { kind: 'stuck', code: 'not sent' }) : plan;
  return planned.map(({ record, plan }) => ({
    record,
    outcome: outcomeOf(plan),
    ...(plan.kind === 'outgoing' && { publication: plan.publication }),
  }));
}

/**
 * Sends the events that are through with the bus to their destinations. An event that is neither in the queue nor written down is
 * stuck.
 */
async function routeBatch(relayed: RelayedRecord[], deps: Deps): Promise<RelayedRecord[]> {
  const stuckAt = relayed.findIndex(({ outcome }) => outcome.kind === 'stuck');
  const through = (stuckAt < 0 ? relayed : relayed.slice(0, stuckAt)).flatMap(({ publication }) => publication ?? []);
  const again = new Set(await deps.route(through));
  return relayed.map((each) =>
    each.publication && again.has(each.publication)
      ? { ...each, outcome: { kind: 'stuck' as const, code: 'not routed' } }
      : each,
  );
}

/**
 * Notes that a test's event is on the bus, for the operator who waits for it. If the note fails, this only logs a
 * warning.
 */
async function noteTests(relayed: RelayedRecord[], { noteTest, now, log }: Deps): Promise<void> {
  for (const { record, outcome } of relayed) {
    const event = eventKeyIn(record);
    if (!event || !record.dynamodb?.NewImage?.['test']?.BOOL || outcome.kind !== 'published') continue;
    await noteTest(event, now()).catch((error) => log({ warning: 'test_not_noted', fault: errorName(error) }, 'warn'));
  }
}

/** Returns undefined if the record can't be read. */
function connectionIn({ dynamodb }: DynamoDBRecord): string | undefined {
  try {
    return eventFromItem((dynamodb?.NewImage ?? {}) as EventAttributes<string>).connection;
  } catch {
    return undefined;
  }
}

/** The fields that identify a record in a log line. */
const logged = (record: DynamoDBRecord) => ({
  event: record.dynamodb?.Keys?.['id']?.S,
  connection: connectionIn(record),
});

/** Records, for operators, that the relay gave up an event. If this fails, the dead letter still exists. */
async function noteGivenUp(record: DynamoDBRecord, code: string, deps: Deps): Promise<void> {
  const { relayLog, countGivenUp, now, log } = deps;
  const event = eventKeyIn(record);
  if (!event) return;
  const { replays, ...key } = event;
  const note = relayLog.noteGivenUp(key, { replays, code, at: now().toISOString() });
  const isDone = await Promise.allSettled([note, countGivenUp(record, now())]);
  for (const each of isDone)
    if (each.status === 'rejected') log({ warning: 'given_up_not_noted', fault: errorName(each.reason) }, 'warn');
}

/** Makes a record a dead letter. If that fails, the record is stuck, so that it is not lost. */
async function giveUp(
  record: DynamoDBRecord,
  code: string,
  invocation: StreamInvocation,
  deps: Deps,
): Promise<RecordOutcome> {
  const { key, text } = deadLetterOf(record, code, invocation, deps.now());
  try {
    await deps.keepDeadLetter(key, text);
  } catch (error) {
    return { kind: 'stuck', code: `not kept: ${errorName(error)}` };
  }
  deps.log({ outcome: 'given_up', ...logged(record), code, object: key }, 'error');
  await noteGivenUp(record, code, deps);
  return { kind: 'refused', code };
}

/**
 * Goes through the outcomes in order, and stops at the first stuck record. The stream repeats that record and all later
 * ones.
 */
async function settleBatch(relayed: RelayedRecord[], invocation: StreamInvocation, deps: Deps): Promise<SettledBatch> {
  const published: DynamoDBRecord[] = [];
  const counts = { published: 0, held: 0, ignored: 0, refused: 0 };
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const { record, outcome: first } of relayed) {
    const outcome = first.kind === 'refused' ? await giveUp(record, first.code, invocation, deps) : first;
    if (outcome.kind === 'stuck') {
      deps.log({ outcome: 'stuck', ...logged(record), code: outcome.code }, 'warn');
      // If the record has no sequence number, the empty text asks for the whole batch again.
      batchItemFailures.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });
      break;
    }
    counts[outcome.kind] += 1;
    if (outcome.kind === 'published') published.push(record);
  }
  deps.log({ outcome: 'relayed', records: relayed.length, ...counts });
  return { answer: { batchItemFailures }, published };
}

export const relay = (deps: Deps) => {
  const noteProgress = withProgressNotes(deps);
  return ({ Records }: DynamoDBStreamEvent, context: RelayContext): Promise<DynamoDBBatchResponse> =>
    noteProgress(Records, async () => {
      const relayed = await routeBatch(await publishBatch(Records, context, deps), deps);
      await noteTests(relayed, deps);
      return settleBatch(relayed, context, deps);
    });
};

const lambdaDeps = (): Deps => ({
  readConnection: stateReader(dynamodb(), fromEnvironment('STATE_TABLE')).readConnection,
  publish: publisher(eventBridge(), fromEnvironment('EVENT_BUS')),
  route: eventRouter({
    ...deliveryPorts(),
    readDestination: destinationReader(),
    readRoutes: routeReader(dynamodb(), fromEnvironment('STATE_TABLE')).read,
  }),
  keepDeadLetter: deadLetterKeeper(fromEnvironment('FAILURES_BUCKET')),
  bodiesBucket: fromEnvironment('BODIES_BUCKET'),
  noteTest: selfTestTable(dynamodb(), fromEnvironment('JOURNAL_TABLE')).notePublished,
  countGivenUp: givenUpAdder(
    minuteAdder(dynamodb(), fromEnvironment('JOURNAL_TABLE')),
    activityMarker(dynamodb(), fromEnvironment('JOURNAL_TABLE')),
  ),
  relayLog: relayTable(dynamodb(), fromEnvironment('JOURNAL_TABLE')),
  now: () => new Date(),
  log,
});

export const handler = relay(lambdaDeps());
