/** A receiver on this machine. It fails first, and then works: what each receiver does some day. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that the receiver got. */
export interface Got {
  headers: IncomingHttpHeaders;
  body: string;
  /** What it answered. */
  status: number;
}

export interface Receiver {
  url: string;
  /** Waits for the next request. */
  next(): Promise<Got>;
  close(): void;
}

/** Starts a receiver that answers its first requests with these statuses, and all later ones with 204. */
export async function startReceiver(statuses: readonly number[]): Promise<Receiver> {
  const left = [...statuses];
  const got: Got[] = [];
  const arrivals = new EventTarget();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const status = left.shift() ?? 204;
    response.writeHead(status).end();
    got.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), status });
    arrivals.dispatchEvent(new Event('arrival'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    async next() {
      while (got.length === 0) await once(arrivals, 'arrival');
      return got.shift() as Got;
    },
    close: () => void server.close(),
  };
}
