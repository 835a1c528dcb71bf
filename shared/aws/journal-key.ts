/**
 * The partition keys of the Journal's items. Each key begins with the kind of the item. An IAM policy matches the
 * partition key, so a role can be limited to the kinds that its function needs.
 */

/** Kinds with one partition per connection, `<kind>#<connection's id>`. */
const ofConnections = ['rejections', 'history', 'actions', 'count', 'use', 'test', 'run', 'given_up'] as const;
/** Kinds with one partition for all connections. The partition key is the name of the kind. */
const ofAll = ['runs', 'alerts', 'late', 'relay', 'operators', 'operator_uses'] as const;

type ConnectionKind = (typeof ofConnections)[number];
type SharedKind = (typeof ofAll)[number];
export type JournalKind = ConnectionKind | SharedKind;

/** The partition key of a connection's items of one kind. */
export const journalKey = (kind: ConnectionKind, connectionId: string): string => `${kind}#${connectionId}`;

/** The partition key of all items of one kind. */
export const sharedJournalKey = (kind: SharedKind): string => kind;

/** The IAM policy pattern that matches all partition keys of one kind. */
export const keyPattern = (kind: JournalKind): string =>
  ofConnections.some((each) => each === kind) ? `${kind}#*` : kind;
