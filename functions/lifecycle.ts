/** Wakes up for operators who work on an endpoint: configure, token, activate, deactivate, deconfigure. */
import { randomUUID } from 'node:crypto';
import { type Call, type Handlers, operatorApi } from '../shared/api.ts';
import { configure } from '../shared/configuration.ts';
import { type Connection, urlOf } from '../shared/connection.ts';
import { deliveryUrls } from '../shared/delivery-url.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { type Hold, isByCertificate, isLive } from '../shared/endpoint-record.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/environment.ts';
import { type EventLog, eventLog } from '../shared/event-log.ts';
import { heldCounter } from '../shared/held-count.ts';
import { Problem } from '../shared/problem.ts';
import { type RecordAnswerDeps, recordAnswer } from '../shared/record-answer.ts';
import {
  generate,
  moveLabel,
  onSecret,
  type RenewalDeps,
  type Renewed,
  rotate,
  unmarkedBearers,
} from '../shared/renewal.ts';
import { type AnyCall, act, connectionOf } from '../shared/revision.ts';
import { clockSlack } from '../shared/run.ts';
import { settingsOf } from '../shared/settings-in-force.ts';
import { store } from '../shared/store.ts';
import { survey } from '../shared/survey.ts';
import { usageLog } from '../shared/usage-log.ts';
import { secretsManager, vault } from '../shared/vault.ts';

export interface Deps extends RenewalDeps, RecordAnswerDeps {
  events: Pick<EventLog, 'list'>;
}

/** A live value with the URLs that a sender is given. */
function tokenView({ connection, value: { token, signingSecret } }: Renewed, { publicUrl }: Deps) {
  const url = urlOf(connection, publicUrl);
  const { auth, dedupe, methods: [method = 'POST'] = [] } = settingsOf(connection);
  const idHeader = dedupe.by === 'header' ? dedupe.name : undefined;
  const demand = { url: url ?? '', method, isEnough: auth.kind === 'token', idHeader };
  const urls = url && 'accept' in auth ? deliveryUrls(auth.accept, token, demand) : [];
  return { token, ...(signingSecret === undefined ? {} : { signingSecret }), url, deliveryUrls: urls };
}

async function tokenAnswer(status: number, renewed: Renewed, call: AnyCall, deps: Deps) {
  const { body: connection, headers } = await recordAnswer(renewed.connection, call, deps);
  return { status, body: { ...tokenView(renewed, deps), connection }, headers };
}

/**
 * Shows the live tokens, the previous one unless it only stands for a certificate. The record is written first: nobody
 * sees a token without a trace.
 */
async function reveal(call: Call<'GET /v1/connections/{name}/endpoint/token'>, deps: Deps) {
  const connection = await act(call, { verb: 'revealToken' }, deps.store);
  const { secret = '', guard, tokens: [current, previous] = [] } = connection.endpoint ?? {};
  const read = (tokenId = '') => onSecret(call, secret, deps, () => deps.vault.read(secret, tokenId));
  const answer = await tokenAnswer(200, { connection, value: await read(current?.id) }, call, deps);
  if (!previous?.expiresAt || !isLive(previous, call.now)) return answer;
  const earlier = previous.under?.guard ?? guard;
  if (earlier && isByCertificate(earlier)) return answer;
  const old = { ...(await read(previous.id)), expiresAt: previous.expiresAt };
  return { ...answer, body: { ...answer.body, previous: old } };
}

/** Opens the window in which the sender may deliver its secret, once. Another that is open ends by it. */
async function openHandshake(call: Call<'POST /v1/connections/{name}/endpoint/handshake'>, deps: Deps) {
  const until = new Date(call.now.getTime() + call.body.minutes * 60_000).toISOString();
  const window = { id: randomUUID(), until };
  return recordAnswer(await act(call, { verb: 'openHandshake', window }, deps.store), call, deps);
}

/** Makes a secret live that was delivered beside another, which lives on until its grace ends. */
async function confirmHandshake(call: Call<'POST /v1/connections/{name}/endpoint/handshake/confirm'>, deps: Deps) {
  const bearers = await unmarkedBearers(call, deps);
  const connection = await act(call, { verb: 'confirmHandshake', ...call.body, ...bearers }, deps.store);
  await moveLabel(connection, call, deps);
  return recordAnswer(connection, call, deps);
}

/** The 409 of a deconfigure that would leave held events unpublished: it counts them, up to a bound. */
async function lossOf(connectionId: string, hold: Hold, now: Date, { events }: Deps): Promise<Problem> {
  const from = new Date(Date.parse(hold.since) - clockSlack).toISOString();
  const { count, complete } = await survey(events, connectionId, { from }, now, ({ held }) => held === hold.id);
  const lost = `${complete ? '' : 'at least '}${count} ${count === 1 ? 'event' : 'events'}`;
  const detail = `The endpoint has been held since ${hold.since}: ${lost} would never be published. Release it first, or repeat this with ?discardHeld=true.`;
  return new Problem(409, 'held', detail, { heldSince: hold.since, count, complete });
}

async function deconfigure(call: Call<'DELETE /v1/connections/{name}/endpoint'>, deps: Deps): Promise<Connection> {
  try {
    return await act(call, { verb: 'deconfigure', discardHeld: call.query.discardHeld === 'true' }, deps.store);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'held') throw error;
    const { id, endpoint } = await connectionOf(call, deps.store);
    throw endpoint?.hold ? await lossOf(id, endpoint.hold, call.now, deps) : error;
  }
}

export const lifecycle = (deps: Deps): Handlers<'lifecycle'> => {
  const simply = (verb: 'activate' | 'deactivate' | 'release' | 'closeHandshake') => async (call: AnyCall) =>
    recordAnswer(await act(call, { verb }, deps.store), call, deps);
  const ending = (verb: 'removeToken' | 'endGrace') => async (call: AnyCall) => {
    const command = { verb, ...(await unmarkedBearers(call, deps)) };
    return recordAnswer(await act(call, command, deps.store), call, deps);
  };
  return {
    'PUT /v1/connections/{name}/endpoint': async (call) => recordAnswer(await configure(call, deps), call, deps),
    'DELETE /v1/connections/{name}/endpoint': async (call) => recordAnswer(await deconfigure(call, deps), call, deps),
    'POST /v1/connections/{name}/endpoint/token': async (call) =>
      tokenAnswer(201, await generate(call, deps), call, deps),
    'GET /v1/connections/{name}/endpoint/token': (call) => reveal(call, deps),
    'DELETE /v1/connections/{name}/endpoint/token': ending('removeToken'),
    'POST /v1/connections/{name}/endpoint/token/rotate': async (call) =>
      tokenAnswer(200, await rotate(call, deps), call, deps),
    'DELETE /v1/connections/{name}/endpoint/token/previous': ending('endGrace'),
    'POST /v1/connections/{name}/endpoint/activate': simply('activate'),
    'POST /v1/connections/{name}/endpoint/deactivate': simply('deactivate'),
    'POST /v1/connections/{name}/endpoint/hold': async (call) =>
      recordAnswer(await act(call, { verb: 'hold', holdId: randomUUID() }, deps.store), call, deps),
    'POST /v1/connections/{name}/endpoint/release': simply('release'),
    'POST /v1/connections/{name}/endpoint/handshake': (call) => openHandshake(call, deps),
    'POST /v1/connections/{name}/endpoint/handshake/confirm': (call) => confirmHandshake(call, deps),
    'DELETE /v1/connections/{name}/endpoint/handshake': simply('closeHandshake'),
  };
};

const live = (): Deps => {
  const client = dynamodb();
  return {
    store: store(client, fromEnvironment('stateTable')),
    events: eventLog(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    usage: usageLog(client, fromEnvironment('journalTable')),
    countHeld: heldCounter(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    vault: vault(secretsManager()),
    publicUrl: fromEnvironment('publicUrl'),
    secretPrefix: fromEnvironment('secretPrefix'),
    log: (line) => console.info(line),
  };
};

export const handler = operatorApi(lifecycle(live()));
