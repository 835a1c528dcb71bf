/** The request that a local program gets for an event: the sender's, as far as it is stored. */
import type { ApiAnswer } from '../../shared/api/api-client.ts';
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
function urlFor(href: string, { path, query }: EventView): { url: string; withheld: string[] } {
  const url = new URL(href);
  const segments = sorted(path.split('/').filter(Boolean), (segment) => segment);
  const pairs = sorted(query.split('&').filter(Boolean), (pair) => pair);
  if (segments.kept.length > 0) url.pathname = `${url.pathname.replace(/\/$/, '')}/${segments.kept.join('/')}`;
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

/**
 * The request for a program.
 * @param attempt which attempt this is to send the event. From 2 on, the program may have got it before.
 */
export function forwardedRequest(event: EventView, body: Buffer, to: ForwardUrl, attempt: number): ForwardedRequest {
  const { url, withheld } = urlFor(to.href, event);
  const own = Object.entries(event.headers).filter(([name]) => !ofConnection.has(name));
  const { kept, hidden } = sorted(own, ([, value]) => value);
  return {
    url,
    method: event.method,
    headers: {
      ...Object.fromEntries(kept),
      ...(to.authorization !== undefined && { authorization: to.authorization }),
      'hooklatch-event-id': event.id,
      'hooklatch-attempt': String(attempt),
    },
    body,
    withheld: [...hidden.map(([name]) => name), ...withheld],
  };
}
