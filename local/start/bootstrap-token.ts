import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { namesIn } from '../../shared/ground/aws/stack-resource.ts';
import { isBootstrapOpen } from '../../shared/operators/operator/roster.ts';
import { type RosterTable, rosterTable } from '../../shared/operators/operator/roster-table.ts';
import type { Runtime } from '../runtime.ts';
import { resourcesOf } from './runtime-resources.ts';

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

/**
 * Lets a function use the roster of operators with an administrator's rights. Returns undefined if the template has no State
 * table.
 */
async function withRosterTable<T>(runtime: Runtime, use: (table: RosterTable) => Promise<T>): Promise<T | undefined> {
  const { aws } = runtime;
  const [name] = namesIn(resourcesOf(runtime), 'stateTable');
  if (name === undefined) return undefined;
  const client = new DynamoDBClient({ region: aws.region, endpoint: aws.url, credentials: aws.administrator });
  return use(rosterTable(client, name)).finally(() => client.destroy());
}

/** Whether the bootstrap token no longer works, because an admin without an expiry has used a token of their own. */
export const isBootstrapClosed = async (runtime: Runtime): Promise<boolean> =>
  (await withRosterTable(runtime, async (table) => !isBootstrapOpen(await table.readRoster()))) ?? false;
