/** The form of a small chart: one bar for each minute. */

/** A bar, from its lower left corner, in the units of the chart's height and of one bar's width. */
interface Bar {
  index: number;
  height: number;
  /** Where the bar begins. Rejections stand on the events of their minute. */
  base: number;
  kind: 'event' | 'rejection';
}

/** The counts of an hour by minute. */
export interface MinuteCounts {
  eventsByMinute: readonly number[];
  rejectionsByMinute: readonly number[];
}

/** The count of the greatest minute of these hours, events and rejections together. */
export const greatestMinute = (hours: readonly MinuteCounts[]): number =>
  hours
    .flatMap(({ eventsByMinute, rejectionsByMinute }) =>
      eventsByMinute.map((count, index) => count + (rejectionsByMinute[index] ?? 0)),
    )
    // Not as arguments of one call: thousands of connections have more minutes than a call can have arguments.
    .reduce((greatest, count) => Math.max(greatest, count), 0);

/**
 * The bars of these counts. Minutes without anything have no bar.
 * @param greatest the count of a bar with the height 1
 */
export function sparklineBarsOf(
  { eventsByMinute: events, rejectionsByMinute: rejections }: MinuteCounts,
  greatest: number,
): Bar[] {
  return events.flatMap((count, index): Bar[] => {
    const refused = (rejections[index] ?? 0) / greatest;
    const arrived = count / greatest;
    return [
      ...(arrived > 0 ? [{ index, height: arrived, base: 0, kind: 'event' as const }] : []),
      ...(refused > 0 ? [{ index, height: refused, base: arrived, kind: 'rejection' as const }] : []),
    ];
  });
}
