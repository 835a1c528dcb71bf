/** Texts that are in Secrets Manager, and never in a template. */
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { SecretReference } from '../shared/deliveries/destination/managed-settings.ts';
import { completeArnOf } from './token-read-policies.ts';

/** The text of a secret, or of one field of its JSON. */
export interface SecretText {
  readonly fromSecret: ISecret;
  /** The field of the secret's JSON object. By default its whole text. */
  readonly field?: string;
}

/** Whether a prop names a secret. */
export const isSecretText = (value: unknown): value is SecretText =>
  typeof value === 'object' && value !== null && 'fromSecret' in value && typeof value.fromSecret === 'object';

/** The reference that the template has. */
export const referenceTo = ({ fromSecret, field }: SecretText): SecretReference => ({
  fromSecret: completeArnOf(fromSecret),
  ...(field !== undefined && { field }),
});
