/** The event bus, where what happened is told to whoever has a rule for it. */
import { EventBridgeClient, PutEventsCommand, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type { Entry } from './publication.ts';

/** The client, made once for each instance. */
export const eventBridge = (): EventBridgeClient => new EventBridgeClient({});

/** Hands entries over in one call. For each in its place: undefined once the bus has it, else the bus's code of why not. */
export type Publish = (entries: Entry[]) => Promise<(string | undefined)[]>;

/** Only an id says that the bus has an entry: one that the answer says nothing of is not taken for published. */
const codeOf = (result: PutEventsResultEntry | undefined): string | undefined =>
  result?.EventId ? undefined : (result?.ErrorCode ?? 'InternalFailure');

/** At most 10 entries a call, see `inCalls`. @throws when the call as a whole fails */
export const publisher =
  (client: EventBridgeClient, bus: string): Publish =>
  async (entries) => {
    const Entries = entries.map((entry) => ({ ...entry, EventBusName: bus }));
    const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
    return entries.map((_, at) => codeOf(results[at]));
  };

/**
 * The bus's codes for an entry that will never pass: it is itself at fault, or the bus's own policy turns its source or
 * type away. Any other may pass yet. A denial of everything is put right by a deployment, and a code that nobody knows is
 * tried again for as long as the stream keeps the record.
 */
const refusals = new Set([
  'InvalidArgument',
  'MalformedDetail',
  'NotAuthorizedForSourceException',
  'NotAuthorizedForDetailTypeException',
]);

/** Whether the bus will never take an entry to which it said this. */
export const isForGood = (code: string): boolean => refusals.has(code);
