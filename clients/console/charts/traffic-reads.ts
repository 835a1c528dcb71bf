/** Reads of what was counted. */

import type { Period } from '../../../shared/ground/statistics/period.ts';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import type { CountedItem } from './periods.ts';

/** What was counted in a range, and until when. */
export interface CountedTraffic {
  items: CountedItem[];
  asOf: string;
}

/** The same, with what was counted in as long a time before. */
export interface ComparedTraffic extends CountedTraffic {
  before: CountedItem[];
}

/** Periods of the API. Without an end, they have the present. */
export interface StatsRange {
  by: Period;
  from: Date;
  to?: Date;
}

/** @param name of a connection. Without one, all are counted together */
export async function readTraffic(
  api: ApiClient,
  name: string | undefined,
  { by, from, to }: StatsRange,
): Promise<CountedTraffic> {
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
