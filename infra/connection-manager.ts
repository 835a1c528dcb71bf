/** How a connection reaches the function that manages it. The gateway may be in another stack or in another app. */
import { ArnFormat, Duration, Stack, Token } from 'aws-cdk-lib';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { TokenReadPolicies } from './token-read-policies.ts';

/** How long CloudFormation waits for the function. By default it would wait for an hour. */
export const answerTimeout = Duration.minutes(10);

/** The function of a gateway that manages connections and destinations for stacks. */
export interface ConnectionManager {
  readonly functionArn: string;
  /** Whether a connection stays when it is removed from its template. */
  readonly keepsData: boolean;
  readonly readPolicies: TokenReadPolicies;
  /** The account and region of the function; tokens if they are not known before the deployment. */
  readonly account: string;
  readonly region: string;
}

/** A gateway that connections can name: a `WebhookGateway`, or the result of `WebhookGateway.fromAttributes`. */
export interface AnyWebhookGateway {
  /** @throws if the gateway was made without `managedConnections` */
  readonly connectionManager: ConnectionManager;
}

export const connectionManagerOf = (
  scope: Construct,
  made: { functionArn: string; role: IRole; keepsData: boolean },
): ConnectionManager => {
  const { account, region } = Stack.of(scope);
  return { ...made, readPolicies: new TokenReadPolicies(made.role), account, region };
};

/** A gateway of another stack or app. Its outputs have both ARNs. */
export interface WebhookGatewayAttributes {
  /** The output `ManageConnectionFunctionArn` of the gateway. */
  readonly manageConnectionFunctionArn: string;
  /** The output `ManageConnectionRoleArn` of the gateway. */
  readonly manageConnectionRoleArn: string;
  /**
   * Whether connections stay when they are removed from their template, as those of the gateway's stage do.
   * @default true
   */
  readonly keepsData?: boolean;
}

/** @throws if an ARN is not one of a function or a role */
export function importedGateway(scope: Construct, id: string, attributes: WebhookGatewayAttributes): AnyWebhookGateway {
  const { manageConnectionFunctionArn: functionArn, manageConnectionRoleArn, keepsData = true } = attributes;
  const role = Role.fromRoleArn(scope, id, manageConnectionRoleArn);
  const stack = Stack.of(scope);
  const isKnown = !Token.isUnresolved(functionArn);
  const { account = '', region = '' } = isKnown ? stack.splitArn(functionArn, ArnFormat.COLON_RESOURCE_NAME) : stack;
  return {
    connectionManager: { functionArn, keepsData, readPolicies: new TokenReadPolicies(role), account, region },
  };
}

/**
 * Refuses a connection or a destination in another account or region than its gateway. Values that are not known before the deployment are not
 * compared: there, CloudFormation itself refuses the function.
 * @throws with the reason
 */
export function checkSamePlace(
  scope: Construct,
  { account, region }: ConnectionManager,
  what: 'connection' | 'destination' = 'connection',
): void {
  const stack = Stack.of(scope);
  const differs = (one: string, other: string) =>
    !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
  if (!differs(account, stack.account) && !differs(region, stack.region)) return;
  throw new Error(
    `the gateway is in account ${account} and region ${region}, the ${what} in ${stack.account} and ${stack.region}. Put it into a stack of the gateway's account and region: CloudFormation calls functions of the stack's own region only, and whoever may call this function can do what an admin can, so no other account may`,
  );
}
