/** The headers of a request to another host. */
import { connectionHeaders } from '../base/connection-headers.ts';

/** Counts how often a webhook came through a deployment of Hooklatch. */
export const hopHeader = 'hooklatch-hops';
/** A webhook that came this often is sent no further: it goes round. */
export const maxHops = 3;

const hopCount = /^\d{1,9}$/;

/** How often a webhook came through Hooklatch. Zero if its header does not say so. */
export function hopsOf(headers: Readonly<Record<string, string | undefined>>): number {
  const counts = `${headers[hopHeader]}`.split(',').map((count) => count.trim());
  return Math.max(0, ...counts.filter((count) => hopCount.test(count)).map(Number));
}

/** Headers that say how the request is sent, so only the sender of the request knows them. */
const ownHeaders = new Set([...connectionHeaders, hopHeader]);

/**
 * A header value as Node sends it: a character for each byte. A value with other characters was read as UTF-8, so it is sent as
 * UTF-8 again. Any other value is sent as it is, because its characters are the bytes.
 */
export const headerBytes = (value: string): string =>
  /[^\0-\xff]/.test(value) ? Buffer.from(value).toString('latin1') : value;

/** A header's name (RFC 9110, token). */
const isName = (name: string): boolean => /^[!#$%&'*+.^_`|~\da-z-]+$/.test(name);
/** The bytes that a header's value may have: no control character but the tab. */
const isValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

/**
 * Separates the headers that can be sent from those that can't.
 * @returns the headers, in lowercase, and the names of those that are left out
 */
export function sendableHeaders(headers: Readonly<Record<string, string>>): {
  headers: Record<string, string>;
  leftOut: string[];
} {
  const sendable: [string, string][] = [];
  const leftOut: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const [lower, bytes] = [name.toLowerCase(), headerBytes(value)];
    if (isName(lower) && isValue(bytes) && !ownHeaders.has(lower)) sendable.push([lower, bytes]);
    else leftOut.push(name);
  }
  return { headers: Object.fromEntries(sendable), leftOut };
}
