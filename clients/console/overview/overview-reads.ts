/** Reads what the overview needs to say what needs somebody. A part that can't be read does not hide the others. */

import type { DestinationHealthView } from '../../../shared/deliveries/dispatch/destination-health-view.ts';
import { inParallel } from '../../../shared/ground/base/parallel.ts';
import { beginOfMinutes } from '../../../shared/ground/statistics/refused-count.ts';
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
import { type ReasonTotal, totalsOf } from '../rejections/rejection-totals.ts';

/** The most connections of which more is read than a line of a list. */
const mostRead = 50;
/** The most connections that refuse of which the cause is read. */
const mostCauses = 10;
/** How many of them are read at a time. */
const atOnce = 6;
/** How far back events are looked for that were given up, in milliseconds. */
const givenUpMs = 7 * 86_400_000;

const parts = ['connections', 'destinations', 'givenUp'] as const;
type Part = (typeof parts)[number];

/** A connection that refuses, with the most frequent reason and its causes, if that could be read. */
export type ExplainedAttention = Attention & { mostOften?: ReasonTotal };

/** What is said of all active endpoints. */
export interface EndpointFacts {
  count: number;
  /** When the newest webhook of any connection came. Null if none ever came. */
  lastEventAt: string | null;
  /** Until when all of them are counted. Absent if that is not known of each. */
  asOf?: string;
}

/** What is said of all destinations that were looked at. */
export interface DestinationFacts {
  count: number;
  /** How many an operator has paused. */
  paused: number;
  waiting: DestinationHealthView['waiting'];
}

export interface Overview {
  /** The most urgent first. */
  found: ExplainedAttention[];
  /** What could not be read. */
  unread: Part[];
  /** How many destinations were not looked at, and how many connections for events that were given up. */
  skipped: { destinations: number; connections: number };
  /** Absent if they could not be read. */
  endpoints?: EndpointFacts;
  destinations?: DestinationFacts;
}

interface Found {
  found: ExplainedAttention[];
  skipped: number;
  facts?: Pick<Overview, 'endpoints' | 'destinations'>;
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

const newest = (times: readonly string[]): string | undefined => times.toSorted().at(-1);

function factsOfEndpoints(all: readonly CountedConnection[]): EndpointFacts {
  const active = all.filter(({ endpoint }) => endpoint?.status === 'active');
  const counted = active.flatMap(({ stats }) => stats?.asOf ?? []).sort();
  const [asOf] = counted;
  return {
    count: active.length,
    lastEventAt: newest(all.flatMap(({ stats }) => stats?.lastEventAt ?? [])) ?? null,
    ...(asOf !== undefined && counted.length === active.length && { asOf }),
  };
}

/** The most frequent reason of the last hour, with its causes, by the newest rows. A finding without it has the reason alone, so a failure says nothing. */
async function mostOftenOf(api: ApiClient, name: string, now: Date): Promise<{ mostOften?: ReasonTotal }> {
  const query = { from: beginOfMinutes(60, now).toISOString(), limit: '200' };
  const read = await api.call('GET /v1/connections/{name}/rejections', { params: { name }, query }).catch(() => null);
  const [mostOften] = totalsOf(read?.items ?? []).filter(({ reason }) => reason !== 'endpoint_inactive');
  return mostOften ? { mostOften } : {};
}

async function ofConnections(api: ApiClient, all: readonly CountedConnection[], now: Date): Promise<Found> {
  const found = byUrgency(all.flatMap((each) => attentionOfConnection(each, now)));
  const refusing = found.filter((each) => each.kind === 'refusing').slice(0, mostCauses);
  const explained = await inParallel(refusing, atOnce, async (each) => ({
    ...each,
    ...(await mostOftenOf(api, each.connection, now)),
  }));
  const others = found.filter((each) => !refusing.some((other) => other === each));
  return { found: [...explained, ...others], skipped: 0, facts: { endpoints: factsOfEndpoints(all) } };
}

async function ofDestinations(api: ApiClient, now: Date): Promise<Found> {
  const { observed, skipped } = await observeDestinations(api, await allDestinations(api));
  const waiting = observed.map(({ health }) => health.waiting);
  const [oldest] = waiting.flatMap((each) => each.oldest ?? []).sort();
  return {
    found: observed.flatMap((each) => attentionOfDestination(each, now)),
    skipped,
    facts: {
      destinations: {
        count: observed.length + skipped,
        paused: observed.filter(({ health }) => health.state === 'paused').length,
        waiting: {
          count: waiting.reduce((sum, { count }) => sum + count, 0),
          isMore: skipped > 0 || waiting.some(({ isMore }) => isMore),
          ...(oldest !== undefined && { oldest }),
        },
      },
    },
  };
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
    connections: connections.then((all) => ofConnections(api, all, now)),
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
    ...Object.assign({}, ...read.map((each) => each?.facts)),
  };
}
