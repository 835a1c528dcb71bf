/** What came this month, in dollars: the counts of the statistics, at the prices of `npm run cost`. */
import { usualPrices } from '../../../shared/ground/statistics/price-table.ts';
import type { StatisticsItem } from '../../../shared/ground/statistics/statistics-view.ts';
import { type BilledCounts, trafficDollars } from '../../../shared/ground/statistics/traffic-cost.ts';

/** AWS bills months of UTC. */
export const beginningOfMonth = (now: Date): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));

const sumOf = (counts: Iterable<number>): number => [...counts].reduce((sum, each) => sum + each, 0);

/** All periods together, as they are billed. */
export function billedIn(
  items: readonly Pick<StatisticsItem, 'accepted' | 'duplicates' | 'refused' | 'destinations'>[],
): BilledCounts {
  const attempts = items.flatMap(({ destinations = {} }) => Object.values(destinations));
  return {
    accepted: sumOf(items.map(({ accepted }) => accepted)),
    duplicates: sumOf(items.map(({ duplicates }) => duplicates)),
    refused: sumOf(items.flatMap(({ refused }) => Object.values(refused))),
    delivered: sumOf(attempts.map(({ delivered }) => delivered)),
    failed: sumOf(attempts.map(({ failed }) => failed)),
  };
}

/** The dollars of these counts, to the cent. */
export const dollarsText = (counts: BilledCounts): string =>
  trafficDollars(counts, usualPrices).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
