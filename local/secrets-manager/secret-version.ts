import { ServiceError } from '../aws/aws-service.ts';
import { invalidParameter, invalidRequest, notFound } from './secret-error.ts';
import type { SecretInput } from './secret-input.ts';
import { addSecretVersion, type SecretVersion, type StoredSecret, versionWithLabel } from './stored-secret.ts';

/** The value in an input, as text or as base64. */
export type SecretValueInput = { SecretString?: string | undefined; SecretBinary?: string | undefined };

const moveHint = 'so you must explicitly reference that version in RemoveFromVersionId.';

/** The version with the given id or label. Default: AWSCURRENT. Throws a ServiceError if there is none. */
export function chosenVersion(
  secret: StoredSecret,
  { VersionId, VersionStage }: SecretInput<'GetSecretValue'>,
): SecretVersion {
  if (VersionId === undefined) {
    const stage = VersionStage ?? 'AWSCURRENT';
    const version = versionWithLabel(secret, stage);
    if (version) return version;
    throw notFound(`Secrets Manager can't find the specified secret value for staging label: ${stage}`);
  }
  const version = versionById(secret, VersionId);
  if (VersionStage === undefined || version.labels.includes(VersionStage)) return version;
  throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
}

/** The version with this id. Throws a ServiceError if there is none. */
export function versionById(secret: StoredSecret, id: string): SecretVersion {
  const version = secret.versions.find((candidate) => candidate.id === id);
  if (!version) throw notFound(`Secrets Manager can't find the specified secret value for VersionId: ${id}`);
  return version;
}

/**
 * Adds a version. The client request token is the version's id, so repeating a call whose response was lost changes
 * nothing.
 */
export function putVersion(
  secret: StoredSecret,
  id: string,
  value: SecretValueInput,
  labels: string[],
  createdAt: number,
): SecretVersion {
  const { SecretString: string, SecretBinary: binary } = value;
  const version = { id, createdAt, ...(string !== undefined ? { string } : { binary }) };
  return repeatedVersion(secret, id, value) ?? addSecretVersion(secret, version, labels);
}

/**
 * The version with this id if it has the same value, undefined if there is none. Throws a ServiceError if it has
 * another value.
 */
export function repeatedVersion(secret: StoredSecret, id: string, value: SecretValueInput): SecretVersion | undefined {
  const version = secret.versions.find((candidate) => candidate.id === id);
  if (!version || (version.string === value.SecretString && version.binary === value.SecretBinary)) return version;
  throw new ServiceError(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
  );
}

/** Refuses to move or remove a label unless the caller names the version that has it now. */
export function refuseWrongSource(
  label: string,
  from: SecretVersion | undefined,
  to: SecretVersion | undefined,
  named?: string,
): void {
  if (named !== undefined && named !== from?.id) {
    throw invalidParameter(`Staging label ${label} is not attached to version ${named}, given in RemoveFromVersionId.`);
  }
  if (from && from !== to && named === undefined) {
    throw invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${label} is currently attached to version ${from.id}, ${moveHint}`,
    );
  }
  if (label === 'AWSCURRENT' && !to) throw invalidParameter("You can't remove AWSCURRENT: move it to another version.");
}

/** Throws a ServiceError if the value is given both as text and as bytes. */
export function refuseTwoValues({ SecretString, SecretBinary }: SecretValueInput): void {
  if (SecretString === undefined || SecretBinary === undefined) return;
  throw invalidParameter("You can't specify both a binary secret value and a string secret value in the same secret.");
}

/** Whether the input contains a value. */
export function hasValue({ SecretString, SecretBinary }: SecretValueInput): boolean {
  return SecretString !== undefined || SecretBinary !== undefined;
}
