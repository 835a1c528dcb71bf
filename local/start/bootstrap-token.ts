import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Runtime } from '../runtime.ts';

/**
 * The token that a deployment starts with, or undefined if the template has none. Every other token is shown once, by the
 * API, to whoever made it.
 */
export async function readBootstrapToken({ aws, secrets }: Runtime): Promise<string | undefined> {
  const arn = Object.values(secrets).find((secret) => /\/operator\/bootstrap-[^-/]+$/.test(secret));
  if (!arn) return undefined;
  const client = new SecretsManagerClient({ region: aws.region, endpoint: aws.url, credentials: aws.administrator });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  client.destroy();
  return SecretString;
}
