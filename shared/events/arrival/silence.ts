import type { Alerts } from '../../endpoints/settings/settings.ts';
import { minuteOf } from '../../ground/base/time.ts';

const minuteMs = 60_000;

/**
 * Checks the threshold of silence. The time of the last event is correct to the minute, so the silence counts from the end of
 * that minute.
 * @param changedAt when the record was last changed
 */
export function silentSince(
  lastEventAt: string | null,
  changedAt: string,
  threshold: NonNullable<Alerts['silence']>,
  now: Date,
) {
  const eventsUntil = lastEventAt === null ? 0 : Date.parse(`${minuteOf(new Date(lastEventAt))}Z`) + minuteMs;
  const since = Math.max(eventsUntil, Date.parse(changedAt));
  return {
    isReached: now.getTime() - since >= threshold.minutes * minuteMs,
    about: { since: new Date(since).toISOString(), threshold, lastEventAt },
  };
}
