import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startDynamoDb } from '../dynamodb/dynamodb.ts';
import { startSecrets } from '../secrets/secrets.ts';
import type { Statement } from './iam.ts';
import { authorize, type Credentials, type Principal, Principals } from './principal.ts';
import { type CallDetails, type Service, ServiceError } from './service.ts';
import { SignatureError, type SignedRequest } from './sigv4.ts';

export type { Credentials } from './principal.ts';

/** One permitted call to a service, after it was answered. */
export interface Call extends CallDetails {
  service: Service['name'];
  operation: string;
  /** The name that the caller was registered with. */
  principal: string;
  /** The HTTP status of the answer. */
  status: number;
}

/** The AWS services that functions call, in one HTTP server on the loopback interface. */
export interface LocalAws {
  /** What AWS_ENDPOINT_URL must be: `http://127.0.0.1:<port>`. */
  url: string;
  region: string;
  accountId: string;
  /** Makes a table from the resolved properties of an AWS::DynamoDB::Table, or keeps the one that exists. */
  createTable(properties: Record<string, unknown>): Promise<{ name: string; arn: string }>;
  /** Makes a secret from the resolved properties of an AWS::SecretsManager::Secret; one that exists keeps its value. */
  ensureSecret(properties: Record<string, unknown>): Promise<{ arn: string }>;
  /** Registers a caller (a function's role): its name shows in denials as arn:aws:sts::<account>:assumed-role/<role>/<name>. */
  addPrincipal(name: string, role: string, statements: Statement[]): Credentials;
  /** The person at the laptop, who may do everything; used by tests and by `npm start` itself. */
  administrator: Credentials;
  /** How many index rows a crash had left wrong, and were put right at this start. */
  mended: number;
  close(): Promise<void>;
}

export interface AwsOptions {
  /** The folder that holds all state; made if it is missing. */
  dataDir: string;
  region: string;
  accountId: string;
  /** Told of each call that a policy permitted, before its answer is sent. */
  onCall?: (call: Call) => void;
  now?: () => Date;
  /** Told of each call that was refused for want of a permission, or because it is not known here. */
  onDenied?: (message: string) => void;
}

interface Endpoint {
  services: readonly Service[];
  principals: Principals;
  now: () => Date;
  onCall: (call: Call) => void;
  onDenied: (message: string) => void;
}

interface Answer {
  status: number;
  contentType: string;
  body: object;
}

const maxBodyBytes = 16 * 1024 * 1024;
const everything: Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

/**
 * Starts the services on a free port of 127.0.0.1. Throws an Error that says what to do if the data folder is damaged or
 * in use. Whoever calls must sign with the keys of a registered principal; its policies decide, as on AWS.
 */
export async function startAws(options: AwsOptions): Promise<LocalAws> {
  const { dataDir, region, accountId, now = () => new Date(), onCall = () => {}, onDenied = () => {} } = options;
  const secrets = startSecrets({ folder: join(dataDir, 'secrets'), region, accountId, now });
  const tables = await startDynamoDb(join(dataDir, 'dynamodb'), region, accountId);
  const principals = new Principals({ region, accountId, now });
  const services: Service[] = [tables, secrets];
  const server = await listen({ services, principals, now, onCall, onDenied });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region,
    accountId,
    createTable: tables.createTable,
    ensureSecret: async (properties) => secrets.ensureSecret(properties),
    addPrincipal: (name, role, statements) => principals.add(name, role, statements),
    administrator: principals.add('administrator', 'administrator', everything),
    mended: tables.mended,
    close: async () => {
      await stop(server);
      await Promise.all(services.map((service) => service.close()));
    },
  };
}

async function listen(endpoint: Endpoint): Promise<Server> {
  const server = createServer((request, response) => {
    respond(endpoint, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return server;
}

/** Lets the calls under way finish, for a second; a client that stays silent must not keep us. */
async function stop(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const patience = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(patience);
}

async function respond(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A client that went away is no fault of ours, but an error that nobody listens for would end the process.
  request.on('error', () => {});
  response.on('error', () => {});
  const body = await readBody(request);
  if (!body) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const { method = '', url = '', headers } = request;
  const answer = await answerCall(endpoint, { method, url, headers, body });
  response.writeHead(answer.status, {
    'content-type': answer.contentType,
    'x-amzn-requestid': randomUUID(),
    // The SDK corrects its clock by this header, so it has to be the clock that signatures are checked by.
    date: endpoint.now().toUTCString(),
  });
  response.end(JSON.stringify(answer.body));
}

/** The whole body, or nothing if it is larger than any service takes. Rejects if the client goes away. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answerCall(endpoint: Endpoint, request: SignedRequest): Promise<Answer> {
  const [target, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.', 2);
  const service = endpoint.services.find((candidate) => candidate.target === target);
  const contentType = service?.contentType ?? 'application/x-amz-json-1.1';
  try {
    if (!service) throw new ServiceError('UnknownOperationException', `No local service knows the target ${target}.`);
    const principal = endpoint.principals.authenticate(service, request);
    return { status: 200, contentType, body: await perform(endpoint, service, operation, principal, request.body) };
  } catch (error) {
    const { type, message, status, body } = toServiceError(error, service);
    if (/(AccessDenied|UnknownOperation)Exception$/.test(type)) endpoint.onDenied(message);
    return { status, contentType, body };
  }
}

async function perform(
  { onCall }: Endpoint,
  service: Service,
  operation: string,
  principal: Principal,
  body: Uint8Array,
): Promise<object> {
  const { needs, details, run } = service.prepare(operation, parseInput(service, body));
  authorize(service, principal, needs);
  let status = 200;
  try {
    return await run();
  } catch (error) {
    status = toServiceError(error, service).status;
    throw error;
  } finally {
    onCall({ service: service.name, operation, principal: principal.name, ...details, status });
  }
}

function parseInput({ errorPrefix }: Service, body: Uint8Array): object {
  try {
    const input: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  } catch {
    // The parser's message quotes the text, which may hold a secret.
  }
  throw new ServiceError(`${errorPrefix}SerializationException`, 'The body is not a JSON object.');
}

function toServiceError(error: unknown, service: Service | undefined): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof SignatureError) {
    return new ServiceError(`${service?.errorPrefix ?? ''}${error.type}`, error.message);
  }
  // The code alone (ENOSPC, EACCES): other messages may quote what was handled.
  const code = (error as { code?: string }).code ?? 'unexpected error';
  return new ServiceError(service?.fault ?? 'InternalFailure', `The local store failed: ${code}`, 500);
}
