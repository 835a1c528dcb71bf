/**
 * The partition keys of the Journal's items. Each key begins with the kind of the item. An IAM policy matches the
 * partition key, so a role can be limited to the kinds that its function needs.
 */

/** Kinds with one partition per connection, `<kind>#<connection's id>`. */
const ofConnections = [
  'rejections',
  'history',
  'actions',
  'count',
  'duplicates',
  'sums',
  'summary',
  'sent',
  'use',
  'test',
  'run',
  'given_up',
] as const;
/** Kinds with one partition per destination, `<kind>#<destination's id>`. */
const ofDestinations = ['destination_history', 'destination_actions', 'redelivery'] as const;
/** Kinds that are spread over a few partitions, `<kind>#<shard>`. */
const ofShards = ['active'] as const;
/** Kinds with one partition for all connections. The partition key is the name of the kind. */
const ofAll = [
  'runs',
  'ended_runs',
  'redeliveries',
  'ended_redeliveries',
  'alerts',
  'late',
  'relay',
  'operators',
  'operator_uses',
  'roll_up',
] as const;

type ConnectionKind = (typeof ofConnections)[number];
type DestinationKind = (typeof ofDestinations)[number];
type ShardedKind = (typeof ofShards)[number];
type SharedKind = (typeof ofAll)[number];
export type JournalKind = ConnectionKind | DestinationKind | ShardedKind | SharedKind;

/** The partition key of the items of one kind that belong to a connection or to a destination, or that are in a shard. */
export const journalKey = (kind: ConnectionKind | DestinationKind | ShardedKind, owner: string): string =>
  `${kind}#${owner}`;

/** The partition key of all items of one kind. */
export const sharedJournalKey = (kind: SharedKind): string => kind;

/** The IAM policy pattern that matches all partition keys of one kind. */
export const keyPattern = (kind: JournalKind): string =>
  [...ofConnections, ...ofDestinations, ...ofShards].some((each) => each === kind) ? `${kind}#*` : kind;
