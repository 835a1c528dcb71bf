/**
 * Wakes up for operators who work on an endpoint: configure, token, activate, deactivate, deconfigure.
 *
 * A verb that makes a secret is two writes to the record with the secret's value put between them. A crash before the
 * second leaves the old state working, one after it the new.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { type Call, type Handlers, operatorApi } from '../shared/api.ts';
import type { Auth } from '../shared/auth.ts';
import { objectionToSplit } from '../shared/batch.ts';
import { type Connection, urlOf } from '../shared/connection.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { basisOf, type Command, type Hold, isLive, type Pending, transition } from '../shared/endpoint.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/environment.ts';
import { type EventLog, eventLog } from '../shared/event-log.ts';
import { deliveryUrls } from '../shared/placement.ts';
import { presetOf } from '../shared/presets.ts';
import { Problem } from '../shared/problem.ts';
import { connectionOf, refusalOf, revise, viewAnswer } from '../shared/revision.ts';
import { clockSlack } from '../shared/run.ts';
import { checkAuth } from '../shared/scheme-choice.ts';
import { changedValue, newValue, whyUnfit } from '../shared/secret-value.ts';
import type { NamedSettings, SettingsChange } from '../shared/settings.ts';
import { guardOf, settingsInForce } from '../shared/settings-in-force.ts';
import { type Store, store } from '../shared/store.ts';
import { survey } from '../shared/survey.ts';
import { newSecretName, secretsManager, type Value, type Vault, vault } from '../shared/vault.ts';

export interface Deps {
  store: Store;
  events: Pick<EventLog, 'list'>;
  vault: Vault;
  publicUrl: string;
  /** Prefix of the names of endpoints' secrets. */
  secretPrefix: string;
  log(line: Record<string, unknown>): void;
}

type AnyCall = Pick<Call, 'operator' | 'params' | 'requestId' | 'now' | 'ifMatch'>;

/** One verb, one write. */
const act = (call: AnyCall, command: Command, { store }: Deps): Promise<Connection> =>
  revise(call, store, ({ endpoint }) => {
    const outcome = transition(endpoint, command, { by: call.operator.id, now: call.now });
    return outcome.kind === 'changed' ? { ...outcome, change: { endpoint: outcome.endpoint } } : outcome;
  });

/** How often a verb that another operator overtook is tried in all. */
const attempts = 3;

/** Runs what begins and finishes a secret; who was overtaken in between is judged again on what is there now. */
async function untilSettled<T>(attempt: () => Promise<T>, left = attempts - 1): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'superseded' || left === 0) throw error;
    return untilSettled(attempt, left - 1);
  }
}

const newPending = (call: AnyCall, secret: string): Pending => ({
  secret,
  tokenId: randomUUID(),
  since: call.now.toISOString(),
});

/**
 * Works on a secret that a record named. Who drops it meanwhile has it deleted, and was then just faster: the verb is
 * judged again on what is there now. @throws as `work` does, when the record still names it
 */
async function onSecret<T>(call: AnyCall, secret: string, { store }: Deps, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const connection = await connectionOf(call, store);
    if (connection.endpoint?.secret === secret) throw error;
    throw refusalOf('superseded', connection, call.operator.role, call.now);
  }
}

/** Without the demand of If-Match: the begin has met it, and has itself made the next version. */
const continued = (call: AnyCall): AnyCall => ({ ...call, ifMatch: undefined });

async function generate(call: Call<'POST /v1/connections/{name}/endpoint/token'>, deps: Deps) {
  const { connection, value } = await untilSettled(async () => {
    const before = await connectionOf(call, deps.store);
    const value = newValue(before.provider, settingsOf(before).auth, call.body);
    const secretName = newSecretName(deps.secretPrefix, call.params['name'] ?? '');
    const pending = newPending(call, secretName);
    const basis = basisOf(before.endpoint);
    await act(call, { verb: 'generateToken', step: 'begin', pending, basis }, deps);
    const secret = await deps.vault.create(secretName, pending.tokenId, value);
    const finish = { verb: 'generateToken', step: 'finish', tokenId: pending.tokenId, secret } as const;
    return { connection: await act(continued(call), finish, deps), value };
  });
  return { status: 201, body: tokenAnswer(connection, value, deps), headers: versionOf(connection) };
}

/** A value that takes the place of the one that is live. */
interface Renewal {
  verb: 'rotateToken' | 'changeAuth';
  force: boolean;
  valueAfter(before: Connection): Promise<Value>;
  finish(tokenId: string): Command;
}

/** Adds a version to the secret that is there. What is live stays so until the record says otherwise. */
async function renew(call: AnyCall, { verb, force, valueAfter, finish }: Renewal, deps: Deps) {
  const renewed = await untilSettled(async () => {
    const before = await connectionOf(call, deps.store);
    const value = await valueAfter(before);
    const pending = newPending(call, '');
    const basis = basisOf(before.endpoint);
    const { endpoint } = await act(call, { verb, step: 'begin', pending, force, basis }, deps);
    const secret = endpoint?.secret ?? '';
    await onSecret(call, secret, deps, async () => {
      await deps.vault.agree(secret, endpoint?.tokens[0]?.id ?? '');
      await deps.vault.putPending(secret, pending.tokenId, value);
    });
    return { connection: await act(continued(call), finish(pending.tokenId), deps), value };
  });
  await moveLabel(renewed.connection, call, deps);
  return renewed;
}

async function rotate(call: Call<'POST /v1/connections/{name}/endpoint/token/rotate'>, deps: Deps) {
  const { graceSeconds, force } = call.body;
  const renewal: Renewal = {
    verb: 'rotateToken',
    force,
    valueAfter: async (before) => {
      const { auth } = settingsOf(before);
      // Only of two there is one to carry over.
      const value = auth.kind === 'both' ? await presentValue(call, before, deps) : undefined;
      return newValue(before.provider, auth, call.body, value);
    },
    finish: (tokenId) => ({ verb: 'rotateToken', step: 'finish', tokenId, graceSeconds, force }),
  };
  const { connection, value } = await renew(call, renewal, deps);
  return { status: 200, body: tokenAnswer(connection, value, deps), headers: versionOf(connection) };
}

/** The new token is live already, so a label that could not be moved is no failure: the next rotation moves it first. */
async function moveLabel({ name, endpoint }: Connection, { requestId }: AnyCall, { vault, log }: Deps): Promise<void> {
  try {
    await vault.agree(endpoint?.secret ?? '', endpoint?.tokens[0]?.id ?? '');
  } catch (error) {
    log({ warning: 'label_not_moved', fault: (error as Error).name, connection: name, requestId });
  }
}

/** The settings in force of a connection's endpoint. */
const settingsOf = ({ provider, endpoint }: Connection) =>
  settingsInForce({ provider, settings: endpoint?.settings ?? {} });

/** The value that is the present one, if there is any. */
async function presentValue(call: AnyCall, { endpoint }: Connection, deps: Deps): Promise<Value | undefined> {
  const { secret, tokens: [current] = [] } = endpoint ?? {};
  if (!secret || !current) return undefined;
  return onSecret(call, secret, deps, () => deps.vault.read(secret, current.id));
}

const versionOf = ({ version }: Connection) => ({ etag: `"${version}"` });

function tokenAnswer(connection: Connection, { token, signingSecret }: Value, { publicUrl }: Deps) {
  const url = urlOf(connection, publicUrl);
  const { auth } = settingsOf(connection);
  const urls = url && 'accept' in auth ? deliveryUrls(auth.accept, url, token) : [];
  return { token, ...(signingSecret === undefined ? {} : { signingSecret }), url, deliveryUrls: urls };
}

/** Shows the live tokens. The record is written first: nobody sees a token without a trace. */
async function reveal(call: Call<'GET /v1/connections/{name}/endpoint/token'>, deps: Deps) {
  const connection = await act(call, { verb: 'revealToken' }, deps);
  const { secret = '', tokens = [] } = connection.endpoint ?? {};
  const [current, previous] = tokens;
  const read = (tokenId = '') => onSecret(call, secret, deps, () => deps.vault.read(secret, tokenId));
  const answer = tokenAnswer(connection, await read(current?.id), deps);
  const headers = versionOf(connection);
  if (!previous?.expiresAt || !isLive(previous, call.now)) return { status: 200, body: answer, headers };
  const old = { ...(await read(previous.id)), expiresAt: previous.expiresAt };
  return { status: 200, body: { ...answer, previous: old }, headers };
}

type Configure = Call<'PUT /v1/connections/{name}/endpoint'>;
type NewValues = NonNullable<Configure['body']['values']>;

/** Configures, with new values or without. */
const configure = (call: Configure, deps: Deps): Promise<Connection> =>
  call.body.values ? changeAuth(call, call.body.values, deps) : untilSettled(() => changeSettings(call, deps));

/** Changes settings alone. What could never let anybody in with the values that live already is refused. */
async function changeSettings(call: Configure, deps: Deps): Promise<Connection> {
  const { values: _, ...settings } = call.body;
  const connection = await connectionOf(call, deps.store);
  const { guardOf, authOf } = inForceOf(connection);
  checkSplit(connection.provider, settings);
  const isAboutAuth = settings.auth !== undefined;
  const auth = authOf(authIn(settings));
  if (isAboutAuth || !connection.endpoint) checkAuth(connection.provider, auth);
  if (isAboutAuth) await checkLiveValues(call, connection, auth, deps);
  const endpointId = randomBytes(16).toString('base64url');
  const basis = isAboutAuth ? { basis: basisOf(connection.endpoint) } : {};
  const verifyToken = asksVerifyToken(connection) ? { verifyToken: randomBytes(16).toString('base64url') } : {};
  return act(call, { verb: 'configure', endpointId, settings, guardOf, ...basis, ...verifyToken }, deps);
}

/** Whether the sender's form asks for a text that comes back in its handshake. */
const asksVerifyToken = ({ provider }: Connection): boolean =>
  presetOf(provider).handshakes?.some(({ proof }) => typeof proof === 'object') ?? false;

/** Changes auth together with the values that are for it: the way so far is accepted until its grace ends. */
async function changeAuth(call: Configure, values: NewValues, deps: Deps): Promise<Connection> {
  const { values: _, ...settings } = call.body;
  const { provider } = await connectionOf(call, deps.store);
  const inForce = inForceOf({ provider });
  const auth = inForce.authOf(authIn(settings));
  checkAuth(provider, auth);
  checkSplit(provider, settings);
  const { graceSeconds, force } = values;
  const renewal: Renewal = {
    verb: 'changeAuth',
    force,
    valueAfter: async (before) => {
      const value = await presentValue(call, before, deps);
      const { kind } = settingsOf(before).auth;
      return value ? changedValue(provider, auth, values, { kind, value }) : newValue(provider, auth, values);
    },
    finish: (tokenId) => ({ verb: 'changeAuth', step: 'finish', tokenId, graceSeconds, force, settings, ...inForce }),
  };
  return (await renew(call, renewal, deps)).connection;
}

function checkSplit(provider: string, { split }: SettingsChange): void {
  const objection = objectionToSplit(split ?? false, presetOf(provider).batch);
  if (objection !== undefined) throw new Problem(422, 'split_unknown', objection);
}

const authIn = ({ auth }: SettingsChange): NamedSettings => (auth ? { auth } : {});

/** What settings come to with a provider. */
const inForceOf = ({ provider }: Pick<Connection, 'provider'>) => ({
  guardOf: (settings: NamedSettings) => guardOf({ provider, settings }),
  authOf: (settings: NamedSettings) => settingsInForce({ provider, settings }).auth,
});

/** Those that a change of auth left are judged by the earlier one for as long as they live. */
/** Opens the window in which the sender may deliver its secret, once. Another that is open ends by it. */
async function openHandshake(call: Call<'POST /v1/connections/{name}/endpoint/handshake'>, deps: Deps) {
  const until = new Date(call.now.getTime() + call.body.minutes * 60_000).toISOString();
  const window = { id: randomUUID(), until };
  return viewAnswer(await act(call, { verb: 'openHandshake', window }, deps), call, deps.publicUrl);
}

/** Makes a secret live that was delivered beside another, which lives on until its grace ends. */
async function confirmHandshake(call: Call<'POST /v1/connections/{name}/endpoint/handshake/confirm'>, deps: Deps) {
  const connection = await act(call, { verb: 'confirmHandshake', ...call.body }, deps);
  await moveLabel(connection, call, deps);
  return viewAnswer(connection, call, deps.publicUrl);
}

async function checkLiveValues(call: AnyCall, { provider, endpoint }: Connection, auth: Auth, deps: Deps) {
  const { secret, tokens = [] } = endpoint ?? {};
  if (!secret) return;
  const live = tokens.filter((token) => isLive(token, call.now) && !token.under);
  const reads = () => Promise.all(live.map((token) => deps.vault.read(secret, token.id)));
  const values = await onSecret(call, secret, deps, reads);
  const why = values.map((value) => whyUnfit(provider, auth, value)).find((reason) => reason !== undefined);
  if (why)
    throw new Problem(
      422,
      'token_not_usable',
      `The value that lives already can not be used so: ${why}. Bring values in the same request: {} carries over what fits and generates the rest, and what lives now is accepted as before until its grace ends.`,
    );
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
    return await act(call, { verb: 'deconfigure', discardHeld: call.query.discardHeld === 'true' }, deps);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'held') throw error;
    const { id, endpoint } = await connectionOf(call, deps.store);
    throw endpoint?.hold ? await lossOf(id, endpoint.hold, call.now, deps) : error;
  }
}

export const lifecycle = (deps: Deps): Handlers<'lifecycle'> => {
  const simply =
    (verb: 'removeToken' | 'endGrace' | 'activate' | 'deactivate' | 'release' | 'closeHandshake') =>
    async (call: AnyCall) =>
      viewAnswer(await act(call, { verb }, deps), call, deps.publicUrl);
  return {
    'PUT /v1/connections/{name}/endpoint': async (call) =>
      viewAnswer(await configure(call, deps), call, deps.publicUrl),
    'DELETE /v1/connections/{name}/endpoint': async (call) =>
      viewAnswer(await deconfigure(call, deps), call, deps.publicUrl),
    'POST /v1/connections/{name}/endpoint/token': (call) => generate(call, deps),
    'GET /v1/connections/{name}/endpoint/token': (call) => reveal(call, deps),
    'DELETE /v1/connections/{name}/endpoint/token': simply('removeToken'),
    'POST /v1/connections/{name}/endpoint/token/rotate': (call) => rotate(call, deps),
    'DELETE /v1/connections/{name}/endpoint/token/previous': simply('endGrace'),
    'POST /v1/connections/{name}/endpoint/activate': simply('activate'),
    'POST /v1/connections/{name}/endpoint/deactivate': simply('deactivate'),
    'POST /v1/connections/{name}/endpoint/hold': async (call) =>
      viewAnswer(await act(call, { verb: 'hold', holdId: randomUUID() }, deps), call, deps.publicUrl),
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
    vault: vault(secretsManager()),
    publicUrl: fromEnvironment('publicUrl'),
    secretPrefix: fromEnvironment('secretPrefix'),
    log: (line) => console.info(line),
  };
};

export const handler = operatorApi(lifecycle(live()));
