/** A deployment as it is reached without an operator token: by whoever has AWS credentials, or the data folder of a local runtime. */
import { namesIn, type StackResource, type StackResourceKind } from '../../../shared/ground/aws/stack-resource.ts';
import type { AwsConfig } from '../aws-config.ts';
import { UsageError } from '../command-error.ts';

export interface Deployment {
  /** For the clients of its services. */
  config: AwsConfig;
  /** Who acts, for the history. */
  author(): Promise<string>;
  /**
   * Finds the name of a resource.
   * @throws UsageError if there is none, or if there are several
   */
  nameOf(kind: StackResourceKind): Promise<string>;
  /** Waits until what was changed has had its effects, and ends. */
  close(): Promise<void>;
}

/** What each resource is called, and the option that names it. */
const words: Record<StackResourceKind, readonly [what: string, option: string]> = {
  stateTable: ['State table', '--table'],
  failuresBucket: ['dead-letter bucket', '--bucket'],
};

/**
 * The name of a stack's only resource of this kind.
 * @throws UsageError if there is none, or if there are several
 */
export function onlyNameIn(stack: string, resources: readonly StackResource[], kind: StackResourceKind): string {
  const [what, option] = words[kind];
  const [name, ...others] = namesIn(resources, kind);
  if (name === undefined)
    throw new UsageError(`The stack ${stack} has no ${what}. Name the stack of the gateway: --stack NAME`);
  if (others.length === 0) return name;
  throw new UsageError(`The stack ${stack} has several: ${[name, ...others].join(', ')}. Name one: ${option} NAME`);
}
