import {
  type AwsResponse,
  type AwsService,
  type CommonError,
  type PreparedCall,
  ServiceError,
} from '../aws/aws-service.ts';
import { type SignedRequest, signedFor } from '../aws/sigv4.ts';
import { AsyncInvocations } from './async-invocations.ts';
import type { InvocationResult, LambdaFunction } from './lambda-function.ts';

/** The local runtime's Lambda. The service invokes the added functions by name or ARN. */
export interface LambdaService extends AwsService {
  addFunction(created: LambdaFunction): void;
}

export interface LambdaOptions {
  region: string;
  accountId: string;
  /** Milliseconds to wait before each retry of a failed asynchronous invocation. */
  retryDelays?: readonly number[];
}

type InvocationType = 'RequestResponse' | 'Event';

/** The request of an Invoke. */
interface InvokeRequest {
  name: string;
  arn: string;
  type: InvocationType;
  event: unknown;
}

const invokePath = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Lambda's limits of a payload: 6 MiB for a synchronous invocation, 1 MiB for an asynchronous one. */
const maxPayloadBytes: Readonly<Record<InvocationType, number>> = { RequestResponse: 6_291_456, Event: 1_048_576 };

/** AWS retries after one minute, then after two. */
const awsRetryDelaysMs = [60_000, 120_000];

/** Starts without functions. An Invoke of a function that was not added gets ResourceNotFoundException. */
export function startLambda({ region, accountId, retryDelays = awsRetryDelaysMs }: LambdaOptions): LambdaService {
  const functions = new Map<string, LambdaFunction>();
  const async = new AsyncInvocations(retryDelays);
  const arnPrefix = `arn:aws:lambda:${region}:${accountId}:function:`;
  return {
    name: 'lambda',
    recognizes: (request) => signedFor(request) === 'lambda' && request.headers['x-amz-target'] === undefined,
    prepare: (request) => prepare(readInvoke(request, arnPrefix), functions, async),
    commonError,
    errorAnswer,
    addFunction: (created) => functions.set(created.arn, created),
    close: async () => async.close(),
  };
}

function prepare(
  { name, arn, type, event }: InvokeRequest,
  functions: ReadonlyMap<string, LambdaFunction>,
  async: AsyncInvocations,
): PreparedCall {
  return {
    operation: 'Invoke',
    requires: [{ action: 'lambda:InvokeFunction', resource: arn }],
    details: {},
    run: async () => {
      const called = functions.get(arn);
      if (!called) throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
      if (type === 'RequestResponse') return invocationAnswer(await called.invoke(event), name);
      async.start(called, event);
      return { status: 202, headers: {}, body: '' };
    },
  };
}

/** Parses an Invoke. Throws a ServiceError for every other operation, and for parameters that are not supported. */
function readInvoke({ method, url, headers, body }: SignedRequest, arnPrefix: string): InvokeRequest {
  const [path = '', query = ''] = url.split(/\?(.*)/s, 2);
  const encodedName = method === 'POST' ? invokePath.exec(path)?.[1] : undefined;
  if (!encodedName) throw unknownOperation(`operation ${method} ${path}`);
  const [other] = [...new URLSearchParams(query)].filter(([name, value]) => `${name}=${value}` !== 'Qualifier=$LATEST');
  if (other) throw unknownOperation(`parameter ${other.join('=')} of Invoke`);
  const extra = ['x-amz-client-context', 'x-amz-log-type'].find((name) => (headers[name] ?? 'None') !== 'None');
  if (extra) throw unknownOperation(`header ${extra} of Invoke`);
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type !== 'RequestResponse' && type !== 'Event') throw unknownOperation(`invocation type ${type}`);
  const name = decodeName(encodedName).replace(arnPrefix, '');
  return { name, arn: `${arnPrefix}${name}`, type, event: readEvent(body, maxPayloadBytes[type]) };
}

function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new ServiceError('ValidationException', 'The function name is not valid percent-encoding.');
  }
}

/** Parses the payload. An empty payload is an empty event. */
function readEvent(body: Uint8Array, limit: number): unknown {
  if (body.length > limit) {
    const message = `${body.length} byte payload is too large for the Invoke operation (limit ${limit} bytes)`;
    throw new ServiceError('RequestTooLargeException', message, 413);
  }
  if (body.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // The parser's message quotes the text.
    throw new ServiceError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}

/** A failure in the function is a 200 like any other result, marked by a header. */
function invocationAnswer(invocation: InvocationResult, name: string): AwsResponse {
  if (invocation.status === 'throttled') throw commonError('ThrottlingException', `Rate Exceeded: ${name}`);
  if (invocation.status === 'too_large') throw commonError('RequestEntityTooLargeException', `Too large for ${name}`);
  const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (invocation.status === 'answered') return { status: 200, headers, body: invocation.payload };
  const { errorType, errorMessage } = invocation;
  return {
    status: 200,
    headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
    body: JSON.stringify({ errorType, errorMessage }),
  };
}

function commonError(type: CommonError, message: string): ServiceError {
  if (type === 'InternalFailure') return new ServiceError('ServiceException', message, 500);
  if (type === 'ThrottlingException') return new ServiceError('TooManyRequestsException', message, 429);
  if (type === 'RequestEntityTooLargeException') return new ServiceError('RequestTooLargeException', message, 413);
  return new ServiceError(type, message, 403);
}

function errorAnswer({ type, message, status }: ServiceError): AwsResponse {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': type };
  return { status, headers, body: JSON.stringify({ Type: status < 500 ? 'User' : 'Service', Message: message }) };
}

function unknownOperation(what: string): ServiceError {
  return new ServiceError('UnknownOperationException', `The local runtime's Lambda has no ${what}.`, 404);
}
