import { z } from 'zod';
import { type RequiredPermission, ServiceError } from '../aws/aws-service.ts';
import type { JsonService, PreparedJsonCall } from '../aws/json-service.ts';
import { generateSchema, generateSecretString } from './generate-secret-string.ts';
import { SecretCollection, type SecretCollectionOptions } from './secret-collection.ts';
import { parseSecretInput, type SecretOperation, secretInputs } from './secret-input.ts';
import { secretOperations } from './secret-operations.ts';

/** The local runtime's Secrets Manager, with one file for each secret. */
export interface SecretsManagerService extends JsonService {
  /**
   * Creates a secret from the resolved properties of an AWS::SecretsManager::Secret. A secret that exists keeps its
   * value. Throws an Error that names the secret if a property is unknown, or the secret is scheduled for deletion.
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

/** Reads the secrets of a folder. Throws an Error that names a damaged file. */
export function startSecretsManager(options: SecretCollectionOptions): SecretsManagerService {
  const secrets = new SecretCollection(options);
  return {
    name: 'secretsmanager',
    target: 'secretsmanager',
    contentType: 'application/x-amz-json-1.1',
    errorPrefix: '',
    fault: 'InternalServiceError',
    throttling: 'ThrottlingException',
    prepare: (operation, input) => prepare(secrets, operation, input),
    ensureSecret: (properties) => ensureSecret(secrets, properties),
    close: async () => {},
  };
}

function prepare(secrets: SecretCollection, operation: string, input: object): PreparedJsonCall {
  if (!isOperation(operation)) {
    throw new ServiceError(
      'UnknownOperationException',
      `The local runtime's Secrets Manager has no operation ${operation}.`,
    );
  }
  const parsed = parseSecretInput(operation, input);
  const perform = secretOperations[operation] as (secrets: SecretCollection, input: object) => object;
  const requires =
    operation === 'ListSecrets' ? [needOfList] : needsOf(secrets, operation, parsed as Named & { Tags?: unknown[] });
  return { requires, details: {}, run: async () => perform(secrets, parsed) };
}

function isOperation(operation: string): operation is SecretOperation {
  return Object.hasOwn(secretInputs, operation);
}

/** AWS has no narrower resource for a list. */
const needOfList: RequiredPermission = { action: 'secretsmanager:ListSecrets', resource: '*', conditions: {} };

/** The fields by which the other operations name a secret. */
interface Named {
  Name?: string;
  SecretId?: string;
  VersionStage?: string | undefined;
}

/** The permissions for an operation on a secret. A secret that is created with tags needs the right to tag it too. */
function needsOf(secrets: SecretCollection, operation: string, input: Named & { Tags?: unknown[] }) {
  const need = needOf(secrets, operation, input);
  return input.Tags?.length ? [need, { ...need, action: 'secretsmanager:TagResource' }] : [need];
}

/**
 * The permission for an operation on a secret. A secret that does not exist has an ARN without the random suffix. So a
 * policy whose resource ends in `-??????` does not allow the operation.
 */
function needOf(secrets: SecretCollection, operation: string, input: Named): RequiredPermission {
  const id = input.SecretId ?? input.Name ?? '';
  const arn = id.startsWith('arn:') ? id : secrets.partialArn(id);
  const conditions: Record<string, string[]> = {};
  if (input.Name !== undefined) conditions['secretsmanager:Name'] = [input.Name];
  if (input.VersionStage !== undefined) conditions['secretsmanager:VersionStage'] = [input.VersionStage];
  return { action: `secretsmanager:${operation}`, resource: secrets.find(id)?.arn ?? arn, conditions };
}

function ensureSecret(secrets: SecretCollection, properties: Record<string, unknown>): { arn: string } {
  const result = propertiesSchema.safeParse(properties);
  if (!result.success) {
    // Zod's messages name properties and types and quote no value.
    throw new Error(`The local runtime can't make the secret ${properties['Name']}: ${z.prettifyError(result.error)}`);
  }
  const { GenerateSecretString, Name, ...rest } = result.data;
  const existing = secrets.find(Name);
  if (existing?.purgeAt !== undefined) {
    throw new Error(`The secret ${Name} is scheduled for deletion: restore it, or give the new secret another name.`);
  }
  if (!existing) {
    const generated = GenerateSecretString && { SecretString: generateSecretString(GenerateSecretString) };
    secretOperations.CreateSecret(secrets, parseSecretInput('CreateSecret', { Name, ...rest, ...generated }));
  }
  return { arn: secrets.find(Name)?.arn ?? '' };
}
