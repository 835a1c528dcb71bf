/**
 * Sends a request to another host, where it can't do harm: not to this machine, not to a private network, not to this deployment.
 * Decision 52 has the rules.
 */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type LookupFunction } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { networkErrorText } from '../base/network-error.ts';
import { type AddressRule, addressRule } from './public-address.ts';
import { hopHeader, maxHops, sendableHeaders } from './request-headers.ts';
import { type ForbiddenRule, forbidden, type RequestTarget, requestTarget } from './request-target.ts';

/** The rules of a deployment. No operator can change them. */
export interface OutboundRules {
  /** The hosts of the deployment, in lowercase. */
  ownHosts: readonly string[];
  /** Ranges of addresses that are allowed though not public. */
  allow: readonly string[];
  /** The certificates that are trusted, in PEM. Default: Node's. */
  roots?: readonly string[];
}

export interface OutboundRequest {
  url: string;
  method: string;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array;
  /** How often the webhook that is sent came through Hooklatch, see `hopsOf`. Without it, the request is no webhook. */
  hops?: number;
}

export interface OutboundLimits {
  /** From the look-up of the host to the final status line. */
  timeoutMs: number;
  /** How much of the answer's body is read. */
  maxBodyBytes?: number;
  /** How long the answer's body is read. */
  bodyMs?: number;
  /** Gives up when it is aborted. */
  signal?: AbortSignal | undefined;
}

export interface OutboundAnswer {
  outcome: 'answered';
  /** Any final status: a redirect too, which is not followed. */
  status: number;
  headers: IncomingHttpHeaders;
  /** The beginning of the body as it came, not decompressed. */
  body: Buffer;
  /** Whether that is the whole body. */
  isWhole: boolean;
}

/** Why there is no answer. The reason contains nothing of the URL, the headers or the body. */
export type OutboundFailure =
  /** A rule forbids the request. Nothing was sent. */
  | { outcome: 'forbidden'; rule: ForbiddenRule; reason: string }
  /** The host has no address; there is no connection; no encryption or no valid certificate; no answer in time; no valid answer. */
  | { outcome: 'dns' | 'unreachable' | 'tls' | 'timeout' | 'broken'; reason: string };

/** What became of a request. `leftOut` names the headers that can't be sent. */
export type OutboundResult = (OutboundAnswer | OutboundFailure) & { leftOut: string[] };

/** Sends a request once. Never rejects for what the network does. */
export type SendOutbound = (request: OutboundRequest, limits: OutboundLimits) => Promise<OutboundResult>;

interface Address {
  address: string;
  family: number;
}

/** How hosts are found and connected. Tests give their own. */
export interface OutboundPorts {
  lookup(host: string): Promise<Address[]>;
  connect: typeof connect;
}

const nodePorts: OutboundPorts = { lookup: (host) => lookup(host, { all: true }), connect };

const usualBodyBytes = 16_384;
const usualBodyMs = 1_000;

class Forbidden extends Error {
  readonly rule: ForbiddenRule;
  constructor(rule: ForbiddenRule) {
    super(forbidden[rule]);
    this.rule = rule;
  }
}

const refuse = (rule: ForbiddenRule): OutboundFailure => ({ outcome: 'forbidden', rule, reason: forbidden[rule] });

/** Creates the sender of a deployment. */
export function outboundSender(rules: OutboundRules, ports = nodePorts): SendOutbound {
  const mayReach = addressRule(rules.allow);
  return async (request, limits) => {
    const { headers, leftOut } = sendableHeaders(request.headers ?? {});
    const target = requestTarget(request.url, rules.ownHosts, mayReach);
    const { hops = 0 } = request;
    if (hops >= maxHops) return { ...refuse('hops'), leftOut };
    if (typeof target === 'string') return { ...refuse(target), leftOut };
    if (request.hops !== undefined) headers[hopHeader] = `${hops + 1}`;
    const result = await exchange({ ...request, headers }, target, limits, { ...ports, mayReach, roots: rules.roots });
    return { ...result, leftOut };
  };
}

interface Route extends OutboundPorts {
  mayReach: AddressRule;
  roots: readonly string[] | undefined;
}

/** What fails next. */
type Step = 'dns' | 'unreachable' | 'tls' | 'broken';

/** Sends the request and reads the answer, within the limits. */
function exchange(
  { method, headers, body }: OutboundRequest & { headers: Record<string, string> },
  target: RequestTarget,
  limits: OutboundLimits,
  route: Route,
): Promise<OutboundAnswer | OutboundFailure> {
  return new Promise((resolve) => {
    /** Ends whatever runs: the connection, the request, the answer. */
    const over = new AbortController();
    let step: Step | 'answered' = 'dns';
    const settle = (result: OutboundAnswer | OutboundFailure): void => {
      clearTimeout(deadline);
      limits.signal?.removeEventListener('abort', abandon);
      over.abort();
      resolve(result);
    };
    const fail = (error?: unknown): void => {
      if (step !== 'answered') settle(failureOf(step, error));
    };
    const abandon = () => settle({ outcome: 'timeout', reason: 'abandoned' });
    const deadline = setTimeout(
      () => settle({ outcome: 'timeout', reason: `no answer within ${limits.timeoutMs / 1000} s` }),
      limits.timeoutMs,
    );
    if (limits.signal?.aborted) return abandon();
    limits.signal?.addEventListener('abort', abandon);
    const connecting = (next: Step) => {
      step = next;
    };
    httpsRequest({
      method,
      path: target.path,
      headers: { ...headers, host: target.authority },
      signal: over.signal,
      // Without an agent, so that nothing of the environment, such as a proxy, has a say.
      createConnection: (_, done) => {
        void openConnection(target, route, over.signal, connecting).then((socket) => done(null, socket), fail);
        return undefined;
      },
    })
      .on('response', (answer) => {
        clearTimeout(deadline);
        step = 'answered';
        void readAnswer(answer, limits).then(settle);
      })
      .on('error', fail)
      // An answer that changes the protocol is neither a response nor an error.
      .on('close', fail)
      .end(body);
  });
}

/**
 * Opens an encrypted connection. Sends nothing before the address is known to be right.
 * @param onStep hears what fails next
 */
async function openConnection(
  { host, port, isAddress }: RequestTarget,
  { lookup, connect, mayReach, roots }: Route,
  signal: AbortSignal,
  onStep: (next: Step) => void,
): Promise<TLSSocket> {
  const addresses = isAddress ? [] : await addressesOf(host, lookup);
  if (!addresses.every(({ address }) => mayReach(address))) throw new Forbidden('address');
  signal.throwIfAborted();
  onStep('unreachable');
  // Node asks for the addresses of a name, and gets those that were checked.
  const known: LookupFunction = (_host, _options, done) => done(null, addresses);
  const socket = connect({ host, port, signal, autoSelectFamily: true, lookup: known });
  await once(socket, 'connect');
  if (!mayReach(`${socket.remoteAddress}`)) throw new Forbidden('address');
  onStep('tls');
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

/** Reads the body as far as the limits allow. Whatever happens to it, the status is the answer. */
function readAnswer(
  answer: IncomingMessage,
  { maxBodyBytes = usualBodyBytes, bodyMs = usualBodyMs }: OutboundLimits,
): Promise<OutboundAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (isWhole: boolean): void => {
      clearTimeout(timer);
      const body = Buffer.concat(chunks).subarray(0, maxBodyBytes);
      resolve({ outcome: 'answered', status: answer.statusCode ?? 0, headers: answer.headers, body, isWhole });
    };
    const timer = setTimeout(() => end(false), bodyMs);
    answer
      .on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxBodyBytes) end(false);
      })
      .on('end', () => end(true))
      .on('error', () => end(false));
  });
}

/** Why a step failed. The texts of TLS errors name the host's certificate, so only their codes are told. */
function failureOf(step: Step, error: unknown): OutboundFailure {
  if (error instanceof Forbidden) return refuse(error.rule);
  if (error === undefined) return { outcome: step, reason: 'connection closed' };
  const { code } = error as NodeJS.ErrnoException;
  return { outcome: step, reason: step === 'tls' ? `no secure connection: ${code}` : networkErrorText(error) };
}
