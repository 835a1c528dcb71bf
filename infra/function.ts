import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type CfnFunction,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Variable } from '../shared/ground/aws/environment.ts';
import { bundledCode } from './bundle/bundle.ts';
import { keepPolicyInRole } from './function-role.ts';
import { logOfFunction } from './log-audience.ts';
import { addLogGroup } from './log-group.ts';

const defaultMemoryMb = 256;
/**
 * The memory of the two functions that a sender waits for. From 512 MB on, hashing and signing a call no longer make the sender
 * wait longer. A full vCPU would need 1769 MB.
 */
export const senderFunctionMemoryMb = 512;
const defaultTimeout = Duration.seconds(10);

export interface HooklatchFunctionProps {
  memoryMb?: number;
  timeout?: Duration;
  /**
   * Concurrent executions that are reserved for this function. The reserved executions are also the function's limit.
   * By default none are reserved.
   */
  reservedConcurrency?: number | undefined;
  /** Sites that are left out of the function's bundle. */
  leftOut?: readonly string[];
  /**
   * Whether the function runs what others than we wrote. Its role may then write its own log and nothing else, not even the logs of
   * others, and the local runtime runs it in a process of its own.
   */
  isolated?: boolean;
}

/** A file of `functions/` as a Lambda function: bundled for a quick start, with its role. */
export class HooklatchFunction extends Construct {
  readonly handler: LambdaFunction;

  /** @param name the file in `functions/`, without its ending */
  constructor(
    scope: Construct,
    name: string,
    {
      memoryMb = defaultMemoryMb,
      timeout = defaultTimeout,
      reservedConcurrency,
      leftOut = [],
      isolated = false,
    }: HooklatchFunctionProps = {},
  ) {
    super(scope, name);
    // Nobody else's lines stand in the log of an isolated function, and it can write to no other log.
    const logGroup = isolated ? addLogGroup(this, 'Logs') : logOfFunction(scope, name);
    const role = isolated
      ? new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
      : undefined;
    this.handler = new LambdaFunction(this, 'Function', {
      code: bundledCode(name, leftOut),
      handler: 'index.handler',
      description: `Hooklatch functions/${name}.ts`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMb,
      timeout,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      logGroup,
      ...(role && { role }),
    });
    keepPolicyInRole(this.handler.role as Role);
    if (isolated) logGroup.grantWrite(this.handler);
    this.setVariable('FUNCTION_NAME', name);
    if (isolated) (this.handler.node.defaultChild as CfnFunction).addMetadata('hooklatch:isolated', true);
    this.acknowledge();
  }

  /** Sets a variable that the function reads by its name in `shared/ground/aws/environment.ts`. */
  setVariable(name: Variable, value: string): void {
    this.handler.addEnvironment(name, value);
  }

  /** Allows exactly these actions on exactly these resources. */
  allow(actions: string[], ...resources: string[]): void {
    this.handler.addToRolePolicy(new PolicyStatement({ actions, resources }));
  }

  /** Allows these actions on the items of a table whose partition keys match one of these patterns. */
  allowItems(actions: string[], tableArn: string, partitionKeys: string[]): void {
    const conditions = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitionKeys } };
    this.handler.addToRolePolicy(new PolicyStatement({ actions, resources: [tableArn], conditions }));
  }

  private acknowledge(): void {
    Validations.of(this).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]`,
      reason: 'AWSLambdaBasicExecutionRole allows writing logs and nothing else; a copy of it would become outdated.',
    });
  }
}
