import { ServiceError } from '../aws/aws-service.ts';

/** The secret, or the version that was meant, does not exist (an HTTP 400 all the same). */
export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

/** The secret is in a state that does not allow it. */
export function invalidRequest(message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message);
}

/** The input contradicts itself or the secret. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
