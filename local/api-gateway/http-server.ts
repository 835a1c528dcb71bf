import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { StartError } from '../start/start-error.ts';
import { gatewayErrors, type HttpResponse } from './integration-response.ts';
import type { HttpRequest } from './payload-v2.ts';

export interface HttpApiServer {
  port: number;
  /** The URL of the server for this machine, without a slash at the end. */
  url: string;
  /** Accepts no more connections, lets running requests finish for `grace` milliseconds, then ends them. */
  close(grace?: number): Promise<void>;
}

export interface HttpApiServerOptions {
  host: string;
  /** 0 picks a free port. */
  port: number;
  /** The command that the user started. The error about a taken port shows the --port option of this command. */
  command: string;
  now: () => Date;
  answer: (request: HttpRequest) => Promise<HttpResponse>;
  /** Called with errors of the runtime itself. The client gets a 500 without the cause. */
  onFault: (error: unknown) => void;
}

/** API Gateway's limits: the body, and the request line with all headers. */
const maxBodyBytes = 10 * 1024 * 1024;
const maxHeaderBytes = 10_240;

/**
 * The limit of Node's parser. The limit is above `maxHeaderBytes`, so that this server itself can answer requests that
 * exceed API Gateway's limit.
 */
const maxParsedHeaderBytes = 64 * 1024;
const requestTimeoutMs = 60_000;
const keepAliveTimeoutMs = 60_000;
const closeGraceMs = 3_000;

/**
 * Listens for HTTP requests and passes each on with its whole body. The request's target stays as it was sent: no path
 * is normalized.
 * @throws StartError if the port is taken or the host does not belong to this machine
 */
export async function startHttpApiServer(options: HttpApiServerOptions): Promise<HttpApiServer> {
  const server = createServer({
    maxHeaderSize: maxParsedHeaderBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
  });
  // Otherwise Node would silently drop headers after the 2,000th.
  server.maxHeadersCount = 0;
  server.on('request', (request, response) => void answerRequest(request, response, options));
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!announcesTooLargeBody(request)) response.writeContinue();
    void answerRequest(request, response, options);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => answerParseError(error, socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, options)));
    server.listen(options.port, options.host, resolve);
  });
  server.on('error', () => undefined);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${reachableHost(options.host)}:${port}`,
    close: async (grace = closeGraceMs) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const timer = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpApiServerOptions,
): Promise<void> {
  const requestId = randomBytes(11).toString('base64');
  response.on('error', () => undefined);
  try {
    const answer = await receive(request, requestId, options);
    if (!request.complete) response.setHeader('connection', 'close');
    writeResponse(response, answer, requestId);
  } catch (error) {
    // An incomplete request means that the client disconnected, and nobody reads a response.
    if (request.complete) options.onFault(error);
    if (response.headersSent || !request.complete) response.destroy();
    else writeResponse(response, gatewayErrors.internal, requestId);
  }
  request.resume();
}

async function receive(
  request: IncomingMessage,
  requestId: string,
  options: HttpApiServerOptions,
): Promise<HttpResponse> {
  if (headerBytes(request) > maxHeaderBytes) return gatewayErrors.headersTooLarge;
  const body = announcesTooLargeBody(request) ? undefined : await readBody(request);
  if (!body) return gatewayErrors.tooLarge;
  const { method = 'GET', url = '/', httpVersion, rawHeaders, socket } = request;
  const { rawPath, rawQuery } = splitTarget(url);
  const sourceIp = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const receivedAt = options.now();
  return options.answer({ method, rawPath, rawQuery, httpVersion, rawHeaders, body, sourceIp, requestId, receivedAt });
}

function writeResponse(response: ServerResponse, answer: HttpResponse, requestId: string): void {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  response.setHeader('apigw-requestid', requestId);
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('content-length', answer.body.length);
  response.end(answer.body);
}

/** Reads the body. Returns undefined if it is larger than API Gateway accepts. Rejects if the client disconnects. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
}

function announcesTooLargeBody(request: IncomingMessage): boolean {
  return Number(request.headers['content-length'] ?? 0) > maxBodyBytes;
}

function headerBytes({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/${httpVersion}\r\n`;
  // node:http reads header bytes as latin1, one character each. `": "` follows each name and a line end each value: two
  // bytes in both cases.
  return rawHeaders.reduce((sum, text) => sum + text.length + 2, line.length);
}

/** Splits the request line's target. Drops scheme and host of an absolute target (`GET http://host/path`). */
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

/** Answers a request that node:http could not parse. The connection can't be used afterwards. */
function answerParseError(error: NodeJS.ErrnoException, socket: Socket): void {
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

/** npm takes the options before `--` for itself. Any other command would take `--` as the end of its options. */
const beforeOptions = (command: string): string => (command.startsWith('npm ') ? `${command} --` : command);

function listenError(error: NodeJS.ErrnoException, { host, port, command }: HttpApiServerOptions): Error {
  if (error.code === 'EADDRINUSE') {
    const other = port === 4000 ? 5000 : 4000;
    return new StartError(
      `Port ${port} is taken by another program. Choose another: ${beforeOptions(command)} --port ${other}`,
    );
  }
  if (error.code === 'EACCES')
    return new StartError(`Port ${port} needs administrator rights: choose one above 1023 with --port`);
  return new StartError(`Can't listen on ${host}:${port} (${error.code ?? error.message})`);
}
