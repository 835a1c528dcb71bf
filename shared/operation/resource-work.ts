/** What a CloudFormation stack asks of one of its resources, whatever kind of resource it is. */
import type { ResourceRequest } from '../aws/custom-resource.ts';
import type { OperationContext } from './operation.ts';

export interface ResourceWork {
  /**
   * Carries out the request. It may be repeated.
   * @returns the physical id of the resource
   * @throws a refusal
   */
  carryOut(): Promise<string>;
  /** Removes what a replacement left behind that failed. CloudFormation does not know its id, and would never delete it. */
  undoReplacement(): Promise<void>;
  /** What a template can refer to. None of it is a secret. */
  attributes(physicalId: string): Promise<Record<string, string>>;
}

/** The stack is the author of what its requests change. */
export const stackContext = ({ StackId, RequestId }: ResourceRequest, now: Date): OperationContext => ({
  actor: { id: `cfn:${StackId}`, role: 'connection_admin' },
  requestId: RequestId,
  now,
});
