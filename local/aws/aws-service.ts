import type { SignatureFault, SignedRequest } from './sigv4.ts';

export type ServiceName = 'dynamodb' | 'secretsmanager' | 'events' | 's3' | 'lambda';

/** Something that a policy must allow before an operation runs. */
export interface RequiredPermission {
  action: string;
  resource: string;
  conditions?: Record<string, string[]>;
}

/** What a call did to a store, for those who count. */
export interface CallDetails {
  table?: string;
  index?: string;
  consistentRead?: boolean;
  conditional?: boolean;
  /** How many events were sent to a bus. */
  entries?: number;
}

/** An HTTP answer; the endpoint adds the date and the request's id. */
export interface AwsResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
}

/** An operation that is understood, but neither permitted nor begun. */
export interface PreparedCall {
  operation: string;
  requires: RequiredPermission[];
  details: CallDetails;
  /** @param assertAllowed throws unless the caller may do this as well: for what depends on what is found. */
  run(assertAllowed: (need: RequiredPermission) => void): Promise<AwsResponse>;
}

/** What can befall a call of any service, by the names of AWS's common errors. */
export type CommonError =
  | SignatureFault
  | 'AccessDeniedException'
  | 'InternalFailure'
  | 'RequestEntityTooLargeException'
  | 'ThrottlingException';

/** A service behind the endpoint. */
export interface AwsService {
  /** Its name in the scope of a signature. */
  name: ServiceName;
  /** Whether a request is meant for it, of which nothing is proven yet. */
  recognizes(request: Omit<SignedRequest, 'body'>): boolean;
  /** Reads the request. Throws a ServiceError if the operation is unknown or the input is wrong. */
  prepare(request: SignedRequest): PreparedCall;
  /** The error that this service answers with when that happens. */
  commonError(type: CommonError, message: string): ServiceError;
  /** An error in the form of this service's protocol. */
  errorAnswer(error: ServiceError): AwsResponse;
  close(): Promise<void>;
}

/** An answer that is no success: the caller's mistake (4xx), or a fault of ours (5xx). */
export class ServiceError extends Error {
  readonly type: string;
  readonly status: number;
  readonly body: object;

  /** @param body what a service that speaks JSON answers, where it is more than type and message */
  constructor(type: string, message: string, status = 400, body: object = { __type: type, message }) {
    super(message);
    this.type = type;
    this.status = status;
    this.body = body;
  }
}
