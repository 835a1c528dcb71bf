/**
 * The consequences of a change of a connection's record: a line of its history, secrets to delete, and a release to
 * begin. Everything is derived from two records only: the one before the change and the one after it. The stream may
 * deliver a change late, twice, or after later changes. The notice for the bus is in `lifecycle-notice.ts`.
 */
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { secretNameOf } from '../../endpoints/credential/secret-name.ts';
import { type Connection, connectionSchema } from '../../endpoints/endpoint/connection.ts';
import { historyEntrySchema } from '../../endpoints/endpoint/history-entry.ts';
import type { Release } from '../../events/event/replay-job.ts';
import { schema } from '../../ground/base/schema.ts';

/** A line of a connection's history. */
export const historyLineSchema = /* @__PURE__ */ schema(() =>
  z.object({
    version: z.int(),
    ...historyEntrySchema.shape,
    /** API Gateway's id of the request that made this version. */
    requestId: z.string(),
  }),
);
export type HistoryLine = z.infer<typeof historyLineSchema>;

/** A change of a connection's record. Without `before` it was created, without `after` it was removed. */
export interface ConnectionChange {
  before: Connection | undefined;
  after: Connection | undefined;
  requestId: string;
}

type Image = Record<string, AttributeValue> | undefined;

const recordIn = (image: Image): Connection | undefined =>
  image?.['record']?.S === undefined ? undefined : connectionSchema.parse(JSON.parse(image['record'].S));

/**
 * Reads a record of the stream. Returns undefined if it is not about a connection.
 * @throws if it can't be read
 */
export function connectionChangeOf({ dynamodb }: DynamoDBRecord): ConnectionChange | undefined {
  if (!dynamodb?.Keys?.['pk']?.S?.startsWith('connection#')) return undefined;
  const { OldImage, NewImage } = dynamodb;
  return {
    before: recordIn(OldImage),
    after: recordIn(NewImage),
    requestId: (NewImage ?? OldImage)?.['requestId']?.S ?? '',
  };
}

/**
 * The line that a change adds to the history. A removal adds no line, because the last version of the record says who asked for
 * the removal.
 */
export const historyLineOf = ({ after, requestId }: ConnectionChange): HistoryLine | undefined =>
  after && { version: after.version, ...after.entry, requestId };

/** The names of a record's secrets: the secret with its tokens, and the secret that is being made. */
export function secretsNamedBy(connection: Connection | undefined): Set<string> {
  const { secret, pending } = connection?.endpoint ?? {};
  // A rotation adds a version to the existing secret, so its pending entry has no name.
  return new Set([...(secret ? [secretNameOf(secret)] : []), ...(pending?.secret ? [pending.secret] : [])]);
}

/** The names of the secrets that a change dropped: those that only the record before it names. */
function droppedSecrets({ before, after }: ConnectionChange): string[] {
  const named = secretsNamedBy(after);
  return [...secretsNamedBy(before)].filter((name) => !named.has(name));
}

/**
 * Whether the change is a step of Hooklatch: the next version of the same connection. A connection is removed only when its
 * record names no secret. So whoever removes a record with a secret, or writes an older record over it, clears or restores
 * the table by hand.
 */
const isNextVersion = ({ before, after }: ConnectionChange): boolean =>
  before !== undefined && after?.id === before.id && after.version === before.version + 1;

/**
 * The names of the secrets that a change leaves to be deleted. They can be deleted at any later time, because no later
 * record names them again. The write that begins a token makes up a random name. The write that finishes the token
 * succeeds only if `pending` is still from that first write. And each version of a record follows exactly one other
 * version.
 */
export const secretsToDelete = (change: ConnectionChange): string[] =>
  isNextVersion(change) ? droppedSecrets(change) : [];

/**
 * The names of the secrets that a change dropped, but that stay, because the change was made by hand. If no record names
 * them in an hour, they are up to the sweep, which never deletes many.
 */
export const secretsToKeep = (change: ConnectionChange): string[] =>
  isNextVersion(change) ? [] : droppedSecrets(change);

/** The release that a change begins. The release publishes all held events. */
export function releaseOf({ after }: ConnectionChange): Release | undefined {
  if (after?.entry.verb !== 'release') return undefined;
  const { name, id, entry, routes } = after;
  const { hold, heldSince, at, by } = entry;
  return hold && heldSince
    ? { connection: name, connectionId: id, holdId: hold, since: heldSince, releasedAt: at, by, routes }
    : undefined;
}
