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
  /** The name or the address of the host, without brackets and without the final dot of a name. */
  host: string;
  port: number;
  /** Whether the host is an address. */
  isAddress: boolean;
  /** The value of the `Host` header. */
  authority: string;
  /** The path with the query. */
  path: string;
}

/** A name of a host without its final dot. URL has made it lowercase. */
const withoutDot = (host: string): string => host.replace(/\.$/, '');

const lowestPort = 1024;

/**
 * The target of a URL, or the rule that forbids it.
 * @param ownHosts in lowercase
 */
export function requestTarget(
  url: string,
  ownHosts: readonly string[],
  mayReach: AddressRule,
): RequestTarget | ForbiddenRule {
  if (!URL.canParse(url)) return 'url';
  const { protocol, username, password, hostname, port: written, pathname, search } = new URL(url);
  if (protocol !== 'https:') return 'https';
  if (username !== '' || password !== '') return 'userinfo';
  const port = written === '' ? 443 : Number(written);
  if (port !== 443 && port < lowestPort) return 'port';
  const name = withoutDot(hostname);
  if (ownHosts.some((own) => withoutDot(own) === name)) return 'own_host';
  const host = name.replace(/[[\]]/g, '');
  const isAddress = isIP(host) !== 0;
  if (isAddress && !mayReach(host)) return 'address';
  return { host, port, isAddress, authority: port === 443 ? name : `${name}:${port}`, path: pathname + search };
}
