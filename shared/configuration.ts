/** Configuring an endpoint: what is checked before settings are set, and auth changed together with the values that are for it. */
import { randomBytes } from 'node:crypto';
import type { Call } from './api.ts';
import type { Auth } from './auth.ts';
import { objectionToSplit } from './batch.ts';
import { basisOf } from './command.ts';
import type { Connection } from './connection.ts';
import { isLive } from './endpoint-record.ts';
import { Problem } from './problem.ts';
import { presetOf } from './provider/presets.ts';
import { onSecret, presentValue, type Renewal, type RenewalDeps, renew, untilSettled } from './renewal.ts';
import { act, connectionOf, refusalOf } from './revision.ts';
import { changedValue, newValue, whyUnfit } from './secret-value.ts';
import { changed, type NamedSettings, type SettingsChange } from './settings.ts';
import { guardOf, objectionsOfReplayGuard, settingsInForce, settingsOf } from './settings-in-force.ts';
import { checkAuth } from './signature/scheme-choice.ts';

type Configure = Call<'PUT /v1/connections/{name}/endpoint'>;
type NewValues = NonNullable<Configure['body']['values']>;

/** Configures, with new values or without. */
export const configure = (call: Configure, deps: RenewalDeps): Promise<Connection> =>
  call.body.values ? changeAuth(call, call.body.values, deps) : untilSettled(() => changeSettings(call, deps));

/** Changes settings alone. What could never let anybody in with the values that live already is refused. */
async function changeSettings(call: Configure, deps: RenewalDeps): Promise<Connection> {
  const { values: _, ...settings } = call.body;
  const connection = await connectionOf(call, deps.store);
  const { guardOf, authOf } = inForceOf(connection);
  checkSplit(connection.provider, settings);
  const isAboutAuth = settings.auth !== undefined;
  const auth = authOf(authIn(settings));
  if (isAboutAuth || !connection.endpoint) checkAuth(connection.provider, auth);
  checkReplayGuard(connection, settings);
  if (isAboutAuth) await checkLiveValues(call, connection, auth, deps);
  const endpointId = randomBytes(16).toString('base64url');
  const basis = isAboutAuth ? { basis: basisOf(connection.endpoint) } : {};
  const verifyToken = asksVerifyToken(connection) ? { verifyToken: randomBytes(16).toString('base64url') } : {};
  const command = { verb: 'configure', endpointId, settings, guardOf, ...basis, ...verifyToken } as const;
  return act(call, command, deps.store, connection);
}

/** Whether the sender's form asks for a text that comes back in its handshake. */
const asksVerifyToken = ({ provider }: Connection): boolean =>
  presetOf(provider).handshakes?.some(({ proof }) => typeof proof === 'object') ?? false;

/** Changes auth together with the values that are for it: the way so far is accepted until its grace ends. */
async function changeAuth(call: Configure, values: NewValues, deps: RenewalDeps): Promise<Connection> {
  const { values: _, ...settings } = call.body;
  const connection = await connectionOf(call, deps.store);
  const { provider } = connection;
  const inForce = inForceOf({ provider });
  const auth = inForce.authOf(authIn(settings));
  checkAuth(provider, auth);
  checkReplayGuard(connection, settings);
  checkSplit(provider, settings);
  const { graceSeconds, force } = values;
  const renewal: Renewal = {
    verb: 'changeAuth',
    force,
    valueAfter: async (before) => {
      if (before.provider !== provider) throw refusalOf('superseded', before, call.operator.role, call.now);
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

/** Checks what the change is about alone: a record of an earlier version may name what is refused now. */
function checkReplayGuard({ provider, endpoint }: Connection, change: SettingsChange): void {
  const isAbout = (path: string) => change.auth !== undefined || Reflect.has(change, path);
  const settings = changed(endpoint?.settings ?? {}, change);
  const errors = objectionsOfReplayGuard({ provider, settings }).filter(({ path }) => isAbout(path));
  const detail = errors.map(({ path, message }) => `${path} ${message}.`).join(' ');
  if (errors.length > 0) throw new Problem(422, 'replay_guard', detail, { errors });
}

const authIn = ({ auth }: SettingsChange): NamedSettings => (auth ? { auth } : {});

/** What settings come to with a provider. */
const inForceOf = ({ provider }: Pick<Connection, 'provider'>) => ({
  guardOf: (settings: NamedSettings) => guardOf({ provider, settings }),
  authOf: (settings: NamedSettings) => settingsInForce({ provider, settings }).auth,
});

/**
 * Refuses an auth by which the values that live would let nobody in. Those that a change of auth left are judged by the
 * earlier one for as long as they live. @throws a 422
 */
async function checkLiveValues(call: Configure, connection: Connection, auth: Auth, deps: RenewalDeps) {
  const { provider, endpoint } = connection;
  const { kind } = settingsOf(connection).auth;
  const { secret, tokens = [] } = endpoint ?? {};
  if (!secret) return;
  const live = tokens.filter((token) => isLive(token, call.now) && !token.under);
  const reads = () => Promise.all(live.map((token) => deps.vault.read(secret, token.id)));
  const values = await onSecret(call, secret, deps, reads);
  const why = values.map((value) => whyUnfit(provider, auth, kind, value)).find((reason) => reason !== undefined);
  if (why)
    throw new Problem(
      422,
      'token_not_usable',
      `The value that lives already can not be used so: ${why}. Bring values in the same request: {} carries over what fits and generates the rest, and what lives now is accepted as before until its grace ends.`,
    );
}
