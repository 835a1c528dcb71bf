import { explainedAwsError } from './aws-error.ts';
import { UsageError } from './command-error.ts';

/**
 * Reads a secret of Secrets Manager, with the credentials of whoever runs the command.
 * @throws UsageError that says what is missing
 */
export async function secretText(id: string): Promise<string> {
  // Loaded when it is needed: most files have no such reference.
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  try {
    const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: id }));
    if (SecretString !== undefined) return SecretString;
  } catch (error) {
    const explained = explainedAwsError(error);
    if (!(explained instanceof UsageError)) throw error;
    throw new UsageError(`secretsmanager:${id} leads to no secret. ${explained.message}`, { cause: error });
  }
  throw new UsageError(`secretsmanager:${id} leads to no secret: it is no text.`);
}
