/** Wakes up for operators' requests that change an endpoint or reveal its token. */

import { deliveryUrls } from '../shared/endpoints/credential/delivery-url.ts';
import { secretStore, secretsManager } from '../shared/endpoints/credential/secret-store.ts';
import { type Connection, urlOf } from '../shared/endpoints/endpoint/connection.ts';
import { secretTags } from '../shared/endpoints/endpoint/deployment-id.ts';
import { settingsOf } from '../shared/endpoints/endpoint/settings-in-force.ts';
import { stateTable } from '../shared/endpoints/endpoint/state-table.ts';
import { usageTable } from '../shared/events/arrival/usage-table.ts';
import { type EventTable, eventTable } from '../shared/events/event/event-table.ts';
import { heldCounter } from '../shared/events/event/held-event-count.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import { log } from '../shared/ground/aws/logger.ts';
import { type RecordAnswerDeps, recordAnswer } from '../shared/operators/api/connection-answer.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/operators/api/operator-api.ts';
import { activateEndpoint, deactivateEndpoint } from '../shared/operators/operation/activation.ts';
import { configureEndpoint } from '../shared/operators/operation/configure-endpoint.ts';
import { createToken } from '../shared/operators/operation/create-token.ts';
import { deconfigureEndpoint } from '../shared/operators/operation/deconfigure-endpoint.ts';
import { closeHandshake, confirmHandshake, openHandshake } from '../shared/operators/operation/handshake-steps.ts';
import { holdEndpoint, releaseEndpoint } from '../shared/operators/operation/hold-and-release.ts';
import type { OperationContext } from '../shared/operators/operation/operation.ts';
import { endGrace, removeToken } from '../shared/operators/operation/remove-token.ts';
import { revealToken } from '../shared/operators/operation/reveal-token.ts';
import { rotateToken } from '../shared/operators/operation/rotate-token.ts';
import type { LiveVersion, SecretPorts } from '../shared/operators/operation/secret-version.ts';
import type { Named } from '../shared/operators/operation/update-connection.ts';

export interface Deps extends SecretPorts, RecordAnswerDeps {
  events: Pick<EventTable, 'list'>;
}

/** A live value, with the URLs for the sender. */
function tokenView({ connection, value: { token, signingSecret } }: LiveVersion, { publicUrl }: Deps) {
  const url = urlOf(connection, publicUrl);
  const { auth, dedupe, methods } = settingsOf(connection);
  const view = { token, signingSecret, url };
  if (!url || !('accept' in auth)) return { ...view, deliveryUrls: [] };
  const [method = 'POST'] = methods;
  const idHeader = dedupe.by === 'header' ? dedupe.name : undefined;
  const demand = { url, method, isEnough: auth.kind === 'token', idHeader };
  return { ...view, deliveryUrls: deliveryUrls(auth.accept, token, demand) };
}

async function tokenAnswer(status: number, version: LiveVersion, call: OperationContext, deps: Deps) {
  const { body: connection, headers } = await recordAnswer(version.connection, call, deps);
  return { status, body: { ...tokenView(version, deps), connection }, headers };
}

async function reveal(call: OperatorCall<'GET /v1/connections/{name}/endpoint/token'>, deps: Deps) {
  const { previous, ...current } = await revealToken(call.params, call, deps);
  const answer = await tokenAnswer(200, current, call, deps);
  return previous ? { ...answer, body: { ...answer.body, previous } } : answer;
}

/** The call of a route that is about a connection. */
type ConnectionCall = OperationContext & { params: Named };

export const apiEndpoint = (deps: Deps): RouteHandlers<'api-endpoint'> => {
  const answer = async (changed: Promise<Connection>, call: OperationContext) =>
    recordAnswer(await changed, call, deps);
  /** The handler of an operation that takes only the name of the connection. */
  const simple =
    (operation: (named: Named, context: OperationContext, ports: Deps) => Promise<Connection>) =>
    (call: ConnectionCall) =>
      answer(operation(call.params, call, deps), call);
  return {
    'PUT /v1/connections/{name}/endpoint': (call) => {
      const { values, ...settings } = call.body;
      return answer(configureEndpoint({ ...call.params, settings, values }, call, deps), call);
    },
    'DELETE /v1/connections/{name}/endpoint': (call) => {
      const discardHeld = call.query.discardHeld === 'true';
      return answer(deconfigureEndpoint({ ...call.params, discardHeld }, call, deps), call);
    },
    'POST /v1/connections/{name}/endpoint/token': async (call) =>
      tokenAnswer(201, await createToken({ ...call.params, ...call.body }, call, deps), call, deps),
    'GET /v1/connections/{name}/endpoint/token': (call) => reveal(call, deps),
    'DELETE /v1/connections/{name}/endpoint/token': simple(removeToken),
    'POST /v1/connections/{name}/endpoint/token/rotate': async (call) =>
      tokenAnswer(200, await rotateToken({ ...call.params, ...call.body }, call, deps), call, deps),
    'DELETE /v1/connections/{name}/endpoint/token/previous': simple(endGrace),
    'POST /v1/connections/{name}/endpoint/activate': (call) =>
      answer(activateEndpoint({ ...call.params, ...call.body }, call, deps), call),
    'POST /v1/connections/{name}/endpoint/deactivate': (call) =>
      answer(deactivateEndpoint({ ...call.params, ...call.body }, call, deps), call),
    'POST /v1/connections/{name}/endpoint/hold': simple(holdEndpoint),
    'POST /v1/connections/{name}/endpoint/release': simple(releaseEndpoint),
    'POST /v1/connections/{name}/endpoint/handshake': (call) =>
      answer(openHandshake({ ...call.params, ...call.body }, call, deps), call),
    'POST /v1/connections/{name}/endpoint/handshake/confirm': (call) =>
      answer(confirmHandshake({ ...call.params, ...call.body }, call, deps), call),
    'DELETE /v1/connections/{name}/endpoint/handshake': simple(closeHandshake),
  };
};

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('STATE_TABLE');
  return {
    store: stateTable(client, table),
    events: eventTable(client, fromEnvironment('EVENTS_TABLE'), numberFromEnvironment('EVENT_SHARDS')),
    usage: usageTable(client, fromEnvironment('JOURNAL_TABLE')),
    countHeld: heldCounter(client, fromEnvironment('EVENTS_TABLE'), numberFromEnvironment('EVENT_SHARDS')),
    secretStore: secretStore(secretsManager(), secretTags(client, table)),
    publicUrl: fromEnvironment('PUBLIC_URL'),
    secretPrefix: fromEnvironment('SECRET_PREFIX'),
    log,
  };
};

export const handler = httpHandler(operatorApi(apiEndpoint(lambdaDeps())));
