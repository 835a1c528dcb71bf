/** Whether everything is all right, from what the overview has read. See decision 93. */

import { type AttentionKind, attentionKinds } from '../../../shared/operators/journal/attention.ts';
import { overviewFreshMs } from '../shell/use-findings.ts';
import type { DestinationFacts, ExplainedAttention, Overview } from './overview-reads.ts';

/**
 * How a half is. `lost`: webhooks, events or deliveries are. `failing`: what should go on does not, and waits. `unknown`: not all of it was looked
 * at, or too long ago. `look`: nothing is lost and all goes on, but somebody should look. `never`: no webhook ever came. `none`: there is nothing
 * that could be well.
 */
export type HalfState = 'lost' | 'failing' | 'unknown' | 'look' | 'never' | 'none' | 'well';

interface Half {
  state: HalfState;
  /** How many there are: active endpoints, or destinations that are not paused. */
  of: number;
  /** How many of them refuse, or fail. */
  bad: number;
  /** How many somebody should look at, with those. */
  found: number;
  /** How many of them lose something that was not refused: the bus, or a destination, took it for too long not. */
  givenUp: number;
  /** Whether there may be more that is bad. */
  isAtLeast: boolean;
  /** What to do something about first. */
  first: ExplainedAttention | undefined;
}

export type Receiving = Half & { what: 'receiving'; lastEventAt: string | null };
export type Delivering = Half & { what: 'delivering' } & Pick<DestinationFacts, 'paused' | 'waiting'>;

/** How many connections or destinations have a finding of these kinds. */
const namesOf = (found: readonly ExplainedAttention[], kinds: readonly AttentionKind[] = attentionKinds): number =>
  new Set(
    found
      .filter(({ kind }) => kinds.includes(kind))
      .map((each) => ('connection' in each ? each.connection : each.destination)),
  ).size;

interface Calm {
  isKnown: boolean;
  /** What it is if nothing is found, and all is known. */
  calm: 'never' | 'none' | 'well';
}

/** A half in which nothing is bad. */
function calmOf(own: readonly ExplainedAttention[], { isKnown, calm }: Calm): HalfState {
  if (!isKnown) return 'unknown';
  return own.length > 0 ? 'look' : calm;
}

const isOld = (time: string, now: Date): boolean => now.getTime() - Date.parse(time) > overviewFreshMs;

function receivingOf({ found, unread, skipped, endpoints }: Overview, isStale: boolean, now: Date): Receiving {
  const own = found.filter((each) => 'connection' in each);
  const refusing = namesOf(own, ['secret_missing', 'refusing']);
  const givenUp = namesOf(own, ['events_given_up']);
  const { count: of = 0, lastEventAt = null, asOf } = endpoints ?? {};
  const isMissing = unread.includes('connections') || unread.includes('givenUp') || skipped.connections > 0;
  const isKnown = !isMissing && !isStale && (of === 0 || (asOf !== undefined && !isOld(asOf, now)));
  const isLost = refusing + givenUp > 0;
  const calm = of === 0 ? 'none' : lastEventAt === null ? 'never' : 'well';
  return {
    what: 'receiving',
    state: isLost ? 'lost' : calmOf(own, { isKnown, calm }),
    ...{ of, bad: refusing, found: namesOf(own), givenUp, isAtLeast: !isKnown, lastEventAt },
    first: own[0],
  };
}

function deliveringOf({ found, unread, skipped, destinations }: Overview, isStale: boolean): Delivering {
  const own = found.filter((each) => 'destination' in each);
  const failing = namesOf(own, ['destination_failing']);
  const givenUp = namesOf(own, ['deliveries_given_up']);
  const { count = 0, paused = 0, waiting = { count: 0, isMore: false } } = destinations ?? {};
  const of = count - paused;
  const isKnown = !unread.includes('destinations') && skipped.destinations === 0 && !isStale;
  const bad = givenUp > 0 ? 'lost' : failing > 0 ? 'failing' : undefined;
  return {
    what: 'delivering',
    state: bad ?? calmOf(own, { isKnown, calm: of === 0 ? 'none' : 'well' }),
    ...{ of, bad: failing, found: namesOf(own), givenUp, isAtLeast: !isKnown, paused, waiting },
    first: own[0],
  };
}

const order: readonly HalfState[] = ['lost', 'failing', 'unknown', 'look', 'never', 'none', 'well'];

/**
 * The halves, the worst first.
 * @param readAt when the overview was read, in epoch milliseconds
 */
export function verdictOf(overview: Overview, readAt: number, now: Date): (Receiving | Delivering)[] {
  const isStale = now.getTime() - readAt > overviewFreshMs;
  const halves = [receivingOf(overview, isStale, now), deliveringOf(overview, isStale)];
  return halves.sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
}
