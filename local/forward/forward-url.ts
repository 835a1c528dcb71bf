import { createHash } from 'node:crypto';
import { StartError } from '../start/start-error.ts';

/** The URL to which events are posted. */
export interface ForwardUrl {
  /** The URL without its credentials, which fetch refuses. */
  href: string;
  /** The credentials as a header value. */
  authorization?: string;
  /** The URL for the terminal, without possible secrets. */
  shown: string;
  /** Identifies the URL without its secrets. */
  key: string;
}

/**
 * Parses the URL of --forward.
 * @throws StartError that says what to write and quotes nothing of a URL, which may contain a password
 */
export function parseForwardUrl(text: string): ForwardUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new StartError('--forward must be an http or https URL, such as http://localhost:8080/events');
  }
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
