/**
 * Makes the values of an endpoint's secret, and replaces the live value.
 *
 * A verb that makes a value writes the record twice and stores the value in between. If the verb crashes before the
 * second write, the old state still works. If the verb crashes later, the new state works.
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
  secretStore: SecretStore;
  /** Prefix of the names of endpoints' secrets. */
  secretPrefix: string;
  log: Log;
}

/** The number of tries for a superseded verb. */
const maxRotationAttempts = 3;

/**
 * Runs a verb that makes a secret in two writes. If another operator changes the record between the writes, the verb
 * begins again with the new record.
 */
export async function retrySuperseded<T>(attempt: () => Promise<T>, left = maxRotationAttempts - 1): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'superseded' || left === 0) throw error;
    return retrySuperseded(attempt, left - 1);
  }
}

/** The pending entry of a value that is being made. @param secret the name of the new secret, or an empty text */
export const newPending = (secret: string, now: Date): Pending => ({
  secret,
  tokenId: randomUUID(),
  since: now.toISOString(),
});

/**
 * Runs `work` with a secret that a record names. If `work` fails because another request removed the secret, the verb
 * is superseded. @throws as `work` does, if the record still names the secret
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

/**
 * The call for the second write, without If-Match. The first write already checked If-Match, and raised the version.
 */
const continued = (call: ConnectionCall): ConnectionCall => ({ ...call, ifMatch: undefined });

/** A live value, and the record that names it. */
export interface AddedVersion {
  connection: Connection;
  value: SecretValue;
}

/** The maker of a connection's secret: the operator, the sender, or nobody. */
const makerOf = ({ provider, endpoint }: Connection) => secretMakerOf({ provider, settings: endpoint?.settings ?? {} });

/** Checks the lifecycle before a value is made. @throws a 409 */
function checkAllowed(call: ConnectionCall, connection: Connection, verb: Verb): void {
  const said = resolveVerb(connection.endpoint, verb, call.now);
  if (said !== 'same' && 'refused' in said) throw conflictProblem({ code: said.refused, verb }, connection, call);
}

/** Makes a secret with its first value. */
export const createSecret = (
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
    const secret = await deps.secretStore.create(secretName, pending.tokenId, value);
    const finish = { verb: 'generateToken', step: 'finish', tokenId: pending.tokenId, secret, ...role } as const;
    return { connection: await applyCommand(continued(call), finish, deps.store), value };
  });

/** How to replace the live value. */
export interface RotationPlan {
  verb: 'rotateToken' | 'changeAuth';
  force: boolean;
  graceSeconds: number;
  /** @param beside the other values that stay live */
  valueAfter(before: Connection, past: ValueHistory, beside: readonly LiveValue[]): NewValue;
  finish(made: VersionUse & Pick<Pending, 'tokenId'> & { standIn?: CertificateStandIn }): Command;
}

/**
 * Adds a version to the secret. If there is no secret yet, makes it. The live version stays live until the record
 * changes.
 */
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

/** Makes a secret whose first version stands in for a certificate. @param name the pending name in the record */
async function newStandIn(name: string, { secretStore }: SecretRotationDeps): Promise<CertificateStandIn> {
  const tokenId = randomUUID();
  return { secret: await secretStore.create(name, tokenId, certificateValue()), tokenId };
}

const liveIn = (endpoint: Endpoint | null) => ({
  secret: endpoint?.secret ?? '',
  tokenId: endpoint?.tokens[0]?.id ?? '',
});

/** Stores a value as another version of the secret. The current version stays current. */
const putBeside = (
  { secret, tokenId }: ReturnType<typeof liveIn>,
  call: ConnectionCall,
  pending: Pending,
  value: SecretValue,
  deps: SecretRotationDeps,
): Promise<void> =>
  onSecret(call, secret, deps, async () => {
    await deps.secretStore.markCurrent(secret, tokenId);
    await deps.secretStore.putPending(secret, pending.tokenId, value);
  });

/** Replaces the live value. */
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

/** Moves the label AWSCURRENT. A failure is only logged, because the token is live already. The next rotation moves the label first. */
export async function moveLabel(
  { name, endpoint }: Connection,
  { requestId }: ConnectionCall,
  { secretStore, log }: SecretRotationDeps,
): Promise<void> {
  const { secret, tokenId } = liveIn(endpoint);
  try {
    await secretStore.markCurrent(secret, tokenId);
  } catch (error) {
    log({ warning: 'label_not_moved', fault: (error as Error).name, connection: name, requestId }, 'warn');
  }
}

/** What counts if a connection has no endpoint. */
const noEndpoint: Pick<Endpoint, 'id' | 'tokens' | 'secret' | 'bearers'> = { id: '', tokens: [] };

/** The values of a connection's endpoint, live and past. */
export async function pastOf(
  call: ConnectionCall,
  connection: Connection,
  deps: SecretRotationDeps,
): Promise<ValueHistory> {
  const { id, secret = '', bearers = [], tokens } = connection.endpoint ?? noEndpoint;
  const read = async (token: Token) => liveValueOf(connection, token, await deps.secretStore.read(secret, token.id));
  const readAll = () => Promise.all(tokens.filter((token) => isLive(token, call.now)).map(read));
  return { endpointId: id, bearers, live: tokens.length === 0 ? [] : await onSecret(call, secret, deps, readAll) };
}

/**
 * Digests of the live tokens. The digests are needed only if an older version of Hooklatch made a token and left no
 * digest in the record. A verb that removes the tokens must not fail if the tokens can't be read. In that case the
 * record notes that some digests are missing.
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
