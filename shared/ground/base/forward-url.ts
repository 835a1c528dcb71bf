import { createHash } from 'node:crypto';

/** The URL of a program to which events are sent. */
export interface ForwardUrl {
  /** The URL without its credentials and its fragment. */
  href: string;
  /** The credentials as a header value. */
  authorization?: string;
  /** The URL for the terminal, without possible secrets. */
  shown: string;
  /** Identifies the URL without its secrets. */
  key: string;
}

/** Reads the URL of a program. Undefined if it is not an http or https URL. */
export function forwardUrlOf(text: string): ForwardUrl | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const { username, password, origin } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const login = `${readable(username)}:${readable(password)}`;
  return {
    href: url.href,
    ...(login !== ':' && { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
    shown: shownOf(new URL(text)),
    key: `${origin} ${digest}`,
  };
}

/** The URL for the terminal. Leaves out credentials, the values of the query and long parts of the path. */
function shownOf({ protocol, username, password, host, pathname, search }: URL): string {
  const login = username || password ? '…@' : '';
  const path = pathname.split('/').map(short).join('/');
  const query = search && `?${search.slice(1).split('&').map(nameIn).join('&')}`;
  return `${protocol}//${login}${host}${path === '/' && !query ? '' : path}${query}`;
}

/** Hides long parts of a path: keys in paths, such as Slack's, are longer than words. */
const short = (part: string): string => (part.length < 16 ? part : '…');

/** A query parameter without its value. A parameter without a name counts as a value. */
function nameIn(parameter: string): string {
  const equals = parameter.indexOf('=');
  return equals < 0 ? '…' : `${short(parameter.slice(0, equals))}=…`;
}

/** Decodes a percent-encoded user name or password. Returns invalid encoding as it is. */
function readable(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
