import { UsageError } from './command-error.ts';

/** Reads a secret of Secrets Manager, with the credentials of whoever runs the command. */
export async function secretText(id: string): Promise<string> {
  // Loaded when it is needed: most files have no such reference.
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  try {
    const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: id }));
    if (SecretString !== undefined) return SecretString;
  } catch (error) {
    const why = (error as Error).name;
    throw new UsageError(`The file takes a secret from secretsmanager:${id}, which AWS does not give (${why}).`);
  }
  throw new UsageError(`The file takes a secret from secretsmanager:${id}, which is no text.`);
}
