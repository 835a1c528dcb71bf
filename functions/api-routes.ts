/** Wakes up for operators' requests about routes: reads, replaces and tests the rules that route the events of a connection to destinations. */
import { etagOf } from '../shared/api/connection-answer.ts';
import { bodyWithheld } from '../shared/api/event-view.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/api/operator-api.ts';
import { Problem } from '../shared/api/problem.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { secretsManager } from '../shared/credential/secret-store.ts';
import { destinationSecrets } from '../shared/destination/destination-secret.ts';
import { destinationTable } from '../shared/destination/destination-table.ts';
import { stateTable } from '../shared/endpoint/state-table.ts';
import { bodyStore } from '../shared/event/body-store.ts';
import { eventTable } from '../shared/event/event-table.ts';
import { type RoutesInForce, readConnectionRoutes } from '../shared/operation/read-routes.ts';
import { type SetRoutesPorts, setConnectionRoutes } from '../shared/operation/set-routes.ts';
import { type TestRoutesPorts, testConnectionRoutes } from '../shared/operation/test-routes.ts';
import { routeReader, routeWriter } from '../shared/route/route-table.ts';
import { routeUse } from '../shared/route/route-use.ts';
import { transformFunction } from '../shared/transform/transform-function.ts';

export type Deps = SetRoutesPorts & TestRoutesPorts;

/** The rules as operators read them. The ETag is the version of the connection's record: a change of the rules replaces exactly that one. */
const routesAnswer = ({ connection, routes: { mode, rules } }: RoutesInForce) => ({
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
  const table = fromEnvironment('stateTable');
  const { check, transform } = transformFunction(fromEnvironment('transform'));
  return {
    store: stateTable(client, table),
    destinations: destinationTable(client, table),
    readRoutes: routeReader(client, table).read,
    putRoutes: routeWriter(client, table),
    routeUse: routeUse(client, table),
    destinationSecrets: destinationSecrets(secretsManager(), async () => []),
    events: eventTable(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    readBody: bodyStore(fromEnvironment('bodiesBucket')).read,
    checkTransform: check,
    transform,
    clock: () => performance.now(),
  };
};

export const handler = httpHandler(operatorApi(apiRoutes(lambdaDeps())));
