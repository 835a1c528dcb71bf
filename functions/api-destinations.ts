/** Wakes up for operators' requests about destinations: creates, lists, reads, edits, pauses, tests and deletes them, and shows their secrets. */
import { randomUUID } from 'node:crypto';
import type { Destination } from '../shared/deliveries/destination/destination.ts';
import { type DestinationSecrets, destinationSecrets } from '../shared/deliveries/destination/destination-secret.ts';
import { type DestinationTable, destinationTable } from '../shared/deliveries/destination/destination-table.ts';
import { destinationViewOf } from '../shared/deliveries/destination/destination-view.ts';
import { accessTokens } from '../shared/deliveries/destination/oauth-token.ts';
import { type DestinationHistory, destinationHistory } from '../shared/deliveries/dispatch/destination-history.ts';
import { deliveryPorts, destinationReader } from '../shared/deliveries/dispatch/function-ports.ts';
import { noteTest } from '../shared/deliveries/dispatch/note-test.ts';
import { routeReader } from '../shared/deliveries/route/route-table.ts';
import { routeUse } from '../shared/deliveries/route/route-use.ts';
import { secretsManager } from '../shared/endpoints/credential/secret-store.ts';
import { connectionNameForm } from '../shared/endpoints/endpoint/connection-name.ts';
import { secretTags } from '../shared/endpoints/endpoint/deployment-id.ts';
import { stateReader } from '../shared/endpoints/endpoint/state-table.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, listFromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import { log } from '../shared/ground/aws/logger.ts';
import { isHistoryPosition } from '../shared/ground/aws/merged-history.ts';
import { outboundSender } from '../shared/ground/outbound/outbound-request.ts';
import { addressRule } from '../shared/ground/outbound/public-address.ts';
import { ownHostOf, whyForbidden } from '../shared/ground/outbound/request-target.ts';
import { afterCursor, cursorOf, limitOf } from '../shared/operators/api/list-page.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/operators/api/operator-api.ts';
import { type CreateDestinationPorts, createDestination } from '../shared/operators/operation/create-destination.ts';
import { type DeleteDestinationPorts, deleteDestination } from '../shared/operators/operation/delete-destination.ts';
import {
  revealSigningSecret,
  rotateSigningSecret,
  type SigningSecrets,
} from '../shared/operators/operation/destination-signing-secret.ts';
import { type EditDestinationPorts, editDestination } from '../shared/operators/operation/edit-destination.ts';
import type { OperationContext } from '../shared/operators/operation/operation.ts';
import {
  attemptWaiting,
  pauseDestination,
  resumeDestination,
} from '../shared/operators/operation/pause-destination.ts';
import { routesTo } from '../shared/operators/operation/routes-to.ts';
import { type TestDestinationPorts, testDestination } from '../shared/operators/operation/test-destination.ts';
import { requireDestination } from '../shared/operators/operation/update-destination.ts';

export interface Deps
  extends CreateDestinationPorts,
    EditDestinationPorts,
    TestDestinationPorts,
    DeleteDestinationPorts {
  destinations: DestinationTable;
  destinationSecrets: DestinationSecrets;
  history: Pick<DestinationHistory, 'list'>;
}

/** The ETag is the version of the record. */
const viewAnswer = (
  destination: Destination,
  { actor, now }: Pick<OperationContext, 'actor' | 'now'>,
  status = 200,
) => ({
  status,
  body: destinationViewOf(destination, actor.role, now),
  headers: { etag: `"${destination.version}"` },
});

const secretAnswer = ({ destination: { version }, ...body }: SigningSecrets) => ({
  status: 200,
  body,
  headers: { etag: `"${version}"` },
});

async function listDestinations({ query, actor, now }: OperatorCall<'GET /v1/destinations'>, { destinations }: Deps) {
  const after = afterCursor(query.cursor, (text) => connectionNameForm.test(text));
  const { destinations: found, next } = await destinations.list(limitOf(query.limit), after);
  return {
    status: 200,
    body: { items: found.map((each) => destinationViewOf(each, actor.role, now)), nextCursor: cursorOf(next) },
  };
}

async function readDestination(call: OperatorCall<'GET /v1/destinations/{name}'>, deps: Deps) {
  const destination = await requireDestination(call.params.name, deps);
  const answer = viewAnswer(destination, call);
  if (call.query.include === undefined) return answer;
  return { ...answer, body: { ...answer.body, routes: await routesTo(destination, deps) } };
}

async function listHistory(call: OperatorCall<'GET /v1/destinations/{name}/history'>, deps: Deps) {
  const { id } = await requireDestination(call.params.name, deps);
  const page = { limit: limitOf(call.query.limit), from: afterCursor(call.query.cursor, isHistoryPosition) };
  const { lines, next } = await deps.history.list(id, page);
  return { status: 200, body: { items: lines, nextCursor: cursorOf(next) } };
}

async function remove(call: OperatorCall<'DELETE /v1/destinations/{name}'>, deps: Deps) {
  await deleteDestination({ ...call.params, force: call.query.force === 'true' }, call, deps);
  return { status: 204, body: null };
}

export const apiDestinations = (deps: Deps): RouteHandlers<'api-destinations'> => ({
  'GET /v1/destinations': (call) => listDestinations(call, deps),
  'POST /v1/destinations': async (call) => viewAnswer(await createDestination(call.body, call, deps), call, 201),
  'GET /v1/destinations/{name}': (call) => readDestination(call, deps),
  'PATCH /v1/destinations/{name}': async (call) =>
    viewAnswer(await editDestination({ ...call.params, ...call.body }, call, deps), call),
  'DELETE /v1/destinations/{name}': (call) => remove(call, deps),
  'POST /v1/destinations/{name}/pause': async (call) =>
    viewAnswer(await pauseDestination(call.params, call, deps), call),
  'POST /v1/destinations/{name}/resume': async (call) =>
    viewAnswer(await resumeDestination(call.params, call, deps), call),
  'POST /v1/destinations/{name}/attempt': async (call) =>
    viewAnswer(await attemptWaiting(call.params, call, deps), call),
  'POST /v1/destinations/{name}/test': async (call) => ({
    status: 200,
    body: await testDestination(call.params, call, deps),
  }),
  'GET /v1/destinations/{name}/secret': async (call) =>
    secretAnswer(await revealSigningSecret(call.params, call, deps)),
  'POST /v1/destinations/{name}/secret/rotate': async (call) =>
    secretAnswer(await rotateSigningSecret({ ...call.params, ...call.body }, call, deps)),
  'GET /v1/destinations/{name}/history': (call) => listHistory(call, deps),
});

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('STATE_TABLE');
  const rules = {
    ownHosts: fromEnvironment('OWN_URLS').split(',').map(ownHostOf),
    allow: listFromEnvironment('ALLOW_PRIVATE'),
  };
  const mayReach = addressRule(rules.allow);
  const send = outboundSender(rules);
  const clock = () => performance.now();
  const notePorts = { ...deliveryPorts(), readDestination: destinationReader() };
  return {
    destinations: destinationTable(client, table),
    store: stateReader(client, table),
    readRoutes: routeReader(client, table).read,
    routeUse: routeUse(client, table),
    destinationSecrets: destinationSecrets(secretsManager(), secretTags(client, table)),
    history: destinationHistory(client, fromEnvironment('JOURNAL_TABLE')),
    secretPrefix: fromEnvironment('SECRET_PREFIX'),
    newDestinationId: () => `dst_${randomUUID()}`,
    newMessageId: () => `test_${randomUUID()}`,
    whyUrlRefused: (url) => whyForbidden(url, rules.ownHosts, mayReach),
    send,
    getToken: accessTokens({ send, clock }),
    noteTest: (tested) => noteTest(tested, notePorts),
    clock,
    log,
  };
};

export const handler = httpHandler(operatorApi(apiDestinations(lambdaDeps())));
