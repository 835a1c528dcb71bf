import type { PolicyStatement } from '../aws/policy-evaluation.ts';
import { cannotRun } from './cannot-run.ts';
import type { Stack } from './physical-ids.ts';
import { resourcesOfType } from './resource-properties.ts';

/** A role's name, with the statements of its inline and attached policies. */
export interface RolePolicies {
  role: string;
  statements: PolicyStatement[];
}

/** The managed policy that allows writing logs. Logs need no permission on a laptop. */
const basicExecution = /:policy\/service-role\/AWSLambdaBasicExecutionRole$/;

/**
 * Collects the stack's roles by ARN.
 * @throws StartError if a role names a managed policy that is not in the template, because its statements are not known
 */
export function readRoles(stack: Stack): Map<string, RolePolicies> {
  const attached = [
    ...resourcesOfType(stack, 'AWS::IAM::Policy'),
    ...resourcesOfType(stack, 'AWS::IAM::ManagedPolicy'),
  ];
  return new Map(
    resourcesOfType(stack, 'AWS::IAM::Role').map(({ id, properties }) => {
      const managed = properties.ManagedPolicyArns.filter((policy) => !basicExecution.test(policy));
      if (managed.length > 0) {
        const unknown = `the template does not have its managed policies, so their statements are not known: ${managed.join(', ')}`;
        throw cannotRun(id, 'AWS::IAM::Role', unknown);
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

export function readStatements(document: unknown): PolicyStatement[] {
  const { Statement: statements = [] } = (document ?? {}) as { Statement?: PolicyStatement | PolicyStatement[] };
  return [statements].flat();
}
