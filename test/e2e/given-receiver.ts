/** A receiver of deliveries on this machine. It keeps what it got, and is at each path as a test says: well, or ill in some way. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A request that came, whatever was answered. */
export interface Got {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** How the receiver was. */
  manner: Manner;
}

/** Says bytes that are no answer, or a part of one, and ends the connection. */
const say = (response: ServerResponse, bytes: string): unknown => response.socket?.end(bytes);

/** What a receiver does with a request, after it has read it. */
export const manners = {
  well: (response) => response.writeHead(200).end('thanks'),
  failing: (response) => response.writeHead(500).end('out of order'),
  limiting: (response) => response.writeHead(429, { 'retry-after': '120' }).end('too many'),
  gone: (response) => response.writeHead(410).end('not here any more'),
  redirecting: (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
  'half a body': (response) => say(response, 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart'),
  'half a head': (response) => say(response, 'HTTP/1.1 200 OK\r\nserver: ha'),
  garbage: (response) => say(response, '\u0000\u0001 no answer at all \r\n\r\n'),
  'hanging up': (response) => response.socket?.resetAndDestroy(),
  hanging: () => undefined,
} as const satisfies Record<string, (response: ServerResponse) => unknown>;
export type Manner = keyof typeof manners;

export interface Receiver {
  origin: string;
  /** In the order in which they came. */
  got: Got[];
  /** How it is at each path. Well by default. */
  manner: Record<string, Manner>;
  /** Called when a request has come, and when it has been answered. */
  onRequest?: (got: Got) => void;
  onAnswered?: (got: Got) => void;
  /** Requests that have no answer yet, and whose senders still wait. */
  waiting(): Got[];
  close(): void;
}

export async function aReceiver(): Promise<Receiver> {
  const waiting = new Map<Socket, Got>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url: path = '', headers, socket } = request;
    const got = { path, headers, body: Buffer.concat(chunks), manner: receiver.manner[path] ?? 'well' };
    receiver.got.push(got);
    waiting.set(socket, got);
    socket.once('close', () => waiting.delete(socket));
    receiver.onRequest?.(got);
    manners[got.manner](response);
    if (got.manner === 'hanging') return;
    waiting.delete(socket);
    receiver.onAnswered?.(got);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const receiver: Receiver = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got: [],
    manner: {},
    waiting: () => [...waiting.values()],
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return receiver;
}

/**
 * Whether a request is signed with this secret, by the library that receivers use. Its clock shows the time of the request: tests
 * move the clock of the sender. For bodies of text.
 */
export function isSigned(secret: string, { headers, body }: Got): boolean {
  const { now } = Date;
  Date.now = () => Number(headers['webhook-timestamp']) * 1000;
  try {
    new Webhook(secret).verify(body.toString(), headers as Record<string, string>, { jsonParse: false });
    return true;
  } catch {
    return false;
  } finally {
    Date.now = now;
  }
}
