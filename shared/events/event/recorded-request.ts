/** The request of a recorded event for another URL, as far as it is stored. */

import { redacted } from '../../endpoints/credential/redaction.ts';
import { appendPath } from '../../ground/base/append-path.ts';
import { connectionHeaders } from '../../ground/base/connection-headers.ts';

/** What is stored of a request besides its body. */
export interface RecordedEvent {
  method: string;
  headers: Readonly<Record<string, string>>;
  /** After the endpoint's URL, decoded, without a slash at its beginning. */
  path: string;
  /** Without the question mark. */
  query: string;
}

export interface RecordedRequest {
  url: string;
  headers: Record<string, string>;
  /** The names of what is left out because it contained a credential. */
  withheld: string[];
}

/** Separates what can be sent from what was redacted. */
function sorted<T>(items: readonly T[], textOf: (item: T) => string): { kept: T[]; hidden: T[] } {
  const isHidden = (item: T) => textOf(item).includes(redacted);
  return { kept: items.filter((item) => !isHidden(item)), hidden: items.filter(isHidden) };
}

/**
 * The request of an event, without its body.
 * @param href the URL to which the sender's own path and query are added
 * @returns undefined if the path could lead out of that URL
 */
export function recordedRequest({ headers, path, query }: RecordedEvent, href: string): RecordedRequest | undefined {
  const segments = sorted(path.split('/'), (segment) => segment);
  const pairs = sorted(query.split('&').filter(Boolean), (pair) => pair);
  const appended = appendPath(href, segments.kept.join('/'));
  if (appended === undefined) return undefined;
  const url = new URL(appended);
  if (pairs.kept.length > 0) url.search = [url.search.slice(1), ...pairs.kept].filter(Boolean).join('&');
  const own = Object.entries(headers).filter(([name]) => !connectionHeaders.includes(name.toLowerCase()));
  const { kept, hidden } = sorted(own, ([, value]) => value);
  return {
    url: url.href,
    headers: Object.fromEntries(kept),
    withheld: [
      ...hidden.map(([name]) => name),
      ...segments.hidden.map(() => 'the last part of the path'),
      ...pairs.hidden.map((pair) => `?${pair.split('=')[0]}`),
    ],
  };
}
