/**
 * Stores token values in Secrets Manager, the only place that has them.
 *
 * Each endpoint has one secret, and each token is a version of it. We choose the version id (the client request token).
 * So the record can name a version before its value is stored, and repeating a put is safe. The value of a version
 * never changes, so it may be cached for ever. A token is revoked in the record, so no cached value needs to be
 * removed.
 */
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretListEntry,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { Refusal } from '../../ground/base/refusal.ts';
import { schema } from '../../ground/base/schema.ts';
import { isOwnSecret } from './secret-name.ts';
import { deploymentTag, type SecretTag } from './secret-tag.ts';
import { tokenDigest } from './token.ts';

/** Creates the client, once per function instance. */
export const secretsManager = (): SecretsManagerClient => new SecretsManagerClient({});

const secretValueSchema = /* @__PURE__ */ schema(() =>
  z.object({ token: z.string(), signingSecret: z.optional(z.string()) }),
);

/** The value of one version: the token, and the signing secret if the endpoint demands both. */
export type SecretValue = z.infer<typeof secretValueSchema>;

/** What the secrets of one kind have in common. */
export interface KeptSecretForm<Value> {
  /** Whose secret it is, for an error. */
  owner: string;
  value: z.ZodMiniType<Value>;
  /** The text that people see in Secrets Manager. */
  description: string;
}

const ofEndpoints: KeptSecretForm<SecretValue> = {
  owner: "an endpoint's",
  value: secretValueSchema,
  description: 'Tokens of a webhook endpoint. Made and removed by Hooklatch; do not edit.',
};

async function readValue<Value>(
  client: SecretsManagerClient,
  { owner, value }: KeptSecretForm<Value>,
  secret: string,
  versionId: string,
): Promise<Value> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secret, VersionId: versionId }));
  try {
    return value.parse(JSON.parse(SecretString ?? ''));
  } catch {
    // The parser's own error would quote the value.
    throw new Error(`version ${versionId} of ${owner} secret has an unexpected format`);
  }
}

/**
 * Reads the bootstrap token that CloudFormation made. `shared/operators/operator/operator.ts` says how long its digest is cached.
 */
export function bootstrapReader(client: SecretsManagerClient, secret: string): () => Promise<string> {
  return async () => (await client.send(new GetSecretValueCommand({ SecretId: secret }))).SecretString ?? '';
}

/**
 * Reads the current text of a secret that is not Hooklatch's: a value that somebody else keeps. Whoever may write a template could otherwise
 * have the token of another endpoint sent to a destination, because the function may read it.
 * @throws without quoting the text
 */
export function sourceReader(client: SecretsManagerClient): (secretArn: string) => Promise<string> {
  return async (secretArn) => {
    if (isOwnSecret(secretArn))
      throw new Refusal('invalid_request', `The secret ${secretArn} is Hooklatch's own: name one of yours.`);
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    if (SecretString === undefined) throw new Error('the secret has no text');
    return SecretString;
  };
}

/** The most values or digests that a function instance caches. The limit bounds the instance's memory. */
const maxCachedValues = 10_000;

/** Reads part of a version's value. Caches it, because a version never changes. */
function cachedReader<T>(client: SecretsManagerClient, take: (value: SecretValue) => T) {
  const known = new Map<string, T>();
  return async (secret: string, versionId: string): Promise<T> => {
    const key = `${secret} ${versionId}`;
    const found = known.get(key) ?? take(await readValue(client, ofEndpoints, secret, versionId));
    if (known.size >= maxCachedValues) known.clear();
    known.set(key, found);
    return found;
  };
}

/** Reads the SHA-256 of a version's token. */
export const digestReader = (client: SecretsManagerClient) => cachedReader(client, ({ token }) => tokenDigest(token));

/**
 * Reads the signing secret of a version. If the endpoint demands only a signature, the version's token is the signing
 * secret.
 */
export const signingSecretReader = (client: SecretsManagerClient) =>
  cachedReader(client, ({ token, signingSecret }) => signingSecret ?? token);

/** The operations on values of one kind of secrets. */
export interface ValueStore<Value> {
  read(secret: string, versionId: string): Promise<Value>;
  /** Creates a secret with its first version. Returns its ARN. */
  create(name: string, versionId: string, value: Value): Promise<string>;
  /** Adds a version without making it current. */
  putPending(secret: string, versionId: string, value: Value): Promise<void>;
  /**
   * Moves the label AWSCURRENT to the version that the record calls current. A crash may have left the label at another
   * version.
   */
  markCurrent(secret: string, currentVersionId: string): Promise<void>;
}

/** The operations on tokens that the lifecycle needs. */
export type SecretStore = ValueStore<SecretValue>;

/** For who only reads values. */
export const secretReader = (client: SecretsManagerClient): Pick<SecretStore, 'read'> => ({
  read: (secret, versionId) => readValue(client, ofEndpoints, secret, versionId),
});

/** @param tags the tags of each secret that is created, the deployment's id among them */
export const secretStore = (client: SecretsManagerClient, tags: () => Promise<SecretTag[]>): SecretStore =>
  valueStore(client, tags, ofEndpoints);

/** The store of one kind of secrets. */
export function valueStore<Value>(
  client: SecretsManagerClient,
  tags: () => Promise<SecretTag[]>,
  form: KeptSecretForm<Value>,
): ValueStore<Value> {
  return {
    read: (secret, versionId) => readValue(client, form, secret, versionId),

    async create(name, versionId, value) {
      const { ARN } = await client.send(
        new CreateSecretCommand({
          Name: name,
          ClientRequestToken: versionId,
          SecretString: JSON.stringify(value),
          Description: form.description,
          Tags: await tags(),
        }),
      );
      if (!ARN) throw new Error('Secrets Manager created a secret without returning its ARN');
      return ARN;
    },

    async putPending(secret, versionId, value) {
      await client.send(
        new PutSecretValueCommand({
          SecretId: secret,
          ClientRequestToken: versionId,
          SecretString: JSON.stringify(value),
          VersionStages: ['AWSPENDING'],
        }),
      );
    },

    async markCurrent(secret, currentVersionId) {
      const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: secret }));
      const current = Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id]?.includes('AWSCURRENT'));
      if (current === currentVersionId) return;
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: secret,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: currentVersionId,
          RemoveFromVersionId: current,
        }),
      );
    },
  };
}

/** Days in which a deleted secret can be recovered, in case a table is restored to an older state. */
const recoveryDays = 7;

/** Deletes a secret by its name. Succeeds if the secret is gone or already scheduled for deletion. */
export type DeleteSecret = (name: string) => Promise<void>;

export function secretDeleter(client: SecretsManagerClient): DeleteSecret {
  /**
   * Whether a secret is already scheduled for deletion. The error of a failed deletion does not show whether this is
   * the cause, because other causes give the same error.
   */
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

/** A listed secret, without its value. */
export interface ListedSecret {
  name: string;
  createdAt: Date;
  /** The id of the deployment that made it; undefined if something else made it. */
  deployment: string | undefined;
}

/** A listed secret. Undefined if it has another prefix: the service's filter alone is not relied on, because listed secrets may be deleted. */
function listedSecret({ Name, CreatedDate, Tags = [] }: SecretListEntry, prefix: string): ListedSecret | undefined {
  if (!Name?.startsWith(prefix) || !CreatedDate) return undefined;
  return { name: Name, createdAt: CreatedDate, deployment: Tags.find(({ Key }) => Key === deploymentTag)?.Value };
}

/** Lists the secrets with this name prefix, page by page. Changes of the last minutes may be missing. */
export async function* listSecrets(client: SecretsManagerClient, prefix: string): AsyncGenerator<ListedSecret[]> {
  let token: string | undefined;
  do {
    const Filters = [{ Key: 'name' as const, Values: [prefix] }];
    const { SecretList = [], NextToken } = await client.send(
      new ListSecretsCommand({ Filters, MaxResults: 100, NextToken: token }),
    );
    yield SecretList.flatMap((entry) => listedSecret(entry, prefix) ?? []);
    token = NextToken;
  } while (token !== undefined);
}
