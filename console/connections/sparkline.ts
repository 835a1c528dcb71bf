/** The form of a small chart: one bar for each minute. */

/** A bar, from its lower left corner, in the units of the chart's height and of one bar's width. */
export interface Bar {
  index: number;
  height: number;
  /** Where the bar begins. Rejections stand on the events of their minute. */
  base: number;
  kind: 'event' | 'rejection';
}

/** The bars of these counts. The greatest minute has the height 1. Minutes without anything have no bar. */
export function barsOf(events: readonly number[], rejections: readonly number[]): Bar[] {
  const greatest = Math.max(1, ...events.map((count, index) => count + (rejections[index] ?? 0)));
  return events.flatMap((count, index): Bar[] => {
    const refused = (rejections[index] ?? 0) / greatest;
    const arrived = count / greatest;
    return [
      ...(arrived > 0 ? [{ index, height: arrived, base: 0, kind: 'event' as const }] : []),
      ...(refused > 0 ? [{ index, height: refused, base: arrived, kind: 'rejection' as const }] : []),
    ];
  });
}
