/**
 * What needs somebody: what loses webhooks now, or will soon, unless a person does something. One rule for whoever shows it. Each finding
 * says since when, and has the facts for its text.
 *
 * Nothing here is stored. What was not read has no finding, so whoever reads must say what could not be read.
 */

import type { DestinationView } from '../../deliveries/destination/destination-view.ts';
import type { DestinationHealthView } from '../../deliveries/dispatch/destination-health-view.ts';
import { isSecretMissing } from '../../endpoints/endpoint/missing-secret.ts';
import { silentSince } from '../../events/arrival/silence.ts';
import type { ListedConnection } from '../../events/arrival/usage.ts';
import { refusedCountOf } from '../../ground/statistics/refused-count.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** After this time a hold, or a pause for which deliveries wait, may be forgotten, in milliseconds. */
const longMs = hourMs;
/** A grace that ends within this time ends soon, in milliseconds. */
const soonMs = 24 * hourMs;
/** A token that was not used for so long before the last use of the next one is out of use, in milliseconds. */
const outOfUseMs = hourMs;

/** What can be found, the most urgent first: what is lost is before what only waits. */
export const attentionKinds = [
  'secret_missing',
  'refusing',
  'events_given_up',
  'deliveries_given_up',
  'destination_failing',
  'delivery_failing',
  'destination_blocked',
  'destination_slow',
  'destination_recovering',
  'grace_ending',
  'silent',
  'token_old',
  'held',
  'paused',
] as const;
export type AttentionKind = (typeof attentionKinds)[number];

type Waiting = DestinationHealthView['waiting'];

/** What is said of a destination that is not well. Since when it is so is not known if its health was written by an older version. */
export type Unwell = Pick<DestinationHealthView, 'since' | 'waiting' | 'wrong' | 'nextAttemptAt'>;

/** A finding about a connection or a destination, by its name. */
export type Attention =
  /** Only the sender can make the secret of an active endpoint, and it is not here: since the last change of the record at least. */
  | { kind: 'secret_missing'; connection: string; since: string; secretFrom: 'sender' | 'handshake' }
  /** In the last hour, since this minute if that is known. `count`: of all, with those `whileInactive`. `isComplete`: the counts are exact, and not lower bounds. `refused`: the others by reason. */
  | {
      kind: 'refusing';
      connection: string;
      since?: string;
      count: number;
      whileInactive: number;
      isComplete: boolean;
      refused: Record<string, number>;
    }
  /** The bus refused so many events for good, of which the first came in this period. */
  | { kind: 'events_given_up'; connection: string; since: string; count: number }
  | ({ kind: 'destination_failing' | 'destination_slow' | 'destination_recovering'; destination: string } & Unwell)
  /** It asked for nothing until a time. */
  | ({ kind: 'destination_blocked'; destination: string; until: string } & Unwell)
  /** So many deliveries fail, the oldest since a time, although others succeed. */
  | ({ kind: 'delivery_failing'; destination: string } & NonNullable<DestinationHealthView['alone']>)
  /** `since` is when the newest event came whose delivery was given up. */
  | { kind: 'deliveries_given_up'; destination: string; since: string }
  /** The previous token ends soon, and the sender has not surely changed over to the new one. `oldUsedAt` is absent if no use is known. */
  | { kind: 'grace_ending'; connection: string; since: string; until: string; isNewUsed: boolean; oldUsedAt?: string }
  /** No event for longer than the alerts of the endpoint allow. */
  | { kind: 'silent'; connection: string; since: string; minutes: number }
  /** The token is older than the deployment allows. */
  | { kind: 'token_old'; connection: string; since: string; days: number }
  | { kind: 'held'; connection: string; since: string }
  | { kind: 'paused'; destination: string; since: string; waiting: Waiting };

/** A finding about a destination. */
export type DestinationAttention = Extract<Attention, { destination: string }>;

type Endpoint = NonNullable<ListedConnection['endpoint']>;

function missingSecretOf({ name: connection, updatedAt: since }: ListedConnection, endpoint: Endpoint): Attention[] {
  const { secretFrom } = endpoint;
  if (!isSecretMissing(endpoint) || secretFrom === 'operator') return [];
  return [{ kind: 'secret_missing', connection, since, secretFrom }];
}

/** An endpoint that is not active is meant to refuse, and one whose secret is missing has a finding for that. */
function refusalsOf({ name: connection, stats }: ListedConnection, endpoint: Endpoint): Attention[] {
  if (!stats || endpoint.status !== 'active' || isSecretMissing(endpoint)) return [];
  const { rejectionsByMinute, upTo, refused: all } = stats.lastHour;
  const { endpoint_inactive: _, ...refused } = all;
  const { count, whileInactive } = refusedCountOf(all);
  if (count === whileInactive) return [];
  const minutesAgo = rejectionsByMinute.length - 1 - rejectionsByMinute.findIndex((each) => each > 0);
  const first = new Date(Date.parse(upTo) - minutesAgo * minuteMs).toISOString();
  // The first one may have been refused while the endpoint was not active.
  const since = whileInactive === 0 ? { since: first } : {};
  return [{ kind: 'refusing', connection, ...since, count, whileInactive, isComplete: stats.complete, refused }];
}

function graceOf({ name: connection }: ListedConnection, { tokens }: Endpoint, now: Date): Attention[] {
  const previous = tokens.find(({ expiresAt }) => expiresAt !== undefined);
  const current = tokens.find(({ expiresAt }) => expiresAt === undefined);
  const until = previous?.expiresAt;
  if (!previous || !current || until === undefined) return [];
  const left = Date.parse(until) - now.getTime();
  if (left <= 0 || left > soonMs) return [];
  const [ofNew, ofOld] = [current, previous].map(({ lastUsedAt }) => (lastUsedAt ? Date.parse(lastUsedAt) : undefined));
  const isChangedOver = ofNew !== undefined && (ofOld === undefined || ofOld < ofNew - outOfUseMs);
  if (isChangedOver) return [];
  const oldUsed = previous.lastUsedAt ? { oldUsedAt: previous.lastUsedAt } : {};
  const found = { connection, since: current.createdAt, until, isNewUsed: ofNew !== undefined };
  return [{ kind: 'grace_ending', ...found, ...oldUsed }];
}

/** Without statistics nobody knows when the last event came. */
function silenceOf({ name: connection, updatedAt, stats }: ListedConnection, endpoint: Endpoint): Attention[] {
  const threshold = endpoint.status === 'active' ? endpoint.alerts?.silence : undefined;
  if (!stats || !threshold) return [];
  // What came after that time may not be counted yet.
  const { isReached, about } = silentSince(stats.lastEventAt, updatedAt, threshold, new Date(stats.asOf));
  return isReached ? [{ kind: 'silent', connection, since: about.since, minutes: threshold.minutes }] : [];
}

/** The alert may be of a token that was replaced a moment ago. */
const oldTokenOf = ({ name: connection, alerts = [] }: ListedConnection, { tokens }: Endpoint): Attention[] =>
  alerts.flatMap(({ kind, since, threshold: { days } }) => {
    const isOfThisToken = tokens.some(({ createdAt, expiresAt }) => createdAt === since && expiresAt === undefined);
    return kind === 'token_old' && days !== undefined && isOfThisToken
      ? [{ kind: 'token_old' as const, connection, since, days }]
      : [];
  });

const isLong = (since: string, now: Date): boolean => now.getTime() - Date.parse(since) >= longMs;

const holdOf = ({ name: connection }: ListedConnection, { heldSince: since }: Endpoint, now: Date): Attention[] =>
  since !== undefined && isLong(since, now) ? [{ kind: 'held', connection, since }] : [];

/** What a connection needs somebody for. */
export function attentionOfConnection(connection: ListedConnection, now: Date): Attention[] {
  const { endpoint } = connection;
  if (!endpoint) return [];
  return [
    ...missingSecretOf(connection, endpoint),
    ...refusalsOf(connection, endpoint),
    ...graceOf(connection, endpoint, now),
    ...silenceOf(connection, endpoint),
    ...oldTokenOf(connection, endpoint),
    ...holdOf(connection, endpoint, now),
  ];
}

/** What was read of a destination. */
export interface ObservedDestination {
  destination: Pick<DestinationView, 'name'>;
  health: DestinationHealthView;
}

const unwellKinds = {
  failing: 'destination_failing',
  slow: 'destination_slow',
  recovering: 'destination_recovering',
} as const;

/** How a destination is, unless it is well. What is paused for less than an hour is not forgotten. */
function unwellOf(destination: string, health: DestinationHealthView, now: Date): DestinationAttention[] {
  const { state, since, waiting, wrong, nextAttemptAt, blockedUntil } = health;
  if (state === 'well') return health.alone ? [{ kind: 'delivery_failing', destination, ...health.alone }] : [];
  if (state === 'paused')
    return since !== undefined && waiting.count > 0 && isLong(since, now)
      ? [{ kind: 'paused', destination, since, waiting }]
      : [];
  const unwell = {
    destination,
    ...(since !== undefined && { since }),
    waiting,
    ...(wrong && { wrong }),
    ...(nextAttemptAt !== undefined && { nextAttemptAt }),
  };
  return state !== 'failing' && blockedUntil !== undefined
    ? [{ kind: 'destination_blocked', until: blockedUntil, ...unwell }]
    : [{ kind: unwellKinds[state], ...unwell }];
}

/** What a destination needs somebody for. */
export const attentionOfDestination = (
  { destination: { name }, health }: ObservedDestination,
  now: Date,
): DestinationAttention[] => [
  ...unwellOf(name, health, now),
  ...(health.givenUpAt === undefined
    ? []
    : [{ kind: 'deliveries_given_up' as const, destination: name, since: health.givenUpAt }]),
];

/** What a connection needs somebody for by its statistics, the oldest first. An event that was replayed since is still counted. */
export function attentionOfGivenUp(connection: string, items: readonly { at: string; givenUp: number }[]): Attention[] {
  const some = items.filter(({ givenUp }) => givenUp > 0);
  const count = some.reduce((sum, { givenUp }) => sum + givenUp, 0);
  return some[0] ? [{ kind: 'events_given_up', connection, since: some[0].at, count }] : [];
}

const rankOf = ({ kind }: Attention): number => attentionKinds.indexOf(kind);

/** How many webhooks or events are lost, or may be, where that is counted. */
export function lostBy(found: Attention): number {
  if (found.kind === 'refusing') return found.count - found.whileInactive;
  return found.kind === 'events_given_up' ? found.count : 0;
}

/** The most urgent first: of the same kind where the most is lost, and then what is so for the longest time. */
export const byUrgency = (found: readonly Attention[]): Attention[] =>
  found.toSorted(
    (one, other) =>
      rankOf(one) - rankOf(other) || lostBy(other) - lostBy(one) || (one.since ?? '').localeCompare(other.since ?? ''),
  );
