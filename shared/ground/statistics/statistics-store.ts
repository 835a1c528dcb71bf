/** What the statistics need of a table. `journal/statistics-table.ts` has it. */
import type { Counts } from './counts.ts';

/** The scope of the counts of all connections. All other scopes are the ids of connections. */
export const allConnections = 'all';

/** The periods whose counts are set from those of shorter ones. */
export type SetPeriod = 'hour' | 'day';

/** Something of a connection, or of all together, was counted, in these minutes. */
export interface Activity {
  id: string;
  minutes: ReadonlySet<string>;
}

/** How far the schedule is. */
export interface RollUpProgress {
  /** The minute of its last run. All hours before that of this minute were set. */
  upTo: string;
  /** Until when events were counted when it ran. */
  asOf: string;
  /**
   * The minute since which every connection with traffic has a small summary. Absent if an older version made the last run. It begins anew if
   * the schedule stood still for longer than it can look back.
   */
  summariesSince?: string | undefined;
}

/** Makes the small summary of a connection anew. @param asOf until when events are counted */
export type Summarize = (id: string, now: Date, asOf: string) => Promise<void>;

export interface StatisticsStore {
  /** The counts by minute, from one minute to another, both included. Those without any are left out. */
  minutes(scope: string, first: string, last: string): Promise<Map<string, Counts>>;
  /** The counts that were set. */
  sums(scope: string, period: SetPeriod, first: string, last: string): Promise<Map<string, Counts>>;
  setSum(scope: string, period: SetPeriod, key: string, counts: Counts): Promise<void>;
  /** What was counted from one minute to another, both included, by the clock of whoever counted it. */
  activity(first: string, last: string): Promise<Activity[]>;
  progress(): Promise<RollUpProgress | undefined>;
  saveProgress(progress: RollUpProgress): Promise<void>;
}
