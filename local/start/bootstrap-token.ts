import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Runtime } from '../runtime.ts';

/**
 * Reads the operator token that a deployment starts with. Returns undefined if the template has no bootstrap secret.
 * The API shows every other token once, to the operator who made it.
 */
export async function readBootstrapToken({ aws, secrets }: Runtime): Promise<string | undefined> {
  const arn = Object.values(secrets).find((secret) => /\/operator\/bootstrap-[^-/]+$/.test(secret));
  if (!arn) return undefined;
  const client = new SecretsManagerClient({ region: aws.region, endpoint: aws.url, credentials: aws.administrator });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  client.destroy();
  return SecretString;
}
