import { Lazy } from 'aws-cdk-lib';
import { type CfnRole, PolicyDocument, type Role } from 'aws-cdk-lib/aws-iam';

/**
 * Lets a role keep what it is allowed in itself. CDK would make a policy beside it, which is one resource more for each function.
 *
 * CDK's role of a function keeps its logical id by this. With a role of our own it would have another one, and CloudFormation refuses to
 * replace the role of `manage-connection`, whose name other stacks import.
 */
export function keepPolicyInRole(role: Role): void {
  const allowed = new PolicyDocument();
  role.addToPrincipalPolicy = (statement) => {
    allowed.addStatements(statement);
    return { statementAdded: true, policyDependable: role };
  };
  const resource = role.node.defaultChild as CfnRole;
  // IAM refuses a policy without a statement.
  resource.policies = Lazy.any({
    produce: () => (allowed.isEmpty ? undefined : [{ policyName: 'Allowed', policyDocument: allowed }]),
  });
}
