import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { StartError } from '../start/start-error.ts';
import { gatewayErrors, type HttpResponse } from './integration-response.ts';
import type { HttpRequest } from './payload-v2.ts';

export interface HttpApiServer {
  port: number;
  /** Where this machine reaches the front, without a slash at the end. */
  url: string;
  /** Takes no more connections, lets what runs finish for `grace` milliseconds, then ends it. */
  close(grace?: number): Promise<void>;
}

export interface HttpApiServerOptions {
  host: string;
  /** 0 picks a free port. */
  port: number;
  now: () => Date;
  answer: (request: HttpRequest) => Promise<HttpResponse>;
  /** Told of faults of the runtime's own; the caller gets a 500 without the cause. */
  onFault: (error: unknown) => void;
}

/** API Gateway's limits: the body, and the request line with all headers, in bytes. */
const bodyLimit = 10 * 1024 * 1024;
const headerLimit = 10_240;

/**
 * Listens for HTTP requests and hands each over with its whole body. The request's target is taken as it came: no path
 * is normalised.
 * @throws StartError when the port is taken or the host is not one of this machine's
 */
export async function startHttpApiServer(options: HttpApiServerOptions): Promise<HttpApiServer> {
  // Beyond our own limit, so that it is us who answer; Node's parser ends what is larger still.
  const server = createServer({ maxHeaderSize: 64 * 1024, requestTimeout: 60_000, keepAliveTimeout: 60_000 });
  // Node would drop what comes after the 2,000th header without a word.
  server.maxHeadersCount = 0;
  server.on('request', (request, response) => void serve(request, response, options));
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!announcesTooMuch(request)) response.writeContinue();
    void serve(request, response, options);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuse(error, socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, options)));
    server.listen(options.port, options.host, resolve);
  });
  server.on('error', () => undefined);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${reachableHost(options.host)}:${port}`,
    close: async (grace = 3_000) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const timer = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, options: HttpApiServerOptions): Promise<void> {
  const requestId = randomBytes(11).toString('base64');
  response.on('error', () => undefined);
  try {
    const answer = await takeIn(request, requestId, options);
    if (!request.complete) response.setHeader('connection', 'close');
    write(response, answer, requestId);
  } catch (error) {
    // Without the whole request it was the client that went away, and nobody reads an answer.
    if (request.complete) options.onFault(error);
    if (response.headersSent || !request.complete) response.destroy();
    else write(response, gatewayErrors.internal, requestId);
  }
  request.resume();
}

async function takeIn(
  request: IncomingMessage,
  requestId: string,
  options: HttpApiServerOptions,
): Promise<HttpResponse> {
  if (headerBytes(request) > headerLimit) return gatewayErrors.headersTooLarge;
  const body = announcesTooMuch(request) ? undefined : await readBody(request);
  if (!body) return gatewayErrors.tooLarge;
  const { method = 'GET', url = '/', httpVersion, rawHeaders, socket } = request;
  const { rawPath, rawQuery } = splitTarget(url);
  const sourceIp = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const receivedAt = options.now();
  return options.answer({ method, rawPath, rawQuery, httpVersion, rawHeaders, body, sourceIp, requestId, receivedAt });
}

function write(response: ServerResponse, answer: HttpResponse, requestId: string): void {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  response.setHeader('apigw-requestid', requestId);
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('content-length', answer.body.length);
  response.end(answer.body);
}

/** Reads the body; undefined when it is larger than API Gateway takes. Throws when the client goes away. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bodyLimit) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
}

function announcesTooMuch(request: IncomingMessage): boolean {
  return Number(request.headers['content-length'] ?? 0) > bodyLimit;
}

function headerBytes({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/${httpVersion}\r\n`;
  // node:http reads header bytes as latin1, one character each; a pair adds ": " and the line's end.
  return rawHeaders.reduce((sum, text) => sum + text.length + 2, line.length);
}

/** Splits the request line's target; of an absolute one (`GET http://host/path`) scheme and host are dropped. */
function splitTarget(target: string): { rawPath: string; rawQuery: string } {
  const relative = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const question = relative.indexOf('?');
  const path = question < 0 ? relative : relative.slice(0, question);
  return {
    rawPath: path.startsWith('/') ? path : `/${path}`,
    rawQuery: question < 0 ? '' : relative.slice(question + 1),
  };
}

const parseErrors: Readonly<Record<string, [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

/** Answers what node:http could not parse; the connection can't be used any further. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, message] = parseErrors[error.code ?? ''] ?? [400, 'Bad Request'];
  const body = JSON.stringify({ message });
  const head = `HTTP/1.1 ${status} ${message}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`);
}

function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === 'localhost') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function listenError(error: NodeJS.ErrnoException, { host, port }: HttpApiServerOptions): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(`Port ${port} is taken by another program: choose another with --port`);
  }
  if (error.code === 'EACCES')
    return new StartError(`Port ${port} needs more rights: choose one above 1023 with --port`);
  return new StartError(`Can't listen on ${host}:${port} (${error.code ?? error.message})`);
}
