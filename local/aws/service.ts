/** Something that a policy must allow before an operation runs. */
export interface Need {
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
}

/** An operation that is understood, but neither permitted nor begun. */
export interface PreparedCall {
  needs: Need[];
  details: CallDetails;
  run(): Promise<object>;
}

/** A service behind the endpoint: JSON in, JSON out, told apart by the target header's prefix. */
export interface Service {
  /** Its name in the scope of a signature. */
  name: 'dynamodb' | 'secretsmanager';
  /** What stands before the operation in `X-Amz-Target`. */
  target: string;
  contentType: string;
  /** What this service writes before the name of an error that the protocol raises (not the operation). */
  errorPrefix: string;
  /** The name of its error for a fault of its own. */
  fault: string;
  /** Reads the input. Throws a ServiceError if the operation is unknown or the input is wrong. */
  prepare(operation: string, input: object): PreparedCall;
  close(): Promise<void>;
}

/** An answer that is no success: the caller's mistake (4xx), or a fault of ours (5xx). */
export class ServiceError extends Error {
  readonly type: string;
  readonly status: number;
  readonly body: object;

  constructor(type: string, message: string, status = 400, body: object = { __type: type, message }) {
    super(message);
    this.type = type;
    this.status = status;
    this.body = body;
  }
}
