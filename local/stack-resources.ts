/** The resources of a stack that hold something: its secrets, queues, tables and buckets. */
import type { LocalAws } from './aws/local-aws.ts';
import { checkBucketPolicies } from './cloudformation/bucket-policy.ts';
import { cannotRun } from './cloudformation/cannot-run.ts';
import type { Stack } from './cloudformation/physical-ids.ts';
import type { LambdaFunction } from './lambda/lambda-function.ts';
import { StartError } from './start/start-error.ts';

/** The services throw a plain Error for what the user can fix. Every other class of error is a bug. */
const isForUser = (error: unknown): error is Error => Object.getPrototypeOf(error) === Error.prototype;

/**
 * Gives an error of a service to the user.
 * @throws StartError for what the user can fix
 */
export async function explained<T>(promise: Promise<T>): Promise<T> {
  return promise.catch((error) => {
    throw isForUser(error) ? new StartError(error.message, { cause: error }) : error;
  });
}

/**
 * Creates the resources of a type, one after the other.
 * @throws StartError that names the resource that can't be as the template declares it
 */
async function createEach(
  stack: Stack,
  type: string,
  create: (id: string, properties: Record<string, unknown>) => Promise<void>,
): Promise<void> {
  for (const id of idsOf(stack, type)) {
    await create(id, stack.properties(id)).catch((error) => {
      throw isForUser(error) ? cannotRun(id, type, error.message, error) : error;
    });
  }
}

/** The resources of a stack that a program can name. */
export interface StackResources {
  /** Physical names by logical id. */
  tables: Record<string, string>;
  buckets: Record<string, string>;
}

/**
 * Creates the secrets, queues, tables and buckets of a stack, in the order in which one can name another.
 * @param values gets the ARNs of secrets and the URLs of queues, by logical id
 * @throws StartError that names the resource that can't be as the template declares it
 */
export async function createResources(
  stack: Stack,
  aws: LocalAws,
  values: { secrets: Map<string, string>; queues: Map<string, string> },
): Promise<StackResources> {
  await createSecrets(stack, aws, values.secrets);
  await createQueues(stack, aws, values.queues);
  const tables = await createTables(stack, aws);
  return { tables, buckets: await createBuckets(stack, aws) };
}

const createSecrets = (stack: Stack, aws: LocalAws, secrets: Map<string, string>): Promise<void> =>
  createEach(stack, 'AWS::SecretsManager::Secret', async (id, properties) => {
    secrets.set(id, (await aws.ensureSecret({ Name: stack.defaultName(id), ...properties })).arn);
  });

async function createTables(stack: Stack, aws: LocalAws): Promise<Record<string, string>> {
  const tables: Record<string, string> = {};
  await createEach(stack, 'AWS::DynamoDB::Table', async (id, properties) => {
    tables[id] = (await aws.createTable({ TableName: stack.defaultName(id), ...properties })).name;
  });
  return tables;
}

async function createBuckets(stack: Stack, aws: LocalAws): Promise<Record<string, string>> {
  checkBucketPolicies(stack);
  const buckets: Record<string, string> = {};
  await createEach(stack, 'AWS::S3::Bucket', async (id, properties) => {
    buckets[id] = (await aws.createBucket({ BucketName: stack.defaultName(id), ...properties })).name;
  });
  return buckets;
}

async function createQueues(stack: Stack, aws: LocalAws, queues: Map<string, string>): Promise<void> {
  await createEach(stack, 'AWS::SQS::Queue', async (id, properties) => {
    queues.set(id, (await aws.createQueue({ QueueName: stack.defaultName(id), ...properties })).url);
  });
  await explained(Promise.resolve().then(() => aws.checkDeadLetterQueues()));
}

/** The functions by their logical ids. */
export function functionsById(
  stack: Stack,
  functions: ReadonlyMap<string, LambdaFunction>,
): Record<string, LambdaFunction> {
  const byId: Record<string, LambdaFunction> = {};
  for (const id of idsOf(stack, 'AWS::Lambda::Function')) {
    const found = functions.get(stack.attribute(id, 'Arn') ?? '');
    if (found) byId[id] = found;
  }
  return byId;
}

function idsOf(stack: Stack, type: string): string[] {
  return Object.keys(stack.resources).filter((id) => stack.resources[id]?.Type === type);
}
