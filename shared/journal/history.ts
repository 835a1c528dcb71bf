/**
 * What a change of the State table means, as its stream tells it: a line of the connection's history, secrets that nobody
 * names any more, and a notice for the bus. All of it is made from the records before and after, and nothing else: the
 * stream may tell a change late, twice, and after later ones.
 */
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { BusEntry as Notice } from '../bus/publication.ts';
import { type Connection, connectionSchema } from '../endpoint/connection.ts';
import { type HistoryEntry, historyEntrySchema } from '../endpoint/history-entry.ts';
import type { Release } from '../event/replay-job.ts';

/** A line of a connection's history. */
export const historyLineSchema = z.object({
  version: z.int(),
  ...historyEntrySchema.shape,
  /** API Gateway's id of the request that made this version. */
  requestId: z.string(),
});
export type HistoryLine = z.infer<typeof historyLineSchema>;

/** A change of a connection's record; none before is an opening, none after a removal. */
export interface ConnectionChange {
  before: Connection | undefined;
  after: Connection | undefined;
  requestId: string;
}

type Image = Record<string, AttributeValue> | undefined;

const recordIn = (image: Image): Connection | undefined =>
  image?.['record']?.S === undefined ? undefined : connectionSchema.parse(JSON.parse(image['record'].S));

/** Reads a record of the stream; undefined for what is no connection. @throws on one that can't be read */
export function connectionChangeOf({ dynamodb }: DynamoDBRecord): ConnectionChange | undefined {
  if (!dynamodb?.Keys?.['pk']?.S?.startsWith('connection#')) return undefined;
  const { OldImage, NewImage } = dynamodb;
  return {
    before: recordIn(OldImage),
    after: recordIn(NewImage),
    requestId: (NewImage ?? OldImage)?.['requestId']?.S ?? '',
  };
}

/** The line that a change adds. A removal adds none: the version before it says who wanted it. */
export const historyLineOf = ({ after, requestId }: ConnectionChange): HistoryLine | undefined =>
  after && { version: after.version, ...after.entry, requestId };

/** A secret's name: its ARN ends with that, a dash and six characters of Secrets Manager's own. */
export const secretNameOf = (arn: string): string => arn.replace(/^.*:secret:/, '').replace(/-[0-9A-Za-z]{6}$/, '');

/** The names of the secrets that a record names: the one that holds its tokens, and the one that is being made. */
export function secretsNamedBy(connection: Connection | undefined): Set<string> {
  const { secret, pending } = connection?.endpoint ?? {};
  // A rotation adds a version to the secret that is there, and so names none of its own.
  return new Set([...(secret ? [secretNameOf(secret)] : []), ...(pending?.secret ? [pending.secret] : [])]);
}

/**
 * The names of the secrets that a change dropped. They may be deleted whenever this is read, however late, for no later
 * record names them. A name comes into a record in one way only: it is drawn at random by the write that begins a token,
 * and the write that finishes it goes through only on a record whose `pending` is still of that very begin. Versions
 * follow one another without a fork, so the versions that name a secret are in one piece: what was dropped once stays so.
 */
export function droppedSecrets({ before, after }: ConnectionChange): string[] {
  const named = secretsNamedBy(after);
  return [...secretsNamedBy(before)].filter((name) => !named.has(name));
}

/** The release that a change begins: everything that was held is published after it. */
export function releaseOf({ after }: ConnectionChange): Release | undefined {
  if (after?.entry.verb !== 'release') return undefined;
  const { name, id, entry } = after;
  const { hold, heldSince, at } = entry;
  return hold && heldSince
    ? { connection: name, connectionId: id, holdId: hold, since: heldSince, releasedAt: at }
    : undefined;
}

/** What the bus calls each verb; null for what it is not told. */
const notices = {
  create: 'connection.opened',
  edit: 'connection.edited',
  // The removal that follows is what tells it.
  delete: null,
  configure: 'endpoint.configured',
  generateToken: 'endpoint.token_generated',
  revealToken: 'endpoint.token_revealed',
  rotateToken: 'endpoint.token_rotated',
  changeAuth: 'endpoint.auth_changed',
  endGrace: 'endpoint.grace_ended',
  removeToken: 'endpoint.token_removed',
  activate: 'endpoint.activated',
  deactivate: 'endpoint.deactivated',
  hold: 'endpoint.held',
  release: 'endpoint.released',
  openHandshake: 'endpoint.handshake_opened',
  confirmHandshake: 'endpoint.handshake_confirmed',
  closeHandshake: 'endpoint.handshake_closed',
  // Its delivery is the news.
  test: null,
  deconfigure: 'endpoint.deconfigured',
} as const satisfies Record<HistoryEntry['verb'], string | null>;

/** The type of a change's notice, or null: what only begins, and what never came of it, is no news. */
function noticeTypeOf({ after }: ConnectionChange): string | null {
  if (!after) return 'connection.deleted';
  const { verb, step } = after.entry;
  // It waits beside the live one, and somebody has to confirm it.
  if (step === 'deliver') return 'endpoint.secret_delivered';
  return step === undefined ? notices[verb] : null;
}

/** What the bus is told of a change. Its source has no dot, as every webhook's has: no sender can forge it. */
export function lifecycleNoticeOf(change: ConnectionChange): Notice | undefined {
  const DetailType = noticeTypeOf(change);
  const record = change.after ?? change.before;
  if (DetailType === null || !record) return undefined;
  const { verb, by, at, from, to } = record.entry;
  // Whoever removes a record by hand leaves no trace of who it was.
  const who = change.after || verb === 'delete' ? by : 'unknown';
  const { requestId } = change;
  const detail = { connection: record.name, version: record.version, by: who, at, from, to, requestId };
  return { Source: 'hooklatch', DetailType, Detail: JSON.stringify(detail), Time: new Date(at) };
}
