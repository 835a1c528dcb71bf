import type { AwsResponse, AwsService, ServiceName } from './aws-service.ts';

/**
 * A fault that a test injects into one call. The service fails before or after it does the work, or throttles the call
 * and does nothing. Or the service does the work, and the connection breaks before the response arrives.
 */
export type InjectedFault = 'error-before' | 'error-after' | 'throttle' | 'lost-answer';

/** A permitted call, before it runs. */
export interface PermittedCall {
  service: ServiceName;
  operation: string;
  /** The name under which the caller was registered. */
  principal: string;
  table?: string;
}

/** Chooses the fault of each permitted call, if any. */
export type ChooseFault = (call: PermittedCall) => InjectedFault | undefined;

/**
 * Answers a call with this fault. `run` does the work and must never reject. For the fault 'lost-answer', the caller of
 * this function must drop the response.
 */
export async function answerWithFault(
  fault: InjectedFault | undefined,
  service: AwsService,
  run: () => Promise<AwsResponse>,
): Promise<AwsResponse> {
  const failed = service.errorAnswer(service.commonError('InternalFailure', 'A test injected this fault.'));
  if (fault === 'error-before') return failed;
  if (fault === 'throttle') {
    return service.errorAnswer(
      service.commonError('ThrottlingException', 'Rate exceeded: a test injected this throttling.'),
    );
  }
  const answer = await run();
  return fault === 'error-after' ? failed : answer;
}
