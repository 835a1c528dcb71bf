/**
 * The random id of a deployment. The State table keeps it, and each secret that the deployment makes has it as a tag.
 *
 * The names of secrets contain only the stage. Another deployment of the same stage has the same names: the one before
 * this one, or the one whose table was imported. The id tells their secrets apart, and it moves with the table.
 *
 * Whoever makes a secret first makes the id, by one conditional write. Of two at once, one is too late and takes the id
 * of the other.
 */
import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { fromEnvironment, isInEnvironment } from '../../ground/aws/environment.ts';
import { putRecord, readRecord } from '../../ground/aws/versioned-item.ts';
import { schema } from '../../ground/base/schema.ts';
import { deploymentTag, type SecretTag } from '../credential/secret-tag.ts';

/** The partition key of the id's item in the State table. */
export const deploymentKey = 'deployment';

const deploymentSchema = /* @__PURE__ */ schema(() => z.object({ id: z.string().check(z.minLength(1)) }));

/** Reads the id with a strongly consistent read. Returns undefined if no secret was made yet. */
export const readDeploymentId = async (client: DynamoDBClient, table: string): Promise<string | undefined> =>
  (await readRecord(client, table, deploymentKey, deploymentSchema))?.id;

/** Reads the id, or makes it. Everybody who calls this gets the same id. */
export async function deploymentIdOf(client: DynamoDBClient, table: string, newId = randomUUID): Promise<string> {
  const found = await readDeploymentId(client, table);
  if (found !== undefined) return found;
  const id = newId();
  await putRecord(client, table, deploymentKey, { version: 1, requestId: id, record: { id } });
  const kept = await readDeploymentId(client, table);
  if (kept === undefined) throw new Error('the id of the deployment was removed while it was made');
  return kept;
}

const tagsSchema = /* @__PURE__ */ schema(() => z.array(z.object({ Key: z.string(), Value: z.string() })));

/**
 * The tags of a secret that this deployment makes: those that the deployment sets, and its id.
 * @throws if the variable with the tags can't be read
 */
export function secretTags(client: DynamoDBClient, table: string, environment: NodeJS.ProcessEnv = process.env) {
  const isSet = isInEnvironment('SECRET_TAGS', environment);
  const own = isSet ? tagsSchema.parse(JSON.parse(fromEnvironment('SECRET_TAGS', environment))) : [];
  return async (): Promise<SecretTag[]> => [...own, { Key: deploymentTag, Value: await deploymentIdOf(client, table) }];
}
