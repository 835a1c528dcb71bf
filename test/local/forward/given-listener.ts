/** A listener for forwarded events, as a user runs it beside the local runtime. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Posted {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** The listener's answer. Undefined means that it never answers. */
export type Reply = { status: number; headers?: Record<string, string> } | undefined;

export interface Listener {
  url: string;
  /** Every request, in order, with any answer. */
  posted: Posted[];
  /** The requests that were answered with 2xx. */
  taken: Posted[];
  /** Resolves when this many were answered with 2xx. */
  took(count: number): Promise<Posted[]>;
  /** Refuses further connections. */
  stop(): Promise<void>;
}

/** Listens on a free port, or on this one. `reply` gets the number of the request, from 1. */
export async function aListener(
  reply: (count: number) => Reply = () => ({ status: 204 }),
  port = 0,
): Promise<Listener> {
  const posted: Posted[] = [];
  const taken: Posted[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const received = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    posted.push(received);
    const answer = reply(posted.length);
    if (!answer) return;
    response.writeHead(answer.status, answer.headers).end();
    if (answer.status >= 300) return;
    taken.push(received);
    server.emit('taken');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posted,
    taken,
    async took(count) {
      while (taken.length < count) await once(server, 'taken');
      return taken;
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
