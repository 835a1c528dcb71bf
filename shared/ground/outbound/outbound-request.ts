/**
 * Sends a request to another host, where it can't do harm: not to this machine, not to a private network, not to this deployment.
 * Decision 52 has the rules.
 */
import { exchange, type OutboundAnswer, type OutboundFailure, type OutboundLimits, refuse } from './exchange.ts';
import { nodePorts } from './open-socket.ts';
import { addressRule } from './public-address.ts';
import { hopHeader, maxHops, sendableHeaders } from './request-headers.ts';
import { requestTarget } from './request-target.ts';

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

/** What became of a request. `leftOut` names the headers that can't be sent. */
export type OutboundResult = (OutboundAnswer | OutboundFailure) & { leftOut: string[] };

/** Sends a request once. Never rejects for what the network does. */
export type SendOutbound = (request: OutboundRequest, limits: OutboundLimits) => Promise<OutboundResult>;

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
