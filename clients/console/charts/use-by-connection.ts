/** The counts of each connection, of those first whose last event is the newest: each costs a request or two. */
import { allCountedConnections, type CountedConnection } from '../connections/all-connections.ts';
import { useRead } from '../session/queries.tsx';
import { isKept, readByConnection, statsRangesOf } from './by-connection.ts';
import { ranges, zoneHere } from './periods.ts';
import type { TrafficView } from './traffic-view.ts';

/** How many connections are read first, and how many more each time. */
export const connectionsAtOnce = 50;

const lastEventOf = ({ stats }: CountedConnection): string => stats?.lastEventAt ?? '';

/** @param limit the most connections that are read */
export function useByConnection({ range, span }: TrafficView, limit: number) {
  const list = useRead(['connections'], allCountedConnections);
  const all = list.data?.toSorted((one, other) => lastEventOf(other).localeCompare(lastEventOf(one)));
  const names = all
    ?.slice(0, limit)
    .map(({ name }) => name)
    .sort();
  const isGone = span !== undefined && !isKept(ranges[range], span, new Date());
  const counted = useRead(
    ['traffic by connection', range, span, names],
    async (api) =>
      names && !isGone
        ? readByConnection(api, names, statsRangesOf(ranges[range], span, new Date(), zoneHere()))
        : null,
    { freshMs: 60_000 },
  );
  return {
    data: counted.data,
    error: list.data ? counted.error : list.error,
    readAgain: () => void (list.data ? counted.refetch() : list.refetch()),
    isReading: counted.isFetching,
    /** Whether the counts of the time are no longer kept. */
    isGone,
    /** How many connections were not read. */
    uncounted: Math.max(0, (all?.length ?? 0) - limit),
  };
}
