/** What was counted in a range, read again and again. */
import { useRead } from '../session/queries.tsx';
import { beginningOf, type RangeName, ranges, zoneHere } from './periods.ts';
import { readTraffic } from './traffic-reads.ts';

/** The time between two reads, in ms: a few times in each period of the API. */
const everyMs: Record<RangeName, number> = { '1h': 15_000, '24h': 60_000, '7d': 300_000, '30d': 300_000 };

/** @param name of a connection. Without one, all are counted together */
export const useTraffic = (name: string | undefined, range: RangeName) =>
  useRead(
    ['traffic', name ?? '', range],
    (api) => {
      const { by } = ranges[range];
      return readTraffic(api, name, { by, from: beginningOf(ranges[range], new Date(), zoneHere()) });
    },
    { everyMs: everyMs[range] },
  );
