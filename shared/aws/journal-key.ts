/**
 * The partition keys of the Journal's items. They begin with the kind of the item, so that a role can be limited to the
 * kinds that its function needs: a policy matches the partition key.
 */

/** Kinds of which each connection has a partition, `<kind>#<connection's id>`. */
const ofConnections = ['rejections', 'history', 'count', 'use', 'test', 'run', 'given_up'] as const;
/** Kinds that are in one partition, whose key is the kind. */
const ofAll = ['runs', 'alerts', 'late', 'relay'] as const;

type ConnectionKind = (typeof ofConnections)[number];
type SharedKind = (typeof ofAll)[number];
export type JournalKind = ConnectionKind | SharedKind;

/** The partition of a connection's items of a kind. */
export const journalKey = (kind: ConnectionKind, connectionId: string): string => `${kind}#${connectionId}`;

/** The partition of all items of a kind. */
export const sharedJournalKey = (kind: SharedKind): string => kind;

/** What a policy matches all partition keys of a kind by. */
export const keyPattern = (kind: JournalKind): string =>
  ofConnections.some((each) => each === kind) ? `${kind}#*` : kind;
