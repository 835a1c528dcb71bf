import { randomUUID } from 'node:crypto';
import { ServiceError } from '../aws/aws-service.ts';
import { listedPage } from './list-secrets.ts';
import type { SecretCollection } from './secret-collection.ts';
import { invalidParameter, invalidRequest, notFound } from './secret-error.ts';
import type { SecretInput, SecretOperation } from './secret-input.ts';
import {
  chosenVersion,
  hasValue,
  putVersion,
  refuseTwoValues,
  refuseWrongSource,
  repeatedVersion,
  versionById,
} from './secret-version.ts';
import { moveStagingLabel, type StoredSecret, versionWithLabel } from './stored-secret.ts';

const dayMs = 24 * 60 * 60 * 1000;
const minRecoveryDays = 7;
const maxRecoveryDays = 30;
const defaultPageSize = 100;

/** The operations. Rules and messages follow the Secrets Manager API reference. */
export const secretOperations: {
  [O in SecretOperation]: (secrets: SecretCollection, input: SecretInput<O>) => object;
} = {
  CreateSecret,
  PutSecretValue,
  GetSecretValue,
  UpdateSecretVersionStage,
  DescribeSecret,
  DeleteSecret,
  RestoreSecret,
  ListSecretVersionIds,
  ListSecrets,
};

function CreateSecret(secrets: SecretCollection, input: SecretInput<'CreateSecret'>): object {
  refuseTwoValues(input);
  const existing = secrets.find(input.Name);
  const token = input.ClientRequestToken ?? randomUUID();
  if (existing?.purgeAt !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const repeated = existing && hasValue(input) ? repeatedVersion(existing, token, input) : undefined;
  if (existing && !repeated) {
    throw new ServiceError(
      'ResourceExistsException',
      `The operation failed because the secret ${input.Name} already exists.`,
    );
  }
  return secrets.change(existing ?? secrets.draft(input.Name), (secret) => {
    if (!existing) {
      if (input.Description) secret.description = input.Description;
      if (input.KmsKeyId) secret.kmsKeyId = input.KmsKeyId;
      secret.tags = input.Tags ?? [];
    }
    const version = hasValue(input) ? putVersion(secret, token, input, ['AWSCURRENT'], secrets.now()) : undefined;
    return { ...identity(secret), ...(version && { VersionId: version.id }) };
  });
}

function PutSecretValue(secrets: SecretCollection, input: SecretInput<'PutSecretValue'>): object {
  refuseTwoValues(input);
  if (!hasValue(input)) throw invalidParameter('You must provide either SecretString or SecretBinary.');
  return secrets.change(usable(secrets, input.SecretId), (secret) => {
    const labels = input.VersionStages ?? ['AWSCURRENT'];
    const version = putVersion(secret, input.ClientRequestToken ?? randomUUID(), input, labels, secrets.now());
    return { ...identity(secret), VersionId: version.id, VersionStages: version.labels };
  });
}

function GetSecretValue(secrets: SecretCollection, input: SecretInput<'GetSecretValue'>): object {
  const secret = usable(secrets, input.SecretId);
  const version = chosenVersion(secret, input);
  // The access times reach the disk only with the next change: a read must not fail because the disk is full.
  version.accessedAt = secret.accessedAt = startOfDay(secrets.now());
  return {
    ...identity(secret),
    VersionId: version.id,
    VersionStages: version.labels,
    CreatedDate: seconds(version.createdAt),
    ...(version.string !== undefined && { SecretString: version.string }),
    ...(version.binary !== undefined && { SecretBinary: version.binary }),
  };
}

function UpdateSecretVersionStage(secrets: SecretCollection, input: SecretInput<'UpdateSecretVersionStage'>): object {
  const { VersionStage, MoveToVersionId, RemoveFromVersionId } = input;
  return secrets.change(usable(secrets, input.SecretId), (secret) => {
    const from = versionWithLabel(secret, VersionStage);
    const to = MoveToVersionId === undefined ? undefined : versionById(secret, MoveToVersionId);
    refuseWrongSource(VersionStage, from, to, RemoveFromVersionId);
    if (from !== to) {
      moveStagingLabel(secret, VersionStage, to);
      secret.changedAt = secrets.now();
    }
    return identity(secret);
  });
}

function DescribeSecret(secrets: SecretCollection, input: SecretInput<'DescribeSecret'>): object {
  return description(existing(secrets, input.SecretId));
}

/** A secret's description, without its values. */
function description(secret: StoredSecret): Record<string, unknown> {
  const versions = secret.versions.filter(({ labels }) => labels.length > 0);
  return {
    ...identity(secret),
    ...(secret.description !== undefined && { Description: secret.description }),
    ...(secret.kmsKeyId !== undefined && { KmsKeyId: secret.kmsKeyId }),
    ...(secret.tags.length > 0 && { Tags: secret.tags }),
    ...(versions.length > 0 && {
      VersionIdsToStages: Object.fromEntries(versions.map(({ id, labels }) => [id, labels])),
    }),
    ...(secret.accessedAt !== undefined && { LastAccessedDate: seconds(secret.accessedAt) }),
    ...(secret.purgeAt !== undefined && { DeletedDate: seconds(secret.purgeAt) }),
    CreatedDate: seconds(secret.createdAt),
    LastChangedDate: seconds(secret.changedAt),
  };
}

function DeleteSecret(secrets: SecretCollection, input: SecretInput<'DeleteSecret'>): object {
  const { SecretId, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force = false } = input;
  if (force && days !== undefined) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }
  if (days !== undefined && (days < minRecoveryDays || days > maxRecoveryDays)) {
    throw invalidParameter(
      `The RecoveryWindowInDays value must be between ${minRecoveryDays} and ${maxRecoveryDays} days (inclusive).`,
    );
  }
  if (force) return deleteNow(secrets, SecretId);
  return secrets.change(usable(secrets, SecretId), (secret) => {
    secret.purgeAt = secrets.now() + (days ?? maxRecoveryDays) * dayMs;
    return { ...identity(secret), DeletionDate: seconds(secret.purgeAt) };
  });
}

function RestoreSecret(secrets: SecretCollection, input: SecretInput<'RestoreSecret'>): object {
  return secrets.change(existing(secrets, input.SecretId), (secret) => {
    delete secret.purgeAt;
    return identity(secret);
  });
}

function ListSecretVersionIds(secrets: SecretCollection, input: SecretInput<'ListSecretVersionIds'>): object {
  const secret = existing(secrets, input.SecretId);
  const shown = secret.versions.filter(({ labels }) => input.IncludeDeprecated || labels.length > 0);
  const start = Number(input.NextToken ?? 0);
  const end = start + (input.MaxResults ?? defaultPageSize);
  const Versions = shown.slice(start, end).map((version) => ({
    VersionId: version.id,
    ...(version.labels.length > 0 && { VersionStages: version.labels }),
    ...(version.accessedAt !== undefined && { LastAccessedDate: seconds(version.accessedAt) }),
    CreatedDate: seconds(version.createdAt),
  }));
  return { ...identity(secret), Versions, ...(end < shown.length && { NextToken: String(end) }) };
}

function ListSecrets(secrets: SecretCollection, input: SecretInput<'ListSecrets'>): object {
  const page = listedPage(secrets.all(), input);
  const SecretList = page.secrets.map((secret) => {
    // ListSecrets has another name for this field.
    const { VersionIdsToStages: SecretVersionsToStages, ...rest } = description(secret);
    return { ...rest, ...(SecretVersionsToStages !== undefined && { SecretVersionsToStages }) };
  });
  return { SecretList, ...(page.next !== undefined && { NextToken: page.next }) };
}

/** With ForceDeleteWithoutRecovery, deleting a missing secret succeeds too, as on AWS. */
function deleteNow(secrets: SecretCollection, secretId: string): object {
  const secret = secrets.find(secretId);
  if (secret) secrets.remove(secret);
  const arn = secretId.startsWith('arn:') ? secretId : secrets.partialArn(secretId);
  return { ...(secret ? identity(secret) : { ARN: arn, Name: secretId }), DeletionDate: seconds(secrets.now()) };
}

function existing(secrets: SecretCollection, secretId: string): StoredSecret {
  const secret = secrets.find(secretId);
  if (!secret) throw notFound("Secrets Manager can't find the specified secret.");
  return secret;
}

function usable(secrets: SecretCollection, secretId: string): StoredSecret {
  const secret = existing(secrets, secretId);
  if (secret.purgeAt === undefined) return secret;
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

function identity({ arn, name }: StoredSecret): { ARN: string; Name: string } {
  return { ARN: arn, Name: name };
}

function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}

function startOfDay(milliseconds: number): number {
  return milliseconds - (milliseconds % dayMs);
}
