/** Replaces the rules that route the events of a connection to destinations. */

import { isBeingDeleted, isFinished } from '../../deliveries/destination/destination.ts';
import type { DestinationTable } from '../../deliveries/destination/destination-table.ts';
import type { PutRoutes } from '../../deliveries/route/route-table.ts';
import type { RouteUse } from '../../deliveries/route/route-use.ts';
import { type Routes, routesVersionOf } from '../../deliveries/route/routes.ts';
import type { RoutesRequest, RuleRequest } from '../../deliveries/route/routes-request.ts';
import { ruleChangesOf } from '../../deliveries/route/rule-changes.ts';
import type { CheckTransform } from '../../deliveries/transform/transform.ts';
import { type Connection, maxRecordBytes, nextVersion } from '../../endpoints/endpoint/connection.ts';
import { connectionNameForm } from '../../endpoints/endpoint/connection-name.ts';
import { statusOf } from '../../endpoints/endpoint/lifecycle.ts';
import { pointerOf } from '../../ground/base/json-pointer.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation, OperationContext } from './operation.ts';
import { type ConnectionRoutes, noRoutes, type ReadRoutesPorts } from './read-routes.ts';
import { type ConnectionRecordPorts, type Named, type UpdateDecision, updateConnection } from './update-connection.ts';

/** What it takes to find the destinations of a list, and to check its expressions. */
export interface ResolvePorts {
  destinations: Pick<DestinationTable, 'read'>;
  checkTransform: CheckTransform;
}

export interface SetRoutesPorts extends ReadRoutesPorts, ConnectionRecordPorts, ResolvePorts {
  store: ReadRoutesPorts['store'] & ConnectionRecordPorts['store'];
  putRoutes: PutRoutes;
  routeUse: Pick<RouteUse, 'claim'>;
}

/** Something wrong with a rule of a request. */
interface RuleFault {
  at: number;
  field: 'to' | 'transform';
  message: string;
}

/**
 * @param within the keys that lead to the list in the body of the request
 * @throws a refusal if something is wrong
 */
function refuseFaults(faults: readonly RuleFault[], within: readonly string[]): void {
  const errors = faults.map(({ at, field, message }) => {
    const path = [...within, 'rules', String(at), field];
    return { path: path.join('.'), pointer: pointerOf(path), message };
  });
  const [first] = errors;
  if (first) throw new Refusal('invalid_request', `${first.path} in the body ${first.message}.`, { errors });
}

/** The ids of the destinations of these names. One that is being deleted counts as gone. */
async function destinationIdsOf(names: ReadonlySet<string>, now: Date, { destinations }: ResolvePorts) {
  const ids = [...names].map(async (name): Promise<[string, string][]> => {
    const found = connectionNameForm.test(name) ? await destinations.read(name) : undefined;
    return isFinished(found) && !isBeingDeleted(found, now) ? [[name, found.id]] : [];
  });
  return new Map((await Promise.all(ids)).flat());
}

/**
 * The list of a request: each destination with its id.
 * @throws a refusal that says which rules lead to no destination
 */
export async function resolvedRoutes(
  { mode, rules }: RoutesRequest,
  now: Date,
  ports: ResolvePorts,
  within: readonly string[] = [],
): Promise<Routes> {
  const ids = await destinationIdsOf(new Set(rules.map(({ to }) => to)), now, ports);
  const unknown = rules.flatMap(({ to }, at): RuleFault[] =>
    ids.has(to) ? [] : [{ at, field: 'to', message: `names no destination: there is no ${to}` }],
  );
  refuseFaults(unknown, within);
  return { mode, rules: rules.map(({ to: name, ...rule }) => ({ ...rule, to: { id: ids.get(name) ?? '', name } })) };
}

/**
 * Checks the expressions of a request, one after another, except those that were checked before.
 * @throws a refusal that says what is wrong with them
 */
export async function checkTransforms(
  rules: readonly RuleRequest[],
  before: Routes | undefined,
  { checkTransform }: ResolvePorts,
  within: readonly string[] = [],
): Promise<void> {
  const known = new Set(before?.rules.map(({ transform }) => transform));
  const faults: RuleFault[] = [];
  for (const [at, { transform }] of rules.entries()) {
    const fault = transform === undefined || known.has(transform) ? undefined : await checkTransform(transform);
    if (!fault) continue;
    const place = fault.position === undefined ? '' : ` (at character ${fault.position})`;
    faults.push({ at, field: 'transform', message: `can't be used: ${fault.message}${place}` });
  }
  refuseFaults(faults, within);
}

const usedBy = (routes: Routes | undefined): Set<string> => new Set(routes?.rules.map(({ to }) => to.id));

/**
 * Claims the destinations that the connection did not name before, and then looks again whether they are there. So of this change and
 * a deletion at the same time, at least one sees the other.
 * @throws a refusal if a destination is gone
 */
async function claimDestinations(
  request: RoutesRequest,
  routes: Routes,
  before: Routes | undefined,
  { id: connectionId, name: connection, version }: Connection,
  { now }: OperationContext,
  ports: SetRoutesPorts,
): Promise<void> {
  const named = usedBy(before);
  const added = [...usedBy(routes)].filter((id) => !named.has(id));
  if (added.length === 0) return;
  await Promise.all(added.map((id) => ports.routeUse.claim(id, { connectionId, connection, version, at: now })));
  const again = await resolvedRoutes(request, now, ports);
  if (routesVersionOf(again).version === routesVersionOf(routes).version) return;
  throw new Refusal('superseded', 'A destination was deleted and made again at the same time. Send the routes again.');
}

/** The most rules that an entry of the history names. */
const maxNamedRules = 8;

/** The change of a record, with an entry that names as many rules as the record has room for. */
function routesChange(
  record: Connection,
  version: string | undefined,
  [before, after]: [before: Routes | undefined, after: Routes],
  { actor, now }: OperationContext,
): UpdateDecision & { kind: 'changed' } {
  const status = statusOf(record.endpoint);
  const change = { routes: version };
  const who = { verb: 'setRoutes', by: actor.id, at: now.toISOString(), from: status, to: status } as const;
  const entryWith = (named: number) => ({ ...who, rules: ruleChangesOf(before, after, named) });
  const isTooLarge = (named: number) =>
    Buffer.byteLength(JSON.stringify(nextVersion(record, change, entryWith(named)))) > maxRecordBytes;
  let named = maxNamedRules;
  while (named > 0 && isTooLarge(named)) named -= 1;
  return { kind: 'changed', change, entry: entryWith(named) };
}

/**
 * Replaces all rules of a connection. The list is put first, and then the record names it: after a crash in between, the rules are
 * as they were, and nothing names the new list. An empty list removes the routes.
 */
export const setConnectionRoutes: Operation<Named & RoutesRequest, SetRoutesPorts, ConnectionRoutes> = async (
  { name, ...request },
  context,
  ports,
) => {
  let routes = noRoutes;
  const connection = await updateConnection(name, context, ports, async (record) => {
    routes = await resolvedRoutes(request, context.now, ports);
    const list = routes.rules.length > 0 ? routesVersionOf(routes) : undefined;
    if (list?.version === record.routes) return { kind: 'same' };
    // Undefined if somebody restored the record by hand, without its list.
    const before = record.routes === undefined ? undefined : await ports.readRoutes(record.routes);
    await checkTransforms(request.rules, before, ports);
    if (list) {
      await claimDestinations(request, routes, before, record, context, ports);
      await ports.putRoutes(list);
    }
    return routesChange(record, list?.version, [before, routes], context);
  });
  return { connection, routes };
};
