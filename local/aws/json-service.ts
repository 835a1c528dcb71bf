import {
  type AwsResponse,
  type AwsService,
  type CallDetails,
  type CommonError,
  type RequiredPermission,
  ServiceError,
} from './aws-service.ts';

/** A service with the protocol awsJson1_x: JSON in and out, and a prefix of `X-Amz-Target` that names the service. */
export interface JsonService {
  name: AwsService['name'];
  /** The prefix before the operation in `X-Amz-Target`. */
  target: string;
  contentType: string;
  /** The prefix in the names of errors that come from the protocol instead of an operation. */
  errorPrefix: string;
  /** The name of the service's error for its own faults. */
  fault: string;
  /** The name of the service's error for calls that come too fast. */
  throttling: string;
  /** Headers to add to an error. */
  errorHeaders?(error: ServiceError): Record<string, string>;
  /** Reads the input. Throws a ServiceError if the operation is unknown or the input is wrong. */
  prepare(operation: string, input: object): PreparedJsonCall;
  close(): Promise<void>;
}

/**
 * An operation after its input was parsed, before its permissions are checked and it runs. `run` returns the body of
 * the response.
 */
export interface PreparedJsonCall {
  requires: RequiredPermission[];
  details: CallDetails;
  run(): Promise<object>;
}

/** Adapts a JSON service to the endpoint. */
export function jsonService(service: JsonService): AwsService {
  const answer = (status: number, body: object, headers: Record<string, string> = {}): AwsResponse => ({
    status,
    headers: { 'content-type': service.contentType, ...headers },
    body: JSON.stringify(body),
  });
  return {
    name: service.name,
    recognizes: ({ headers }) => readTarget(headers)[0] === service.target,
    prepare: ({ headers, body }) => {
      const operation = readTarget(headers)[1];
      const { requires: needs, details, run } = service.prepare(operation, parseInput(service, body));
      return { operation, requires: needs, details, run: async () => answer(200, await run()) };
    },
    commonError: (type, message) => commonError(service, type, message),
    errorAnswer: (error) => answer(error.status, error.body, service.errorHeaders?.(error)),
    close: () => service.close(),
  };
}

/** The service's prefix and the operation that a request names. Each is empty if it is missing. */
export function readTarget(headers: Readonly<Record<string, unknown>>): [prefix: string, operation: string] {
  const [prefix = '', operation = ''] = String(headers['x-amz-target'] ?? '').split('.', 2);
  return [prefix, operation];
}

function commonError({ errorPrefix, fault, throttling }: JsonService, error: CommonError, message: string) {
  if (error === 'InternalFailure') return new ServiceError(fault, message, 500);
  if (error === 'ThrottlingException') return new ServiceError(throttling, message);
  const type = `${errorPrefix}${error}`;
  if (error === 'RequestEntityTooLargeException') return new ServiceError(type, message, 413);
  if (error === 'AccessDeniedException')
    return new ServiceError(type, message, 400, { __type: type, Message: message });
  return new ServiceError(type, message);
}

function parseInput({ errorPrefix }: JsonService, body: Uint8Array): object {
  try {
    const input: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  } catch {
    // The parser's message quotes the text, which may contain a secret.
  }
  throw new ServiceError(`${errorPrefix}SerializationException`, 'The body is not a JSON object.');
}
