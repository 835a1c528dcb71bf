import { ServiceError } from '../aws/aws-service.ts';

/** The secret or the version does not exist. Secrets Manager answers this with HTTP 400. */
export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

/** The secret's state does not allow the operation. */
export function invalidRequest(message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message);
}

/** The input contradicts itself or the secret. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
