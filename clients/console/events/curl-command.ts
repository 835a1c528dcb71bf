/** An event as a command of curl, without what proves a delivery: a token or a signature. */
import { extensionOf } from './body-bytes.ts';
import type { EventAnswer } from './event-reads.ts';

/** What stands for a value that was taken out before the event was stored. */
const redacted = 'REDACTED';

/** What a connection and its proxies add. curl, or the way to the endpoint, adds its own. */
const ofTransport =
  /^(host|content-length|connection|transfer-encoding|accept-encoding|via|forwarded|x-forwarded-.*|x-amzn-.*|cdn-loop)$/;

/** Names of headers that may prove something. One that proves nothing is left out rather than one that does is copied. */
const proving = /sign|hmac|digest|auth|token|secret|cookie|password|credential|api-?key|^x-hub-/;

/** What a terminal would not paste as it is. A tab completes a name. */
const control = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/u;

/** A longer body comes from a file: a command has a limit, and nobody wants to see it. */
const mostInline = 8 * 1024;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The query without the parameters whose values were taken out. */
const openQuery = (query: string): string =>
  query
    .split('&')
    .filter((pair) => pair !== '' && !pair.includes(redacted))
    .join('&');

/** The body of an event. */
export interface Content {
  bytes: Uint8Array;
  /** The bytes as text, if they are UTF-8. */
  exact: string | undefined;
  /** Whether senders may write the token into the body, which is stored as it came. */
  mayHoldToken: boolean;
}

interface Body {
  /** The options for curl. */
  options: string[];
  comments: string[];
}

function bodyOf(id: string, { bytes, exact, mayHoldToken }: Content): Body {
  if (bytes.length === 0) return { options: [], comments: [] };
  if (!mayHoldToken && exact !== undefined && exact.length <= mostInline && !control.test(exact))
    return { options: [`--data-raw ${quoted(exact)}`], comments: [] };
  const file = `${id}.${extensionOf(bytes)}`;
  return { options: [`--data-binary @${file}`], comments: [`# “Download body” makes the file ${file}.`] };
}

/** A command that sends the event again, once the person has set ENDPOINT_URL and added the proof. */
export function curlCommand(event: EventAnswer, content: Content): string {
  const { id, method, path, query } = event;
  const headers = Object.entries(event.headers).filter(([name]) => !ofTransport.test(name));
  const isShown = ([name, value]: [string, string]) =>
    !proving.test(name) && !value.includes(redacted) && !control.test(value) && !value.includes('\n');
  const left = headers.filter((header) => !isShown(header)).map(([name]) => name);
  const { options, comments } = bodyOf(id, content);
  const openPath = path.includes(redacted) ? '' : path;
  const rest = openQuery(query);
  const end = `${openPath}${rest === '' ? '' : `?${rest}`}`;
  const url = end === '' || control.test(end) ? '"$ENDPOINT_URL"' : `"$ENDPOINT_URL"${quoted(end)}`;
  // Without a type, curl would send that of a form.
  const hasType = headers.some(([name]) => name === 'content-type');
  return [
    '# ENDPOINT_URL is the URL of the endpoint, without a token. Add the token or the signature as the sender does.',
    ...(left.length > 0 ? [`# Left out: ${left.join(', ')}`] : []),
    ...comments,
    [
      `curl -X ${quoted(method)} ${url}`,
      ...headers.filter(isShown).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
      ...(hasType || options.length === 0 ? [] : ["-H 'content-type:'"]),
      ...options,
    ].join(' \\\n  '),
  ].join('\n');
}
