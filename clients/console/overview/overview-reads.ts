/** Reads what the overview needs to say what needs somebody. A part that can't be read does not hide the others. */

import { inParallel } from '../../../shared/ground/base/parallel.ts';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { observeDestinations } from '../../../shared/operators/api/destination-reads.ts';
import {
  type Attention,
  attentionOfConnection,
  attentionOfDestination,
  attentionOfGivenUp,
  byUrgency,
} from '../../../shared/operators/journal/attention.ts';
import { allCountedConnections, type CountedConnection } from '../connections/all-connections.ts';
import { allDestinations } from '../destinations/all-destinations.ts';

/** The most connections of which more is read than a line of a list. */
const mostRead = 50;
/** How many of them are read at a time. */
const atOnce = 6;
/** How far back events are looked for that were given up, in milliseconds. */
const givenUpMs = 7 * 86_400_000;

const parts = ['connections', 'destinations', 'givenUp'] as const;
type Part = (typeof parts)[number];

export interface Overview {
  /** The most urgent first. */
  found: Attention[];
  /** What could not be read. */
  unread: Part[];
  /** How many destinations were not looked at, and how many connections for events that were given up. */
  skipped: { destinations: number; connections: number };
}

interface Found {
  found: Attention[];
  skipped: number;
}

/** What is found by the first few of these. One that is deleted meanwhile needs nobody. */
async function foundIn<Item>(items: readonly Item[], look: (item: Item) => Promise<Attention[]>): Promise<Found> {
  const found = await inParallel(items.slice(0, mostRead), atOnce, (item) =>
    look(item).catch((error) => {
      if (error instanceof ApiError && error.status === 404) return [];
      throw error;
    }),
  );
  return { found: found.flat(), skipped: Math.max(0, items.length - mostRead) };
}

async function ofDestinations(api: ApiClient, now: Date): Promise<Found> {
  const { observed, skipped } = await observeDestinations(api, await allDestinations(api));
  return { found: observed.flatMap((each) => attentionOfDestination(each, now)), skipped };
}

/** The days of the last week. @param name of a connection; without one, of all together */
const daysOf = async (api: ApiClient, now: Date, name?: string) => {
  const query = { by: 'day', from: new Date(now.getTime() - givenUpMs).toISOString() } as const;
  const call =
    name === undefined
      ? api.call('GET /v1/stats', { query })
      : api.call('GET /v1/connections/{name}/stats', { params: { name }, query });
  return (await call).items;
};

/** Looks at each connection only if something was given up at all. That is rare. */
async function givenUpOf(api: ApiClient, connections: readonly CountedConnection[], now: Date): Promise<Found> {
  if (attentionOfGivenUp('', await daysOf(api, now)).length === 0) return { found: [], skipped: 0 };
  return foundIn(
    connections.filter(({ endpoint }) => endpoint !== null),
    async ({ name }) => attentionOfGivenUp(name, await daysOf(api, now, name)),
  );
}

/** @throws if nothing could be read */
export async function readOverview(api: ApiClient, now: Date): Promise<Overview> {
  const connections = allCountedConnections(api);
  const reads: Record<Part, Promise<Found>> = {
    connections: connections.then((all) => ({
      found: all.flatMap((each) => attentionOfConnection(each, now)),
      skipped: 0,
    })),
    destinations: ofDestinations(api, now),
    givenUp: connections.then((all) => givenUpOf(api, all, now)),
  };
  const settled = await Promise.allSettled(parts.map((part) => reads[part]));
  const faults = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  if (faults.length === parts.length) throw faults[0];
  const read = settled.map((each) => (each.status === 'fulfilled' ? each.value : undefined));
  const skippedOf = (part: Part): number => read[parts.indexOf(part)]?.skipped ?? 0;
  return {
    found: byUrgency(read.flatMap((each) => each?.found ?? [])),
    unread: parts.filter((_, at) => read[at] === undefined),
    skipped: { destinations: skippedOf('destinations'), connections: skippedOf('givenUp') },
  };
}
