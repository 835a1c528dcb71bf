/** The expiries that an admin can choose for a new operator. */
import { daysToStay } from '../durations.ts';
import { absoluteTime } from '../relative-time.ts';
import { text } from '../text.ts';

const dayMs = 86_400_000;

export interface ExpiryChoice {
  /** Empty for none, `latest` for the latest that is allowed, or a number of days. */
  value: string;
  label: string;
}

const afterDays = (days: string, now: Date): string => new Date(now.getTime() + Number(days) * dayMs).toISOString();

/**
 * The choices for a new operator, the default first.
 * @param latest the latest expiry that the API allows this admin to give; undefined if there is no limit
 */
export function expiryChoices(latest: string | undefined, now: Date): ExpiryChoice[] {
  const { never, latest: labelOf } = text.operators.expiryChoices;
  if (latest === undefined) return [{ value: '', label: never }, ...daysToStay];
  const early = daysToStay.filter(({ value }) => Date.parse(afterDays(value, now)) <= Date.parse(latest));
  return [{ value: 'latest', label: labelOf(absoluteTime(latest)) }, ...early];
}

/** The expiry of a choice, never later than the latest one; undefined for none. */
export function expiryOf(value: string, latest: string | undefined, now: Date): string | undefined {
  if (value === '') return undefined;
  const wanted = value === 'latest' ? latest : afterDays(value, now);
  return [wanted, latest].filter((each) => each !== undefined).sort()[0];
}
