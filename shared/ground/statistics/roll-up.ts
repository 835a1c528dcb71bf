/**
 * Sets the hours and the days from the minutes, and the small summary of each connection. Each value is set from what was counted, so a run that is
 * repeated, late or beside another one changes nothing. Only what had traffic is touched.
 */
import { inParallel } from '../base/parallel.ts';
import { minuteOf } from '../base/time.ts';
import { type Counts, sumOf } from './counts.ts';
import { inOrder, keptMs, keyBefore, keyIn, keyOf, minutesOf, periodMs } from './period.ts';
import {
  type Activity,
  allConnections,
  type RollUpProgress,
  type StatisticsStore,
  type Summarize,
} from './statistics-store.ts';

/** How many connections are worked on at a time. */
const atOnce = 20;

/** What a run did. */
export interface RolledUp {
  connections: number;
  hours: number;
  /** What could not be set. The next run sets it. */
  faults: Error[];
}

/** The first minute whose counts are surely still there. An hour before it can't be set any more. */
const oldestMinute = (now: Date): string => minuteOf(new Date(now.getTime() - keptMs.minute + periodMs.hour));

/**
 * From which minute on the run looks for what was counted: a minute before the last run, because a count may have been under way. After an hour has
 * ended, from the beginning of that hour.
 */
function sinceOf(upTo: string | undefined, now: Date): string {
  const oldest = oldestMinute(now);
  if (upTo === undefined) return oldest;
  const hour = keyIn('hour', upTo);
  const since = hour === keyOf('hour', now) ? keyBefore('minute', upTo) : minutesOf('hour', hour)[0];
  return inOrder(since, oldest)[1];
}

/** The ended hours of these minutes. */
function endedHours(minutes: Iterable<string>, now: Date): string[] {
  const [present, oldest] = [keyOf('hour', now), oldestMinute(now)];
  const hours = new Set([...minutes].map((minute) => keyIn('hour', minute)));
  return [...hours].filter((hour) => hour < present && minutesOf('hour', hour)[0] >= oldest).sort();
}

const daysOf = (hours: readonly string[]): string[] => [...new Set(hours.map((hour) => keyIn('day', hour)))];

const hoursOf = (day: string): [first: string, last: string] => [`${day}T00`, `${day}T23`];

/** Sets ended hours of a connection, or of all together, and the days that have them. */
async function setHours(scope: string, hours: readonly string[], store: StatisticsStore): Promise<void> {
  const set = new Map<string, Counts>();
  for (const hour of hours) {
    const counts = sumOf([...(await store.minutes(scope, ...minutesOf('hour', hour))).values()]);
    await store.setSum(scope, 'hour', hour, counts);
    set.set(hour, counts);
  }
  for (const day of daysOf(hours)) {
    // What was just set may not be readable yet.
    const known = new Map([...(await store.sums(scope, 'hour', ...hoursOf(day))), ...set]);
    const ofDay = [...known].filter(([hour]) => keyIn('day', hour) === day).map(([, counts]) => counts);
    await store.setSum(scope, 'day', day, sumOf(ofDay));
  }
}

/** The minutes of each connection that had traffic. */
function minutesById(activity: readonly Activity[]): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const { id, minutes } of activity) all.set(id, new Set([...(all.get(id) ?? []), ...minutes]));
  return all;
}

/** Since when every connection with traffic has a summary, after this run. */
function summariesSince(before: RollUpProgress | undefined, now: Date): string {
  const isGapless = before !== undefined && before.upTo >= oldestMinute(now);
  return (isGapless ? before.summariesSince : undefined) ?? minuteOf(now);
}

/**
 * One run of the schedule.
 * @param asOf until when events are counted
 */
export async function rollUp(now: Date, asOf: string, store: StatisticsStore, summarize: Summarize): Promise<RolledUp> {
  const upTo = minuteOf(now);
  const before = await store.progress();
  const activity = await store.activity(sinceOf(before?.upTo, now), upTo);
  const scopes = minutesById(activity);
  const all = [...scopes.values()].flatMap((minutes) => [...minutes]);
  const connections = [...scopes].filter(([id]) => id !== allConnections);
  const report: RolledUp = { connections: connections.length, hours: 0, faults: [] };
  /** The failure of one must not keep back the others. */
  const trySetting = async (scope: string, minutes: Iterable<string>): Promise<void> => {
    const hours = endedHours(minutes, now);
    report.hours += hours.length;
    await setHours(scope, hours, store).catch((error: Error) => report.faults.push(error));
  };
  await inParallel(connections, atOnce, async ([id, minutes]) => {
    await trySetting(id, minutes);
    await summarize(id, now, asOf).catch((error: Error) => report.faults.push(error));
  });
  await trySetting(allConnections, all);
  if (report.faults.length === 0) {
    await store.saveProgress({ upTo, asOf, summariesSince: summariesSince(before, now) });
  }
  return report;
}

/**
 * The hours that a read has to count itself, because the schedule has not set them yet: from this one on. What came in the minute before the last
 * run may have been counted after it, and then only the next run sets its hour anew.
 */
export const firstUnsetHour = (upTo: string | undefined, now: Date): string =>
  keyIn('hour', upTo === undefined ? oldestMinute(now) : keyBefore('minute', upTo));
