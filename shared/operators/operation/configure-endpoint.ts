/** Configures an endpoint: checks the settings, and changes auth together with its values. */

import { randomBytes } from 'node:crypto';
import { checkAuth } from '../../endpoints/endpoint/auth-check.ts';
import { holdsUnder, isProofDifferent } from '../../endpoints/endpoint/bearer-digest.ts';
import { basisOf, type LiveHolds } from '../../endpoints/endpoint/command.ts';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { changedValue, whyUnfit } from '../../endpoints/endpoint/replacement-value.ts';
import {
  guardOf,
  objectionsOfReplayGuard,
  objectionToDedupe,
  secretMakerOf,
  settingsInForce,
} from '../../endpoints/endpoint/settings-in-force.ts';
import { bearersToRemember, type LiveValue, type ValueHistory } from '../../endpoints/endpoint/token-reuse.ts';
import { presetOf } from '../../endpoints/provider/presets.ts';
import type { Auth } from '../../endpoints/settings/auth.ts';
import { changedSettings, type NamedSettings, type SettingsChange } from '../../endpoints/settings/settings.ts';
import { objectionToRaw, objectionToSplit } from '../../endpoints/settings/split.ts';
import { faultAt, Refusal } from '../../ground/base/refusal.ts';
import { pastOf } from './live-values.ts';
import type { Operation, OperationContext } from './operation.ts';
import { type Replacement, valuesBeside } from './rotate-token.ts';
import { addVersion, moveLabel, retrySuperseded, type SecretPorts } from './secret-version.ts';
import { applyCommand, conflict, type Named, requireConnection } from './update-connection.ts';

/** With a new auth, new values may come. */
type Configuration = Named & { settings: SettingsChange; values?: Replacement | undefined };

/** Configures an endpoint, with new values or without. */
export const configureEndpoint: Operation<Configuration, SecretPorts> = ({ name, settings, values }, context, ports) =>
  values
    ? changeAuth({ name, settings, values }, context, ports)
    : retrySuperseded(() => changeSettings({ name, settings }, context, ports));

/** Changes settings without new values. Refuses an auth if the live values could never pass under it. */
const changeSettings: Operation<Configuration, SecretPorts> = async ({ name, settings }, context, ports) => {
  const connection = await requireConnection(name, ports);
  const { provider } = connection;
  const { guardOf, authOf } = inForceOf(connection);
  checkBusContent(connection, settings);
  const auth = authOf(settings.auth === undefined ? (connection.endpoint?.settings ?? {}) : authIn(settings));
  const isAboutAuth = settings.auth !== undefined || hasDrifted(connection);
  if (isAboutAuth || !connection.endpoint) checkAuth(provider, auth);
  checkDedupe(connection, settings);
  const kept = isAboutAuth ? await keptValues(connection, auth, context, ports) : {};
  const endpointId = randomBytes(16).toString('base64url');
  const basis = isAboutAuth ? { basis: basisOf(connection.endpoint) } : {};
  const verifyToken = asksVerifyToken(connection) ? { verifyToken: randomBytes(16).toString('base64url') } : {};
  const command = { verb: 'configure', endpointId, settings, guardOf, ...basis, ...kept, ...verifyToken } as const;
  return applyCommand(name, command, context, ports, (now) => (now.provider === provider ? undefined : 'superseded'));
};

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
const changeAuth: Operation<Required<Configuration> & { values: Replacement }, SecretPorts> = async (
  { name, settings, values },
  context,
  ports,
) => {
  const connection = await requireConnection(name, ports);
  const { provider } = connection;
  const inForce = inForceOf({ provider });
  const auth = inForce.authOf(authIn(settings));
  checkAuth(provider, auth);
  checkDedupe(connection, settings);
  checkBusContent(connection, settings);
  const { graceSeconds, force, managedBy } = values;
  const changed = await addVersion(
    { name, context, ports, managedBy },
    { verb: 'changeAuth', force },
    (before, past) => {
      if (before.provider !== provider) throw conflict({ code: 'superseded' }, before, context);
      const maker = secretMakerOf({ provider, settings: changedSettings(before.endpoint?.settings ?? {}, settings) });
      const making = { past, beside: valuesBeside(past, values), maker };
      const { value, ...use } = changedValue(provider, auth, values, making);
      const finish = { verb: 'changeAuth', step: 'finish', graceSeconds, force, settings, ...use, ...inForce } as const;
      return { value, finish: ({ tokenId, standIn }) => ({ ...finish, tokenId, ...(standIn && { standIn }) }) };
    },
  );
  await moveLabel(changed.connection, context, ports);
  return changed.connection;
};

/** Checks what the bus is to get: the items of a delivery, or its bytes. */
function checkBusContent({ provider, endpoint }: Connection, change: SettingsChange): void {
  const { batch } = presetOf(provider);
  const unknown = objectionToSplit(change.split ?? false, batch);
  if (unknown !== undefined) throw new Refusal('split_unknown', unknown);
  const { raw = false, split = false } = changedSettings(endpoint?.settings ?? {}, change);
  const message = objectionToRaw(raw, split, batch);
  if (message !== undefined) throw new Refusal('raw_with_split', `raw ${message}.`, faultAt('raw', message));
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
  if (errors.length > 0)
    throw new Refusal('replay_guard', detail, {
      errors: errors.flatMap(({ path, message }) => faultAt(path, message).errors),
    });
  const message = isAbout('dedupe') ? objectionToDedupe({ provider, settings }) : undefined;
  if (message === undefined) return;
  throw new Refusal('delivery_id_not_signed', `dedupe ${message}.`, faultAt('dedupe', message));
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
 * @throws a refusal if a value could never pass under the new auth, or must not be used with it
 */
async function keptValues(
  connection: Connection,
  auth: Auth,
  context: OperationContext,
  ports: SecretPorts,
): Promise<{ held?: LiveHolds; bearers?: readonly string[] }> {
  const past = await pastOf(connection, context, ports);
  const kept = past.live.filter(({ isEarlier }) => !isEarlier);
  const why = kept.map((one) => whyUnfit(connection.provider, auth, one, past)).find((reason) => reason !== undefined);
  if (why)
    throw new Refusal(
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
