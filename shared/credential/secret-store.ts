/**
 * The values of tokens, in Secrets Manager and nowhere else.
 *
 * One secret for an endpoint's tokens, one version for each. We choose a version's id (the client request token), so
 * that the record can name it before the value is put, and a repeated put is the same put. A version's value never
 * changes, so what was read of it may be kept for ever: revoking is a write to the record and flushes nothing.
 */
import { randomBytes } from 'node:crypto';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { tokenDigest } from './token.ts';

/** The client, made once for each instance. */
export const secretsManager = (): SecretsManagerClient => new SecretsManagerClient({});

/** The name of a new secret. A name that was deleted stays blocked for weeks, so each is drawn anew. */
export const newSecretName = (prefix: string, connection: string): string =>
  `${prefix}/endpoint/${connection}/${randomBytes(8).toString('hex')}`;

const secretValueSchema = z.object({ token: z.string(), signingSecret: z.optional(z.string()) });

/** What one version holds: the token, and where the sender proves itself by both the secret that it signs with. */
export type SecretValue = z.infer<typeof secretValueSchema>;

async function readValue(client: SecretsManagerClient, secret: string, versionId: string): Promise<SecretValue> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secret, VersionId: versionId }));
  try {
    return secretValueSchema.parse(JSON.parse(SecretString ?? ''));
  } catch {
    // The parser's own error would quote the value.
    throw new Error(`version ${versionId} of an endpoint's secret is not what was put there`);
  }
}

/** Reads the bootstrap token that CloudFormation made. `shared/endpoint/operator.ts` says for how long its digest is kept. */
export function bootstrapReader(client: SecretsManagerClient, secret: string): () => Promise<string> {
  return async () => (await client.send(new GetSecretValueCommand({ SecretId: secret }))).SecretString ?? '';
}

/** How many values, or digests of them, an instance keeps: a bound for tidiness. */
const maxCachedValues = 10_000;

/** Reads something of versions, each from Secrets Manager once for each instance: a version never changes. */
function cachedReader<T>(client: SecretsManagerClient, take: (value: SecretValue) => T) {
  const known = new Map<string, T>();
  return async (secret: string, versionId: string): Promise<T> => {
    const key = `${secret} ${versionId}`;
    const found = known.get(key) ?? take(await readValue(client, secret, versionId));
    if (known.size >= maxCachedValues) known.clear();
    known.set(key, found);
    return found;
  };
}

/** Reads the SHA-256 of tokens' values. */
export const digestReader = (client: SecretsManagerClient) => cachedReader(client, ({ token }) => tokenDigest(token));

/** Reads the secrets that senders sign with: with a signature alone the token is that secret. */
export const signingSecretReader = (client: SecretsManagerClient) =>
  cachedReader(client, ({ token, signingSecret }) => signingSecret ?? token);

/** What the lifecycle does with values. */
export interface SecretStore {
  read(secret: string, tokenId: string): Promise<SecretValue>;
  /** Makes a new secret with its first version and answers its ARN. */
  create(name: string, tokenId: string, value: SecretValue): Promise<string>;
  /** Adds a version that is not the current one yet. */
  putPending(secret: string, tokenId: string, value: SecretValue): Promise<void>;
  /** Moves the label AWSCURRENT to the version that the record calls current, wherever a crash left it. */
  markCurrent(secret: string, currentTokenId: string): Promise<void>;
}

export function secretStore(client: SecretsManagerClient): SecretStore {
  return {
    read: (secret, tokenId) => readValue(client, secret, tokenId),

    async create(name, tokenId, value) {
      const { ARN } = await client.send(
        new CreateSecretCommand({
          Name: name,
          ClientRequestToken: tokenId,
          SecretString: JSON.stringify(value),
          Description: 'Tokens of a webhook endpoint. Made and removed by Hooklatch; do not edit.',
        }),
      );
      if (!ARN) throw new Error('Secrets Manager made a secret and told no ARN');
      return ARN;
    },

    async putPending(secret, tokenId, value) {
      await client.send(
        new PutSecretValueCommand({
          SecretId: secret,
          ClientRequestToken: tokenId,
          SecretString: JSON.stringify(value),
          VersionStages: ['AWSPENDING'],
        }),
      );
    },

    async markCurrent(secret, currentTokenId) {
      const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: secret }));
      const current = Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id]?.includes('AWSCURRENT'));
      if (current === currentTokenId) return;
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: secret,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: currentTokenId,
          ...(current ? { RemoveFromVersionId: current } : {}),
        }),
      );
    },
  };
}

/** Days in which a deleted secret can be restored, should a table have been restored to an older state. */
const recoveryDays = 7;

/** Deletes a secret by its name; one that is gone or scheduled for it is what was wanted. */
export type DeleteSecret = (name: string) => Promise<void>;

export function secretDeleter(client: SecretsManagerClient): DeleteSecret {
  /** A secret may refuse to be deleted for other reasons, which nobody may take for done. */
  async function isScheduled(name: string): Promise<boolean> {
    const { DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    return DeletedDate !== undefined;
  }
  return async (name) => {
    try {
      await client.send(new DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: recoveryDays }));
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return;
      if (!(error instanceof InvalidRequestException) || !(await isScheduled(name))) throw error;
    }
  };
}

/** A secret as a list tells it: never its value. */
export interface ListedSecret {
  name: string;
  createdAt: Date;
}

/** Lists the secrets whose names begin so, page by page; what changed in the last minutes may be missing. */
export async function* listSecrets(client: SecretsManagerClient, prefix: string): AsyncGenerator<ListedSecret[]> {
  let token: string | undefined;
  do {
    const Filters = [{ Key: 'name' as const, Values: [prefix] }];
    const { SecretList = [], NextToken } = await client.send(
      new ListSecretsCommand({ Filters, MaxResults: 100, ...(token ? { NextToken: token } : {}) }),
    );
    yield SecretList.flatMap(({ Name = '', CreatedDate }) =>
      // The filter is the service's; what is deleted for it has to be sure.
      Name.startsWith(prefix) && CreatedDate ? [{ name: Name, createdAt: CreatedDate }] : [],
    );
    token = NextToken;
  } while (token !== undefined);
}
