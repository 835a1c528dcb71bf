import { randomUUID } from 'node:crypto';
import { ServiceError } from '../aws/service.ts';
import { labelled, moveLabel, type Secret } from './secret.ts';
import { invalidParameter, invalidRequest, notFound } from './secret-error.ts';
import type { SecretInput, SecretOperation } from './secret-input.ts';
import { listedPage } from './secret-list.ts';
import type { SecretVault } from './secret-vault.ts';
import {
  chosenVersion,
  hasValue,
  putVersion,
  refuseTwoValues,
  refuseWrongSource,
  repeatedVersion,
  versionById,
} from './secret-version.ts';

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** What each operation does and answers. The rules and the words are those of the Secrets Manager API reference. */
export const secretOperations: {
  [O in SecretOperation]: (vault: SecretVault, input: SecretInput<O>) => object;
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

function CreateSecret(vault: SecretVault, input: SecretInput<'CreateSecret'>): object {
  refuseTwoValues(input);
  const existing = vault.find(input.Name);
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
  return vault.change(existing ?? vault.draft(input.Name), (secret) => {
    if (!existing) {
      if (input.Description) secret.description = input.Description;
      if (input.KmsKeyId) secret.kmsKeyId = input.KmsKeyId;
      secret.tags = input.Tags ?? [];
    }
    const version = hasValue(input) ? putVersion(secret, token, input, ['AWSCURRENT'], vault.now()) : undefined;
    return { ...identity(secret), ...(version && { VersionId: version.id }) };
  });
}

function PutSecretValue(vault: SecretVault, input: SecretInput<'PutSecretValue'>): object {
  refuseTwoValues(input);
  if (!hasValue(input)) throw invalidParameter('You must provide either SecretString or SecretBinary.');
  return vault.change(usable(vault, input.SecretId), (secret) => {
    const labels = input.VersionStages ?? ['AWSCURRENT'];
    const version = putVersion(secret, input.ClientRequestToken ?? randomUUID(), input, labels, vault.now());
    return { ...identity(secret), VersionId: version.id, VersionStages: version.labels };
  });
}

function GetSecretValue(vault: SecretVault, input: SecretInput<'GetSecretValue'>): object {
  const secret = usable(vault, input.SecretId);
  const version = chosenVersion(secret, input);
  // In memory only, until the next change is written: a read must not fail because the disk is full.
  version.accessedAt = secret.accessedAt = startOfDay(vault.now());
  return {
    ...identity(secret),
    VersionId: version.id,
    VersionStages: version.labels,
    CreatedDate: seconds(version.createdAt),
    ...(version.string !== undefined && { SecretString: version.string }),
    ...(version.binary !== undefined && { SecretBinary: version.binary }),
  };
}

function UpdateSecretVersionStage(vault: SecretVault, input: SecretInput<'UpdateSecretVersionStage'>): object {
  const { VersionStage, MoveToVersionId, RemoveFromVersionId } = input;
  return vault.change(usable(vault, input.SecretId), (secret) => {
    const from = labelled(secret, VersionStage);
    const to = MoveToVersionId === undefined ? undefined : versionById(secret, MoveToVersionId);
    refuseWrongSource(VersionStage, from, to, RemoveFromVersionId);
    if (from !== to) {
      moveLabel(secret, VersionStage, to);
      secret.changedAt = vault.now();
    }
    return identity(secret);
  });
}

function DescribeSecret(vault: SecretVault, input: SecretInput<'DescribeSecret'>): object {
  return description(existing(vault, input.SecretId));
}

/** What is told of a secret besides its values. */
function description(secret: Secret): Record<string, unknown> {
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

function DeleteSecret(vault: SecretVault, input: SecretInput<'DeleteSecret'>): object {
  const { SecretId, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force = false } = input;
  if (force && days !== undefined) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }
  if (days !== undefined && (days < 7 || days > 30)) {
    throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
  }
  if (force) return deleteNow(vault, SecretId);
  return vault.change(usable(vault, SecretId), (secret) => {
    secret.purgeAt = vault.now() + (days ?? 30) * dayMilliseconds;
    return { ...identity(secret), DeletionDate: seconds(secret.purgeAt) };
  });
}

function RestoreSecret(vault: SecretVault, input: SecretInput<'RestoreSecret'>): object {
  return vault.change(existing(vault, input.SecretId), (secret) => {
    delete secret.purgeAt;
    return identity(secret);
  });
}

function ListSecretVersionIds(vault: SecretVault, input: SecretInput<'ListSecretVersionIds'>): object {
  const secret = existing(vault, input.SecretId);
  const shown = secret.versions.filter(({ labels }) => input.IncludeDeprecated || labels.length > 0);
  const start = Number(input.NextToken ?? 0);
  const end = start + (input.MaxResults ?? 100);
  const Versions = shown.slice(start, end).map((version) => ({
    VersionId: version.id,
    ...(version.labels.length > 0 && { VersionStages: version.labels }),
    ...(version.accessedAt !== undefined && { LastAccessedDate: seconds(version.accessedAt) }),
    CreatedDate: seconds(version.createdAt),
  }));
  return { ...identity(secret), Versions, ...(end < shown.length && { NextToken: String(end) }) };
}

function ListSecrets(vault: SecretVault, input: SecretInput<'ListSecrets'>): object {
  const { secrets, next } = listedPage(vault.all(), input);
  const SecretList = secrets.map((secret) => {
    // The same thing, by another name.
    const { VersionIdsToStages: SecretVersionsToStages, ...rest } = description(secret);
    return { ...rest, ...(SecretVersionsToStages !== undefined && { SecretVersionsToStages }) };
  });
  return { SecretList, ...(next !== undefined && { NextToken: next }) };
}

/** With force a secret that does not exist is deleted, too: AWS answers as if it had been there. */
function deleteNow(vault: SecretVault, secretId: string): object {
  const secret = vault.find(secretId);
  if (secret) vault.remove(secret);
  const arn = secretId.startsWith('arn:') ? secretId : vault.partialArn(secretId);
  return { ...(secret ? identity(secret) : { ARN: arn, Name: secretId }), DeletionDate: seconds(vault.now()) };
}

function existing(vault: SecretVault, secretId: string): Secret {
  const secret = vault.find(secretId);
  if (!secret) throw notFound("Secrets Manager can't find the specified secret.");
  return secret;
}

function usable(vault: SecretVault, secretId: string): Secret {
  const secret = existing(vault, secretId);
  if (secret.purgeAt === undefined) return secret;
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

function identity({ arn, name }: Secret): { ARN: string; Name: string } {
  return { ARN: arn, Name: name };
}

function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}

function startOfDay(milliseconds: number): number {
  return milliseconds - (milliseconds % dayMilliseconds);
}
