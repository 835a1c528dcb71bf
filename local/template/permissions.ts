import { evaluate, type Statement } from '../aws/iam.ts';
import { StartError } from '../start-error.ts';
import { accountId, type Stack } from './physical.ts';
import { declared, type Properties } from './resources.ts';

/** A role's name, and the statements of its inline policies and of those attached to it. */
export interface RolePolicies {
  role: string;
  statements: Statement[];
}

/** What this managed policy allows, writing logs, needs no permission on a laptop. */
const basicExecution = /:policy\/service-role\/AWSLambdaBasicExecutionRole$/;

/**
 * Collects the roles of the stack by their ARN.
 * @throws StartError on a managed policy, whose statements are not in the template
 */
export function readRoles(stack: Stack): Map<string, RolePolicies> {
  const attached = declared(stack, 'AWS::IAM::Policy');
  return new Map(
    declared(stack, 'AWS::IAM::Role').map(({ id, properties }) => {
      const managed = properties.ManagedPolicyArns.filter((policy) => !basicExecution.test(policy));
      if (managed.length > 0) {
        throw new StartError(`The local runtime doesn't know the managed policies of ${id}: ${managed.join(', ')}`);
      }
      const role = stack.attribute(id, 'Ref') ?? id;
      const policies = attached.filter((policy) => policy.properties.Roles.includes(role)).map((p) => p.properties);
      const statements = [...properties.Policies, ...policies].flatMap((policy) =>
        readStatements(policy.PolicyDocument),
      );
      return [stack.attribute(id, 'Arn') ?? id, { role, statements }];
    }),
  );
}

function readStatements(document: unknown): Statement[] {
  const { Statement: statements = [] } = (document ?? {}) as { Statement?: Statement | Statement[] };
  return [statements].flat();
}

/** A service that calls functions. */
export type Caller = 'apigateway.amazonaws.com' | 'events.amazonaws.com';

/** Whether a service may call the function on behalf of `sourceArn`, by the stack's AWS::Lambda::Permission resources. */
export function readPermissions(
  stack: Stack,
  caller: Caller,
): (functionName: string, functionArn: string, sourceArn: string) => boolean {
  const permissions = declared(stack, 'AWS::Lambda::Permission').map(({ properties }) => properties);
  return (functionName, functionArn, sourceArn) => {
    const statements = permissions
      .filter(({ Principal }) => Principal === caller)
      .filter(({ FunctionName }) => FunctionName === functionName || FunctionName === functionArn)
      .map((permission) => permissionStatement(permission, functionArn));
    const conditions = { 'aws:SourceArn': [sourceArn], 'aws:SourceAccount': [accountId] };
    return evaluate(statements, { action: 'lambda:InvokeFunction', resource: functionArn, conditions }).allowed;
  };
}

/** The statement that Lambda adds to the function's resource policy. */
function permissionStatement(permission: Properties<'AWS::Lambda::Permission'>, functionArn: string): Statement {
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

/** Whether EventBridge may write to the log group, by the stack's AWS::Logs::ResourcePolicy resources. */
export function readLogPermissions(stack: Stack): (groupArn: string) => boolean {
  const statements = declared(stack, 'AWS::Logs::ResourcePolicy')
    .flatMap(({ id, properties }) => readStatements(parseDocument(id, properties.PolicyDocument)))
    .filter(({ Principal }) => isEventBridge(Principal));
  return (groupArn) =>
    ['logs:CreateLogStream', 'logs:PutLogEvents'].every(
      (action) => evaluate(statements, { action, resource: `${groupArn}:log-stream:local` }).allowed,
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
