import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { maxAnswerBytes } from './lifecycle-request.ts';

/** Takes the answers of custom resources, in the place of S3's presigned URLs. */
export interface ResponseServer {
  /** Makes a URL that nobody can guess and that takes one PUT. */
  open(): ResponseUrl;
  close(): Promise<void>;
}

export interface ResponseUrl {
  url: string;
  /** Resolves with the body of the PUT. */
  answer: Promise<string>;
  /** Refuses an answer that comes too late. */
  close(): void;
}

/** Listens on a free port of the loopback interface. */
export async function startResponseServer(): Promise<ResponseServer> {
  const expected = new Map<string, (body: string) => void>();
  const server = createServer((request, response) => {
    takeAnswer(expected, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    open: () => {
      const path = `/${randomBytes(32).toString('base64url')}`;
      const { promise, resolve } = Promise.withResolvers<string>();
      expected.set(path, resolve);
      return { url: `http://127.0.0.1:${port}${path}`, answer: promise, close: () => void expected.delete(path) };
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function takeAnswer(
  expected: Map<string, (body: string) => void>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A client that disconnects is not an error of the runtime.
  response.on('error', () => {});
  const path = request.url ?? '';
  const isExpected = request.method === 'PUT' && expected.has(path);
  const body = await readStart(request);
  const take = isExpected ? expected.get(path) : undefined;
  expected.delete(take ? path : '');
  response.writeHead(take ? 200 : 403).end();
  take?.(body);
}

/** Reads a body to its end, and keeps enough of it to see that it is too long. */
async function readStart(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (size <= maxAnswerBytes) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks).toString('utf8');
}
