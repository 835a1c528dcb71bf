/** How many webhooks were refused: one rule for every place that shows the number, so that all of them show the same one. */

/** The reason of what an endpoint refuses because it is meant to. */
const whileInactive = 'endpoint_inactive';

/** The time for which a rejection is stored, in seconds: 30 days. It is here because a browser needs it too. */
export const rejectionKeptSeconds = 30 * 86_400;

export interface RefusedCount {
  /** All that were refused. */
  count: number;
  /** Those of them that came while the endpoint was not active. They need nobody, so they are shown apart. */
  whileInactive: number;
}

/** Adds up what was refused, by reason. */
export const refusedCountOf = (byReason: Readonly<Record<string, number | undefined>>): RefusedCount => ({
  count: Object.values(byReason).reduce<number>((sum, each = 0) => sum + each, 0),
  whileInactive: byReason[whileInactive] ?? 0,
});

/** When the last minutes begin, of which the present one is the last: 60 of them are the last hour. */
export const beginOfMinutes = (minutes: number, now: Date): Date => new Date(now.getTime() - (minutes - 1) * 60_000);
