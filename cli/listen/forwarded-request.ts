/** The request that a local program gets for an event: the sender's, as far as it is stored. */
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { appendPath } from '../../shared/base/append-path.ts';
import type { ForwardUrl } from '../../shared/base/forward-url.ts';
import type { OutgoingRequest } from './send-request.ts';

export type EventView = ApiAnswer<'GET /v1/connections/{name}/events/{id}'>;

/** What the API shows in place of a credential. */
const redacted = 'REDACTED';

/** Headers about the connection to Hooklatch. The connection to the program has its own. */
const ofConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What the program gets, and the names of what is withheld because it contained a credential. */
export interface ForwardedRequest extends OutgoingRequest {
  withheld: string[];
}

/** Separates what can be sent from what was redacted. */
function sorted<T>(items: readonly T[], textOf: (item: T) => string): { kept: T[]; hidden: T[] } {
  const isHidden = (item: T) => textOf(item).includes(redacted);
  return { kept: items.filter((item) => !isHidden(item)), hidden: items.filter(isHidden) };
}

/** The URL with what the sender had after the endpoint's URL. Without the parts that are withheld. */
function urlFor(href: string, { path, query }: EventView): { url: string; withheld: string[] } | undefined {
  const segments = sorted(path.split('/'), (segment) => segment);
  const pairs = sorted(query.split('&').filter(Boolean), (pair) => pair);
  const appended = appendPath(href, segments.kept.join('/'));
  if (appended === undefined) return undefined;
  const url = new URL(appended);
  if (pairs.kept.length > 0) url.search = [url.search.slice(1), ...pairs.kept].filter(Boolean).join('&');
  return {
    url: url.href,
    withheld: [
      ...segments.hidden.map(() => 'the last part of the path'),
      ...pairs.hidden.map((pair) => `?${pair.split('=')[0]}`),
    ],
  };
}

/** The exact bytes of an event's body. Undefined if they are withheld from this operator. */
export function bodyOf({ body, bodyBase64, bodyWithheld }: EventView): Buffer | undefined {
  if (bodyWithheld !== undefined) return undefined;
  return bodyBase64 === undefined ? Buffer.from(body ?? '', 'utf8') : Buffer.from(bodyBase64, 'base64');
}

/** The request for a program. Undefined if its path could lead out of the program's URL. */
export function forwardedRequest(event: EventView, body: Buffer, to: ForwardUrl): ForwardedRequest | undefined {
  const target = urlFor(to.href, event);
  if (!target) return undefined;
  const own = Object.entries(event.headers).filter(([name]) => !ofConnection.has(name.toLowerCase()));
  const { kept, hidden } = sorted(own, ([, value]) => value);
  return {
    url: target.url,
    method: event.method,
    headers: {
      ...Object.fromEntries(kept),
      ...(to.authorization !== undefined && { authorization: to.authorization }),
      'hooklatch-event-id': event.id,
    },
    body,
    withheld: [...hidden.map(([name]) => name), ...target.withheld],
  };
}

/** The request with the number of the attempt. From 2 on, the program may have got the event before. */
export const numbered = (request: ForwardedRequest, attempt: number): ForwardedRequest => ({
  ...request,
  headers: { ...request.headers, 'hooklatch-attempt': String(attempt) },
});
