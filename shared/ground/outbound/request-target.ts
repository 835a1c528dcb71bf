/** Where a request goes, by its URL alone. */
import { isIP } from 'node:net';
import type { AddressRule } from './public-address.ts';

/** The rules that forbid a request, each with its reason. The reasons contain nothing of the URL, which may be a secret. */
export const forbidden = {
  url: 'the URL is not valid',
  https: 'the URL does not begin with https://',
  userinfo: 'the URL has a user name or a password',
  port: 'the port is neither 443 nor at least 1024',
  own_host: 'the host is one of this deployment',
  address: 'the host has an address that is not public',
  hops: 'the webhook came through Hooklatch too often',
} as const;
export type ForbiddenRule = keyof typeof forbidden;

export interface RequestTarget {
  /** The name or the address of the host, without brackets and without the final dots of a name. */
  host: string;
  port: number;
  /** Whether the host is an address. */
  isAddress: boolean;
  /** Whether the request goes without encryption. Only to this machine, whose own addresses nobody listens in on. */
  isPlain: boolean;
  /** The value of the `Host` header. */
  authority: string;
  /** The path with the query. */
  path: string;
}

/** A host without the final dots of its name, before its port if it has one. URL lets any number of them pass. */
const withoutDots = (host: string): string => host.replace(/\.+(?=:\d+$|$)/, '');

/** Whether a host is an address of this machine. A name is none: who answers for it is not known yet. */
const isThisMachine = (host: string): boolean => host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

const lowestPort = 1024;

/**
 * The target of a URL, or the rule that forbids it.
 * @param ownHosts in lowercase. One with a port is that port alone
 */
export function requestTarget(
  url: string,
  ownHosts: readonly string[],
  mayReach: AddressRule,
): RequestTarget | ForbiddenRule {
  if (!URL.canParse(url)) return 'url';
  const { protocol, username, password, hostname, port: written, pathname, search } = new URL(url);
  const name = withoutDots(hostname);
  const host = name.replace(/[[\]]/g, '');
  const isPlain = protocol === 'http:' && isThisMachine(host) && mayReach(host);
  if (protocol !== 'https:' && !isPlain) return 'https';
  if (host === '') return 'url';
  if (username !== '' || password !== '') return 'userinfo';
  const port = written === '' ? (isPlain ? 80 : 443) : Number(written);
  if (port !== 443 && port < lowestPort) return 'port';
  if (ownHosts.some((own) => [name, `${name}:${port}`].includes(withoutDots(own)))) return 'own_host';
  const isAddress = isIP(host) !== 0;
  if (isAddress && !mayReach(host)) return 'address';
  return {
    host,
    port,
    isAddress,
    isPlain,
    authority: written === '' ? name : `${name}:${port}`,
    path: pathname + search,
  };
}

/** The host of a URL of this deployment, with its port if the URL has one, as the host of a request is written. */
export const ownHostOf = (url: string): string => (URL.canParse(url) ? withoutDots(new URL(url).host) : '');

/** Why no request may go to a URL, whoever sends it; undefined if it may. */
export function whyForbidden(url: string, ownHosts: readonly string[], mayReach: AddressRule): string | undefined {
  const target = requestTarget(url, ownHosts, mayReach);
  return typeof target === 'string' ? forbidden[target] : undefined;
}
