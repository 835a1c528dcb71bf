/**
 * The values of an endpoint's secret: how they are made, and how another takes the place of the one that is live.
 *
 * A verb that makes a value is two writes to the record, with the value put between them. A crash before the second leaves
 * the old state working, one after it the new.
 */
import { randomUUID } from 'node:crypto';
import type { Log } from '../aws/logger.ts';
import { Problem } from '../base/problem.ts';
import { newSecretName, type SecretStore, type SecretValue } from '../credential/secret-store.ts';
import { moreBearersMark } from '../endpoint/bearer-digest.ts';
import { basisOf, type CertificateStandIn, type Command, type VersionUse } from '../endpoint/command.ts';
import type { Connection } from '../endpoint/connection.ts';
import { type Endpoint, isLive, type Pending, type Token } from '../endpoint/endpoint-record.ts';
import { resolveVerb, type Verb } from '../endpoint/lifecycle.ts';
import { certificateValue, rotatedValue } from '../endpoint/replacement-value.ts';
import { makeValue, type NewValue } from '../endpoint/secret-value.ts';
import { secretMakerOf, settingsOf } from '../endpoint/settings-in-force.ts';
import type { StateTable } from '../endpoint/state-table.ts';
import { bearersToRemember, type LiveValue, liveValueOf, type ValueHistory } from '../endpoint/token-reuse.ts';
import { secretNameOf, secretsNamedBy } from '../journal/history.ts';
import { applyCommand, type ConnectionCall, conflictProblem, requireConnection } from './connection-update.ts';
import type { OperatorCall } from './operator-api.ts';

export interface SecretRotationDeps {
  store: StateTable;
  vault: SecretStore;
  /** Prefix of the names of endpoints' secrets. */
  secretPrefix: string;
  log: Log;
}

/** How often a verb that another operator overtook is tried in all. */
const maxAttempts = 3;

/** Runs what begins and finishes a secret; who was overtaken in between is judged again on what is there now. */
export async function retrySuperseded<T>(attempt: () => Promise<T>, left = maxAttempts - 1): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'superseded' || left === 0) throw error;
    return retrySuperseded(attempt, left - 1);
  }
}

/** The mark of a value that is being made. @param secret the name of a secret that is made for it, or nothing */
export const newPending = (secret: string, now: Date): Pending => ({
  secret,
  tokenId: randomUUID(),
  since: now.toISOString(),
});

/**
 * Works on a secret that a record named. Who drops it meanwhile has it deleted, and was then just faster: the verb is
 * judged again on what is there now. @throws as `work` does, when the record still names it
 */
export async function onSecret<T>(
  call: ConnectionCall,
  secret: string,
  { store }: Pick<SecretRotationDeps, 'store'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const connection = await requireConnection(call, store);
    if (secretsNamedBy(connection).has(secretNameOf(secret))) throw error;
    throw conflictProblem({ code: 'superseded' }, connection, call);
  }
}

/** Without the demand of If-Match: the begin has met it, and has itself made the next version. */
const continued = (call: ConnectionCall): ConnectionCall => ({ ...call, ifMatch: undefined });

/** A value that is live, and the record that says so. */
export interface AddedVersion {
  connection: Connection;
  value: SecretValue;
}

/** Who makes a connection's secret. */
const makerOf = ({ provider, endpoint }: Connection) => secretMakerOf({ provider, settings: endpoint?.settings ?? {} });

/** Refuses first what the lifecycle does not allow: whether a value can be made matters only after that. @throws a 409 */
function checkAllowed(call: ConnectionCall, connection: Connection, verb: Verb): void {
  const said = resolveVerb(connection.endpoint, verb, call.now);
  if (said !== 'same' && 'refused' in said) throw conflictProblem({ code: said.refused, verb }, connection, call);
}

/** Makes a secret with its first value. */
export const generateSecret = (
  call: OperatorCall<'POST /v1/connections/{name}/endpoint/token'>,
  deps: SecretRotationDeps,
): Promise<AddedVersion> =>
  retrySuperseded(async () => {
    const before = await requireConnection(call, deps.store);
    checkAllowed(call, before, 'generateToken');
    const past = await pastOf(call, before, deps);
    const { value, ...role } = makeValue(before.provider, settingsOf(before).auth, call.body, {
      past,
      maker: makerOf(before),
    });
    const secretName = newSecretName(deps.secretPrefix, before.name);
    const pending = newPending(secretName, call.now);
    const basis = basisOf(before.endpoint);
    await applyCommand(call, { verb: 'generateToken', step: 'begin', pending, basis }, deps.store);
    const secret = await deps.vault.create(secretName, pending.tokenId, value);
    const finish = { verb: 'generateToken', step: 'finish', tokenId: pending.tokenId, secret, ...role } as const;
    return { connection: await applyCommand(continued(call), finish, deps.store), value };
  });

/** A value that takes the place of the one that is live. */
export interface RotationPlan {
  verb: 'rotateToken' | 'changeAuth';
  force: boolean;
  graceSeconds: number;
  /** @param beside the values that stay live beside it */
  valueAfter(before: Connection, past: ValueHistory, beside: readonly LiveValue[]): NewValue;
  finish(made: VersionUse & Pick<Pending, 'tokenId'> & { standIn?: CertificateStandIn }): Command;
}

/** Adds a version to the secret that is there, or is made for it. What is live stays so until the record says otherwise. */
export async function addVersion(
  call: ConnectionCall,
  { verb, force, graceSeconds, valueAfter, finish }: RotationPlan,
  deps: SecretRotationDeps,
): Promise<AddedVersion> {
  const renewed = await retrySuperseded(async () => {
    const before = await requireConnection(call, deps.store);
    checkAllowed(call, before, verb);
    const past = await pastOf(call, before, deps);
    const { value, ...role } = valueAfter(before, past, graceSeconds > 0 ? past.live.slice(0, 1) : []);
    const isFirst = before.endpoint?.secret === undefined;
    const pending = newPending(isFirst ? newSecretName(deps.secretPrefix, before.name) : '', call.now);
    const basis = basisOf(before.endpoint);
    const { endpoint } = await applyCommand(call, { verb, step: 'begin', pending, force, basis }, deps.store);
    const standIn = isFirst ? await newStandIn(pending.secret, deps) : undefined;
    await putBeside(standIn ?? liveIn(endpoint), call, pending, value, deps);
    const made = { tokenId: pending.tokenId, ...role, ...(standIn && { standIn }) };
    return { connection: await applyCommand(continued(call), finish(made), deps.store), value };
  });
  await moveLabel(renewed.connection, call, deps);
  return renewed;
}

/** Makes a secret whose first version stands for a certificate. @param name the name that the record notes as pending */
async function newStandIn(name: string, { vault }: SecretRotationDeps): Promise<CertificateStandIn> {
  const tokenId = randomUUID();
  return { secret: await vault.create(name, tokenId, certificateValue()), tokenId };
}

const liveIn = (endpoint: Endpoint | null) => ({
  secret: endpoint?.secret ?? '',
  tokenId: endpoint?.tokens[0]?.id ?? '',
});

/** Puts a value beside the version that is current. */
const putBeside = (
  { secret, tokenId }: ReturnType<typeof liveIn>,
  call: ConnectionCall,
  pending: Pending,
  value: SecretValue,
  deps: SecretRotationDeps,
): Promise<void> =>
  onSecret(call, secret, deps, async () => {
    await deps.vault.markCurrent(secret, tokenId);
    await deps.vault.putPending(secret, pending.tokenId, value);
  });

/** Puts another value in the place of the one that is live. */
export function rotateSecret(
  call: OperatorCall<'POST /v1/connections/{name}/endpoint/token/rotate'>,
  deps: SecretRotationDeps,
): Promise<AddedVersion> {
  const { graceSeconds, force } = call.body;
  const renewal: RotationPlan = {
    verb: 'rotateToken',
    force,
    graceSeconds,
    valueAfter: (before, past, beside) =>
      rotatedValue(before.provider, settingsOf(before).auth, call.body, { past, beside, maker: makerOf(before) }),
    finish: (made) => ({ verb: 'rotateToken', step: 'finish', graceSeconds, force, ...made }),
  };
  return addVersion(call, renewal, deps);
}

/** The new token is live already, so a label that could not be moved is no failure: the next rotation moves it first. */
export async function moveLabel(
  { name, endpoint }: Connection,
  { requestId }: ConnectionCall,
  { vault, log }: SecretRotationDeps,
): Promise<void> {
  try {
    await vault.markCurrent(endpoint?.secret ?? '', endpoint?.tokens[0]?.id ?? '');
  } catch (error) {
    log({ warning: 'label_not_moved', fault: (error as Error).name, connection: name, requestId }, 'warn');
  }
}

/** What the values of a connection's endpoint are and were. */
export async function pastOf(
  call: ConnectionCall,
  connection: Connection,
  deps: SecretRotationDeps,
): Promise<ValueHistory> {
  const { id, secret = '', bearers = [], tokens } = connection.endpoint ?? { id: '', tokens: [] };
  const read = async (token: Token) => liveValueOf(connection, token, await deps.vault.read(secret, token.id));
  const readAll = () => Promise.all(tokens.filter((token) => isLive(token, call.now)).map(read));
  return { endpointId: id, bearers, live: tokens.length === 0 ? [] : await onSecret(call, secret, deps, readAll) };
}

/**
 * Digests of the tokens that live, if an older release made one of them and left no digest on the record. A verb that ends
 * them must not fail where they can't be read: the record says then that it does not know all.
 */
export async function unmarkedBearers(
  call: ConnectionCall,
  deps: SecretRotationDeps,
): Promise<{ bearers?: readonly string[] }> {
  const connection = await requireConnection(call, deps.store);
  if (connection.endpoint?.tokens.every(({ holds }) => holds) ?? true) return {};
  try {
    return { bearers: bearersToRemember(await pastOf(call, connection, deps)) };
  } catch (error) {
    const { requestId } = call;
    deps.log(
      { warning: 'tokens_not_read', fault: (error as Error).name, connection: connection.name, requestId },
      'warn',
    );
    return { bearers: [moreBearersMark] };
  }
}
