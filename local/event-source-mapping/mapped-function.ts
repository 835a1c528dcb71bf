import type { PolicyStatement } from '../aws/policy-evaluation.ts';
import { evaluateOrDeny } from '../aws/principal.ts';
import type { Stack } from '../cloudformation/physical-ids.ts';
import { resourcesOfType } from '../cloudformation/resource-properties.ts';
import { readRoles } from '../cloudformation/role-policies.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { StartError } from '../start/start-error.ts';

/** The function that a mapping calls. */
export interface MappedFunction {
  called: LambdaFunction;
  /** The maximum duration of a call in seconds. */
  timeoutSeconds: number;
  /** The policies of the function's role. */
  statements: readonly PolicyStatement[];
}

/**
 * Returns a function that finds the function of a mapping by its name or ARN.
 * @throws StartError that names the mapping if there is none
 */
export function mappedFunctions(
  stack: Stack,
  functions: ReadonlyMap<string, LambdaFunction>,
): (mappingId: string, functionName: string) => MappedFunction {
  const roles = readRoles(stack);
  const declarations = new Map(
    resourcesOfType(stack, 'AWS::Lambda::Function').map(({ id, properties }) => [
      stack.attribute(id, 'Arn'),
      properties,
    ]),
  );
  return (mappingId, functionName) => {
    const called = [...functions.values()].find(({ name, arn }) => functionName === name || functionName === arn);
    if (!called) throw new StartError(`${mappingId}: there is no function ${functionName}`);
    const declared = declarations.get(called.arn);
    const statements = roles.get(declared?.Role ?? '')?.statements() ?? [];
    return { called, timeoutSeconds: declared?.Timeout ?? 0, statements };
  };
}

/** @throws StartError if the function's role does not allow the action */
export function requirePermission({ called, statements }: MappedFunction, action: string, resource: string): void {
  const { allowed, reason } = evaluateOrDeny(statements, { action, resource });
  if (allowed) return;
  throw new StartError(
    `AWS would refuse the event source mapping of ${called.name}: its role is not authorized to perform: ${action} on resource: ` +
      `${resource} ${reason}`,
  );
}

/** Refuses a second mapping of a source to the same function, as AWS does. */
export function refuseDuplicateMappings(
  what: 'stream' | 'queue',
  mappings: readonly { sourceArn: string; function: LambdaFunction }[],
): void {
  const pairs = mappings.map(({ sourceArn, function: { name } }) => `${name} consumes ${sourceArn} twice`);
  const twin = pairs.find((pair, index) => pairs.indexOf(pair) !== index);
  if (twin) throw new StartError(`${twin}: AWS allows one mapping of a ${what} to a function`);
}
