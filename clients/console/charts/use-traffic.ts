/** What was counted in a range, read again and again. */
import { useRead } from '../session/queries.tsx';
import { beginningOf, type RangeName, ranges, zoneHere } from './periods.ts';
import { readTraffic } from './traffic-reads.ts';

/** The time between two reads, in ms: a few times in each period of the API. */
const everyMs: Record<RangeName, number> = { '1h': 15_000, '24h': 60_000, '7d': 300_000, '30d': 300_000 };

/** @param name of a connection. Without one, all are counted together. @returns with what was counted in as many bars before the range */
export const useTraffic = (name: string | undefined, range: RangeName) =>
  useRead(
    ['traffic', name ?? '', range],
    async (api) => {
      const { by, bars } = ranges[range];
      const now = new Date();
      const [before, from] = [2 * bars, bars].map((count) =>
        beginningOf({ ...ranges[range], bars: count }, now, zoneHere()),
      ) as [Date, Date];
      const [counted, earlier] = await Promise.all([
        readTraffic(api, name, { by, from }),
        readTraffic(api, name, { by, from: before, to: from }),
      ]);
      return { ...counted, before: earlier.items };
    },
    { everyMs: everyMs[range] },
  );
