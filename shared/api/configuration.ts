/** Configures an endpoint: checks the settings, and changes auth together with its values. */

import { randomBytes } from 'node:crypto';
import { Problem } from '../base/problem.ts';
import { checkAuth } from '../endpoint/auth-check.ts';
import { holdsUnder, isProofDifferent } from '../endpoint/bearer-digest.ts';
import { basisOf, type LiveHolds } from '../endpoint/command.ts';
import type { Connection } from '../endpoint/connection.ts';
import { changedValue, whyUnfit } from '../endpoint/replacement-value.ts';
import {
  guardOf,
  objectionsOfReplayGuard,
  objectionToDedupe,
  secretMakerOf,
  settingsInForce,
} from '../endpoint/settings-in-force.ts';
import { bearersToRemember, type LiveValue, type ValueHistory } from '../endpoint/token-reuse.ts';
import { presetOf } from '../provider/presets.ts';
import type { Auth } from '../settings/auth.ts';
import { changedSettings, type NamedSettings, type SettingsChange } from '../settings/settings.ts';
import { objectionToSplit } from '../settings/split.ts';
import { applyCommand, conflictProblem, requireConnection } from './connection-update.ts';
import type { OperatorCall } from './operator-api.ts';
import { addVersion, pastOf, type RotationPlan, retrySuperseded, type SecretRotationDeps } from './secret-rotation.ts';

type Configure = OperatorCall<'PUT /v1/connections/{name}/endpoint'>;
type NewValues = NonNullable<Configure['body']['values']>;

/** Configures an endpoint, with new values or without. */
export const configure = (call: Configure, deps: SecretRotationDeps): Promise<Connection> =>
  call.body.values ? changeAuth(call, call.body.values, deps) : retrySuperseded(() => changeSettings(call, deps));

/** Changes settings without new values. Refuses an auth if the live values could never pass under it. */
async function changeSettings(call: Configure, deps: SecretRotationDeps): Promise<Connection> {
  const { values: _, ...settings } = call.body;
  const connection = await requireConnection(call, deps.store);
  const { guardOf, authOf } = inForceOf(connection);
  checkSplit(connection.provider, settings);
  const auth = authOf(settings.auth === undefined ? (connection.endpoint?.settings ?? {}) : authIn(settings));
  const isAboutAuth = settings.auth !== undefined || hasDrifted(connection);
  if (isAboutAuth || !connection.endpoint) checkAuth(connection.provider, auth);
  checkDedupe(connection, settings);
  const kept = isAboutAuth ? await keptValues(call, connection, auth, deps) : {};
  const endpointId = randomBytes(16).toString('base64url');
  const basis = isAboutAuth ? { basis: basisOf(connection.endpoint) } : {};
  const verifyToken = asksVerifyToken(connection) ? { verifyToken: randomBytes(16).toString('base64url') } : {};
  const command = { verb: 'configure', endpointId, settings, guardOf, ...basis, ...kept, ...verifyToken } as const;
  return applyCommand(call, command, deps.store, connection);
}

/**
 * Whether a Hooklatch release has changed the verification of this provider's deliveries since the record was written.
 * In that case, any change of settings also switches to the new verification.
 */
const hasDrifted = ({ provider, endpoint }: Connection): boolean =>
  endpoint !== null && isProofDifferent(endpoint.guard, guardOf({ provider, settings: endpoint.settings }));

/** Whether the sender's form asks for a verify token. The sender's handshake sends this token back. */
const asksVerifyToken = ({ provider }: Connection): boolean =>
  presetOf(provider).handshakes?.some(({ proof }) => typeof proof === 'object') ?? false;

/** Changes auth together with its values. The earlier auth is accepted until its grace ends. */
async function changeAuth(call: Configure, values: NewValues, deps: SecretRotationDeps): Promise<Connection> {
  const { values: _, ...settings } = call.body;
  const connection = await requireConnection(call, deps.store);
  const { provider } = connection;
  const inForce = inForceOf({ provider });
  const auth = inForce.authOf(authIn(settings));
  checkAuth(provider, auth);
  checkDedupe(connection, settings);
  checkSplit(provider, settings);
  const { graceSeconds, force } = values;
  const renewal: RotationPlan = {
    verb: 'changeAuth',
    force,
    graceSeconds,
    valueAfter: (before, past, beside) => {
      if (before.provider !== provider) throw conflictProblem({ code: 'superseded' }, before, call);
      const maker = secretMakerOf({ provider, settings: changedSettings(before.endpoint?.settings ?? {}, settings) });
      return changedValue(provider, auth, values, { past, beside, maker });
    },
    finish: (made) => ({ verb: 'changeAuth', step: 'finish', graceSeconds, force, settings, ...made, ...inForce }),
  };
  return (await addVersion(call, renewal, deps)).connection;
}

function checkSplit(provider: string, { split }: SettingsChange): void {
  const objection = objectionToSplit(split ?? false, presetOf(provider).batch);
  if (objection !== undefined) throw new Problem(422, 'split_unknown', objection);
}

/**
 * Checks only the settings in the change. The record may have a setting that an earlier release accepted and this
 * release refuses.
 */
function checkDedupe({ provider, endpoint }: Connection, change: SettingsChange): void {
  const isAbout = (path: string) => change.auth !== undefined || Reflect.has(change, path);
  const settings = changedSettings(endpoint?.settings ?? {}, change);
  const errors = objectionsOfReplayGuard({ provider, settings }).filter(({ path }) => isAbout(path));
  const detail = errors.map(({ path, message }) => `${path} ${message}.`).join(' ');
  if (errors.length > 0) throw new Problem(422, 'replay_guard', detail, { errors });
  const message = isAbout('dedupe') ? objectionToDedupe({ provider, settings }) : undefined;
  if (message === undefined) return;
  throw new Problem(422, 'delivery_id_not_signed', `dedupe ${message}.`, { errors: [{ path: 'dedupe', message }] });
}

const authIn = ({ auth }: SettingsChange): NamedSettings => (auth ? { auth } : {});

/** Functions that derive the guard and the auth from a provider's settings. */
const inForceOf = ({ provider }: Pick<Connection, 'provider'>) => ({
  guardOf: (settings: NamedSettings) => guardOf({ provider, settings }),
  authOf: (settings: NamedSettings) => settingsInForce({ provider, settings }).auth,
});

/**
 * Finds the use of each live value under another auth: as a token, as a signing secret, or as both. A value that an
 * earlier change of auth left live keeps its own auth.
 * @throws a 422 if a value could never pass under the new auth, or must not be used with it
 */
async function keptValues(
  call: Configure,
  connection: Connection,
  auth: Auth,
  deps: SecretRotationDeps,
): Promise<{ held?: LiveHolds; bearers?: readonly string[] }> {
  const past = await pastOf(call, connection, deps);
  const kept = past.live.filter(({ isEarlier }) => !isEarlier);
  const why = kept.map((one) => whyUnfit(connection.provider, auth, one, past)).find((reason) => reason !== undefined);
  if (why)
    throw new Problem(
      422,
      'token_not_usable',
      `The live value cannot be used with this auth: ${why}. Send values in the same request. With {} Hooklatch keeps the values that fit and generates the others. It then accepts the live value as before until its grace ends.`,
    );
  return heldBy(past, auth, kept);
}

function heldBy(
  past: ValueHistory,
  auth: Auth,
  kept: readonly LiveValue[],
): { held: LiveHolds; bearers: readonly string[] } {
  const held = kept.map(({ id, holds, value }) => ({ id, value, holds: holdsUnder(holds, auth) }));
  const live = past.live.map((one) => ({ ...one, ...held.find(({ id }) => id === one.id) }));
  return {
    held: Object.fromEntries(held.map(({ id, holds }) => [id, holds])),
    bearers: bearersToRemember({ ...past, live }),
  };
}
