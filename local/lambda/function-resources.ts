import type { Credentials, LocalAws } from '../aws/local-aws.ts';
import { cannotRun } from '../cloudformation/cannot-run.ts';
import type { Stack } from '../cloudformation/physical-ids.ts';
import { type DeclaredResource, resourcesOfType, variablesOf } from '../cloudformation/resource-properties.ts';
import { readRoles } from '../cloudformation/role-policies.ts';
import { customResourceIds } from '../custom-resources/declared-resources.ts';
import type { MadeResources } from '../custom-resources/made-resources.ts';
import { StartError } from '../start/start-error.ts';
import {
  type AsyncBounds,
  createLambdaFunction,
  type FunctionOptions,
  type LambdaFunction,
  usualAsyncBounds,
} from './lambda-function.ts';

export interface FunctionsOptions {
  assets: ReadonlyMap<string, string>;
  aws: LocalAws;
  /** The custom resources that are made, for the functions that depend on some. */
  made: Pick<MadeResources, 'all'>;
  onLog: (functionName: string, line: string) => void;
  /** Shared memory with the milliseconds by which the functions' clock is ahead of the machine's. For tests. */
  skew?: Float64Array;
  /** Redirects the functions' requests to these hosts. Every other host except this machine is blocked. For tests. */
  hosts?: Readonly<Record<string, string>>;
  /** The number of instances of each function that may run at once. */
  maxInstances?: number;
  /** The account's quota: the calls of all functions together that may run at once. Default: no limit. */
  concurrentExecutions?: number;
}

/**
 * Creates the stack's functions, each with the permissions of its own role. Keyed by ARN.
 * @throws StartError if a function's code, handler or role is missing
 */
export function createLambdaFunctions(stack: Stack, options: FunctionsOptions): Map<string, LambdaFunction> {
  const roles = readRoles(stack);
  const asyncBounds = readAsyncBounds(stack);
  const accountQuota = { most: options.concurrentExecutions ?? Number.POSITIVE_INFINITY, running: 0 };
  const functions = resourcesOfType(stack, 'AWS::Lambda::Function').map((declaration) => {
    const name = stack.attribute(declaration.id, 'Ref') ?? declaration.id;
    const role = roles.get(declaration.properties.Role);
    if (!role) throw cannotRun(declaration.id, 'AWS::Lambda::Function', 'its role is not in the template');
    const credentials = options.aws.addPrincipal(name, role.role, role.statements);
    return createLambdaFunction({
      ...codeOptions(declaration, options.assets),
      name,
      isolated: stack.resources[declaration.id]?.Metadata?.['hooklatch:isolated'] === true,
      arn: stack.attribute(declaration.id, 'Arn') ?? name,
      environment: environmentOf(stack, declaration, credentials, options),
      accountQuota,
      asyncBounds: asyncBounds.get(name) ?? usualAsyncBounds,
      onLog: (line) => options.onLog(name, line),
      ...(options.skew && { skew: options.skew }),
      ...(options.hosts && { hosts: options.hosts }),
      ...(options.maxInstances && { maxInstances: options.maxInstances }),
    });
  });
  return new Map(functions.map((created) => [created.arn, created]));
}

/**
 * Gives the functions the code of another assembly of the same app, where it differs, as a deployment does.
 * @param from the stack that runs
 * @param to the stack of the other assembly
 * @param assets those of the other assembly
 * @throws StartError if the code of a function is missing
 */
export async function replaceCode(
  from: Stack,
  to: Stack,
  assets: ReadonlyMap<string, string>,
  functions: ReadonlyMap<string, LambdaFunction>,
): Promise<void> {
  const declarationsOf = (stack: Stack) => resourcesOfType(stack, 'AWS::Lambda::Function');
  const running = new Map(declarationsOf(from).map(({ id, properties }) => [id, properties.Code.S3Key]));
  for (const declaration of declarationsOf(to)) {
    if (running.get(declaration.id) === declaration.properties.Code.S3Key) continue;
    const { folder } = codeOptions(declaration, assets);
    await functions.get(to.attribute(declaration.id, 'Arn') ?? '')?.replaceCode(folder);
  }
}

/** By the name of the function. */
function readAsyncBounds(stack: Stack): Map<string, AsyncBounds> {
  const configs = resourcesOfType(stack, 'AWS::Lambda::EventInvokeConfig').map(({ properties }) => {
    const { FunctionName: name, MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: seconds } = properties;
    return [
      name,
      {
        retries: retries ?? usualAsyncBounds.retries,
        maxAgeMs: seconds === undefined ? usualAsyncBounds.maxAgeMs : seconds * 1000,
      },
    ] as const;
  });
  return new Map(configs);
}

type CodeOptions = Pick<
  FunctionOptions,
  'folder' | 'handler' | 'memorySize' | 'timeout' | 'logLevel' | 'reservedConcurrency'
>;

function codeOptions(
  { id, properties }: DeclaredResource<'AWS::Lambda::Function'>,
  assets: ReadonlyMap<string, string>,
): CodeOptions {
  const folder = assets.get(properties.Code.S3Key);
  if (!folder) {
    const code = `its code (${properties.Code.S3Key}) is not a folder in the assembly's assets`;
    throw cannotRun(id, 'AWS::Lambda::Function', code);
  }
  const { LoggingConfig: logging, ReservedConcurrentExecutions: reserved } = properties;
  return {
    folder,
    handler: properties.Handler,
    memorySize: properties.MemorySize,
    timeout: properties.Timeout * 1000,
    ...(logging?.ApplicationLogLevel && { logLevel: logging.ApplicationLogLevel }),
    ...(reserved !== undefined && { reservedConcurrency: reserved }),
  };
}

/** The environment of a function, as soon as the custom resources exist that the function depends on. */
function environmentOf(
  stack: Stack,
  declaration: DeclaredResource<'AWS::Lambda::Function'>,
  credentials: Credentials,
  { made, aws }: FunctionsOptions,
): FunctionOptions['environment'] {
  const needed = customResourceIds(stack.resources, [declaration.id]);
  const read = () => environment(stack, declaration, aws, credentials);
  return needed.length === 0 ? read() : made.all(needed).then(read);
}

/**
 * A function's environment: the template's variables, those that Lambda sets in every function, and AWS_ENDPOINT_URL
 * for the local services.
 */
function environment(
  stack: Stack,
  { id, properties }: DeclaredResource<'AWS::Lambda::Function'>,
  aws: LocalAws,
  credentials: Credentials,
): Record<string, string> {
  const own = variablesOf(stack, id);
  const name = stack.attribute(id, 'Ref') ?? id;
  const reserved = {
    AWS_REGION: aws.region,
    AWS_DEFAULT_REGION: aws.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    _HANDLER: properties.Handler,
  };
  const taken = Object.keys(own).find((key) => Object.hasOwn(reserved, key));
  if (taken) throw new StartError(`${id} sets the variable ${taken}, which Lambda reserves`);
  return { TZ: ':UTC', ...own, ...reserved, AWS_ENDPOINT_URL: aws.url };
}
