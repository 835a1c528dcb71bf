/** The secrets of destinations in Secrets Manager: each destination has one, and each change of its value is a version of it. */
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type ValueStore, valueStore } from '../../endpoints/credential/secret-store.ts';
import type { SecretTag } from '../../endpoints/credential/secret-tag.ts';
import { type DestinationValue, destinationValueSchema } from './destination-value.ts';

export type DestinationSecrets = ValueStore<DestinationValue>;

/** @param tags the tags of each secret that is created, the deployment's id among them */
export const destinationSecrets = (
  client: SecretsManagerClient,
  tags: () => Promise<SecretTag[]>,
): DestinationSecrets =>
  valueStore(client, tags, {
    owner: "a destination's",
    value: destinationValueSchema,
    description: 'URL and credentials of a destination. Made and removed by Hooklatch; do not edit.',
  });
