import type { AwsResponse, AwsService, ServiceName } from './aws-service.ts';

/**
 * What a test lets go wrong with one call: the service fails before or after it did what was asked, wants to be asked
 * more slowly (and did nothing), or did it while the connection broke before the answer came.
 */
export type InjectedFault = 'error-before' | 'error-after' | 'throttle' | 'lost-answer';

/** A permitted call, about to run. */
export interface PermittedCall {
  service: ServiceName;
  operation: string;
  /** The name that the caller was registered with. */
  principal: string;
  table?: string;
}

/** Decides for each permitted call what goes wrong with it, if anything. */
export type ChooseFault = (call: PermittedCall) => InjectedFault | undefined;

/** What is answered to a call that meets this fault; `run` never rejects. A lost answer is the one that gets lost. */
export async function answerWithFault(
  fault: InjectedFault | undefined,
  service: AwsService,
  run: () => Promise<AwsResponse>,
): Promise<AwsResponse> {
  const failed = service.errorAnswer(service.commonError('InternalFailure', 'This fault was asked for by a test.'));
  if (fault === 'error-before') return failed;
  if (fault === 'throttle') {
    return service.errorAnswer(service.commonError('ThrottlingException', 'Rate exceeded, as a test asked for.'));
  }
  const answer = await run();
  return fault === 'error-after' ? failed : answer;
}
