/** What was sent to a destination over time, and how long its answers took. */
import { type BarSpan, type CountedItem, itemsByBar, type TrafficRange } from './periods.ts';

/** How long a part of the answers took at most, in milliseconds. */
export interface AnswerTime {
  ms: number;
  /** Whether it took that or less: percentiles of several periods don't add up, but none of them is above the highest. */
  isBound: boolean;
}

/** The attempts of some time. */
export interface Attempts {
  delivered: number;
  failed: number;
  p50?: AnswerTime;
  p95?: AnswerTime;
}

export interface AttemptBar extends BarSpan, Attempts {}

function answerTimeOf(all: readonly (number | undefined)[]): AnswerTime | undefined {
  const known = all.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : { ms: Math.max(...known), isBound: known.length > 1 };
}

/** Adds up the attempts at a destination. @param name of the destination */
export function attemptsAt(items: readonly CountedItem[], name: string): Attempts {
  const sent = items.flatMap(({ destinations = {} }) =>
    Object.hasOwn(destinations, name) ? [destinations[name]] : [],
  );
  const [p50, p95] = [answerTimeOf(sent.map((each) => each?.p50)), answerTimeOf(sent.map((each) => each?.p95))];
  return {
    delivered: sent.reduce((sum, each) => sum + (each?.delivered ?? 0), 0),
    failed: sent.reduce((sum, each) => sum + (each?.failed ?? 0), 0),
    ...(p50 && { p50 }),
    ...(p95 && { p95 }),
  };
}

/** Whether nothing was attempted. */
export const isNoAttempt = ({ delivered, failed }: Attempts): boolean => delivered + failed === 0;

/** The bars of the attempts at a destination, in the order of time. */
export const attemptBarsOf = (
  items: readonly CountedItem[],
  name: string,
  range: TrafficRange,
  zone: string,
  asOf: string,
): AttemptBar[] =>
  itemsByBar(items, range, zone, asOf).map(([span, group]) => ({ ...span, ...attemptsAt(group, name) }));
