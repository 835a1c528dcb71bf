import { Lazy } from 'aws-cdk-lib';
import {
  type AddToPrincipalPolicyResult,
  type CfnRole,
  ManagedPolicy,
  PolicyDocument,
  type PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * The role of a function. What the function is allowed stands in the role itself and not in a policy beside it, which would be one
 * resource more for each function.
 */
export class FunctionRole extends Role {
  private readonly allowed = new PolicyDocument();

  /** @param writesAnyLog whether the role may write the log of every function, by AWS's own policy for Lambda */
  constructor(scope: Construct, id: string, { writesAnyLog }: { writesAnyLog: boolean }) {
    super(scope, id, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: writesAnyLog
        ? [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')]
        : [],
    });
    const role = this.node.defaultChild as CfnRole;
    // IAM refuses a policy without a statement.
    role.policies = Lazy.any({
      produce: () => (this.allowed.isEmpty ? undefined : [{ policyName: 'Allowed', policyDocument: this.allowed }]),
    });
  }

  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.allowed.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}
