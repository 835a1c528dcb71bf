/** Wakes up for operators' requests about routes: reads, replaces and tests the rules that route the events of a connection to destinations. */

import { destinationTable } from '../shared/deliveries/destination/destination-table.ts';
import { routeReader, routeWriter } from '../shared/deliveries/route/route-table.ts';
import { routeUse } from '../shared/deliveries/route/route-use.ts';
import { transformFunction } from '../shared/deliveries/transform/transform-function.ts';
import { stateTable } from '../shared/endpoints/endpoint/state-table.ts';
import { bodyStore } from '../shared/events/event/body-store.ts';
import { eventTable } from '../shared/events/event/event-table.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import { etagOf } from '../shared/operators/api/connection-answer.ts';
import { bodyWithheld } from '../shared/operators/api/event-view.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/operators/api/operator-api.ts';
import { Problem } from '../shared/operators/api/problem.ts';
import { type ConnectionRoutes, readConnectionRoutes } from '../shared/operators/operation/read-routes.ts';
import { type SetRoutesPorts, setConnectionRoutes } from '../shared/operators/operation/set-routes.ts';
import { type TestRoutesPorts, testConnectionRoutes } from '../shared/operators/operation/test-routes.ts';

export type Deps = SetRoutesPorts & TestRoutesPorts;

/** The rules as operators read them. The ETag is the version of the connection's record: a change of the rules replaces exactly that one. */
const routesAnswer = ({ connection, routes: { mode, rules } }: ConnectionRoutes) => ({
  status: 200,
  body: { version: connection.version, mode, rules: rules.map(({ to, ...rule }) => ({ ...rule, to: to.name })) },
  headers: { etag: etagOf(connection) },
});

const set = async (call: OperatorCall<'PUT /v1/connections/{name}/routes'>, deps: Deps) =>
  routesAnswer(await setConnectionRoutes({ ...call.params, ...call.body }, call, deps));

/** Rules that are not in force may have any pattern, which could find out what is in a body: they are for admins. */
async function test(call: OperatorCall<'POST /v1/connections/{name}/routes/test'>, deps: Deps) {
  const { role } = call.actor;
  const isAdmin = role === 'connection_admin';
  if (call.body.routes && !isAdmin)
    throw new Problem('role_required', `A test of other routes needs the role connection_admin; yours is ${role}.`);
  const found = await testConnectionRoutes({ ...call.params, ...call.body, withholdsTokens: !isAdmin }, call, deps);
  return { status: 200, body: { ...found, ...(found.masked && !isAdmin && { bodyWithheld }) } };
}

export const apiRoutes = (deps: Deps): RouteHandlers<'api-routes'> => ({
  'GET /v1/connections/{name}/routes': async (call) =>
    routesAnswer(await readConnectionRoutes(call.params, call, deps)),
  'PUT /v1/connections/{name}/routes': (call) => set(call, deps),
  'POST /v1/connections/{name}/routes/test': (call) => test(call, deps),
});

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('STATE_TABLE');
  const { check, transform } = transformFunction(fromEnvironment('TRANSFORM_FUNCTION'));
  return {
    store: stateTable(client, table),
    destinations: destinationTable(client, table),
    readRoutes: routeReader(client, table).read,
    putRoutes: routeWriter(client, table),
    routeUse: routeUse(client, table),
    events: eventTable(client, fromEnvironment('EVENTS_TABLE'), numberFromEnvironment('EVENT_SHARDS')),
    readBody: bodyStore(fromEnvironment('BODIES_BUCKET')).read,
    checkTransform: check,
    transform,
    clock: () => performance.now(),
  };
};

export const handler = httpHandler(operatorApi(apiRoutes(lambdaDeps())));
