import { z } from 'zod';
import type { JsonService, PreparedJsonCall } from '../aws/json-service.ts';
import { type Need, ServiceError } from '../aws/service.ts';
import { parseSecretInput, type SecretOperation, secretInputs } from './secret-input.ts';
import { secretOperations } from './secret-operations.ts';
import { generateSchema, generateSecretString } from './secret-value.ts';
import { SecretVault, type VaultOptions } from './secret-vault.ts';

/** The Secrets Manager of the local runtime, with one file for each secret. */
export interface Secrets extends JsonService {
  /**
   * Makes a secret from the resolved properties of an AWS::SecretsManager::Secret; one that exists keeps its value. Throws
   * an Error that names the secret if a property is not known, or if it is scheduled for deletion.
   */
  ensureSecret(properties: Record<string, unknown>): { arn: string };
}

const propertiesSchema = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  KmsKeyId: z.string().optional(),
  Tags: z.array(z.unknown()).optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: generateSchema.optional(),
});

/** Reads the secrets of a folder. Throws an Error that names a file that is damaged. */
export function startSecrets(options: VaultOptions): Secrets {
  const vault = new SecretVault(options);
  return {
    name: 'secretsmanager',
    target: 'secretsmanager',
    contentType: 'application/x-amz-json-1.1',
    errorPrefix: '',
    fault: 'InternalServiceError',
    throttling: 'ThrottlingException',
    prepare: (operation, input) => prepare(vault, operation, input),
    ensureSecret: (properties) => ensureSecret(vault, properties),
    close: async () => {},
  };
}

function prepare(vault: SecretVault, operation: string, input: object): PreparedJsonCall {
  if (!isOperation(operation)) {
    throw new ServiceError(
      'UnknownOperationException',
      `The local runtime's Secrets Manager has no operation ${operation}.`,
    );
  }
  const parsed = parseSecretInput(operation, input);
  const perform = secretOperations[operation] as (vault: SecretVault, input: object) => object;
  const need = operation === 'ListSecrets' ? needOfList : needOf(vault, operation, parsed as Named);
  return { needs: [need], details: {}, run: async () => perform(vault, parsed) };
}

function isOperation(operation: string): operation is SecretOperation {
  return Object.hasOwn(secretInputs, operation);
}

/** AWS knows no narrower resource for a list. */
const needOfList: Need = { action: 'secretsmanager:ListSecrets', resource: '*', conditions: {} };

/** What every other operation says of the secret that it means. */
interface Named {
  Name?: string;
  SecretId?: string;
  VersionStage?: string | undefined;
}

/** What does not exist (yet) has no suffix to its ARN, so a policy that asks for six more characters does not cover it. */
function needOf(vault: SecretVault, operation: string, input: Named): Need {
  const id = input.SecretId ?? input.Name ?? '';
  const arn = id.startsWith('arn:') ? id : vault.partialArn(id);
  const conditions: Record<string, string[]> = {};
  if (input.Name !== undefined) conditions['secretsmanager:Name'] = [input.Name];
  if (input.VersionStage !== undefined) conditions['secretsmanager:VersionStage'] = [input.VersionStage];
  return { action: `secretsmanager:${operation}`, resource: vault.find(id)?.arn ?? arn, conditions };
}

function ensureSecret(vault: SecretVault, properties: Record<string, unknown>): { arn: string } {
  const result = propertiesSchema.safeParse(properties);
  if (!result.success) {
    // Zod's messages name properties and types, and quote no value.
    throw new Error(`The local runtime can't make the secret ${properties['Name']}: ${z.prettifyError(result.error)}`);
  }
  const { GenerateSecretString, Name, ...rest } = result.data;
  const existing = vault.find(Name);
  if (existing?.purgeAt !== undefined) {
    throw new Error(`The secret ${Name} is scheduled for deletion: restore it, or give its successor another name.`);
  }
  if (!existing) {
    const generated = GenerateSecretString && { SecretString: generateSecretString(GenerateSecretString) };
    secretOperations.CreateSecret(vault, parseSecretInput('CreateSecret', { Name, ...rest, ...generated }));
  }
  return { arn: vault.find(Name)?.arn ?? '' };
}
