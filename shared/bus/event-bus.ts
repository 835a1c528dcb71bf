/** The event bus, where what happened is told to whoever has a rule for it. */
import { EventBridgeClient, PutEventsCommand, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type { BusEntry } from './publication.ts';

/** The client, made once for each instance. */
export const eventBridge = (): EventBridgeClient => new EventBridgeClient({});

/** Hands entries over in one call. For each in its place: undefined once the bus has it, else the bus's code of why not. */
export type Publish = (entries: BusEntry[]) => Promise<(string | undefined)[]>;

/** Only an id says that the bus has an entry: one that the answer says nothing of is not taken for published. */
const codeOf = (result: PutEventsResultEntry | undefined): string | undefined =>
  result?.EventId ? undefined : (result?.ErrorCode ?? 'InternalFailure');

/** The name of an error, and the status that it came with, as the SDK has them. */
type CallError = Error & { $metadata?: { httpStatusCode?: number } };

/** The code of a call that the bus refuses as a whole, for its form or its size. Undefined for every other failure of a call. */
function permanentErrorOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, $metadata } = error as CallError;
  if (name === 'ValidationException') return name;
  return $metadata?.httpStatusCode === 413 ? 'RequestEntityTooLarge' : undefined;
}

/**
 * At most 10 entries a call, see `inCalls`. A call that the bus refuses as a whole is split in two halves, because some
 * regions take fewer bytes a call than others, and the limit can't be read. An entry that is refused alone has the code.
 * @throws when a call fails as a whole for any other reason
 */
export function publisher(client: EventBridgeClient, bus: string): Publish {
  const publish: Publish = async (entries) => {
    const Entries = entries.map((entry) => ({ ...entry, EventBusName: bus }));
    try {
      const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
      return entries.map((_, at) => codeOf(results[at]));
    } catch (error) {
      const refusal = permanentErrorOf(error);
      if (refusal === undefined) throw error;
      if (entries.length === 1) return [refusal];
      const half = Math.ceil(entries.length / 2);
      return [...(await publish(entries.slice(0, half))), ...(await publish(entries.slice(half)))];
    }
  };
  return publish;
}

/**
 * The bus's codes for an entry that will never pass: it is itself at fault, or too large for a call of its own, or the
 * bus's own policy turns its source or type away. Any other may pass yet. A denial of everything is put right by a
 * deployment, and a code that nobody knows is tried again for as long as the stream keeps the record.
 */
const permanentErrors = new Set([
  'InvalidArgument',
  'MalformedDetail',
  'NotAuthorizedForSourceException',
  'NotAuthorizedForDetailTypeException',
  'ValidationException',
  'RequestEntityTooLarge',
]);

/** Whether the bus will never take an entry to which it said this. */
export const isPermanentError = (code: string): boolean => permanentErrors.has(code);
