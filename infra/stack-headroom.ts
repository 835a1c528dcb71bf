/** Says at the synthesis that a stack is nearly full, while there is still time to begin another one. CDK itself refuses a full one. */
import { Annotations, AspectPriority, Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** CloudFormation takes so many resources in a stack. */
export const maxResources = 500;
/** A stack with so many is nearly full. */
export const nearlyFull = 450;

/** The stacks that are looked at already. */
const watched = new WeakSet<Stack>();

const countIn = (stack: Stack): number =>
  stack.node.findAll().filter((each) => CfnResource.isCfnResource(each) && Stack.of(each) === stack).length;

/** Warns if the stack of this construct has nearly as many resources as CloudFormation takes. */
export function warnIfNearlyFull(scope: Construct): void {
  const stack = Stack.of(scope);
  if (watched.has(stack)) return;
  watched.add(stack);
  const visit = (node: object): void => {
    if (node !== stack) return;
    const count = countIn(stack);
    if (count < nearlyFull) return;
    const left = Math.max(0, maxResources - count);
    Annotations.of(stack).addWarningV2(
      'hooklatch:stackNearlyFull',
      `${stack.stackName} has ${count} of the ${maxResources} resources that CloudFormation takes. A connection and a destination take one each, and a route takes none: ${left} still fit. Put the next ones into another stack: docs/infrastructure-as-code.md.`,
    );
  };
  // What aspects add is there by then.
  Aspects.of(stack).add({ visit }, { priority: AspectPriority.READONLY });
}
