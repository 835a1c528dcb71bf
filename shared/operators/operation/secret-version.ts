/**
 * Stores a value as a version of an endpoint's secret: a first value, a rotation, a change of auth, or a secret that the
 * sender delivers.
 *
 * All do it in three steps. The record notes the pending value, the value is stored, and the record changes again. If a
 * crash comes before the last step, the old state still works. If it comes later, the new state works.
 */
import { randomUUID } from 'node:crypto';
import { newSecretName } from '../../endpoints/credential/secret-name.ts';
import type { SecretStore, SecretValue } from '../../endpoints/credential/secret-store.ts';
import { basisOf, type CertificateStandIn, type Command } from '../../endpoints/endpoint/command.ts';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import type { Endpoint, Pending } from '../../endpoints/endpoint/endpoint-record.ts';
import { resolveVerb } from '../../endpoints/endpoint/lifecycle.ts';
import { checkManagerChange, type FileManager } from '../../endpoints/endpoint/managed-by.ts';
import { certificateValue } from '../../endpoints/endpoint/replacement-value.ts';
import { type SecretMaker, secretMakerOf } from '../../endpoints/endpoint/settings-in-force.ts';
import type { ValueHistory } from '../../endpoints/endpoint/token-reuse.ts';
import type { Log } from '../../ground/aws/logger.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import { onSecret, pastOf } from './live-values.ts';
import type { OperationContext } from './operation.ts';
import {
  applyCommand,
  type ConnectionRecordPorts,
  conflict,
  requireConnection,
  type WhyOutdated,
} from './update-connection.ts';

/** What the three steps need. They read no value. */
export interface StorePorts extends ConnectionRecordPorts {
  secretStore: Omit<SecretStore, 'read'>;
  /** Prefix of the names of endpoints' secrets. */
  secretPrefix: string;
}

export interface SecretPorts extends StorePorts {
  secretStore: SecretStore;
  log: Log;
}

/** The first command, without what the protocol adds. */
type Begin =
  | { verb: 'generateToken'; windowId?: string }
  | { verb: 'rotateToken' | 'changeAuth'; force: boolean; windowId?: string };

/** A stored value that the record does not name yet. `secret` is the ARN of its secret. */
type StoredVersion = CertificateStandIn & { standIn?: CertificateStandIn };

/** A value, and the last command, which lets the record name it. */
export interface VersionToStore {
  value: SecretValue;
  finish(stored: StoredVersion): Command;
}

/** The connection whose secret gets a version, and for whom. */
interface Target<Ports> {
  name: string;
  context: OperationContext;
  ports: Ports;
  whyOutdated?: WhyOutdated;
  /** The file that brings the value. The write that makes the value live says so. */
  managedBy?: FileManager | undefined;
}

/**
 * Begins, stores the value, and finishes.
 * @param before the endpoint for which the value was made
 */
export async function storeVersion(
  target: Target<StorePorts>,
  before: Endpoint | null,
  begin: Begin,
  { value, finish }: VersionToStore,
): Promise<Connection> {
  const { name, context, ports, whyOutdated, managedBy } = target;
  const newSecret = before?.secret === undefined ? newSecretName(ports.secretPrefix, 'endpoint', name) : '';
  const pending = { secret: newSecret, tokenId: randomUUID(), since: context.now.toISOString() };
  const command = { ...begin, step: 'begin', pending, basis: basisOf(before) } as const;
  const { endpoint } = await applyCommand(name, command, context, ports, whyOutdated);
  const isLiveAtOnce = begin.verb === 'generateToken';
  const stored = await (isLiveAtOnce
    ? createVersion(pending, value, ports)
    : putBeside(target, pending, liveIn(endpoint), value));
  // The first write has checked the version, and raised it.
  const along = managedBy && { managedBy };
  return applyCommand(name, finish(stored), { ...context, ifVersion: undefined }, ports, whyOutdated, along);
}

type Place = Pick<Pending, 'secret' | 'tokenId'>;

/** Makes the secret with its first version. */
const createVersion = async ({ secret, tokenId }: Place, value: SecretValue, { secretStore }: StorePorts) => ({
  secret: await secretStore.create(secret, tokenId, value),
  tokenId,
});

const liveIn = (endpoint: Endpoint | null): Place => ({
  secret: endpoint?.secret ?? '',
  tokenId: endpoint?.tokens[0]?.id ?? '',
});

/**
 * Stores a value as another version of the secret. The live version stays current. Without a secret, one is made whose
 * first version stands in for the certificate.
 */
async function putBeside(
  { name, context, ports }: Target<StorePorts>,
  pending: Place,
  live: Place,
  value: SecretValue,
): Promise<StoredVersion> {
  const first = { ...pending, tokenId: randomUUID() };
  const standIn = pending.secret === '' ? undefined : await createVersion(first, certificateValue(), ports);
  const { secret, tokenId } = standIn ?? live;
  await onSecret(name, secret, context, ports, async () => {
    await ports.secretStore.markCurrent(secret, tokenId);
    await ports.secretStore.putPending(secret, pending.tokenId, value);
  });
  return { secret, tokenId: pending.tokenId, ...(standIn && { standIn }) };
}

/** The number of tries for a superseded verb. */
const maxAttempts = 3;

/**
 * Runs a verb that makes a secret in two writes. If another operator changes the record between the writes, the verb
 * begins again with the new record.
 */
export async function retrySuperseded<T>(attempt: () => Promise<T>, left = maxAttempts - 1): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'superseded' || left === 0) throw error;
    return retrySuperseded(attempt, left - 1);
  }
}

/** A live value, and the record that names it. */
export interface LiveVersion {
  connection: Connection;
  value: SecretValue;
}

/** The maker of a connection's secret: the operator, the sender, or nobody. */
export const makerOf = ({ provider, endpoint }: Connection): SecretMaker =>
  secretMakerOf({ provider, settings: endpoint?.settings ?? {} });

/**
 * Makes a value for the record, and stores it.
 * @throws a refusal, before a value is made if the lifecycle does not allow it
 */
export const addVersion = (
  target: Target<SecretPorts>,
  begin: Begin,
  versionAfter: (before: Connection, past: ValueHistory) => VersionToStore,
): Promise<LiveVersion> =>
  retrySuperseded(async () => {
    const { name, context, ports } = target;
    const before = await requireConnection(name, ports);
    if (target.managedBy) checkManagerChange(before, target.managedBy);
    const said = resolveVerb(before.endpoint, begin.verb, context.now);
    if (said !== 'same' && 'refused' in said) throw conflict({ code: said.refused, verb: begin.verb }, before, context);
    const version = versionAfter(before, await pastOf(before, context, ports));
    return { connection: await storeVersion(target, before.endpoint, begin, version), value: version.value };
  });

/** Moves the label AWSCURRENT. A failure is only logged, because the token is live already. The next rotation moves the label first. */
export async function moveLabel(
  { name, endpoint }: Connection,
  { requestId }: OperationContext,
  { secretStore, log }: SecretPorts,
): Promise<void> {
  const { secret, tokenId } = liveIn(endpoint);
  try {
    await secretStore.markCurrent(secret, tokenId);
  } catch (error) {
    log({ warning: 'label_not_moved', fault: (error as Error).name, connection: name, requestId }, 'warn');
  }
}
