/**
 * The values of an endpoint's secret: how they are made, and how another takes the place of the one that is live.
 *
 * A verb that makes a value is two writes to the record, with the value put between them. A crash before the second leaves
 * the old state working, one after it the new.
 */
import { randomUUID } from 'node:crypto';
import type { Call } from './api.ts';
import { andMore } from './bearer.ts';
import { basisOf, type Command, type Role, type StandIn } from './command.ts';
import type { Connection } from './connection.ts';
import { ruling, type Verb } from './endpoint.ts';
import { type Endpoint, isLive, type Pending, type Token } from './endpoint-record.ts';
import { secretNameOf, secretsNamedBy } from './history.ts';
import { Problem } from './problem.ts';
import { type AnyCall, act, connectionOf, refusalOf } from './revision.ts';
import { certificateValue, type Made, newValue, rotatedValue } from './secret-value.ts';
import { secretMakerOf, settingsOf } from './settings-in-force.ts';
import type { Store } from './store.ts';
import { bearersIn, type LiveValue, liveValueOf, type Past } from './travelled.ts';
import { newSecretName, type Value, type Vault } from './vault.ts';

export interface RenewalDeps {
  store: Store;
  vault: Vault;
  /** Prefix of the names of endpoints' secrets. */
  secretPrefix: string;
  log(line: Record<string, unknown>): void;
}

/** How often a verb that another operator overtook is tried in all. */
const attempts = 3;

/** Runs what begins and finishes a secret; who was overtaken in between is judged again on what is there now. */
export async function untilSettled<T>(attempt: () => Promise<T>, left = attempts - 1): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'superseded' || left === 0) throw error;
    return untilSettled(attempt, left - 1);
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
  call: AnyCall,
  secret: string,
  { store }: Pick<RenewalDeps, 'store'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const connection = await connectionOf(call, store);
    if (secretsNamedBy(connection).has(secretNameOf(secret))) throw error;
    throw refusalOf({ code: 'superseded' }, connection, call);
  }
}

/** Without the demand of If-Match: the begin has met it, and has itself made the next version. */
const continued = (call: AnyCall): AnyCall => ({ ...call, ifMatch: undefined });

/** A value that is live, and the record that says so. */
export interface Renewed {
  connection: Connection;
  value: Value;
}

/** Who makes a connection's secret. */
const makerOf = ({ provider, endpoint }: Connection) => secretMakerOf({ provider, settings: endpoint?.settings ?? {} });

/** Refuses first what the lifecycle does not allow: whether a value can be made matters only after that. @throws a 409 */
function checkAllowed(call: AnyCall, connection: Connection, verb: Verb): void {
  const said = ruling(connection.endpoint, verb, call.now);
  if (said !== 'same' && 'refused' in said) throw refusalOf({ code: said.refused, verb }, connection, call);
}

/** Makes a secret with its first value. */
export const generate = (
  call: Call<'POST /v1/connections/{name}/endpoint/token'>,
  deps: RenewalDeps,
): Promise<Renewed> =>
  untilSettled(async () => {
    const before = await connectionOf(call, deps.store);
    checkAllowed(call, before, 'generateToken');
    const past = await pastOf(call, before, deps);
    const { value, ...role } = newValue(before.provider, settingsOf(before).auth, call.body, {
      past,
      maker: makerOf(before),
    });
    const secretName = newSecretName(deps.secretPrefix, before.name);
    const pending = newPending(secretName, call.now);
    const basis = basisOf(before.endpoint);
    await act(call, { verb: 'generateToken', step: 'begin', pending, basis }, deps.store);
    const secret = await deps.vault.create(secretName, pending.tokenId, value);
    const finish = { verb: 'generateToken', step: 'finish', tokenId: pending.tokenId, secret, ...role } as const;
    return { connection: await act(continued(call), finish, deps.store), value };
  });

/** A value that takes the place of the one that is live. */
export interface Renewal {
  verb: 'rotateToken' | 'changeAuth';
  force: boolean;
  graceSeconds: number;
  /** @param beside the values that stay live beside it */
  valueAfter(before: Connection, past: Past, beside: readonly LiveValue[]): Made;
  finish(made: Role & Pick<Pending, 'tokenId'> & { standIn?: StandIn }): Command;
}

/** Adds a version to the secret that is there, or is made for it. What is live stays so until the record says otherwise. */
export async function renew(
  call: AnyCall,
  { verb, force, graceSeconds, valueAfter, finish }: Renewal,
  deps: RenewalDeps,
): Promise<Renewed> {
  const renewed = await untilSettled(async () => {
    const before = await connectionOf(call, deps.store);
    checkAllowed(call, before, verb);
    const past = await pastOf(call, before, deps);
    const { value, ...role } = valueAfter(before, past, graceSeconds > 0 ? past.live.slice(0, 1) : []);
    const isFirst = before.endpoint?.secret === undefined;
    const pending = newPending(isFirst ? newSecretName(deps.secretPrefix, before.name) : '', call.now);
    const basis = basisOf(before.endpoint);
    const { endpoint } = await act(call, { verb, step: 'begin', pending, force, basis }, deps.store);
    const standIn = isFirst ? await newStandIn(pending.secret, deps) : undefined;
    await putBeside(standIn ?? liveIn(endpoint), call, pending, value, deps);
    const made = { tokenId: pending.tokenId, ...role, ...(standIn && { standIn }) };
    return { connection: await act(continued(call), finish(made), deps.store), value };
  });
  await moveLabel(renewed.connection, call, deps);
  return renewed;
}

/** Makes a secret whose first version stands for a certificate. @param name the name that the record notes as pending */
async function newStandIn(name: string, { vault }: RenewalDeps): Promise<StandIn> {
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
  call: AnyCall,
  pending: Pending,
  value: Value,
  deps: RenewalDeps,
): Promise<void> =>
  onSecret(call, secret, deps, async () => {
    await deps.vault.agree(secret, tokenId);
    await deps.vault.putPending(secret, pending.tokenId, value);
  });

/** Puts another value in the place of the one that is live. */
export function rotate(
  call: Call<'POST /v1/connections/{name}/endpoint/token/rotate'>,
  deps: RenewalDeps,
): Promise<Renewed> {
  const { graceSeconds, force } = call.body;
  const renewal: Renewal = {
    verb: 'rotateToken',
    force,
    graceSeconds,
    valueAfter: (before, past, beside) =>
      rotatedValue(before.provider, settingsOf(before).auth, call.body, { past, beside, maker: makerOf(before) }),
    finish: (made) => ({ verb: 'rotateToken', step: 'finish', graceSeconds, force, ...made }),
  };
  return renew(call, renewal, deps);
}

/** The new token is live already, so a label that could not be moved is no failure: the next rotation moves it first. */
export async function moveLabel(
  { name, endpoint }: Connection,
  { requestId }: AnyCall,
  { vault, log }: RenewalDeps,
): Promise<void> {
  try {
    await vault.agree(endpoint?.secret ?? '', endpoint?.tokens[0]?.id ?? '');
  } catch (error) {
    log({ warning: 'label_not_moved', fault: (error as Error).name, connection: name, requestId });
  }
}

/** What the values of a connection's endpoint are and were. */
export async function pastOf(call: AnyCall, connection: Connection, deps: RenewalDeps): Promise<Past> {
  const { id, secret = '', bearers = [], tokens } = connection.endpoint ?? { id: '', tokens: [] };
  const read = async (token: Token) => liveValueOf(connection, token, await deps.vault.read(secret, token.id));
  const readAll = () => Promise.all(tokens.filter((token) => isLive(token, call.now)).map(read));
  return { endpointId: id, bearers, live: tokens.length === 0 ? [] : await onSecret(call, secret, deps, readAll) };
}

/**
 * Digests of the tokens that live, if an older release made one of them and left no digest on the record. A verb that ends
 * them must not fail where they can't be read: the record says then that it does not know all.
 */
export async function unmarkedBearers(call: AnyCall, deps: RenewalDeps): Promise<{ bearers?: readonly string[] }> {
  const connection = await connectionOf(call, deps.store);
  if (connection.endpoint?.tokens.every(({ holds }) => holds) ?? true) return {};
  try {
    return { bearers: bearersIn(await pastOf(call, connection, deps)) };
  } catch (error) {
    const { requestId } = call;
    deps.log({ warning: 'tokens_not_read', fault: (error as Error).name, connection: connection.name, requestId });
    return { bearers: [andMore] };
  }
}
