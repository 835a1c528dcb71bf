/** Wakes up for operators' requests about destinations: creates, lists, reads, edits, pauses, tests and deletes them, and shows their secrets. */
import { randomUUID } from 'node:crypto';
import { afterCursor, cursorOf, limitOf } from '../shared/api/list-page.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/api/operator-api.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, listFromEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { log } from '../shared/aws/logger.ts';
import { secretsManager } from '../shared/credential/secret-store.ts';
import type { Destination } from '../shared/destination/destination.ts';
import { type DestinationSecrets, destinationSecrets } from '../shared/destination/destination-secret.ts';
import { type DestinationTable, destinationTable } from '../shared/destination/destination-table.ts';
import { destinationViewOf } from '../shared/destination/destination-view.ts';
import { accessTokens } from '../shared/destination/oauth-token.ts';
import { connectionNameForm } from '../shared/endpoint/connection-name.ts';
import { secretTags } from '../shared/endpoint/deployment-id.ts';
import { stateReader } from '../shared/endpoint/state-table.ts';
import { type DestinationHistory, destinationHistory } from '../shared/journal/destination-history.ts';
import { isHistoryPosition } from '../shared/journal/merged-history.ts';
import { type CreateDestinationPorts, createDestination } from '../shared/operation/create-destination.ts';
import { type DeleteDestinationPorts, deleteDestination } from '../shared/operation/delete-destination.ts';
import {
  revealSigningSecret,
  rotateSigningSecret,
  type SigningSecrets,
} from '../shared/operation/destination-signing-secret.ts';
import { type EditDestinationPorts, editDestination } from '../shared/operation/edit-destination.ts';
import type { OperationContext } from '../shared/operation/operation.ts';
import { pauseDestination, resumeDestination } from '../shared/operation/pause-destination.ts';
import { type TestDestinationPorts, testDestination } from '../shared/operation/test-destination.ts';
import { requireDestination } from '../shared/operation/update-destination.ts';
import { outboundSender } from '../shared/outbound/outbound-request.ts';
import { addressRule } from '../shared/outbound/public-address.ts';
import { ownHostOf, whyForbidden } from '../shared/outbound/request-target.ts';
import { routeReader } from '../shared/route/route-table.ts';
import { routeUse } from '../shared/route/route-use.ts';

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
const viewAnswer = (destination: Destination, { now }: Pick<OperationContext, 'now'>, status = 200) => ({
  status,
  body: destinationViewOf(destination, now),
  headers: { etag: `"${destination.version}"` },
});

const secretAnswer = ({ destination: { version }, ...body }: SigningSecrets) => ({
  status: 200,
  body,
  headers: { etag: `"${version}"` },
});

async function listDestinations({ query, now }: OperatorCall<'GET /v1/destinations'>, { destinations }: Deps) {
  const after = afterCursor(query.cursor, (text) => connectionNameForm.test(text));
  const { destinations: found, next } = await destinations.list(limitOf(query.limit), after);
  return {
    status: 200,
    body: { items: found.map((each) => destinationViewOf(each, now)), nextCursor: cursorOf(next) },
  };
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
  'GET /v1/destinations/{name}': async (call) => viewAnswer(await requireDestination(call.params.name, deps), call),
  'PATCH /v1/destinations/{name}': async (call) =>
    viewAnswer(await editDestination({ ...call.params, ...call.body }, call, deps), call),
  'DELETE /v1/destinations/{name}': (call) => remove(call, deps),
  'POST /v1/destinations/{name}/pause': async (call) =>
    viewAnswer(await pauseDestination(call.params, call, deps), call),
  'POST /v1/destinations/{name}/resume': async (call) =>
    viewAnswer(await resumeDestination(call.params, call, deps), call),
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
  const table = fromEnvironment('stateTable');
  const rules = {
    ownHosts: fromEnvironment('ownUrls').split(',').map(ownHostOf),
    allow: listFromEnvironment('allowPrivate'),
  };
  const mayReach = addressRule(rules.allow);
  const send = outboundSender(rules);
  const clock = () => performance.now();
  return {
    destinations: destinationTable(client, table),
    store: stateReader(client, table),
    readRoutes: routeReader(client, table).read,
    routeUse: routeUse(client, table),
    destinationSecrets: destinationSecrets(secretsManager(), secretTags(client, table)),
    history: destinationHistory(client, fromEnvironment('journalTable')),
    secretPrefix: fromEnvironment('secretPrefix'),
    newDestinationId: () => `dst_${randomUUID()}`,
    newMessageId: () => `test_${randomUUID()}`,
    whyUrlRefused: (url) => whyForbidden(url, rules.ownHosts, mayReach),
    send,
    getToken: accessTokens({ send, clock }),
    clock,
    log,
  };
};

export const handler = httpHandler(operatorApi(apiDestinations(lambdaDeps())));
