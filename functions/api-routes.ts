/** Wakes up for operators' requests about routes: reads and replaces the rules that route the events of a connection to destinations. */
import { etagOf } from '../shared/api/connection-answer.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/api/operator-api.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { destinationTable } from '../shared/destination/destination-table.ts';
import { stateTable } from '../shared/endpoint/state-table.ts';
import { type RoutesInForce, readConnectionRoutes } from '../shared/operation/read-routes.ts';
import { type SetRoutesPorts, setConnectionRoutes } from '../shared/operation/set-routes.ts';
import { routeReader, routeWriter } from '../shared/route/route-table.ts';
import { routeUse } from '../shared/route/route-use.ts';
import { transformFunction } from '../shared/transform/transform-function.ts';

export type Deps = SetRoutesPorts;

/** The rules as operators read them. The ETag is the version of the connection's record: a change of the rules replaces exactly that one. */
const routesAnswer = ({ connection, routes: { mode, rules } }: RoutesInForce) => ({
  status: 200,
  body: { version: connection.version, mode, rules: rules.map(({ to, ...rule }) => ({ ...rule, to: to.name })) },
  headers: { etag: etagOf(connection) },
});

const set = async (call: OperatorCall<'PUT /v1/connections/{name}/routes'>, deps: Deps) =>
  routesAnswer(await setConnectionRoutes({ ...call.params, ...call.body }, call, deps));

export const apiRoutes = (deps: Deps): RouteHandlers<'api-routes'> => ({
  'GET /v1/connections/{name}/routes': async (call) =>
    routesAnswer(await readConnectionRoutes(call.params, call, deps)),
  'PUT /v1/connections/{name}/routes': (call) => set(call, deps),
});

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('stateTable');
  return {
    store: stateTable(client, table),
    destinations: destinationTable(client, table),
    readRoutes: routeReader(client, table).read,
    putRoutes: routeWriter(client, table),
    routeUse: routeUse(client, table),
    checkTransform: transformFunction(fromEnvironment('transform')).check,
  };
};

export const handler = httpHandler(operatorApi(apiRoutes(lambdaDeps())));
