/** Plans a whole file: what it names, and what it names no longer. Pure. */
import { fileManagerOf, type ManagedBy } from '../../endpoints/endpoint/managed-by.ts';
import type { Actual } from './actual.ts';
import type { Manifest } from './manifest.ts';
import type { DestinationItem, Left, Plan, PlanItem, PlanOptions, Refused } from './plan.ts';
import { type ConnectionPlan, planConnection, planRemoval } from './plan-connection.ts';
import { type DestinationPlan, planDestination, planDestinationRemoval } from './plan-destination.ts';
import { withoutReferences } from './unseen-references.ts';

/** The rules that lead to no destination. */
function unknownDestinations(
  { connections, destinations }: Manifest,
  actual: Actual,
  removed: ReadonlySet<string>,
): string[] {
  const isThere = (name: string) =>
    Object.hasOwn(destinations, name) || (actual.destinations.has(name) && !removed.has(name));
  return Object.entries(connections).flatMap(([name, { routes }]) =>
    (routes?.rules ?? [])
      .filter(({ to }) => !isThere(to))
      .map(
        ({ id, to }) => `The rule ${id} of the connection ${name} leads to ${to}, and there is no such destination.`,
      ),
  );
}

/** What the file manages and names no longer, by name. */
const noLongerNamed = <T>(
  file: string,
  found: ReadonlyMap<string, T>,
  named: object,
  manageable: (each: T) => { managedBy?: ManagedBy | undefined },
): T[] =>
  [...found]
    .filter(([name, each]) => !Object.hasOwn(named, name) && fileManagerOf(manageable(each))?.name === file)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, each]) => each);

const itemsOf = <P extends { item?: PlanItem }>(plans: readonly P[]): PlanItem[] =>
  plans.flatMap(({ item }) => item ?? []);

/** Destinations come before the connections whose rules lead to them, and go after those. */
function ordered(
  destinations: readonly DestinationPlan[],
  connections: readonly ConnectionPlan[],
  removals: readonly PlanItem[],
): PlanItem[] {
  const endings = destinations.flatMap(({ ending }): DestinationItem[] => (ending ? [ending] : []));
  return [...itemsOf(destinations), ...itemsOf(connections), ...endings, ...removals];
}

/**
 * Plans a file.
 * @returns why nothing can be done, or what is to be done
 */
export function planManifest(manifest: Manifest, found: Actual, { prune, reopen }: PlanOptions): Plan | Refused {
  const { name: file } = manifest;
  const { actual, notCompared } = found.showsReferences
    ? { actual: found, notCompared: [] }
    : withoutReferences(manifest, found);
  const destinations = Object.entries(manifest.destinations).map(([name, wanted]) =>
    planDestination(name, wanted, actual.destinations.get(name), file),
  );
  const madeDestinations = new Set(destinations.flatMap(({ ending }) => (ending ? [ending.name] : [])));
  const connections = Object.entries(manifest.connections).map(([name, wanted]) =>
    planConnection(name, wanted, actual.connections.get(name), { file, reopen, madeDestinations }),
  );
  const goneConnections = noLongerNamed(file, actual.connections, manifest.connections, ({ view }) => view);
  const goneDestinations = noLongerNamed(file, actual.destinations, manifest.destinations, (view) => view);
  const deleted = goneDestinations.filter((view) => prune && !fileManagerOf(view)?.adopted);
  const removed = new Set(deleted.map(({ name }) => name));
  const refused = [
    ...destinations.flatMap((plan) => plan.refused),
    ...connections.flatMap((plan) => plan.refused),
    ...unknownDestinations(manifest, actual, removed),
  ];
  if (refused.length > 0) return { refused };
  const left: Left[] = [
    ...goneConnections.map(({ view }) => ({ kind: 'connection' as const, name: view.name })),
    ...goneDestinations.map(({ name }) => ({ kind: 'destination' as const, name })),
  ];
  const removals = prune ? goneConnections.map(planRemoval) : [];
  const removalItems = [...itemsOf(removals), ...(prune ? goneDestinations.map(planDestinationRemoval) : [])];
  return {
    items: ordered(destinations, connections, removalItems),
    kept: [...connections, ...removals].flatMap(({ kept }) => kept),
    left: prune ? [] : left,
    notCompared,
  };
}
