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
    throw new UsageError(`secretsmanager:${id} leads to no secret: AWS does not give it (${why}).`);
  }
  throw new UsageError(`secretsmanager:${id} leads to no secret: it is no text.`);
}
