import { type AwsResponse, type CommonError, ServiceError } from '../aws/aws-service.ts';
import { element, xmlDocument } from './s3-xml.ts';

/** S3's codes and statuses for the common errors. */
const commonErrors: Readonly<Record<CommonError, readonly [code: string, status: number]>> = {
  AccessDeniedException: ['AccessDenied', 403],
  IncompleteSignatureException: ['AuthorizationHeaderMalformed', 400],
  InternalFailure: ['InternalError', 500],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  MissingAuthenticationTokenException: ['AccessDenied', 403],
  RequestEntityTooLargeException: ['EntityTooLarge', 400],
  ThrottlingException: ['SlowDown', 503],
  UnrecognizedClientException: ['InvalidAccessKeyId', 403],
};

export function s3CommonError(type: CommonError, message: string): ServiceError {
  const [code, status] = commonErrors[type];
  return new ServiceError(code, message, status);
}

export function s3ErrorAnswer({ type, message, status }: ServiceError): AwsResponse {
  const body = xmlDocument(element('Error', [element('Code', type), element('Message', message)]));
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

export function noSuchBucket(bucket: string): ServiceError {
  return new ServiceError('NoSuchBucket', `The specified bucket does not exist: ${bucket}`, 404);
}

export function noSuchKey(): ServiceError {
  return new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
}

export function preconditionFailed(): ServiceError {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new ServiceError('PreconditionFailed', message, 412);
}

/** The error for an invalid request. S3 has many codes for such errors, so the caller chooses one. */
export function badRequest(code: string, message: string): ServiceError {
  return new ServiceError(code, message, 400);
}

/**
 * The error for an S3 feature that is not supported here. Such a feature is refused, so that nothing is silently
 * ignored.
 */
export function notImplemented(what: string): ServiceError {
  return new ServiceError('NotImplemented', `The local runtime's S3 does not know ${what}.`, 501);
}
