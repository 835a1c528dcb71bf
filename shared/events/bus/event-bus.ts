/** The event bus, which passes events to the rules that match them. */
import { EventBridgeClient, PutEventsCommand, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type { BusEntry } from './publication.ts';

/** Creates the client of the bus, once per function instance. */
export const eventBridge = (): EventBridgeClient => new EventBridgeClient({});

/**
 * Sends entries in one call. Returns one result for each entry, in order: undefined if the bus took the entry, otherwise the
 * bus's error code.
 */
export type Publish = (entries: BusEntry[]) => Promise<(string | undefined)[]>;

/** The bus has an entry only if its result has an id. An entry without a result counts as failed. */
const entryErrorOf = (result: PutEventsResultEntry | undefined): string | undefined =>
  result?.EventId ? undefined : (result?.ErrorCode ?? 'InternalFailure');

/** An error of the SDK, with its HTTP status. */
type CallError = Error & { $metadata?: { httpStatusCode?: number } };

/**
 * Returns the error code if the bus refused the whole call because of its form or its size. Returns undefined for any other
 * failure.
 */
function permanentErrorOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, $metadata } = error as CallError;
  if (name === 'ValidationException') return name;
  return $metadata?.httpStatusCode === 413 ? 'RequestEntityTooLarge' : undefined;
}

/**
 * Publishes entries, at most `maxCallEntries` in a call. If the bus refuses a call as a whole, the entries are sent
 * again in two smaller calls. Some regions take fewer bytes in a call, and no API says how many. If a call with a
 * single entry is refused, its error code is the result of that entry.
 * @throws if a call fails as a whole for any other
 * reason
 */
export function publisher(client: EventBridgeClient, bus: string): Publish {
  const publish: Publish = async (entries) => {
    const Entries = entries.map((entry) => ({ ...entry, EventBusName: bus }));
    try {
      const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
      return entries.map((_, at) => entryErrorOf(results[at]));
    } catch (error) {
      const code = permanentErrorOf(error);
      if (code === undefined) throw error;
      if (entries.length === 1) return [code];
      const half = Math.ceil(entries.length / 2);
      return [...(await publish(entries.slice(0, half))), ...(await publish(entries.slice(half)))];
    }
  };
  return publish;
}

/**
 * The error codes of entries that the bus will never take. Such an entry is invalid or too large, or the bus's policy
 * denies its source or type. Any other failure is tried again for as long as the stream keeps the record. Unknown codes
 * are tried again too. The same is true of a policy that denies everything, because a deployment can correct it.
 */
const permanentErrors = new Set([
  'InvalidArgument',
  'MalformedDetail',
  'NotAuthorizedForSourceException',
  'NotAuthorizedForDetailTypeException',
  'ValidationException',
  'RequestEntityTooLarge',
]);

/** Whether the bus will never take the entry. */
export const isPermanentError = (code: string): boolean => permanentErrors.has(code);
