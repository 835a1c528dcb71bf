import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type RequiredPermission, ServiceError } from '../aws/aws-service.ts';
import type { JsonService, PreparedJsonCall } from '../aws/json-service.ts';
import { type BusLog, openBusLog } from './bus-log.ts';
import { type BusLocation, envelopeLine } from './event-envelope.ts';
import { type EntryFailure, entryFailureOf, type PutEventsEntry, parseEntries } from './put-events-entry.ts';

/** An event in the log. */
export interface BusEvent {
  /** The bus's name. */
  bus: string;
  /** The event in EventBridge's form, as one line of JSON. */
  line: string;
}

type Listener = (event: BusEvent) => void | Promise<void>;

export interface EventBuses {
  log: BusLog;
  /** Creates a bus, or keeps the one with that name. */
  create(name: string): void;
  /**
   * Calls the listener for each event that a bus accepted, in order, once the event is on the disk. If it returns a promise,
   * the sender gets its answer after that, and a fault if the promise rejects.
   */
  subscribe(listener: Listener): void;
}

export interface EventBridgeOptions extends BusLocation {
  /** The folder of the log, `bus.ndjson`. */
  folder: string;
  now: () => Date;
  /** Makes a bus refuse an event that it would otherwise accept. For tests. */
  failEntry?: ((entry: PutEventsEntry) => EntryFailure | undefined) | undefined;
  /** The maximum size of a call in bytes. For tests of regions with a lower limit. */
  maxCallBytes?: number | undefined;
}

type ResultEntry = { EventId: string } | EntryFailure;

/** The result of checking one entry: its failure, or the event to accept. */
type CheckedEntry = { failure: EntryFailure } | { id: string; event: BusEvent };

/** Starts the local runtime's EventBridge with the bus `default`. */
export async function startEventBridge(options: EventBridgeOptions): Promise<JsonService & { buses: EventBuses }> {
  const log = await openBusLog(join(options.folder, 'bus.ndjson'));
  const names = new Set(['default']);
  const listeners: Listener[] = [];
  const put = async (entries: readonly PutEventsEntry[]): Promise<object> => {
    const checked = entries.map((entry) => checkEntry(options, names, entry));
    const events = checked.flatMap((each) => ('event' in each ? [each.event] : []));
    if (events.length > 0) await log.append(events.map(({ line }) => line));
    await Promise.all(events.flatMap((event) => listeners.map((listener) => listener(event))));
    const Entries = checked.map((each): ResultEntry => ('event' in each ? { EventId: each.id } : each.failure));
    return { FailedEntryCount: checked.length - events.length, Entries };
  };
  return {
    name: 'events',
    target: 'AWSEvents',
    contentType: 'application/x-amz-json-1.1',
    errorPrefix: '',
    fault: 'InternalException',
    throttling: 'ThrottlingException',
    prepare: (operation, input) => prepare(options, put, operation, input),
    buses: {
      log,
      create: (name) => names.add(name),
      subscribe: (listener) => listeners.push(listener),
    },
    close: () => log.close(),
  };
}

function prepare(
  place: EventBridgeOptions,
  put: (entries: readonly PutEventsEntry[]) => Promise<object>,
  operation: string,
  input: object,
): PreparedJsonCall {
  if (operation !== 'PutEvents') {
    throw new ServiceError(
      'UnknownOperationException',
      `The local runtime's EventBridge has no operation ${operation}.`,
    );
  }
  const entries = parseEntries(input, place.maxCallBytes);
  return {
    requires: entries.map((entry) => needOf(place, entry)),
    details: { entries: entries.length },
    run: () => put(entries),
  };
}

function needOf(
  place: BusLocation,
  { Source, DetailType, EventBusName = 'default' }: PutEventsEntry,
): RequiredPermission {
  return {
    action: 'events:PutEvents',
    resource: EventBusName.startsWith('arn:') ? EventBusName : busArn(place, EventBusName),
    conditions: {
      ...(Source !== undefined && { 'events:source': [Source] }),
      ...(DetailType !== undefined && { 'events:detail-type': [DetailType] }),
    },
  };
}

function checkEntry(options: EventBridgeOptions, names: ReadonlySet<string>, entry: PutEventsEntry): CheckedEntry {
  const { Source = '', DetailType = '', Detail = '', EventBusName = 'default', Resources = [], Time } = entry;
  const bus = [...names].find((name) => EventBusName === name || EventBusName === busArn(options, name));
  const failure = entryFailureOf(entry) ?? (bus === undefined ? noSuchBus(EventBusName) : options.failEntry?.(entry));
  if (failure || bus === undefined) return { failure: failure ?? noSuchBus(EventBusName) };
  const id = randomUUID();
  const time = Time === undefined ? options.now() : new Date(Time * 1000);
  const event = { id, source: Source, detailType: DetailType, time, resources: Resources, detail: Detail };
  return { id, event: { bus, line: envelopeLine(options, event) } };
}

/** AWS reports success and drops the event. Here the entry fails, so that the mistake shows. */
function noSuchBus(name: string): EntryFailure {
  return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${name} does not exist.` };
}

function busArn({ region, accountId }: BusLocation, name: string): string {
  return `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
}
