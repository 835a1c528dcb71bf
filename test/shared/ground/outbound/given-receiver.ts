/** Receivers on this machine, and a network in which hosts have the addresses that a test gives them. */
import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, isIP, type Server, type Socket } from 'node:net';
import { afterEach } from '@jest/globals';
import type { OutboundLimits } from '../../../../shared/ground/outbound/exchange.ts';
import type { OutboundPorts } from '../../../../shared/ground/outbound/open-socket.ts';
import {
  type OutboundRequest,
  type OutboundRules,
  outboundSender,
} from '../../../../shared/ground/outbound/outbound-request.ts';
import { aCertificate, anAuthority } from '../../endpoints/signature/given-certificate.ts';

const validity = { from: new Date(0), to: new Date('2049-01-01') };
export const authority = anAuthority('Authority of receivers', { issuer: 'self' });
/** For the host of most tests, and for the address of the receivers. */
const trusted = aCertificate('receiver.example', {
  ...validity,
  issuer: authority,
  hosts: ['receiver.example', '127.0.0.1'],
});

const servers: { server: Server; sockets: Set<Socket> }[] = [];

afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
});

/** Starts a server. @returns its port */
async function started(server: Server, address: string): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  servers.push({ server, sockets });
  await once(server.listen(0, address), 'listening');
  return (server.address() as AddressInfo).port;
}

export interface Received {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  body: string;
  servername: string | false | undefined;
}

/** A receiver by https. It keeps what it receives. @param answer answers a request; by default with 204 */
export async function aReceiver(
  answer: RequestListener = (_, response) => response.writeHead(204).end(),
  { pem, privateKey } = trusted,
  address = '127.0.0.1',
): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' });
  const server = createHttpsServer({ cert: pem, key }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers, rawHeaders } = request;
    const { servername } = request.socket as Socket & { servername?: string | false };
    received.push({ method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString(), servername });
    answer(request, response);
  });
  return { port: await started(server, address), received };
}

/** What listens to bare connections. @returns the port, the connections and the bytes that came */
export async function aListener(onConnection: (socket: Socket) => void = () => {}, address = '127.0.0.1') {
  const seen = { connections: 0, bytes: 0 };
  const server = createServer((socket) => {
    seen.connections += 1;
    socket.on('data', (chunk) => {
      seen.bytes += chunk.length;
    });
    onConnection(socket);
  });
  return { port: await started(server, address), seen };
}

/** A receiver that answers with these bytes, whatever comes, after the encryption. */
export async function aReceiverThatSays(bytes: string, isLast = true): Promise<number> {
  const { createServer: createTlsServer } = await import('node:tls');
  const key = trusted.privateKey.export({ format: 'pem', type: 'pkcs8' });
  const server = createTlsServer({ cert: trusted.pem, key }, (socket) => {
    socket.on('error', () => {}).once('data', () => (isLast ? socket.end(bytes) : socket.write(bytes)));
  });
  return started(server, '127.0.0.1');
}

/** A network. `asked` has the hosts that were looked up, `connected` what was connected to. */
export function aNetwork(addresses: Record<string, string[]> = {}, connectTo?: { host: string; port: number }) {
  const asked: string[] = [];
  const connected: string[] = [];
  const ports: OutboundPorts = {
    lookup: async (host) => {
      asked.push(host);
      return (addresses[host] ?? ['127.0.0.1']).map((address) => ({ address, family: isIP(address) }));
    },
    connect: ((options: { host: string; port: number }) => {
      connected.push(`${options.host}:${options.port}`);
      return connect({ ...options, ...connectTo });
    }) as OutboundPorts['connect'],
  };
  return { ports, asked, connected };
}

/** A deployment whose own network is this machine. */
export const usualRules: OutboundRules = { ownHosts: [], allow: ['127.0.0.1'], roots: [authority.pem] };

/** Sends a request with the limits that hardly any test reaches. */
export const sendTo = (
  url: string,
  more: Partial<OutboundRequest> = {},
  {
    rules = {},
    ports = aNetwork().ports,
    ...limits
  }: { rules?: Partial<OutboundRules>; ports?: OutboundPorts } & Partial<OutboundLimits> = {},
) =>
  outboundSender({ ...usualRules, ...rules }, ports)(
    { url, method: 'POST', ...more },
    { timeoutMs: 60_000, bodyMs: 60_000, ...limits },
  );
