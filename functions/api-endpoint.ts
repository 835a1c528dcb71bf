/** Wakes up for operators' requests that change an endpoint or reveal its token. */
import { randomUUID } from 'node:crypto';
import { configure } from '../shared/api/configuration.ts';
import { type RecordAnswerDeps, recordAnswer } from '../shared/api/connection-answer.ts';
import { applyCommand, type ConnectionCall, requireConnection } from '../shared/api/connection-update.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/api/operator-api.ts';
import {
  type AddedVersion,
  createSecret,
  moveLabel,
  onSecret,
  rotateSecret,
  type SecretRotationDeps,
  unmarkedBearers,
} from '../shared/api/secret-rotation.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { log } from '../shared/aws/logger.ts';
import { Problem } from '../shared/base/problem.ts';
import { deliveryUrls } from '../shared/credential/delivery-url.ts';
import { secretStore, secretsManager } from '../shared/credential/secret-store.ts';
import { type Connection, urlOf } from '../shared/endpoint/connection.ts';
import { secretTags } from '../shared/endpoint/deployment-id.ts';
import { type Endpoint, type Hold, isByCertificate, isLive } from '../shared/endpoint/endpoint-record.ts';
import { beforeDeconfigure } from '../shared/endpoint/next-step.ts';
import { settingsOf } from '../shared/endpoint/settings-in-force.ts';
import { stateTable } from '../shared/endpoint/state-table.ts';
import { countEvents } from '../shared/event/event-count.ts';
import { type EventTable, eventTable } from '../shared/event/event-table.ts';
import { heldCounter } from '../shared/event/held-event-count.ts';
import { clockSlackMs } from '../shared/event/replay-job.ts';
import { usageTable } from '../shared/journal/usage-table.ts';

export interface Deps extends SecretRotationDeps, RecordAnswerDeps {
  events: Pick<EventTable, 'list'>;
}

/** A live value, with the URLs for the sender. */
function tokenView({ connection, value: { token, signingSecret } }: AddedVersion, { publicUrl }: Deps) {
  const url = urlOf(connection, publicUrl);
  const { auth, dedupe, methods } = settingsOf(connection);
  const view = { token, signingSecret, url };
  if (!url || !('accept' in auth)) return { ...view, deliveryUrls: [] };
  const [method = 'POST'] = methods;
  const idHeader = dedupe.by === 'header' ? dedupe.name : undefined;
  const demand = { url, method, isEnough: auth.kind === 'token', idHeader };
  return { ...view, deliveryUrls: deliveryUrls(auth.accept, token, demand) };
}

async function tokenAnswer(status: number, version: AddedVersion, call: ConnectionCall, deps: Deps) {
  const { body: connection, headers } = await recordAnswer(version.connection, call, deps);
  return { status, body: { ...tokenView(version, deps), connection }, headers };
}

/**
 * Reveals the live tokens. First it records the reveal, so that nobody can see a token without a trace in the history.
 * A previous version that only stands in for a certificate has no secret, so it is left out.
 */
async function revealToken(call: OperatorCall<'GET /v1/connections/{name}/endpoint/token'>, deps: Deps) {
  const connection = await applyCommand(call, { verb: 'revealToken' }, deps.store);
  const { secret = '', guard, tokens: [current, previous] = [] } = connection.endpoint ?? {};
  const read = (tokenId = '') => onSecret(call, secret, deps, () => deps.secretStore.read(secret, tokenId));
  const answer = await tokenAnswer(200, { connection, value: await read(current?.id) }, call, deps);
  if (!previous?.expiresAt || !isLive(previous, call.now)) return answer;
  const earlier = previous.under?.guard ?? guard;
  if (earlier && isByCertificate(earlier)) return answer;
  const old = { ...(await read(previous.id)), expiresAt: previous.expiresAt };
  return { ...answer, body: { ...answer.body, previous: old } };
}

/** Opens a window in which the sender may deliver its secret once. An open window is replaced. */
async function openHandshake(call: OperatorCall<'POST /v1/connections/{name}/endpoint/handshake'>, deps: Deps) {
  const until = new Date(call.now.getTime() + call.body.minutes * 60_000).toISOString();
  const window = { id: randomUUID(), until };
  return recordAnswer(await applyCommand(call, { verb: 'openHandshake', window }, deps.store), call, deps);
}

/** Makes a delivered secret live. The previous secret stays live until its grace ends. */
async function confirmHandshake(
  call: OperatorCall<'POST /v1/connections/{name}/endpoint/handshake/confirm'>,
  deps: Deps,
) {
  const bearers = await unmarkedBearers(call, deps);
  const connection = await applyCommand(call, { verb: 'confirmHandshake', ...call.body, ...bearers }, deps.store);
  await moveLabel(connection, call, deps);
  return recordAnswer(connection, call, deps);
}

/**
 * The 409 if an operator deconfigures an endpoint that has held events. The answer counts the events that would never
 * be published, up to a limit.
 */
async function heldProblem(
  connectionId: string,
  endpoint: Endpoint,
  hold: Hold,
  now: Date,
  { events }: Deps,
): Promise<Problem> {
  const from = new Date(Date.parse(hold.since) - clockSlackMs).toISOString();
  const { count, complete } = await countEvents(events, connectionId, { from }, now, ({ held }) => held === hold.id);
  const held = `${complete ? '' : 'at least '}${count} held ${count === 1 ? 'event' : 'events'}`;
  const detail = beforeDeconfigure(endpoint, false, held);
  return new Problem(409, 'held', detail, { heldSince: hold.since, count, complete });
}

async function deconfigure(
  call: OperatorCall<'DELETE /v1/connections/{name}/endpoint'>,
  deps: Deps,
): Promise<Connection> {
  try {
    return await applyCommand(
      call,
      { verb: 'deconfigure', discardHeld: call.query.discardHeld === 'true' },
      deps.store,
    );
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'held') throw error;
    const { id, endpoint } = await requireConnection(call, deps.store);
    throw endpoint?.hold ? await heldProblem(id, endpoint, endpoint.hold, call.now, deps) : error;
  }
}

export const apiEndpoint = (deps: Deps): RouteHandlers<'api-endpoint'> => {
  const simpleVerb = (verb: 'activate' | 'deactivate' | 'release' | 'closeHandshake') => async (call: ConnectionCall) =>
    recordAnswer(await applyCommand(call, { verb }, deps.store), call, deps);
  const endingVerb = (verb: 'removeToken' | 'endGrace') => async (call: ConnectionCall) => {
    const command = { verb, ...(await unmarkedBearers(call, deps)) };
    return recordAnswer(await applyCommand(call, command, deps.store), call, deps);
  };
  return {
    'PUT /v1/connections/{name}/endpoint': async (call) => recordAnswer(await configure(call, deps), call, deps),
    'DELETE /v1/connections/{name}/endpoint': async (call) => recordAnswer(await deconfigure(call, deps), call, deps),
    'POST /v1/connections/{name}/endpoint/token': async (call) =>
      tokenAnswer(201, await createSecret(call, deps), call, deps),
    'GET /v1/connections/{name}/endpoint/token': (call) => revealToken(call, deps),
    'DELETE /v1/connections/{name}/endpoint/token': endingVerb('removeToken'),
    'POST /v1/connections/{name}/endpoint/token/rotate': async (call) =>
      tokenAnswer(200, await rotateSecret(call, deps), call, deps),
    'DELETE /v1/connections/{name}/endpoint/token/previous': endingVerb('endGrace'),
    'POST /v1/connections/{name}/endpoint/activate': simpleVerb('activate'),
    'POST /v1/connections/{name}/endpoint/deactivate': simpleVerb('deactivate'),
    'POST /v1/connections/{name}/endpoint/hold': async (call) =>
      recordAnswer(await applyCommand(call, { verb: 'hold', holdId: randomUUID() }, deps.store), call, deps),
    'POST /v1/connections/{name}/endpoint/release': simpleVerb('release'),
    'POST /v1/connections/{name}/endpoint/handshake': (call) => openHandshake(call, deps),
    'POST /v1/connections/{name}/endpoint/handshake/confirm': (call) => confirmHandshake(call, deps),
    'DELETE /v1/connections/{name}/endpoint/handshake': simpleVerb('closeHandshake'),
  };
};

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('stateTable');
  return {
    store: stateTable(client, table),
    events: eventTable(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    usage: usageTable(client, fromEnvironment('journalTable')),
    countHeld: heldCounter(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    secretStore: secretStore(secretsManager(), secretTags(client, table)),
    publicUrl: fromEnvironment('publicUrl'),
    secretPrefix: fromEnvironment('secretPrefix'),
    log,
  };
};

export const handler = httpHandler(operatorApi(apiEndpoint(lambdaDeps())));
