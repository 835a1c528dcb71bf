import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type AwsResponse,
  type AwsService,
  type CallDetails,
  type RequiredPermission,
  ServiceError,
  type ServiceName,
} from './aws-service.ts';
import { answerWithFault, type ChooseFault } from './injected-fault.ts';
import { readTarget } from './json-service.ts';
import { assertAllowed, type Principal, type Principals } from './principal.ts';
import { SignatureError, type SignedRequest } from './sigv4.ts';

/** One permitted call to a service, with the status of its response. */
export interface AwsCall extends CallDetails {
  service: ServiceName;
  operation: string;
  /** The name under which the caller was registered. */
  principal: string;
  /** The permissions that the call needed. The caller has all of them. */
  permissions: RequiredPermission[];
  /** The HTTP status of the response, even if the response is lost. */
  status: number;
}

export interface ServiceEndpoint {
  services: readonly AwsService[];
  principals: Principals;
  now: () => Date;
  fault: ChooseFault;
  onCall: (call: AwsCall) => void;
  onDenied: (message: string) => void;
}

const maxBodyBytes = 16 * 1024 * 1024;
const closeGraceMs = 1_000;

/** Listens on a free port of 127.0.0.1. */
export async function listenForCalls(endpoint: ServiceEndpoint): Promise<Server> {
  const server = createServer((request, response) => {
    respond(endpoint, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return server;
}

/** Stops the server. Running calls have one second to finish, because a silent client must not block the stop. */
export async function stopListening(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const timer = setTimeout(() => server.closeAllConnections(), closeGraceMs);
  await closed;
  clearTimeout(timer);
}

async function respond(endpoint: ServiceEndpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A client that disconnects is not an error of the runtime. But an error event without a listener would end the
  // process.
  request.on('error', () => {});
  response.on('error', () => {});
  const body = await readBody(request);
  const { method = '', url = '', headers } = request;
  const answer = await answerRequest(endpoint, { method, url, headers }, body);
  if (answer === 'lost') {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, {
    ...answer.headers,
    'x-amzn-requestid': randomUUID(),
    // The SDK corrects its clock by this header, so the header must have the time by which signatures are checked.
    date: endpoint.now().toUTCString(),
  });
  response.end(answer.body);
}

/**
 * Reads the whole body. Returns undefined if it is larger than any service accepts. Even a body that is too large is
 * read to its end, because clients listen for a response only after they have sent everything. Rejects if the client
 * disconnects.
 */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) chunks.length = 0;
    else chunks.push(chunk);
  }
  return size > maxBodyBytes ? undefined : Buffer.concat(chunks);
}

async function answerRequest(
  endpoint: ServiceEndpoint,
  head: Omit<SignedRequest, 'body'>,
  body: Buffer | undefined,
): Promise<AwsResponse | 'lost'> {
  const service = endpoint.services.find((candidate) => candidate.recognizes(head));
  if (!service) return answerUnknown(endpoint, head);
  try {
    if (!body) throw service.commonError('RequestEntityTooLargeException', `This is more than ${maxBodyBytes} bytes.`);
    const request = { ...head, body };
    const principal = endpoint.principals.authenticate(service, request);
    return await perform(endpoint, service, principal, request);
  } catch (error) {
    return answerError(endpoint, service, error);
  }
}

/** Answers a request that no service recognizes, in the form that most services share. */
function answerUnknown({ onDenied }: ServiceEndpoint, { method, headers }: Omit<SignedRequest, 'body'>): AwsResponse {
  const [target] = readTarget(headers);
  const message = target
    ? `No local service has the target ${target}.`
    : `No local service handles this ${method}: it names no target and is not signed for a supported service.`;
  onDenied(message);
  const body = JSON.stringify({ __type: 'UnknownOperationException', message });
  return { status: 400, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
}

async function perform(
  endpoint: ServiceEndpoint,
  service: AwsService,
  principal: Principal,
  request: SignedRequest,
): Promise<AwsResponse | 'lost'> {
  const { operation, requires: needs, details, run } = service.prepare(request);
  assertAllowed(service, principal, needs);
  const call = { service: service.name, operation, principal: principal.name, ...details };
  const permissions = [...needs];
  const assertAlso = (need: RequiredPermission) => {
    assertAllowed(service, principal, [need]);
    permissions.push(need);
  };
  const fault = endpoint.fault(call);
  const answer = await answerWithFault(fault, service, () =>
    run(assertAlso).catch((error) => answerError(endpoint, service, error)),
  );
  endpoint.onCall({ ...call, permissions, status: answer.status });
  return fault === 'lost-answer' ? 'lost' : answer;
}

function answerError({ onDenied }: ServiceEndpoint, service: AwsService, thrown: unknown): AwsResponse {
  const error = toServiceError(thrown, service);
  if (/(AccessDenied|UnknownOperation|NotImplemented)(Exception)?$/.test(error.type)) onDenied(error.message);
  return service.errorAnswer(error);
}

function toServiceError(error: unknown, service: AwsService): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof SignatureError) return service.commonError(error.type, error.message);
  // Reports only the code (ENOSPC, EACCES), because messages may quote the data.
  const code = (error as { code?: string }).code ?? 'unexpected error';
  return service.commonError('InternalFailure', `The local store failed: ${code}`);
}
