import { evaluatePolicies, type PolicyStatement } from '../aws/policy-evaluation.ts';
import { StartError } from '../start/start-error.ts';
import { accountId, type Stack } from './physical-ids.ts';
import { type ResourceProperties, resourcesOfType } from './resource-properties.ts';
import { readStatements } from './role-policies.ts';

/** A service that invokes functions. */
export type CallingService = 'apigateway.amazonaws.com' | 'events.amazonaws.com';

/**
 * Returns a function that checks whether the calling service may invoke a Lambda function on behalf of `sourceArn`. The
 * stack's AWS::Lambda::Permission resources decide.
 */
export function readInvokePermissions(
  stack: Stack,
  caller: CallingService,
): (functionName: string, functionArn: string, sourceArn: string) => boolean {
  const permissions = resourcesOfType(stack, 'AWS::Lambda::Permission').map(({ properties }) => properties);
  return (functionName, functionArn, sourceArn) => {
    const statements = permissions
      .filter(({ Principal }) => Principal === caller)
      .filter(({ FunctionName }) => FunctionName === functionName || FunctionName === functionArn)
      .map((permission) => permissionStatement(permission, functionArn));
    const conditions = { 'aws:SourceArn': [sourceArn], 'aws:SourceAccount': [accountId] };
    return evaluatePolicies(statements, { action: 'lambda:InvokeFunction', resource: functionArn, conditions }).allowed;
  };
}

/** The statement that Lambda adds to the function's resource policy. */
function permissionStatement(
  permission: ResourceProperties<'AWS::Lambda::Permission'>,
  functionArn: string,
): PolicyStatement {
  const { Action, SourceArn, SourceAccount } = permission;
  return {
    Effect: 'Allow',
    Action,
    Resource: functionArn,
    Condition: {
      ...(SourceArn && { ArnLike: { 'aws:SourceArn': SourceArn } }),
      ...(SourceAccount && { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
    },
  };
}

/**
 * Returns a function that checks whether EventBridge may write to a log group. The stack's AWS::Logs::ResourcePolicy
 * resources decide.
 */
export function readLogPermissions(stack: Stack): (groupArn: string) => boolean {
  const statements = resourcesOfType(stack, 'AWS::Logs::ResourcePolicy')
    .flatMap(({ id, properties }) => readStatements(parseDocument(id, properties.PolicyDocument)))
    .filter(({ Principal }) => isEventBridge(Principal));
  return (groupArn) =>
    ['logs:CreateLogStream', 'logs:PutLogEvents'].every(
      (action) => evaluatePolicies(statements, { action, resource: `${groupArn}:log-stream:local` }).allowed,
    );
}

function parseDocument(id: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StartError(`The PolicyDocument of ${id} is not JSON`, { cause: error });
  }
}

function isEventBridge(principal: unknown): boolean {
  const { Service = [] } = (principal ?? {}) as { Service?: string | string[] };
  return [Service].flat().includes('events.amazonaws.com');
}
