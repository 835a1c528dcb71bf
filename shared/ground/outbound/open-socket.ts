/** Connections to other hosts: encrypted unless they stay on this machine, and only to addresses that may be reached. */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { AddressRule } from './public-address.ts';
import { type ForbiddenRule, forbidden, type RequestTarget } from './request-target.ts';

interface Address {
  address: string;
  family: number;
}

/** How hosts are found and connected. Tests give their own. */
export interface OutboundPorts {
  lookup(host: string): Promise<Address[]>;
  connect: typeof connect;
}

export const nodePorts: OutboundPorts = { lookup: (host) => lookup(host, { all: true }), connect };

/** How a deployment connects. */
export interface OutboundRoute extends OutboundPorts {
  mayReach: AddressRule;
  /** The certificates that are trusted, in PEM. Default: Node's. */
  roots: readonly string[] | undefined;
}

/** Why there is no connection, if a rule forbids it. */
export class Forbidden extends Error {
  readonly rule: ForbiddenRule;
  constructor(rule: ForbiddenRule) {
    super(forbidden[rule]);
    this.rule = rule;
  }
}

/** What fails next: the look-up, the connection, the encryption, the exchange. */
export type ConnectStage = 'dns' | 'unreachable' | 'tls' | 'broken';

/**
 * Opens a connection, encrypted unless it stays on this machine. Sends nothing before the address is known to be right.
 * @param onStep hears what fails next
 */
export async function openSocket(
  { host, port, isAddress, isPlain }: RequestTarget,
  { lookup, connect, mayReach, roots }: OutboundRoute,
  signal: AbortSignal,
  onStep: (next: ConnectStage) => void,
): Promise<Socket> {
  const addresses = isAddress ? [] : await addressesOf(host, lookup);
  if (!addresses.every(({ address }) => mayReach(address))) throw new Forbidden('address');
  signal.throwIfAborted();
  onStep('unreachable');
  // Node asks for the addresses of a name, and gets those that were checked.
  const known: LookupFunction = (_host, _options, done) => done(null, addresses);
  const socket = connect({ host, port, signal, autoSelectFamily: true, lookup: known });
  await once(socket, 'connect');
  if (!mayReach(`${socket.remoteAddress}`)) throw new Forbidden('address');
  onStep(isPlain ? 'broken' : 'tls');
  if (isPlain) return socket;
  const secure = connectTls({
    socket,
    host,
    ...(!isAddress && { servername: host }),
    ...(roots && { ca: [...roots] }),
    // Whatever the environment says.
    rejectUnauthorized: true,
  });
  await once(secure, 'secureConnect');
  onStep('broken');
  return secure;
}

/** @throws an error as Node's if there is none */
async function addressesOf(host: string, lookup: OutboundPorts['lookup']): Promise<Address[]> {
  const addresses = await lookup(host);
  if (addresses.length === 0) throw Object.assign(new Error(), { code: 'ENOTFOUND' });
  return addresses;
}
