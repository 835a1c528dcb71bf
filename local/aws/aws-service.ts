import type { SignatureFault, SignedRequest } from './sigv4.ts';

export type ServiceName = 'dynamodb' | 'secretsmanager' | 'events' | 's3' | 'lambda' | 'sqs';

/** A permission that an operation requires before it runs. */
export interface RequiredPermission {
  action: string;
  resource: string;
  conditions?: Record<string, string[]>;
}

/** The details of a call to a store. Tests and benchmarks count calls by these details. */
export interface CallDetails {
  table?: string;
  index?: string;
  consistentRead?: boolean;
  conditional?: boolean;
  /** The number of events that were sent to a bus, or of entries in a batch of messages. */
  entries?: number;
}

/** An HTTP response. The endpoint adds the date and the request id. */
export interface AwsResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
}

/** An operation after its input was parsed, before its permissions are checked and it runs. */
export interface PreparedCall {
  operation: string;
  requires: RequiredPermission[];
  details: CallDetails;
  /**
   * @param assertAllowed throws unless the caller has this permission. The operation calls it for permissions that
   * depend on the stored data, which are not in `requires`.
   */
  run(assertAllowed: (need: RequiredPermission) => void): Promise<AwsResponse>;
}

/** Errors that any service can raise, by the names of AWS's common errors. */
export type CommonError =
  | SignatureFault
  | 'AccessDeniedException'
  | 'InternalFailure'
  | 'RequestEntityTooLargeException'
  | 'ThrottlingException';

/** A service behind the endpoint. */
export interface AwsService {
  /** The service's name in the credential scope of a signature. */
  name: ServiceName;
  /** Whether an unverified request is addressed to this service. */
  recognizes(request: Omit<SignedRequest, 'body'>): boolean;
  /** Reads the request. Throws a ServiceError if the operation is unknown or the input is wrong. */
  prepare(request: SignedRequest): PreparedCall;
  /** This service's form of a common error. */
  commonError(type: CommonError, message: string): ServiceError;
  /** An error as this service's protocol writes it. */
  errorAnswer(error: ServiceError): AwsResponse;
  close(): Promise<void>;
}

/** An error response: the caller's mistake (4xx) or an internal error (5xx). */
export class ServiceError extends Error {
  readonly type: string;
  readonly status: number;
  readonly body: object;

  /** @param body the JSON body, if it has more than type and message */
  constructor(type: string, message: string, status = 400, body: object = { __type: type, message }) {
    super(message);
    this.type = type;
    this.status = status;
    this.body = body;
  }
}
