/** Reads of what was counted. */
import type { ApiClient } from '../../shared/api/api-client.ts';
import type { Period } from '../../shared/statistics/period.ts';
import { useRead } from '../session/queries.tsx';
import { beginningOf, type CountedItem, type RangeName, ranges, zoneHere } from './periods.ts';

/** What was counted in a range, and until when. */
export interface Traffic {
  items: CountedItem[];
  asOf: string;
}

/** The time between two reads, in ms: a few times in each period of the API. */
const everyMs: Record<RangeName, number> = { '1h': 15_000, '24h': 60_000, '7d': 300_000, '30d': 300_000 };

/** Periods of the API. Without an end, they have the present. */
export interface Part {
  by: Period;
  from: Date;
  to?: Date;
}

/** @param name of a connection. Without one, all are counted together */
export async function readTraffic(api: ApiClient, name: string | undefined, { by, from, to }: Part): Promise<Traffic> {
  // Without the header, nothing is known to be counted to its end.
  let asOf = from.toISOString();
  const request = {
    query: { by, from: from.toISOString(), ...(to && { to: to.toISOString() }) },
    onAsOf: (at: string) => {
      asOf = at;
    },
  };
  const { items } =
    name === undefined
      ? await api.call('GET /v1/stats', request)
      : await api.call('GET /v1/connections/{name}/stats', { params: { name }, ...request });
  return { items, asOf };
}

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
