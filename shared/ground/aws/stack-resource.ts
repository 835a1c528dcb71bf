/**
 * The resources of a gateway that are looked for from outside, in the stack that it is a part of. An app gives the gateway any id, so
 * only the end of a logical id is known. `test/infra/lasting.test.ts` pins these ends.
 */
const kinds = {
  stateTable: { type: 'AWS::DynamoDB::Table', logicalId: /StateTable[0-9A-F]{8}$/ },
  failuresBucket: { type: 'AWS::S3::Bucket', logicalId: /FailuresBucket[0-9A-F]{8}$/ },
} as const;
export type StackResourceKind = keyof typeof kinds;

/** A resource of a stack as CloudFormation lists it. */
export interface StackResource {
  type: string;
  logicalId: string;
  name: string;
}

/** The names of the resources of this kind. More than one if the stack has several gateways, or a resource with a similar id. */
export const namesIn = (stack: readonly StackResource[], kind: StackResourceKind): string[] =>
  stack
    .filter(({ type, logicalId }) => type === kinds[kind].type && kinds[kind].logicalId.test(logicalId))
    .map(({ name }) => name);
